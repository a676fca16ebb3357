// Package workshoppage is the room of pages about workshops: training at a glance, one
// workshop with its agenda, people and materials, the forms by which it is planned and
// people are nominated and confirmed, the letter of invitation, and the calendar file.
//
// Attendance, lessons, practice, evaluation and certificates are rooms of their own; a
// page here links to theirs where one answers.
package workshoppage
