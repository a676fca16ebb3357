package reportpage

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// A line of goods is filled from a product sheet: from the one that the form was
// opened with, or from the one that has the code on the package. What was typed
// stays; a sheet never says what the goods are, only what they claim to be.

// practising tells whether the form is one of a practice. It reads no sheet: whatever is
// opened or used there would be counted for a right holder as if goods had been there.
func (s site) practising(r *http.Request, v *frame.Visit) bool {
	st, err := s.Operations.Read(r.Context(), v.Actor(), operation.Code(r.PathValue("op")))
	return err == nil && st.Operation.Kind == operation.KindPractice
}

// looksUp tells whether the reader finds product sheets.
func (s site) looksUp(r *http.Request, v *frame.Visit) bool {
	st, err := s.Operations.Read(r.Context(), v.Actor(), operation.Library)
	return err == nil && st.May(access.ProductRead) && !s.practising(r, v)
}

// fromSheet fills the first line of a new case from the sheet in the address.
func (s site) fromSheet(r *http.Request, v *frame.Visit, d *seizure.Draft) error {
	id := r.URL.Query().Get("sheet")
	if id == "" || len(d.Goods) == 0 || s.practising(r, v) {
		return nil
	}
	o, err := s.Products.Read(r.Context(), v.Actor(), product.Name{ID: product.ID(id)}, 0)
	if err != nil {
		return err
	}
	form := url.Values{}
	fillLine(form, 1, o.Item, v)
	l := &d.Goods[0]
	l.Brand, l.Holder = cmp.Or(l.Brand, form.Get(lineField(1, "brand"))), cmp.Or(l.Holder, form.Get(lineField(1, "holder")))
	l.Category, l.HS = cmp.Or(l.Category, form.Get(lineField(1, "category"))), cmp.Or(l.HS, form.Get(lineField(1, "hs")))
	l.Description = cmp.Or(l.Description, form.Get(lineField(1, "description")))
	return nil
}

// fillLine writes of a sheet into a line what is empty there.
func fillLine(values url.Values, n int, i product.Item, v *frame.Visit) {
	lang := string(v.Printer.Lang())
	name, _ := i.Name.In(lang, i.Language)
	hs := ""
	if len(i.HS) > 0 {
		hs = i.HS[0]
	}
	for field, value := range map[string]string{"brand": i.Of.Name, "holder": i.Holder.Called(lang), "category": i.Content.Category, "hs": hs, "description": name} {
		if at := lineField(n, field); value != "" && strings.TrimSpace(values.Get(at)) == "" {
			values.Set(at, value)
		}
	}
}

// look finds the sheet that has the code of a line, and fills the line from it.
func (s site) look(r *http.Request, v *frame.Visit, view *caseFormView, values url.Values, act string) error {
	rest, ok := strings.CutPrefix(act, "look-")
	n, err := strconv.Atoi(rest)
	if !ok || err != nil || n < 1 || n > lineCount(values) {
		return nil
	}
	view.looked = n
	code := digits(values.Get(lineField(n, "gtin")))
	if code == "" || s.practising(r, v) {
		return nil
	}
	found, err := s.Products.Find(r.Context(), v.Actor(), product.Query{Code: code, Limit: 1})
	if fault.Is(err, fault.NotFound) || err == nil && len(found.Items) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	view.sheet = &found.Items[0]
	fillLine(values, n, *view.sheet, v)
	keepSheet(values, string(view.sheet.ID))
	return nil
}

// keepSheet notes in the form which sheet it was filled from.
func keepSheet(values url.Values, id string) {
	if source.ValidID(id) {
		values.Set("sheet", id)
	}
}

// used tells a sheet that a case was reported with it, once a case. The case is
// reported whatever becomes of it.
func (s site) used(r *http.Request, v *frame.Visit, values url.Values) {
	id := values.Get("sheet")
	if !source.ValidID(id) || s.practising(r, v) {
		return
	}
	name := product.Name{ID: product.ID(id), From: organisation.ID("")}
	o, err := s.Products.Read(r.Context(), v.Actor(), name, 0)
	if err == nil {
		err = s.Products.Mark(r.Context(), v.Actor(), name, product.Marking{ID: values.Get("id"), Version: o.Number, Kind: product.Used})
	}
	if err != nil && !fault.Is(err, fault.NotFound) && r.Context().Err() == nil {
		s.Log.Warn("use of a sheet not noted", "error", err)
	}
}

func sheetName(p *kit.Page, i product.Item) string {
	name, _ := i.Name.In(string(p.Printer.Lang()), i.Language)
	return i.Of.Name + ", " + name
}
