package webtest

import (
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const (
	tourWorkshop = "01890a5d-ac96-774b-bcd0-0000000000a0" // called, with people and materials
	tourPlanned  = "01890a5d-ac96-774b-bcd0-0000000000b0" // planned only
	tourSession  = "01890a5d-ac96-774b-bcd0-0000000000c1"
)

// WorkshopID is the workshop that Workshop makes, and its first session.
const (
	WorkshopID        = workshop.ID(tourWorkshop)
	WorkshopSessionID = workshop.ID(tourSession)
)

// Workshop gives the address of a page about a workshop: {id} is one that coordination
// has called, with two days of sessions, places, people in several states and a
// material; {planned} is one that nobody was called to, {session} a session of {id}.
func (w *World) Workshop(path string) string {
	w.T.Helper()
	if _, err := w.App.Workshops.Locate(w.T.Context(), w.Session("coordinator").Actor, tourWorkshop); err != nil {
		w.workshops()
	}
	return strings.NewReplacer("{id}", tourWorkshop, "{planned}", tourPlanned, "{session}", tourSession).Replace(path)
}

func (w *World) workshops() {
	ctx, host, store := w.T.Context(), w.Session("coordinator"), w.App.Workshops
	day := func(n int) string { return w.App.Clock.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	d := workshop.Draft{ID: tourWorkshop, Kind: workshop.TrainTheTrainer, Title: "Train-the-Trainer: face masks and medicines in mail", Language: "en", Languages: []string{"en", "fr", "ar"},
		Aim: "Whoever has been here can tell genuine from fake by five features, report a case in ten minutes, and teach both at home.", Sponsor: "Regional fund for training",
		Place: "Regional Training Centre, Suva Road", Country: "KE", Zone: "Africa/Nairobi", Starts: day(21), Ends: day(22), NominateBy: day(9),
		To: audience.Address{Sides: []access.Side{access.Enforcement, access.RightHolderSide}}}
	_, err := store.Plan(ctx, host.Actor, Operation, d)
	w.must(err)
	d.ID, d.Title, d.Kind, d.Place, d.Country, d.Address = tourPlanned, "Follow-up: what was found, and what to do next", workshop.FollowUp, "", "", "https://meet.example.org/follow-up"
	d.Starts, d.Ends, d.NominateBy = day(50), day(50), ""
	_, err = store.Plan(ctx, host.Actor, Operation, d)
	w.must(err)
	holder := w.Session("right-holder").Organisation.ID
	for n, s := range []workshop.SessionDraft{
		{Starts: "09:00", Ends: "09:45", Title: "Opening, and what the operation is about", Room: "Hall A", Speakers: []workshop.SpeakerDraft{{Name: "Director of the operation", Function: workshop.SpeakerCoordinator, Organisation: host.Organisation.ID}}},
		{Starts: "10:00", Ends: "12:00", Title: "Masks: seam, carton and seal", About: "Bring two boxes of your own country. We open them together.", Room: "Laboratory", Speakers: []workshop.SpeakerDraft{{Name: "Hélène Marchetti", Function: workshop.SpeakerHolder, Organisation: holder}, {Name: "Dr Osei Mensah", Function: workshop.SpeakerExpert}}},
		{Starts: "13:30", Ends: "15:00", Title: "Report a case, on your own phone"},
		{Starts: "24 09:00", Ends: "24 12:30", Title: "Teach it: each gives ten minutes of the lesson", Room: "Hall A"},
	} {
		on := day(21)
		if rest, ok := strings.CutPrefix(s.Starts, "24 "); ok {
			on, s.Starts, s.Ends = day(22), rest, strings.TrimPrefix(s.Ends, "24 ")
		}
		if n == 1 {
			s.ID = tourSession
		}
		s.Starts, s.Ends = on+"T"+s.Starts, on+"T"+s.Ends
		_, err = store.AddSession(ctx, host.Actor, Operation, tourWorkshop, s)
		w.must(err)
	}
	w.crowd()
}

// crowd gives places, calls, names people, and hands something out.
func (w *World) crowd() {
	ctx, host, desk, store := w.T.Context(), w.Session("coordinator"), w.Session("contact-point"), w.App.Workshops
	w.must(w.App.Nominations.SetPlaces(ctx, host.Actor, Operation, tourWorkshop, []nomination.Seats{{Organisation: desk.Organisation.ID, Number: 3}}))
	w.must(store.Call(ctx, host.Actor, Operation, tourWorkshop))
	one, err := w.App.Nominations.Nominate(ctx, desk.Actor, Operation, tourWorkshop, nomination.Draft{Person: person.ID(w.Session("officer").Actor.Person), Post: "KEMBA"})
	w.must(err)
	_, err = w.App.Nominations.Confirm(ctx, host.Actor, Operation, tourWorkshop, true, "", one[0].ID)
	w.must(err)
	_, err = w.App.Nominations.Nominate(ctx, desk.Actor, Operation, tourWorkshop, nomination.Draft{Name: "Amina Yusuf", Position: "Mail centre, team leader", Post: "Mail centre", Language: "ar"})
	w.must(err)
	l, err := w.App.Documents.List(ctx, host.Actor, Operation, document.Filter{Kind: "training"})
	w.must(err)
	for _, i := range l.Items[:min(1, len(l.Items))] {
		_, err = store.Supply(ctx, host.Actor, Operation, tourWorkshop, workshop.MaterialDraft{Kind: workshop.MaterialDocument, Ref: string(i.ID), Session: tourSession})
		w.must(err)
	}
}
