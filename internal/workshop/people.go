package workshop

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Day is the local day in the workshop's zone.
func (w Workshop) Day(now time.Time) string { return now.In(w.Location()).Format(time.DateOnly) }

// Over tells whether the last day has passed.
func (w Workshop) Over(now time.Time) bool { return w.Day(now) > w.Ends }

// Nominates tells whether people may be nominated at a moment: it is called, and the
// last day for that has not passed; where none was said, it has not begun.
func (w Workshop) Nominates(now time.Time) bool {
	day := w.Day(now)
	if w.NominateBy != "" {
		return w.State == Called && day <= w.NominateBy
	}
	return w.State == Called && day < w.Starts
}

// active tells whether somebody counts: takes a place, or would.
func (p Participant) active() bool { return p.State != Declined && p.State != Withdrawn }

// TallyOf counts the people of an organisation against its places.
func TallyOf(places []Places, people []Participant, org int64) Tally {
	t := Tally{Counted: len(places) > 0}
	for _, x := range places {
		if x.Organisation == org {
			t.Places = x.Number
		}
	}
	for _, p := range people {
		switch {
		case p.Organisation != org:
		case p.State == Nominated:
			t.Nominated++
		case p.State == Confirmed:
			t.Confirmed++
		case p.State == Waiting:
			t.Waiting++
		}
	}
	t.Left, t.Free = max(0, t.Places-t.Nominated-t.Confirmed), max(0, t.Places-t.Confirmed)
	return t
}

// counted reads what TallyOf counts.
func counted(tx *db.Tx, op int64, w Workshop) ([]Places, []Participant, error) {
	places, err := PlacesOf(tx, op, w.Seq)
	if err != nil {
		return nil, nil, err
	}
	people, err := Participants(tx, op, w.Seq)
	return places, people, err
}

// personal is who reads of an organisation's people: it, the host and coordination.
func personal(tx *db.Tx, op int64, w Workshop, org int64) (int64, error) {
	return audience.Intern(tx, op, audience.Value{Organisations: []int64{org, w.Organisation}, Sides: []access.Side{access.Coordination}})
}

// SetPlaces says how many of each organisation may come; of who is not named nothing
// changes. Once places were set, an organisation without any is not invited; nobody
// who was confirmed loses a place. Paths are places and places.N.
func (s *Store) SetPlaces(ctx context.Context, who access.Actor, code operation.Code, id ID, all []Seats) error {
	return s.standing(ctx, who, code, id, access.WorkshopAmend, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		op := st.Operation.Number
		c, err := circleOf(tx, st, w)
		if err != nil {
			return err
		}
		wanted, err := seated(tx, c, all)
		if err != nil {
			return err
		}
		places, people, err := counted(tx, op, w)
		if err != nil {
			return err
		}
		next, changed := placesAfter(places, wanted, w.Seq)
		if len(changed) == 0 {
			return db.Unchanged
		}
		for _, p := range people {
			if t := TallyOf(next, people, p.Organisation); t.Confirmed > t.Places {
				return problem("places", "workshop.places-taken", fault.Args{"confirmed": t.Confirmed})
			}
		}
		for _, x := range changed {
			if err := s.seat(tx, st, w, places, x); err != nil {
				return err
			}
		}
		return nil
	})
}

// seated looks the organisations up: those that read the workshop, each once.
func seated(tx *db.Tx, c circle, all []Seats) (map[int64]int64, error) {
	var p fault.Problems
	out := map[int64]int64{}
	if len(all) == 0 || len(all) > MaxParticipants {
		return nil, problem("places", "fault.required")
	}
	for i, x := range all {
		at := "places." + strconv.Itoa(i)
		o, err := organisation.ByID(tx, x.Organisation)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return nil, err
		}
		_, twice := out[o.Number]
		switch {
		case err != nil || !c.has(o.Number):
			p.Add(at, "workshop.reads-not")
		case twice:
			p.Add(at, "fault.choose-one")
		case x.Number < 0 || x.Number > MaxParticipants:
			p.Add(at, "workshop.places-number", fault.Args{"max": int64(MaxParticipants)})
		default:
			out[o.Number] = x.Number
		}
	}
	return out, p.Fault()
}

// placesAfter are all places once those wanted are set, and which of them change.
func placesAfter(places []Places, wanted map[int64]int64, workshopSeq int64) (next, changed []Places) {
	next = slices.Clone(places)
	var orgs []int64
	for org := range wanted {
		orgs = append(orgs, org)
	}
	slices.Sort(orgs)
	for _, org := range orgs {
		x := Places{Workshop: workshopSeq, Organisation: org, Number: wanted[org]}
		i := slices.IndexFunc(next, func(p Places) bool { return p.Organisation == org })
		switch {
		case i < 0:
			next, changed = append(next, x), append(changed, x)
		case next[i].Number != x.Number:
			next[i].Number = x.Number
			changed = append(changed, next[i])
		}
	}
	return next, changed
}

