package caselist_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/goods"
)

// Every page says the same of how many there are, with words and without.
func TestCountsAreTheSameOnEveryPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for i := range 6 {
			c := draft("XA", "2017-02-08", goods.Line{Category: "FOO"})
			c.Remarks = []string{"heron", "heron", "gull"}[i%3]
			w.report("xa.officer", c)
		}
		for words, total := range map[string]int64{"heron": 4, "": 6} {
			first, seen, pages := "", 0, 0
			for f := (caselist.Filter{Words: words, Limit: 3}); ; {
				p := w.list("xb", f)
				if first == "" {
					first = fmt.Sprint(p.Counts)
				}
				if got := fmt.Sprint(p.Counts); got != first || p.Counts.Matching != total {
					t.Errorf("%q: page %d says %s, the first %s", words, pages+1, got, first)
				}
				seen += len(p.Items)
				pages++
				if f.Before = p.Next; f.Before == 0 {
					break
				}
			}
			if int64(seen) != total || pages != 2 {
				t.Errorf("%q: %d cases on %d pages", words, seen, pages)
			}
		}
	})
}

// More cases hold a word than are looked at for one page: the pages reach all of
// them, and each says the same of the newest.
func TestPagesReachBeyondWhatIsCounted(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	const more = 3
	var want, got []int64
	for range caselist.MaxFound + more {
		c := draft("XA", "2017-02-08", goods.Line{Category: "FOO"})
		c.Remarks = "heron"
		want = append(want, w.report("xa.officer", c).Seq)
	}
	slices.Reverse(want)
	for f := (caselist.Filter{Words: "heron", Limit: caselist.MaxFound / 2}); ; {
		p := w.list("xb", f)
		got = append(got, seqs(p.Items)...)
		if !p.Bounded || p.Counts.Matching != caselist.MaxFound {
			t.Errorf("before %d: %d match, bounded %v", f.Before, p.Counts.Matching, p.Bounded)
		}
		if f.Before = p.Next; f.Before == 0 || len(got) > len(want) {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d of %d cases", len(got), len(want))
	}
}

// However many filters colleagues share, nobody loses the own ones.
func TestOwnFiltersComeFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		keep := func(who, name string, shared bool) {
			w.Must(w.lists.Keep(t.Context(), w.Actor[who], code, name, url.Values{"country": {"XA"}}, shared))
		}
		keep("xa.officer", "z 2", false)
		keep("xa.officer", "z 1", true)
		for _, colleague := range []string{"a", "b", "c"} {
			w.Give("xa", colleague, access.Officer)
			for i := range 25 {
				keep("xa."+colleague, fmt.Sprintf("%s %02d", colleague, i), true)
			}
		}
		all := w.list("xa.officer", caselist.Filter{}).Saved
		if len(all) != 60 || all[0].Name != "z 1" || all[1].Name != "z 2" || !all[1].Own || all[2].Own || all[2].Name != "a 00" {
			t.Errorf("%d filters, %+v", len(all), all[:min(3, len(all))])
		}
	})
}
