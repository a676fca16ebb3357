package seizure

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
)

var selectSome = db.Statement(`select ` + columns + ` from seizure where operation = $1 and audience {in $2} and seq {in $3} order by seq`)

// Some gives those of the cases with these numbers that some audiences allow to
// read, oldest first.
func Some(tx *db.Tx, op int64, readable, seqs db.List) ([]Case, error) {
	if len(seqs) == 0 {
		return nil, nil
	}
	return db.All(tx, selectSome, scanCase, op, readable, seqs)
}

// texts are those in which numbers of containers and waybills are found.
func (d Draft) texts() []string {
	out := []string{d.Carrier, d.Cover, d.Remarks}
	for _, l := range d.Legs {
		out = append(out, l.Carrier)
	}
	for _, l := range d.Goods {
		out = append(out, l.Description, l.Declared.Description)
	}
	return out
}

// Prose are the texts that somebody wrote freely, in which data of persons may
// stand that does not belong here.
func (d Draft) Prose() []string {
	out := []string{d.Place, d.Carrier, d.Hidden, d.Cover, d.Remarks}
	for _, l := range d.Goods {
		out = append(out, l.Description, l.Batch, l.Holder, l.Declared.Description, l.IPR.Typed)
	}
	for _, l := range d.Legs {
		out = append(out, l.Place, l.Carrier)
	}
	for _, s := range d.Custody {
		out = append(out, s.Place, s.Note)
	}
	for _, c := range []goods.Coded{d.Direction, d.Conveyance, d.Detection, d.Concealment, d.Origin, d.Transit, d.Destination} {
		out = append(out, c.Typed)
	}
	return out
}

// markChanged keeps the table of marks as a changed case has them.
func markChanged(tx *db.Tx, op int64, old, c Case) error {
	switch {
	case !slices.Equal(old.Marks, c.Marks):
		if err := consignment.Drop(tx, op, c.Seq); err != nil {
			return err
		}
		return consignment.Put(tx, op, consignment.Case, c.Seq, c.Audience, c.Marks)
	case old.Audience != c.Audience && len(c.Marks) > 0:
		return consignment.Move(tx, op, c.Seq, c.Audience)
	}
	return nil
}
