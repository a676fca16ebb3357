package watchlist

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with watch lists.
type Store struct {
	// Readings is told what was read; nil: nobody keeps a log of it.
	Readings *reading.Log

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	index   *connection.Index
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, i *connection.Index) *Store {
	return &Store{db: d, journal: j, source: s, index: i}
}

func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission,
	fn func(tx *db.Tx, st operation.Standing, readable db.List) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error { return s.enter(tx, who, code, need, fn) })
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

func (s *Store) read(ctx context.Context, who access.Actor, code operation.Code, fn func(tx *db.Tx, st operation.Standing, readable db.List) error) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error { return s.enter(tx, who, code, access.WatchRead, fn) })
	if err != nil {
		return fmt.Errorf("%s: %w", access.WatchRead, err)
	}
	return nil
}

func (s *Store) enter(tx *db.Tx, who access.Actor, code operation.Code, need access.Permission,
	fn func(tx *db.Tx, st operation.Standing, readable db.List) error) error {
	st, err := operation.Enter(tx, s.source.Now(), who, code, need)
	if err != nil {
		return err
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return err
	}
	return fn(tx, st, readable)
}

// Set puts a value on the list of the actor's organisation. The same draft again is the
// same entry, and fresh is false; its id with other content is a Conflict. A value
// stands once on an organisation's lists, waited for or known to be good.
func (s *Store) Set(ctx context.Context, who access.Actor, code operation.Code, d Draft) (made Entry, fresh bool, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, code, access.WatchSet, func(tx *db.Tx, st operation.Standing, _ db.List) error {
		made, fresh, err = s.set(tx, st, d)
		return err
	})
	return made, fresh, err
}

func (s *Store) set(tx *db.Tx, st operation.Standing, d Draft) (e Entry, fresh bool, err error) {
	op, own := st.Operation.Number, st.Who.Organisation
	d, key, err := d.clean(st.Today())
	if err != nil {
		return e, false, err
	}
	old, err := db.One(tx, selectEntry, db.Decoded[Entry], op, own, string(d.ID))
	switch {
	case err == nil && old.draft() == d:
		return old, false, db.Unchanged
	case err == nil:
		return e, false, fault.Of(fault.Conflict, "watchlist.id-taken")
	case !errors.Is(err, db.ErrNone):
		return e, false, err
	}
	all, err := db.All(tx, selectOwn, db.Decoded[Entry], op, own, st.Today())
	if err != nil {
		return e, false, err
	}
	var p fault.Problems
	for _, x := range all {
		if x.Key == key {
			p.Add("value", "watchlist.already")
		}
	}
	if len(all) >= MaxEntries {
		p.Add("value", "watchlist.too-many", fault.Args{"max": int64(MaxEntries)})
	}
	if err := p.Fault(); err != nil {
		return e, false, err
	}
	e = Entry{ID: d.ID, Organisation: own, Author: st.Who.Name(), At: st.Now, To: d.To, Kind: d.Kind, Value: d.Value, Key: key, Note: d.Note, Until: d.Until, Good: d.Good}
	value := valueOf(d.To, own)
	if e.Audience, err = audience.Intern(tx, op, value); err != nil {
		return e, false, err
	}
	e.Seq, err = s.journal.Append(tx, st.Entry(access.WatchSet, e.subject(), e.Audience),
		journal.Content{After: e, With: map[string]string{"audience": value.String()}})
	if err == nil {
		_, err = tx.Exec(insertEntry, e.args(op)...)
	}
	return e, true, err
}

func (e Entry) subject() string { return "watch/" + string(e.ID) }

// draft is what was written to make the entry.
func (e Entry) draft() Draft {
	return Draft{ID: e.ID, Kind: e.Kind, Value: e.Value, Note: e.Note, Until: e.Until, Good: e.Good, To: e.To}
}

// Drop takes a value off the list of the actor's organisation. Again changes nothing.
func (s *Store) Drop(ctx context.Context, who access.Actor, code operation.Code, n Name) error {
	return s.write(ctx, who, code, access.WatchDrop, func(tx *db.Tx, st operation.Standing, readable db.List) error {
		e, _, err := find(tx, st, readable, n)
		switch {
		case err != nil:
			return err
		case e.Organisation != who.Organisation:
			return fault.Missing()
		case e.Dropped.Entry != 0:
			return db.Unchanged
		}
		value, err := audience.Of(tx, st.Operation.Number, e.Audience)
		if err != nil {
			return err
		}
		before := e
		e.Dropped = Dropped{Entry: 1, At: st.Now, Author: who.Name()} // the entry cannot say its own number
		e.Dropped.Entry, err = s.journal.Append(tx, st.Entry(access.WatchDrop, e.subject(), e.Audience),
			journal.Content{Before: before, After: e, With: map[string]string{"audience": value.String()}})
		if err == nil {
			_, err = tx.Exec(dropEntry, st.Operation.Number, e.Seq, e.Dropped.Entry, db.Encoded(e))
		}
		return err
	})
}

