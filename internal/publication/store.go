package publication

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what coordination and administrations do about the final report.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	cases   *register.Register
	// Readings is told which cases were opened behind a figure; nil: nobody keeps a log of it.
	Readings *reading.Log
}

// NewStore makes a store, whose live figures come from the register that the
// list of cases uses.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, cases *register.Register) *Store {
	return &Store{db: d, journal: j, source: s, cases: cases}
}

// write is the frame of every command here. The report is coordination's; its own
// contribution and clearance are an administration's: for the other side what it
// would do does not exist.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	side := access.Coordination
	if need == access.ReportContribute || need == access.ReportClear {
		side = access.Enforcement
	}
	return fault.In(need, s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		if st.Side() != side {
			return fault.Missing()
		}
		return fn(tx, st)
	}))
}

// step is what an entry about the report in the making says: what stands after it.
type step struct {
	Report   *Report   `json:"report,omitempty"`
	Sections []Written `json:"sections,omitempty"`
}

// take appends a step and puts its rows.
func (s *Store) take(tx *db.Tx, st operation.Standing, verb access.Permission, subject string, before *step, after step) error {
	value := audience.Value{Sides: []access.Side{access.Coordination}}
	if verb == access.ReportAsk { // whoever is asked may know by when
		value = value.With(access.Enforcement)
	}
	number, err := audience.Intern(tx, st.Operation.Number, value)
	if err != nil {
		return err
	}
	c := journal.Content{After: after, With: map[string]string{"audience": value.String()}}
	if before != nil {
		c.Before = before
	}
	seq, err := s.journal.Append(tx, st.Entry(verb, "report/"+subject, number), c)
	if err != nil {
		return err
	}
	if after.Report != nil {
		if after.Report.Seq == 0 {
			after.Report.Seq = seq
		}
		if _, err := tx.Exec(putReport, after.Report.args(st.Operation.Number)...); err != nil {
			return err
		}
	}
	for _, w := range after.Sections {
		if _, err := tx.Exec(putSection, w.args(st.Operation.Number)...); err != nil {
			return err
		}
	}
	return nil
}

// whole is the subject of entries about the report but for one section.
const whole = "whole"

// Open begins the report from the outline, in a language of the product. Whoever
// coordinates does. The same again changes nothing; another language is a Conflict.
func (s *Store) Open(ctx context.Context, who access.Actor, code operation.Code, language string) (r Report, err error) {
	err = s.write(ctx, who, code, access.ReportOpen, func(tx *db.Tx, st operation.Standing) error {
		var begun bool
		if r, begun, err = ReportOf(tx, st.Operation.Number); err != nil {
			return err
		}
		switch {
		case !i18n.Offered(i18n.Lang(language)):
			return fault.At("language", "fault.unknown-code", fault.Args{"value": language})
		case begun && r.Language == language:
			return db.Unchanged
		case begun:
			return fault.Of(fault.Conflict, "report.begun")
		}
		r = Report{Language: language, Opened: st.Now, Author: who.Person, Edit: 1}
		var sections []Written
		for _, c := range Outline() {
			r.Order = append(r.Order, c.ID)
			sections = append(sections, Written{Section: c, Edit: 1, Author: who.Person, At: st.Now})
		}
		return s.take(tx, st, access.ReportOpen, whole, nil, step{Report: &r, Sections: sections})
	})
	return r, err
}

// begun gives the report that commands write on.
func begun(tx *db.Tx, op int64) (Report, error) {
	r, is, err := ReportOf(tx, op)
	if err == nil && !is {
		err = fault.Of(fault.Conflict, "report.not-begun")
	}
	return r, err
}

// changed is the Conflict of who writes on what somebody else has changed.
func changed(tx *db.Tx, author string, at time.Time) error {
	p, err := person.These(tx, []string{author})
	if err != nil {
		return err
	}
	return fault.Of(fault.Conflict, "report.changed", fault.Args{"who": p[author].Name, "at": at})
}

