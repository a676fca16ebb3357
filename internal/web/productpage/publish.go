package productpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// The choices of for whom a sheet is.
const (
	toAll        = "all"
	toChosen     = "chosen"
	toOperations = "operations"
)

// actView is a page that asks before something is done with a sheet.
type actView struct {
	showView
	form       kit.Form
	operations []operation.Operation
	kind       string    // of the part
	write      writeView // its form, of covert features
}

// acting opens a sheet for its own side, and whoever else does not find it.
func (s site) acting(r *http.Request, v *frame.Visit, values url.Values, wrong error) (a actView, p *kit.Page, err error) {
	if a.showView, p, err = s.opened(r, v); err != nil {
		return a, nil, err
	}
	if !a.MayEdit {
		return a, nil, fault.Missing()
	}
	a.form = kit.FormOf(values, wrong)
	a.form.Labels = frame.Labels(p, "productpage.field.", "to", "note", "valid", "reason", "traders")
	p.Error = wrong != nil
	return a, p, nil
}

// toOf reads for whom something is.
func toOf(form url.Values) (to product.To) {
	switch form.Get("to") {
	case toAll:
		to.All = true
	case toChosen:
		to.Countries = form["country"]
	case toOperations:
		for _, code := range form["operation"] {
			to.Operations = append(to.Operations, operation.Code(code))
		}
	}
	return to
}

// writeTo writes it into a form.
func writeTo(form url.Values, to product.To) {
	switch {
	case len(to.Countries) > 0:
		form.Set("to", toChosen)
		form["country"] = to.Countries
	case len(to.Operations) > 0:
		form.Set("to", toOperations)
		for _, code := range to.Operations {
			form.Add("operation", string(code))
		}
	default:
		form.Set("to", toAll)
	}
}

func (s site) publishAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.publishPage(w, r, v, nil, nil)
}

func (s site) publishPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	a, p, err := s.acting(r, v, values, wrong)
	if err != nil {
		return err
	}
	if a.Working == nil {
		return fault.Missing()
	}
	if values == nil {
		values = url.Values{"edit": {strconv.FormatInt(a.Edit, 10)}}
		writeTo(values, a.To)
		a.form.Values = values
	}
	a.says, a.preview = *a.Working, true
	if a.operations, err = s.takingPart(r, v); err != nil {
		return err
	}
	return frame.Show(w, r, frame.FormStatus(wrong), publishPage(p, a))
}

// takingPart are the operations in which the writer takes part.
func (s site) takingPart(r *http.Request, v *frame.Visit) (out []operation.Operation, err error) {
	all, err := s.Operations.List(r.Context(), v.Actor(), operation.KindOperation)
	for _, sum := range all {
		if sum.Membership.State != operation.Invited {
			out = append(out, sum.Operation)
		}
	}
	return out, err
}

func (s site) publish(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	values := frame.Keep(r.PostForm)
	d := product.Publishing{To: toOf(values), Note: strings.TrimSpace(values.Get("note"))}
	d.Edit, _ = strconv.ParseInt(values.Get("edit"), 10, 64) // what is no number is no draft, and refused as such
	made, err := s.Products.Publish(r.Context(), v.Actor(), named(r), d)
	switch {
	case err == nil:
		return frame.SeeOther(w, r, href(made.ID, ""), "product-published")
	case frame.Refused(err):
		return s.publishPage(w, r, v, values, err)
	}
	return err
}

func (s site) confirmAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	until := s.Source.Now().AddDate(0, 0, product.ValidFor-1).Format(time.DateOnly)
	return s.confirmPage(w, r, v, url.Values{"valid": {until}}, nil)
}

func (s site) confirmPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	a, p, err := s.acting(r, v, values, wrong)
	if err != nil {
		return err
	}
	if a.State != product.Published {
		return fault.Missing()
	}
	return frame.Show(w, r, frame.FormStatus(wrong), confirmPage(p, a))
}

func (s site) confirm(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	version, _ := strconv.ParseInt(r.PostForm.Get("version"), 10, 64) // what is no number is no version, and refused as such
	err := s.Products.Confirm(r.Context(), v.Actor(), named(r), version, r.PostForm.Get("valid"))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, href(named(r).ID, ""), "product-confirmed")
	case frame.Refused(err):
		return s.confirmPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

func (s site) withdrawAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.withdrawPage(w, r, v, url.Values{}, nil)
}

func (s site) withdrawPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	a, p, err := s.acting(r, v, values, wrong)
	if err != nil {
		return err
	}
	return frame.Show(w, r, frame.FormStatus(wrong), withdrawPage(p, a))
}

