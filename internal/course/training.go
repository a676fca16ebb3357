package course

import (
	"cmp"
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// What people were trained by.
const (
	ByWorkshop = "workshop"
	ByCourse   = "course"
)

// Training is one occasion at which people of one organisation were trained.
type Training struct {
	By           string
	Organisation int64  // whose people
	Number       int64  // of the workshop or course
	ID           string // of it; empty: its reader may not open it
	Title        string // empty: its reader may not know it
	Language     string // of the title
	Kind         string // of a workshop
	Host         int64  // organisation that held it
	Teacher      person.ID
	Cascade      bool   // of a course: its teacher had been trained at a workshop before
	Day          string // from which they count as trained: the last of it
	People       []Someone
	Reach        []Reach
}

// Someone was at a workshop. Key is the same for the same person.
type Someone struct {
	Key, Post string
}

// Count is how many people it trained.
func (t Training) Count() (n int64) {
	for _, r := range t.Reach {
		n += r.People
	}
	return n + int64(len(t.People))
}

// Scope tells whose training a reader looks at: of all organisations on the side of
// coordination (0), otherwise of its own.
func Scope(st operation.Standing) int64 {
	if st.Side() == access.Coordination {
		return 0
	}
	return st.Who.Organisation
}

// Trainings gives what trained people in an operation, as far as the actor may know,
// the first day first: of all organisations for coordination, otherwise of its own.
// Who attended a national workshop on which a course reports stands in the course.
func Trainings(tx *db.Tx, st operation.Standing) ([]Training, error) {
	trained, err := attendance.TrainedIn(tx, st.Operation.Number)
	if err != nil {
		return nil, err
	}
	courses, err := All(tx, st)
	if err != nil {
		return nil, err
	}
	scope := Scope(st)
	out := attended(trained, courses, scope)
	if err := titled(tx, st, out); err != nil {
		return nil, err
	}
	for _, c := range courses {
		if c.Stands() && (scope == 0 || c.Organisation == scope) {
			out = append(out, Training{By: ByCourse, Organisation: c.Organisation, Number: c.Seq, ID: string(c.ID), Title: c.Title, Language: c.Language,
				Host: c.Organisation, Teacher: c.Teacher, Cascade: cascades(c, trained), Day: c.Ends, Reach: c.Reach})
		}
	}
	slices.SortStableFunc(out, func(a, b Training) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Organisation, b.Organisation))
	})
	return out, nil
}

// cascades tells whether the teacher of a course was trained at a workshop before it.
func cascades(c Course, trained []attendance.Trained) bool {
	return slices.ContainsFunc(trained, func(t attendance.Trained) bool {
		return t.Person != "" && t.Person == c.Teacher && t.Organisation == c.Organisation && t.Workshop != c.Reports && t.Day <= c.Starts
	})
}

// attended groups who was at workshops by workshop and organisation.
func attended(trained []attendance.Trained, courses []Course, scope int64) []Training {
	type place struct{ organisation, workshop int64 }
	reported := map[place]bool{}
	for _, c := range courses {
		if c.Stands() && c.Reports != 0 {
			reported[place{c.Organisation, c.Reports}] = true
		}
	}
	by := map[place]Training{}
	for _, t := range trained {
		at := place{t.Organisation, t.Workshop}
		if reported[at] || scope != 0 && t.Organisation != scope {
			continue
		}
		x, known := by[at]
		if !known {
			x = Training{By: ByWorkshop, Organisation: t.Organisation, Number: t.Workshop, Kind: t.Kind, Host: t.Host, Day: t.Day}
		}
		key := string(t.Person)
		if key == "" {
			key = "name " + i18n.Fold(t.Name)
		}
		x.People = append(x.People, Someone{key, t.Post})
		by[at] = x
	}
	var out []Training
	for _, at := range slices.SortedFunc(maps.Keys(by), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.workshop, b.workshop), cmp.Compare(a.organisation, b.organisation))
	}) {
		out = append(out, by[at])
	}
	return out
}

// titled puts in what the workshops are called that the actor may read.
func titled(tx *db.Tx, st operation.Standing, all []Training) error {
	readable, err := workshop.All(tx, st)
	if err != nil {
		return err
	}
	for i := range all {
		for _, w := range readable {
			if w.Seq == all[i].Number {
				all[i].ID, all[i].Title, all[i].Language = string(w.ID), w.Title, w.Language
			}
		}
	}
	return nil
}
