package roster

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Overlaps and gaps between shifts are told, from now on; what is over is not.
func TestTell(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2017, 2, 6, hour, 0, 0, 0, time.UTC) }
	shift := func(from, to int) Shift { return Shift{State: Planned, Begins: at(from), Ends: at(to)} }
	withdrawn := shift(0, 23)
	withdrawn.State = Withdrawn
	told := Tell([]Shift{shift(16, 20), shift(0, 4), shift(6, 12), shift(10, 14), withdrawn}, at(8))
	if len(told.Gaps) != 1 || told.Gaps[0] != (Span{at(14), at(16)}) {
		t.Errorf("gaps %v", told.Gaps)
	}
	if len(told.Overlaps) != 1 || told.Overlaps[0] != (Span{at(10), at(12)}) {
		t.Errorf("overlaps %v", told.Overlaps)
	}
}

func TestCheck(t *testing.T) {
	now := time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC)
	const id = "01890a5d-ac96-774b-bcce-000000000001"
	good := Draft{ID: id, Person: id, Begins: now, Ends: now.Add(8 * time.Hour), Phone: "+000 1"}
	if err := good.Check(now); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Draft){
		"backwards": func(d *Draft) { d.Ends = d.Begins.Add(-time.Minute) },
		"no length": func(d *Draft) { d.Ends = d.Begins },
		"too long":  func(d *Draft) { d.Ends = d.Begins.Add(MaxShift + time.Minute) },
		"no end":    func(d *Draft) { d.Ends = time.Time{} },
		"no phone":  func(d *Draft) { d.Phone = " " },
		"nobody":    func(d *Draft) { d.Person = "x" },
	} {
		d := good
		spoil(&d)
		if err := d.Check(now); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