func (s site) withdraw(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	err := s.Products.Withdraw(r.Context(), v.Actor(), named(r), strings.TrimSpace(r.PostForm.Get("reason")))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, href(named(r).ID, ""), "product-withdrawn")
	case frame.Refused(err):
		return s.withdrawPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// The parts of a sheet that stand apart.

func (s site) partAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.partPage(w, r, v, nil, nil, "")
}

func (s site) partPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error, focus string) error {
	a, p, err := s.acting(r, v, values, wrong)
	if err != nil {
		return err
	}
	if a.kind = r.PathValue("kind"); !slices.Contains([]string{product.Traders, product.Covert}, a.kind) {
		return fault.Missing()
	}
	if values == nil {
		a.form.Values = partForm(a)
	}
	for name, label := range labels(p, a.form.Values) {
		a.form.Labels[name] = label
	}
	if a.operations, err = s.takingPart(r, v); err != nil {
		return err
	}
	a.write = writeView{form: a.form, focus: focus, apart: true}
	if a.write.pictures, err = s.held(r, v, a.form.Values, &a.Opened); err != nil {
		return err
	}
	p.Scripts = []string{"sheet.js"}
	return frame.Show(w, r, frame.FormStatus(wrong), partPage(p, a))
}

// part replaces makers and traders, or the covert features, as a whole.
func (s site) part(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	values := frame.Keep(r.PostForm)
	act := values.Get("act")
	values.Del("act")
	if strings.HasPrefix(act, "add-") || strings.HasPrefix(act, "remove-") {
		values, focus := changed(values, act)
		return s.partPage(w, r, v, values, v.RefusedFiles(), focus)
	}
	values = tidy(values, false, "")
	d, err := readPart(values, r.PathValue("kind"), v)
	if err == nil {
		if _, err = s.Products.SetPart(r.Context(), v.Actor(), named(r), d); err == nil {
			return frame.SeeOther(w, r, href(named(r).ID, ""), "product-part")
		}
	}
	if !frame.Refused(err) {
		return err
	}
	return s.partPage(w, r, v, values, located(err, product.Content{}), "")
}

// readPart reads the form, and what is wrong with it or its files.
func readPart(values url.Values, kind string, v *frame.Visit) (product.Parting, error) {
	var p fault.Problems
	d := partOf(values, kind, &p)
	if err := p.Fault(); err != nil {
		return d, err
	}
	return d, v.RefusedFiles()
}

func partOf(form url.Values, kind string, p *fault.Problems) product.Parting {
	d := product.Parting{Kind: kind, Language: form.Get("language.1")}
	d.Version, _ = strconv.ParseInt(form.Get("version"), 10, 64) // what is no number is no version, and refused as such
	if kind == product.Covert {
		c := contentOf(form, p)
		d.Features, d.Pairs = c.Features, c.Pairs
		return d
	}
	d.To = toOf(form)
	for n := 1; n <= count(form, "traders"); n++ {
		get := func(name string) string { return strings.TrimSpace(form.Get(field("traders", n, name))) }
		d.Traders = append(d.Traders, product.Trader{Role: get("role"), Name: get("name"), Country: get("country"),
			Authorised: get("authorised") != "no", Until: get("until")})
	}
	return d
}

// partForm is a part as it stands, in a form.
func partForm(a actView) url.Values {
	language := a.says.Language
	form := url.Values{"version": {"0"}, "language.1": {language}}
	if a.kind == product.Covert {
		return covertForm(a.Apart, form)
	}
	writeTo(form, a.To)
	if a.Traders != nil {
		form.Set("version", strconv.FormatInt(a.Traders.Version, 10))
		writeTo(form, a.Traders.To)
		for i, t := range a.Traders.Traders {
			for name, value := range map[string]string{"role": t.Role, "name": t.Name, "country": t.Country, "until": t.Until, "authorised": map[bool]string{true: "yes", false: "no"}[t.Authorised]} {
				form.Set(field("traders", i+1, name), value)
			}
		}
	}
	if count(form, "traders") == 0 {
		form.Set("traders.1.name", "")
	}
	return form
}

// covertForm is the covert part as it stands, in a form that is blank where there is none.
func covertForm(part *product.Part, blank url.Values) url.Values {
	form := blank
	if part != nil {
		form = formOf(product.Content{Language: part.Language, Features: part.Features, Pairs: part.Pairs})
		form.Set("version", strconv.FormatInt(part.Version, 10))
	}
	for _, group := range []string{"pairs", "features"} {
		if count(form, group) == 0 {
			form.Set(field(group, 1, first[group]), "")
		}
	}
	return form
}
