package story

import (
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/story/training"
)

// Workshop is a workshop of Action IPR A/P 2.
type Workshop struct {
	training.Workshop
	ID       string
	Practice string // id of its practice
	Author   string // login
	Hat      string
	Sessions []Session // instead of those of the data
	Nominees []*Nominee
}

// Session is one item of its agenda.
type Session struct {
	ID string
	training.Session
}

// For tells whether a session is for the people of an organisation: what a right holder
// teaches is not for another.
func (s Session) For(organisation string) bool {
	for _, by := range s.Speakers {
		if by.Function == "right-holder" && (organisation == OrgHolder || organisation == OrgRival) && by.Organisation != organisation {
			return false
		}
	}
	return true
}

// Nominee is somebody whom an administration or right holder sends.
type Nominee struct {
	ID           string
	Organisation string
	Person       *Person // nil: somebody without an account
	Name         string
	Position     string
	Post         string
	By           string // login of who nominated
	At           time.Time
	Confirmed    bool
	Missed       int // sessions at the end that were missed
}

// Course is a national course.
type Course struct {
	ID string
	training.Course
}

// Lesson is a lesson in product identification.
type Lesson struct {
	ID string
	training.Lesson
	Sheets []*Sheet
}

// Learnt is a lesson learnt.
type Learnt struct {
	ID  string
	Hat string
	training.Learnt
}

// The steps of training. Opinions and results are of the people of a workshop, by
// their place among its nominees.
type (
	WorkshopPlanned struct{ Workshop *Workshop }
	WorkshopCalled  struct{ Workshop *Workshop }
	PeopleNominated struct {
		Workshop *Workshop
		Of       string
	} // organisation
	PeopleConfirmed struct{ Workshop *Workshop }
	LessonPublished struct{ Lesson *Lesson }
	LessonsSet      struct{ Workshop *Workshop }
	PracticeOpened  struct{ Workshop *Workshop }
	SessionAttended struct {
		Workshop *Workshop
		Session  int
	}
	LessonTaken struct {
		Lesson  *Lesson
		Nominee *Nominee
		Turn    int
	}
	OpinionsAsked  struct{ Workshop *Workshop }
	OpinionsClosed struct{ Workshop *Workshop }
	OpinionGiven   struct {
		Workshop *Workshop
		Nominee  *Nominee
		Opinion  training.Opinion
	}
	CertificatesGiven struct{ Workshop *Workshop }
	CourseRecorded    struct{ Course *Course }
	LearntRecorded    struct{ Learnt *Learnt }
	LearntAccepted    struct{ Learnt *Learnt }
)

func (WorkshopPlanned) rank() int   { return 70 }
func (WorkshopCalled) rank() int    { return 71 }
func (PeopleNominated) rank() int   { return 72 }
func (PeopleConfirmed) rank() int   { return 73 }
func (LessonPublished) rank() int   { return 74 }
func (LessonsSet) rank() int        { return 75 }
func (PracticeOpened) rank() int    { return 76 }
func (SessionAttended) rank() int   { return 77 }
func (LessonTaken) rank() int       { return 78 }
func (OpinionsAsked) rank() int     { return 79 }
func (OpinionGiven) rank() int      { return 80 }
func (CertificatesGiven) rank() int { return 81 }
func (OpinionsClosed) rank() int    { return 85 }
func (CourseRecorded) rank() int    { return 82 }
func (LearntRecorded) rank() int    { return 83 }
func (LearntAccepted) rank() int    { return 84 }

// OfTraining tells whether a step is one of those above.
func OfTraining(s Step) bool { return s.rank() >= (WorkshopPlanned{}).rank() }

// trainingChapter keeps the ids of training apart from all others.
const trainingChapter = 1 << 23

// training plans the workshops, courses and lessons learnt.
func (b *builder) training(seed uint64) {
	b.begin(seed, trainingChapter)
	for _, w := range training.Workshops {
		made := &Workshop{Workshop: w, ID: b.id(minute(w.PlannedAt)), Practice: b.id(minute(w.PlannedAt)), Author: "trainer", Hat: OrgWCO}
		for _, s := range w.Sessions {
			made.Sessions = append(made.Sessions, Session{b.id(minute(w.PlannedAt)), s})
		}
		b.nominate(made)
		b.world.Workshops = append(b.world.Workshops, made)
	}
	for _, l := range training.Product {
		made := &Lesson{ID: b.id(minute(l.At)), Lesson: l}
		for _, s := range b.world.Sheets {
			if s.Of.Holder == l.Organisation && s.At.Before(minute(l.At)) && len(s.Countries) == 0 {
				made.Sheets = append(made.Sheets, s)
			}
		}
		b.world.Lessons = append(b.world.Lessons, made)
	}
	for _, c := range training.Courses {
		c.Reach = slices.Clone(c.Reach)
		for i := range c.Reach {
			c.Reach[i].Post = b.post(c.Organisation, c.Reach[i].Post)
		}
		b.world.Courses = append(b.world.Courses, &Course{b.id(minute(c.At)), c})
	}
	for _, l := range training.Lessons {
		hat := b.world.Person(l.By).Hats[0].Organisation
		b.world.Learnt = append(b.world.Learnt, &Learnt{b.id(minute(l.At)), hat, l})
	}
}

// post calls a place of an administration as its cases do.
func (b *builder) post(organisation, code string) string {
	o := b.org[organisation]
	for _, p := range o.Places {
		if p.Code == code {
			return p.Name.In(o.Language)
		}
	}
	return code
}

