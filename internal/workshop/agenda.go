package workshop

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// AddSession adds an item to the agenda. The same draft again is the same session; its
// id with other content is a Conflict. A right holder that speaks narrows who reads it.
// Paths of what is wrong are the names of SessionDraft's fields, speakers.N.name,
// speakers.N.function, speakers.N.organisation, speakers.N.person.
func (s *Store) AddSession(ctx context.Context, who access.Actor, code operation.Code, id ID, d SessionDraft) (made Session, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.standing(ctx, who, code, id, access.WorkshopAmend, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		x, wrong := told(tx, st, w, Session{Workshop: w.Seq, ID: d.ID, Version: 1, At: st.Now}, d)
		all, err := agenda(tx, st.Operation.Number, w.Seq)
		if err != nil {
			return err
		}
		old, has := sessionOf(all, d.ID)
		switch {
		case has && wrong == nil && old.says(x):
			made = old
			return db.Unchanged
		case has:
			return fault.Of(fault.Conflict, "workshop.id-taken")
		case wrong != nil:
			return wrong
		case len(all) >= MaxSessions:
			return fault.Of(fault.Conflict, "workshop.sessions-full", fault.Args{"max": int64(MaxSessions)})
		}
		if x.Seq, err = s.note(tx, st, access.WorkshopAmend, x.EntrySubject(), x.Audience, nil, x); err != nil {
			return err
		}
		made = x
		_, err = tx.Exec(putSession, x.args(st.Operation.Number)...)
		return err
	})
	if err != nil {
		return Session{}, err
	}
	return made, nil
}

// AmendSession changes an item that stands in that version; another one is a Conflict,
// unless it says the same already.
func (s *Store) AmendSession(ctx context.Context, who access.Actor, code operation.Code, id, session ID, d SessionDraft, version int64) (made Session, err error) {
	err = s.standing(ctx, who, code, id, access.WorkshopAmend, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		x, err := anItem(tx, st, w, session)
		if err != nil {
			return err
		}
		if !x.On() {
			return fault.Of(fault.Conflict, "workshop.session-cancelled")
		}
		d.ID = session
		next, err := told(tx, st, w, x, d)
		switch {
		case err != nil:
			return err
		case x.says(next):
			made = x
			return db.Unchanged
		case x.Version != version:
			return fault.Of(fault.Conflict, "workshop.changed")
		}
		if made, err = s.keepSession(tx, st, x, next); err != nil {
			return err
		}
		c, err := circleOf(tx, st, w)
		if err != nil {
			return err
		}
		return s.resupply(tx, st, w, c)
	})
	if err != nil {
		return Session{}, err
	}
	return made, nil
}

// DropSession calls an item of the agenda off. Again changes nothing.
func (s *Store) DropSession(ctx context.Context, who access.Actor, code operation.Code, id, session ID) error {
	return s.standing(ctx, who, code, id, access.WorkshopAmend, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		x, err := anItem(tx, st, w, session)
		if err != nil {
			return err
		}
		if !x.On() {
			return db.Unchanged
		}
		next := x
		next.State = Cancelled
		_, err = s.keepSession(tx, st, x, next)
		return err
	})
}

// keepSession writes a session that changed, in its next version.
func (s *Store) keepSession(tx *db.Tx, st operation.Standing, before, x Session) (Session, error) {
	x.Version, x.At = before.Version+1, st.Now
	if _, err := s.note(tx, st, access.WorkshopAmend, x.EntrySubject(), x.Audience, before, x); err != nil {
		return x, err
	}
	_, err := tx.Exec(putSession, x.args(st.Operation.Number)...)
	return x, err
}

func sessionOf(all []Session, id ID) (Session, bool) {
	i := slices.IndexFunc(all, func(x Session) bool { return x.ID == id })
	if i < 0 {
		return Session{}, false
	}
	return all[i], true
}

// anItem is a session that the actor may read.
func anItem(tx *db.Tx, st operation.Standing, w Workshop, id ID) (Session, error) {
	all, err := Sessions(tx, st, w)
	if err != nil {
		return Session{}, err
	}
	x, has := sessionOf(all, id)
	if !has {
		return x, fault.Missing()
	}
	return x, nil
}

// says tells whether a session is what was written again.
func (s Session) says(b Session) bool {
	return s.On() && s.Starts == b.Starts && s.Ends == b.Ends && s.Title == b.Title && s.About == b.About && s.Room == b.Room && slices.Equal(s.Speakers, b.Speakers)
}

// told puts a draft into a session: its words, its speakers, and who may read it.
func told(tx *db.Tx, st operation.Standing, w Workshop, x Session, d SessionDraft) (Session, error) {
	d, wrong := d.clean(w)
	speakers, err := speakersOf(tx, st, d)
	if err = joined(wrong, err); err != nil {
		return x, err
	}
	c, err := circleOf(tx, st, w)
	if err != nil {
		return x, err
	}
	v, narrowed, err := c.of(speakers)
	if err != nil {
		return x, err
	}
	x.Starts, x.Ends, x.Title, x.About, x.Room, x.Speakers = d.Starts, d.Ends, d.Title, d.About, d.Room, speakers
	x.Audience, err = number(tx, st.Operation.Number, w, v, narrowed)
	return x, err
}

// speakersOf looks speakers up. Whoever stands for a right holder is of one that takes
// part, or of none; of an administration nobody is.
func speakersOf(tx *db.Tx, st operation.Standing, d SessionDraft) (out []Speaker, err error) {
	var p fault.Problems
	for i, from := range d.Speakers[:min(len(d.Speakers), MaxSpeakers)] {
		at := "speakers." + strconv.Itoa(i)
		s := Speaker{Name: from.Name, Function: from.Function, Person: from.Person}
		if from.Organisation != "" {
			side, err := s.of(tx, st, from.Organisation)
			switch {
			case err != nil:
				return nil, err
			case side == "":
				p.Add(at+".organisation", "message.to-unknown")
				continue
			case s.Function == SpeakerHolder && side != access.RightHolderSide, s.Function == SpeakerCoordinator && side != access.Coordination,
				s.Function == SpeakerOfficial && side == access.RightHolderSide:
				p.Add(at+".function", "workshop.speaker-function")
			}
		}
		if s.Person != "" && s.Organisation != 0 {
			name, err := nameOf(tx, st, s.Person, s.Organisation)
			switch {
			case errors.Is(err, db.ErrNone):
				p.Add(at+".person", "workshop.no-such-person")
			case err != nil:
				return nil, err
			case s.Name == "":
				s.Name = name
			}
		}
		out = append(out, s)
	}
	return out, p.Fault()
}

// of puts in of which organisation a speaker is, and tells on which side it stands;
// empty: it takes no part.
func (s *Speaker) of(tx *db.Tx, st operation.Standing, id organisation.ID) (access.Side, error) {
	o, err := organisation.ByID(tx, id)
	if errors.Is(err, db.ErrNone) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	s.Organisation = o.Number
	return operation.SideOf(tx, st.Operation.Number, o.Number)
}

// nameOf is the name of somebody who wears a hat of an organisation now; db.ErrNone:
// nobody does.
func nameOf(tx *db.Tx, st operation.Standing, id person.ID, org int64) (string, error) {
	if _, err := person.HatOf(tx, id, org, st.Now); err != nil {
		return "", err
	}
	p, err := person.One(tx, id)
	return p.Name, err
}
