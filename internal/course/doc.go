// Package course keeps the cascade: whom trained trainers taught at home.
//
// Somebody who was at a workshop, or a contact point or trainer of the same
// administration, records a national course: when, who taught, on what, and how many
// people of which posts and functions were reached. Coverage counts them by country and
// post, beside those who attended themselves; nobody is counted twice for one course.
//
// The package owns course and course_reach, and appends course.* to the journal.
package course
