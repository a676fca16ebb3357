package seizure_test

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// pagesLikeTheList: a page by country or category holds what the whole list holds.
func (p *play) pagesLikeTheList(who string, listed []seizure.Case) {
	country := rapid.SampledFrom([]string{"XA", "XB", "FR"}).Draw(p.t, "country")
	category := rapid.SampledFrom([]string{"FOO", "PHA", "TOY"}).Draw(p.t, "category")
	for _, f := range []seizure.Filter{{Country: country}, {Category: category}, {Country: country, Category: category}} {
		var want, got []int64
		for _, c := range listed {
			has := slices.ContainsFunc(c.Goods, func(l goods.Line) bool { return l.Category == f.Category })
			if (f.Country == "" || c.Country == f.Country) && (f.Category == "" || has) {
				want = append(want, c.Seq)
			}
		}
		for _, c := range p.list(who, f) {
			got = append(got, c.Seq)
		}
		if !slices.Equal(got, want) {
			p.t.Errorf("%s: %+v lists %v, want %v", who, f, got, want)
		}
	}
}

// sameFromMemory: what is kept in memory since the play began says the same as the
// rows, and so does what is read for the first time.
func (p *play) sameFromMemory(tx *db.Tx, readable db.List, want []seizure.Tally) {
	for _, kept := range []*seizure.Kept{&p.kept, new(seizure.Kept)} {
		sum, size, err := seizure.KeptTallies(tx, kept, p.number[code])
		p.must(err)
		entries, err := journal.Size(tx, p.number[code])
		p.must(err)
		got := sum(readable)
		if size != entries || !slices.Equal(got, want) {
			p.t.Fatalf("from memory %v at %d, from the rows %v at %d", got, size, want, entries)
		}
	}
}
