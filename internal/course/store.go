package course

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Store does what people do about national courses.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := s.enter(tx, who, code, need)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

// enter is the gate: who writes of courses answers for training at home, or was
// trained.
func (s *Store) enter(tx *db.Tx, who access.Actor, code operation.Code, need access.Permission) (operation.Standing, error) {
	st, err := operation.Enter(tx, s.source.Now(), who, code, need)
	if err != nil {
		return st, err
	}
	may, err := trains(tx, st)
	if err == nil && !may {
		err = fault.Missing()
	}
	return st, err
}

// trains tells whether the actor's word on courses is taken: of somebody who holds
// another role than officer, or was at a workshop of this operation.
func trains(tx *db.Tx, st operation.Standing) (bool, error) {
	if !st.May(access.CourseRecord) {
		return false, nil
	}
	for _, r := range st.Roles {
		if r != access.Officer && access.Within(st.Side(), []access.Role{r}, access.CourseRecord) {
			return true, nil
		}
	}
	all, err := attendance.TrainedIn(tx, st.Operation.Number)
	return slices.ContainsFunc(all, func(t attendance.Trained) bool {
		return t.Person == person.ID(st.Who.Person) && t.Organisation == st.Who.Organisation
	}), err
}

// Record keeps a national course. The same draft again is the same course; its id with
// other content is a Conflict.
func (s *Store) Record(ctx context.Context, who access.Actor, code operation.Code, d Draft) (made Course, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	d.Version = 0
	err = s.write(ctx, who, code, access.CourseRecord, func(tx *db.Tx, st operation.Standing) error {
		d, err := d.clean(s.latest())
		if err != nil {
			return err
		}
		old, err := db.One(tx, selectOwn, db.Decoded[Course], st.Operation.Number, who.Organisation, string(d.ID))
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		c := Course{ID: d.ID, Organisation: who.Organisation}
		if fresh := errors.Is(err, db.ErrNone); !fresh {
			c = old
		}
		if made, err = s.filled(tx, st, c, d); err != nil {
			return err
		}
		if old.Seq != 0 {
			if !same(made, old) {
				return fault.Of(fault.Conflict, "course.id-taken")
			}
			made = old
			return db.Unchanged
		}
		return s.keep(tx, st, access.CourseRecord, Course{}, &made)
	})
	return made, err
}

// Amend changes a course of the actor's organisation that stands in the version of the
// draft; another one is a Conflict. The same again changes nothing.
func (s *Store) Amend(ctx context.Context, who access.Actor, code operation.Code, d Draft) (made Course, err error) {
	err = s.write(ctx, who, code, access.CourseAmend, func(tx *db.Tx, st operation.Standing) error {
		old, err := find(tx, st, Name{ID: d.ID})
		if err != nil {
			return err
		}
		d, err := d.clean(s.latest())
		if err != nil {
			return err
		}
		if !old.Stands() {
			return fault.Of(fault.Conflict, "course.withdrawn")
		}
		if made, err = s.filled(tx, st, old, d); err != nil {
			return err
		}
		switch {
		case same(made, old):
			made = old
			return db.Unchanged
		case d.Version != old.Version:
			return fault.Of(fault.Conflict, "course.changed")
		}
		made.Reason = d.Reason
		return s.keep(tx, st, access.CourseAmend, old, &made)
	})
	return made, err
}

// Withdraw takes a course of the actor's organisation out of what is counted, with a
// reason that its readers see. Again changes nothing.
func (s *Store) Withdraw(ctx context.Context, who access.Actor, code operation.Code, id ID, reason string) (made Course, err error) {
	err = s.write(ctx, who, code, access.CourseWithdraw, func(tx *db.Tx, st operation.Standing) error {
		old, err := find(tx, st, Name{ID: id})
		if err != nil {
			return err
		}
		var p fault.Problems
		text := line(&p, "reason", reason, MaxReason, true)
		if err := p.Fault(); err != nil {
			return err
		}
		made = old
		if !old.Stands() {
			return db.Unchanged
		}
		made.State, made.Reason = Withdrawn, text
		return s.keep(tx, st, access.CourseWithdraw, old, &made)
	})
	return made, err
}

// latest is the last local day that a course can have had anywhere.
func (s *Store) latest() string { return s.source.Now().Add(14 * time.Hour).Format(time.DateOnly) }

// filled is a course with what a draft says, checked against what stands beside it.
func (s *Store) filled(tx *db.Tx, st operation.Standing, c Course, d Draft) (Course, error) {
	var p fault.Problems
	if c.Teacher != d.Teacher { // who taught may have left since
		_, err := person.HatOf(tx, d.Teacher, st.Who.Organisation, st.Now)
		if errors.Is(err, db.ErrNone) {
			p.Add("teacher", "course.teacher")
		} else if err != nil {
			return c, err
		}
	}
	parent, err := workshopOf(tx, st, d.Parent, "parent", &p)
	if err != nil {
		return c, err
	}
	reports, err := workshopOf(tx, st, d.Reports, "reports", &p)
	if err != nil {
		return c, err
	}
	if reports.Seq != 0 {
		if reports.Kind != workshop.National || reports.Organisation != st.Who.Organisation {
			p.Add("reports", "course.not-national")
		}
		all, err := All(tx, st)
		if err != nil {
			return c, err
		}
		for _, o := range all {
			if o.Stands() && o.Reports == reports.Seq && o.Seq != c.Seq && o.Organisation == st.Who.Organisation {
				p.Add("reports", "course.reported")
			}
		}
	}
	if parent.Seq != 0 && parent.Seq == reports.Seq {
		p.Add("parent", "course.its-own-parent")
	}
	c.Title, c.Language, c.Starts, c.Ends, c.Teacher, c.Topics, c.Reach = d.Title, d.Language, d.Starts, d.Ends, d.Teacher, d.Topics, d.Reach
	c.Parent, c.Reports = parent.Seq, reports.Seq
	return c, p.Fault()
}

// workshopOf is a workshop that the draft names; one that the actor may not read does
// not exist.
func workshopOf(tx *db.Tx, st operation.Standing, id workshop.ID, path string, p *fault.Problems) (workshop.Workshop, error) {
	if id == "" {
		return workshop.Workshop{}, nil
	}
	w, err := workshop.Find(tx, st, id)
	if fault.Is(err, fault.NotFound) {
		p.Add(path, "course.no-workshop")
		return workshop.Workshop{}, nil
	}
	return w, err
}

// same tells whether two versions say the same.
func same(a, b Course) bool {
	a.Reason, b.Reason = "", ""
	return reflect.DeepEqual(a, b)
}

// keep appends the entry and writes both rows.
func (s *Store) keep(tx *db.Tx, st operation.Standing, verb access.Permission, old Course, c *Course) error {
	value := audience.Own(c.Organisation).With(access.Coordination)
	var err error
	if c.Audience, err = audience.Intern(tx, st.Operation.Number, value); err != nil {
		return err
	}
	c.Version, c.Author, c.At = old.Version+1, st.Who.Name(), st.Now
	content := journal.Content{After: *c, With: map[string]string{"audience": value.String()}}
	if old.Version > 0 {
		content.Before = old
	}
	entry, err := s.journal.Append(tx, st.Entry(verb, c.EntrySubject(), c.Audience), content)
	if err != nil {
		return err
	}
	if c.Seq == 0 {
		c.Seq = entry
	}
	if _, err = tx.Exec(putCourse, c.args(st.Operation.Number)...); err == nil {
		_, err = tx.Exec(insertVersion, c.version(st.Operation.Number, entry)...)
	}
	return err
}
