package seizure

import (
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

var (
	selectThese = db.Statement(`select ` + columns + ` from seizure where operation = $1 and audience {in $2} and seq {in $3} order by seq desc`)
	selectRange = db.Statement(`select ` + columns + ` from seizure where operation = $1 and seq >= $2 and seq < $3 order by seq`)
)

// Texts are what a case is found by, as it stands now.
func (c Case) Texts() []string {
	out := []string{c.Reference, c.Place, c.Location, c.Carrier, c.Hidden, c.Cover, c.Remarks, c.Conveyance.Code, c.Status}
	for _, coded := range []goods.Coded{c.Direction, c.Conveyance, c.Detection, c.Concealment, c.Origin, c.Transit, c.Destination} {
		out = append(out, coded.Typed)
	}
	for _, l := range c.Goods {
		out = append(out, l.Words()...)
	}
	for _, l := range c.Legs {
		out = append(out, l.Place, l.Location, l.Carrier)
	}
	for _, s := range c.Custody {
		out = append(out, s.Place, s.Note)
	}
	return out
}

// index puts a case's words in place of those of its version before, old.
func index(tx *db.Tx, op int64, old *Case, c Case) error {
	if old != nil && old.Audience == c.Audience && same(old.Draft, c.Draft) {
		return nil
	}
	return audience.Index(tx, textindex.Place{Operation: op, Seq: c.Seq, Kind: textindex.Case, Audience: c.Audience}, c.Texts()...)
}

// Index puts the words of the cases from one number to before another into the
// index again.
func Index(tx *db.Tx, op, from, before int64) error {
	all, err := db.All(tx, selectRange, scanCase, op, from, before)
	for _, c := range all {
		if err == nil {
			err = index(tx, op, nil, c)
		}
	}
	return err
}

// These gives those of some cases that stand in the audiences, newest first.
func These(tx *db.Tx, op int64, readable, seqs db.List) ([]Case, error) {
	return db.All(tx, selectThese, scanCase, op, readable, seqs)
}
