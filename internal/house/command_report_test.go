package house_test

import (
	"maps"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/publication"
)

// Reviewed, too: the final report. The story has begun it and frozen two versions.
func init() {
	maps.Copy(trials, map[string]trial{
		"publication.Open":    {args: inside("en"), need: access.ReportOpen, by: "director"},
		"publication.Read":    {args: inside(), need: access.ReportRead, by: "contact-point"},
		"publication.Write":   {args: inside(publication.SectionDraft{ID: "aim", Texts: map[string]string{"en": "Aim."}}, int64(1)), need: access.ReportWrite, by: "coordinator"},
		"publication.Arrange": {args: inside([]string{"scope"}, int64(1)), need: access.ReportWrite, by: "coordinator"},
		"publication.Remove":  {args: inside("annexes", int64(1)), need: access.ReportWrite, by: "coordinator", late: 1},
		"publication.Ask":     {args: func(h *hall) []any { return []any{the, h.day(9)} }, need: access.ReportAsk, by: "director"},
		"publication.Contribute": {args: inside(publication.ContributionDraft{Language: "en", Lessons: "Ask earlier."}, int64(1)),
			need: access.ReportContribute, by: "contact-point"},
		"publication.Freeze":  {args: inside(publication.Freezing{Note: "because"}), need: access.ReportFreeze, by: "director", late: 2},
		"publication.Version": {args: inside(int64(0)), need: access.ReportRead, by: "contact-point"},
		"publication.Compare": {args: inside(int64(1), int64(1)), need: access.ReportRead, by: "contact-point"},
		"publication.Behind":  {args: inside(int64(1), publication.Place{Figure: publication.Official}), need: access.ReportRead, by: "contact-point"},
		"publication.Clear":   {args: inside(int64(1), publication.ClearanceDraft{State: publication.Cleared}), need: access.ReportClear, by: "contact-point"},
	})
}
