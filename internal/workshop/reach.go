package workshop

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
)

// circle is who reads a workshop, with the side on which each member stands.
type circle struct {
	host  int64
	value audience.Value
	sides map[int64]access.Side
}

func circleOf(tx *db.Tx, st operation.Standing, w Workshop) (c circle, err error) {
	c.host = w.Organisation
	if c.value, err = audience.Of(tx, st.Operation.Number, w.Audience); err == nil {
		c.sides, err = audience.Sides(tx, st.Operation.Number, st.Now)
	}
	return c, err
}

// has tells whether a member reads the workshop.
func (c circle) has(org int64) bool {
	side, member := c.sides[org]
	return member && c.value.Has(org, side)
}

// customs tells whether an organisation controls goods, or coordinates who does.
func (c circle) customs(org int64) bool {
	return c.sides[org] == access.Enforcement || c.sides[org] == access.Coordination
}

// apart is the workshop's audience without right holders and observers, but for those
// named.
func (c circle) apart(but ...int64) audience.Value {
	v := audience.Value{Organisations: append(slices.Clone(but), c.host)}
	for _, side := range c.value.Sides {
		if side == access.Enforcement || side == access.Coordination {
			v.Sides = append(v.Sides, side)
		}
	}
	for _, n := range c.value.Organisations {
		if c.customs(n) {
			v.Organisations = append(v.Organisations, n)
		}
	}
	return v.With()
}

// both is who reads one thing and the other.
func (c circle) both(a, b audience.Value) audience.Value {
	var out audience.Value
	for _, side := range access.Sides() {
		if slices.Contains(a.Sides, side) && slices.Contains(b.Sides, side) {
			out.Sides = append(out.Sides, side)
		}
	}
	for _, n := range slices.Concat(a.Organisations, b.Organisations) {
		if side, member := c.sides[n]; member && !slices.Contains(out.Sides, side) && a.Has(n, side) && b.Has(n, side) {
			out.Organisations = append(out.Organisations, n)
		}
	}
	return out.With()
}

// of is who reads a session with those speakers: where one comes from a right holder,
// no other right holder and nobody who only observes does. Two right holders do not
// speak in one session, because each would hear what the other says.
func (c circle) of(speakers []Speaker) (v audience.Value, narrowed bool, err error) {
	var holders, others []int64
	for _, s := range speakers {
		if s.Organisation != 0 && !c.has(s.Organisation) {
			return v, false, fault.At("speakers", "workshop.speaker-reads-not")
		}
		if c.sides[s.Organisation] == access.RightHolderSide || s.Organisation == 0 && s.Function == SpeakerHolder {
			holders = append(holders, s.Organisation)
		} else if s.Organisation != 0 {
			others = append(others, s.Organisation)
		}
	}
	slices.Sort(holders)
	switch holders = slices.Compact(holders); {
	case len(holders) == 0:
		return c.value, false, nil
	case len(holders) > 1:
		return v, false, fault.At("speakers", "workshop.rivals")
	case holders[0] == 0: // who takes no part reads nothing
		return c.apart(others...), true, nil
	}
	return c.apart(append(others, holders[0])...), true, nil
}

// number is an audience of the workshop's operation by its number.
func number(tx *db.Tx, op int64, w Workshop, v audience.Value, narrowed bool) (int64, error) {
	if !narrowed {
		return w.Audience, nil
	}
	return audience.Intern(tx, op, v)
}

// follow holds what hangs on a workshop against what it becomes: sessions lie within
// its days, speakers and whoever was nominated still read it; who reads sessions and
// materials is settled anew.
func (s *Store) follow(tx *db.Tx, st operation.Standing, before, w Workshop) error {
	c, err := circleOf(tx, st, w)
	if err != nil {
		return err
	}
	all, err := agenda(tx, st.Operation.Number, w.Seq)
	if err != nil {
		return err
	}
	for _, x := range all {
		var p fault.Problems
		if w.hours(&p, x.Starts, x.Ends); x.On() && p.Fault() != nil {
			return fault.At("starts", "workshop.sessions-outside")
		}
	}
	if before.Audience == w.Audience {
		return nil
	}
	people, err := participant.All(tx, st.Operation.Number, w.Seq)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.Active() && !c.has(p.Organisation) {
			return fault.At("to", "workshop.nominated-there")
		}
	}
	for _, x := range all {
		if err := s.resettle(tx, st, w, c, x); err != nil {
			return err
		}
	}
	return s.resupply(tx, st, w, c)
}

// resettle gives a session the audience that it has in a workshop for others.
func (s *Store) resettle(tx *db.Tx, st operation.Standing, w Workshop, c circle, x Session) error {
	v, narrowed, err := c.of(x.Speakers)
	if err != nil {
		if !x.On() { // what does not take place keeps its few readers
			return nil
		}
		return fault.At("to", "workshop.speaker-reads-not")
	}
	next := x
	if next.Audience, err = number(tx, st.Operation.Number, w, v, narrowed); err != nil || next.Audience == x.Audience {
		return err
	}
	_, err = s.keepSession(tx, st, x, next)
	return err
}
