package usage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what administrations and right holders do about what may be known.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// Consent decides for the actor's administration what right holders may know. The same
// again changes nothing.
func (s *Store) Consent(ctx context.Context, who access.Actor, d Consenting) (Consent, error) {
	var made Consent
	err := s.db.Write(ctx, string(operation.Library), func(tx *db.Tx) error {
		st, err := s.administration(tx, who)
		if err != nil {
			return err
		}
		all, err := db.All(tx, selectAll, db.Decoded[Consent], st.Operation.Number)
		if err != nil {
			return err
		}
		old := newest(all)[who.Organisation]
		if made = old; old.Consenting == d {
			return db.Unchanged
		}
		made = Consent{Organisation: who.Organisation, Consenting: d, Author: who.Person, At: st.Now,
			OpeningsSince: since(d.Openings, old.OpeningsSince, st.Now), FiguresSince: since(d.Figures, old.FiguresSince, st.Now)}
		return s.record(tx, st, &made)
	})
	return made, fault.In(access.ProductConsent, err)
}

// administration is how the actor stands as one whose administration decides: who
// coordinates seizes nothing, so it has nothing to let be known.
func (s *Store) administration(tx *db.Tx, who access.Actor) (operation.Standing, error) {
	st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, access.ProductConsent)
	if err == nil && st.Side() != access.Enforcement {
		err = fault.Missing()
	}
	return st, err
}

// since is from when on something holds without a break.
func since(holds bool, before, now time.Time) time.Time {
	switch {
	case !holds:
		return time.Time{}
	case before.IsZero():
		return now
	}
	return before
}

func (s *Store) record(tx *db.Tx, st operation.Standing, c *Consent) error {
	v := audience.Own(c.Organisation).With(access.Coordination)
	aud, err := audience.Intern(tx, st.Operation.Number, v)
	if err != nil {
		return err
	}
	c.Seq, err = s.journal.Append(tx, st.Entry(access.ProductConsent, fmt.Sprint("consent/", c.Organisation), aud),
		journal.Content{After: *c, With: map[string]string{"audience": v.String()}})
	if err == nil {
		_, err = tx.Exec(insert, c.args(st.Operation.Number)...)
	}
	return err
}

// newest gives what holds now, by organisation.
func newest(all []Consent) map[int64]Consent {
	out := map[int64]Consent{}
	for _, c := range all {
		out[c.Organisation] = c
	}
	return out
}

// Decided tells what the actor's administration has decided.
func (s *Store) Decided(ctx context.Context, who access.Actor) (out Decided, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = Decided{}
		if out.Standing, err = s.administration(tx, who); err != nil {
			return err
		}
		all, err := db.All(tx, selectAll, db.Decoded[Consent], out.Standing.Operation.Number)
		if err != nil {
			return err
		}
		out.Now = newest(all)[who.Organisation]
		for _, c := range slices.Backward(all) {
			if c.Organisation != who.Organisation {
				continue
			}
			p, err := person.One(tx, person.ID(c.Author))
			if err != nil {
				return err
			}
			out.History = append(out.History, Entry{c, p.Name})
		}
		return nil
	})
	return out, fault.In(access.ProductConsent, err)
}

// View tells a right holder's side what it may know of the sheets and brands of those
// for whom the actor acts.
func (s *Store) View(ctx context.Context, who access.Actor) (out View, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = View{}
		if out.Standing, err = operation.Enter(tx, s.source.Now(), who, operation.Library, access.ProductUsage); err != nil {
			return err
		}
		acting, err := holder.For(tx, out.Standing)
		if err != nil {
			return err
		}
		consents, err := db.All(tx, selectAll, db.Decoded[Consent], out.Standing.Operation.Number)
		if err != nil {
			return err
		}
		all, err := product.Shelf(tx, out.Standing.Operation.Number, holder.Numbers(acting))
		if err != nil {
			return err
		}
		out.Sheets = slices.DeleteFunc(all, func(p product.Shelved) bool { return !covers(acting, p.Organisation, p.Sheet.Brand) })
		if err := out.openings(tx, newest(consents)); err != nil {
			return err
		}
		return out.figures(tx, acting, consents)
	})
	return out, fault.In(access.ProductUsage, err)
}

