// Package lessonpage is the room of pages about lessons: what one may take, one
// question a page, how it ended; for their makers what a lesson holds and what was
// missed; for contact points what their people made of lessons.
package lessonpage
