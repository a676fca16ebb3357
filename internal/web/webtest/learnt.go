package webtest

import (
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// tourLearnt is the lesson learnt that Learnt gives to the contact point's
// administration.
const (
	tourLearnt = "01890a5d-ac96-774b-bcd0-0000000000d0"
	tourOver   = "01890a5d-ac96-774b-bcd0-0000000000d1" // a workshop that was evaluated
)

// Learnt gives the address of a page about what is learnt: {id} is the workshop of
// Workshop, which its participants are asked about; {over} one whose form is closed,
// with results; {lesson} a lesson learnt.
func (w *World) Learnt(path string) string {
	w.T.Helper()
	path = strings.NewReplacer("{lesson}", tourLearnt, "{over}", tourOver).Replace(w.Workshop(path))
	ctx, host := w.T.Context(), w.Session("coordinator")
	if _, err := w.App.Learnt.Read(ctx, host.Actor, Operation, learnt.Name{ID: tourLearnt}); err == nil {
		return path
	}
	day := func(n int) string { return w.App.Clock.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	for n, d := range []learnt.Draft{
		{ID: tourLearnt, Topic: "reporting", Title: "The short form leaves out the carton mark", Happened: "Three administrations could not be told apart by their reports, because the mark stood only in photos.",
			Proposed: "Ask for the mark in the short form.", Owner: w.Session("contact-point").Organisation.ID, Due: day(3), Workshop: tourWorkshop, Session: tourSession},
		{Topic: "right-holders", Title: "Answers came after the goods had left", Happened: "Two inquiries were answered on the sixth day.", Due: day(40)},
		{Topic: "communications", Title: "Duty lists end at the weekend", Happened: "Nobody answered on Saturday.", Owner: host.Organisation.ID},
	} {
		d.For, d.Language = learnt.ForAll, "en"
		l, err := w.App.Learnt.Record(ctx, host.Actor, Operation, d)
		w.must(err)
		if n < 2 {
			_, err = w.App.Learnt.Settle(ctx, host.Actor, Operation, learnt.Name{ID: l.ID}, l.Version, learnt.Accepted, "")
			w.must(err)
		}
	}
	w.evaluations(day(0), day(9))
	return path
}

// evaluations asks about one workshop, and closes the form of another that three
// people answered.
func (w *World) evaluations(opens, closes string) {
	ctx, host := w.T.Context(), w.Session("coordinator")
	d := evaluation.Draft{Language: "en", Opens: opens, Closes: closes, Questions: evaluation.ReadyMade()}
	_, err := w.App.Evaluations.Ask(ctx, host.Actor, Operation, tourWorkshop, d)
	w.must(err)
	day := w.App.Clock.Now().AddDate(0, 0, 50).Format(time.DateOnly)
	_, err = w.App.Workshops.Plan(ctx, host.Actor, Operation, workshop.Draft{ID: tourOver, Kind: workshop.Debriefing, Title: "Debriefing: what was found, and what to do next", Language: "en",
		Address: "https://meet.example.org/debriefing", Zone: "Africa/Nairobi", Starts: day, Ends: day, To: audience.Address{Sides: []access.Side{access.Enforcement}}})
	w.must(err)
	w.must(w.App.Workshops.Call(ctx, host.Actor, Operation, tourOver))
	_, err = w.App.Evaluations.Ask(ctx, host.Actor, Operation, tourOver, d)
	w.must(err)
	for n, by := range [][2]string{{"contact-point", "officer"}, {"contact-point", "contact-point"}, {"coordinator", "analyst"}} {
		p, err := w.App.Nominations.Nominate(ctx, w.Session(by[0]).Actor, Operation, tourOver, nomination.Draft{Person: person.ID(w.Session(by[1]).Actor.Person)})
		w.must(err)
		_, err = w.App.Nominations.Confirm(ctx, host.Actor, Operation, tourOver, true, "", p[0].ID)
		w.must(err)
		w.must(w.App.Evaluations.Answer(ctx, w.Session(by[1]).Actor, Operation, tourOver, []evaluation.Said{{Question: "q1", Values: []int{3 + n}},
			{Question: "q2", Values: []int{1}}, {Question: "q3", Values: []int{n % 2}}, {Question: "q6", Words: "Opening the boxes together."}}))
	}
	w.must(w.App.Evaluations.Close(ctx, host.Actor, Operation, tourOver))
}
