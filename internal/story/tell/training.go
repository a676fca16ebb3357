package tell

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// taught is the operation in which the story's training stands.
const taught = operation.Code(story.CodeActionIPR2)

// tellTraining tells workshops and what came of them; told is false for other steps.
func (t *Teller) tellTraining(ctx context.Context, who access.Actor, step story.Step) (told bool, err error) {
	if t.stores.Workshops == nil { // whoever tells only the cases
		return story.OfTraining(step), nil
	}
	switch s := step.(type) {
	case story.WorkshopPlanned:
		err = t.plan(ctx, who, s.Workshop)
	case story.WorkshopCalled:
		err = t.stores.Workshops.Call(ctx, who, taught, workshop.ID(s.Workshop.ID))
	case story.PeopleNominated:
		err = t.nominate(ctx, who, s.Workshop, s.Workshop.Of(s.Of))
	case story.PeopleConfirmed:
		err = t.confirm(ctx, who, s.Workshop)
	case story.SessionAttended:
		err = t.attend(ctx, who, s.Workshop, s.Session)
	case story.CertificatesGiven:
		_, err = t.stores.Attendances.Certify(ctx, who, taught, workshop.ID(s.Workshop.ID), certifiedFrom)
	case story.CourseRecorded:
		err = t.course(ctx, who, s.Course)
	default:
		return t.tellLearning(ctx, who, step)
	}
	return true, err
}

// certifiedFrom is the share of sessions, in percent, for a certificate.
const certifiedFrom = 75

func (t *Teller) plan(ctx context.Context, who access.Actor, w *story.Workshop) error {
	id := workshop.ID(w.ID)
	_, err := t.stores.Workshops.Plan(ctx, who, taught, workshop.Draft{ID: id, Kind: w.Kind, Title: w.Title, Aim: w.Aim, Language: "en",
		Languages: w.Languages, Sponsor: t.organisations[w.Sponsor].Name, Place: w.Place, Country: w.Country, Address: w.Address, Zone: w.Zone,
		Starts: w.Starts, Ends: w.Ends, NominateBy: w.NominateBy,
		To: audience.Address{Sides: []access.Side{access.Coordination, access.Enforcement, access.RightHolderSide}}})
	if err != nil {
		return err
	}
	for _, s := range w.Sessions {
		d := workshop.SessionDraft{ID: workshop.ID(s.ID), Starts: s.Starts, Ends: s.Ends, Title: s.Title, About: s.About, Room: s.Room}
		for _, by := range s.Speakers {
			d.Speakers = append(d.Speakers, workshop.SpeakerDraft{Name: by.Name, Function: by.Function, Organisation: t.organisations[by.Organisation].ID,
				Person: person.ID(t.world.Person(by.Login).ID)})
		}
		if _, err := t.stores.Workshops.AddSession(ctx, who, taught, id, d); err != nil {
			return err
		}
	}
	return t.stores.Nominations.SetPlaces(ctx, who, taught, id, t.seats(w))
}

// seats are the places of those who send somebody, and of those who might have.
func (t *Teller) seats(w *story.Workshop) []nomination.Seats {
	var out []nomination.Seats
	for _, o := range t.world.Operation(string(taught)).Membership {
		number := int64(w.Places)
		switch {
		case o.AcceptedAt.IsZero(), o.Side == story.SideObserver, o.Side == story.SideCoordination:
			continue
		case o.Side == story.SideRightHolder:
			number = int64(w.HolderPlaces)
		}
		out = append(out, nomination.Seats{Organisation: t.organisations[o.Organisation].ID, Number: number})
	}
	return out
}

func (t *Teller) nominate(ctx context.Context, who access.Actor, w *story.Workshop, all []*story.Nominee) error {
	for _, n := range all {
		d := nomination.Draft{ID: participant.ID(n.ID), Name: n.Name, Position: n.Position, Post: n.Post, Language: "en"}
		if n.Person != nil {
			d.Person, d.Language = person.ID(n.Person.ID), n.Person.Language
		}
		if _, err := t.stores.Nominations.Nominate(ctx, who, taught, workshop.ID(w.ID), d); err != nil {
			return err
		}
	}
	return nil
}

func (t *Teller) confirm(ctx context.Context, who access.Actor, w *story.Workshop) error {
	for _, n := range w.Nominees {
		if _, err := t.stores.Nominations.Confirm(ctx, who, taught, workshop.ID(w.ID), true, "", participant.ID(n.ID)); err != nil {
			return err
		}
	}
	return nil
}

// attend ticks who was at a session: everybody for whom it is but those who had left by then.
func (t *Teller) attend(ctx context.Context, who access.Actor, w *story.Workshop, session int) error {
	var ticks []attendance.Tick
	for _, n := range w.Nominees {
		if n.Person != nil && session < len(w.Sessions)-n.Missed && w.Sessions[session].For(n.Organisation) {
			ticks = append(ticks, attendance.Tick{Participant: participant.ID(n.ID), Present: true})
		}
	}
	return t.stores.Attendances.Record(ctx, who, taught, workshop.ID(w.ID), workshop.ID(w.Sessions[session].ID), ticks)
}

func (t *Teller) course(ctx context.Context, who access.Actor, c *story.Course) error {
	d := course.Draft{ID: course.ID(c.ID), Title: c.Title, Language: c.Language, Starts: c.Starts, Ends: c.Ends, Parent: workshop.ID(t.world.Workshops[0].ID),
		Topics: []string{"product-identification", "reporting"}}
	for _, n := range t.world.Workshops[0].Of(c.Organisation) {
		if d.Teacher == "" {
			d.Teacher = person.ID(n.Person.ID)
		}
	}
	for _, r := range c.Reach {
		d.Reach = append(d.Reach, course.Reach{Post: r.Post, Function: r.Function, People: r.People})
	}
	_, err := t.stores.Courses.Record(ctx, who, taught, d)
	return err
}
