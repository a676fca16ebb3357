package holder

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do about right holders.
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
func (s *Store) write(ctx context.Context, who access.Actor, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(operation.Library), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, need)
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

// record is what the three kinds of record are told to the journal as.
type record struct {
	subject string
	readers audience.Value
	after   any
}

// append writes the entry of a record, and gives its number and that of its audience.
func (s *Store) append(tx *db.Tx, st operation.Standing, verb access.Permission, r record) (seq, readers int64, err error) {
	if readers, err = audience.Intern(tx, st.Operation.Number, r.readers); err != nil {
		return 0, 0, err
	}
	seq, err = s.journal.Append(tx, st.Entry(verb, r.subject, readers),
		journal.Content{After: r.after, With: map[string]string{"audience": r.readers.String()}})
	return seq, readers, err
}

// between is the audience of what some organisations and coordination read.
func between(organisations ...int64) audience.Value {
	return audience.Value{Organisations: organisations}.With(access.Coordination)
}

func (v Vetting) record() record {
	return record{"vetting/" + string(v.ID), between(v.Organisation), v}
}

// Apply shows who the actor's own organisation is. Each application is a record of its
// own: one that was checked goes on to hold while the next one waits. The same again is
// the same application and the same answer; its id with other content is a Conflict.
// Paths are id, register, extract, country, note, files.
func (s *Store) Apply(ctx context.Context, who access.Actor, a Application) (made Vetting, err error) {
	if a.ID == "" {
		a.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, access.HolderApply, func(tx *db.Tx, st operation.Standing) error {
		made, err = s.apply(tx, st, a)
		return err
	})
	if err != nil {
		return Vetting{}, err
	}
	return made, nil
}

func (s *Store) apply(tx *db.Tx, st operation.Standing, a Application) (made Vetting, err error) {
	op := st.Operation.Number
	a, wrong := a.clean()
	old, err := db.One(tx, selectVetting, scanVetting, op, st.Who.Organisation, string(a.ID))
	switch {
	case err == nil && old.says(st.Who.Person, a):
		return old, db.Unchanged
	case err == nil:
		return made, fault.Of(fault.Conflict, "holder.id-taken")
	case !errors.Is(err, db.ErrNone):
		return made, err
	case wrong != nil:
		return made, wrong
	}
	made = Vetting{ID: a.ID, Organisation: st.Who.Organisation, Register: a.Register, Extract: a.Extract, Country: a.Country, Note: a.Note,
		Author: st.Who.Person, At: st.Now, State: Asked, Version: 1}
	if made.Attachments, err = filesOf(tx, st, a.Files); err != nil {
		return made, err
	}
	var readers int64
	if made.Seq, readers, err = s.append(tx, st, access.HolderApply, made.record()); err != nil {
		return made, err
	}
	if _, err = tx.Exec(putVetting, made.args(op)...); err != nil {
		return made, err
	}
	return made, attachment.Attach(tx, st, made.Attachments, made.Seq, readers)
}

// filesOf are the files of a record, as its entry says them; refused at the field files.
func filesOf(tx *db.Tx, st operation.Standing, ids []attachment.ID) ([]attachment.Ref, error) {
	refs, err := attachment.Ready(tx, st, ids)
	if f, ok := errors.AsType[*fault.Fault](err); ok && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		var p fault.Problems
		p.Add("files", f.Fields[0].Key, f.Fields[0].Args)
		return nil, p.Fault()
	}
	return refs, err
}

// Vet says that somebody of coordination has checked what a right holder showed, and
// until which day it holds. Conflict: the right holder has shown something newer, or
// the actor is of that organisation, or wrote the application. The path is until.
func (s *Store) Vet(ctx context.Context, who access.Actor, of organisation.ID, id ID, until string) (made Vetting, err error) {
	err = s.write(ctx, who, access.HolderVet, func(tx *db.Tx, st operation.Standing) error {
		if made, err = vettingOf(tx, st, of, id); err != nil {
			return err
		}
		switch {
		case made.State == Checked && made.Until == until:
			return db.Unchanged
		case made.State != Asked:
			return fault.Of(fault.Conflict, "holder.decided")
		}
		if err := newest(tx, st, made); err != nil {
			return err
		}
		if err := apart(tx, st, made.Author, made.Organisation); err != nil {
			return err
		}
		if err := lastDay(st, until); err != nil {
			return err
		}
		made.State, made.Until, made.Checker, made.CheckedAt = Checked, until, who.Person, st.Now
		return s.keepVetting(tx, st, access.HolderVet, &made)
	})
	if err != nil {
		return Vetting{}, err
	}
	return made, nil
}

