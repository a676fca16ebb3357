package course

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Item is a course as a list shows it.
type Item struct {
	Course
	Of      organisation.Organisation
	Mine    bool   // of the reader's organisation
	Taught  string // the teacher's name
	Cascade bool   // the teacher had been trained at a workshop before
}

// Page is the courses that a reader may read, the latest first.
type Page struct {
	Standing  operation.Standing
	Items     []Item
	MayRecord bool
}

// Opened is one course with what stands beside it.
type Opened struct {
	Standing operation.Standing
	Item
	By       string             // name of who wrote it last
	From     *workshop.Workshop // that it passes on; nil: not said, or not for this reader
	On       *workshop.Workshop // the national one that it reports on
	Versions []Version          // the newest first
	MayAmend bool
}

// Version is a course as it once was.
type Version struct {
	Course
	By string // name of who wrote it
}

// Choices is what the form of a course offers.
type Choices struct {
	Standing operation.Standing
	Course   *Course // that is amended; nil: a new one
	From, On *workshop.Workshop
	Teachers []Teacher           // people of the actor's organisation, the trained ones first
	Parents  []workshop.Workshop // that the actor may read
	National []workshop.Workshop // of its own organisation
	Posts    []string            // that its organisation has named before
	Latest   string              // the last day that can be
}

// Teacher is somebody who may have taught.
type Teacher struct {
	ID      person.ID
	Name    string
	Trained bool // was at a workshop of this operation
}

func (s *Store) read(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

// List gives the courses that the actor may read.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code) (out Page, err error) {
	err = s.read(ctx, who, code, access.CourseRead, func(tx *db.Tx, st operation.Standing) error {
		out = Page{Standing: st}
		all, err := All(tx, st)
		if err != nil {
			return err
		}
		slices.SortStableFunc(all, func(a, b Course) int { return -compareDays(a, b) })
		if out.Items, err = items(tx, st, all); err != nil {
			return err
		}
		out.MayRecord, err = trains(tx, st)
		return err
	})
	return out, err
}

func compareDays(a, b Course) int {
	switch {
	case a.Starts != b.Starts && a.Starts < b.Starts:
		return -1
	case a.Starts != b.Starts:
		return 1
	}
	return int(a.Seq - b.Seq)
}

func items(tx *db.Tx, st operation.Standing, all []Course) ([]Item, error) {
	var bodies []int64
	var people []string
	for _, c := range all {
		bodies, people = append(bodies, c.Organisation), append(people, string(c.Teacher))
	}
	of, err := organisation.These(tx, bodies)
	if err != nil {
		return nil, err
	}
	names, err := person.These(tx, people)
	if err != nil {
		return nil, err
	}
	trained, err := attendance.TrainedIn(tx, st.Operation.Number)
	var out []Item
	for _, c := range all {
		out = append(out, Item{Course: c, Of: of[c.Organisation], Mine: c.Organisation == st.Who.Organisation, Taught: names[string(c.Teacher)].Name, Cascade: cascades(c, trained)})
	}
	return out, err
}

// Read opens a course.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, n Name) (out Opened, err error) {
	err = s.read(ctx, who, code, access.CourseRead, func(tx *db.Tx, st operation.Standing) error {
		c, err := find(tx, st, n)
		if err != nil {
			return err
		}
		out = Opened{Standing: st}
		one, err := items(tx, st, []Course{c})
		if err != nil {
			return err
		}
		out.Item = one[0]
		if out.From, out.On, err = named(tx, st, c); err != nil {
			return err
		}
		if err := out.versions(tx); err != nil {
			return err
		}
		may, err := trains(tx, st)
		out.MayAmend = may && out.Mine && c.Stands() && st.May(access.CourseAmend)
		return err
	})
	return out, err
}

func (o *Opened) versions(tx *db.Tx) error {
	all, err := db.All(tx, selectVersions, db.Decoded[Course], o.Standing.Operation.Number, o.Seq)
	if err != nil {
		return err
	}
	var people []string
	for _, c := range all {
		people = append(people, c.Author)
	}
	names, err := person.These(tx, people)
	for _, c := range slices.Backward(all) {
		o.Versions = append(o.Versions, Version{c, names[c.Author].Name})
	}
	o.By = names[o.Author].Name
	return err
}

