package learnt

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Store does what people do about lessons learnt.
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
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
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

// Record records a lesson. The same draft again is the same lesson; its id with
// other words is a Conflict. Who coordinates may give it an owner and a day at once.
func (s *Store) Record(ctx context.Context, who access.Actor, code operation.Code, d Draft) (made Learnt, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, code, access.LearntRecord, func(tx *db.Tx, st operation.Standing) error {
		if !st.May(access.LearntAmend) {
			d.Owner, d.Person, d.Due = "", "", ""
		}
		clean, err := d.clean(st.Today(), "")
		if err != nil {
			return err
		}
		old, err := db.One(tx, selectOwn, db.Decoded[Learnt], st.Operation.Number, who.Organisation, string(clean.ID))
		switch {
		case err == nil && old.says(clean):
			made = old
			return db.Unchanged
		case err == nil:
			return fault.Of(fault.Conflict, "learnt.id-taken")
		case !errors.Is(err, db.ErrNone):
			return err
		}
		made = Learnt{ID: clean.ID, Organisation: who.Organisation, Author: who.Person, At: st.Now, State: Recorded}
		if made, err = filled(tx, st, made, clean); err != nil {
			return err
		}
		made.act(st, "")
		made, err = s.keep(tx, st, access.LearntRecord, nil, made)
		return err
	})
	if err != nil {
		return Learnt{}, err
	}
	return made, nil
}

// filled puts in what a draft says.
func filled(tx *db.Tx, st operation.Standing, l Learnt, d Draft) (Learnt, error) {
	l.For, l.Topic, l.Title, l.Happened, l.Proposed, l.Language, l.Due = d.For, d.Topic, d.Title, d.Happened, d.Proposed, d.Language, d.Due
	var err error
	hidden := false // whoever may not open the workshop cannot choose it, and does not take it away
	if d.Workshop == "" && !d.Report {
		if hidden, err = hides(tx, st, l.Source); err != nil {
			return l, err
		}
	}
	if !hidden && (l.Source.Workshop != d.Workshop || l.Source.Session != d.Session || l.Source.Report != d.Report) {
		if l.Source, err = sourceOf(tx, st, d); err != nil {
			return l, err
		}
	}
	l.Owner, l.Person, err = ownerOf(tx, st, d)
	return l, err
}

// hides tells whether a source is a workshop, or a session, that the actor may not open.
func hides(tx *db.Tx, st operation.Standing, s Source) (bool, error) {
	if s.Workshop == "" {
		return false, nil
	}
	w, err := workshop.Find(tx, st, s.Workshop)
	if fault.Is(err, fault.NotFound) {
		return true, nil
	}
	if err != nil || s.Session == "" {
		return false, err
	}
	all, err := workshop.Sessions(tx, st, w)
	return !slices.ContainsFunc(all, func(x workshop.Session) bool { return x.ID == s.Session }), err
}

// sourceOf is where a lesson comes from, of what its writer may read.
func sourceOf(tx *db.Tx, st operation.Standing, d Draft) (Source, error) {
	if d.Workshop == "" {
		return Source{Report: d.Report}, nil
	}
	w, err := workshop.Find(tx, st, d.Workshop)
	if fault.Is(err, fault.NotFound) {
		return Source{}, fault.At("workshop", "fault.choose-one")
	}
	if err != nil || d.Session == "" {
		return Source{Workshop: w.ID, Title: w.Title}, err
	}
	all, err := workshop.Sessions(tx, st, w)
	if err != nil {
		return Source{}, err
	}
	i := slices.IndexFunc(all, func(s workshop.Session) bool { return s.ID == d.Session })
	if i < 0 {
		return Source{}, fault.At("workshop", "fault.choose-one")
	}
	return Source{Workshop: w.ID, Session: d.Session, Title: all[i].Title}, nil
}

// ownerOf is who sees to a lesson: a member that coordinates or enforces, and one of
// its people.
func ownerOf(tx *db.Tx, st operation.Standing, d Draft) (int64, person.ID, error) {
	if d.Owner == "" {
		return 0, "", nil
	}
	members, err := operation.Members(tx, st.Operation.Number)
	if err != nil {
		return 0, "", err
	}
	i := slices.IndexFunc(members, func(m operation.Member) bool {
		return m.Organisation.ID == d.Owner && (m.Membership.Side == access.Coordination || m.Membership.Side == access.Enforcement)
	})
	if i < 0 {
		return 0, "", fault.At("owner", "fault.choose-one")
	}
	number := members[i].Organisation.Number
	if d.Person == "" {
		return number, "", nil
	}
	readers, err := operation.ReadersOf(tx, st.Operation.Number, number, st.Now)
	if err == nil && !slices.ContainsFunc(readers, func(r operation.Reader) bool { return r.Person == d.Person }) {
		err = fault.At("person", "fault.choose-one")
	}
	return number, d.Person, err
}