// keepVetting keeps a later state of an application.
func (s *Store) keepVetting(tx *db.Tx, st operation.Standing, verb access.Permission, v *Vetting) error {
	v.Version++
	if _, _, err := s.append(tx, st, verb, v.record()); err != nil {
		return err
	}
	_, err := tx.Exec(putVetting, v.args(st.Operation.Number)...)
	return err
}

// vettingOf is an application of a right holder, by the ids of both.
func vettingOf(tx *db.Tx, st operation.Standing, of organisation.ID, id ID) (Vetting, error) {
	o, err := organisation.ByID(tx, of)
	if err != nil {
		return Vetting{}, missing(err)
	}
	v, err := db.One(tx, selectVetting, scanVetting, st.Operation.Number, o.Number, string(id))
	return v, missing(err)
}

// newest refuses what was shown before something newer.
func newest(tx *db.Tx, st operation.Standing, v Vetting) error {
	all, err := db.All(tx, selectVettingsOf, scanVetting, st.Operation.Number, v.Organisation)
	if err == nil && all[0].Seq != v.Seq {
		err = fault.Of(fault.Conflict, "holder.newer")
	}
	return err
}

// apart refuses whoever would check for one's own: who wrote it, or wears a hat of one
// of the organisations that it is about.
func apart(tx *db.Tx, st operation.Standing, author string, organisations ...int64) error {
	if st.Who.Person == author {
		return fault.Of(fault.Conflict, "holder.two-people")
	}
	for _, o := range organisations {
		_, err := person.HatOf(tx, person.ID(st.Who.Person), o, st.Now)
		if err == nil || o == st.Who.Organisation {
			return fault.Of(fault.Conflict, "holder.two-people")
		}
		if !errors.Is(err, db.ErrNone) {
			return err
		}
	}
	return nil
}

// lastDay checks until when somebody is vetted.
func lastDay(st operation.Standing, until string) error {
	var p fault.Problems
	most := st.Now.In(st.Operation.Location()).AddDate(MaxYears, 0, 0).Format(time.DateOnly)
	switch {
	case until == "":
		p.Add("until", "fault.required")
	case !validDay(until):
		p.Add("until", "fault.not-a-date")
	case until <= st.Today():
		p.Add("until", "holder.over-already")
	case until > most:
		p.Add("until", "fault.date-too-late", fault.Args{"max": most})
	}
	return p.Fault()
}

// Revoke refuses an application, or ends what was checked: the right holder publishes
// no more, and what it published stays. Ending what holds ends all that it had shown
// before, too. The same again changes nothing. The path is reason.
func (s *Store) Revoke(ctx context.Context, who access.Actor, of organisation.ID, id ID, reason string) error {
	return s.write(ctx, who, access.HolderRevoke, func(tx *db.Tx, st operation.Standing) error {
		v, err := vettingOf(tx, st, of, id)
		if err != nil {
			return err
		}
		if err := apart(tx, st, "", v.Organisation); err != nil {
			return err
		}
		var p fault.Problems
		reason = cleanText(&p, "reason", reason, MaxReason, true)
		switch {
		case p.Fault() != nil:
			return p.Fault()
		case v.State == Revoked:
			return db.Unchanged
		}
		all, err := db.All(tx, selectVettingsOf, scanVetting, st.Operation.Number, v.Organisation)
		if err != nil {
			return err
		}
		for _, each := range all {
			if each.ID != v.ID && (v.State != Checked || each.State != Checked) {
				continue
			}
			each.State, each.Reason, each.Ended = Revoked, reason, who.Person
			if err := s.keepVetting(tx, st, access.HolderRevoke, &each); err != nil {
				return err
			}
		}
		return nil
	})
}

func missing(err error) error {
	if errors.Is(err, db.ErrNone) {
		return fault.Missing()
	}
	return err
}
