package holder

import (
	"cmp"
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// For lists the right holders for whom the actor's organisation may act today: itself,
// if it stands on the right-holder side, and whoever gave it a mandate that holds. The
// standing may be of the library or of any operation; mandates stand in the library.
// Others than right holders act for nobody.
func For(tx *db.Tx, st operation.Standing) ([]Acting, error) {
	if st.Side() != access.RightHolderSide {
		return nil, nil
	}
	library, err := operation.ByCode(tx, operation.Library)
	if errors.Is(err, db.ErrNone) {
		return []Acting{{Holder: st.Organisation, Own: true}}, nil
	}
	if err != nil {
		return nil, err
	}
	day := st.Now.In(library.Location()).Format("2006-01-02")
	vetted, err := holds(tx, library.Number, st.Who.Organisation, day)
	if err != nil {
		return nil, err
	}
	out := []Acting{{Holder: st.Organisation, Own: true, Vetted: vetted}}
	all, err := db.All(tx, selectMandatesTo, scanMandate, library.Number, st.Who.Organisation)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if !m.Holds(day) {
			continue
		}
		a := Acting{Brands: m.Brands, Countries: m.Countries}
		if a.Holder, err = organisation.One(tx, m.Holder); err != nil {
			return nil, err
		}
		if a.Vetted, err = holds(tx, library.Number, m.Holder, day); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	slices.SortStableFunc(out[1:], func(a, b Acting) int { return cmp.Compare(a.Holder.Name, b.Holder.Name) })
	return out, nil
}

// Numbers are the organisations of some whom one acts for, each once.
func Numbers(all []Acting) []int64 {
	var out []int64
	for _, a := range all {
		out = append(out, a.Holder.Number)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// May gives the right holder in whose name the actor writes about a brand. The empty
// id is the actor's own organisation. Missing: the actor does not act for it, or not
// for that brand; Invalid at the path holder: it was not vetted.
func May(tx *db.Tx, st operation.Standing, id organisation.ID, brand BrandID) (Acting, error) {
	all, err := For(tx, st)
	if err != nil {
		return Acting{}, err
	}
	for _, a := range all {
		if (a.Holder.ID == id || id == "" && a.Own) && a.Covers(brand) {
			if !a.Vetted {
				return a, fieldFault("holder", "holder.not-vetted")
			}
			return a, nil
		}
	}
	return Acting{}, fault.Missing()
}

// Readable lists the audiences of an operation that the actor may read: those of its
// organisation, and of the right holders for whom it acts, in so far as these are
// members there.
func Readable(tx *db.Tx, st operation.Standing) (db.List, error) {
	list, err := st.Readable(tx)
	if err != nil || st.Side() != access.RightHolderSide {
		return list, err
	}
	all, err := For(tx, st)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if a.Own {
			continue
		}
		more, err := audience.Open(tx, st.Operation.Number, a.Holder.Number)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// Own is the audience of what only a right holder's own side sees: itself. Who acts
// for it reads it through Readable.
func Own(holder int64) audience.Value { return audience.Own(holder) }

// Handling lists the vetted right holders of the library that have a brand on goods
// of a category, by number: whom a request about such goods goes to.
func Handling(tx *db.Tx, st operation.Standing, category string) ([]int64, error) {
	op, err := operation.ByCode(tx, operation.Library)
	if err != nil {
		return nil, err
	}
	all, err := db.All(tx, selectBrands, scanBrand, op.Number)
	if err != nil {
		return nil, err
	}
	day := st.Now.In(op.Location()).Format("2006-01-02")
	var out []int64
	for _, b := range all {
		if !slices.Contains(b.Categories, category) || slices.Contains(out, b.Organisation) {
			continue
		}
		ok, err := holds(tx, op.Number, b.Organisation, day)
		if err != nil {
			return nil, err
		}
		member, err := operation.Takes(tx, op.Number, b.Organisation)
		if err != nil {
			return nil, err
		}
		if ok && member {
			out = append(out, b.Organisation)
		}
	}
	slices.Sort(out)
	return out, nil
}

// BrandByID gives a brand of the library; db.ErrNone: there is none. Who may see it is
// for the caller to say: customs may see all, a right holder those it acts for.
func BrandByID(tx *db.Tx, library, organisation int64, id BrandID) (Brand, error) {
	return db.One(tx, selectBrand, scanBrand, library, organisation, string(id))
}

// BrandsOf gives the brands of some right holders, by name.
func BrandsOf(tx *db.Tx, library int64, holders []int64) ([]Brand, error) {
	if len(holders) == 0 {
		return nil, nil
	}
	return db.All(tx, selectBrandsOf, scanBrand, library, db.List(holders))
}

// Brands gives all brands of the library.
func Brands(tx *db.Tx, library int64) ([]Brand, error) {
	return db.All(tx, selectBrands, scanBrand, library)
}

func holds(tx *db.Tx, library, organisation int64, day string) (bool, error) {
	v, err := db.One(tx, selectVetting, scanVetting, library, organisation)
	if errors.Is(err, db.ErrNone) {
		return false, nil
	}
	return v.Holds(day), err
}

func fieldFault(path, key string) error {
	var p fault.Problems
	p.Add(path, key)
	return p.Fault()
}
