package holder

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// For lists the right holders for whom the actor's organisation may act today: itself,
// if it stands on the right-holder side, and whoever gave it a mandate that holds. The
// standing may be of the library or of any operation; mandates stand in the library,
// and none holds once one of the two has left it. Others than right holders act for
// nobody.
func For(tx *db.Tx, st operation.Standing) ([]Acting, error) {
	if st.Side() != access.RightHolderSide {
		return nil, nil
	}
	l, err := libraryOf(tx, st)
	if errors.Is(err, db.ErrNone) {
		return []Acting{{Holder: st.Organisation, Own: true}}, nil
	}
	if err != nil {
		return nil, err
	}
	vetted, err := l.vetted(tx, st.Who.Organisation)
	if err != nil {
		return nil, err
	}
	out := []Acting{{Holder: st.Organisation, Own: true, Vetted: vetted}}
	all, err := db.All(tx, selectMandatesTo, scanMandate, l.number, st.Who.Organisation)
	if err != nil || len(all) == 0 {
		return out, err
	}
	if member, err := operation.Takes(tx, l.number, st.Who.Organisation); err != nil || !member {
		return out, err
	}
	for _, m := range all {
		if !m.Holds(l.day) {
			continue
		}
		member, err := operation.Takes(tx, l.number, m.Holder)
		if err != nil {
			return nil, err
		}
		if !member {
			continue
		}
		a := Acting{Brands: m.Brands, Countries: m.Countries}
		if a.Holder, err = organisation.One(tx, m.Holder); err != nil {
			return nil, err
		}
		if a.Vetted, err = l.vetted(tx, m.Holder); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	// By name; of several mandates of one right holder the widest first.
	slices.SortStableFunc(out[1:], func(a, b Acting) int {
		return cmp.Or(cmp.Compare(a.Holder.Name, b.Holder.Name), cmp.Compare(a.Holder.Number, b.Holder.Number),
			cmp.Compare(len(a.Countries), len(b.Countries)), cmp.Compare(len(a.Brands), len(b.Brands)))
	})
	return out, nil
}

// library is the one operation in which right holders are kept, on a day there.
type library struct {
	number int64
	day    string
}

func libraryOf(tx *db.Tx, st operation.Standing) (library, error) {
	op, err := operation.ByCode(tx, operation.Library)
	return library{op.Number, st.Now.In(op.Location()).Format(time.DateOnly)}, err
}

// vetted tells whether a right holder may publish: it takes part in the library, and
// what it showed of itself was checked and still holds.
func (l library) vetted(tx *db.Tx, organisation int64) (bool, error) {
	n, err := db.One(tx, countVetted, db.Int64, l.number, organisation, l.day)
	if err != nil || n == 0 {
		return false, err
	}
	return operation.Takes(tx, l.number, organisation)
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
// for that brand; Invalid at the path holder: it is not vetted, or no longer. What it
// published before stays as it is.
func May(tx *db.Tx, st operation.Standing, id organisation.ID, brand BrandID) (Acting, error) {
	a, err := actingFor(tx, st, id, func(a Acting) bool { return a.Covers(brand) })
	if err == nil && !a.Vetted {
		err = fault.At("holder", "holder.not-vetted")
	}
	return a, err
}

// actingFor is the first way of acting for a right holder that is wide enough.
func actingFor(tx *db.Tx, st operation.Standing, id organisation.ID, enough func(Acting) bool) (Acting, error) {
	all, err := For(tx, st)
	if err != nil {
		return Acting{}, err
	}
	for _, a := range all {
		if (a.Holder.ID == id || id == "" && a.Own) && enough(a) {
			return a, nil
		}
	}
	return Acting{}, fault.Missing()
}

// Readable lists the audiences of an operation that the actor may read: those of its
// organisation, and of the right holders for whom it acts, in so far as these are
// members there. An audience knows no brands: who lists records of a brand asks Sees
// beside it, since a mandate may be for some brands only.
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
	l, err := libraryOf(tx, st)
	if err != nil {
		return nil, err
	}
	vetted, err := db.All(tx, selectVetted, db.Int64, l.number, l.day)
	if err != nil {
		return nil, err
	}
	all, err := BrandsOf(tx, l.number, vetted)
	if err != nil {
		return nil, err
	}
	var out []int64
	for _, b := range all {
		if !slices.Contains(b.Categories, category) || slices.Contains(out, b.Organisation) {
			continue
		}
		member, err := operation.Takes(tx, l.number, b.Organisation)
		if err != nil {
			return nil, err
		}
		if member {
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

// Brands gives all brands of the library, those of right holders that are not vetted
// among them.
func Brands(tx *db.Tx, library int64) ([]Brand, error) {
	return db.All(tx, selectBrands, scanBrand, library)
}
