package lesson

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// meet is an audience of those who belong to all of some audiences. What they share by
// side or by operation stays so, for whoever joins later; who belongs to all of them
// otherwise is named as an organisation. may tells that of a member as things stand.
//
// It is never wider than the audiences, and may become narrower than they are: who
// joins two operations later, each of which one sheet names, reads the lesson once it is
// published again. The other way round is told apart at each reading: see may.
func meet(all []audience.Value, members []operation.Member, may func(organisation int64) bool) audience.Value {
	var v audience.Value
	for _, side := range access.Sides() {
		if !slices.ContainsFunc(all, func(o audience.Value) bool { return !slices.Contains(o.Sides, side) }) {
			v.Sides = append(v.Sides, side)
		}
	}
	for _, op := range all[0].Operations {
		if !slices.ContainsFunc(all, func(o audience.Value) bool { return !holds(o, op) }) {
			v.Operations = append(v.Operations, op)
		}
	}
	for _, o := range all[1:] { // what the first holds by its sides, another may name by an operation
		for _, op := range o.Operations {
			if !slices.ContainsFunc(all, func(o audience.Value) bool { return !holds(o, op) }) {
				v.Operations = append(v.Operations, op)
			}
		}
	}
	for _, m := range members {
		if !slices.Contains(v.Sides, m.Membership.Side) && may(m.Membership.Organisation) {
			v.Organisations = append(v.Organisations, m.Membership.Organisation)
		}
	}
	return v.With()
}

// holds tells whether whoever coordinates or enforces in an operation belongs to an audience.
func holds(v audience.Value, op int64) bool {
	return slices.Contains(v.Operations, op) || slices.Contains(v.Sides, access.Coordination) && slices.Contains(v.Sides, access.Enforcement)
}

// readers is the audience of a lesson on some sheets of one holder.
func readers(tx *db.Tx, op, holder int64, sheets []product.Sheet) (audience.Value, error) {
	var all []audience.Value
	for _, s := range sheets {
		v, err := audience.Of(tx, op, s.Audience)
		if err != nil {
			return v, err
		}
		all = append(all, v)
	}
	members, err := operation.Members(tx, op)
	if err != nil {
		return audience.Value{}, err
	}
	open := map[int64]bool{holder: true}
	for _, m := range members {
		list, err := audience.Open(tx, op, m.Membership.Organisation)
		if err != nil {
			return audience.Value{}, err
		}
		if !slices.ContainsFunc(sheets, func(s product.Sheet) bool { return !slices.Contains(list, s.Audience) }) {
			open[m.Membership.Organisation] = true
		}
	}
	v := meet(all, members, func(o int64) bool { return open[o] })
	v.Organisations = append(v.Organisations, holder) // its own side, whatever becomes of its membership
	return v.With(), nil
}
