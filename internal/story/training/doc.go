// Package training is what was taught around Action IPR A/P 2, as data: two
// workshops with their agendas, lessons made from product sheets, the form in
// which participants said what they thought, courses at home, and the lessons
// learnt. That both workshops were held, and right holders taught in them, is
// published; everything else is invented.
package training
