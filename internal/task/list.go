package task

import (
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Whose tasks a list shows.
const (
	Mine = "mine" // the actor's own
	Ours = "ours" // of the actor's organisation
	All  = "all"  // that the actor may read
)

// Listed is a task with the names that a list shows.
type Listed struct {
	Task
	For     organisation.Organisation // that does it
	From    organisation.Organisation // that gave it
	OwnedBy string                    // name; empty: nobody yet
	Ender   string                    // name of who ended it
	Today   string                    // local day of the organisation that does it
	Late    bool                      // overdue
}

// Page is a list of tasks.
type Page struct {
	Standing  operation.Standing
	Tasks     []Listed
	Receivers []organisation.Organisation // to whom the actor may give a task
	People    []person.Person             // of the actor's organisation, who may own one
}

// List gives the tasks that the actor may read: what is overdue first, what has
// ended last. An unknown scope is Ours.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code, scope string) (Page, error) {
	var page Page
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		page = Page{}
		if page.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.TaskRead); err != nil {
			return err
		}
		tasks, err := list(tx, page.Standing, scope)
		if err != nil {
			return err
		}
		if page.Tasks, err = named(tx, page.Standing, tasks); err != nil {
			return err
		}
		return page.choices(tx)
	})
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", access.TaskRead, err)
	}
	return page, nil
}

// Read gives one task.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, seq int64) (Page, error) {
	var page Page
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		page = Page{}
		if page.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.TaskRead); err != nil {
			return err
		}
		t, err := one(tx, page.Standing, seq)
		if err != nil {
			return err
		}
		if page.Tasks, err = named(tx, page.Standing, []Task{t}); err != nil {
			return err
		}
		return page.choices(tx)
	})
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", access.TaskRead, err)
	}
	return page, nil
}

func list(tx *db.Tx, st operation.Standing, scope string) ([]Task, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	number, owner := st.Who.Organisation, ""
	switch scope {
	case All:
		number = 0
	case Mine:
		owner = st.Who.Person
	}
	open, err := db.All(tx, selectState, scan, st.Operation.Number, readable, Open, number, owner, int64(MaxListed))
	if err != nil {
		return nil, err
	}
	ended, err := db.All(tx, selectEnded, scan, st.Operation.Number, readable, number, owner, int64(MaxListed/10))
	return append(open, ended...), err
}

func named(tx *db.Tx, st operation.Standing, tasks []Task) ([]Listed, error) {
	var numbers []int64
	var ids []string
	for _, t := range tasks {
		numbers = append(numbers, t.Organisation, t.Giver)
		ids = append(ids, t.Owner, t.EndedBy)
	}
	bodies, err := organisation.These(tx, numbers)
	if err != nil {
		return nil, err
	}
	people, err := person.These(tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Listed, 0, len(tasks))
	for _, t := range tasks {
		l := Listed{Task: t, For: bodies[t.Organisation], From: bodies[t.Giver], OwnedBy: people[t.Owner].Name, Ender: people[t.EndedBy].Name}
		l.Today = today(l.For, st.Now)
		l.Late = t.Overdue(l.Today)
		out = append(out, l)
	}
	inOrder(out)
	return out, nil
}

// choices fills in what the forms of a page choose among.
func (page *Page) choices(tx *db.Tx) error {
	st := page.Standing
	if st.May(access.TaskGive) {
		page.Receivers = []organisation.Organisation{st.Organisation}
	}
	if st.May(access.TaskDirect) {
		members, err := operation.Members(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		page.Receivers = nil
		for _, m := range members {
			if m.Membership.Side == access.Enforcement || m.Membership.Side == access.Coordination {
				page.Receivers = append(page.Receivers, m.Organisation)
			}
		}
	}
	if !st.May(access.TaskAssign) {
		return nil
	}
	people, err := person.OfOrganisation(tx, st.Who.Organisation, st.Now)
	for _, p := range people {
		if p.Person.State != person.Suspended {
			page.People = append(page.People, p.Person)
		}
	}
	return err
}
