package house_test

import (
	"maps"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

const anEarlierOperation = `{"operations":[{"id":"one","operation":"One","precision":"exact","sources":["https://example.org/one"]}]}`

// Reviewed, too: questions, and figures of earlier operations.
func init() {
	q := analysis.Question{Group: analysis.ByCountry}
	maps.Copy(trials, map[string]trial{
		"analysis.Ask":        {args: inside(q), need: access.AnalysisRead, by: "officer"},
		"analysis.Answer":     {args: inside(q, organisation.ID("")), need: access.AnalysisRead, by: "officer"},
		"analysis.Saved":      {args: inside(), need: access.AnalysisRead, by: "officer"},
		"analysis.References": {args: inside(), need: access.AnalysisRead, by: "officer"},
		"analysis.Keep":       {args: inside("A question", q, false), need: access.QuestionKeep, by: "officer"},
		"analysis.Drop":       {args: func(h *hall) []any { return []any{the, h.question(q)} }, need: access.QuestionDrop, by: "officer"},
		"analysis.Load": {args: func(*hall) []any { return []any{the, strings.NewReader(anEarlierOperation)} },
			need: access.ReferenceLoad, by: "analyst"},
		"analysis.Unload": {args: func(h *hall) []any { return []any{the, h.earlier()} }, need: access.ReferenceDrop, by: "analyst"},
	})
}

// question keeps one of the officer's.
func (h *hall) question(q analysis.Question) string {
	k, err := h.app.Analyses.Keep(h.t.Context(), h.who("officer"), the, "Mine", q, false)
	h.must(err)
	return k.ID
}

// earlier loads what was published of an operation.
func (h *hall) earlier() string {
	_, err := h.app.Analyses.Load(h.t.Context(), h.who("analyst"), the, strings.NewReader(anEarlierOperation))
	h.must(err)
	return "one"
}
