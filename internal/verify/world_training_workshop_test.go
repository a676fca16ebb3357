package verify_test

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// workshops plans workshops: called, filled, supplied, one called off.
func (w *world) workshops() {
	ctx, j, who := w.t.Context(), journal.New(w.source), w.actor["wco"]
	s, people := workshop.NewStore(w.db, j, w.source), nomination.NewStore(w.db, j, w.source)
	w.tick()
	file, err := attachment.NewStore(w.db, j, w.source, w.vault).Receive(ctx, who, code, attachment.Draft{ID: attachment.ID(w.source.ID()), Name: "slides.pdf"}, strings.NewReader("%PDF-1.7 slides"))
	w.must(err)
	w.tick()
	slides, _, err := document.NewStore(w.db, j, w.source).Publish(ctx, who, code, document.Draft{ID: document.ID(w.source.ID()), Kind: "training", Title: "Slides", Language: "en", TLP: "GREEN",
		To: audience.Address{Sides: access.Sides()}, File: file.ID})
	w.must(err)
	for i := range 2 {
		w.tick()
		d := workshop.Draft{ID: workshop.ID(w.source.ID()), Kind: workshop.TrainTheTrainer, Title: "Train", Language: "en", Place: "Port", Zone: "UTC", Starts: w.day(20), Ends: w.day(21),
			To: audience.Address{Sides: []access.Side{access.Enforcement, access.RightHolderSide}}}
		made, err := s.Plan(ctx, who, code, d)
		w.must(err)
		w.must(s.Call(ctx, who, code, made.ID))
		w.workshop(s, people, made, slides)
		d.Title, d.To.Sides = "Train, again", []access.Side{access.Enforcement, access.RightHolderSide, access.ObserverSide}
		_, err = s.Amend(ctx, who, code, made.ID, d, 2)
		w.must(err)
		if i == 1 {
			w.must(s.Cancel(ctx, who, code, made.ID, "Storm."))
		}
	}
}

func (w *world) workshop(s *workshop.Store, people *nomination.Store, made workshop.Workshop, slides document.Document) {
	ctx, who := w.t.Context(), w.actor["wco"]
	w.must(people.SetPlaces(ctx, who, code, made.ID, []nomination.Seats{{Organisation: w.body["xa"].ID, Number: 2}, {Organisation: w.body["holder"].ID, Number: 1}}))
	w.must(people.SetPlaces(ctx, who, code, made.ID, []nomination.Seats{{Organisation: w.body["xa"].ID, Number: 3}}))
	for i := range 2 {
		w.tick()
		x := workshop.SessionDraft{ID: workshop.ID(w.source.ID()), Title: "Marks", Starts: w.day(20) + "T09:00", Ends: w.day(20) + "T10:00",
			Speakers: []workshop.SpeakerDraft{{Name: "Ann", Function: workshop.SpeakerHolder, Organisation: w.body["holder"].ID}}}
		session, err := s.AddSession(ctx, who, code, made.ID, x)
		w.must(err)
		m, err := s.Supply(ctx, who, code, made.ID, workshop.MaterialDraft{ID: workshop.ID(w.source.ID()), Session: session.ID, Kind: workshop.MaterialDocument, Ref: string(slides.ID)})
		w.must(err)
		g, err := people.Nominate(ctx, w.actor["xa"], code, made.ID, nomination.Draft{ID: participant.ID(w.source.ID()), Name: "Bob", Language: "fr"})
		w.must(err)
		w.tick()
		_, err = people.Confirm(ctx, who, code, made.ID, true, "", g[0].ID)
		w.must(err)
		if i == 1 {
			w.must(s.Remove(ctx, who, code, made.ID, m.ID))
			w.must(s.DropSession(ctx, who, code, made.ID, session.ID))
			w.must(people.Withdraw(ctx, w.actor["xa"], code, made.ID, g[0].ID, "Ill."))
		}
	}
}
