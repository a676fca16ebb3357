package edition

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/usage"
)

// Head is an edition that was given out, without what it holds.
type Head struct {
	Seq, Number int64
	Kind        string
	Holder      organisation.Organisation // of a right holder's edition
	Languages   []string
	At          time.Time
}

// Shelf is what there is for a reader.
type Shelf struct {
	Standing operation.Standing
	Whole    bool                        // the reader coordinates
	Editions []Head                      // newest first
	Versions []publication.Head          // only for coordination, newest first
	Holders  []organisation.Organisation // right holders that are members; only for coordination
	Embargo  publication.Held            // of the newest version; only for coordination
}

// List gives what was given out and is for the reader.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code) (Shelf, error) {
	var out Shelf
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		out = Shelf{}
		if out.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.EditionRead); err != nil {
			return err
		}
		return s.shelf(tx, &out)
	})
	return out, fault.In(access.EditionRead, err)
}

func (s *Store) shelf(tx *db.Tx, out *Shelf) error {
	st := out.Standing
	out.Whole = st.Side() == access.Coordination
	all, err := IssuedOf(tx, st.Operation.Number)
	if err != nil {
		return err
	}
	var of []int64
	for _, i := range all {
		may, err := mayRead(tx, st, Wanted{Number: i.Number, Kind: i.Kind, Holder: i.Holder})
		if err != nil {
			return err
		}
		if !may {
			continue
		}
		h := Head{Seq: i.Seq, Number: i.Number, Kind: i.Kind, At: i.At, Holder: organisation.Organisation{Number: i.Holder}}
		for lang := range i.Documents {
			h.Languages = append(h.Languages, lang)
		}
		slices.Sort(h.Languages)
		out.Editions = append(out.Editions, h)
		if i.Holder != 0 {
			of = append(of, i.Holder)
		}
	}
	slices.Reverse(out.Editions)
	slices.Sort(of)
	names, err := organisation.These(tx, slices.Compact(of))
	if err != nil {
		return err
	}
	for i, h := range out.Editions {
		out.Editions[i].Holder = names[h.Holder.Number]
	}
	if !out.Whole {
		return nil
	}
	return s.desk(tx, out)
}

// desk adds what coordination gives out next.
func (s *Store) desk(tx *db.Tx, out *Shelf) (err error) {
	op := out.Standing.Operation.Number
	if out.Versions, err = publication.VersionsOf(tx, op); err != nil {
		return err
	}
	members, err := operation.Members(tx, op)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.Membership.Side == access.RightHolderSide {
			out.Holders = append(out.Holders, m.Organisation)
		}
	}
	if len(out.Versions) > 0 {
		out.Embargo, err = s.embargo(tx, out.Standing, out.Versions[0].Number)
	}
	return err
}

// material gathers what an edition is made of, and says which version is the newest.
func (s *Store) material(tx *db.Tx, st operation.Standing, w *Wanted) (Material, error) {
	m := Material{Operation: st.Operation, Organisations: map[int64]organisation.Organisation{}}
	op := st.Operation.Number
	if !slices.Contains(Kinds(), w.Kind) || (w.Kind == publication.Holder) != (w.Holder != 0) {
		return m, fault.Missing()
	}
	var err error
	if m.Version, err = publication.VersionOf(tx, op, w.Number); errors.Is(err, db.ErrNone) {
		return m, fault.Of(fault.NotFound, "edition.no-version")
	} else if err != nil {
		return m, err
	}
	w.Number = m.Version.Number
	if m.Cases, err = publication.CasesOf(tx, op, m.Version); err != nil {
		return m, err
	}
	if m.Clearances, err = publication.ClearancesOf(tx, op, w.Number); err != nil {
		return m, err
	}
	if m.Before, err = IssuedOf(tx, op); err != nil {
		return m, err
	}
	if err := m.names(tx, w.Holder); err != nil {
		return m, err
	}
	for _, i := range m.Before {
		if i.Number == w.Number && i.Kind == w.Kind && i.Holder == w.Holder {
			m.Own, m.Readable = i.Own, i.Readable
			return m, nil
		}
	}
	switch w.Kind {
	case publication.Enforcement:
		m.Readable, err = readable(tx, st, m.Version)
	case publication.Holder:
		m.Own, err = ownOf(tx, st, m, w.Holder)
	}
	return m, err
}

// names are the organisations that an edition speaks of.
func (m *Material) names(tx *db.Tx, also int64) error {
	var of []int64
	for _, b := range m.Version.Basis {
		of = append(of, b.Organisation)
	}
	for _, c := range m.Version.Contributions {
		of = append(of, c.Organisation)
	}
	for _, c := range m.Clearances {
		of = append(of, c.Organisation)
	}
	if also != 0 {
		of = append(of, also)
	}
	slices.Sort(of)
	var err error
	m.Organisations, err = organisation.These(tx, slices.Compact(of))
	return err
}

// ownOf says for whom a right holder's edition is. Its brands are those of the library; a
// right holder that has none there has an edition without figures of its own.
func ownOf(tx *db.Tx, st operation.Standing, m Material, number int64) (*Own, error) {
	members, err := operation.Members(tx, st.Operation.Number)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(members, func(x operation.Member) bool {
		return x.Organisation.Number == number && x.Membership.Side == access.RightHolderSide
	}) {
		return nil, fault.Missing()
	}
	out := &Own{Organisation: number, Name: m.Organisations[number].Name}
	library, err := operation.ByCode(tx, operation.Library)
	if errors.Is(err, db.ErrNone) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	all, err := holder.Brands(tx, library.Number)
	if err != nil {
		return nil, err
	}
	var holders []int64
	for _, b := range all {
		holders = append(holders, b.Organisation)
	}
	slices.Sort(holders)
	sheets, err := product.Shelf(tx, library.Number, slices.Compact(holders))
	if err != nil {
		return nil, err
	}
	own := slices.DeleteFunc(slices.Clone(all), func(b holder.Brand) bool { return b.Organisation != number })
	for _, b := range own {
		out.Brands = append(out.Brands, b.Name)
	}
	out.Names = usage.NamesOf(all, own, sheets).Met(func(yield func(brand, gtin string) bool) {
		for _, c := range m.Cases {
			for _, l := range c.Goods {
				if !yield(l.Brand, l.GTIN) {
					return
				}
			}
		}
	})
	return out, nil
}