// named gives the workshops that a course names, those that the actor may read.
func named(tx *db.Tx, st operation.Standing, c Course) (from, on *workshop.Workshop, err error) {
	all, err := workshop.All(tx, st)
	for i, w := range all {
		if w.Seq == c.Parent {
			from = &all[i]
		}
		if w.Seq == c.Reports {
			on = &all[i]
		}
	}
	return from, on, err
}

// Writing gives what the form of a new course offers, or of one that is amended.
func (s *Store) Writing(ctx context.Context, who access.Actor, code operation.Code, id ID) (out Choices, err error) {
	err = s.read(ctx, who, code, access.CourseRecord, func(tx *db.Tx, st operation.Standing) error {
		may, err := trains(tx, st)
		if err != nil {
			return err
		}
		if !may {
			return fault.Missing()
		}
		out = Choices{Standing: st, Latest: s.latest()}
		if id != "" {
			c, err := find(tx, st, Name{ID: id})
			if err != nil {
				return err
			}
			if !c.Stands() {
				return fault.Missing()
			}
			out.Course = &c
			if out.From, out.On, err = named(tx, st, c); err != nil {
				return err
			}
		}
		return out.fill(tx)
	})
	return out, err
}

// former adds whoever taught the course that is amended and is not of the organisation any
// more: the course goes on saying who taught it.
func (c *Choices) former(tx *db.Tx, trained []attendance.Trained) error {
	if c.Course == nil || slices.ContainsFunc(c.Teachers, func(t Teacher) bool { return t.ID == c.Course.Teacher }) {
		return nil
	}
	names, err := person.These(tx, []string{string(c.Course.Teacher)})
	if p, known := names[string(c.Course.Teacher)]; known {
		was := slices.ContainsFunc(trained, func(t attendance.Trained) bool { return t.Person == p.ID && t.Organisation == c.Course.Organisation })
		c.Teachers = append(c.Teachers, Teacher{p.ID, p.Name, was})
	}
	return err
}

func (c *Choices) fill(tx *db.Tx) error {
	st := c.Standing
	own := st.Who.Organisation
	trained, err := attendance.TrainedIn(tx, st.Operation.Number)
	if err != nil {
		return err
	}
	people, err := person.OfOrganisation(tx, own, st.Now)
	if err != nil {
		return err
	}
	for _, m := range people {
		was := slices.ContainsFunc(trained, func(t attendance.Trained) bool { return t.Person == m.Person.ID && t.Organisation == own })
		c.Teachers = append(c.Teachers, Teacher{m.Person.ID, m.Person.Name, was})
	}
	if err := c.former(tx, trained); err != nil {
		return err
	}
	slices.SortStableFunc(c.Teachers, func(a, b Teacher) int {
		switch {
		case a.Trained == b.Trained:
			return 0
		case a.Trained:
			return -1
		}
		return 1
	})
	all, err := workshop.All(tx, st)
	if err != nil {
		return err
	}
	for _, w := range all {
		switch {
		case w.State == workshop.Cancelled:
		case w.Kind == workshop.National && w.Organisation == own:
			c.National = append(c.National, w)
		case w.Kind != workshop.National:
			c.Parents = append(c.Parents, w)
		}
	}
	return c.posts(tx, trained)
}

// posts are those that the actor's organisation has named.
func (c *Choices) posts(tx *db.Tx, trained []attendance.Trained) error {
	own := c.Standing.Who.Organisation
	for _, t := range trained {
		if t.Organisation == own {
			c.Posts = append(c.Posts, t.Post)
		}
	}
	courses, err := All(tx, c.Standing)
	for _, o := range courses {
		for _, r := range o.Reach {
			if o.Organisation == own {
				c.Posts = append(c.Posts, r.Post)
			}
		}
	}
	slices.Sort(c.Posts)
	c.Posts = slices.DeleteFunc(slices.Compact(c.Posts), func(s string) bool { return s == "" })
	return err
}
