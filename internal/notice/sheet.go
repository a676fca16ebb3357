package notice

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// Review is the reason why a product sheet matters to its holder: it ends soon, has
// ended, or is stale.
const Review = "review"

// sheets tells a holder's people of reminders.
func (s *sieve) sheets(entries []journal.Entry) error {
	for _, e := range entries {
		if e.Verb != string(access.ProductRemind) {
			continue
		}
		to, err := s.readersOf(e.Audience)
		if err != nil {
			return err
		}
		for _, org := range to {
			people, err := s.peopleOf(org)
			if err != nil {
				return err
			}
			for _, p := range people {
				if p.May(access.ProductConfirm) {
					s.keep(e, e.Seq, p, Review)
				}
			}
		}
	}
	return nil
}

// openSheets reads the sheets that are wanted: a reminder only while it is the last.
func (d *desk) openSheets(tx *db.Tx, st operation.Standing, open db.List) error {
	d.readableSheets = map[int64]product.Sheet{}
	if len(d.sheets) == 0 || !st.May(access.ProductConfirm) {
		return nil
	}
	all, err := product.OfReminders(tx, st.Operation.Number, d.sheets)
	for seq, s := range all {
		if slices.Contains(open, s.Audience) && s.State == product.Published && s.Reminded != "" {
			d.readableSheets[seq] = s
		}
	}
	return err
}

func (d *desk) sheet(n Notice) (Notice, bool) {
	s, ok := d.readableSheets[n.Seq]
	n.Sheet, n.From = &s, organisation.Organisation{Number: s.Organisation}
	return n, ok
}