// seat writes how many of one organisation may come; each has an entry of its own,
// because others do not read how many it may send.
func (s *Store) seat(tx *db.Tx, st operation.Standing, w Workshop, places []Places, x Places) (err error) {
	if x.Audience, err = personal(tx, st.Operation.Number, w, x.Organisation); err != nil {
		return err
	}
	var before any
	if i := slices.IndexFunc(places, func(p Places) bool { return p.Organisation == x.Organisation }); i >= 0 {
		before = places[i]
	}
	if _, err = s.note(tx, st, access.WorkshopAmend, "workshop-places/"+string(w.ID), x.Audience, before, x); err != nil {
		return err
	}
	_, err = tx.Exec(putPlaces, x.args(st.Operation.Number)...)
	return err
}

// Nominate names somebody of the actor's organisation, while nominations are asked for
// and places are left. The same draft again is the same participant; its id with other
// content is a Conflict. Paths are the names of NomineeDraft's fields.
func (s *Store) Nominate(ctx context.Context, who access.Actor, code operation.Code, id ID, d NomineeDraft) (made Participant, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, code, access.WorkshopNominate, func(tx *db.Tx, st operation.Standing) error {
		w, err := Find(tx, st, id)
		if err != nil {
			return err
		}
		p, wrong := nominee(tx, st, w, d)
		places, people, err := counted(tx, st.Operation.Number, w)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(people, func(q Participant) bool { return q.ID == d.ID })
		switch {
		case i >= 0 && wrong == nil && people[i].says(p):
			made = people[i]
			return db.Unchanged
		case i >= 0:
			return fault.Of(fault.Conflict, "workshop.id-taken")
		case wrong != nil:
			return wrong
		}
		if err := w.takes(st, places, people, p); err != nil {
			return err
		}
		if p.Audience, err = personal(tx, st.Operation.Number, w, p.Organisation); err != nil {
			return err
		}
		if p.Seq, err = s.note(tx, st, access.WorkshopNominate, p.EntrySubject(), p.Audience, nil, p); err != nil {
			return err
		}
		made = p
		_, err = tx.Exec(putParticipant, p.args(st.Operation.Number)...)
		return err
	})
	if err != nil {
		return Participant{}, err
	}
	return made, nil
}

// takes tells why somebody may not be nominated; nil: may be.
func (w Workshop) takes(st operation.Standing, places []Places, people []Participant, p Participant) error {
	t := TallyOf(places, people, p.Organisation)
	switch {
	case w.State == Cancelled:
		return fault.Of(fault.Conflict, "workshop.cancelled")
	case w.Over(st.Now):
		return fault.Of(fault.Conflict, "workshop.over")
	case w.State != Called:
		return fault.Of(fault.Conflict, "workshop.not-called")
	case !w.Nominates(st.Now):
		return fault.Of(fault.Conflict, "workshop.too-late")
	case t.Counted && t.Places == 0:
		return fault.Of(fault.Conflict, "workshop.not-invited")
	case t.Counted && t.Left == 0:
		return fault.Of(fault.Conflict, "workshop.places-full", fault.Args{"places": t.Places})
	case t.Nominated+t.Confirmed+t.Waiting >= MaxParticipants:
		return fault.Of(fault.Conflict, "workshop.people-full", fault.Args{"max": int64(MaxParticipants)})
	}
	for _, q := range people {
		if q.active() && p.Person != "" && q.Person == p.Person && q.Organisation == p.Organisation { // by another hat is another body's affair
			return problem("person", "workshop.nominated-already")
		}
	}
	return nil
}

// nominee puts a draft into a participant; with an account it has what that says.
func nominee(tx *db.Tx, st operation.Standing, w Workshop, d NomineeDraft) (Participant, error) {
	var unknown error
	if d.Person != "" {
		hat, err := person.HatOf(tx, d.Person, st.Who.Organisation, st.Now)
		switch {
		case errors.Is(err, db.ErrNone):
			unknown = problem("person", "workshop.no-such-person")
		case err != nil:
			return Participant{}, err
		default:
			p, err := person.One(tx, d.Person)
			if err != nil {
				return Participant{}, err
			}
			d = d.or(p.Name, hat.Position, p.Language)
		}
	}
	d, wrong := d.or("", "", w.Language).clean()
	return Participant{Workshop: w.Seq, ID: d.ID, Organisation: st.Who.Organisation, Person: d.Person, Name: d.Name, Position: d.Position, Post: d.Post,
		Language: d.Language, State: Nominated, Version: 1, At: st.Now}, joined(wrong, unknown)
}

