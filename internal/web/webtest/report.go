package webtest

import (
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/publication"
)

// Report gives the address of a page of the story's final report. It has a chapter of its
// own beside the outline, {own}, and {org} is the officer's administration.
func (w *World) Report(path string) string {
	w.T.Helper()
	ctx, who := w.T.Context(), w.Session("director").Actor
	d, err := w.App.Publications.Read(ctx, who, Operation)
	w.must(err)
	own := ""
	for _, sec := range d.Sections {
		if sec.Kind == publication.Own {
			own = sec.ID
		}
	}
	if own == "" {
		made, err := w.App.Publications.Write(ctx, who, Operation, publication.SectionDraft{Kind: publication.Own, Title: map[string]string{"en": "Laboratories", "ar": "المختبرات"},
			Texts: map[string]string{"en": "Currently **three** laboratories take part; Dr. John Smith led them. They found 17 samples."}, Editions: []string{publication.Enforcement}}, 0)
		w.must(err)
		own = made.ID
	}
	return Inside + "report/" + strings.NewReplacer("{own}", own, "{holder}", "holder-"+strconv.FormatInt(w.Session("right-holder").Organisation.Number, 10), "{org}", strconv.FormatInt(w.Session("contact-point").Organisation.Number, 10)).Replace(path)
}

// Day is the local day so many days from now.
func (w *World) Day(from int) string {
	return w.App.Clock.Now().AddDate(0, 0, from).Format(time.DateOnly)
}
