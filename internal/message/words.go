package message

import (
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

var (
	selectThese = db.Statement(`select ` + columns + ` from message where operation = $1 and audience {in $2} and seq {in $3} and state = '' order by seq desc`)
	selectRange = db.Statement(`select ` + columns + ` from message where operation = $1 and seq >= $2 and seq < $3 order by seq`)
)

// Texts are what a message is found by, its subject and its body first.
func (m Message) Texts() []string {
	out := []string{m.Subject, m.Body, m.Profile.Category, m.Profile.Conveyance, m.Outcome, m.Source, m.Arrival.Place}
	for _, key := range slices.Sorted(maps.Keys(m.Fields)) {
		out = append(out, m.Fields[key])
	}
	return out
}

func index(tx *db.Tx, op int64, m Message) error {
	return audience.Index(tx, textindex.Place{Operation: op, Seq: m.Seq, Kind: textindex.Message, Audience: m.Audience}, m.Texts()...)
}

func unindex(tx *db.Tx, op, seq int64) {
	textindex.Drop(tx, textindex.Place{Operation: op, Seq: seq, Kind: textindex.Message})
}

// Index puts the words of the messages from one number to before another into the
// index again.
func Index(tx *db.Tx, op, from, before int64) error {
	all, err := db.All(tx, selectRange, scan, op, from, before)
	for _, m := range all {
		if err == nil && m.Taken.State == "" {
			err = index(tx, op, m)
		}
	}
	return err
}

// These gives those of some messages that stand in the audiences and were not
// taken back, newest first.
func These(tx *db.Tx, op int64, readable, seqs db.List) ([]Message, error) {
	return db.All(tx, selectThese, scan, op, readable, seqs)
}
