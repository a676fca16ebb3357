package situation

import (
	"context"
	"errors"
	"math"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// PageLimit is how many reports a list gives at once.
const PageLimit = 50

// Store issues situation reports, and shows them.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	kept    *seizure.Kept
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s, kept: new(seizure.Kept)}
}

// Issue issues the report of a day. Where nothing is new since the day's last report
// was issued, that one is the answer: twice the same click says nothing twice.
//
// The figures are read first and kept then: tallies of a batch are written after its
// units, so the unit that writes could not read them. The report says as of which entry
// they are.
func (s *Store) Issue(ctx context.Context, who access.Actor, code operation.Code, d Draft) (Report, error) {
	r := Report{Organisation: who.Organisation, Author: who.Name()}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.SituationIssue)
		if err != nil {
			return err
		}
		if d, err = d.clean(); err != nil {
			return err
		}
		r.Note, r.Language = d.Note, d.Language
		return s.figures(tx, st, d.Day, &r)
	})
	if err == nil {
		err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
			st, err := operation.Enter(tx, s.source.Now(), who, code, access.SituationIssue)
			if err != nil {
				return err
			}
			last, err := db.One(tx, selectLastOf, scanReport, st.Operation.Number, r.Day)
			if err == nil && last.says(r) {
				r = last
				return db.Unchanged
			}
			if err != nil && !errors.Is(err, db.ErrNone) {
				return err
			}
			r.At = st.Now
			return s.record(tx, st, &r)
		})
	}
	return r, fault.In(access.SituationIssue, err)
}

// figures fills a report with what the body that directs reads.
func (s *Store) figures(tx *db.Tx, st operation.Standing, day string, r *Report) error {
	of, err := results.OfficialSituation(tx, s.kept, st.Operation, st.Now, day)
	if err == nil {
		r.Day, r.Figures = of.Day, frozen(of)
	}
	return err
}

// record keeps a report with its entry.
func (s *Store) record(tx *db.Tx, st operation.Standing, r *Report) error {
	v := audience.Own(r.Organisation).With(access.Coordination, access.Enforcement, access.ObserverSide)
	aud, err := audience.Intern(tx, st.Operation.Number, v)
	if err != nil {
		return err
	}
	r.Seq, r.Audience = 0, aud
	r.Seq, err = s.journal.Append(tx, st.Entry(access.SituationIssue, "situation/"+r.Day, aud),
		journal.Content{After: said{Report: *r, Audience: aud}, With: map[string]string{"audience": v.String()}})
	if err == nil {
		_, err = tx.Exec(insertReport, said{Report: *r, Audience: aud}.args(st.Operation.Number)...)
	}
	return err
}

// Plan decides when reports are issued by time. The same again changes nothing.
func (s *Store) Plan(ctx context.Context, who access.Actor, code operation.Code, p Plan) (Made, error) {
	var made Made
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.SituationPlan)
		if err != nil {
			return err
		}
		if err := p.Check(); err != nil {
			return err
		}
		old, err := planNow(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		if made = old; old.Plan == p {
			return db.Unchanged
		}
		made = Made{Plan: p, Author: who.Name(), At: st.Now}
		v := audience.Own(who.Organisation).With(access.Coordination)
		aud, err := audience.Intern(tx, st.Operation.Number, v)
		if err != nil {
			return err
		}
		made.Seq, err = s.journal.Append(tx, st.Entry(access.SituationPlan, "situation-plan", aud),
			journal.Content{After: made, With: map[string]string{"audience": v.String()}})
		if err == nil {
			_, err = tx.Exec(insertPlan, made.args(st.Operation.Number)...)
		}
		return err
	})
	return made, fault.In(access.SituationPlan, err)
}

// planNow is the plan that holds; the zero plan where none was made.
func planNow(tx *db.Tx, op int64) (Made, error) {
	p, err := db.One(tx, selectPlan, scanPlan, op)
	if errors.Is(err, db.ErrNone) {
		return Made{}, nil
	}
	return p.Made, err
}

// Page is a stretch of the reports that the reader may read, newest first.
type Page struct {
	Standing operation.Standing
	Reports  []Report
	All      int64 // that there are
	More     bool  // older ones than these
	Plan     Made  // only for who may change it
}

// List gives reports that are older than one; 0: from the newest.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code, before int64) (out Page, err error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = Page{}
		if out.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.SituationRead); err != nil {
			return err
		}
		op := out.Standing.Operation.Number
		readable, err := out.Standing.Readable(tx)
		if err != nil {
			return err
		}
		if out.All, err = db.One(tx, countReports, db.Int64, op, readable); err != nil {
			return err
		}
		if out.Reports, err = db.All(tx, selectNewest, scanReport, op, readable, before, PageLimit+1); err != nil {
			return err
		}
		if out.More = len(out.Reports) > PageLimit; out.More {
			out.Reports = out.Reports[:PageLimit]
		}
		if out.Standing.May(access.SituationPlan) {
			out.Plan, err = planNow(tx, op)
		}
		return err
	})
	return out, fault.In(access.SituationRead, err)
}

// Shown is one report as its reader may know it.
type Shown struct {
	Standing operation.Standing
	Report   Report
}

// Read gives one report.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, seq int64) (out Shown, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = Shown{}
		if out.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.SituationRead); err != nil {
			return err
		}
		readable, err := out.Standing.Readable(tx)
		if err != nil {
			return err
		}
		out.Report, err = db.One(tx, selectReport, scanReport, out.Standing.Operation.Number, readable, seq)
		if errors.Is(err, db.ErrNone) {
			return fault.Missing()
		}
		return err
	})
	return out, fault.In(access.SituationRead, err)
}
