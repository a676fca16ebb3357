package world

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// The operations of a world.
const (
	Cases operation.Code = "bench-cases" // holds the cases
	Posts operation.Code = "bench-posts" // takes the messages of the run
	Words operation.Code = "bench-words" // is searched
)

// Persona names the n-th person of the o-th organisation.
func Persona(o, n int) string { return fmt.Sprintf("bench-%d-%d", o, n) }

// maker makes a world through the product's commands.
type maker struct {
	size       Size
	bodies     *organisation.Store
	people     *person.Store
	operations *operation.Store
	messages   *message.Store
	seizures   *seizure.Store
	root       access.Actor
	members    []organisation.Organisation
	actors     [][]access.Actor // by organisation, the first its contact point
}

// build fills an empty database. progress counts cases.
func build(ctx context.Context, address string, size Size, progress func(done, total int)) error {
	d, err := db.OpenScratch(ctx, address)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := migrate.Up(ctx, d); err != nil {
		return err
	}
	src := source.Real()
	j := journal.New(src)
	m := &maker{size: size, bodies: organisation.NewStore(d, j, src), people: person.NewStore(d, j, src), operations: operation.NewStore(d, j, src),
		messages: message.NewStore(d, j, src), seizures: seizure.NewStore(d, j, src),
		root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true}}
	if err := m.found(ctx); err != nil {
		return err
	}
	for _, code := range []operation.Code{Cases, Posts, Words} {
		members := m.actors
		if code == Words {
			members = members[:1+size.writers()]
		}
		if err := m.gather(ctx, code, members); err != nil {
			return err
		}
	}
	if err := m.fill(ctx, progress); err != nil {
		return err
	}
	if err := m.write(ctx, d, progress); err != nil {
		return err
	}
	return d.Close()
}

// found registers the organisations and their people.
func (m *maker) found(ctx context.Context) error {
	for o := range m.size.Organisations {
		d := organisation.Draft{Kind: "customs", Country: countries[o%len(countries)], Name: fmt.Sprintf("Customs administration %d", o),
			TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer}
		if o == 0 {
			d.Kind, d.Country, d.Name = "secretariat", "", "Coordination"
		}
		made, err := m.bodies.Register(ctx, m.root, d)
		if err != nil {
			return err
		}
		if made.Number != int64(o)+1 {
			return errors.New("the database is not empty, and not this world")
		}
		m.members = append(m.members, made)
		var actors []access.Actor
		for n := range m.size.PersonsOf {
			contact := ""
			if n == 0 {
				contact = person.ContactPoint
			}
			p, err := m.people.Register(ctx, m.root, person.Draft{Login: Persona(o, n), Name: fmt.Sprintf("Officer %d of %d", n, o), Language: "en",
				Organisation: made.Number, Position: "officer", ContactPoint: contact, Persona: Persona(o, n)})
			if err != nil {
				return err
			}
			actors = append(actors, access.Actor{Person: string(p.ID), Organisation: made.Number, ContactPoint: n == 0})
		}
		m.actors = append(m.actors, actors)
	}
	return nil
}

// gather opens an operation and makes the people of some organisations members
// with a role.
func (m *maker) gather(ctx context.Context, code operation.Code, members [][]access.Actor) error {
	director := m.actors[0][0]
	_, err := m.operations.Open(ctx, m.root, operation.Draft{Code: code, Kind: operation.KindOperation, Name: string(code), Language: "en",
		Handling: "For measuring only.", TimeZone: "UTC", Organisation: m.members[0].ID, Director: person.ID(director.Person),
		Counting: operation.Counting{Phase: "operational", Checked: true},
		Phases:   []operation.Phase{{Kind: "operational", Starts: begins, Ends: ends}}})
	if err != nil {
		return err
	}
	for o, people := range members {
		if o > 0 {
			if err := m.operations.Invite(ctx, director, code, m.members[o].ID, access.Enforcement); err != nil {
				return err
			}
			if err := m.operations.Accept(ctx, people[0], code, 1); err != nil {
				return err
			}
		}
		for n, who := range people {
			roles := []access.Role{access.Officer}
			if n == 0 {
				roles = append(roles, access.ContactPoint)
			}
			if o == 0 && n == 0 {
				roles = append(roles, access.Director)
			}
			if err := m.operations.Assign(ctx, people[0], code, person.ID(who.Person), roles); err != nil {
				return err
			}
		}
	}
	return nil
}

// together is how many report at once: they share each other's commits.
const together = 96

// fill reports the cases and sends the messages.
func (m *maker) fill(ctx context.Context, progress func(done, total int)) error {
	var done atomic.Int64
	total := m.size.Cases + m.size.Messages
	return each(total, func(i int) error {
		o := 1 + i%(len(m.actors)-1)
		who := m.actors[o][i/len(m.actors)%len(m.actors[o])]
		var err error
		if i < m.size.Cases {
			_, err = m.seizures.Report(ctx, who, Cases, m.size.Draft(i))
		} else {
			_, err = m.messages.Send(ctx, who, Posts, Message(i))
		}
		if n := done.Add(1); err == nil && progress != nil && n%500 == 0 {
			progress(int(n), total)
		}
		return err
	})
}

// each calls do with 0 to n-1, many at once, and stops at the first error.
func each(n int, do func(i int) error) error {
	var next atomic.Int64
	var failed atomic.Bool
	errs := make(chan error, together)
	var all sync.WaitGroup
	for range together {
		all.Go(func() {
			for !failed.Load() {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := do(i); err != nil {
					failed.Store(true)
					errs <- err
					return
				}
			}
		})
	}
	all.Wait()
	close(errs)
	return <-errs
}
