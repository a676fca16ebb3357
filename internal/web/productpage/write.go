package productpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// writeView is the form of a sheet.
type writeView struct {
	form     kit.Form
	action   string
	sheet    *product.Opened // nil: it was never saved
	choices  []choice
	pictures map[attachment.ID]attachment.Attachment
	focus    string
	apart    bool // of covert features: whoever inspects sees no places on pictures
}

// choice is a right holder in whose name one may write, with its brands.
type choice struct {
	of     organisation.Organisation
	brands []holder.Brand
	vetted bool
}

// choices are those for whom the actor may write.
func (s site) choices(r *http.Request, v *frame.Visit) (out []choice, err error) {
	list, err := s.Holders.List(r.Context(), v.Actor())
	if err != nil {
		return nil, err
	}
	for _, c := range list.Cards {
		h, err := s.Holders.Read(r.Context(), v.Actor(), c.Organisation.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, choice{c.Organisation, h.Brands, c.Vetted})
	}
	return out, nil
}

func asInvalid(err error) (*fault.Fault, bool) {
	f, ok := frame.AsFault(err)
	return f, ok && f.Kind == fault.Invalid && len(f.Fields) > 0
}

func (s site) writeNew(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	valid := s.Source.Now().AddDate(0, 0, product.ValidFor-1).Format(time.DateOnly)
	values := url.Values{"id": {s.Source.ID()}, "edit": {"0"}, "language.1": {frame.WrittenIn(v)}, "valid": {valid},
		"features.1.title.1": {""}, "pairs.1.caption.1": {""}}
	return s.writePage(w, r, v, values, nil, "")
}

func (s site) edit(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, err := s.mine(r, v)
	if err != nil {
		return err
	}
	c := o.Content
	if o.Working != nil {
		c = *o.Working
	}
	values := formOf(c)
	values.Set("id", string(o.ID))
	values.Set("edit", strconv.FormatInt(o.Edit, 10))
	values.Set("brand", string(o.Holder.ID)+"/"+string(o.Sheet.Brand))
	for group, name := range map[string]string{"features": "features.1.title.1", "pairs": "pairs.1.caption.1"} {
		if count(values, group) == 0 {
			values.Set(name, "")
		}
	}
	return s.writePage(w, r, v, values, nil, "")
}

// write saves the form as a draft, or changes the form.
func (s site) write(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	values := frame.Keep(r.PostForm)
	act := values.Get("act")
	values.Del("act")
	if strings.HasPrefix(act, "add-") || strings.HasPrefix(act, "remove-") {
		values, focus := changed(values, act)
		return s.writePage(w, r, v, values, v.RefusedFiles(), focus)
	}
	values = tidy(values, false, "")
	saving, err := readSaving(values, v)
	if err == nil {
		var made product.Sheet
		if made, _, err = s.Products.Save(r.Context(), v.Actor(), saving); err == nil {
			return frame.SeeOther(w, r, afterSave(made.ID, act), savedKey(act))
		}
	}
	if !frame.Refused(err) {
		return err
	}
	return s.writePage(w, r, v, values, located(err, saving.Content), "")
}

// readSaving reads the form, and what is wrong with it or its files.
func readSaving(values url.Values, v *frame.Visit) (product.Saving, error) {
	var p fault.Problems
	saving := savingOf(values, &p)
	if err := p.Fault(); err != nil {
		return saving, err
	}
	return saving, v.RefusedFiles()
}

// afterSave is where a writer goes on.
func afterSave(id product.ID, act string) string {
	switch act {
	case "preview":
		return href(id, "?draft=1")
	case "publish":
		return href(id, "/publish")
	}
	return href(id, "/edit")
}

func savedKey(act string) string {
	if act == "publish" || act == "preview" {
		return ""
	}
	return "product-saved"
}

// writePage shows the form with what was typed and what is wrong with it.
func (s site) writePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error, focus string) error {
	st, err := s.Operations.Read(r.Context(), v.Actor(), operation.Library)
	if err != nil {
		return err
	}
	if !st.May(access.ProductSave) {
		return fault.Missing()
	}
	view := writeView{action: r.URL.Path, focus: focus}
	if view.sheet, err = s.mine(r, v); err != nil {
		return err
	}
	if view.choices, err = s.choices(r, v); err != nil {
		return err
	}
	p := s.page(r, v, st, v.Printer.T(view.title()))
	p.Scripts, p.Error = []string{"sheet.js"}, wrong != nil
	view.form = kit.FormOf(values, wrong)
	view.form.Labels = labels(p, values)
	if view.pictures, err = s.held(r, v, values, view.sheet); err != nil {
		return err
	}
	return frame.Show(w, r, frame.FormStatus(wrong), writePage(p, view))
}

