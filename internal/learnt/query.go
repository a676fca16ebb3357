package learnt

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Filter narrows the list; what is empty narrows nothing.
type Filter struct {
	State   string // a state, or StillOpen, or Late
	Topic   string
	Owner   organisation.ID
	Earlier bool // only those that came from earlier operations
}

// What a filter of states may ask for beside the states themselves.
const (
	StillOpen = "open"
	Late      = "overdue"
)

// Item is a lesson with the names around it.
type Item struct {
	Learnt
	By     organisation.Organisation // who recorded it
	Owner  organisation.Organisation // zero: nobody
	Member bool                      // the owner takes part here
	Late   bool
}

// Page is the list of an operation's lessons, as its reader may know them.
type Page struct {
	Standing  operation.Standing
	Items     []Item
	All       int64
	States    map[string]int64 // of all that one may read, StillOpen and Late among them
	Topics    map[string]int64
	Owners    []Owner
	Earlier   int64
	MayRecord bool
}

// Owner is an organisation that sees to lessons, with how many.
type Owner struct {
	Organisation organisation.Organisation
	Count        int64
}

// List gives the lessons that the actor may read: what is overdue first, then what is
// due soonest, then what is open without a day, then the rest, the newest first.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code, f Filter) (p Page, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if p, err = page(tx, s, who, code); err != nil {
			return err
		}
		p.Items = slices.DeleteFunc(p.Items, func(i Item) bool { return !f.fits(i) })
		inOrder(p.Items)
		return nil
	})
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", access.LearntRead, err)
	}
	return p, nil
}

func (f Filter) fits(i Item) bool {
	return (f.State == "" || f.State == i.State || f.State == StillOpen && i.Open() || f.State == Late && i.Late) &&
		(f.Topic == "" || f.Topic == i.Topic) && (f.Owner == "" || f.Owner == i.Owner.ID) && (!f.Earlier || i.From.Operation != 0)
}

func inOrder(all []Item) {
	rank := func(i Item) int {
		switch {
		case i.Late:
			return 0
		case i.Open() && i.Due != "":
			return 1
		case i.Open():
			return 2
		}
		return 3
	}
	slices.SortStableFunc(all, func(a, b Item) int {
		if r := cmp.Compare(rank(a), rank(b)); r != 0 || rank(a) > 1 {
			return cmp.Or(r, cmp.Compare(b.Seq, a.Seq))
		}
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Seq, b.Seq))
	})
}

// page reads all that the actor may read, and counts it.
func page(tx *db.Tx, s *Store, who access.Actor, code operation.Code) (p Page, err error) {
	if p.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.LearntRead); err != nil {
		return p, err
	}
	all, err := readable(tx, p.Standing)
	if err != nil {
		return p, err
	}
	if p.Items, err = items(tx, p.Standing, all); err != nil {
		return p, err
	}
	p.MayRecord = p.Standing.May(access.LearntRecord)
	p.States, p.Topics = map[string]int64{}, map[string]int64{}
	owners := map[int64]int{}
	for _, i := range p.Items {
		p.All++
		p.States[i.State]++
		p.Topics[i.Topic]++
		if i.Open() {
			p.States[StillOpen]++
		}
		if i.Late {
			p.States[Late]++
		}
		if i.From.Operation != 0 {
			p.Earlier++
		}
		if n := i.Owner.Number; n != 0 {
			at, has := owners[n]
			if !has {
				at = len(p.Owners)
				owners[n], p.Owners = at, append(p.Owners, Owner{Organisation: i.Owner})
			}
			p.Owners[at].Count++
		}
	}
	return p, nil
}

// items puts the names beside lessons.
func items(tx *db.Tx, st operation.Standing, all []Learnt) ([]Item, error) {
	var numbers []int64
	for _, l := range all {
		numbers = append(numbers, l.Organisation, l.Owner)
	}
	slices.Sort(numbers)
	by, err := organisation.These(tx, slices.DeleteFunc(slices.Compact(numbers), func(n int64) bool { return n == 0 }))
	if err != nil {
		return nil, err
	}
	takes, hidden := map[int64]bool{}, map[Source]bool{}
	out := make([]Item, 0, len(all))
	for _, l := range all {
		if l.Source, err = l.shown(tx, st, hidden); err != nil {
			return nil, err
		}
		i := Item{Learnt: l, By: by[l.Organisation], Owner: by[l.Owner], Late: l.Overdue(st.Today())}
		if l.Owner != 0 {
			here, known := takes[l.Owner]
			if !known {
				if here, err = operation.Takes(tx, st.Operation.Number, l.Owner); err != nil {
					return nil, err
				}
				takes[l.Owner] = here
			}
			i.Member = here
		}
		out = append(out, i)
	}
	return out, nil
}