// stays is the administration that sends nobody to the first workshop; sent names
// somebody without an account there, and finds no place for him.
const (
	stays = "QW"
	sent  = "XW"
)

// nominate has every administration send people of its posts to the first workshop,
// and its contact points to the second; right holders send who speaks for them.
func (b *builder) nominate(w *Workshop) {
	seats := []string{"mail", "freight"}
	if w.Key == training.FollowUp {
		seats = []string{ContactFirst, "mail"}
	}
	called := minute(w.CalledAt)
	for i, row := range administrationRows {
		if w.Key == training.TrainTheTrainer && row.code == stays {
			continue
		}
		at := called.Add(time.Duration(1+i*3%9)*24*time.Hour + time.Duration(i*29%400)*time.Minute)
		for k, seat := range seats {
			if k == 1 && row.cases < 10 {
				continue // one comes from a small administration
			}
			p := b.world.Person(b.login[row.code][seat])
			n := &Nominee{ID: b.id(at), Organisation: row.code, Person: p, Name: p.Name, Position: p.Hats[0].Position.In("en"), Post: b.post(row.code, p.Hats[0].Place),
				By: b.first[row.code], At: at, Confirmed: true}
			if row.code == "XG" || row.code == "QT" {
				n.Missed = 3 // an aircraft that left early
			}
			w.Nominees = append(w.Nominees, n)
		}
		if row.code == sent && w.Key == training.TrainTheTrainer {
			w.Nominees = append(w.Nominees, &Nominee{ID: b.id(at), Organisation: row.code, Name: "Rowan Tidemarsh", Position: "Officer, parcels hub",
				Post: "Farrowby parcels hub", By: b.first[row.code], At: at, Confirmed: true})
		}
	}
	for _, code := range []string{OrgHolder, OrgRival} {
		p := b.world.Person(b.first[code])
		w.Nominees = append(w.Nominees, &Nominee{ID: b.id(called), Organisation: code, Person: p, Name: p.Name, Position: p.Hats[0].Position.In("en"),
			By: p.Login, At: called.Add(30 * time.Hour), Confirmed: true})
	}
}

// tellTraining tells both workshops and what came of them.
func (w *World) tellTraining(tell func(time.Time, string, string, Step)) {
	for _, l := range w.Lessons {
		tell(minute(l.At), l.Author, l.Organisation, LessonPublished{l})
	}
	for _, s := range w.Workshops {
		w.tellWorkshop(s, tell)
	}
	for _, c := range w.Courses {
		tell(minute(c.At), c.By, c.Organisation, CourseRecorded{c})
	}
	for _, l := range w.Learnt {
		tell(minute(l.At), l.By, l.Hat, LearntRecorded{l})
		tell(minute("2017-03-23T07:30"), "director", OrgWCO, LearntAccepted{l})
	}
}

func (w *World) tellWorkshop(s *Workshop, tell func(time.Time, string, string, Step)) {
	host := func(at time.Time, step Step) { tell(at, s.Author, s.Hat, step) }
	host(minute(s.PlannedAt), WorkshopPlanned{s})
	host(minute(s.CalledAt), WorkshopCalled{s})
	last := ""
	for _, n := range s.Nominees {
		if n.Organisation != last {
			tell(n.At, n.By, n.Organisation, PeopleNominated{s, n.Organisation})
		}
		last = n.Organisation
	}
	host(minute(s.NominateBy+"T23:00"), PeopleConfirmed{s})
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		panic("story: " + err.Error()) // a constant of this package
	}
	local := func(text string) time.Time {
		t, err := time.ParseInLocation("2006-01-02T15:04", text, zone)
		if err != nil {
			panic("story: " + err.Error())
		}
		return t.UTC()
	}
	for i, session := range s.Sessions {
		host(local(session.Ends).Add(-10*time.Minute), SessionAttended{s, i})
	}
	if s.Key == training.TrainTheTrainer {
		host(minute("2016-12-09T02:00"), LessonsSet{s})
		host(minute("2016-12-09T02:30"), PracticeOpened{s})
		for i, n := range s.learners() {
			tell(local("2016-12-13T14:20").Add(time.Duration(i)*4*time.Minute), n.Person.Login, n.Organisation, LessonTaken{w.Lessons[i%len(w.Lessons)], n, i})
		}
	}
	end := local(s.Ends + "T16:40")
	if s.Key == training.FollowUp {
		end = local(s.Ends + "T12:10")
	}
	host(end, OpinionsAsked{s})
	for i, n := range s.learners() {
		if i%5 != 3 { // some never answer
			said := training.Opinions[i%len(training.Opinions)]
			if i >= len(training.Opinions) {
				said.Words = "" // what has been said once
			}
			tell(end.Add(time.Duration(4+i)*time.Minute), n.Person.Login, n.Organisation, OpinionGiven{s, n, said})
		}
	}
	host(end.Add(90*time.Minute), CertificatesGiven{s})
	if s.Key == training.TrainTheTrainer {
		host(minute("2016-12-21T08:00"), OpinionsClosed{s})
	}
}

// learners are the people of administrations who were there to the end, with an account.
func (w *Workshop) learners() []*Nominee {
	var out []*Nominee
	for _, n := range w.Nominees {
		if n.Person != nil && n.Missed == 0 && len(n.Organisation) == 2 {
			out = append(out, n)
		}
	}
	return out
}

// Of gives the nominees of an organisation.
func (w *Workshop) Of(code string) []*Nominee {
	var out []*Nominee
	for _, n := range w.Nominees {
		if strings.EqualFold(n.Organisation, code) {
			out = append(out, n)
		}
	}
	return out
}
