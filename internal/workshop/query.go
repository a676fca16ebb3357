package workshop

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Host tells whether the actor stands as the host of a workshop: it may amend
// workshops, and its organisation is the host or stands on the side of coordination.
func Host(st operation.Standing, w Workshop) bool {
	return st.May(access.WorkshopAmend) && (st.Who.Organisation == w.Organisation || st.Side() == access.Coordination)
}

// read is the frame of the queries of one operation.
func (s *Store) read(ctx context.Context, who access.Actor, code operation.Code, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.WorkshopRead)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.WorkshopRead, err)
	}
	return nil
}

// List gives the workshops of an operation that the actor may read, the latest first.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code) (out Page, err error) {
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		out = Page{Standing: st, MayPlan: st.May(access.WorkshopPlan), Kinds: kinds(st)}
		all, err := All(tx, st)
		if err == nil {
			out.Items, err = items(tx, st, all)
		}
		return err
	})
	if err != nil {
		return Page{}, err
	}
	return out, nil
}

// kinds are those of workshop that the actor may plan.
func kinds(st operation.Standing) []string {
	switch {
	case !st.May(access.WorkshopPlan):
		return nil
	case st.Side() == access.Coordination:
		return []string{TrainTheTrainer, FollowUp, Debriefing, National}
	}
	return []string{National}
}

// Everywhere gives the workshops of all operations that the actor may enter, but for
// practices; the latest first.
func (s *Store) Everywhere(ctx context.Context, who access.Actor) (out []Item, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		stands, err := s.stands(tx, who)
		if err != nil {
			return err
		}
		for _, st := range stands {
			all, err := All(tx, st)
			if err != nil {
				return err
			}
			here, err := items(tx, st, all)
			if err != nil {
				return err
			}
			out = append(out, here...)
		}
		slices.SortStableFunc(out, func(a, b Item) int { return strings.Compare(b.Starts, a.Starts) })
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", access.WorkshopRead, err)
	}
	return out, nil
}

// stands are the operations in which the actor may read workshops; none is a practice.
func (s *Store) stands(tx *db.Tx, who access.Actor) ([]operation.Standing, error) {
	if !who.Known() {
		return nil, fault.Missing()
	}
	all, err := operation.Everywhere(tx, s.source.Now(), who, operation.KindOperation)
	return slices.DeleteFunc(all, func(st operation.Standing) bool {
		return !st.May(access.WorkshopRead)
	}), err
}

// Locate tells in which operation a workshop is that the actor may read; Missing:
// there is none.
func (s *Store) Locate(ctx context.Context, who access.Actor, id ID) (code operation.Code, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		holding, err := db.All(tx, selectHolding, db.Int64, string(id))
		if err != nil {
			return err
		}
		stands, err := s.stands(tx, who)
		if err != nil {
			return err
		}
		for _, st := range stands {
			if !slices.Contains(holding, st.Operation.Number) {
				continue
			}
			_, err := Find(tx, st, id)
			if err == nil {
				code = st.Operation.Code
			}
			if err == nil || !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		return fault.Missing()
	})
	if err != nil {
		return "", fmt.Errorf("%s: %w", access.WorkshopRead, err)
	}
	return code, nil
}

// items are workshops as the actor may know them.
func items(tx *db.Tx, st operation.Standing, all []Workshop) ([]Item, error) {
	if len(all) == 0 {
		return nil, nil
	}
	op := st.Operation.Number
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	sessions := map[int64]int64{}
	if _, err := db.All(tx, countSessions, func(row db.Scanner) (n int64, err error) {
		var of int64
		err = row.Scan(&of, &n)
		sessions[of] = n
		return n, err
	}, op, readable); err != nil {
		return nil, err
	}
	own, err := participant.Own(tx, op, st.Who.Organisation)
	if err != nil {
		return nil, err
	}
	places, err := participant.AllPlaces(tx, op)
	if err != nil {
		return nil, err
	}
	var hosts []int64
	for _, w := range all {
		hosts = append(hosts, w.Organisation)
	}
	slices.Sort(hosts)
	by, err := organisation.These(tx, slices.Compact(hosts))
	var out []Item
	for _, w := range all {
		i := Item{Workshop: concealed(st, w), Operation: st.Operation, Host: by[w.Organisation], Sessions: sessions[w.Seq], Hosts: Host(st, w)}
		mine := of(own, func(p participant.Participant) int64 { return p.Workshop }, w.Seq)
		i.Own = participant.TallyOf(of(places, func(p participant.Places) int64 { return p.Workshop }, w.Seq), mine, st.Who.Organisation)
		i.Mine = participant.StateOf(mine, person.ID(st.Who.Person))
		out = append(out, i)
	}
	return out, err
}

// concealed is a workshop without the organisations that its address names, for who
// may not know the members.
func concealed(st operation.Standing, w Workshop) Workshop {
	w.To = message.Conceal(st, w.To)
	return w
}

