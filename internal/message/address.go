package message

import (
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// sides says on which side each member stands now.
type sides map[int64]access.Side

// sidesOf reads the members' sides where a draft asks for them: what is for whole
// sides and answers nothing does not.
func sidesOf(tx *db.Tx, st operation.Standing, d Draft) (sides, error) {
	if d.Answers == 0 && len(d.To.Organisations) == 0 && len(d.To.Regions) == 0 {
		return nil, nil
	}
	return audience.Sides(tx, st.Operation.Number, st.Now)
}

// controls tells whether organisations of a side control goods: these warn, and
// say what became of a warning. Right holders and observers write, but not this.
func controls(side access.Side) bool {
	return side == access.Coordination || side == access.Enforcement
}

// mayName tells whether a writer may name an organisation. Who may not know the
// members names only its own, whom it answers, and the bodies that coordinate:
// otherwise naming would find out who takes part.
func mayName(st operation.Standing, members sides, parent, n int64) bool {
	side, member := members[n]
	return member && (known(st) || n == st.Who.Organisation || n == parent || side == access.Coordination)
}

// room is where a draft will stand: who may read it, and what it answers.
type room struct {
	audience audience.Value
	asked    audience.Value // of a warning
	parent   Message        // zero for what begins a thread
}

// values are the audiences of a message as the journal keeps them.
func (r room) values(m Message) map[string]string {
	with := map[string]string{"audience": r.audience.String()}
	if m.Asked != 0 {
		with["asked"] = r.asked.String()
	}
	return with
}

// place decides who may read a draft. What is answered must be readable.
func place(tx *db.Tx, st operation.Standing, d Draft) (room, error) {
	if d.Template != General && !controls(st.Side()) {
		return room{}, fault.At("template", "message.template-of-authorities")
	}
	members, err := sidesOf(tx, st, d)
	if err != nil {
		return room{}, err
	}
	if d.Answers == 0 {
		there, err := inRegions(tx, st, members, d.To.Regions)
		if err != nil {
			return room{}, err
		}
		d.To.Organisations = append(slices.Clone(d.To.Organisations), there...)
		return begin(st, members, d)
	}
	if len(d.To.Regions) > 0 {
		return room{}, fault.At("to", "message.to-wider")
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return room{}, err
	}
	r := room{}
	if r.parent, err = one(tx, st.Operation.Number, readable, d.Answers); err != nil {
		if errors.Is(err, db.ErrNone) {
			return r, fault.Missing()
		}
		return r, err
	}
	if d.Template == Feedback && r.parent.Template != Warning {
		return r, fault.At("answers", "message.feedback-of-warning")
	}
	above, err := audience.Of(tx, st.Operation.Number, r.parent.Audience)
	if err != nil {
		return r, err
	}
	r.audience, err = below(above, r.parent.Organisation, st, members, d)
	return r, err
}

// begin is the place of a message that begins a thread.
func begin(st operation.Standing, members sides, d Draft) (room, error) {
	for _, n := range d.To.Organisations {
		if !mayName(st, members, 0, n) {
			return room{}, fault.At("to", "message.to-unknown")
		}
	}
	r := room{audience: d.To.Value(st.Who.Organisation)}
	if d.Template != Warning {
		return r, nil
	}
	for _, side := range d.To.Sides {
		if controls(side) {
			r.asked.Sides = append(r.asked.Sides, side)
		}
	}
	for _, n := range d.To.Organisations {
		if n != st.Who.Organisation && controls(members[n]) {
			r.asked.Organisations = append(r.asked.Organisations, n)
		}
	}
	if st.Apart() && slices.Contains(r.asked.Sides, st.Membership.Side) { // who leads a practice warns the own people, too
		r.asked.Organisations = append(r.asked.Organisations, st.Who.Organisation)
	}
	if len(r.asked.Sides)+len(r.asked.Organisations) == 0 {
		return r, fault.At("to", "message.to-nobody-answers")
	}
	return r, nil
}

// below is the audience of an answer to a message of organisation parent whose
// audience is above. Left empty, it is the same one with the answering
// organisation put in; the parent's is taken out where its side reads anyway, or
// a long thread would make an audience for every order of its speakers.
// Otherwise it narrows: it holds nobody who does not read what is answered
// (coordination, for a feedback, excepted), and always whom it answers.
func below(above audience.Value, parent int64, st operation.Standing, members sides, d Draft) (audience.Value, error) {
	own := st.Who.Organisation
	if d.To.Empty() {
		v := audience.Value{Sides: above.Sides}
		for _, n := range above.Organisations {
			if n != parent || !slices.Contains(above.Sides, members[n]) {
				v.Organisations = append(v.Organisations, n)
			}
		}
		v.Organisations = append(v.Organisations, own)
		return v, nil
	}
	for _, side := range d.To.Sides {
		ledger := d.Template == Feedback && side == access.Coordination
		if !ledger && !slices.Contains(above.Sides, side) {
			return above, fault.At("to", "message.to-wider")
		}
	}
	for _, n := range d.To.Organisations {
		if !mayName(st, members, parent, n) || !above.Has(n, members[n]) {
			return above, fault.At("to", "message.to-wider")
		}
	}
	v := audience.Value{Sides: slices.Clone(d.To.Sides), Organisations: append(slices.Clone(d.To.Organisations), own, parent)}
	if !d.To.Apart && slices.Contains(above.Sides, access.Coordination) {
		v.Sides = append(v.Sides, access.Coordination)
	}
	return v, nil
}

// Addressed is the audience of another record whose writer addresses it as one
// addresses a message that begins a thread: the same choices, the same refusals, at
// the fields to and apart. It gives the address as it is stored.
func Addressed(tx *db.Tx, st operation.Standing, to audience.Address) (audience.Address, audience.Value, error) {
	d := Draft{Template: General, To: to}
	var p fault.Problems
	if d.checkTo(&p); p.Fault() != nil {
		return to, audience.Value{}, p.Fault()
	}
	r, err := place(tx, st, d)
	return d.To, r.audience, err
}

// Conceal takes out of an address the organisations and regions that it names, for
// readers who may not know the members.
func Conceal(st operation.Standing, to audience.Address) audience.Address {
	if known(st) {
		return to
	}
	to.Regions = nil
	to.Organisations = slices.DeleteFunc(slices.Clone(to.Organisations), func(n int64) bool { return n != st.Who.Organisation })
	return to
}
