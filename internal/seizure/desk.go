package seizure

import (
	"context"
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Desk is what a reporter wants to know before writing a case.
type Desk struct {
	Standing operation.Standing
	State    string          // that a report would have: Released, or Reported until the contact point acts
	Reach    operation.Reach // who will see it at once
	Later    operation.Reach // who will see it once it is released; equal to Reach when State is Released
	Last     *Case           // the newest case of the same author, to carry place and route over; nil: none
}

// Prepare tells a reporter where a report would go, and what was reported last.
func (s *Store) Prepare(ctx context.Context, who access.Actor, code operation.Code) (Desk, error) {
	var d Desk
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if d.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.SeizureReport); err != nil {
			return err
		}
		d.State = stateFor(d.Standing)
		if d.Later, err = reachIn(tx, d.Standing, Released); err != nil {
			return err
		}
		if d.Reach = d.Later; d.State != Released {
			if d.Reach, err = reachIn(tx, d.Standing, d.State); err != nil {
				return err
			}
		}
		last, err := db.One(tx, selectLast, scanCase, d.Standing.Operation.Number, who.Organisation, who.Person)
		if errors.Is(err, db.ErrNone) {
			return nil
		}
		d.Last = &last
		return err
	})
	if err != nil {
		return Desk{}, fault.In(access.SeizureReport, err)
	}
	return d, nil
}

// reachIn tells whom a case of the actor's organisation reaches in a state.
func reachIn(tx *db.Tx, st operation.Standing, state string) (operation.Reach, error) {
	orgs, err := audience.Preview(tx, st.Operation.Number, audienceIn(state, st.Who.Organisation), st.Now)
	if err != nil {
		return operation.Reach{}, err
	}
	return operation.ReachOf(tx, st.Operation.Number, orgs, access.SeizureRead, st.Now)
}

// Preview is a draft as it would be reported now.
type Preview struct {
	Desk
	Draft Draft  // in normal form
	Class string // that the case would have once it is released
	Scope bool   // all goods lie within the operation's scope
}

// Preview checks a draft and tells where its report would go and whether it
// would count, before anything is written.
func (s *Store) Preview(ctx context.Context, who access.Actor, code operation.Code, d Draft) (Preview, error) {
	desk, err := s.Prepare(ctx, who, code)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Desk: desk, Scope: true}
	if p.Draft, err = d.Check(s.latest()); err != nil {
		return p, fault.In(access.SeizureReport, err)
	}
	o := desk.Standing.Operation
	p.Class = Case{Draft: p.Draft, State: Released}.ClassIn(o)
	for _, l := range p.Draft.Goods {
		if scope := o.Scope.Categories; len(scope) > 0 && !slices.Contains(scope, l.Category) {
			p.Scope = false
		}
	}
	return p, nil
}
