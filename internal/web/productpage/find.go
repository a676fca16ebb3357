package productpage

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/barcode"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// findView is a page of what was found.
type findView struct {
	product.Found
	q        string
	category string
	brand    string // its id
	next     string // address of the next page
}

// looks tells whether anything was asked for.
func (f findView) looks() bool { return f.q != "" || f.category != "" || f.brand != "" }

// pageSize is how many sheets a page shows: the list is read on a phone.
const pageSize = 20

func (s site) find(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := findView{q: strings.TrimSpace(r.URL.Query().Get("q")), brand: r.URL.Query().Get("brand")}
	if c := r.URL.Query().Get("category"); codelist.Category.Has(c) {
		f.category = c
	}
	q := product.Query{Text: wanted(f.q), Category: f.category, Brand: holder.BrandID(f.brand), Limit: pageSize}
	var err error
	if q.After, err = s.readCursor(r, v); err != nil {
		return err
	}
	if f.Found, err = s.Products.Find(r.Context(), v.Actor(), q); err != nil {
		return err
	}
	if f.Code != "" {
		f.Issuer = cmp.Or(f.Issuer, barcode.Prefix(barcode.Parse(f.Code).GTIN))
		f.Code = wanted(f.Code) // as it stands below the bars
	}
	f.next = s.after(f.Standing, f.Next, r.URL)
	p := s.page(r, v, f.Standing, v.Printer.T("productpage.title"))
	p.Wide = true
	return frame.Show(w, r, http.StatusOK, findPage(p, f))
}

// wanted is what is looked for: of what a scanner sent the trade number in it.
func wanted(typed string) string {
	if c := barcode.Parse(typed); c.GTIN != "" {
		return asked(c)
	}
	return typed
}

// page is the frame of a page about sheets.
func (s site) page(r *http.Request, v *frame.Visit, st operation.Standing, titles ...string) *kit.Page {
	p := s.InLibrary(r, v, st, append(titles, v.Printer.T("web.nav.products"))...)
	p.Styles = []string{"product.css"}
	return p
}

// The two parts of a list, as an address names them: stale sheets stand after fresh.
const (
	amongFresh = "f"
	amongStale = "s"
)

// after is the address of the next page. Nobody reads in it how many sheets others
// have, or when they wrote: it is sealed for all alike.
func (s site) after(st operation.Standing, next *product.Cursor, at *url.URL) string {
	if next == nil {
		return ""
	}
	part := amongFresh
	if next.Stale {
		part = amongStale
	}
	q := at.Query()
	q.Del("done")
	q.Set("after", part+s.Cursors.Write(st.Operation.Number, next.Seq, true))
	return at.Path + "?" + q.Encode()
}

func (s site) readCursor(r *http.Request, v *frame.Visit) (c product.Cursor, err error) {
	text := r.URL.Query().Get("after")
	if text == "" {
		return c, nil
	}
	st, err := s.Operations.Read(r.Context(), v.Actor(), operation.Library)
	if err != nil {
		return c, err
	}
	part, sealed := text[:1], text[1:]
	if part != amongFresh && part != amongStale {
		return c, fault.Missing()
	}
	c.Stale = part == amongStale
	if c.Seq, err = s.Cursors.Read(st.Operation.Number, sealed, true); err != nil {
		return c, fault.Missing().Because(err)
	}
	return c, nil
}

// href is the address of a sheet, or of what stands below it.
func href(id product.ID, more string) string { return "/p/" + url.PathEscape(string(id)) + more }

// pictureHref is the address of a picture in one of its sizes.
func pictureHref(a attachment.Attachment, v attachment.Variant) string {
	at := "/o/" + string(operation.Library) + "/a/" + string(a.ID)
	if v != attachment.Whole {
		at += "?variant=" + string(v)
	}
	return at
}

// request is where right holders are asked about goods for which there is no sheet.
func (f findView) request() string {
	q := url.Values{}
	if f.Code != "" {
		q.Set("code", f.Code)
	} else if f.q != "" {
		q.Set("q", f.q)
	}
	if f.category != "" {
		q.Set("category", f.category)
	}
	if len(q) == 0 {
		return "/p/request"
	}
	return "/p/request?" + q.Encode()
}

// chips are the chosen filters.
func (f findView) chips(p *kit.Page) []kit.Chip {
	without := func(name string) string {
		q := url.Values{}
		for n, value := range map[string]string{"q": f.q, "category": f.category, "brand": f.brand} {
			if n != name && value != "" {
				q.Set(n, value)
			}
		}
		return "/p/?" + q.Encode()
	}
	var out []kit.Chip
	if f.category != "" {
		out = append(out, kit.Chip{Label: p.T("productpage.field.category"), Value: p.Printer.Code(codelist.Category.Name(), f.category), Remove: without("category")})
	}
	if f.brand != "" {
		name := f.brand
		if len(f.Items) > 0 {
			name = f.Items[0].Of.Name
		}
		out = append(out, kit.Chip{Label: p.T("productpage.field.brand"), Value: name, Remove: without("brand")})
	}
	return out
}

// asks tells whether the reader may ask right holders.
func asks(st operation.Standing) bool { return st.May(access.InquiryAsk) }
