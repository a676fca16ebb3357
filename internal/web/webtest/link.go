package webtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

const (
	tourWatch = "01890a5d-ac96-774b-bccd-0000000000e1"
	tourCase  = "01890a5d-ac96-774b-bccd-0000000000%02x"
	tourBox   = "CSQU3054383"
)

// Links gives the address of a page about what connects cases: {case} is one of the
// officer's that shares numbers, a lot and a route with others, {entry} a value on the
// watch list of its administration.
func (w *World) Links(path string) string {
	w.T.Helper()
	ctx, officer, desk := w.T.Context(), w.Session("officer"), w.Session("contact-point")
	code := operation.Code(strings.Split(Inside, "/")[2])
	if _, err := w.App.Watchlists.Read(ctx, desk.Actor, code, watchlist.Name{ID: tourWatch}); err != nil {
		w.linked(code)
	}
	c, err := w.App.Connections.Feed(ctx, officer.Actor, code, seizure.Name{ID: seizure.ID(fmt.Sprintf(tourCase, 0xd0))}, 1)
	w.must(err)
	return strings.NewReplacer("{case}", c.Case.Reference, "{entry}", tourWatch).Replace(path)
}

// linked reports the cases and says something of them.
func (w *World) linked(code operation.Code) {
	ctx, officer, desk := w.T.Context(), w.Session("officer"), w.Session("contact-point")
	day := w.App.Clock.Now().AddDate(0, 0, -1)
	var made []seizure.Case
	for i, x := range []struct{ brand, batch, numbers string }{
		{"Orvanelle Soie", "L-77120", tourBox + ",consignor: EX-4471-90"}, {"Orvanelle Soie", "L-77120", tourBox}, {"ORVANELLE SOIE", "", "consignor: ex 447190,TXB-4417"},
		{"", "", "TXB-4417"}, {"Halcyon Run", "", tourBox}} {
		d := seizure.Draft{ID: seizure.ID(fmt.Sprintf(tourCase, 0xd0+i)), Country: officer.Organisation.Country, Place: "Pier 4", Day: day.AddDate(0, 0, -i).Format(time.DateOnly),
			Status: "seized", Language: "en", Goods: []goods.Line{{Category: "COS", Brand: x.brand, Batch: x.batch, Verdict: "suspected", Quantities: []goods.Quantity{{Micro: 240e6, Unit: "H87"}}}}}
		d.Conveyance.Code, d.Origin.Code, d.Destination.Code = "sea", "CN", "KE"
		for n := range strings.SplitSeq(x.numbers, ",") {
			d.Marks = append(d.Marks, consignment.Parse(n))
		}
		c, err := w.App.Seizures.Report(ctx, officer.Actor, code, d)
		w.must(err)
		if c.State == seizure.Reported {
			c, err = w.App.Seizures.Release(ctx, desk.Actor, code, c.Seq, c.Version)
			w.must(err)
		}
		made = append(made, c)
	}
	for i, state := range map[int]string{1: connection.Confirmed, 4: connection.Hidden} {
		_, err := w.App.Connections.Judge(ctx, desk.Actor, code, connection.JudgementDraft{One: made[0].Reference, Other: made[i].Reference, State: state, Reason: "The seal numbers tell them apart from the rest."})
		w.must(err)
	}
	until := w.App.Clock.Now().AddDate(0, 0, 60).Format(time.DateOnly)
	for _, d := range []watchlist.Draft{
		{ID: tourWatch, Kind: consignment.Container, Value: "CSQU 305438-3", Note: "Hold it, and call the contact point.", To: watchlist.Controls},
		{Kind: connection.Route, Value: "CN>KE", To: watchlist.Own}, {Kind: connection.Brand, Value: "Halcyon Run", Note: "Authorised dealer.", Good: true, To: watchlist.Coordinated}} {
		d.Until = until
		_, _, err := w.App.Watchlists.Set(ctx, desk.Actor, code, d)
		w.must(err)
	}
	for _, d := range []watchlist.SightingDraft{{Case: made[0].Reference, State: watchlist.SeenHere, Words: "Same cartons at Pier 2."}, {Entry: watchlist.Name{ID: tourWatch}, State: watchlist.NotConfirmed}} {
		_, err := w.App.Watchlists.Say(ctx, officer.Actor, code, d)
		w.must(err)
	}
}
