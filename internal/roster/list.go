package roster

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// past is how long the own roster goes back: the last hand-overs are read there.
const past = 3 * 24 * time.Hour

// maxOwn bounds the own shifts of one page.
const maxOwn = 300

// Listed is a shift with the names that a list shows.
type Listed struct {
	Shift
	Name  string // of the person
	Giver string // name of who wrote the hand-over
	Taker string // name of who confirmed it
}

// OnDuty is who is on duty now in one member; Shifts is empty when nobody is.
type OnDuty struct {
	Organisation organisation.Organisation
	Shifts       []Listed // without hand-over
}

// Page is a roster as one reader sees it.
type Page struct {
	Standing operation.Standing
	Now      []OnDuty        // members that coordinate or control goods
	Own      []Listed        // of the reader's organisation: of the last three days and to come
	Told     Told            // of those to come
	People   []person.Person // who may be put on the roster; only for who plans it
}

// Read gives who is on duty now in every member, and the own roster.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code) (Page, error) {
	var page Page
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		page = Page{}
		if page.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.RosterRead); err != nil {
			return err
		}
		return page.fill(tx)
	})
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", access.RosterRead, err)
	}
	return page, nil
}

func (page *Page) fill(tx *db.Tx) error {
	st := page.Standing
	op := st.Operation.Number
	readable, err := st.Readable(tx)
	if err != nil {
		return err
	}
	current, err := db.All(tx, selectNow, scan, op, readable, st.Now)
	if err != nil {
		return err
	}
	own, err := db.All(tx, selectOwn, scan, op, st.Who.Organisation, st.Now.Add(-past), int64(maxOwn))
	if err != nil {
		return err
	}
	names, err := namesOf(tx, slices.Concat(current, own))
	if err != nil {
		return err
	}
	for _, s := range own {
		page.Own = append(page.Own, Listed{s, names[s.Person].Name, names[s.HandedBy].Name, names[s.TakenBy].Name})
	}
	page.Told = Tell(own, st.Now)
	if page.Now, err = onDuty(tx, op, current, names); err != nil || !st.May(access.RosterPlan) {
		return err
	}
	people, err := person.OfOrganisation(tx, st.Who.Organisation, st.Now)
	for _, p := range people {
		if p.Person.State != person.Suspended {
			page.People = append(page.People, p.Person)
		}
	}
	return err
}

func namesOf(tx *db.Tx, shifts []Shift) (map[string]person.Person, error) {
	var ids []string
	for _, s := range shifts {
		ids = append(ids, s.Person, s.HandedBy, s.TakenBy)
	}
	return person.These(tx, ids)
}

func onDuty(tx *db.Tx, op int64, current []Shift, names map[string]person.Person) ([]OnDuty, error) {
	members, err := operation.Members(tx, op)
	if err != nil {
		return nil, err
	}
	var out []OnDuty
	for _, m := range members {
		if m.Membership.Side != access.Coordination && m.Membership.Side != access.Enforcement {
			continue
		}
		d := OnDuty{Organisation: m.Organisation}
		for _, s := range current {
			if s.Organisation == m.Organisation.Number {
				s.Note, s.Language, s.HandedBy, s.TakenBy = "", "", "", ""
				s.Handed, s.Taken = time.Time{}, time.Time{}
				d.Shifts = append(d.Shifts, Listed{Shift: s, Name: names[s.Person].Name})
			}
		}
		out = append(out, d)
	}
	return out, nil
}
