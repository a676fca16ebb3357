package webtest

import (
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Report gives the address of a page of the final report, which coordination has begun,
// written in two languages and frozen; the contact point has contributed and dissents.
func (w *World) Report(path string) string {
	w.T.Helper()
	ctx, director := w.T.Context(), w.Session("director")
	d, err := w.App.Publications.Read(ctx, director.Actor, Operation)
	w.must(err)
	if !d.Open {
		w.write()
		w.contribute()
		_, err = w.App.Publications.Freeze(ctx, director.Actor, Operation, publication.Freezing{Note: "First version", ClearBy: w.in(10)})
		w.must(err)
		_, err = w.App.Publications.Clear(ctx, w.Session("contact-point").Actor, Operation, 1, publication.ClearanceDraft{State: publication.Dissents,
			Words: "Our parcels of 6 February were transit, not import.", Language: "en"})
		w.must(err)
	}
	if len(d.Versions) == 1 && strings.Contains(path, "compare") {
		w.correct()
	}
	d, err = w.App.Publications.Read(ctx, director.Actor, Operation)
	w.must(err)
	own := ""
	for _, sec := range d.Sections {
		if sec.Kind == publication.Own {
			own = sec.ID
		}
	}
	return Inside + "report/" + strings.NewReplacer("{own}", own, "{org}", strconv.FormatInt(w.Session("contact-point").Organisation.Number, 10)).Replace(path)
}

// in is the local day so many days from now.
func (w *World) in(days int) string {
	return w.App.Clock.Now().AddDate(0, 0, days).Format(time.DateOnly)
}

// write begins the report and writes two chapters of it, and one of its own.
func (w *World) write() {
	ctx, who := w.T.Context(), w.Session("director").Actor
	_, err := w.App.Publications.Open(ctx, who, Operation, "en")
	w.must(err)
	d, err := w.App.Publications.Read(ctx, who, Operation)
	w.must(err)
	texts := map[string]map[string]string{
		"aim": {"en": "The operation targeted **counterfeit goods** in containers and postal parcels.\n\n- to disrupt routes\n- to train officers with right holders",
			"ar": "استهدفت العملية **البضائع المقلَّدة** في الحاويات والطرود البريدية."},
		"results": {"en": "Administrations reported {{official.cases}} cases with {{official.H87}} pieces by 24 February 2017.\n\n## By day\n\nMost came in the second week.",
			"ar": "أبلغت الإدارات عن {{official.cases}} قضية حتى 24 فبراير 2017."},
	}
	for _, sec := range d.Sections {
		if texts[sec.ID] == nil {
			continue
		}
		_, err = w.App.Publications.Write(ctx, who, Operation, publication.SectionDraft{ID: sec.ID, Kind: sec.Kind, Texts: texts[sec.ID], Figures: sec.Figures, Editions: sec.Editions}, sec.Edit)
		w.must(err)
	}
	_, err = w.App.Publications.Write(ctx, who, Operation, publication.SectionDraft{Kind: publication.Own, Title: map[string]string{"en": "Laboratories", "ar": "المختبرات"},
		Texts: map[string]string{"en": "Currently three laboratories took part; J. Smith led them. They found 17 samples."}, Editions: []string{publication.Enforcement}}, 0)
	w.must(err)
}

// contribute has administrations asked, and the contact point hand in.
func (w *World) contribute() {
	ctx, who := w.T.Context(), w.Session("contact-point")
	_, err := w.App.Publications.Ask(ctx, w.Session("director").Actor, Operation, w.in(5))
	w.must(err)
	l, err := w.App.Seizures.List(ctx, who.Actor, Operation, seizure.Filter{State: seizure.Released, Class: seizure.Counted, Organisation: who.Organisation.Number, Limit: 1})
	w.must(err)
	_, err = w.App.Publications.Contribute(ctx, who.Actor, Operation, publication.ContributionDraft{Language: "en", Challenges: "Two scanners for four terminals.",
		Lessons: "Ask right holders on the first day.", Interest: "Masks declared as plastic goods.", Cases: []string{l.Items[0].Reference}, Done: true}, 0)
	w.must(err)
}

// correct says more of a chapter, and freezes again.
func (w *World) correct() {
	ctx, who := w.T.Context(), w.Session("director").Actor
	d, err := w.App.Publications.Read(ctx, who, Operation)
	w.must(err)
	for _, sec := range d.Sections {
		if sec.ID == "aim" {
			_, err = w.App.Publications.Write(ctx, who, Operation, publication.SectionDraft{ID: sec.ID, Kind: sec.Kind, Texts: map[string]string{"en": "The operation targeted counterfeit goods.", "ar": sec.Texts["ar"]}, Editions: sec.Editions}, sec.Edit)
			w.must(err)
		}
	}
	_, err = w.App.Publications.Freeze(ctx, who, Operation, publication.Freezing{Note: "Aim shortened"})
	w.must(err)
}
