package nomination

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Seats is how many of an organisation may come.
type Seats struct {
	Organisation organisation.ID
	Number       int64
}

// SetPlaces says how many of each organisation may come; of who is not named nothing
// changes. Once places were set, an organisation without any is not invited; nobody
// who was confirmed loses a place. Paths are places and places.N.
func (s *Store) SetPlaces(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, all []Seats) error {
	return s.hosted(ctx, who, code, id, access.WorkshopAmend, func(tx *db.Tx, a at) error {
		readers, err := audience.Readers(tx, a.op(), a.w.Audience, a.Now)
		if err != nil {
			return err
		}
		wanted, err := seated(tx, readers, all)
		if err != nil {
			return err
		}
		next, changed := placesAfter(a.places, wanted, a.w.Seq)
		if len(changed) == 0 {
			return db.Unchanged
		}
		for _, p := range a.people {
			if t := participant.TallyOf(next, a.people, p.Organisation); t.Confirmed > t.Places {
				var wrong fault.Problems
				wrong.Add("places", "workshop.places-taken", fault.Args{"confirmed": t.Confirmed})
				return wrong.Fault()
			}
		}
		for _, x := range changed {
			if err := s.seat(tx, a, x); err != nil {
				return err
			}
		}
		return nil
	})
}

// seated looks the organisations up: those that read the workshop, each once.
func seated(tx *db.Tx, readers []int64, all []Seats) (map[int64]int64, error) {
	var p fault.Problems
	out := map[int64]int64{}
	if err := fits("places", len(all)); err != nil {
		return nil, err
	}
	for i, x := range all {
		at := "places." + strconv.Itoa(i)
		o, err := organisation.ByID(tx, x.Organisation)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return nil, err
		}
		_, twice := out[o.Number]
		switch {
		case err != nil || !slices.Contains(readers, o.Number):
			p.Add(at, "workshop.reads-not")
		case twice:
			p.Add(at, "fault.choose-one")
		case x.Number < 0 || x.Number > participant.Max:
			p.Add(at, "workshop.places-number", fault.Args{"max": int64(participant.Max)})
		default:
			out[o.Number] = x.Number
		}
	}
	return out, p.Fault()
}

// placesAfter are all places once those wanted are set, and which of them change.
func placesAfter(places []participant.Places, wanted map[int64]int64, workshopSeq int64) (next, changed []participant.Places) {
	next = slices.Clone(places)
	var orgs []int64
	for org := range wanted {
		orgs = append(orgs, org)
	}
	slices.Sort(orgs)
	for _, org := range orgs {
		x := participant.Places{Workshop: workshopSeq, Organisation: org, Number: wanted[org]}
		i := slices.IndexFunc(next, func(p participant.Places) bool { return p.Organisation == org })
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
func (s *Store) seat(tx *db.Tx, a at, x participant.Places) (err error) {
	if x.Audience, err = a.personal(tx, x.Organisation); err != nil {
		return err
	}
	var before any
	if i := slices.IndexFunc(a.places, func(p participant.Places) bool { return p.Organisation == x.Organisation }); i >= 0 {
		before = a.places[i]
	}
	if _, err = s.note(tx, a, access.WorkshopAmend, "workshop-places/"+string(a.w.ID), x.Audience, before, x); err != nil {
		return err
	}
	return participant.Seat(tx, a.op(), x)
}
