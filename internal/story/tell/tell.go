package tell

import (
	"context"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/roster"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/situation"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/task"
	"github.com/tidewaiter/tidewaiter/internal/warning"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Stores are what the story is told to.
type Stores struct {
	Clock         *source.Source
	Organisations *organisation.Store
	People        *person.Store
	Operations    *operation.Store
	Messages      *message.Store
	Seizures      *seizure.Store
	NilReports    *nilreport.Store
	Tasks         *task.Store
	Rosters       *roster.Store
	Warnings      *warning.Store
	Documents     *document.Store
	Attachments   *attachment.Store // nil: the story has no library

	// Of the library of product sheets; nil: it stays empty.
	Holders   *holder.Store
	Products  *product.Store
	Alerts    *alert.Store
	Contacts  *contact.Store
	Inquiries *inquiry.Store

	// Of what the operation comes to; nil: it comes to nothing.
	Situations   *situation.Store
	Analyses     *analysis.Store
	Publications *publication.Store
	Editions     *edition.Store

	// Of training; nil: nobody is trained.
	Workshops   *workshop.Store
	Nominations *nomination.Store
	Attendances *attendance.Store
	Courses     *course.Store
	Lessons     *lesson.Store
	Evaluations *evaluation.Store
	Learnt      *learnt.Store
	Practices   *practice.Store
}

// Teller tells one world.
type Teller struct {
	stores Stores
	world  *story.World
	rest   []story.Moment

	organisations map[string]organisation.Organisation
	people        map[string]person.Person
	operations    map[string]*story.Operation // by code
	directors     map[string]access.Actor     // who opened, by code
	roles         map[string][]access.Role
	messages      map[string]int64 // story id -> number
	cases         map[string]seizure.Case
	tasks         map[string]task.Task
	shifts        map[string]roster.Shift
	documents     map[string]int64          // story id -> number
	pictures      map[painted]func() []byte // of sheets; nil: not begun
}

// New makes a teller at the beginning of a world.
func New(s Stores, w *story.World) *Teller {
	return &Teller{stores: s, world: w, rest: w.Timeline(), organisations: map[string]organisation.Organisation{},
		people: map[string]person.Person{}, operations: map[string]*story.Operation{},
		directors: map[string]access.Actor{}, roles: map[string][]access.Role{},
		messages: map[string]int64{}, cases: map[string]seizure.Case{},
		tasks: map[string]task.Task{}, shifts: map[string]roster.Shift{}, documents: map[string]int64{}}
}

// Resume goes on with other stores of the same database.
func (t *Teller) Resume(s Stores) { t.stores = s }

// Until tells every moment up to and including a time, and leaves the clock
// there. done and total count moments; progress may be nil.
func (t *Teller) Until(ctx context.Context, end time.Time, progress func(done, total int)) error {
	total := len(t.rest)
	if t.shelves() && t.pictures == nil {
		t.pictures = pictures(t.world)
	}
	for len(t.rest) > 0 && !t.rest[0].At.After(end) {
		m := t.rest[0]
		t.stores.Clock.Set(m.At)
		if err := t.tell(ctx, m); err != nil {
			return fmt.Errorf("story: %s: %T by %q: %w", m.At.Format(time.RFC3339), m.Step, m.Actor, err)
		}
		t.rest = t.rest[1:]
		if progress != nil {
			progress(total-len(t.rest), total)
		}
	}
	t.stores.Clock.Set(end)
	return nil
}

// Next is when the next moment happens; ok is false when all is told.
func (t *Teller) Next() (at time.Time, ok bool) {
	if len(t.rest) == 0 {
		return time.Time{}, false
	}
	return t.rest[0].At, true
}

// TellDue tells what has happened by now on a clock that runs by itself.
func (t *Teller) TellDue(ctx context.Context, now time.Time) error {
	for len(t.rest) > 0 && !t.rest[0].At.After(now) {
		m := t.rest[0]
		if err := t.tell(ctx, m); err != nil {
			return fmt.Errorf("story: %s: %T by %q: %w", m.At.Format(time.RFC3339), m.Step, m.Actor, err)
		}
		t.rest = t.rest[1:]
	}
	return nil
}

func (t *Teller) tell(ctx context.Context, m story.Moment) error {
	who := t.actor(m)
	switch s := m.Step.(type) {
	case story.OrganisationFounded:
		return t.found(ctx, s.Organisation)
	case story.PersonEnrolled:
		return t.enrol(ctx, s.Person)
	case story.OperationOpened:
		return t.open(ctx, who, m.Actor, m.Hat, s.Operation)
	case story.OrganisationInvited:
		return t.stores.Operations.Invite(ctx, who, operation.Code(s.Membership.Operation),
			t.organisations[s.Membership.Organisation].ID, access.Side(s.Membership.Side))
	case story.InvitationAccepted:
		return t.accept(ctx, who, s.Membership)
	case story.RoleGiven:
		return t.give(ctx, who, s)
	case story.MessageSent:
		return t.send(ctx, who, s.Message)
	case story.WarningActed:
		return t.tellWarning(ctx, who, s.Act)
	case story.WarningsDue:
		_, err := t.stores.Warnings.RemindDue(ctx)
		return err
	}
	if told, err := t.tellDaily(ctx, who, m.Step); told {
		return err
	}
	if told, err := t.tellLibrary(ctx, who, m.Step); told {
		return err
	}
	if told, err := t.tellShelf(ctx, who, m.Step); told {
		return err
	}
	if told, err := t.tellQuestion(ctx, who, m.Step); told {
		return err
	}
	if told, err := t.tellReport(ctx, who, m.Step); told {
		return err
	}
	if told, err := t.tellTraining(ctx, who, m.Step); told {
		return err
	}
	return t.tellCase(ctx, who, m)
}

// actor is who acts at a moment: the person under the hat.
func (t *Teller) actor(m story.Moment) access.Actor {
	p := t.world.Person(m.Actor)
	if p == nil {
		return access.Actor{}
	}
	who := access.Actor{Person: p.ID, Organisation: t.organisations[m.Hat].Number, Administrator: p.Administrator}
	if p.Administrator {
		who.Organisation = operatorNumber
	}
	for _, h := range p.Hats {
		if h.Organisation == m.Hat {
			who.ContactPoint = h.Contact != ""
		}
	}
	return who
}
