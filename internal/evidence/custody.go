package evidence

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Chain is who had a case, its photos and documents in hand, and what they did.
type Chain struct {
	Standing operation.Standing
	Case     seizure.Case
	Steps    []Step   // oldest first
	Readers  []Reader // organisations that had it; empty where the reader may not know them
	Known    bool     // the reader may know them
}

// Step is one thing that was done: an entry of the journal.
type Step struct {
	journal.Entry
	Person person.Person // zero when the system acted
	From   organisation.Organisation
	Photo  *seizure.Photo // that it is about; nil: the case
}

// Reader is an organisation that had a case.
type Reader struct {
	reading.Holder
	From organisation.Organisation
}

// Custody gives the chain of custody of a case to the organisation that reported
// it, and to coordination. It is a query of the journal, beside which the log of
// reads stands where the reader may know who read.
func (s *Store) Custody(ctx context.Context, who access.Actor, code operation.Code, ref string) (Chain, error) {
	var c Chain
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.CustodyRead)
		if err != nil {
			return err
		}
		of, err := seizure.Readable(tx, st, ref)
		if err == nil && !mayFollow(st, of) {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		f, err := gather(tx, st, of)
		if err != nil {
			return err
		}
		c = Chain{Standing: st, Case: of, Known: st.May(access.WithdrawalRead) && st.May(access.OperationPeople)}
		if c.Steps, err = steps(tx, f); err != nil || !c.Known {
			return err
		}
		c.Readers, err = readers(tx, st, of)
		return err
	})
	if err == nil {
		err = s.Readings.Note(c.Standing.Operation.Number, who.Person, who.Organisation, reading.Case, reading.Opened, c.Case.Seq)
	}
	return c, fault.In(access.CustodyRead, err)
}

// MayFollow tells whether the actor may know who had a case in hand.
func MayFollow(st operation.Standing, c seizure.Case) bool {
	return st.May(access.CustodyRead) && mayFollow(st, c)
}

func mayFollow(st operation.Standing, c seizure.Case) bool {
	return c.Organisation == st.Who.Organisation || st.Side() == access.Coordination
}

func steps(tx *db.Tx, f file) ([]Step, error) {
	var actors []string
	var numbers []int64
	for _, e := range f.entries {
		actors, numbers = append(actors, e.Actor), append(numbers, e.Organisation)
	}
	people, err := person.These(tx, actors)
	if err != nil {
		return nil, err
	}
	from, err := organisation.These(tx, numbers)
	if err != nil {
		return nil, err
	}
	out := make([]Step, 0, len(f.entries))
	for _, e := range f.entries {
		out = append(out, Step{Entry: e, Person: people[e.Actor], From: from[e.Organisation], Photo: f.photoOf(e)})
	}
	return out, nil
}

// photoOf is the photo that an entry is about.
func (f file) photoOf(e journal.Entry) *seizure.Photo {
	for i, p := range f.photos {
		if p.Attachment == e.Seq || p.Withdrawn.Entry == e.Seq || e.Verb != string(access.SeizureAttach) && e.Subject == "attachment/"+string(p.File.ID) {
			return &f.photos[i]
		}
	}
	return nil
}

func readers(tx *db.Tx, st operation.Standing, c seizure.Case) ([]Reader, error) {
	had, err := reading.Holders(tx, st.Operation.Number, reading.Case, db.List{c.Seq})
	if err != nil {
		return nil, err
	}
	var numbers []int64
	for _, h := range had {
		numbers = append(numbers, h.Organisation)
	}
	by, err := organisation.These(tx, numbers)
	var out []Reader
	for _, h := range had {
		out = append(out, Reader{h, by[h.Organisation]})
	}
	return out, err
}
