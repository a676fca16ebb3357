// Package effectpage is the room of pages about what training leads to: national
// courses, whom they reached, and what followed in reports.
package effectpage
