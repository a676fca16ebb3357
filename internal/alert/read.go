package alert

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Read opens an alert.
func (s *Store) Read(ctx context.Context, who access.Actor, n Name) (out Opened, err error) {
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		a, _, err := find(tx, st, n)
		if err != nil {
			return err
		}
		out, err = opened(tx, st, a)
		return err
	})
	return out, err
}

func opened(tx *db.Tx, st operation.Standing, a Alert) (Opened, error) {
	out := Opened{Standing: st, MayWithdraw: st.May(access.AlertWithdraw) && a.Withdrawn.At.IsZero()}
	one, err := items(tx, st, []Alert{a})
	if err != nil {
		return out, err
	}
	out.Item = one[0]
	files, err := attachment.Of(tx, st.Operation.Number, db.List{a.Audience}, db.List{a.Seq})
	if err != nil {
		return out, err
	}
	out.Files = files[a.Seq]
	if err := out.people(tx); err != nil {
		return out, err
	}
	if err := out.places(tx); err != nil {
		return out, err
	}
	if st.Side() == access.Coordination {
		out.MayRemind = st.May(access.AlertRemind) && out.InForce
		out.Account, err = account(tx, st, a)
	}
	return out, err
}

// people puts in the names that the reader may know.
func (o *Opened) people(tx *db.Tx) error {
	own, err := acknowledgedBy(tx, o.Standing.Operation.Number, o.Standing.Who.Organisation, db.List{o.Seq})
	if err != nil {
		return err
	}
	names, err := person.These(tx, []string{o.Author, own[o.Seq].Person})
	if o.Mine || o.Standing.Side() == access.Coordination {
		o.By = names[o.Author].Name
	}
	o.AckBy = names[own[o.Seq].Person].Name
	return err
}

// places puts in the operations that the alert is for and where it may become a
// warning. An operation in which its reader does not stand is not named, but to
// whoever named it.
func (o *Opened) places(tx *db.Tx) error {
	all, err := operation.Everywhere(tx, o.Standing.Now, o.Standing.Who, operation.KindOperation)
	if err != nil {
		return err
	}
	for _, st := range all {
		p := Place{st.Operation.Code, st.Operation.Name}
		if st.May(access.MessageSend) && o.InForce && st.Side() != access.RightHolderSide && st.Side() != access.ObserverSide {
			o.Warn = append(o.Warn, p)
		}
		if !o.Mine && slices.Contains(o.To.Operations, st.Operation.Number) {
			o.Named = append(o.Named, p)
		}
	}
	if !o.Mine {
		return nil
	}
	for _, n := range o.To.Operations {
		if !named(o.Alert, o.Standing, all, n) {
			continue
		}
		named, err := operation.ByNumber(tx, n)
		if err != nil {
			return err
		}
		o.Named = append(o.Named, Place{named.Code, named.Name})
	}
	return nil
}

// named tells whether a reader of the originator's side is told of an operation: it
// stands there, or named it. Where its principal, or who acts for it, takes part
// beside, it need not know.
func named(a Alert, st operation.Standing, all []operation.Standing, op int64) bool {
	return a.Author == st.Who.Person || slices.ContainsFunc(all, func(o operation.Standing) bool { return o.Operation.Number == op })
}

func account(tx *db.Tx, st operation.Standing, a Alert) (*Account, error) {
	op := st.Operation.Number
	missing, told, err := Missing(tx, op, a, st.Now)
	if err != nil {
		return nil, err
	}
	out := &Account{Told: told}
	last, err := reminded(tx, op, a.Seq)
	if err != nil {
		return nil, err
	}
	out.Reminded = last.At
	sides, err := audience.Sides(tx, op, st.Now)
	if err != nil {
		return nil, err
	}
	acks, err := db.All(tx, selectAcks, scanAck, op, a.Seq)
	if err != nil {
		return nil, err
	}
	var people []string
	var of []int64
	for _, k := range acks {
		people, of = append(people, k.Person), append(of, k.Organisation)
	}
	bodies, err := organisation.These(tx, slices.Concat(of, missing))
	if err != nil {
		return nil, err
	}
	names, err := person.These(tx, people)
	for _, k := range acks {
		if sides[k.Organisation] == access.Enforcement {
			out.Done = append(out.Done, Done{bodies[k.Organisation], names[k.Person].Name, k.At})
		}
	}
	for _, n := range missing {
		out.Missing = append(out.Missing, bodies[n])
	}
	slices.SortFunc(out.Missing, func(x, y organisation.Organisation) int { return cmp.Compare(x.Name, y.Name) })
	return out, err
}

// Choices is what the form of a new alert offers.
type Choices struct {
	Standing operation.Standing
	Today    string
	Holders  []Choice
	Own      bool // coordination: in its own name
	Places   []Place
}

// Choice is a right holder in whose name the actor may write, with its brands.
type Choice struct {
	Of     organisation.Organisation
	Any    bool // without a brand, too
	Vetted bool
	Brands []holder.Brand
}

// Issuing gives what the form of a new alert needs.
func (s *Store) Issuing(ctx context.Context, who access.Actor) (out Choices, err error) {
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		if !st.May(access.AlertIssue) {
			return fault.Missing()
		}
		out = Choices{Standing: st, Today: st.Today(), Own: st.Side() != access.RightHolderSide}
		all, err := operation.Everywhere(tx, st.Now, who, operation.KindOperation)
		if err != nil {
			return err
		}
		for _, o := range all {
			out.Places = append(out.Places, Place{o.Operation.Code, o.Operation.Name})
		}
		return out.holders(tx, st)
	})
	return out, err
}

func (c *Choices) holders(tx *db.Tx, st operation.Standing) error {
	acting, err := holder.For(tx, st)
	if err != nil {
		return err
	}
	for _, a := range acting {
		choice := Choice{Of: a.Holder, Any: a.Covers(""), Vetted: a.Vetted}
		brands, err := holder.BrandsOf(tx, st.Operation.Number, []int64{a.Holder.Number})
		if err != nil {
			return err
		}
		for _, b := range brands {
			if a.Covers(b.ID) {
				choice.Brands = append(choice.Brands, b)
			}
		}
		c.Holders = append(c.Holders, choice)
	}
	if !c.Own {
		return nil
	}
	brands, err := holder.Brands(tx, st.Operation.Number)
	for _, b := range brands {
		i := slices.IndexFunc(c.Holders, func(h Choice) bool { return h.Of.Number == b.Organisation })
		if i < 0 {
			of, err := organisation.One(tx, b.Organisation)
			if err != nil && !errors.Is(err, db.ErrNone) {
				return err
			}
			i, c.Holders = len(c.Holders), append(c.Holders, Choice{Of: of, Vetted: true})
		}
		c.Holders[i].Brands = append(c.Holders[i].Brands, b)
	}
	return err
}
