package house_test

import (
	"maps"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Reviewed, too: evaluations of workshops, lessons learnt, the next operation.
func init() {
	actorless["evaluation.CloseDue"] = "housekeeping under the name evaluation-clock: closes forms whose last day has passed, and shows nothing to anybody"
	maps.Copy(trials, map[string]trial{
		"evaluation.Ask":     {args: evaluated(evaluation.Draft{}), need: access.EvaluationAsk, by: "coordinator"},
		"evaluation.Answer":  {args: evaluated([]evaluation.Said{{Question: "q1", Values: []int{4}}}), need: access.EvaluationAnswer, by: "officer"},
		"evaluation.Read":    {args: evaluated(), need: access.WorkshopRead, by: "officer"},
		"evaluation.Results": {args: evaluated(), need: access.WorkshopRead, by: "coordinator"},
		"evaluation.Close":   {args: evaluated(), need: access.EvaluationClose, by: "coordinator", late: 1},
		"learnt.List":        {args: inside(learnt.Filter{}), need: access.LearntRead, by: "officer"},
		"learnt.Recording":   {args: inside(), need: access.LearntRecord, by: "contact-point"},
		"learnt.Record":      {args: inside(learnt.Draft{}), need: access.LearntRecord, by: "contact-point"},
		"learnt.Read":        {args: func(h *hall) []any { return []any{the, learnt.Name{ID: h.concluded().ID}} }, need: access.LearntRead, by: "officer"},
		"learnt.Amend": {args: func(h *hall) []any {
			l := h.concluded()
			return []any{the, learnt.Name{ID: l.ID}, learnt.Draft{}, l.Version}
		},
			need: access.LearntAmend, by: "coordinator"},
		"learnt.Settle": {args: func(h *hall) []any {
			l := h.concluded()
			return []any{the, learnt.Name{ID: l.ID}, l.Version, learnt.Accepted, ""}
		},
			need: access.LearntSettle, by: "coordinator"},
		"learnt.Carry":     {args: inside([]learnt.Name(nil), the), need: access.LearntCarry, by: "coordinator"},
		"operation.Follow": {args: inside(), need: access.OperationFollow, by: "coordinator"},
	})
}

var halls = map[*hall]workshop.ID{}

// evaluated are arguments about the evaluation of a workshop in which the officer takes
// part.
func evaluated(more ...any) func(h *hall) []any {
	return func(h *hall) []any {
		if halls[h] == "" {
			halls[h] = h.evaluate()
		}
		return append([]any{the, halls[h]}, more...)
	}
}

func (h *hall) evaluate() workshop.ID {
	ctx, host := h.t.Context(), h.who("coordinator")
	day := func(n int) string { return h.app.Clock.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	w, err := h.app.Workshops.Plan(ctx, host, the, workshop.Draft{ID: workshop.ID(fresh()), Kind: workshop.FollowUp, Title: "What we learnt", Language: "en",
		Address: "https://meet.example.org/learnt", Zone: "UTC", Starts: day(2), Ends: day(2), To: audience.Address{Sides: []access.Side{access.Enforcement}}})
	h.must(err)
	h.must(h.app.Workshops.Call(ctx, host, the, w.ID))
	p, err := h.app.Nominations.Nominate(ctx, h.who("contact-point"), the, w.ID, nomination.Draft{Person: h.id("officer")})
	h.must(err)
	_, err = h.app.Nominations.Confirm(ctx, host, the, w.ID, true, "", p[0].ID)
	h.must(err)
	_, err = h.app.Evaluations.Ask(ctx, host, the, w.ID, evaluation.Draft{Language: "en", Opens: day(-1), Closes: day(9), Questions: evaluation.ReadyMade()})
	h.must(err)
	return w.ID
}

// concluded is a lesson learnt that was just recorded.
func (h *hall) concluded() learnt.Learnt {
	l, err := h.app.Learnt.Record(h.t.Context(), h.who("contact-point"), the, learnt.Draft{ID: learnt.ID(fresh()), For: learnt.ForAll, Topic: "tools", Title: "Scales",
		Happened: "They were slow.", Language: "en"})
	h.must(err)
	return l
}
