package importpage

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/export"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/form"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/guess"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// The steps of a sheet; a button says which one is meant.
const (
	stepLook    = "look"    // read it again, with what was chosen
	stepSaved   = "saved"   // ... or by a mapping that is kept
	stepKeep    = "keep"    // keep the mapping under a name
	stepStart   = "start"   // import
	stepDiscard = "discard" // throw the sheet away
)

// lookView is a sheet before it is imported.
type lookView struct {
	intake.Look
	base     string // address of the sheet
	form     kit.Form
	mappings []intake.Mapping
}

// againEvery is after how many seconds a page of a running import asks again.
const againEvery = "4"

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	view, err := s.Intake.Read(r.Context(), v.Actor(), frame.CodeOf(r), sheetOf(r))
	if err != nil {
		return err
	}
	if view.Sheet.State == intake.Handed {
		return s.lookPage(w, r, v, nil)
	}
	p := s.Inside(r, v, view.Standing, view.Sheet.Name)
	if view.Sheet.State == intake.Running {
		w.Header().Set("Refresh", againEvery)
	}
	return frame.Show(w, r, http.StatusOK, outcomePage(p, view))
}

// lookPage shows how a sheet would be read, again where something is wrong.
func (s site) lookPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	var m lookView
	var err error
	if m.Look, err = s.Intake.Look(r.Context(), v.Actor(), frame.CodeOf(r), sheetOf(r)); err != nil {
		return err
	}
	if m.mappings, err = s.Intake.Mappings(r.Context(), v.Actor(), frame.CodeOf(r)); err != nil {
		return err
	}
	p := s.Inside(r, v, m.Standing, m.Sheet.Name)
	m.base = base(p) + string(m.Sheet.ID)
	m.form = kit.FormOf(m.values(), wrong)
	m.form.Labels = frame.Labels(p, "importpage.field.", "file", "name")
	p.Error, p.Wide = wrong != nil, true
	return frame.Show(w, r, frame.FormStatus(wrong), lookPage(p, m))
}

// values are what stands in the form: how the sheet is read now.
func (m lookView) values() url.Values {
	out := url.Values{"country": {m.Choices.Country}, "category": {m.Choices.Category}, "currency": {m.Choices.Currency}, "sheet": {m.Found.Sheet}, "saved": {m.Saved},
		"decimal": {m.Choices.Decimal}, "dates": {m.Choices.Dates}, "name": {m.Saved}}
	for i, c := range m.Found.Columns {
		out.Set(roleField(i), c.Role)
	}
	return out
}

func roleField(i int) string { return "role." + strconv.Itoa(i) }

// choices are what a form says of how a sheet is to be read.
func choices(values url.Values) guess.Choices {
	c := guess.Choices{Sheet: values.Get("sheet"), Country: values.Get("country"), Category: values.Get("category"), Currency: values.Get("currency"),
		Dates: values.Get("dates"), Decimal: values.Get("decimal")}
	for i := 0; i < sheet.MaxColumns && values.Has(roleField(i)); i++ {
		c.Roles = append(c.Roles, values.Get(roleField(i)))
	}
	if values.Get("sheet-was") != c.Sheet {
		c.Roles = nil // another sheet of the workbook has other columns
	}
	return c
}

func (s site) decide(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	done, err := s.step(r, v)
	here := baseOf(r)
	if done != "sheet-discarded" {
		here += r.PathValue("sheet")
	}
	switch {
	case err == nil:
		return frame.SeeOther(w, r, here, done)
	case frame.Refused(err):
		return s.lookPage(w, r, v, err)
	}
	return err
}

// step does what the button of a form says, and tells what was done.
func (s site) step(r *http.Request, v *frame.Visit) (done string, err error) {
	ctx, who, code, id := r.Context(), v.Actor(), frame.CodeOf(r), sheetOf(r)
	switch r.PostForm.Get("step") {
	case stepLook:
		return "", s.Intake.Choose(ctx, who, code, id, choices(r.PostForm), "")
	case stepSaved:
		return "", s.Intake.Choose(ctx, who, code, id, guess.Choices{}, r.PostForm.Get("saved"))
	case stepKeep:
		return "mapping-kept", s.keep(r, v)
	case stepDiscard:
		return "sheet-discarded", s.Intake.Discard(ctx, who, code, id)
	case stepStart:
		return "", s.Intake.Start(ctx, who, code, id)
	}
	return "", fault.Missing()
}

// keep saves the mapping of the look under a name.
func (s site) keep(r *http.Request, v *frame.Visit) error {
	l, err := s.Intake.Look(r.Context(), v.Actor(), frame.CodeOf(r), sheetOf(r))
	if err != nil {
		return err
	}
	m := l.Mapping(strings.TrimSpace(r.PostForm.Get("name")))
	all, err := s.Intake.Mappings(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	for _, known := range all { // one's own name again means that mapping, as the page showed it
		if known.Name == m.Name && r.PostForm.Get("version."+m.Name) == strconv.FormatInt(known.Version, 10) {
			m.Version = known.Version
		}
	}
	_, err = s.Intake.SaveMapping(r.Context(), v.Actor(), frame.CodeOf(r), m)
	return err
}

// refused hands out the sheet with what was refused and why.
func (s site) refused(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	var b bytes.Buffer
	made, err := s.Intake.Copy(r.Context(), v.Actor(), frame.CodeOf(r), sheetOf(r), &b, v.Printer.T, i18n.NewPrinter(i18n.English).T)
	if err != nil {
		return err
	}
	format := export.CSV
	if strings.HasPrefix(b.String()[:min(4, b.Len())], "PK") {
		format = export.XLSX
	}
	deliver(w, format, "refused-"+string(made.ID)[:8]+"."+format)
	if format == export.CSV {
		w.Header().Set("Content-Type", "text/csv") // in the encoding that it came in
	}
	_, _ = b.WriteTo(w) // the reader may have gone
	return nil
}

// roles are what a column can be, in groups.
func roles(p *kit.Page) []kit.Option {
	var out []kit.Option
	add := func(group string, role, label string) {
		out = append(out, kit.Option{Value: role, Label: label, Group: p.T("importpage.group." + group)})
	}
	add("whole", guess.RoleRemarks, p.T("importpage.role.remarks"))
	for _, role := range []string{guess.RoleIgnored, guess.RoleKey, guess.RoleCase} {
		add("whole", role, p.T("importpage.role."+role))
	}
	for _, goods := range []bool{false, true} {
		for _, name := range spreadsheet.FieldNames() {
			k := spreadsheet.KindOf(name)
			if k.Goods() == goods && !k.Listed() {
				add(map[bool]string{false: "case", true: "goods"}[goods], name, form.Heading(p.Printer, name))
			}
		}
	}
	add("amounts", guess.RoleQuantity, form.Heading(p.Printer, "quantity"))
	for _, unit := range codelist.Unit.Codes() {
		add("amounts", guess.RoleIn+unit, p.T("importpage.role.in-unit", fault.Args{"name": form.Heading(p.Printer, "quantity"), "unit": p.Printer.Unit(unit)}))
	}
	for role, column := range []string{"unit", "basis", "value", "currency", "value_basis"} {
		add("amounts", []string{guess.RoleUnit, guess.RoleBasis, guess.RoleValue, guess.RoleCurrency, guess.RoleMeaning}[role], form.Heading(p.Printer, column))
	}
	for _, kind := range codelist.Consignment.Codes() {
		add("marks", guess.RoleMark+kind, p.Printer.Code(codelist.Consignment.Name(), kind))
	}
	return out
}
