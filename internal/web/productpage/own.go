package productpage

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// ownView are the sheets of those for whom the reader acts.
type ownView struct {
	product.Found
	next string
	rest bool // a page after the first: what asks for a review stood on the first
	due  []product.Item
}

func (s site) own(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	q := product.Query{Own: true, Limit: pageSize}
	var err error
	if q.After, err = s.readCursor(r, v); err != nil {
		return err
	}
	o := ownView{rest: q.After.Seq != 0}
	if o.Found, err = s.Products.Find(r.Context(), v.Actor(), q); err != nil {
		return err
	}
	if !o.Standing.May(access.ProductSave) {
		return fault.Missing()
	}
	if o.due, err = s.due(r, v, o.rest); err != nil {
		return err
	}
	o.next = s.after(o.Standing, o.Next, r.URL)
	p := s.page(r, v, o.Standing, v.Printer.T("productpage.own"))
	p.Wide = true
	return frame.Show(w, r, http.StatusOK, ownPage(p, o))
}

// due are the sheets that ask for a review; they stand on the first page.
func (s site) due(r *http.Request, v *frame.Visit, rest bool) ([]product.Item, error) {
	if rest {
		return nil, nil
	}
	due, err := s.Products.Find(r.Context(), v.Actor(), product.Query{Own: true, Again: true, Limit: pageSize})
	return due.Items, err
}
