// Package course keeps the cascade: whom trained trainers taught at home.
//
// Somebody who was at a workshop, or a contact point or trainer of the same
// administration, records a national course: when, who taught, on what, and how many
// people of which posts and functions were reached. It is amended and withdrawn in
// versions. Its own administration and coordination read it.
//
// Coverage counts who attended workshops and who was reached by courses, by country and
// post. Where a course reports on a national workshop, those who attended that one are
// counted in the course's reach and not again.
//
// The package owns course and course_version, and appends course.* to the journal.
package course
