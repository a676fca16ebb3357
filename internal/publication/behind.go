package publication

import (
	"context"
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// only leaves in a version, for whoever does not coordinate, of cases and what became
// of them those that it may read. Changes are against another version: a case must have
// been open in both.
func only(tx *db.Tx, st operation.Standing, v *Version, against Version) error {
	if st.Side() == access.Coordination {
		return nil
	}
	now, err := opened(tx, st, v.Basis)
	if err != nil {
		return err
	}
	before, err := opened(tx, st, against.Basis)
	if err != nil {
		return err
	}
	shut := map[string]bool{}
	for _, b := range v.Basis {
		shut[b.Reference] = now[b.Seq].Seq == 0
	}
	for _, b := range against.Basis {
		shut[b.Reference] = shut[b.Reference] || before[b.Seq].Seq == 0
	}
	v.Basis = slices.DeleteFunc(v.Basis, func(b Basis) bool { return now[b.Seq].Seq == 0 })
	v.Changes = slices.DeleteFunc(v.Changes, func(c Change) bool { return c.Kind == ChangedCase && shut[c.Subject] })
	return nil
}

// opened gives those of the cases behind a version that the actor's organisation may
// read, now and as they stood, in the form in which they stand now: what was written
// while a case was not let out stays at home, as in the case itself.
func opened(tx *db.Tx, st operation.Standing, basis []Basis) (map[int64]seizure.Case, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	op, out := st.Operation.Number, map[int64]seizure.Case{}
	for some := range slices.Chunk(basis, page) {
		var seqs db.List
		pins := map[int64]int64{}
		for _, b := range some {
			seqs, pins[b.Seq] = append(seqs, b.Seq), b.Version
		}
		all, err := seizure.Some(tx, op, readable, seqs)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			out[c.Seq] = c
		}
		if st.Side() == access.Coordination {
			continue
		}
		then, err := seizure.AudiencesThen(tx, op, pins)
		if err != nil {
			return nil, err
		}
		maps.DeleteFunc(out, func(seq int64, c seizure.Case) bool {
			aud, asked := then[seq]
			return asked && c.Organisation != st.Who.Organisation && !slices.Contains(readable, aud)
		})
	}
	return out, nil
}

// Behind gives the cases behind one cell of a figure as they stood in a version, of
// those that the actor may read now. Of the place the unit does not matter.
func (s *Store) Behind(ctx context.Context, who access.Actor, code operation.Code, number int64, p Place) (out Behind, err error) {
	var seqs []int64
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		v, err := VersionOf(tx, st.Operation.Number, number)
		if err != nil {
			return missing(err)
		}
		out = Behind{Standing: st, Head: v.head()}
		p.Unit = ""
		ok := false
		if out.Figure, ok = v.figure(p.Figure); ok {
			out.Group, ok = Look(p, v.Answers, v.Official)
		}
		if !ok {
			return fault.Missing()
		}
		if out.Cases, err = stoodBehind(tx, st, v, out.Figure.Question, p); err != nil {
			return err
		}
		var orgs []int64
		seqs = nil
		for _, c := range out.Cases {
			seqs, orgs = append(seqs, c.Case.Seq), append(orgs, c.Case.Organisation)
		}
		out.Organisations, _, err = called(tx, orgs, nil)
		return err
	})
	if err == nil {
		err = fault.In(access.ReportRead, s.Readings.Note(out.Standing.Operation.Number, who.Person, who.Organisation, reading.Case, reading.Opened, seqs...))
	}
	if err != nil {
		return Behind{}, err
	}
	return out, nil
}

// figure finds a figure by its ID; Official has none of its own.
func (v Version) figure(id string) (Figure, bool) {
	if id == Official {
		return Figure{ID: Official, Show: ShowNumber, Question: v.Official.Question}, true
	}
	for _, s := range v.Sections {
		for _, f := range s.Figures {
			if f.ID == id {
				return f, true
			}
		}
	}
	return Figure{}, false
}

func stoodBehind(tx *db.Tx, st operation.Standing, v Version, q analysis.Question, p Place) ([]Stood, error) {
	now, err := opened(tx, st, v.Basis)
	if err != nil {
		return nil, err
	}
	v.Basis = slices.DeleteFunc(v.Basis, func(b Basis) bool { return now[b.Seq].Seq == 0 })
	cases, err := CasesOf(tx, st.Operation.Number, v)
	if err != nil {
		return nil, err
	}
	var out []Stood
	for _, c := range cases {
		if within(st.Operation, q, p, c) {
			out = append(out, Stood{Case: c, Class: c.Class, Now: now[c.Seq].Version})
		}
	}
	return out, nil
}

// within tells whether a case stands in a cell.
func within(o operation.Operation, q analysis.Question, p Place, c seizure.Case) bool {
	a := analysis.Tally(o, q, []seizure.Case{c})
	if !p.Cell {
		return a.Cases > 0
	}
	same := func(dimension, x, y string) bool {
		return x == y || dimension == analysis.ByBrand && i18n.Fold(x) == i18n.Fold(y)
	}
	return slices.ContainsFunc(a.Groups, func(g analysis.Group) bool { return same(q.Group, g.Value, p.Value) && same(q.Split, g.Split, p.Split) })
}