// title is the text that heads the form.
func (w writeView) title() string {
	if w.fresh() {
		return "productpage.new"
	}
	return "productpage.edit"
}

// mine is the sheet that an address names, for who may change it; nil: it names none.
func (s site) mine(r *http.Request, v *frame.Visit) (*product.Opened, error) {
	if r.PathValue("id") == "" {
		return nil, nil
	}
	o, err := s.Products.Read(r.Context(), v.Actor(), named(r), 0)
	if err == nil && !o.MayEdit {
		err = fault.Missing()
	}
	return &o, err
}

// held are the pictures of a form: those of the sheet, and those just sent.
func (s site) held(r *http.Request, v *frame.Visit, values url.Values, o *product.Opened) (map[attachment.ID]attachment.Attachment, error) {
	out := map[attachment.ID]attachment.Attachment{}
	if o != nil {
		for id, a := range o.Pictures {
			out[id] = a
		}
	}
	var loose []attachment.ID
	for n := 1; n <= count(values, "pairs"); n++ {
		for _, side := range []string{"genuine", "fake"} {
			id := attachment.ID(lastOf(values, field("pairs", n, side)))
			if _, known := out[id]; id != "" && !known {
				loose = append(loose, id)
			}
		}
	}
	if len(loose) == 0 {
		return out, nil
	}
	all, err := s.Attachments.These(r.Context(), v.Actor(), operation.Library, loose)
	for _, a := range all {
		out[a.ID] = a
	}
	return out, err
}

// labels names the fields for the summary of what is wrong.
func labels(p *kit.Page, form url.Values) map[string]string {
	out := frame.Labels(p, "productpage.field.", "brand", "category", "hs", "valid")
	for _, name := range texts {
		out[name+".1"] = p.T("productpage.field." + name)
	}
	for _, kind := range kinds {
		out[field("codes", kind)] = p.T("productpage.field.codes-" + kind)
	}
	for l := 1; l <= tongues(form); l++ {
		out[field("language", l)] = p.T("productpage.field.language")
	}
	out["files"] = p.T("productpage.pictures")
	member := func(group, name, key string) {
		for n := 1; n <= max(1, count(form, group)); n++ {
			out[field(group, n, name)] = p.T(key, fault.Args{"number": int64(n)})
		}
	}
	member("features", "title.1", "productpage.feature")
	member("pairs", "genuine", "productpage.pair")
	member("routes", "from", "productpage.route")
	member("traders", "name", "productpage.trader")
	return out
}

// fresh tells whether the sheet was never saved.
func (w writeView) fresh() bool { return w.sheet == nil }

// brands are the brands to choose from, by their holders.
func (w writeView) brands(p *kit.Page) (out []kit.Option) {
	for _, c := range w.choices {
		for _, b := range c.brands {
			o := kit.Option{Value: string(c.of.ID) + "/" + string(b.ID), Label: b.Name}
			if len(w.choices) > 1 {
				o.Group = frame.Called(p, c.of)
			}
			out = append(out, o)
		}
	}
	return out
}

// vetted tells whether any of those for whom one writes may publish.
func (w writeView) vetted() bool {
	return slices.ContainsFunc(w.choices, func(c choice) bool { return c.vetted })
}

// open tells whether a folded group holds something, or has a problem.
func (w writeView) open(names ...string) bool {
	for name, values := range w.form.Values {
		for _, n := range names {
			if (name == n || strings.HasPrefix(name, n+".")) && strings.Join(values, "") != "" {
				return true
			}
		}
	}
	return w.wrong(names...) || slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(w.focus, n+".") })
}

// wrong tells whether there is a problem with one of these fields.
func (w writeView) wrong(names ...string) bool {
	return w.form.Fault != nil && slices.ContainsFunc(w.form.Fault.Fields, func(f fault.Field) bool {
		return slices.ContainsFunc(names, func(n string) bool { return f.Path == n || strings.HasPrefix(f.Path, n+".") })
	})
}

// tag is the language of a column of the form.
func (w writeView) tag(l int) string { return w.form.Value(field("language", l)) }

// picture is the picture that a slot holds.
func (w writeView) picture(n int, genuine bool) (attachment.Attachment, bool) {
	a, ok := w.pictures[attachment.ID(lastOf(w.form.Values, field("pairs", n, sideClass(genuine))))]
	return a, ok && a.IsPicture()
}
