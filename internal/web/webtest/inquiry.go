package webtest

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Inquiry gives the address of a page about a question of the officer's to the right
// holder, which it asks with a picture; answered says whether the expert has answered.
// more is what follows the question's own address.
func (w *World) Inquiry(answered bool, more string) string {
	w.T.Helper()
	ctx, officer := w.T.Context(), w.Session("officer")
	l, err := w.App.Seizures.List(ctx, officer.Actor, Operation, seizure.Filter{State: seizure.Released, Class: seizure.Counted, Organisation: officer.Organisation.Number, Limit: 1})
	w.must(err)
	photo := w.Photo()
	made, err := w.App.Inquiries.Ask(ctx, officer.Actor, Operation, l.Items[0].Reference, inquiry.Draft{ID: inquiry.ID(source.Real().ID()),
		Holder: w.Session("right-holder").Organisation.ID, Line: 1, Fields: []string{"nature", "quantity"}, Question: "Is the label one of yours?", Language: "en",
		Pictures: []attachment.ID{photo.ID}, Due: w.App.Clock.Now().Add(96 * time.Hour).Format(time.DateOnly)})
	w.must(err)
	if answered {
		expert := w.Session("right-holder").Actor
		_, err = w.App.Inquiries.Answer(ctx, expert, Operation, made.ID, inquiry.AnswerDraft{Verdict: "fake", Reasons: "The seam runs the wrong way, and the label has no serial number.", Language: "en", Features: []int{1, 4}})
		w.must(err)
		_, err = w.App.Inquiries.Reply(ctx, expert, Operation, made.ID, inquiry.ReplyDraft{Infringes: "yes", Destruction: "yes", Costs: "yes", Language: "en"})
		w.must(err)
	}
	return "/inquiries/" + string(made.ID) + more
}
