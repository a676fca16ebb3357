package inquiry

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// maxCitable is how many sheets a form offers.
const maxCitable = 50

// citable are the sheets of some right holders that the actor may read and that fit the
// goods of a case: by a code on them, or by the brand. Those with the code come first.
func citable(tx *db.Tx, st operation.Standing, c seizure.Case, of []organisation.Organisation) ([]product.Item, error) {
	library, err := operation.Enter(tx, st.Now, st.Who, operation.Library, access.ProductRead)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []product.Item
	add := func(some []product.Item) {
		for _, i := range some {
			asked := slices.ContainsFunc(of, func(o organisation.Organisation) bool { return o.Number == i.Organisation })
			known := slices.ContainsFunc(out, func(o product.Item) bool { return o.Seq == i.Seq })
			if asked && !known && len(out) < maxCitable {
				out = append(out, i)
			}
		}
	}
	for _, l := range c.Goods {
		if l.GTIN == "" {
			continue
		}
		some, err := product.ByCode(tx, st.Now, st.Who, l.GTIN)
		if err != nil {
			return nil, err
		}
		add(some)
	}
	for _, l := range c.Goods {
		for _, o := range of {
			brands, err := brandsOf(tx, o.Number, l.Brand)
			if err != nil {
				return nil, err
			}
			for _, b := range brands {
				some, err := product.OfBrand(tx, library, b)
				if err != nil {
					return nil, err
				}
				add(some)
			}
		}
	}
	return out, nil
}

// cite copies what the asker looked at: a published sheet of whom it asks that it may
// read itself. Any other is refused in one way, whether there is such a sheet or not.
func (s Sheet) cite(tx *db.Tx, st operation.Standing, p *fault.Problems, of organisation.Organisation) (Sheet, error) {
	if s.ID == "" || of.Number == 0 {
		return s, nil
	}
	refused := func() (Sheet, error) {
		p.Add("sheet", "inquiry.sheet-not-theirs")
		return Sheet{}, nil
	}
	library, err := operation.Enter(tx, st.Now, st.Who, operation.Library, access.ProductRead)
	if fault.Is(err, fault.NotFound) {
		return refused()
	}
	if err != nil {
		return s, err
	}
	sheet, err := product.Readable(tx, library, product.Name{ID: product.ID(s.ID), From: of.ID})
	if fault.Is(err, fault.NotFound) || err == nil && (sheet.State != product.Published) {
		return refused()
	}
	if err != nil {
		return s, err
	}
	if s.Version == 0 || s.Version > sheet.Version {
		s.Version = sheet.Version
	}
	said, err := product.ContentOf(tx, library.Operation.Number, sheet.Seq, s.Version)
	if err != nil {
		return s, err
	}
	s.Title, _ = said.Name.In(said.Language, said.Language)
	return s, nil
}
