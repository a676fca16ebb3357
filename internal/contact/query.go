package contact

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// ForBrand gives whom to ask about a brand of a right holder, best first: for the
// country and in the language, for the country, in the language, any. Somebody of a
// right holder's side is given what it may read.
func ForBrand(tx *db.Tx, st operation.Standing, of int64, brand holder.BrandID, country, language string) ([]Contact, error) {
	library, err := operation.ByCode(tx, operation.Library)
	if err != nil {
		return nil, err
	}
	r, err := readerOf(tx, st)
	if err != nil {
		return nil, err
	}
	all, err := db.All(tx, selectOf, scan, library.Number, db.List{of})
	all = slices.DeleteFunc(all, func(c Contact) bool { return c.Brand != "" && c.Brand != brand || !r.sees(c) })
	best(all, country, language)
	if !r.all {
		for i, c := range all {
			all[i] = c.told()
		}
	}
	return all, err
}

// reader is what somebody may read of the directory.
type reader struct {
	all    bool
	acting []holder.Acting
}

func readerOf(tx *db.Tx, st operation.Standing) (reader, error) {
	if st.Side() == access.Coordination || st.Side() == access.Enforcement {
		return reader{all: true}, nil
	}
	acting, err := holder.For(tx, st)
	return reader{acting: acting}, err
}

// sees: a mandate for a brand is one for what is said of all brands, too.
func (r reader) sees(c Contact) bool {
	return r.all || slices.ContainsFunc(r.acting, func(a holder.Acting) bool {
		return a.Holder.Number == c.Organisation && (c.Brand == "" || a.Covers(c.Brand))
	})
}

// List gives what the actor may read of the directory: customs and coordination all, a
// right holder its own entries and those of whom it acts for. By name of the
// organisation, the brand and the desk; where a country or a language is asked for,
// what fits best first.
func (s *Store) List(ctx context.Context, who access.Actor, f Filter) (out Page, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, access.ContactRead)
		if err != nil {
			return err
		}
		out, err = list(tx, st, f)
		return err
	})
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", access.ContactRead, err)
	}
	return out, nil
}

func list(tx *db.Tx, st operation.Standing, f Filter) (Page, error) {
	out := Page{Standing: st, MayTest: st.May(access.ContactTest)}
	r, err := readerOf(tx, st)
	if err != nil {
		return out, err
	}
	all, err := readable(tx, st, r)
	if err != nil {
		return out, err
	}
	if err := out.choices(tx, r, all); err != nil {
		return out, err
	}
	names := map[holder.BrandID]string{}
	for _, b := range out.Brands {
		names[b.ID] = b.Name
	}
	of := map[int64]organisation.Organisation{}
	for _, o := range out.Holders {
		of[o.Number] = o
	}
	all = slices.DeleteFunc(all, func(c Contact) bool {
		return !f.takes(c) || f.Holder != "" && of[c.Organisation].ID != f.Holder || f.Brand != "" && !ofBrand(out.Brands, f.Brand, c.Organisation)
	})
	if f.Country != "" || f.Language != "" {
		best(all, f.Country, f.Language)
	} else {
		slices.SortStableFunc(all, func(a, b Contact) int {
			return cmp.Or(cmp.Compare(of[a.Organisation].Name, of[b.Organisation].Name), cmp.Compare(names[a.Brand], names[b.Brand]), cmp.Compare(a.Desk, b.Desk))
		})
	}
	out.Total, out.Pages = len(all), max(1, (len(all)+PageSize-1)/PageSize)
	page := min(max(f.Page, 1), out.Pages)
	all = all[(page-1)*PageSize : min(page*PageSize, len(all))]
	return out, out.fill(tx, all, names, of)
}

// ofBrand tells whether a brand is an organisation's.
func ofBrand(all []holder.Brand, id holder.BrandID, organisation int64) bool {
	return slices.ContainsFunc(all, func(b holder.Brand) bool { return b.ID == id && b.Organisation == organisation })
}

