package search_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/search"
)

// TestHiddenCostsNothing: what a search asks of the database, and how many rows it
// is given, does not depend on what is hidden from who asks: with ten times as many
// hidden hits it is the same to the statement and to the row.
func TestHiddenCostsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		send := func(who string, n int, to audience.Address) {
			for range n {
				w.source.Set(w.source.Now().Add(time.Second))
				_, err := w.messages.Send(t.Context(), w.actor[who], "tide", message.Draft{Template: message.General, Subject: "Obsidian",
					Body: "Obsidian vases in a load of toys.", Language: "en", TLP: "AMBER", To: to})
				w.must(err)
			}
		}
		hidden := audience.Address{Organisations: []int64{w.body["xb"].Number}, Apart: true}
		send("xa.officer", 3, audience.Address{Sides: []access.Side{access.Enforcement}})
		send("xb.officer", 1, hidden) // so that the audience is there
		cost := func(who, words string) (asked, got int64) {
			for range 2 { // the first may fill what is kept
				before := d.Stats()
				_, err := w.search.Find(t.Context(), w.actor[who], search.Query{Words: words, Limit: 5})
				w.must(err)
				after := d.Stats()
				asked, got = after.Asked-before.Asked, after.Got-before.Got
			}
			return asked, got
		}
		queries := []string{"obsidian", "obsidian vases", `"vases in a load"`, "obs"}
		type price struct{ asked, got int64 }
		was := map[string]price{}
		for round, more := range []int{20, 200} {
			send("xb.officer", more, hidden)
			for _, q := range queries {
				asked, got := cost("xa.officer", q)
				if now := (price{asked, got}); round == 0 {
					was[q] = now
				} else if now != was[q] || asked == 0 || got == 0 {
					t.Errorf("%q: %d statements and %d rows, with a tenth of the hidden hits %d and %d", q, asked, got, was[q].asked, was[q].got)
				}
			}
		}
		// The count itself is one: who reads them is given more rows.
		if _, got := cost("xb.officer", "obsidian"); got <= was["obsidian"].got {
			t.Errorf("who reads them is given %d rows, who does not %d", got, was["obsidian"].got)
		}
	})
}