// keep numbers a lesson, appends what became of it and writes its row.
func (s *Store) keep(tx *db.Tx, st operation.Standing, verb access.Permission, before *Learnt, l Learnt) (Learnt, error) {
	op := st.Operation.Number
	seq, err := journal.Next(tx, op)
	if err != nil {
		return l, err
	}
	if l.Version++; l.Version == 1 {
		l.Seq = seq
	}
	if had := before != nil && before.Owner == l.Owner; !had {
		if l.Given = seq; l.Owner == 0 {
			l.Given = 0
		}
	}
	value := l.readers()
	if l.Audience, err = audience.Intern(tx, op, value); err != nil {
		return l, err
	}
	content := journal.Content{After: l, With: map[string]string{"audience": value.String()}}
	if before != nil {
		content.Before = *before
	}
	if _, err = s.journal.Append(tx, st.Entry(verb, l.EntrySubject(), l.Audience), content); err == nil {
		_, err = tx.Exec(putLearnt, l.args(op)...)
	}
	return l, err
}

// change is the frame of what is done to a lesson that stands in a version.
func (s *Store) change(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, n Name, version int64,
	fn func(tx *db.Tx, st operation.Standing, old Learnt) (Learnt, error)) (made Learnt, err error) {
	err = s.write(ctx, who, code, need, func(tx *db.Tx, st operation.Standing) error {
		old, err := find(tx, st, n)
		if err != nil {
			return err
		}
		if made, err = fn(tx, st, old); err != nil {
			return err
		}
		if db.Encoded(made) == db.Encoded(old) || made.again(old, version) {
			made = old
			return db.Unchanged
		}
		if old.Version != version {
			return fault.Of(fault.Conflict, "learnt.changed")
		}
		made, err = s.keep(tx, st, need, &old, made)
		return err
	})
	if err != nil {
		return Learnt{}, err
	}
	return made, nil
}

// again tells whether a lesson stands already as it was to become from that version:
// the answer got lost, and the same was asked twice.
func (l Learnt) again(old Learnt, version int64) bool {
	if old.Version != version+1 || len(old.History) == 0 {
		return false
	}
	l.Version, l.History, l.Given, l.Audience = old.Version, old.History, old.Given, old.Audience
	return db.Encoded(l) == db.Encoded(old)
}

// Amend changes what a lesson says, who sees to it and by when. What was carried on
// is amended where it went.
func (s *Store) Amend(ctx context.Context, who access.Actor, code operation.Code, n Name, d Draft, version int64) (Learnt, error) {
	d.ID = n.ID
	return s.change(ctx, who, code, access.LearntAmend, n, version, func(tx *db.Tx, st operation.Standing, old Learnt) (Learnt, error) {
		clean, err := d.clean(st.Today(), old.Due)
		if err != nil {
			return old, err
		}
		if old.State == Carried {
			return old, fault.Of(fault.Conflict, "learnt.is-carried")
		}
		return filled(tx, st, old, clean)
	})
}

// Settle brings a lesson to another state: coordination any that follows, the people
// who answer for its owner that it is worked on and that it is done. What is dropped
// needs a reason.
func (s *Store) Settle(ctx context.Context, who access.Actor, code operation.Code, n Name, version int64, state, reason string) (Learnt, error) {
	return s.change(ctx, who, code, access.LearntSettle, n, version, func(_ *db.Tx, st operation.Standing, old Learnt) (Learnt, error) {
		if st.Side() != access.Coordination && old.Owner != who.Organisation {
			return old, fault.Missing()
		}
		var p fault.Problems
		reason := i18n.CleanField(&p, "reason", reason, MaxReason, state == Dropped, i18n.CleanBody)
		if err := p.Fault(); err != nil {
			return old, err
		}
		if old.State == state && old.Reason == reason {
			return old, nil
		}
		if !slices.Contains(Steps(st, old), state) {
			return old, fault.Of(fault.Conflict, "learnt.no-step")
		}
		l := old
		l.State, l.Reason = state, reason
		l.act(st, reason)
		return l, nil
	})
}