func readable(tx *db.Tx, st operation.Standing, r reader) ([]Contact, error) {
	if r.all {
		return db.All(tx, selectAll, scan, st.Operation.Number)
	}
	all, err := db.All(tx, selectOf, scan, st.Operation.Number, db.List(holder.Numbers(r.acting)))
	return slices.DeleteFunc(all, func(c Contact) bool { return !r.sees(c) }), err
}

// choices are the brands and organisations to choose among.
func (p *Page) choices(tx *db.Tx, r reader, all []Contact) (err error) {
	op := p.Standing.Operation.Number
	if r.all {
		p.Brands, err = holder.Brands(tx, op)
	} else {
		p.Brands, err = holder.BrandsOf(tx, op, holder.Numbers(r.acting))
		p.Brands = slices.DeleteFunc(p.Brands, func(b holder.Brand) bool { return !holder.Sees(r.acting, b.Organisation, b.ID) })
	}
	if err != nil {
		return err
	}
	numbers := []int64{p.Standing.Who.Organisation}
	for _, c := range all {
		numbers = append(numbers, c.Organisation)
	}
	for _, a := range r.acting {
		numbers = append(numbers, a.Holder.Number)
	}
	if p.For, err = p.writesFor(tx, r); err != nil {
		return err
	}
	slices.Sort(numbers)
	of, err := organisation.These(tx, slices.Compact(numbers))
	for _, o := range of {
		p.Holders = append(p.Holders, o)
	}
	slices.SortFunc(p.Holders, byName)
	return err
}

func byName(a, b organisation.Organisation) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Number, b.Number))
}

// writesFor are the organisations for which the reader may write.
func (p *Page) writesFor(tx *db.Tx, r reader) (out []organisation.Organisation, err error) {
	if !p.Standing.May(access.ContactSet) {
		return nil, nil
	}
	switch p.Standing.Side() {
	case access.Coordination:
		members, err := operation.Members(tx, p.Standing.Operation.Number)
		for _, m := range members {
			out = append(out, m.Organisation)
		}
		slices.SortFunc(out, byName)
		return out, err
	case access.RightHolderSide:
		for _, a := range r.acting {
			if !slices.ContainsFunc(out, func(o organisation.Organisation) bool { return o.Number == a.Holder.Number }) {
				out = append(out, a.Holder)
			}
		}
		return out, nil
	}
	return []organisation.Organisation{p.Standing.Organisation}, nil
}

func (p *Page) fill(tx *db.Tx, all []Contact, names map[holder.BrandID]string, of map[int64]organisation.Organisation) error {
	for _, c := range all {
		item := Item{Contact: c, Of: of[c.Organisation], Called: names[c.Brand], Due: c.Due(p.Standing.Now), MayTest: p.MayTest}
		if slices.ContainsFunc(p.For, func(o organisation.Organisation) bool { return o.Number == c.Organisation }) {
			w, err := writerFor(tx, p.Standing, item.Of.ID)
			if err != nil {
				return err
			}
			item.MaySet = w.covers(c)
		}
		if p.Standing.Side() == access.RightHolderSide {
			item.Contact = c.told()
		} else if c.Test != nil {
			var err error
			if item.TestedBy, err = organisation.One(tx, c.Test.Organisation); err != nil {
				return err
			}
		}
		p.Items = append(p.Items, item)
	}
	return nil
}

// Read gives one contact that the actor may read.
func (s *Store) Read(ctx context.Context, who access.Actor, of organisation.ID, id ID) (Page, error) {
	p, err := s.List(ctx, who, Filter{Holder: of, ID: id})
	if err != nil {
		return Page{}, err
	}
	if id == "" || len(p.Items) != 1 {
		return Page{}, fmt.Errorf("%s: %w", access.ContactRead, fault.Missing())
	}
	return p, nil
}
