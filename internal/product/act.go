package product

import (
	"context"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Confirm says that the newest version is still right, until a day: the actor is its
// verifier. The version is the one that was read. The same on one day changes nothing.
func (s *Store) Confirm(ctx context.Context, who access.Actor, n Name, number int64, until string) error {
	return s.write(ctx, who, access.ProductConfirm, func(tx *db.Tx, st operation.Standing) error {
		sheet, a, err := owned(tx, st, n)
		if err != nil {
			return err
		}
		var p fault.Problems
		until = cleanDay(&p, "until", until)
		sheet.To.within(a, &p)
		switch {
		case !a.Vetted:
			return fault.At("holder", "holder.not-vetted")
		case sheet.State != Published:
			return fault.Of(fault.Conflict, "product.not-published")
		case sheet.Version != number:
			return fault.Of(fault.Conflict, "product.saved-meanwhile")
		case until == "" || until < st.Today():
			p.Add("until", "product.valid-past")
		}
		if err := p.Fault(); err != nil {
			return err
		}
		if sheet.Until == until && sheet.Verifier == who.Person && !sheet.Doubted && st.Now.Sub(sheet.Confirmed) < day {
			return db.Unchanged
		}
		sheet.Until, sheet.Confirmed, sheet.Verifier, sheet.Doubted = until, st.Now, who.Person, false
		return s.change(tx, st, access.ProductConfirm, sheet)
	})
}

// changed is what the entry of a change of a sheet says.
type changed struct{ Sheet Sheet }

func (s *Store) change(tx *db.Tx, st operation.Standing, verb access.Permission, sheet Sheet) error {
	if _, err := s.journal.Append(tx, st.Entry(verb, sheet.EntrySubject(), sheet.Audience), journal.Content{After: changed{sheet}}); err != nil {
		return err
	}
	return exec(tx, putSheet, sheet.args(st.Operation.Number))
}

// Withdraw takes a sheet out of use, with a reason that whoever could read it sees in
// its place; nothing else of it is given any more but to its own side. Coordination may
// withdraw any. It can be published again.
func (s *Store) Withdraw(ctx context.Context, who access.Actor, n Name, reason string) error {
	return s.write(ctx, who, access.ProductWithdraw, func(tx *db.Tx, st operation.Standing) error {
		sheet, err := Readable(tx, st, n)
		var a holder.Acting
		if err == nil && st.Side() != access.Coordination {
			sheet, a, err = owned(tx, st, n)
		}
		if err != nil {
			return err
		}
		var p fault.Problems
		sheet.To.within(a, &p) // of coordination, or a holder itself, it goes as far as may be
		if reason, err = i18n.CleanBody(reason, MaxText); err != nil {
			noted(&p, "reason", err)
		} else if reason == "" {
			p.Add("reason", "fault.required")
		}
		if err := p.Fault(); err != nil {
			return err
		}
		if sheet.State == Withdrawn {
			return db.Unchanged
		}
		sheet.State, sheet.Reason = Withdrawn, reason
		if err := s.change(tx, st, access.ProductWithdraw, sheet); err != nil {
			return err
		}
		unindex(tx, st.Operation.Number, sheet.Seq)
		return exec(tx, dropCodes, []any{st.Operation.Number, sheet.Seq})
	})
}

// marked is what the entry of a mark says; Sheet stands there when the mark makes it
// doubtful.
type marked struct {
	Mark  Mark
	Sheet *Sheet `json:",omitempty"`
}

// Mark says after a control that a sheet helped, misled, or was used in a case. The
// same again changes nothing. Who said it stays with the actor's organisation and the
// coordination; the holder sees how many, and what misled. Paths are id, kind, note.
func (s *Store) Mark(ctx context.Context, who access.Actor, n Name, w Marking) error {
	if w.ID == "" {
		w.ID = s.source.ID()
	}
	return s.write(ctx, who, access.ProductMark, func(tx *db.Tx, st operation.Standing) error {
		if st.Side() == access.RightHolderSide {
			return fault.Missing()
		}
		sheet, err := Readable(tx, st, n)
		if err != nil {
			return err
		}
		return s.mark(tx, st, sheet, w)
	})
}

func (s *Store) mark(tx *db.Tx, st operation.Standing, sheet Sheet, w Marking) error {
	op := st.Operation.Number
	var p fault.Problems
	if !source.ValidID(w.ID) {
		p.Add("id", "fault.not-an-id")
	}
	if w.Kind != Helped && w.Kind != Misleading && w.Kind != Used {
		p.Add("kind", "product.mark-kind")
	}
	note, err := i18n.CleanBody(w.Note, 1000)
	if err != nil {
		noted(&p, "note", err)
	} else if note == "" && w.Kind == Misleading {
		p.Add("note", "product.mark-note")
	}
	if err := p.Fault(); err != nil {
		return err
	}
	m := Mark{ID: w.ID, Product: sheet.Seq, Version: w.Version, Kind: w.Kind, Note: note, Organisation: st.Who.Organisation, Author: st.Who.Person, At: st.Now}
	old, err := db.One(tx, selectMark, db.Decoded[Mark], op, m.Organisation, m.ID)
	switch {
	case err == nil && old.Product == m.Product && old.Kind == m.Kind && old.Note == m.Note && old.Author == m.Author:
		return db.Unchanged
	case err == nil:
		return fault.Of(fault.Conflict, "product.id-taken")
	case !errors.Is(err, db.ErrNone):
		return err
	}
	entry := marked{Mark: m}
	if m.Kind == Misleading && !sheet.Doubted {
		since, err := counts(tx, op, sheet.Seq, sheet.Newest)
		if err != nil {
			return err
		}
		if since.Misleading++; since.Misleading >= Misleads && since.Misleading > since.Helped {
			sheet.Doubted = true
			entry.Sheet = &sheet
		}
	}
	return s.keepMark(tx, st, entry)
}

func (s *Store) keepMark(tx *db.Tx, st operation.Standing, entry marked) error {
	op := st.Operation.Number
	value := audience.Own(entry.Mark.Organisation).With(access.Coordination)
	readers, err := audience.Intern(tx, op, value)
	if err != nil {
		return err
	}
	m := entry.Mark
	m.Seq, err = s.journal.Append(tx, st.Entry(access.ProductMark, "mark/"+m.ID, readers),
		journal.Content{After: entry, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return err
	}
	if entry.Sheet != nil {
		if err := exec(tx, putSheet, entry.Sheet.args(op)); err != nil {
			return err
		}
	}
	return exec(tx, insertMark, m.args(op))
}

// counts are the marks of a sheet after an entry.
func counts(tx *db.Tx, op, product, after int64) (Counts, error) {
	var c Counts
	_, err := db.All(tx, countMarks, func(row db.Scanner) (string, error) {
		var kind string
		var n int64
		err := row.Scan(&kind, &n)
		switch kind {
		case Helped:
			c.Helped = n
		case Misleading:
			c.Misleading = n
		case Used:
			c.Used = n
		}
		return kind, err
	}, op, product, after)
	return c, err
}