// or is a draft with what it leaves out.
func (d NomineeDraft) or(name, position, language string) NomineeDraft {
	for _, x := range []struct {
		of      *string
		instead string
	}{{&d.Name, name}, {&d.Position, position}, {&d.Language, language}} {
		if *x.of == "" {
			*x.of = x.instead
		}
	}
	return d
}

// says tells whether a participant is whom was written again, whatever became of it.
func (p Participant) says(q Participant) bool {
	return p.Organisation == q.Organisation && p.Person == q.Person && p.Name == q.Name && p.Position == q.Position && p.Post == q.Post && p.Language == q.Language
}

// keepParticipant writes a participant that changed, in its next version.
func (s *Store) keepParticipant(tx *db.Tx, st operation.Standing, verb access.Permission, before, p Participant) (Participant, error) {
	p.Version, p.At = before.Version+1, st.Now
	if _, err := s.note(tx, st, verb, p.EntrySubject(), p.Audience, before, p); err != nil {
		return p, err
	}
	_, err := tx.Exec(putParticipant, p.args(st.Operation.Number)...)
	return p, err
}

// WithdrawNominee takes somebody of the actor's organisation back; reason may be empty.
// Again changes nothing. Nobody moves up by it: the host sees that a place is free.
func (s *Store) WithdrawNominee(ctx context.Context, who access.Actor, code operation.Code, id, participant ID, reason string) error {
	return s.write(ctx, who, code, access.WorkshopNominate, func(tx *db.Tx, st operation.Standing) error {
		w, err := Find(tx, st, id)
		if err != nil {
			return err
		}
		people, err := Participants(tx, st.Operation.Number, w.Seq)
		if err != nil {
			return err
		}
		p, err := among(people, participant, who.Organisation)
		if err != nil {
			return err
		}
		next := p
		var wrong fault.Problems
		next.State, next.Reason = Withdrawn, cleaned(&wrong, "reason", reason, MaxText, false, i18n.CleanBody)
		switch {
		case wrong.Fault() != nil:
			return wrong.Fault()
		case p.State == Withdrawn:
			return db.Unchanged
		case w.State == Cancelled:
			return fault.Of(fault.Conflict, "workshop.cancelled")
		case w.Over(st.Now):
			return fault.Of(fault.Conflict, "workshop.over-people")
		}
		_, err = s.keepParticipant(tx, st, access.WorkshopNominate, p, next)
		return err
	})
}

// among is a participant by its id; of one organisation, or of any (0).
func among(people []Participant, id ID, org int64) (Participant, error) {
	for _, p := range people {
		if p.ID == id && (org == 0 || p.Organisation == org) {
			return p, nil
		}
	}
	return Participant{}, fault.Missing()
}

// Confirm confirms or declines (with a reason) somebody who was nominated. Where no
// place of its organisation is free, whoever is confirmed waits; a second yes asks
// again. Who was withdrawn is not confirmed. Once the workshop is over nobody is
// declined; whoever came all the same is confirmed, because attendance is kept of those.
func (s *Store) Confirm(ctx context.Context, who access.Actor, code operation.Code, id, participant ID, yes bool, reason string) (made Participant, err error) {
	err = s.standing(ctx, who, code, id, access.WorkshopConfirm, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		places, people, err := counted(tx, st.Operation.Number, w)
		if err != nil {
			return err
		}
		p, err := among(people, participant, 0)
		if err != nil {
			return err
		}
		var wrong fault.Problems
		next := p
		switch t := TallyOf(places, people, p.Organisation); {
		case !yes:
			next.State, next.Reason = Declined, cleaned(&wrong, "reason", reason, MaxText, true, i18n.CleanBody)
		case t.Counted && t.Free == 0 && p.State != Confirmed:
			next.State, next.Reason = Waiting, ""
		default:
			next.State, next.Reason = Confirmed, ""
		}
		switch {
		case wrong.Fault() != nil:
			return wrong.Fault()
		case p.State == Withdrawn:
			return fault.Of(fault.Conflict, "workshop.withdrawn")
		case next.State == p.State && next.Reason == p.Reason:
			made = p
			return db.Unchanged
		case !yes && w.Over(st.Now):
			return fault.Of(fault.Conflict, "workshop.over-people")
		}
		made, err = s.keepParticipant(tx, st, access.WorkshopConfirm, p, next)
		return err
	})
	if err != nil {
		return Participant{}, err
	}
	return made, nil
}
