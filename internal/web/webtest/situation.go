package webtest

import (
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/situation"
)

// Situation gives the address of a page about a situation report: {seq} is one that
// coordination issued of a day of the story. There is a plan beside it.
func (w *World) Situation(path string) string {
	w.T.Helper()
	ctx, who := w.T.Context(), w.Session("coordinator")
	r, err := w.App.Situations.Issue(ctx, who.Actor, Operation, situation.Draft{Day: "2017-02-20", Note: "Mail from the hub of the north is checked parcel by parcel until Friday.", Language: "en"})
	w.must(err)
	_, err = w.App.Situations.Plan(ctx, who.Actor, Operation, situation.Plan{On: true, Hour: 18, Minute: 30})
	w.must(err)
	return strings.ReplaceAll(path, "{seq}", strconv.FormatInt(r.Seq, 10))
}

// Question keeps a question that the analyst shares, and gives a path as it is.
func (w *World) Question(path string) string {
	w.T.Helper()
	_, err := w.App.Analyses.Keep(w.T.Context(), w.Session("analyst").Actor, Operation, "Footwear by country", analysis.Question{Group: analysis.ByCountry, Where: map[string]string{"category": "FTW"}}, true)
	w.must(err)
	return path
}
