package reportpage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// amendable opens a case that its reader may amend; for anybody else the page
// does not exist.
func (s site) amendable(r *http.Request, v *frame.Visit) (seizure.File, error) {
	f, err := casepart.Read(s.Site, r, v)
	if err == nil && !casepart.May(f, "amend") {
		err = fault.Missing()
	}
	return f, err
}

func (s site) caseAmendShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, err := s.amendable(r, v)
	if err != nil {
		return err
	}
	values := tidyLines(caseForm(f.Case.Draft, f.Case.Version), true, "")
	proposed(values, r.URL.Query(), len(f.Case.Goods))
	return s.amendForm(w, r, v, http.StatusOK, f, values, "", nil)
}

// proposed puts the verdict into the form that an address brings, as that of a right
// holder's answer does. Nothing is changed before the form is sent.
func proposed(values, query url.Values, lines int) {
	for n := range lines {
		at := "goods." + strconv.Itoa(n+1) + "."
		if said := query.Get(at + "verdict"); codelist.Verdict.Has(said) {
			values.Set(at+"verdict", said)
		}
		if by := query.Get(at + "verdict_by"); codelist.VerdictBy.Has(by) {
			values.Set(at+"verdict_by", by)
		}
	}
}

func (s site) amendForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, status int, f seizure.File, values url.Values, focus string, wrong error) error {
	view := caseFormView{Desk: seizure.Desk{Standing: f.Standing}, file: &f, focus: focus}
	return s.caseFormPage(w, r, v, status, view, values, wrong)
}

func (s site) caseAmend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, err := s.amendable(r, v)
	if err != nil {
		return err
	}
	values, act := formAct(r)
	if strings.HasPrefix(act, "remove-") || strings.HasPrefix(act, "add-") || act == "edit" {
		values, focus := editLines(values, act)
		return s.amendForm(w, r, v, http.StatusOK, f, values, focus, nil)
	}
	values = tidyLines(values, false, "")
	if act == "settle" {
		var open []string
		if values, open = settled(f, values); len(open) > 0 {
			return s.conflictPage(w, r, v, f, values, open)
		}
	}
	return s.amend(w, r, v, f, values, act == "send")
}

// amend checks a form of an amendment and, when it is to be sent, sends it. A
// form made from an older version leads to the page that compares.
func (s site) amend(w http.ResponseWriter, r *http.Request, v *frame.Visit, f seizure.File, values url.Values, send bool) error {
	d, preview, err := s.amended(r, v, f, values)
	if fault.Is(err, fault.Invalid) {
		return s.amendForm(w, r, v, door.Status(err), f, values, "", err)
	}
	if err != nil {
		return err
	}
	values = restated(values, preview.Draft)
	if casepart.VersionOf(values) != f.Case.Version && !sameDraft(preview.Draft, f.Case.Draft) {
		return s.conflictPage(w, r, v, f, values, nil)
	}
	if !send {
		return s.caseCheckPage(w, r, v, http.StatusOK, caseCheckView{Preview: preview, values: values, file: &f}, nil)
	}
	return s.sendAmendment(w, r, v, f, values, d)
}

// amended is the draft that a form makes of a case, with what would become of it.
func (s site) amended(r *http.Request, v *frame.Visit, f seizure.File, values url.Values) (seizure.Draft, seizure.Preview, error) {
	d, unread := caseDraft(values)
	d.ID, d.Sheet, d.Warning, d.Reserved = f.Case.ID, f.Case.Sheet, f.Case.Warning, f.Case.Reserved // not the form's to change
	preview, err := s.Seizures.Preview(r.Context(), v.Actor(), frame.CodeOf(r), d)
	order, _ := caseOrder(&kit.Page{Printer: v.Printer}, values)
	if strings.TrimSpace(values.Get("reason")) == "" {
		unread = append(unread, fault.Field{Path: "reason", Key: "fault.required"})
	}
	return d, preview, merged(unread, err, order)
}

// sendAmendment sends it, unless somebody was faster.
func (s site) sendAmendment(w http.ResponseWriter, r *http.Request, v *frame.Visit, f seizure.File, values url.Values, d seizure.Draft) error {
	_, err := s.Seizures.Amend(r.Context(), v.Actor(), frame.CodeOf(r), f.Case.Seq, casepart.VersionOf(values), d, values.Get("reason"))
	switch {
	case fault.Is(err, fault.Conflict):
		if f, err = s.amendable(r, v); err != nil {
			return err
		}
		return s.conflictPage(w, r, v, f, values, nil)
	case fault.Is(err, fault.Invalid):
		return s.amendForm(w, r, v, door.Status(err), f, values, "", err)
	case err != nil:
		return err
	}
	return frame.SeeOther(w, r, casepart.Address(frame.CodeOf(r), f.Case.Reference), "case-amended")
}

// restated writes a form anew in the form in which it is kept ("1 200" becomes
// "1200"), so that only what really differs is compared.
func restated(values url.Values, d seizure.Draft) url.Values {
	out := caseForm(d, casepart.VersionOf(values))
	for name, value := range values {
		if name == "reason" || strings.HasPrefix(name, "choose.") {
			out[name] = value
		}
	}
	return out
}

func sameDraft(a, b seizure.Draft) bool {
	return caseForm(a, 0).Encode() == caseForm(b, 0).Encode()
}

