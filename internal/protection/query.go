package protection

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// read is the frame of every query here.
func (s *Store) read(ctx context.Context, who access.Actor, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, access.ProtectionRead)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.ProtectionRead, err)
	}
	return nil
}

// seesMeasures tells whether the actor may know what administrations set.
func seesMeasures(st operation.Standing) bool {
	return st.Side() == access.Coordination || st.Side() == access.Enforcement
}

// Border is what an administration set, in a list.
type Border struct {
	Measure
	Of organisation.Organisation
}

// Measures are what administrations may do at their borders.
type Measures struct {
	Standing operation.Standing
	All      []Border // the newest of each, by country
	Own      []Measure
	MaySet   bool
}

// ReadMeasures lists what administrations set, and the versions of the actor's own,
// the newest first. For a right holder there is nothing here.
func (s *Store) ReadMeasures(ctx context.Context, who access.Actor) (out Measures, err error) {
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		if !seesMeasures(st) {
			return fault.Missing()
		}
		out = Measures{Standing: st, MaySet: st.May(access.MeasureSet) && st.Organisation.Country != ""}
		all, err := db.All(tx, selectMeasures, scanMeasure, st.Operation.Number)
		if err != nil {
			return err
		}
		for _, m := range all {
			of, err := organisation.One(tx, m.Organisation)
			if err != nil {
				return err
			}
			out.All = append(out.All, Border{m, of})
		}
		out.Own, err = db.All(tx, selectVersions, scanMeasure, st.Operation.Number, who.Organisation)
		return err
	})
	return out, err
}

// Item is an application with what a page shows beside it.
type Item struct {
	Application
	Of       organisation.Organisation // the right holder
	Named    []holder.Brand
	Shown    string // the state today
	Standing string // today
	MayAmend bool
	MayAll   bool // all of it, the state too; false: it may be revoked, and while it waits changed
}

// Filter narrows the list of applications; empty values do not.
type Filter struct {
	Country string
	State   string // as shown today
	Holder  organisation.ID
	Before  int64 // Seq; 0: from the newest
	Limit   int   // at most 200; 0: 50
}

// Page is a part of the list, the newest first.
type Page struct {
	Standing  operation.Standing
	Today     string
	Items     []Item
	Next      int64    // Filter.Before of the next page; 0: this is the last
	Countries []string // in what the reader may read
	Holders   []organisation.Organisation
	MayFile   bool
}

// Applications lists the applications that the actor may read.
func (s *Store) Applications(ctx context.Context, who access.Actor, f Filter) (out Page, err error) {
	if f.Limit <= 0 || f.Limit > 200 {
		f.Limit = 50
	}
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		out = Page{Standing: st, Today: st.Today(), MayFile: st.May(access.ApplicationFile) && (st.Side() == access.RightHolderSide || st.Organisation.Country != "")}
		open, err := holder.Readable(tx, st)
		if err != nil {
			return err
		}
		all, err := db.All(tx, selectOpen, scanApplication, st.Operation.Number, open)
		if err != nil {
			return err
		}
		if all, err = visible(tx, st, all); err != nil {
			return err
		}
		if out.Holders, err = holdersOf(tx, all); err != nil {
			return err
		}
		of := int64(0)
		for _, h := range out.Holders {
			if h.ID == f.Holder {
				of = h.Number
			}
		}
		for _, a := range all {
			out.Countries = append(out.Countries, a.Countries...)
			fits := (f.Country == "" || slices.Contains(a.Countries, f.Country)) && (f.State == "" || a.Shown(out.Today) == f.State) &&
				(f.Holder == "" || a.Organisation == of) && (f.Before == 0 || a.Seq < f.Before)
			switch {
			case fits && len(out.Items) == f.Limit:
				out.Next = out.Items[f.Limit-1].Seq
			case fits && out.Next == 0:
				i, err := item(tx, st, a)
				if err != nil {
					return err
				}
				out.Items = append(out.Items, i)
			}
		}
		slices.Sort(out.Countries)
		out.Countries = slices.Compact(out.Countries)
		return nil
	})
	return out, err
}

func holdersOf(tx *db.Tx, all []Application) (out []organisation.Organisation, err error) {
	var of []int64
	for _, a := range all {
		of = append(of, a.Organisation)
	}
	these, err := organisation.These(tx, of)
	for _, o := range these {
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b organisation.Organisation) int { return int(a.Number - b.Number) })
	return out, err
}

// visible leaves a right holder's side what it acts for: a mandate for some brands
// opens the applications for those.
func visible(tx *db.Tx, st operation.Standing, all []Application) ([]Application, error) {
	if st.Side() != access.RightHolderSide {
		return all, nil
	}
	acting, err := holder.For(tx, st)
	return slices.DeleteFunc(all, func(a Application) bool {
		return !slices.ContainsFunc(acting, func(h holder.Acting) bool {
			return h.Holder.Number == a.Organisation && slices.ContainsFunc(a.Brands, h.Covers)
		})
	}), err
}

