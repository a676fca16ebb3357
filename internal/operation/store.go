package operation

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with operations.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	// Signer signs receipts and checkpoints; nil: this store gives none.
	Signer *journal.Signer
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// Open makes an operation: the directing body is its first member, and one of
// its people the director. The administrator does, or a contact point of the
// directing body. Entry 0 of the new journal is this act; the instance's
// journal holds it too.
func (s *Store) Open(ctx context.Context, who access.Actor, d Draft) (Operation, error) {
	var made Operation
	if !access.May(who, access.OperationOpen) {
		return made, fault.Missing()
	}
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	d, err := d.clean()
	if err != nil {
		return made, fmt.Errorf("operation.open: %w", err)
	}
	err = s.db.Write(ctx, "", func(tx *db.Tx) (err error) {
		made, err = s.open(tx, who, d)
		return err
	})
	if err != nil {
		return Operation{}, fmt.Errorf("operation.open: %w", err)
	}
	return made, nil
}

func (s *Store) open(tx *db.Tx, who access.Actor, d Draft) (Operation, error) {
	if _, err := journal.Lock(tx, journal.Instance); err != nil {
		return Operation{}, err
	}
	org, err := organisation.ByID(tx, d.Organisation)
	if err != nil || !mayDirect(org, d.Kind) || !who.Administrator && org.Number != who.Organisation {
		return Operation{}, fault.At("organisation", "operation.organisation-cannot-direct")
	}
	now := s.source.Now()
	if !source.ValidID(string(d.Director)) {
		return Operation{}, fault.At("director", "operation.director-elsewhere")
	} else if _, err := person.HatOf(tx, d.Director, org.Number, now); err != nil {
		return Operation{}, fault.At("director", "operation.director-elsewhere")
	}
	if old, err := ByID(tx, d.ID); err == nil {
		if !same(old, d.operation(old.Number)) {
			return old, fault.Of(fault.Conflict, "fault.exists")
		}
		return old, db.Unchanged
	}
	if _, err := ByCode(tx, d.Code); err == nil || d.Code == journal.InstanceName {
		return Operation{}, fault.At("code", "operation.code-taken")
	}
	number, err := db.One(tx, selectNextNumber, db.Int64)
	if err != nil {
		return Operation{}, err
	}
	o := d.operation(number)
	if err := insertOperation(tx, o); err != nil {
		return o, err
	}
	return o, begin(tx, s.journal, now, who, o, founder{org.Number, string(d.Director), access.Coordination})
}

// mayDirect tells whether a body may direct operations of a kind. An
// administration practises by itself; a right holder or an observer would stand
// on the coordinating side of something it opened, and directs nothing.
func mayDirect(o organisation.Organisation, kind string) bool {
	return o.Directs() || kind == KindPractice && o.Kind == "customs"
}

// same tells whether two operations say the same; what is empty and what was
// never set are one.
func same(a, b Operation) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// founder is the first member of an operation, with its director.
type founder struct {
	organisation int64
	director     string
	side         access.Side
}

// with is how the journal tells of a founder. The side is told where it is not that of
// who coordinates.
func (f founder) with() map[string]string {
	out := map[string]string{"organisation": strconv.FormatInt(f.organisation, 10), "director": f.director}
	if f.side != access.Coordination {
		out["side"] = string(f.side)
	}
	return out
}

// begin starts the journal and makes the directing body its first member.
func begin(tx *db.Tx, j *journal.Journal, now time.Time, who access.Actor, o Operation, f founder) error {
	if err := journal.Start(tx, o.Number); err != nil {
		return err
	}
	e := journal.Entry{Operation: journal.Instance, At: now, Actor: who.Name(), Organisation: who.Organisation,
		Verb: string(access.OperationOpen), Subject: "operation/" + string(o.ID)}
	if _, err := j.Append(tx, e, journal.Content{After: o}); err != nil {
		return err
	}
	e.Operation = o.Number
	seq, err := j.Append(tx, e, journal.Content{After: o, With: f.with()})
	if err != nil {
		return err
	}
	m := Membership{Seq: seq, Organisation: f.organisation, Side: f.side, State: Accepted, Handling: o.Handling.Version,
		AcceptedBy: f.director, Since: now}
	if err := insertMembership(tx, o.Number, m); err != nil {
		return err
	}
	if err := insertRole(tx, o.Number, f.director, f.organisation, access.Director, now); err != nil {
		return err
	}
	return audience.Joined(tx, o.Number, f.organisation, f.side, now)
}

// Adopted writes down in the instance's journal that an operation stands here that
// was opened elsewhere: its rows and its own journal came in as they are.
func Adopted(tx *db.Tx, j *journal.Journal, who access.Actor, o Operation, now time.Time) error {
	_, err := j.Append(tx, journal.Entry{Operation: journal.Instance, At: now, Actor: who.Name(), Organisation: who.Organisation,
		Verb: string(access.OperationOpen), Subject: "operation/" + string(o.ID)}, journal.Content{After: o})
	return err
}

// Summary is one line of somebody's list of operations.
type Summary struct {
	Operation  Operation
	Membership Membership
	Roles      []access.Role
}

// List gives the operations of those kinds in which the actor holds a role, and
// the invitations that it may accept for its organisation.
func (s *Store) List(ctx context.Context, who access.Actor, kind string, others ...string) ([]Summary, error) {
	if !access.May(who, access.HomeRead) {
		return nil, fault.Missing()
	}
	var out []Summary
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = summaries(tx, who, s.source.Now(), append([]string{kind}, others...))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("operation.list: %w", err)
	}
	return out, nil
}

// Read tells where the actor stands in an operation.
func (s *Store) Read(ctx context.Context, who access.Actor, code Code) (Standing, error) {
	var st Standing
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		st, err = Enter(tx, s.source.Now(), who, code, access.OperationRead)
		return err
	})
	if err != nil {
		return Standing{}, fmt.Errorf("operation.read: %w", err)
	}
	return st, nil
}
