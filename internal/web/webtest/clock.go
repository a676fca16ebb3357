package webtest

import (
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Clock gives the address of a page about the legal clock of a case of the
// officer's administration, which it starts, with the notices entered and something
// told. more is what follows the clock's own address; "/told" leads to the act.
func (w *World) Clock(more string) string {
	w.T.Helper()
	ctx, officer := w.T.Context(), w.Session("officer")
	l, err := w.App.Seizures.List(ctx, officer.Actor, Operation, seizure.Filter{State: seizure.Released, Class: seizure.Counted, Organisation: officer.Organisation.Number, Limit: 2})
	w.must(err)
	of := l.Items[1] // the first is that of tests that start one by hand
	if _, err := w.App.Detentions.Start(ctx, officer.Actor, Operation, of.Reference, detention.Starting{Kind: "ex-officio", Day: of.Day}); !fault.Is(err, fault.Conflict) {
		w.must(err)
		w.tellOf(of)
	}
	a, err := w.App.Detentions.Read(ctx, officer.Actor, Operation, of.Reference)
	w.must(err)
	if more == "/told" {
		more += "/" + strconv.FormatInt(a.Disclosures[0].Seq, 10)
	}
	return Inside + "c/" + of.Reference + "/clock" + strings.TrimSpace(more)
}

// tellOf enters the notices of a clock that has just begun, and tells a firm.
func (w *World) tellOf(of seizure.Case) {
	ctx, who := w.T.Context(), w.Session("officer").Actor
	a, err := w.App.Detentions.Read(ctx, who, Operation, of.Reference)
	w.must(err)
	for _, kind := range []string{"notified-declarant", "notified-holder"} {
		w.must(w.App.Detentions.Note(ctx, who, Operation, of.Reference, detention.Happening{Clock: a.Clock.Seq, Kind: kind, Day: a.Today.String()}))
	}
	_, err = w.App.Detentions.Disclose(ctx, who, Operation, of.Reference, detention.Disclosing{Clock: a.Clock.Seq, Fields: []string{"nature", "quantity"},
		Request: "Letter", Purpose: "determine", Officer: person.ID(who.Person), Addressee: "Firm"})
	w.must(err)
}

func (w *World) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}
