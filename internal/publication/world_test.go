package publication_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// code is an operation that counts what was let out, of its days and three statuses.
const code = operation.Code("swell")

// world is that of operationtest with such an operation beside: wco directs it, xa and
// xb control goods, "observer" and "holder" are on their sides.
type world struct {
	*operationtest.World
	store *publication.Store
	cases *seizure.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: operationtest.New(t, d)}
	w.store = publication.NewStore(d, w.Journal, w.Source, register.New())
	w.cases = seizure.NewStore(d, w.Journal, w.Source)
	_, err := w.Operations.Open(t.Context(), w.Root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: "Swell", Language: "en", Handling: "Keep it here.",
		TimeZone: "UTC", Organisation: w.Body["wco"].ID, Director: person.ID(w.Actor["wco"].Person),
		Counting: operation.Counting{Phase: "operational", Statuses: []string{"seized", "detained", "destroyed"}, Checked: true},
		Phases:   []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.Must(err)
	w.assign("wco", "wco.coordinator", access.Coordinator)
	w.assign("wco", "wco.auditor", access.Auditor)
	for name, side := range map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "observer": access.ObserverSide, "holder": access.RightHolderSide} {
		w.join(name, side)
	}
	w.Person("xa", "xa.analyst", "")
	w.assign("xa", "xa.analyst", access.Analyst)
	return w
}

func (w *world) join(name string, side access.Side) {
	w.T.Helper()
	w.Must(w.Operations.Invite(w.T.Context(), w.Actor["wco"], code, w.Body[name].ID, side))
	w.Must(w.Operations.Accept(w.T.Context(), w.Actor[name], code, 1))
	if side == access.Enforcement {
		w.assign(name, name+".officer", access.Officer)
	}
}

func (w *world) assign(body, name string, role access.Role) {
	w.T.Helper()
	w.Must(w.Operations.Assign(w.T.Context(), w.Actor[body], code, person.ID(w.Actor[name].Person), []access.Role{role}))
}

func (w *world) leave(name string) {
	w.T.Helper()
	w.tick()
	w.Must(w.Operations.End(w.T.Context(), w.Actor["wco"], code, w.Body[name].ID))
}

func (w *world) tick() { w.Source.Set(w.Source.Now().Add(time.Second)) }

func (w *world) day(day string) {
	w.T.Helper()
	at, err := time.Parse(time.DateOnly, day)
	w.Must(err)
	w.Source.Set(at.Add(12 * time.Hour))
}

var ids int

func id() seizure.ID {
	ids++
	return seizure.ID(fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids))
}

func line(category string, pieces, kilos int64) goods.Line {
	l := goods.Line{Category: category, Description: "goods", Brand: "Orva"}
	if pieces > 0 {
		l.Quantities = append(l.Quantities, goods.Quantity{Micro: pieces * 1_000_000, Unit: "H87"})
	}
	if kilos > 0 {
		l.Quantities = append(l.Quantities, goods.Quantity{Micro: kilos * 1_000_000, Unit: "KGM"})
	}
	return l
}

func draft(country, day, conveyance string, lines ...goods.Line) seizure.Draft {
	return seizure.Draft{ID: id(), Country: country, Place: "Harbour", Day: day, Conveyance: goods.Coded{Code: conveyance}, Status: "seized", Language: "en",
		Origin: goods.Coded{Code: "XQ"}, Destination: goods.Coded{Code: country}, Goods: lines}
}

func (w *world) report(who string, d seizure.Draft) seizure.Case {
	w.T.Helper()
	w.tick()
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], code, d)
	w.Must(err)
	return c
}

func (w *world) amend(who string, c seizure.Case, d seizure.Draft) seizure.Case {
	w.T.Helper()
	w.tick()
	c, err := w.cases.Amend(w.T.Context(), w.Actor[who], code, c.Seq, c.Version, d, "corrected")
	w.Must(err)
	return c
}

func (w *world) open() {
	w.T.Helper()
	_, err := w.store.Open(w.T.Context(), w.Actor["wco.coordinator"], code, "en")
	w.Must(err)
}

func (w *world) freeze(note string) publication.Version {
	w.T.Helper()
	w.tick()
	v, err := w.store.Freeze(w.T.Context(), w.Actor["wco"], code, publication.Freezing{Note: note})
	w.Must(err)
	return v
}

func (w *world) write(id, text string) publication.Written {
	w.T.Helper()
	w.tick()
	now := w.section(id)
	d := draftOf(now)
	d.Texts = map[string]string{"en": text}
	out, err := w.store.Write(w.T.Context(), w.Actor["wco.coordinator"], code, d, now.Edit)
	w.Must(err)
	return out
}

func draftOf(w publication.Written) publication.SectionDraft {
	return publication.SectionDraft{ID: w.ID, Kind: w.Kind, Title: w.Title, Texts: w.Texts, Figures: w.Figures, Editions: w.Editions}
}

func (w *world) section(id string) publication.Written {
	w.T.Helper()
	for _, s := range w.desk("wco.coordinator").Sections {
		if s.ID == id {
			return s
		}
	}
	w.T.Fatalf("no section %s", id)
	return publication.Written{}
}

func (w *world) desk(who string) publication.Desk {
	w.T.Helper()
	d, err := w.store.Read(w.T.Context(), w.Actor[who], code)
	w.Must(err)
	return d
}

func (w *world) version(who string, n int64) publication.Reading {
	w.T.Helper()
	v, err := w.store.Version(w.T.Context(), w.Actor[who], code, n)
	w.Must(err)
	return v
}
