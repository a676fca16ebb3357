package tell

import (
	"context"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/story"
)

// operatorNumber: the first organisation of an instance is whoever runs it.
const operatorNumber = 1

// administrator is the actor of an installation's first acts.
func (t *Teller) administrator() access.Actor {
	return access.Actor{Person: t.world.Person("administrator").ID, Organisation: operatorNumber, Administrator: true}
}

func (t *Teller) found(ctx context.Context, o *story.Organisation) error {
	if len(t.organisations) == 0 {
		if err := t.foundOperator(ctx); err != nil {
			return err
		}
	}
	d := organisation.Draft{Kind: o.Kind, Country: o.Country, Name: o.Name.In(o.Language), Names: o.Name, TimeZone: o.Zone,
		Language: o.Language, ReleaseBy: organisation.ReleaseByOfficer}
	if o.Release != story.ReleaseOfficer && o.Release != "" {
		d.ReleaseBy = organisation.ReleaseByContactPoint
		d.ReleaseAfter = time.Duration(o.ReleaseAfter) * time.Hour
	}
	if o.Kind != story.KindAdministration {
		d.Abbreviation = o.Name.In("en")
	}
	made, err := t.stores.Organisations.Register(ctx, t.administrator(), d)
	t.organisations[o.Code] = made
	return err
}

// foundOperator makes the body that runs the instance, and its administrator.
func (t *Teller) foundOperator(ctx context.Context) error {
	_, err := t.stores.Organisations.Register(ctx, t.administrator(), organisation.Draft{Kind: "partner", Name: "Tidewaiter Operations Desk",
		Names:    map[string]string{"fr": "Bureau d’exploitation de Tidewaiter", "ar": "مكتب تشغيل Tidewaiter"},
		TimeZone: "Asia/Singapore", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
	if err != nil {
		return err
	}
	p := t.world.Person("administrator")
	made, err := t.stores.People.Register(ctx, t.administrator(), person.Draft{ID: person.ID(p.ID), Login: p.Login, Name: p.Name,
		Language: p.Language, Organisation: operatorNumber, Position: "Administrator", Administrator: true, Persona: p.Persona})
	t.people[p.Login] = made
	return err
}

func (t *Teller) enrol(ctx context.Context, p *story.Person) error {
	if p.Administrator {
		return nil // with the installation
	}
	for i, h := range p.Hats {
		org := t.organisations[h.Organisation].Number
		position := h.Position.In(p.Language)
		if i > 0 {
			if _, err := t.stores.People.AddHat(ctx, t.administrator(), person.ID(p.ID), org, position, h.Contact); err != nil {
				return err
			}
			continue
		}
		made, err := t.stores.People.Register(ctx, t.administrator(), person.Draft{ID: person.ID(p.ID), Login: p.Login, Name: p.Name,
			Language: p.Language, Organisation: org, Position: position, ContactPoint: h.Contact, Persona: p.Persona, Active: true})
		if err != nil {
			return err
		}
		t.people[p.Login] = made
	}
	return nil
}

func (t *Teller) open(ctx context.Context, who access.Actor, login, hat string, o *story.Operation) error {
	t.operations[o.Code], t.directors[o.Code] = o, who
	d := operation.Draft{ID: operation.ID(o.ID), Code: operation.Code(o.Code), Kind: o.Kind, Name: o.Name.In("en"),
		Purpose: o.Purpose.In("en"), Language: "en", Sponsor: t.organisations[o.Sponsor].Name, TimeZone: "UTC",
		Scope: operation.Scope{Categories: o.Scope}, Handling: o.Handling.Text.In("en"),
		Counting: operation.Counting{Phase: o.Counting.Phase, Statuses: o.Counting.Statuses, Checked: o.Counting.Released, Words: o.Counting.Text},
		Names:    map[string]map[string]string{}, Organisation: t.organisations[hat].ID, Director: person.ID(t.world.Person(login).ID)}
	for _, c := range t.world.Countries {
		d.Names[c.Code] = c.Name
	}
	if o.Code == story.CodeActionIPR2 {
		d.Banner = "story.banner"
	}
	for _, p := range o.Phases {
		d.Phases = append(d.Phases, operation.Phase{Kind: p.Kind, Starts: p.From, Ends: p.To})
	}
	_, err := t.stores.Operations.Open(ctx, who, d)
	return err
}

// give adds a role to those that the person holds already.
func (t *Teller) give(ctx context.Context, who access.Actor, s story.RoleGiven) error {
	key := s.Operation + "/" + s.Organisation + "/" + s.Person.Login
	t.roles[key] = append(t.roles[key], access.Role(s.Role))
	return t.stores.Operations.Assign(ctx, who, operation.Code(s.Operation), person.ID(s.Person.ID), slices.Clone(t.roles[key]))
}

// accept makes a body a member. The one that opened the operation is a member
// from the start; another directing body is invited in the same minute.
func (t *Teller) accept(ctx context.Context, who access.Actor, m *story.Membership) error {
	code := operation.Code(m.Operation)
	if m.Directing {
		director := t.directors[m.Operation]
		if director.Organisation == who.Organisation {
			return nil
		}
		if err := t.stores.Operations.Invite(ctx, director, code, t.organisations[m.Organisation].ID, access.Side(m.Side)); err != nil {
			return err
		}
	}
	return t.stores.Operations.Accept(ctx, who, code, int64(m.Handling))
}
