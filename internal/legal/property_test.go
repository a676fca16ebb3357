package legal_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/legal"
)

// naive is the same calendar as a person keeps it: a page for every day, told off
// one after the other by the dates of package time.
type naive struct {
	weekend          map[time.Weekday]bool
	holidays, worked map[string]bool
}

func (n naive) works(t time.Time) bool {
	key := t.Format(time.DateOnly)
	return n.worked[key] || !n.weekend[t.Weekday()] && !n.holidays[key]
}

func (n naive) after(t time.Time, days int) time.Time {
	for days > 0 {
		t = t.AddDate(0, 0, 1)
		if n.works(t) {
			days--
		}
	}
	return t
}

// drawn is a calendar with up to 60 holidays and 20 days worked in exchange.
func drawn(t *rapid.T) (legal.Calendar, naive) {
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	c := legal.Calendar{Zone: "UTC"}
	n := naive{map[time.Weekday]bool{}, map[string]bool{}, map[string]bool{}}
	for _, w := range rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 0, 6, rapid.ID).Draw(t, "weekend") {
		c.Weekend = append(c.Weekend, time.Weekday(w))
		n.weekend[time.Weekday(w)] = true
	}
	for _, k := range rapid.SliceOfNDistinct(rapid.IntRange(0, 400), 0, 60, rapid.ID).Draw(t, "holidays") {
		d := start.AddDate(0, 0, k)
		c.Holidays = append(c.Holidays, legal.Closed{Day: legal.DateOf(d.Date())})
		n.holidays[d.Format(time.DateOnly)] = true
	}
	for _, k := range rapid.SliceOfNDistinct(rapid.IntRange(0, 400), 0, 20, rapid.ID).Draw(t, "worked") {
		d := start.AddDate(0, 0, k)
		c.Worked = append(c.Worked, legal.DateOf(d.Date()))
		n.worked[d.Format(time.DateOnly)] = true
	}
	return c, n
}

func TestCountAgreesWithACalendarOnTheWall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, n := drawn(t)
		from := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 380).Draw(t, "from"))
		days := rapid.IntRange(0, 40).Draw(t, "days")
		start := legal.DateOf(from.Date())
		got, want := c.After(start, days), n.after(from, days)
		if got.String() != want.Format(time.DateOnly) {
			t.Fatalf("%d days after %s: %s, on the wall %s", days, start, got, want.Format(time.DateOnly))
		}
		if back := c.Between(start, got); back != days {
			t.Fatalf("%d days from %s to %s, counted back %d", days, start, got, back)
		}
		if days > 0 && (!c.Works(got) || got <= start) {
			t.Fatalf("the last day %s is not worked, or not after %s", got, start)
		}
		if b := c.Between(got, start); b != -days {
			t.Fatalf("backwards %d, not %d", b, -days)
		}
	})
}

func TestMoreHolidaysNeverShortenADeadline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, _ := drawn(t)
		from := legal.DateOf(2020, 1, 1+rapid.IntRange(0, 380).Draw(t, "from"))
		days := rapid.IntRange(1, 30).Draw(t, "days")
		before := c.After(from, days)
		more := c
		more.Holidays = append(slices.Clone(c.Holidays), legal.Closed{Day: legal.DateOf(2020, 1, 1+rapid.IntRange(0, 400).Draw(t, "more"))})
		if after := more.After(from, days); after < before {
			t.Fatalf("a holiday more, and %s became %s", before, after)
		}
		if longer := c.After(from, days+1); longer <= before {
			t.Fatalf("a day more, and %s became %s", before, longer)
		}
		p := legal.Period{Days: days, Unit: legal.CalendarDays}
		if ends := p.Ends(c, from); !c.Works(ends) || ends < from+legal.Day(days) {
			t.Fatalf("%d calendar days after %s end on %s", days, from, ends)
		}
	})
}

// Over any history and on any day: states agree with the days that are shown, and
// nothing changes when the same history is told again.
func TestStatesAgreeWithDays(t *testing.T) {
	kinds := []string{legal.Detained, legal.NotifiedDeclarant, legal.NotifiedHolder, legal.ApplicationReceived, legal.ApplicationGranted, legal.Reply,
		legal.Objection, legal.Agreed, legal.Proceedings, legal.Decision, legal.Extended, legal.Ended}
	rapid.Check(t, func(t *rapid.T) {
		c, _ := drawn(t)
		p := rapid.SampledFrom(legal.Builtin()).Draw(t, "profile")
		course := legal.Course{Kind: rapid.SampledFrom([]string{legal.ExOfficio, legal.UnderApplication, legal.Small}).Draw(t, "kind"), Perishable: rapid.Bool().Draw(t, "perishable")}
		for range rapid.IntRange(0, 12).Draw(t, "events") {
			e := legal.Event{Kind: rapid.SampledFrom(kinds).Draw(t, "event"), Day: legal.DateOf(2020, 1, 1+rapid.IntRange(0, 200).Draw(t, "on"))}
			if e.Kind == legal.Extended {
				e.Step = "reply"
			}
			course.Events = append(course.Events, e)
		}
		today := legal.DateOf(2020, 1, 1+rapid.IntRange(0, 300).Draw(t, "today"))
		for _, d := range p.Deadlines(c, course, today) {
			switch d.State {
			case legal.Overdue:
				if today <= d.Due || d.Left > 0 || d.Prompt() {
					t.Fatalf("overdue: %+v", d)
				}
			case legal.Running, legal.DueSoon:
				if !d.Prompt() && today > d.Due {
					t.Fatalf("over, and %s: %+v", d.State, d)
				}
			case legal.Late:
				if d.MetOn <= d.Due {
					t.Fatalf("late in time: %+v", d)
				}
			}
			if d.Open() && course.Over() {
				t.Fatalf("open after the end: %+v", d)
			}
			if d.Extended && d.Due <= d.First {
				t.Fatalf("extended to %s from %s", d.Due, d.First)
			}
		}
	})
}

func FuzzParseProfile(f *testing.F) {
	f.Add([]byte(least))
	f.Add([]byte("[[step]]\n[[step]]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := legal.ParseProfile(data)
		if err != nil {
			return
		}
		c := legal.Course{Kind: legal.ExOfficio, Events: []legal.Event{{Kind: legal.Detained, Day: 20000}, {Kind: legal.NotifiedHolder, Day: 20001}}}
		for _, d := range p.Deadlines(legal.Usual("UTC"), c, 20002) {
			if d.Due < d.From {
				t.Errorf("ends before it begins: %+v", d)
			}
		}
	})
}

func FuzzEntered(f *testing.F) {
	f.Add("Asia/Dubai", "2026-12-02 National Day\n2026-12-03", "2026-12-05", "2026")
	f.Fuzz(func(t *testing.T, zone, holidays, worked, years string) {
		c, err := legal.Entered{Zone: zone, Weekend: []string{"5", "6"}, Holidays: holidays, Worked: worked, Years: years, Source: "s"}.Calendar()
		if err != nil {
			return
		}
		again, err := c.Typed().Calendar()
		if err != nil || !slices.Equal(c.Holidays, again.Holidays) || !slices.Equal(c.Worked, again.Worked) || !slices.Equal(c.Years, again.Years) {
			t.Errorf("%q %q %q came back as %+v, %v", holidays, worked, years, again, err)
		}
		if end := c.After(20000, 10); end < 20010 {
			t.Errorf("ten days end after %d", end-20000)
		}
	})
}