// caseConflict is one part of a case in which two people's versions differ.
type caseConflict struct {
	name         string // part of the form: "place", "goods.2", or "goods" when lines were added or removed
	Label        string
	Mine, Theirs []casepart.Cell
	Both         bool // both changed it: somebody must choose
	open         bool // nobody has chosen yet
}

type caseConflictView struct {
	file   seizure.File
	values url.Values
	action string
	parts  []caseConflict
	author string // who was faster
	form   kit.Form
}

// conflictPage shows mine and theirs, part by part; open lists the parts for
// which no choice was made.
func (s site) conflictPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, f seizure.File, values url.Values, open []string) error {
	p := s.Inside(r, v, f.Standing, v.Printer.T("casepage.conflict"))
	p.Error = true
	var problems fault.Problems
	labels := map[string]string{}
	view := caseConflictView{file: f, values: values, action: r.URL.Path, parts: conflictParts(p, f, values)}
	for _, part := range view.parts {
		labels["choose."+part.name] = part.Label
		for _, name := range open {
			if name == part.name {
				problems.Add("choose."+name, "fault.choose-one")
			}
		}
	}
	view.form = kit.FormOf(values, problems.Fault())
	view.form.Labels = labels
	if n := len(f.Versions); n > 0 {
		view.author = f.People[f.Versions[n-1].Author].Name
	}
	return frame.Show(w, r, http.StatusConflict, caseConflictPage(p, view))
}

// baseForm is the form as it was shown: of the version that was read.
func baseForm(f seizure.File, version int64) url.Values {
	for _, v := range f.Versions {
		if v.Version == version {
			return caseForm(v.Draft, version)
		}
	}
	return caseForm(f.Case.Draft, f.Case.Version)
}

// conflictNames are the parts of a form that differ from another: coded fields
// with their words, each line of goods as one, all lines when their number differs.
func conflictNames(mine, theirs url.Values) []string {
	var out []string
	for _, name := range caseFields {
		if part(mine, name) != part(theirs, name) {
			out = append(out, name)
		}
	}
	if part(mine, "goods") == part(theirs, "goods") {
		return out
	}
	n := lineCount(mine)
	if n != lineCount(theirs) {
		return append(out, "goods")
	}
	for i := 1; i <= n; i++ {
		if name := "goods." + strconv.Itoa(i); part(mine, name) != part(theirs, name) {
			out = append(out, name)
		}
	}
	return out
}

// inPart tells whether a field belongs to a part of the form.
func inPart(field, name string) bool { return field == name || strings.HasPrefix(field, name+".") }

// part is one part of a form in a form that can be compared.
func part(form url.Values, name string) string {
	out := url.Values{}
	for field := range form {
		if strings.TrimSpace(strings.Join(form[field], "")) != "" && inPart(field, name) {
			out[field] = form[field]
		}
	}
	return out.Encode()
}

// copyPart puts one part of a form into another.
func copyPart(to, from url.Values, name string) {
	for field := range to {
		if inPart(field, name) {
			to.Del(field)
		}
	}
	for field, values := range from {
		if inPart(field, name) {
			to[field] = values
		}
	}
}

// settled puts together what was chosen; open are the parts in which both made a
// change and nobody chose. The answer is a form on the newest version.
func settled(f seizure.File, values url.Values) (form url.Values, open []string) {
	theirs := caseForm(f.Case.Draft, f.Case.Version)
	form = url.Values{}
	for name, value := range values {
		form[name] = value
	}
	for _, name := range conflictNames(tidyLines(values, false, ""), theirs) {
		switch values.Get("choose." + name) {
		case "theirs":
			copyPart(form, theirs, name)
		case "mine":
		default:
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		return values, open
	}
	for name := range form {
		if strings.HasPrefix(name, "choose.") {
			form.Del(name)
		}
	}
	form.Set("version", strconv.FormatInt(f.Case.Version, 10))
	return tidyLines(form, false, ""), nil
}

// conflictParts shows each part that differs, and presets the choice where only
// one of the two changed it.
func conflictParts(p *kit.Page, f seizure.File, values url.Values) []caseConflict {
	theirs, base := caseForm(f.Case.Draft, f.Case.Version), baseForm(f, casepart.VersionOf(values))
	mine, _ := caseDraft(values)
	var out []caseConflict
	for _, name := range conflictNames(values, theirs) {
		c := caseConflict{name: name, Mine: partCells(p, mine, name), Theirs: partCells(p, f.Case.Draft, name)}
		c.Label = partLabel(p, name)
		iChanged, theyChanged := part(values, name) != part(base, name), part(theirs, name) != part(base, name)
		c.Both = iChanged && theyChanged
		field := "choose." + name
		if values.Get(field) == "" && !c.Both {
			values.Set(field, map[bool]string{true: "mine", false: "theirs"}[iChanged])
		}
		c.open = values.Get(field) == ""
		out = append(out, c)
	}
	return out
}

func partLabel(p *kit.Page, name string) string {
	if n, ok := strings.CutPrefix(name, "goods."); ok {
		line, _ := strconv.ParseInt(n, 10, 64)
		return p.T("casepage.line", fault.Args{"line": line})
	}
	return p.T("casepage.field." + name)
}

// partCells are the fields of one part, those that say something.
func partCells(p *kit.Page, d seizure.Draft, name string) []casepart.Cell {
	var out []casepart.Cell
	for _, c := range casepart.Cells(p, d) {
		if c.Text != "" && (c.Key == name || strings.HasPrefix(c.Key, name+".")) {
			out = append(out, c)
		}
	}
	return out
}
