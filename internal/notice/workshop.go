package notice

import (
	"errors"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// The reasons why a workshop matters to somebody.
const (
	WorkshopCalled    = "workshop-called"    // the person nominates for an organisation that may send people
	WorkshopConfirmed = "workshop-confirmed" // the person comes
	WorkshopWaiting   = "workshop-waiting"   // would come, if a place fell free
	WorkshopDeclined  = "workshop-declined"
	WorkshopCancelled = "workshop-cancelled" // the person, or whom it nominated, would have come
)

// ofWorkshop tells whether a notice is of a workshop; its Seq is the entry's.
func ofWorkshop(reason string) bool { return strings.HasPrefix(reason, "workshop-") }

// workshops tells whoever nominates that nominations are asked for, and nominees with
// an account what became of them.
func (s *sieve) workshops(entries []journal.Entry) error {
	for _, e := range entries {
		kind, id, _ := strings.Cut(e.Subject, "/")
		var err error
		switch {
		case kind == "workshop" && e.Verb == string(access.WorkshopInvite):
			err = s.called(e, workshop.ID(id))
		case kind == "workshop" && e.Verb == string(access.WorkshopCancel):
			err = s.cancelled(e, workshop.ID(id))
		case kind == "workshop-participant" && e.Verb == string(access.WorkshopConfirm):
			err = s.placed(e, participant.ID(id))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *sieve) called(e journal.Entry, id workshop.ID) error {
	w, err := workshop.ByID(s.tx, s.operation, id)
	if err != nil || w.State != workshop.Called {
		return err
	}
	places, err := participant.PlacesOf(s.tx, s.operation, w.Seq)
	if err != nil {
		return err
	}
	to, err := s.readersOf(w.Audience)
	if err != nil {
		return err
	}
	for _, org := range to {
		if t := participant.TallyOf(places, nil, org); t.Counted && t.Places == 0 {
			continue
		}
		if _, err := s.nominators(e, org, WorkshopCalled); err != nil {
			return err
		}
	}
	return nil
}

// nominators tells those of an organisation who nominate, and gives who they are.
func (s *sieve) nominators(e journal.Entry, org int64, reason string) (told []person.ID, err error) {
	people, err := s.peopleOf(org)
	for _, p := range people {
		if p.May(access.WorkshopNominate) {
			s.keep(e, e.Seq, p, reason)
			told = append(told, p.Person)
		}
	}
	return told, err
}

// nominee tells a participant who has an account.
func (s *sieve) nominee(e journal.Entry, g participant.Participant, reason string) error {
	people, err := s.peopleOf(g.Organisation)
	for _, p := range people {
		if g.Person != "" && p.Person == g.Person && p.May(access.WorkshopRead) {
			s.keep(e, e.Seq, p, reason)
		}
	}
	return err
}

func (s *sieve) placed(e journal.Entry, id participant.ID) error {
	all, err := participant.Named(s.tx, s.operation, id)
	for _, g := range all {
		if reason := "workshop-" + g.State; g.State != participant.Nominated && g.State != participant.Withdrawn {
			err = errors.Join(err, s.nominee(e, g, reason))
		}
	}
	return err
}

// cancelled tells who would have come, and who nominated somebody; whoever does both is
// told once.
func (s *sieve) cancelled(e journal.Entry, id workshop.ID) error {
	w, err := workshop.ByID(s.tx, s.operation, id)
	if err != nil {
		return err
	}
	all, err := participant.All(s.tx, s.operation, w.Seq)
	if err != nil {
		return err
	}
	told, contact := map[int64]bool{}, []person.ID{}
	for _, g := range all {
		if !g.Active() {
			continue
		}
		if !told[g.Organisation] {
			who, err := s.nominators(e, g.Organisation, WorkshopCancelled)
			if err != nil {
				return err
			}
			told[g.Organisation], contact = true, append(contact, who...)
		}
		if !slices.Contains(contact, g.Person) {
			err = errors.Join(err, s.nominee(e, g, WorkshopCancelled))
		}
	}
	return err
}

// openWorkshops reads the workshops that are wanted: what was asked for, only while it
// is; what became of somebody, only while it is so.
func (d *desk) openWorkshops(tx *db.Tx, st operation.Standing) error {
	d.readableWorkshops = map[int64]workshop.Workshop{}
	if !st.May(access.WorkshopRead) {
		return nil
	}
	for _, r := range d.workshops {
		w, err := ofNotice(tx, st, r)
		switch {
		case fault.Is(err, fault.NotFound) || errors.Is(err, db.ErrNone):
		case err != nil:
			return err
		default:
			d.readableWorkshops[r.seq] = w
		}
	}
	return nil
}

func ofNotice(tx *db.Tx, st operation.Standing, r row) (workshop.Workshop, error) {
	e, err := journal.One(tx, st.Operation.Number, r.seq)
	if err != nil {
		return workshop.Workshop{}, err
	}
	_, id, _ := strings.Cut(e.Subject, "/")
	switch r.reason {
	case WorkshopCalled, WorkshopCancelled:
		w, err := workshop.Find(tx, st, workshop.ID(id))
		if err == nil && (r.reason == WorkshopCalled) != w.Nominates(st.Now) {
			err = fault.Missing()
		}
		return w, err
	}
	all, err := participant.Named(tx, st.Operation.Number, participant.ID(id))
	if err != nil {
		return workshop.Workshop{}, err
	}
	for _, g := range all {
		if string(g.Person) == st.Who.Person && "workshop-"+g.State == r.reason {
			return workshop.Of(tx, st, g)
		}
	}
	return workshop.Workshop{}, fault.Missing()
}

func (d *desk) workshop(n Notice) (Notice, bool) {
	w, ok := d.readableWorkshops[n.Seq]
	n.Workshop, n.From = &w, organisation.Organisation{Number: w.Organisation}
	return n, ok
}
