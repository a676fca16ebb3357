package caselist_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

const code = operationtest.Code

// world is operationtest's with cases and their list. What xb's officer reports
// waits for its contact point.
type world struct {
	*operationtest.World
	cases *seizure.Store
	lists *caselist.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: operationtest.New(t, d)}
	w.cases = seizure.NewStore(d, w.Journal, w.Source)
	w.lists = caselist.NewStore(d, w.Source, register.New())
	b := w.Body["xb"]
	_, err := organisation.NewStore(d, w.Journal, w.Source).Amend(t.Context(), w.Root, organisation.Draft{ID: b.ID, Version: b.Version, Kind: b.Kind, Country: b.Country,
		Name: b.Name, TimeZone: b.TimeZone, Language: b.Language, ReleaseBy: organisation.ReleaseByContactPoint})
	w.Must(err)
	return w
}

var ids int

func id() seizure.ID {
	ids++
	return seizure.ID(fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids))
}

// draft is a case with these codes.
func draft(country, day string, lines ...goods.Line) seizure.Draft {
	for i := range lines {
		lines[i].Quantities = []goods.Quantity{{Micro: 12e6, Unit: "H87"}}
		lines[i].Verdict = "suspected"
	}
	return seizure.Draft{ID: id(), Country: country, Day: day, Status: "seized", Language: "en", Goods: lines}
}

func (w *world) report(who string, d seizure.Draft) seizure.Case {
	w.T.Helper()
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], code, d)
	w.Must(err)
	return c
}

func (w *world) list(who string, f caselist.Filter) caselist.Page {
	w.T.Helper()
	p, err := w.lists.List(w.T.Context(), w.Actor[who], code, f)
	w.Must(err)
	return p
}

func seqs(all []seizure.Case) []int64 {
	out := []int64{}
	for _, c := range all {
		out = append(out, c.Seq)
	}
	return out
}

// everything is what somebody may read, by way of the other list.
func (w *world) everything(who access.Actor) []seizure.Case {
	w.T.Helper()
	var out []seizure.Case
	for before := int64(0); ; {
		p, err := w.cases.Feed(w.T.Context(), who, code, seizure.Filter{Before: before, Limit: seizure.PageLimit}, "")
		w.Must(err)
		out = append(out, p.Items...)
		if before = p.Next; before == 0 {
			return out
		}
	}
}

func (w *world) number(who string) int64 { return w.Actor[who].Organisation }

func categories(c seizure.Case) (out []string) {
	for _, l := range c.Goods {
		if !slices.Contains(out, l.Category) {
			out = append(out, l.Category)
		}
	}
	return out
}

func violations(c seizure.Case) (out []string) {
	for _, l := range c.Goods {
		for _, v := range l.Violations {
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out
}
