package house_test

import (
	"maps"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/situation"
)

// Reviewed, too: situation reports.
func init() {
	actorless["situation.IssueDue"] = "housekeeping under the name situation-clock: issues what a plan owes, and reads nothing to anybody"
	maps.Copy(trials, map[string]trial{
		"results.Progress": {args: inside(), need: access.OperationRead, by: "officer"},
		"situation.Issue":  {args: inside(situation.Draft{}), need: access.SituationIssue, by: "coordinator"},
		"situation.Plan":   {args: inside(situation.Plan{Hour: 18}), need: access.SituationPlan, by: "coordinator"},
		"situation.List":   {args: inside(int64(0)), need: access.SituationRead, by: "officer"},
		"situation.Read":   {args: func(h *hall) []any { return []any{the, h.situation()} }, need: access.SituationRead, by: "officer"},
	})
}

// situation issues a report.
func (h *hall) situation() int64 {
	r, err := h.app.Situations.Issue(h.t.Context(), h.who("coordinator"), the, situation.Draft{})
	h.must(err)
	return r.Seq
}
