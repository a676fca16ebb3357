package web_test

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// training fills a pattern of training in with what the story has: the Follow-up, whose
// evaluation is open, and for exercises the Train-the-Trainer, which has a practice.
func (w *world) training(r door.Route, t target) {
	w.t.Helper()
	ctx, host, own := w.t.Context(), w.sessionOf("coordinator").Actor, w.sessionOf("contact-point").Actor
	switch {
	case strings.HasPrefix(r.Pattern, "/o/{op}/courses/{id}"):
		all, err := w.app.Courses.List(ctx, own, action)
		if err != nil || len(all.Items) == 0 {
			w.t.Fatal("there is no course", err)
		}
		t["{id}"] = string(all.Items[0].ID)
	case strings.HasPrefix(r.Pattern, "/o/{op}/learnt/{id}"):
		all, err := w.app.Learnt.List(ctx, host, action, learnt.Filter{})
		if err != nil || len(all.Items) == 0 {
			w.t.Fatal("there is no lesson learnt", err)
		}
		t["{id}"] = string(all.Items[0].ID)
	case strings.HasPrefix(r.Pattern, "/t/{id}"):
		kind := workshop.FollowUp
		if strings.Contains(r.Pattern, "/exercise") || strings.Contains(r.Pattern, "/materials/") || strings.Contains(r.Pattern, "/results/") {
			kind = workshop.TrainTheTrainer
		}
		t["{n}"] = "1"
		w.workshop(kind, t)
	}
}

func (w *world) workshop(kind string, t target) {
	ctx, host := w.t.Context(), w.sessionOf("coordinator").Actor
	all, err := w.app.Workshops.Everywhere(ctx, host)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, i := range all {
		if i.Kind != kind {
			continue
		}
		o, err := w.app.Workshops.Read(ctx, host, action, i.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		t["{id}"], t["{session}"] = string(i.ID), string(o.Talks[0].ID)
		for _, g := range o.Guests {
			if g.Organisation == w.sessionOf("officer").Organisation.Number {
				t["{participant}"] = string(g.Participant.ID)
			}
		}
		if len(o.Materials) > 0 {
			t["{material}"] = string(o.Materials[0].ID)
		}
		s, err := w.app.Attendances.Sheet(ctx, host, action, i.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, r := range s.Rows {
			if string(r.Participant.ID) == t["{participant}"] && len(r.Certificates) > 0 {
				t["{certificate}"] = string(r.Certificates[0].ID)
			}
		}
	}
}
