package alert

import (
	"context"
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

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
		all, err := operation.Everywhere(tx, st.Now, who)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Operation.Kind == operation.KindOperation {
				out.Places = append(out.Places, Place{o.Operation.Code, o.Operation.Name})
			}
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
