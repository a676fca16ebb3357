package coverage

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/nilreport"
)

// Silence is counted from the last day that is over; an open day neither ends nor
// lengthens it unless something came, and a day before joining is none.
func TestSilentFor(t *testing.T) {
	cell := func(sign rune) Cell {
		switch sign {
		case 'c':
			return Cell{Cases: 1}
		case '0':
			return Cell{Nil: &nilreport.Report{}}
		case 'o':
			return Cell{Open: true}
		case 'O':
			return Cell{Open: true, Cases: 1}
		case 'a':
			return Cell{Away: true}
		}
		return Cell{}
	}
	for days, want := range map[string][2]int{"": {0, 0}, "cc-": {1, 1}, "c--oo": {2, 2}, "--0": {2, 0}, "--O": {2, 0}, "aa-": {1, 1}, "aao": {0, 0}, "-c--": {3, 2}} {
		var r Row
		for _, sign := range days {
			r.Days = append(r.Days, cell(sign))
		}
		if r.Silent() != want[0] || r.SilentFor() != want[1] {
			t.Errorf("%q: %d days of silence, %d at the end; want %v", days, r.Silent(), r.SilentFor(), want)
		}
	}
}
