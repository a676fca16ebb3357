package house_test

import (
	"maps"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Reviewed, too: workshops.
func init() {
	maps.Copy(trials, map[string]trial{
		"workshop.Plan":         {args: func(h *hall) []any { return []any{the, h.planning()} }, need: access.WorkshopPlan, by: "coordinator"},
		"workshop.Amend":        {args: atWorkshop(func(h *hall) []any { return []any{h.planning(), int64(2)} }), need: access.WorkshopAmend, by: "coordinator"},
		"workshop.Call":         {args: atWorkshop(nil), need: access.WorkshopInvite, by: "coordinator"},
		"workshop.Cancel":       {args: atWorkshop(func(*hall) []any { return []any{"Storm."} }), need: access.WorkshopCancel, by: "coordinator", late: 1},
		"workshop.AddSession":   {args: atWorkshop(func(h *hall) []any { return []any{h.speaking()} }), need: access.WorkshopAmend, by: "coordinator"},
		"workshop.AmendSession": {args: atWorkshop(func(h *hall) []any { return []any{h.workshop().session, h.speaking(), int64(1)} }), need: access.WorkshopAmend, by: "coordinator"},
		"workshop.DropSession":  {args: atWorkshop(func(h *hall) []any { return []any{h.workshop().session} }), need: access.WorkshopAmend, by: "coordinator"},
		"nomination.SetPlaces": {args: atWorkshop(func(h *hall) []any {
			return []any{[]nomination.Seats{{Organisation: h.body("officer").ID, Number: 9}}}
		}), need: access.WorkshopAmend, by: "coordinator"},
		"nomination.Nominate": {args: atWorkshop(func(*hall) []any {
			return []any{nomination.Draft{ID: participant.ID(fresh()), Name: "Ann"}}
		}), need: access.WorkshopNominate, by: "contact-point"},
		"nomination.Withdraw": {args: atWorkshop(func(h *hall) []any { return []any{h.workshop().guest, ""} }), need: access.WorkshopNominate, by: "contact-point"},
		"nomination.Confirm":  {args: atWorkshop(func(h *hall) []any { return []any{true, "", h.workshop().guest} }), need: access.WorkshopConfirm, by: "coordinator"},
		"workshop.Supply": {args: atWorkshop(func(h *hall) []any {
			return []any{workshop.MaterialDraft{ID: workshop.ID(fresh()), Kind: workshop.MaterialDocument, Ref: string(h.plan.ID)}}
		}), need: access.WorkshopSupply, by: "coordinator"},
		"workshop.Remove":        {args: atWorkshop(func(h *hall) []any { return []any{h.workshop().material} }), need: access.WorkshopSupply, by: "coordinator"},
		"workshop.List":          {args: inside(), need: access.WorkshopRead, by: "officer"},
		"workshop.Feed":          {args: inside(workshop.Filter{}), need: access.WorkshopRead, by: "officer"},
		"workshop.Everywhere":    {args: none, by: "officer", anyone: "workshops of the operations that one may enter: whoever stands in none has none"},
		"workshop.Locate":        {args: func(h *hall) []any { return []any{h.workshop().id} }, need: access.WorkshopRead, by: "officer"},
		"workshop.LessonResults": {args: atWorkshop(nil), need: access.LessonResults, by: "coordinator"},
		"workshop.Read":          {args: atWorkshop(nil), need: access.WorkshopRead, by: "officer"},
		"workshop.Invitation":    {args: atWorkshop(func(h *hall) []any { return []any{workshop.Invited{Participant: h.workshop().guest}} }), need: access.WorkshopRead, by: "contact-point"},
	})
}

func atWorkshop(more func(h *hall) []any) func(h *hall) []any {
	return func(h *hall) []any {
		args := []any{the, h.workshop().id}
		if more != nil {
			args = append(args, more(h)...)
		}
		return args
	}
}

// held is a workshop that coordination called, with one of each.
type held struct {
	id, session, material workshop.ID
	guest                 participant.ID
}

var workshops = map[*hall]held{}

func (h *hall) planning() workshop.Draft {
	return workshop.Draft{ID: workshop.ID(fresh()), Kind: workshop.FollowUp, Title: "After", Language: "en", Place: "Port", Zone: "UTC", Starts: h.day(20), Ends: h.day(21),
		To: audience.Address{Sides: []access.Side{access.Enforcement}}}
}

func (h *hall) speaking() workshop.SessionDraft {
	return workshop.SessionDraft{ID: workshop.ID(fresh()), Title: "What we found", Starts: h.day(20) + "T09:00", Ends: h.day(20) + "T10:00"}
}

// workshop is made once.
func (h *hall) workshop() held {
	if made, has := workshops[h]; has {
		return made
	}
	ctx, who, s := h.t.Context(), h.who("coordinator"), h.app.Workshops
	w, err := s.Plan(ctx, who, the, h.planning())
	h.must(err)
	h.must(s.Call(ctx, who, the, w.ID))
	x, err := s.AddSession(ctx, who, the, w.ID, h.speaking())
	h.must(err)
	g, err := h.app.Nominations.Nominate(ctx, h.who("contact-point"), the, w.ID, nomination.Draft{ID: participant.ID(fresh()), Name: "Ann"})
	h.must(err)
	m, err := s.Supply(ctx, who, the, w.ID, workshop.MaterialDraft{ID: workshop.ID(fresh()), Kind: workshop.MaterialDocument, Ref: string(document.ID(h.plan.ID))})
	h.must(err)
	workshops[h] = held{id: w.ID, session: x.ID, guest: g[0].ID, material: m.ID}
	return workshops[h]
}
