package product

import (
	"errors"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// canonical leaves the value itself as it is.
func (t To) canonical() To {
	countries := []string{}
	for _, c := range t.Countries {
		countries = append(countries, strings.ToUpper(strings.TrimSpace(c)))
	}
	operations := slices.Clone(t.Operations)
	slices.Sort(countries)
	slices.Sort(operations)
	t.Countries, t.Operations = slices.Compact(countries), slices.Compact(operations)
	if len(t.Countries) == 0 {
		t.Countries = nil
	}
	if len(t.Operations) == 0 {
		t.Operations = nil
	}
	return t
}

// value is the audience of something that a right holder addresses; coordination
// reads along. It never tells whether a country has an administration here: one that
// joins later on reads what is for its country only once it is published again. What
// is wrong is noted at the path to.
func (t To) value(tx *db.Tx, st operation.Standing, of int64, p *fault.Problems) (audience.Value, error) {
	to := audience.Address{}
	switch {
	case t.All:
		to.Sides = []access.Side{access.Enforcement}
	case len(t.Countries)+len(t.Operations) == 0:
		p.Add("to", "product.to-nobody")
	}
	members, err := operation.Members(tx, st.Operation.Number)
	if err != nil {
		return audience.Value{}, err
	}
	for _, c := range t.Countries {
		if !codelist.Country.Has(c) {
			p.Add("to", "fault.unknown-code")
		}
		for _, m := range members {
			if m.Membership.State == operation.Accepted && m.Membership.Side == access.Enforcement && m.Organisation.Country == c {
				to.Organisations = append(to.Organisations, m.Organisation.Number)
			}
		}
	}
	for _, code := range t.Operations {
		n, err := takingPart(tx, code, of, st.Who.Organisation)
		if err != nil {
			return audience.Value{}, err
		}
		if n == 0 {
			p.Add("to", "product.to-operation")
			continue
		}
		to.Operations = append(to.Operations, n)
	}
	v := to.Value(of)
	v.Sides = append(v.Sides, access.Coordination)
	return v.With(), nil
}

// within refuses what goes further than a mandate for some countries: what is for all
// customs, for an operation, or for other countries.
func (t To) within(a holder.Acting, p *fault.Problems) {
	if len(a.Countries) == 0 {
		return
	}
	if t.All || len(t.Operations) > 0 || slices.ContainsFunc(t.Countries, func(c string) bool { return !a.In(c) }) {
		p.Add("to", "protection.not-mandated")
	}
}

// takingPart gives the number of a real operation in which one of two organisations takes
// part; 0: there is none, or neither does.
func takingPart(tx *db.Tx, code operation.Code, holder, writer int64) (int64, error) {
	o, err := operation.ByCode(tx, code)
	if errors.Is(err, db.ErrNone) || err == nil && o.Kind != operation.KindOperation {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	for _, org := range []int64{holder, writer} {
		if in, err := operation.Takes(tx, o.Number, org); err != nil || in {
			return o.Number, err
		}
	}
	return 0, nil
}
