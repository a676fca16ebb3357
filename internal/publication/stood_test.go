package publication_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// TestErasedAfterACorrection: what was frozen stays; its cases are then the corrected
// ones, in codes, and counting them again shows that.
func TestErasedAfterACorrection(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.open()
		first := draft("XA", "2017-02-08", "mail", line("FTW", 500, 0))
		c := w.report("xa.officer", first)
		other := w.report("xa.officer", draft("XA", "2017-02-08", "mail", line("FTW", 7, 0)))
		v := w.freeze("")
		first.Goods = []goods.Line{line("FTW", 600, 0)}
		w.amend("xa.officer", c, first)
		w.erase(c.Seq)
		w.erase(other.Seq)
		w.Must(w.DB.Read(t.Context(), func(tx *db.Tx) error {
			op, err := operation.ByCode(tx, code)
			if err != nil {
				return err
			}
			cases, err := publication.CasesOf(tx, op.Number, v)
			if err != nil {
				return err
			}
			for i, want := range []int64{600e6, 7e6} {
				if x := cases[i]; x.Redacted != "personal-data" || x.Goods[0].Quantities[0].Micro != want || x.Goods[0].Description != "" || x.Class != "counted" {
					t.Errorf("stood as %+v", x)
				}
			}
			if a := analysis.Tally(op, v.Official.Question, cases); a.Totals["H87"] != 607e6 || v.Official.Totals["H87"] != 507e6 {
				t.Errorf("counted again %+v, frozen %+v", a, v.Official)
			}
			return nil
		}))
		v2 := w.freeze("One case was corrected.")
		want := publication.Change{Kind: publication.ChangedFigure, Subject: "official", Value: "||H87", Before: "507", After: "607"}
		if !slices.Contains(v2.Changes, want) {
			t.Errorf("%+v", v2.Changes)
		}
		for _, x := range v2.Changes {
			if x.Subject == other.Reference {
				t.Errorf("erasing is no correction: %+v", x)
			}
		}
	})
}

// TestFrozenAmongOthers: while people report, in the same commits, a version counts
// exactly what the journal had before its entry.
func TestFrozenAmongOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.open()
		w.report("xa.officer", draft("XA", "2017-02-08", "mail", line("FTW", 1, 0)))
		var group sync.WaitGroup
		made, versions := make([]seizure.Case, 60), make([]publication.Version, 6)
		for i := range made {
			d := draft("XA", "2017-02-08", "mail", line("FTW", 1, 0))
			group.Go(func() {
				c, err := w.cases.Report(t.Context(), w.Actor["xa.officer"], code, d)
				if made[i] = c; err != nil {
					t.Error(err)
				}
			})
			if i%10 == 5 {
				group.Go(func() {
					v, err := w.store.Freeze(t.Context(), w.Actor["wco"], code, publication.Freezing{Note: "Now."})
					if versions[i/10] = v; err != nil {
						t.Error(err)
					}
				})
			}
		}
		group.Wait()
		for _, v := range versions {
			want := int64(1)
			for _, c := range made {
				if c.Seq <= v.AsOf {
					want++
				}
			}
			if v.Official.Cases != want || int64(len(v.Basis)) != want || v.AsOf != v.Seq-1 {
				t.Errorf("version %d at entry %d as of %d: %d cases, want %d", v.Number, v.Seq, v.AsOf, v.Official.Cases, want)
			}
		}
	})
}
