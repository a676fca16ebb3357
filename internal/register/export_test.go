package register

import "github.com/tidewaiter/tidewaiter/internal/db"

// Crowd has groups stand where they would if there were far more of them, until the
// function that it gives is called.
func Crowd(slots int) func() {
	figures, most := mostFigures, mostSlots
	mostFigures, mostSlots = 0, slots
	return func() { mostFigures, mostSlots = figures, most }
}

// Items is how many items of goods are held for an operation.
func (r *Register) Items(tx *db.Tx, op int64) (int, error) {
	c, _, done, err := r.followed.Current(tx, op)
	if err != nil {
		return 0, err
	}
	defer done()
	return c.items.length(), nil
}