func of[T any](all []T, workshop func(T) int64, seq int64) []T {
	var out []T
	for _, x := range all {
		if workshop(x) == seq {
			out = append(out, x)
		}
	}
	return out
}

// Read opens one workshop.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, id ID) (out Opened, err error) {
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		w, err := Find(tx, st, id)
		if err != nil {
			return err
		}
		out, err = opened(tx, st, w)
		return err
	})
	if err != nil {
		return Opened{}, err
	}
	return out, nil
}

func opened(tx *db.Tx, st operation.Standing, w Workshop) (Opened, error) {
	out := Opened{Standing: st, Today: w.Day(st.Now), ReadsAll: st.Side() == access.Coordination || st.Who.Organisation == w.Organisation}
	one, err := items(tx, st, []Workshop{w})
	if err != nil {
		return out, err
	}
	out.Item = one[0]
	out.may(st, w)
	if err := out.agenda(tx, st, w); err != nil {
		return out, err
	}
	if err := out.people(tx, st, w); err != nil {
		return out, err
	}
	out.Materials, err = Materials(tx, st, w)
	return out, err
}

// may puts in what the actor may do now.
func (o *Opened) may(st operation.Standing, w Workshop) {
	stands := w.State != Cancelled
	o.MayAmend = o.Hosts && stands
	o.MayCall = o.Hosts && w.State == Planned && !w.Over(st.Now) && st.May(access.WorkshopInvite)
	o.MayCancel = o.Hosts && stands && !w.Over(st.Now) && st.May(access.WorkshopCancel)
	o.MayConfirm = o.Hosts && stands && st.May(access.WorkshopConfirm)
	o.MayDecline = o.MayConfirm && !w.Over(st.Now)
	o.MaySupply = o.Hosts && stands && st.May(access.WorkshopSupply)
	o.MayNominate = st.May(access.WorkshopNominate) && w.Nominates(st.Now) && (!o.Own.Counted || o.Own.Left > 0)
	o.MayWithdraw = st.May(access.WorkshopNominate) && stands && !w.Over(st.Now)
}

// agenda puts in the sessions that the actor may read.
func (o *Opened) agenda(tx *db.Tx, st operation.Standing, w Workshop) error {
	all, err := Sessions(tx, st, w)
	if err == nil {
		o.Talks, err = talks(tx, w, all)
	}
	return err
}

// talks puts to sessions where their speakers come from.
func talks(tx *db.Tx, w Workshop, all []Session) ([]Talk, error) {
	var of []int64
	for _, x := range all {
		for _, s := range x.Speakers {
			of = append(of, s.Organisation)
		}
	}
	slices.Sort(of)
	by, err := organisation.These(tx, slices.Compact(of))
	var out []Talk
	for _, x := range all {
		t := Talk{Session: x, Narrowed: x.Audience != w.Audience}
		for _, s := range x.Speakers {
			t.From = append(t.From, by[s.Organisation])
		}
		out = append(out, t)
	}
	return out, err
}

// people puts in who takes part, and how many may, as far as the actor may know.
func (o *Opened) people(tx *db.Tx, st operation.Standing, w Workshop) error {
	op := st.Operation.Number
	places, people, err := participant.Counted(tx, op, w.Seq)
	if err != nil {
		return err
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return err
	}
	people = slices.DeleteFunc(people, func(p participant.Participant) bool { return !slices.Contains(readable, p.Audience) })
	var orgs []int64
	for _, p := range places {
		if slices.Contains(readable, p.Audience) {
			orgs = append(orgs, p.Organisation)
		}
	}
	for _, p := range people {
		orgs = append(orgs, p.Organisation)
	}
	if o.Hosts {
		if orgs, err = o.invited(tx, st, w, orgs); err != nil {
			return err
		}
	}
	slices.Sort(orgs)
	orgs = slices.Compact(orgs)
	by, err := organisation.These(tx, orgs)
	if err != nil {
		return err
	}
	for _, p := range people {
		o.Guests = append(o.Guests, Guest{Participant: p, Of: by[p.Organisation]})
	}
	for _, n := range orgs {
		o.Seats = append(o.Seats, Seat{Of: by[n], Tally: participant.TallyOf(places, people, n)})
	}
	if o.MayNominate {
		o.People, err = person.OfOrganisation(tx, st.Who.Organisation, st.Now)
	}
	return err
}

// invited adds the organisations that read the workshop to those that were named.
func (o *Opened) invited(tx *db.Tx, st operation.Standing, w Workshop, orgs []int64) ([]int64, error) {
	readers, err := audience.Readers(tx, st.Operation.Number, w.Audience, st.Now)
	if err != nil {
		return nil, err
	}
	by, err := organisation.These(tx, readers)
	for _, n := range readers {
		o.Readers = append(o.Readers, by[n])
	}
	return append(orgs, readers...), err
}