// Write writes one section, or a new one. edit is of the section as the writer saw
// it, 0 for a new one: somebody else's change in between is a Conflict
// (report.changed, with who and at) and now is the section as it stands, so that
// the page can show both. The same again changes nothing. Paths of what is wrong: kind, title.LANG,
// texts.LANG, editions, figures.N.question.FIELD, figures.N.show, figures.N.title.LANG.
func (s *Store) Write(ctx context.Context, who access.Actor, code operation.Code, d SectionDraft, edit int64) (now Written, err error) {
	err = s.write(ctx, who, code, access.ReportWrite, func(tx *db.Tx, st operation.Standing) error {
		r, err := begun(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		in, out, err := sectionsOf(tx, st.Operation.Number, r)
		if err != nil {
			return err
		}
		all := slices.Concat(in, out)
		now = Written{}
		next, err := d.clean(all)
		if err != nil {
			return err
		}
		after, before := step{}, (*step)(nil)
		if i := slices.IndexFunc(all, func(w Written) bool { return w.ID == next.ID }); i >= 0 {
			now, before = all[i], &step{Sections: []Written{all[i]}}
			next.Kind = now.Kind
			if db.Encoded(now.Section) == db.Encoded(next) && !now.Removed {
				return db.Unchanged
			}
			if now.Edit != edit {
				return changed(tx, now.Author, now.At)
			}
		}
		if !slices.Contains(r.Order, next.ID) {
			after.Report = r.with(next.ID, d.Place)
		}
		now = Written{Section: next, Edit: now.Edit + 1, Author: who.Person, At: st.Now}
		after.Sections = []Written{now}
		return s.take(tx, st, access.ReportWrite, next.ID, before, after)
	})
	return now, err
}

// with is the report with a section at a place, from 1.
func (r Report) with(id string, place int) *Report {
	if place < 1 || place > len(r.Order) {
		place = len(r.Order) + 1
	}
	r.Order = slices.Insert(slices.Clone(r.Order), place-1, id)
	r.Edit++
	return &r
}

// Arrange puts the sections into an order; edit is the report's. What the order
// leaves out stands behind it as it stood, what it names twice or falsely is ignored.
func (s *Store) Arrange(ctx context.Context, who access.Actor, code operation.Code, order []string, edit int64) (r Report, err error) {
	err = s.write(ctx, who, code, access.ReportWrite, func(tx *db.Tx, st operation.Standing) error {
		if r, err = begun(tx, st.Operation.Number); err != nil {
			return err
		}
		var next []string
		for _, id := range slices.Concat(order, r.Order) {
			if slices.Contains(r.Order, id) && !slices.Contains(next, id) {
				next = append(next, id)
			}
		}
		if slices.Equal(next, r.Order) {
			return db.Unchanged
		}
		if r.Edit != edit {
			return fault.Of(fault.Conflict, "fault.conflict")
		}
		before := r
		r.Order, r.Edit = next, r.Edit+1
		return s.take(tx, st, access.ReportWrite, whole, &step{Report: &before}, step{Report: &r})
	})
	return r, err
}

// Remove takes a section out of the report; edit is the section's. Write with its ID
// brings it back.
func (s *Store) Remove(ctx context.Context, who access.Actor, code operation.Code, id string, edit int64) error {
	return s.write(ctx, who, code, access.ReportWrite, func(tx *db.Tx, st operation.Standing) error {
		r, err := begun(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		in, out, err := sectionsOf(tx, st.Operation.Number, r)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(out, func(w Written) bool { return w.ID == id }) {
			return db.Unchanged
		}
		i := slices.IndexFunc(in, func(w Written) bool { return w.ID == id })
		if i < 0 {
			return fault.Missing()
		}
		was := in[i]
		if was.Edit != edit {
			return changed(tx, was.Author, was.At)
		}
		next, before := was, r
		next.Removed, next.Edit, next.Author, next.At = true, was.Edit+1, who.Person, st.Now
		r.Order = slices.DeleteFunc(slices.Clone(r.Order), func(o string) bool { return o == id })
		r.Edit++
		return s.take(tx, st, access.ReportWrite, id, &step{Report: &before, Sections: []Written{was}}, step{Report: &r, Sections: []Written{next}})
	})
}

// Ask asks every administration for its contribution by a local day of the operation,
// today or later; again with another day moves it.
func (s *Store) Ask(ctx context.Context, who access.Actor, code operation.Code, due string) (r Report, err error) {
	err = s.write(ctx, who, code, access.ReportAsk, func(tx *db.Tx, st operation.Standing) error {
		if r, err = begun(tx, st.Operation.Number); err != nil {
			return err
		}
		if r.Due == due && due != "" {
			return db.Unchanged
		}
		if err := dayFrom("due", due, st.Today(), maxDays); err != nil {
			return err
		}
		before := r
		r.Due, r.Asked, r.Edit = due, st.Now, r.Edit+1
		return s.take(tx, st, access.ReportAsk, whole, &step{Report: &before}, step{Report: &r})
	})
	return r, err
}

// of names what belongs to one organisation in the subject of an entry.
func of(organisation int64) string { return strconv.FormatInt(organisation, 10) }