// shown is where a lesson comes from, as the actor may know it: of what it may not open,
// or of a workshop of another operation, it says nothing. hidden remembers what was
// found.
func (l Learnt) shown(tx *db.Tx, st operation.Standing, hidden map[Source]bool) (Source, error) {
	not, known := hidden[l.Source]
	if !known {
		var err error
		if not, err = hides(tx, st, l.Source); err != nil {
			return Source{}, err
		}
		hidden[l.Source] = not
	}
	if not || l.From.Operation != 0 {
		return Source{Report: l.Source.Report}, nil
	}
	return l.Source, nil
}

// Opened is one lesson as its reader may know it.
type Opened struct {
	Item
	Standing  operation.Standing
	People    map[string]person.Person // author, owner's person and those of its history
	Bodies    map[int64]organisation.Organisation
	Steps     []string // to which the reader may bring it
	MayAmend  bool
	MayOpen   bool // the workshop that it comes from
	Succeeded bool // the reader may enter the operation into which it was carried
}

// Read opens a lesson.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, n Name) (o Opened, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if o.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.LearntRead); err != nil {
			return err
		}
		l, err := find(tx, o.Standing, n)
		if err != nil {
			return err
		}
		all, err := items(tx, o.Standing, []Learnt{l})
		if err != nil {
			return err
		}
		o.Item, o.Steps, o.MayAmend = all[0], Steps(o.Standing, l), o.Standing.May(access.LearntAmend) && l.State != Carried
		o.MayOpen = o.Source.Workshop != ""
		if l.Into != "" {
			_, err := operation.Enter(tx, s.source.Now(), who, l.Into, access.LearntRead)
			o.Succeeded = err == nil
		}
		return o.names(tx)
	})
	if err != nil {
		return Opened{}, fmt.Errorf("%s: %w", access.LearntRead, err)
	}
	return o, nil
}

// names finds the people and bodies of its history.
func (o *Opened) names(tx *db.Tx) (err error) {
	people, bodies := []string{o.Author, string(o.Person)}, []int64{o.Organisation}
	for _, a := range o.History {
		people, bodies = append(people, a.Author), append(bodies, a.Organisation)
	}
	if o.People, err = person.These(tx, people); err != nil {
		return err
	}
	slices.Sort(bodies)
	o.Bodies, err = organisation.These(tx, slices.Compact(bodies))
	return err
}

// Choices are what a form of a lesson offers.
type Choices struct {
	Standing  operation.Standing
	Workshops []Place
	Owners    []operation.Member // only for who may give it one
	People    []Candidate
}

// Place is a workshop with its sessions.
type Place struct {
	Workshop workshop.Workshop
	Sessions []workshop.Session
}

// Candidate is one of an owner's people.
type Candidate struct {
	Person       person.Person
	Organisation int64
}

// Recording gives what the form of a new lesson offers.
func (s *Store) Recording(ctx context.Context, who access.Actor, code operation.Code) (c Choices, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if c.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.LearntRecord); err != nil {
			return err
		}
		all, err := workshop.All(tx, c.Standing)
		if err != nil {
			return err
		}
		c.Workshops = nil
		for _, w := range all {
			sessions, err := workshop.Sessions(tx, c.Standing, w)
			if err != nil {
				return err
			}
			c.Workshops = append(c.Workshops, Place{w, sessions})
		}
		return c.owners(tx)
	})
	if err != nil {
		return Choices{}, fmt.Errorf("%s: %w", access.LearntRecord, err)
	}
	return c, nil
}

func (c *Choices) owners(tx *db.Tx) error {
	c.Owners, c.People = nil, nil
	if !c.Standing.May(access.LearntAmend) {
		return nil
	}
	members, err := operation.Members(tx, c.Standing.Operation.Number)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.Membership.Side != access.Coordination && m.Membership.Side != access.Enforcement {
			continue
		}
		c.Owners = append(c.Owners, m)
		readers, err := operation.ReadersOf(tx, c.Standing.Operation.Number, m.Organisation.Number, c.Standing.Now)
		if err != nil {
			return err
		}
		var ids []string
		for _, r := range readers {
			ids = append(ids, string(r.Person))
		}
		people, err := person.These(tx, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			c.People = append(c.People, Candidate{people[id], m.Organisation.Number})
		}
	}
	return nil
}
