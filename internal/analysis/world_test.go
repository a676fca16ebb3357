package analysis_test

import (
	"fmt"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

const code = operationtest.Code

// world is operationtest's with cases and questions about them. What xb's officer
// reports waits for its contact point.
type world struct {
	*operationtest.World
	cases *seizure.Store
	asked *analysis.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: operationtest.New(t, d)}
	w.cases = seizure.NewStore(d, w.Journal, w.Source)
	w.restart()
	b := w.Body["xb"]
	_, err := organisation.NewStore(d, w.Journal, w.Source).Amend(t.Context(), w.Root, organisation.Draft{ID: b.ID, Version: b.Version, Kind: b.Kind, Country: b.Country,
		Name: b.Name, TimeZone: b.TimeZone, Language: b.Language, ReleaseBy: organisation.ReleaseByContactPoint})
	w.Must(err)
	return w
}

// restart forgets what is in memory.
func (w *world) restart() {
	w.asked = analysis.NewStore(w.DB, w.Journal, w.Source, register.New())
}

var ids int

func id() seizure.ID {
	ids++
	return seizure.ID(fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids))
}

// line is a line of goods with quantities by unit, in pairs.
func line(category, brand string, violations []string, quantities ...any) goods.Line {
	l := goods.Line{Category: category, Brand: brand, Violations: violations, Verdict: "suspected"}
	for i := 0; i < len(quantities); i += 2 {
		l.Quantities = append(l.Quantities, goods.Quantity{Micro: int64(quantities[i].(int)) * 1e6, Unit: quantities[i+1].(string)})
	}
	return l
}

func draft(country, day string, lines ...goods.Line) seizure.Draft {
	return seizure.Draft{ID: id(), Country: country, Day: day, Status: "seized", Language: "en", Goods: lines}
}

func (w *world) report(who string, d seizure.Draft) seizure.Case {
	w.T.Helper()
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], code, d)
	w.Must(err)
	return c
}

func (w *world) ask(who string, q analysis.Question) analysis.View {
	w.T.Helper()
	v, err := w.asked.Ask(w.T.Context(), w.Actor[who], code, q)
	w.Must(err)
	return v
}

// everything is what somebody may read, by way of the list of other systems.
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