func covers(acting []holder.Acting, of int64, brand holder.BrandID) bool {
	return slices.ContainsFunc(acting, func(a holder.Acting) bool { return a.Holder.Number == of && a.Covers(brand) })
}

// openings adds who opened what, as far as they let it be known.
func (v *View) openings(tx *db.Tx, consents map[int64]Consent) error {
	var sheets, may db.List
	for _, p := range v.Sheets {
		sheets = append(sheets, p.Seq)
	}
	for _, c := range consents {
		if c.Openings {
			may = append(may, c.Organisation)
		}
	}
	library := v.Standing.Operation.Number
	days, err := reading.Days(tx, library, reading.Product, sheets, may)
	if err != nil {
		return err
	}
	weeks := map[Opening]int64{}
	for _, d := range days {
		if !d.First.Before(consents[d.Organisation].OpeningsSince) {
			weeks[Opening{Sheet: d.Record, Week: monday(d.Day), Organisation: d.Organisation}] += d.People
		}
	}
	for o, n := range weeks {
		o.Times = n
		v.Openings = append(v.Openings, o)
	}
	slices.SortFunc(v.Openings, func(a, b Opening) int {
		return cmp.Or(cmp.Compare(b.Week, a.Week), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Organisation, b.Organisation))
	})
	if err := v.covert(tx, sheets, consents); err != nil {
		return err
	}
	var of []int64
	for _, o := range v.Openings {
		of = append(of, o.Organisation)
	}
	for _, c := range v.Covert {
		if c.Organisation > 0 {
			of = append(of, c.Organisation)
		}
	}
	slices.Sort(of)
	v.Organisations, err = organisation.These(tx, slices.Compact(of))
	return err
}

func monday(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7).Format(time.DateOnly)
}

func (v *View) covert(tx *db.Tx, sheets db.List, consents map[int64]Consent) error {
	days, err := inspection.Days(tx, v.Standing.Operation.Number, sheets)
	sums := map[Covert]int64{}
	for _, d := range days {
		k := Covert{Sheet: d.Product, Day: d.Day}
		if c := consents[d.Organisation]; c.Openings && d.Day >= c.OpeningsSince.UTC().Format(time.DateOnly) {
			k.Organisation = d.Organisation
		}
		sums[k] += d.Openings
	}
	for k, n := range sums {
		k.Times = n
		v.Covert = append(v.Covert, k)
	}
	slices.SortFunc(v.Covert, func(a, b Covert) int {
		return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(b.Organisation, a.Organisation))
	})
	return err
}

// figures counts cases of all operations, of administrations that let it be.
func (v *View) figures(tx *db.Tx, acting []holder.Acting, history []Consent) error {
	library := v.Standing.Operation.Number
	all, err := holder.Brands(tx, library)
	if err != nil {
		return err
	}
	var holders []int64
	for _, b := range all {
		holders = append(holders, b.Organisation)
	}
	slices.Sort(holders)
	sheets, err := product.Shelf(tx, library, slices.Compact(holders))
	if err != nil {
		return err
	}
	own := slices.DeleteFunc(slices.Clone(all), func(b holder.Brand) bool { return !covers(acting, b.Organisation, b.ID) })
	t := table{names: claims(all, own, sheets), consents: newest(history), history: history, open: map[string]bool{}, cells: map[cell]*sum{},
		units: map[cell]map[string]*sum{}, gone: map[cell]bool{}}
	months := closedMonths(v.Standing.Now)
	for _, m := range months {
		t.open[m] = true
	}
	var ever db.List
	for organisation := range t.consents {
		ever = append(ever, organisation)
	}
	slices.Sort(ever)
	operations, err := operation.Codes(tx)
	if err != nil {
		return err
	}
	for _, o := range operations {
		full, err := operation.ByNumber(tx, o.Number)
		if err != nil {
			return err
		}
		if full.Kind != operation.KindOperation {
			continue
		}
		if err := seizure.EachShared(tx, o.Number, ever, months[len(months)-1]+"-01", months[0]+"-31", t.take); err != nil {
			return err
		}
	}
	v.Figures = t.figures(own)
	return nil
}
