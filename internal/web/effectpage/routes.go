package effectpage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/pack"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// site is the shared site with what these pages do. Its methods with w, r and a visit
// are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	const courses = "/o/{op}/courses/"
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/effect/{$}", Command: access.EffectRead, Rate: door.Searches}, Handle: s.effect},
		{Route: door.Route{Method: "GET", Pattern: courses + "{$}", Command: access.CourseRead}, Handle: s.list},
		{Route: door.Route{Method: "GET", Pattern: courses + "new", Command: access.CourseRecord}, Handle: s.write},
		{Route: door.Route{Method: "POST", Pattern: courses + "new", Command: access.CourseRecord, Limit: frame.SmallForm}, Handle: s.record},
		{Route: door.Route{Method: "GET", Pattern: courses + "{id}", Command: access.CourseRead}, Handle: s.show},
		{Route: door.Route{Method: "GET", Pattern: courses + "{id}/edit", Command: access.CourseAmend}, Handle: s.edit},
		{Route: door.Route{Method: "POST", Pattern: courses + "{id}/edit", Command: access.CourseAmend, Limit: frame.SmallForm}, Handle: s.amend},
		{Route: door.Route{Method: "POST", Pattern: courses + "{id}/withdraw", Command: access.CourseWithdraw, Limit: frame.SmallForm}, Handle: s.withdraw},
	}
}

func coursesOf(r *http.Request) string { return "/o/" + string(frame.CodeOf(r)) + "/courses/" }

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	page, err := s.Courses.List(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, listPage(s.Inside(r, v, page.Standing, v.Printer.T("coursepage.title")), page))
}

// places are the names of posts by their codes, where a loaded list knows them.
type places map[string]string

// placesOf looks up the posts of a course; a list that does not know one says nothing.
func (s site) placesOf(r *http.Request, v *frame.Visit, reach []course.Reach) (places, error) {
	out := places{}
	for _, row := range reach {
		if _, done := out[row.Post]; done || !seizure.Located(row.Post) {
			continue
		}
		hit, err := s.Packs.Lookup(r.Context(), v.Actor(), pack.Locode, "", row.Post, string(v.Printer.Lang()))
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		out[row.Post] = hit.Label
	}
	return out, nil
}

// opened is a course with the form that withdraws it.
type opened struct {
	course.Opened
	places places
	form   kit.Form
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.showPage(w, r, v, url.Values{}, nil)
}

func (s site) showPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	n := course.Name{ID: course.ID(r.PathValue("id")), From: organisation.ID(r.URL.Query().Get("of"))}
	o, err := s.Courses.Read(r.Context(), v.Actor(), frame.CodeOf(r), n)
	if err != nil {
		return err
	}
	m := opened{Opened: o, form: kit.FormOf(values, wrong)}
	if m.places, err = s.placesOf(r, v, o.Reach); err != nil {
		return err
	}
	p := s.Inside(r, v, o.Standing, o.Title, v.Printer.T("coursepage.title"))
	m.form.Labels = frame.Labels(p, "coursepage.field.", "reason")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), showPage(p, m))
}

func (s site) withdraw(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	_, err := s.Courses.Withdraw(r.Context(), v.Actor(), frame.CodeOf(r), course.ID(r.PathValue("id")), r.PostForm.Get("reason"))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, coursesOf(r)+r.PathValue("id"), "course-withdrawn")
	case frame.Refused(err):
		return s.showPage(w, r, v, frame.Keep(r.PostForm), err)
	}
	return err
}

// writing is a course that is being written.
type writing struct {
	course.Choices
	form kit.Form
	rows int // of whom it reached
}

// more is how many empty rows stand below those that are filled.
const more = 2

func (s site) write(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.writePage(w, r, v, "", url.Values{"id": {s.Source.ID()}, "language": {frame.WrittenIn(v)}}, nil)
}

func (s site) edit(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.writePage(w, r, v, course.ID(r.PathValue("id")), nil, nil)
}

// writePage is the form: with what was typed, or, where values is nil, with the course
// as it stands.
func (s site) writePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, id course.ID, values url.Values, wrong error) error {
	c, err := s.Courses.Writing(r.Context(), v.Actor(), frame.CodeOf(r), id)
	if err != nil {
		return err
	}
	if values == nil {
		values = filled(c)
	}
	if id == "" && values.Get("teacher") == "" && !values.Has("title") {
		values.Set("teacher", v.Actor().Person)
	}
	title := v.Printer.T("coursepage.new")
	if id != "" {
		title = v.Printer.T("coursepage.amend")
	}
	p := s.Inside(r, v, c.Standing, title, v.Printer.T("coursepage.title"))
	m := writing{Choices: c, form: kit.FormOf(values, wrong), rows: rowsOf(values) + more}
	m.form.Labels = labels(p, m.rows)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), writePage(p, m))
}

func (s site) record(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, wrong := read(r.PostForm)
	if wrong == nil && !r.PostForm.Has("more") {
		var made course.Course
		if made, wrong = s.Courses.Record(r.Context(), v.Actor(), frame.CodeOf(r), d); wrong == nil {
			return frame.SeeOther(w, r, coursesOf(r)+string(made.ID), "course-recorded")
		}
	}
	return s.again(w, r, v, "", wrong)
}

func (s site) amend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, wrong := read(r.PostForm)
	d.ID = course.ID(r.PathValue("id"))
	if wrong == nil && !r.PostForm.Has("more") {
		if _, wrong = s.Courses.Amend(r.Context(), v.Actor(), frame.CodeOf(r), d); wrong == nil {
			return frame.SeeOther(w, r, coursesOf(r)+string(d.ID), "course-amended")
		}
	}
	return s.again(w, r, v, d.ID, wrong)
}

// again shows the form with what was typed: something is wrong, or more rows are
// wanted.
func (s site) again(w http.ResponseWriter, r *http.Request, v *frame.Visit, id course.ID, wrong error) error {
	if wrong != nil && !frame.Refused(wrong) {
		return wrong
	}
	values := frame.Keep(r.PostForm)
	if r.PostForm.Has("more") {
		wrong = nil
		values.Set("rows", strconv.Itoa(rowsOf(values)+more))
	}
	values.Del("more")
	return s.writePage(w, r, v, id, values, wrong)
}

// read is the form as a draft. Paths are those of the draft.
func read(f url.Values) (course.Draft, error) {
	version, _ := strconv.ParseInt(f.Get("version"), 10, 64) // what is no version stands in none
	d := course.Draft{ID: course.ID(f.Get("id")), Version: version, Title: f.Get("title"), Language: f.Get("language"), Starts: f.Get("starts"), Ends: f.Get("ends"),
		Teacher: person.ID(f.Get("teacher")), Parent: workshop.ID(f.Get("parent")), Reports: workshop.ID(f.Get("reports")), Topics: f["topics"], Reason: f.Get("reason")}
	var p fault.Problems
	for n := 1; n <= rowsOf(f); n++ {
		row := course.Reach{Post: f.Get(field(n, "post")), Function: f.Get(field(n, "function"))}
		if typed := f.Get(field(n, "people")); typed != "" {
			people, err := frame.WholeNumber(field(n, "people"), typed, "coursepage.whole")
			if err != nil {
				p.Add(field(n, "people"), "coursepage.whole")
			}
			row.People = people
		}
		d.Reach = append(d.Reach, row)
	}
	return d, p.Fault()
}
