package practice

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// withheld keeps out of a replay what coordination reads and those who practise never
// could: whoever takes part reads the copies.
type withheld struct {
	op      int64
	by      map[int64]bool // audiences without the side of enforcement
	answers map[int64]bool // numbers of warnings whose answers are not counted
}

// narrow are the labels that hold a warning with those to whom it was sent.
var narrow = []string{"RED", "AMBER+STRICT"}

// without leaves cases and warnings that all of enforcement could read.
func (w *withheld) without(tx *db.Tx, found []seizure.Case, warnings []message.Message) (cases []seizure.Case, rest []message.Message, err error) {
	for _, c := range found {
		apart, err := w.apart(tx, c.Audience)
		if err != nil {
			return nil, nil, err
		}
		if !apart {
			cases = append(cases, c)
		}
	}
	for _, m := range warnings {
		apart, err := w.apart(tx, m.Audience)
		if err != nil {
			return nil, nil, err
		}
		if apart || slices.Contains(narrow, m.TLP) {
			w.answers[m.Seq] = true
		} else {
			rest = append(rest, m)
		}
	}
	return cases, rest, nil
}

// apart tells whether an audience is without the side of enforcement.
func (w *withheld) apart(tx *db.Tx, number int64) (bool, error) {
	if apart, has := w.by[number]; has {
		return apart, nil
	}
	v, err := audience.Of(tx, w.op, number)
	if err == nil {
		w.by[number] = !slices.Contains(v.Sides, access.Enforcement)
	}
	return w.by[number], err
}
