package document

import (
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// Worded is a document with what it is found by.
type Worded struct {
	Document
	Notes []string // of its versions, in their order
}

// Texts are what a document is found by.
func (w Worded) Texts() []string { return append([]string{w.Title}, w.Notes...) }

func index(tx *db.Tx, op int64, d Document, notes []string) error {
	return audience.Index(tx, textindex.Place{Operation: op, Seq: d.Seq, Kind: textindex.Document, Audience: d.Audience}, Worded{d, notes}.Texts()...)
}

func unindex(tx *db.Tx, op, seq int64) {
	textindex.Drop(tx, textindex.Place{Operation: op, Seq: seq, Kind: textindex.Document})
}

// Index puts the words of the documents from one number to before another into the
// index again.
func Index(tx *db.Tx, op, from, before int64) error {
	all, err := db.All(tx, selectRange, scan, op, from, before)
	if err != nil {
		return err
	}
	for _, d := range all {
		notes, err := notesOf(tx, op, d.Seq)
		if err != nil {
			return err
		}
		if err := index(tx, op, d, notes); err != nil {
			return err
		}
	}
	return nil
}

// These gives those of some documents that stand in the audiences and are in use.
func These(tx *db.Tx, op int64, readable, seqs db.List) ([]Worded, error) {
	all, err := db.All(tx, selectThese, scan, op, readable, seqs)
	var out []Worded
	for _, d := range all {
		if err != nil {
			break
		}
		w := Worded{Document: d}
		w.Notes, err = notesOf(tx, op, d.Seq)
		out = append(out, w)
	}
	return out, err
}
