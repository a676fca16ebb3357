// Package lesson keeps product-identification lessons, made from product sheets.
//
// A right holder makes a lesson from its own published sheets, in the library; its
// readers are those of the sheets. Questions are made from what a sheet holds: a pair
// of pictures (which is fake?), a picture (genuine or fake?), a numbered feature (what
// tells them apart?), a hint. Each attempt draws its questions fairly: from all that
// the learner may read, sheets and answers balanced, without those just seen, by a seed
// that the attempt keeps, so that what was asked can be shown again. The right answer
// and its reason come at once after each question.
//
// A result is seen by the learner, by a contact point of the learner's organisation,
// and by the trainer of a workshop that set the lesson, of its confirmed participants.
// A right holder learns of its lessons how many took them and which questions are
// missed, from five learners on, and never who.
//
// The package owns lesson, lesson_version, lesson_attempt and lesson_answer, and
// appends lesson.* to the journal of the library.
package lesson
