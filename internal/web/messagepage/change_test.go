package messagepage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

const inOperation = "/o/" + string(webtest.Operation) + "/"

// shape has the director make or change a template.
func shape(t *testing.T, w *webtest.World, d template.Definition) template.Definition {
	t.Helper()
	d, err := w.App.Templates.Amend(t.Context(), w.Session("director").Actor, webtest.Operation, d)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// gateCheck is a form of the operation's own.
func gateCheck(name string) template.Definition {
	both := func(en, ar string) template.Text { return template.Text{"en": en, "ar": ar} }
	return template.Definition{Name: name, Base: template.General, Title: both("Gate check", "فحص البوابة"), Fields: []template.Field{
		{Key: "lane", Kind: template.Line, Label: both("Lane", "الممر")},
		{Key: "state", Kind: template.Choice, Label: both("State of the load", "حالة الحمولة"), Choices: []template.Option{
			{Code: "wet", Label: both("Wet through", "مبتلة بالكامل")}, {Code: "dry", Label: both("Dry", "جافة")}}},
		{Key: "came_by", Kind: template.Code, List: "conveyance", Label: both("Came by", "وصلت بواسطة")},
	}}
}

// A template that changes while its form lies open: what was typed is kept, what
// changed is said, and the writer sends it as it is or goes on in the new form.
func TestTemplateChangedWhileItIsOpen(t *testing.T) {
	w := webtest.Open(t)
	var page *browsertest.Page
	for i, look := range webtest.Hands() {
		d := shape(t, w, gateCheck("gate-"+string(rune('a'+i))))
		page = w.Turn(page, "coordinator", look)
		page.Go(w.Server.URL + inOperation + "m/new/" + d.Name)
		page.Click(`[name="to"][value="enforcement"]`)
		reaches(page, look)
		page.Fill("#f-subject", "Gate 4")
		page.Fill("#f-body", "Two lorries.")
		page.Fill(`[name="fields.lane"]`, "Lane 7")
		d.Fields = append(d.Fields[:1:1], d.Fields[2], template.Field{Key: "seal", Kind: template.Line, Required: true, Label: template.Text{"en": "Seal number", "ar": "رقم الختم"}})
		shape(t, w, d)
		if status := page.Submit(`.buttons [name="step"][value="check"]`); status != http.StatusOK {
			t.Fatalf("%v: the check: status %d", look, status)
		}
		said := page.Text("#changed")
		for _, want := range map[string][]string{"en": {"Seal number", "added to the form", "State of the load", "no longer in the form"},
			"ar": {"رقم الختم", "أُضيف إلى النموذج", "حالة الحمولة", "لم يعد في النموذج"}}[look.Lang] {
			if !strings.Contains(said, want) {
				t.Errorf("%v: of what changed it says %q, which lacks %q", look, said, want)
			}
		}
		w.Check(page, "changed-"+look.String())
		if i%2 == 1 {
			page.Submit(`[name="step"][value="renew"]`)
			page.Fill(`[name="fields.seal"]`, "QX-5501")
			w.Check(page, "renewed-"+look.String())
			page.Submit(`.buttons [name="step"][value="check"]`)
		}
		if status := page.Submit(`[name="step"][value="send"]`); status != http.StatusOK || !strings.Contains(page.URL(), "done=message-sent") {
			t.Fatalf("%v: sending: status %d at %s", look, status, page.URL())
		}
		shown := page.Text("main")
		if !strings.Contains(shown, "Lane 7") || !strings.Contains(shown, "Two lorries.") || strings.Contains(shown, "QX-5501") != (i%2 == 1) {
			t.Errorf("%v: what was sent is %q", look, shown)
		}
	}
}

// What is coded is read by its label in the reader's language, whatever the
// language it was written in.
func TestCodesAreReadInArabic(t *testing.T) {
	w := webtest.Open(t)
	shape(t, w, gateCheck("gate"))
	english := webtest.Look{Lang: "en", Width: 1280}
	page := w.Page("coordinator", english)
	page.Go(w.Server.URL + inOperation + "m/new/gate")
	page.Click(`[name="to"][value="enforcement"]`)
	reaches(page, english)
	page.Fill("#f-subject", "Gate 4")
	page.Fill("#f-body", "Two lorries.")
	page.Fill(`[name="fields.state"]`, "wet")
	page.Fill(`[name="fields.came_by"]`, "road")
	page.Submit(`.buttons [name="step"][value="check"]`)
	page.Submit(`[name="step"][value="send"]`)
	at, _, _ := strings.Cut(page.URL(), "?")
	var reader *browsertest.Page
	for _, look := range []webtest.Look{{Lang: "ar", Width: 360, Dark: true}, {Lang: "ar", Width: 1280, Plain: true}, {Lang: "en", Width: 360}} {
		reader = w.Turn(reader, "officer", look)
		if status := reader.Go(at); status != http.StatusOK {
			t.Fatalf("%v: status %d", look, status)
		}
		w.Check(reader, "coded-"+look.String())
		shown := reader.Text("main")
		road := i18n.NewPrinter(i18n.Lang(look.Lang)).Code("conveyance", "road")
		for _, want := range map[string][]string{"ar": {"فحص البوابة", "حالة الحمولة", "مبتلة بالكامل", "وصلت بواسطة", road, "Two lorries."},
			"en": {"Gate check", "State of the load", "Wet through", "Came by", road, "Two lorries."}}[look.Lang] {
			if want == "" || !strings.Contains(shown, want) {
				t.Errorf("%v: the page lacks %q", look, want)
			}
		}
	}
}
