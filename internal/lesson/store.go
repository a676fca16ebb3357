package lesson

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with lessons.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, need access.Permission, fn func(tx *db.Tx, k *looking) error) error {
	err := s.db.Write(ctx, string(operation.Library), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, need)
		if err != nil {
			return err
		}
		k, err := look(tx, st)
		if err != nil {
			return err
		}
		return fn(tx, k)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

// Saving is what is written to make a lesson or to change it.
type Saving struct {
	ID     ID              // the same id again is the same lesson; empty: one is made
	Holder organisation.ID // in whose name; empty: the actor's own organisation
	Edit   int64           // number of the draft that the writer saw; 0: there was none
	Plan   Plan
}

// Save makes a lesson as a draft, or replaces what is written of one; versions stay as
// they are. The same again changes nothing, and fresh is false. Conflict: somebody saved
// meanwhile. Missing: the actor does not act for that holder, or not for all its sheets.
func (s *Store) Save(ctx context.Context, who access.Actor, w Saving) (made Lesson, fresh bool, err error) {
	if w.ID == "" {
		w.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, access.LessonSave, func(tx *db.Tx, k *looking) error {
		made, fresh, err = s.save(tx, k, w)
		return err
	})
	if err != nil {
		return Lesson{}, false, err
	}
	return made, fresh, nil
}

func (s *Store) save(tx *db.Tx, k *looking, w Saving) (Lesson, bool, error) {
	of, err := k.holder(w.Holder)
	if err != nil {
		return Lesson{}, false, err
	}
	var p fault.Problems
	if !source.ValidID(string(w.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	plan := w.Plan.clean(&p)
	sheets, err := k.sheetsOf(of, plan, &p)
	if err == nil {
		err = p.Fault()
	}
	if err != nil {
		return Lesson{}, false, err
	}
	if a, err := k.actingFor(of, sheets); err != nil {
		return Lesson{}, false, err
	} else if !a.Vetted {
		return Lesson{}, false, fault.At("holder", "holder.not-vetted")
	}
	op := k.st.Operation.Number
	old, err := db.One(tx, selectOwn, db.Decoded[Lesson], op, of, string(w.ID))
	switch {
	case errors.Is(err, db.ErrNone):
		old = Lesson{ID: w.ID, Organisation: of, Author: k.st.Who.Person, State: Draft}
	case err != nil:
		return old, false, err
	default:
		if mine, err := k.mine(old); err != nil || !mine {
			return Lesson{}, false, errors.Join(err, fault.Missing())
		}
		if db.Encoded(old.Plan) == db.Encoded(plan) {
			return old, false, db.Unchanged
		}
		if old.Edit != w.Edit {
			return old, false, fault.Of(fault.Conflict, "lesson.saved-meanwhile")
		}
	}
	old.Plan = plan
	old.Edit++
	return s.keep(tx, k, old)
}

// keep stores what is written; whoever reads versions does not see it.
func (s *Store) keep(tx *db.Tx, k *looking, l Lesson) (Lesson, bool, error) {
	op := k.st.Operation.Number
	value := holder.Own(l.Organisation)
	own, err := audience.Intern(tx, op, value)
	if err != nil {
		return l, false, err
	}
	if l.State == Draft {
		l.Audience = own
	}
	seq, err := s.journal.Append(tx, k.st.Entry(access.LessonSave, l.EntrySubject(), own),
		journal.Content{After: stood{Lesson: l}, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return l, false, err
	}
	l = stood{Lesson: l}.after(seq)
	return l, true, exec(tx, putLesson, l.args(op))
}

// Publish makes what is written the newest version of a lesson, for whoever may read
// all its sheets. It copies the sheets as they are. The same again, of the same
// sheets for the same readers, changes nothing. Invalid: a sheet gives no question, or is
// out of use; the paths are those of a plan.
func (s *Store) Publish(ctx context.Context, who access.Actor, n Name, edit int64) (Lesson, error) {
	var made Lesson
	err := s.write(ctx, who, access.LessonPublish, func(tx *db.Tx, k *looking) error {
		l, err := k.owned(n)
		if err != nil {
			return err
		}
		made, err = s.publish(tx, k, l, edit)
		return err
	})
	if err != nil {
		return Lesson{}, err
	}
	return made, nil
}

func (s *Store) publish(tx *db.Tx, k *looking, l Lesson, edit int64) (Lesson, error) {
	op := k.st.Operation.Number
	var p fault.Problems
	sheets, err := k.sheetsOf(l.Organisation, l.Plan, &p)
	if err == nil {
		err = p.Fault()
	}
	if err != nil {
		return l, err
	}
	if err := k.mayPublish(l, sheets); err != nil {
		return l, err
	}
	if l.Edit != edit {
		return l, fault.Of(fault.Conflict, "lesson.saved-meanwhile")
	}
	v, err := versionFrom(tx, op, l.Plan, sheets, &p)
	if err == nil {
		err = p.Fault()
	}
	if err != nil {
		return l, err
	}
	value, err := readers(tx, op, l.Organisation, sheets)
	if err != nil {
		return l, err
	}
	before, was := l.Audience, l.Version
	if l.Audience, err = audience.Intern(tx, op, value); err != nil {
		return l, err
	}
	if l.State == Published {
		old, err := versionOf(tx, op, l.Seq, was)
		if err != nil {
			return l, err
		}
		if before == l.Audience && old.says(v) {
			return l, db.Unchanged
		}
	}
	l.State, l.Version, l.Published, l.Reason = Published, was+1, k.st.Now, ""
	v.Lesson, v.Number, v.At = l.Seq, l.Version, k.st.Now
	return s.announce(tx, k, stood{l, &v}, value)
}

// announce stores a version, with the lesson as it stands after it.
func (s *Store) announce(tx *db.Tx, k *looking, e stood, value audience.Value) (Lesson, error) {
	op := k.st.Operation.Number
	seq, err := s.journal.Append(tx, k.st.Entry(access.LessonPublish, e.Lesson.EntrySubject(), e.Lesson.Audience),
		journal.Content{After: e, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return e.Lesson, err
	}
	v := *e.Version
	v.Seq = seq
	l := e.after(seq)
	if err := exec(tx, putLesson, l.args(op)); err != nil {
		return l, err
	}
	return l, exec(tx, insertVersion, v.args(op))
}

// says tells whether two versions say and ask the same.
func (v Version) says(other Version) bool {
	v.Seq, v.Lesson, v.Number, v.At = 0, other.Lesson, other.Number, other.At
	other.Seq = 0
	return db.Encoded(v) == db.Encoded(other)
}

// versionFrom copies what a lesson teaches and makes its questions. Covert features
// stand apart from a sheet's content, and so are never in it.
func versionFrom(tx *db.Tx, op int64, plan Plan, sheets []product.Sheet, p *fault.Problems) (Version, error) {
	v := Version{Language: plan.Language, Title: plan.Title, Aim: plan.Aim, Minutes: plan.Minutes, Count: plan.Questions}
	for i, s := range sheets {
		c, err := product.ContentOf(tx, op, s.Seq, s.Version)
		if err != nil {
			return v, err
		}
		asked := questions(s.ID, i, c, plan.Kinds)
		if len(asked) == 0 {
			name, _ := c.Name.In(plan.Language, c.Language)
			p.Add("sheets", lacks(plan.Kinds), fault.Args{"sheet": name})
		}
		v.Sheets = append(v.Sheets, Copied{Seq: s.Seq, Sheet: s.ID, Version: s.Version, Brand: s.Brand, Language: c.Language, Name: c.Name,
			Explain: plan.Sheets[i].Explain, Features: c.Features})
		v.Questions = append(v.Questions, asked...)
	}
	return v, nil
}

// lacks says what must be added to a sheet that gives no question.
func lacks(kinds []string) string {
	pictures := slices.Contains(kinds, PairKind) || slices.Contains(kinds, PictureKind)
	words := slices.Contains(kinds, FeatureKind) || slices.Contains(kinds, HintKind)
	switch {
	case pictures && words:
		return "lesson.nothing-to-ask"
	case pictures:
		return "lesson.no-pictures-to-ask"
	}
	return "lesson.no-words-to-ask"
}

// Withdraw takes a lesson out of use, with a reason that its readers see: by its holder's
// side, or by coordination. What learners did stays theirs.
func (s *Store) Withdraw(ctx context.Context, who access.Actor, n Name, reason string) error {
	return s.write(ctx, who, access.LessonWithdraw, func(tx *db.Tx, k *looking) error {
		l, v, err := k.named(n)
		if err == nil && k.st.Side() != access.Coordination {
			err = k.mayEnd(l, v)
		}
		if err != nil {
			return err
		}
		if reason, err = i18n.CleanBody(reason, MaxText); err != nil {
			return err
		}
		switch {
		case reason == "":
			return fault.At("reason", "fault.required")
		case l.State == Withdrawn:
			return db.Unchanged
		case l.State == Draft:
			return fault.Of(fault.Conflict, "lesson.not-published")
		}
		l.State, l.Reason = Withdrawn, reason
		if _, err := s.journal.Append(tx, k.st.Entry(access.LessonWithdraw, l.EntrySubject(), l.Audience), journal.Content{After: stood{Lesson: l}}); err != nil {
			return err
		}
		return exec(tx, putLesson, l.args(k.st.Operation.Number))
	})
}
