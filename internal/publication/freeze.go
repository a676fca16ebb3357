package publication

import (
	"context"
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Freeze makes a version. Its figures are the official ones: of the cases that the
// directing body reads. Placeholders that name no figure are refused (paths
// sections.ID.texts.LANG), and a second version without a note. While nothing at all
// has happened since the newest version, that one is the answer.
func (s *Store) Freeze(ctx context.Context, who access.Actor, code operation.Code, f Freezing) (made Version, err error) {
	err = s.write(ctx, who, code, access.ReportFreeze, func(tx *db.Tx, st operation.Standing) error {
		op := st.Operation.Number
		r, err := begun(tx, op)
		if err != nil {
			return err
		}
		last, err := VersionOf(tx, op, 0)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		next, err := journal.Next(tx, op)
		if err != nil {
			return err
		}
		if last.Number > 0 && last.Seq == next-1 {
			made = last
			return db.Unchanged
		}
		if f.Edit != 0 && f.Edit != r.Edit {
			return fault.Of(fault.Conflict, "fault.conflict")
		}
		if f, err = f.clean(st.Today(), last.Number > 0); err != nil {
			return err
		}
		made = Version{Number: last.Number + 1, AsOf: next - 1, At: st.Now, Author: who.Person, Note: f.Note, Language: r.Language, ClearBy: f.ClearBy}
		if err := made.fill(tx, st.Operation, r); err != nil {
			return err
		}
		if last.Number > 0 {
			if made.Changes, err = between(tx, st.Operation, last, made); err != nil {
				return err
			}
		}
		return s.frozen(tx, st, &made)
	})
	return made, err
}

func (f Freezing) clean(today string, again bool) (Freezing, error) {
	var p fault.Problems
	if f.Note = cleaned(&p, "note", f.Note, MaxNote, i18n.CleanBody); f.Note == "" && again {
		p.Add("note", "fault.required")
	}
	if f.ClearBy != "" {
		if wrong, bad := errors.AsType[*fault.Fault](dayFrom("clear_by", f.ClearBy, today, maxDays)); bad {
			p.Add("clear_by", wrong.Fields[0].Key, wrong.Fields[0].Args)
		}
	}
	return f, p.Fault()
}

// fill puts into a version what stands now.
func (v *Version) fill(tx *db.Tx, o operation.Operation, r Report) error {
	sections, _, err := sectionsOf(tx, o.Number, r)
	if err != nil {
		return err
	}
	v.Sections = []Section{}
	for _, w := range sections {
		v.Sections = append(v.Sections, w.Section)
	}
	directing, err := operation.Directing(tx, o.Number)
	if err != nil {
		return err
	}
	readable, err := audience.Open(tx, o.Number, directing)
	if err != nil {
		return err
	}
	cases, err := officially(tx, o.Number, readable)
	if err != nil {
		return err
	}
	v.count(o, cases)
	if v.Contributions, err = handedIn(tx, o.Number); err != nil {
		return err
	}
	var p fault.Problems
	for _, m := range placeholders(v.Sections, v.Answers, v.Official) {
		p.Add("sections."+m.Section+".texts."+m.Lang, "report.placeholder", fault.Args{"value": m.Words})
	}
	return p.Fault()
}

// count answers every figure of the cases, and notes which they are.
func (v *Version) count(o operation.Operation, cases []seizure.Case) {
	v.Answers = answers(o, v.Sections, cases, v.AsOf)
	v.Official = answer(o, analysis.Question{Group: analysis.ByAll}, cases, v.AsOf)
	v.Classes = answer(o, every("").Question, cases, v.AsOf)
	v.Basis = make([]Basis, 0, len(cases))
	for _, c := range cases {
		v.Basis = append(v.Basis, Basis{Seq: c.Seq, Version: c.Version, Reference: c.Reference, Organisation: c.Organisation, Class: c.Class,
			State: c.State, DuplicateOf: c.DuplicateOf})
	}
}

func answer(o operation.Operation, q analysis.Question, cases []seizure.Case, asOf int64) analysis.Answer {
	a := analysis.Tally(o, q, cases)
	a.AsOf = asOf
	return a
}

func answers(o operation.Operation, sections []Section, cases []seizure.Case, asOf int64) map[string]analysis.Answer {
	out := map[string]analysis.Answer{}
	for _, s := range sections {
		for _, f := range s.Figures {
			out[f.ID] = answer(o, f.Question, cases, asOf)
		}
	}
	return out
}

// handedIn are the contributions of those that are members now.
func handedIn(tx *db.Tx, op int64) ([]Contribution, error) {
	members, err := administrations(tx, op)
	if err != nil {
		return nil, err
	}
	all, err := db.All(tx, selectContributions, db.Decoded[Contribution], op)
	return slices.DeleteFunc(all, func(c Contribution) bool {
		return !slices.ContainsFunc(members, func(m operation.Member) bool { return m.Organisation.Number == c.Organisation })
	}), err
}

// between compares two versions, with the cases that are not the same in both.
func between(tx *db.Tx, o operation.Operation, a, b Version) ([]Change, error) {
	differ := moved(a, b)
	stood := func(v Version) (map[int64]seizure.Case, error) {
		v.Basis = slices.DeleteFunc(slices.Clone(v.Basis), func(x Basis) bool { _, is := differ[x.Seq]; return !is })
		cases, err := CasesOf(tx, o.Number, v)
		out := map[int64]seizure.Case{}
		for _, c := range cases {
			out[c.Seq] = c
		}
		return out, err
	}
	was, err := stood(a)
	if err != nil {
		return nil, err
	}
	is, err := stood(b)
	return changes(o, a, b, was, is), err
}

// frozen appends a version. Which cases are behind it, and what became of them, is
// beside what readers of the journal may open: not all of them read every case.
func (s *Store) frozen(tx *db.Tx, st operation.Standing, v *Version) error {
	value := audience.Value{Sides: []access.Side{access.Coordination, access.Enforcement}}
	number, err := audience.Intern(tx, st.Operation.Number, value)
	if err != nil {
		return err
	}
	shown := *v
	shown.Basis, shown.Changes = nil, nil
	if v.Seq, err = s.journal.Append(tx, st.Entry(access.ReportFreeze, "version/"+of(v.Number), number), journal.Content{After: shown,
		With: map[string]string{"audience": value.String(), "basis": db.Encoded(v.Basis), "changes": db.Encoded(v.Changes)}}); err != nil {
		return err
	}
	_, err = tx.Exec(insertVersion, v.args(st.Operation.Number)...)
	return err
}