// find gives the entry that is meant, if the actor may read it.
func find(tx *db.Tx, st operation.Standing, readable db.List, n Name) (Entry, organisation.Organisation, error) {
	all, err := db.All(tx, selectNamed, db.Decoded[Entry], st.Operation.Number, string(n.ID), readable)
	if err != nil {
		return Entry{}, organisation.Organisation{}, err
	}
	by, err := organisation.These(tx, whose(all))
	if err != nil {
		return Entry{}, organisation.Organisation{}, err
	}
	for _, own := range []bool{true, false} {
		for _, e := range all {
			if n.From != "" && by[e.Organisation].ID == n.From || n.From == "" && (e.Organisation == st.Who.Organisation || !own) {
				return e, by[e.Organisation], nil
			}
		}
	}
	return Entry{}, organisation.Organisation{}, fault.Missing()
}

// Say says of a case, an entry or a value that it was seen here, too, or that it is not
// confirmed. Who may read what it is about, and controls goods, may read it. The same
// draft again is the same sighting.
func (s *Store) Say(ctx context.Context, who access.Actor, code operation.Code, d SightingDraft) (made Sighting, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, code, access.SightingSay, func(tx *db.Tx, st operation.Standing, readable db.List) error {
		said, value, err := about(tx, st, readable, d)
		if err != nil {
			return err
		}
		if err := d.clean(); err != nil {
			return err
		}
		said.ID, said.Organisation, said.Author, said.At, said.State, said.Words = d.ID, who.Organisation, who.Name(), st.Now, d.State, d.Words
		old, err := db.One(tx, selectSighting, db.Decoded[Sighting], st.Operation.Number, who.Organisation, string(d.ID))
		switch {
		case err == nil && old.Seizure == said.Seizure && old.Key == said.Key && old.State == said.State && old.Words == said.Words:
			made = old
			return db.Unchanged
		case err == nil:
			return fault.Of(fault.Conflict, "watchlist.id-taken")
		case !errors.Is(err, db.ErrNone):
			return err
		}
		made, err = s.say(tx, st, said, value)
		return err
	})
	return made, err
}

func (s *Store) say(tx *db.Tx, st operation.Standing, made Sighting, value audience.Value) (Sighting, error) {
	var err error
	if made.Audience, err = audience.Intern(tx, st.Operation.Number, value); err != nil {
		return made, err
	}
	made.Seq, err = s.journal.Append(tx, st.Entry(access.SightingSay, "sighting/"+string(made.ID), made.Audience),
		journal.Content{After: made, With: map[string]string{"audience": value.String()}})
	if err == nil {
		_, err = tx.Exec(insertSighting, made.args(st.Operation.Number)...)
	}
	return made, err
}

// about tells what a sighting is of, and who may read it.
func about(tx *db.Tx, st operation.Standing, readable db.List, d SightingDraft) (said Sighting, value audience.Value, err error) {
	op, own := st.Operation.Number, st.Who.Organisation
	switch {
	case d.Case != "":
		c, err := seizure.Readable(tx, st, d.Case)
		if err != nil {
			return said, value, err
		}
		if !c.Trace().Out() {
			return said, value, fault.Of(fault.Conflict, "connection.not-out")
		}
		if value, err = audience.Of(tx, op, c.Audience); err != nil {
			return said, value, err
		}
		sides, err := audience.Sides(tx, op, st.Now)
		said.Seizure = c.Seq
		return said, consignment.Common(value, value, sides), err
	case d.Entry.ID != "":
		e, _, err := find(tx, st, readable, d.Entry)
		if err != nil {
			return said, value, err
		}
		said.Kind, said.Value, said.Key = e.Kind, e.Value, e.Key
		value, err = audience.Of(tx, op, e.Audience)
		return said, value, err
	}
	f, ok := connection.Value(d.Kind, d.Value)
	if !ok || len(d.Value) > MaxValue {
		var p fault.Problems
		p.Add("value", "watchlist.value."+form(d.Kind))
		return said, value, p.Fault()
	}
	said.Kind, said.Value, said.Key = f.Kind, f.Value, f.Key()
	return said, valueOf(Coordinated, own), nil
}
