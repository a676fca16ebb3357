package operation

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Everywhere gives where an actor stands in every operation of some kinds that it may
// enter now, the newest first. A kind that is not named is left out: what looks across
// operations says which it means, and a practice is meant nowhere.
func Everywhere(tx *db.Tx, now time.Time, who access.Actor, kind string, others ...string) ([]Standing, error) {
	kinds := append([]string{kind}, others...)
	numbers, err := db.All(tx, selectOfOrganisation, db.Int64, who.Organisation)
	if err != nil {
		return nil, err
	}
	slices.Sort(numbers)
	var out []Standing
	for _, n := range slices.Backward(slices.Compact(numbers)) {
		o, err := ByNumber(tx, n)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(kinds, o.Kind) {
			continue
		}
		st, err := Enter(tx, now, who, o.Code, access.OperationRead)
		switch {
		case err == nil:
			out = append(out, st)
		case !fault.Is(err, fault.NotFound):
			return nil, err
		}
	}
	return out, nil
}