func item(tx *db.Tx, st operation.Standing, a Application) (i Item, err error) {
	i = Item{Application: a, Shown: a.Shown(st.Today()), Standing: a.Standing(st.Today()), MayAmend: mayAmend(st, a)}
	i.MayAll = i.MayAmend && (st.Side() != access.RightHolderSide || a.State == Filed)
	if i.Of, err = organisation.One(tx, a.Organisation); err != nil {
		return i, err
	}
	for _, id := range a.Brands {
		b, err := holder.BrandByID(tx, st.Operation.Number, a.Organisation, id)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return i, err
		}
		if err == nil {
			i.Named = append(i.Named, b)
		}
	}
	return i, nil
}

// Opened is one application.
type Opened struct {
	Standing operation.Standing
	Today    string
	Item
	Choices // for who may change it
}

// Read opens an application.
func (s *Store) Read(ctx context.Context, who access.Actor, n Name) (out Opened, err error) {
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		a, _, err := find(tx, st, n)
		if err != nil {
			return err
		}
		out = Opened{Standing: st, Today: st.Today()}
		if out.Item, err = item(tx, st, a); err == nil && out.MayAmend {
			out.Choices, err = choices(tx, st)
		}
		return err
	})
	return out, err
}

// Choices are the right holders in whose name the actor may file, with their brands.
type Choices struct {
	Holders []Choice
	Customs bool // the actor is an administration: it decides, too
	Country string
}

// Choice is one of them.
type Choice struct {
	Of     organisation.Organisation
	Brands []holder.Brand
	Vetted bool
}

// Filing gives what the form needs.
func (s *Store) Filing(ctx context.Context, who access.Actor) (st operation.Standing, out Choices, err error) {
	err = s.read(ctx, who, func(tx *db.Tx, now operation.Standing) error {
		if st = now; !st.May(access.ApplicationFile) {
			return fault.Missing()
		}
		out, err = choices(tx, st)
		return err
	})
	return st, out, err
}

func choices(tx *db.Tx, st operation.Standing) (Choices, error) {
	out := Choices{Customs: st.Side() != access.RightHolderSide, Country: st.Organisation.Country}
	acting, err := holder.For(tx, st)
	if err != nil {
		return out, err
	}
	var brands []holder.Brand
	if out.Customs {
		brands, err = holder.Brands(tx, st.Operation.Number)
	} else {
		brands, err = holder.BrandsOf(tx, st.Operation.Number, holder.Numbers(acting))
	}
	for _, a := range acting {
		out.Holders = append(out.Holders, Choice{Of: a.Holder, Vetted: a.Vetted})
	}
	for _, b := range brands {
		i := slices.IndexFunc(out.Holders, func(c Choice) bool { return c.Of.Number == b.Organisation })
		if i < 0 {
			of, err := organisation.One(tx, b.Organisation)
			if err != nil {
				return out, err
			}
			i, out.Holders = len(out.Holders), append(out.Holders, Choice{Of: of, Vetted: true})
		}
		if j := slices.IndexFunc(acting, func(a holder.Acting) bool { return a.Holder.Number == b.Organisation }); j < 0 || acting[j].Covers(b.ID) {
			out.Holders[i].Brands = append(out.Holders[i].Brands, b)
		}
	}
	return out, err
}

// Goods is what is known of goods by which an application may be found.
type Goods struct {
	Brand string // as an officer wrote it
	Right string // number of a right
}

// Matched is an application that is valid for goods.
type Matched struct {
	Item
	Brand string // its name
}

// ForGoods lists the applications, valid in a country today, for one of the goods
// of a case: those whose brand has the name that was written, or that name the
// number of the right. Whoever does not read the library has none.
func (s *Store) ForGoods(ctx context.Context, who access.Actor, country string, goods []Goods) (out []Matched, err error) {
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		if !seesMeasures(st) {
			return nil
		}
		open, err := holder.Readable(tx, st)
		if err != nil {
			return err
		}
		all, err := db.All(tx, selectRunning, scanApplication, st.Operation.Number, open, st.Today())
		if err != nil {
			return err
		}
		for _, a := range all {
			if !slices.Contains(a.Countries, country) || a.Standing(st.Today()) == None {
				continue
			}
			i, err := item(tx, st, a)
			if err != nil {
				return err
			}
			if at := slices.IndexFunc(i.Named, func(b holder.Brand) bool { return isOf(b, a.Rights, goods) }); at >= 0 {
				out = append(out, Matched{i, i.Named[at].Name})
			}
		}
		return nil
	})
	if fault.Is(err, fault.NotFound) && who.Known() {
		return nil, nil
	}
	return out, err
}

// isOf tells whether any of the goods is a brand's.
func isOf(b holder.Brand, rights []string, all []Goods) bool {
	return slices.ContainsFunc(all, func(g Goods) bool {
		for _, name := range append([]string{b.Name}, b.Also...) {
			if g.Brand != "" && i18n.Fold(name) == i18n.Fold(g.Brand) {
				return true
			}
		}
		if g.Right == "" {
			return false
		}
		right := func(number string) bool { return i18n.Fold(number) == i18n.Fold(g.Right) }
		return slices.ContainsFunc(rights, right) || slices.ContainsFunc(b.Rights, func(r holder.Right) bool { return right(r.Number) })
	})
}
