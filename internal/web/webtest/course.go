package webtest

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// tourCourse is the course of the contact point's administration.
const tourCourse = "01890a5d-ac96-774b-bcd4-0000000000c1"

// Courses gives the address of a page about courses and what followed them: {course} is
// one of the contact point's administration, which was changed once; {own} is that
// administration.
func (w *World) Courses(path string) string {
	w.T.Helper()
	ctx, desk := w.T.Context(), w.Session("contact-point")
	code := operation.Code(strings.Split(Inside, "/")[2])
	if _, err := w.App.Courses.Read(ctx, desk.Actor, code, course.Name{ID: tourCourse}); err != nil {
		d := course.Draft{ID: tourCourse, Title: "Telling genuine shoes from fakes", Language: "en", Starts: "2017-02-12", Ends: "2017-02-13", Teacher: person.ID(desk.Actor.Person),
			Topics: []string{"product-identification", "reporting"}, Reach: []course.Reach{{Post: "Pier 4", Function: "sea-freight", People: 14}, {Post: "CNSHA", Function: "mail", People: 6}}}
		made, err := w.App.Courses.Record(ctx, desk.Actor, code, d)
		w.must(err)
		d.Version, d.Reason = made.Version, "Two people came later."
		d.Reach[1].People = 8
		_, err = w.App.Courses.Amend(ctx, desk.Actor, code, d)
		w.must(err)
	}
	return strings.NewReplacer("{course}", tourCourse, "{own}", string(desk.Organisation.ID)).Replace(path)
}
