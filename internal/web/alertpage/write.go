package alertpage

import (
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// The choices of the field "to".
const (
	toAll    = "all"
	toChosen = "chosen"
)

// usual is for how long an alert lasts unless its writer says otherwise.
const usual = 14 * 24 * time.Hour

// writing is an alert that is being written.
type writing struct {
	alert.Choices
	form    kit.Form
	uploads kit.Uploads
}

// labels names the fields of the forms for the summary of what is wrong.
func labels(p *kit.Page) map[string]string {
	out := frame.Labels(p, "alertpage.field.", "brand", "level", "kind", "title", "look", "do", "language", "category", "hs", "from", "via", "into",
		"marks", "sheets", "until", "to", "countries", "operations", "reason")
	out["holder"] = out["brand"]
	out["files"], out["attachments"] = p.T("attachment.field"), p.T("attachment.field")
	return out
}

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// codes are the words of a field that holds several codes.
func codes(s string) []string {
	return strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;،、", r) })
}

func (s site) write(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	choices, err := s.Alerts.Issuing(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	q := r.URL.Query()
	values := url.Values{"id": {s.Source.ID()}, "language": {frame.WrittenIn(v)}, "to": {toAll}, "level": {"important"},
		"until": {s.Source.Now().In(choices.Standing.Operation.Location()).Add(usual).Format(time.DateOnly)},
		"title": q["title"], "sheets": q["sheet"], "brand": q["brand"]} // from a sheet's page
	return s.writePage(w, r, v, choices, values, nil)
}

func (s site) writePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, c alert.Choices, values url.Values, wrong error) (err error) {
	p := s.InLibrary(r, v, c.Standing, v.Printer.T("alertpage.new"), v.Printer.T("alertpage.title"))
	m := writing{Choices: c, form: kit.FormOf(values, wrong)}
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	if m.uploads, err = s.Uploads(r, v, p, values); err != nil {
		return err
	}
	return frame.Show(w, r, frame.FormStatus(wrong), writePage(p, m))
}

// read is the form as a draft.
func read(f url.Values) alert.Draft {
	of, brand, _ := strings.Cut(f.Get("brand"), "/")
	d := alert.Draft{ID: alert.ID(f.Get("id")), Holder: organisation.ID(of), Brand: holder.BrandID(brand), Kind: f.Get("kind"), Level: f.Get("level"),
		Title: f.Get("title"), Look: lines(f.Get("look")), Do: lines(f.Get("do")), Language: f.Get("language"), Category: f.Get("category"), HS: f.Get("hs"),
		From: codes(f.Get("from")), Via: codes(f.Get("via")), Into: codes(f.Get("into")), Marks: frame.ReadMarks(f.Get("marks")),
		Sheets: strings.Fields(f.Get("sheets")), Pictures: frame.Attached(f), Until: f.Get("until")}
	if f.Get("to") == toAll {
		d.All = true
		return d
	}
	d.Countries = codes(f.Get("countries"))
	for _, code := range f["operations"] {
		d.Operations = append(d.Operations, operation.Code(code))
	}
	return d
}

func (s site) issue(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	wrong := v.RefusedFiles()
	if wrong == nil {
		var made alert.Alert
		if made, _, wrong = s.Alerts.Issue(r.Context(), v.Actor(), read(r.PostForm)); wrong == nil {
			return frame.SeeOther(w, r, base+string(made.ID), "alert-issued")
		}
	}
	if !frame.Refused(wrong) {
		return wrong
	}
	choices, err := s.Alerts.Issuing(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	values := frame.Keep(r.PostForm)
	if fault.Is(wrong, fault.Conflict) {
		values.Set("id", s.Source.ID())
	}
	return s.writePage(w, r, v, choices, values, wrong)
}
