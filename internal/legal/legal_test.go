package legal_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/legal"
)

func day(t *testing.T, s string) legal.Day {
	t.Helper()
	d, ok := legal.ParseDay(s)
	if !ok {
		t.Fatalf("%q is no day", s)
	}
	return d
}

func calendar(t *testing.T, e legal.Entered) legal.Calendar {
	t.Helper()
	c, err := e.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Worked by hand, on printed calendars.
func TestWorkingDaysByHand(t *testing.T) {
	west := legal.Entered{Zone: "Europe/Dublin", Weekend: []string{"0", "6"}, Source: "by hand",
		Holidays: "2026-12-25 Christmas Day\n2026-12-26 St Stephen's Day\n2027-01-01 New Year's Day\n2026-04-03\n2026-04-06", Years: "2026 2027"}
	gulf := legal.Entered{Zone: "Asia/Riyadh", Weekend: []string{"5", "6"}, Holidays: "2026-09-23 National Day", Years: "2026", Source: "by hand"}
	friday := legal.Entered{Zone: "Asia/Tehran", Weekend: []string{"5"}, Years: "2026"}
	swapped := legal.Entered{Zone: "Asia/Shanghai", Weekend: []string{"0", "6"}, Source: "by hand", Years: "2026",
		Holidays: "2026-10-01\n2026-10-02\n2026-10-05\n2026-10-06\n2026-10-07", Worked: "2026-09-27 2026-10-10"}
	for _, c := range []struct {
		name string
		in   legal.Entered
		from string
		days int
		ends string
	}{
		{"a plain week", west, "2026-11-30", 1, "2026-12-01"},
		{"the day of the event is not counted", west, "2026-11-30", 10, "2026-12-14"},
		{"over Christmas and New Year", west, "2026-12-18", 10, "2027-01-05"},
		{"St Stephen's Day on a Saturday moves nothing", west, "2026-12-24", 1, "2026-12-28"},
		{"an event on a Saturday", west, "2026-11-28", 3, "2026-12-02"},
		{"over Easter", west, "2026-04-02", 3, "2026-04-09"},
		{"four days from a Thursday", west, "2026-11-26", 4, "2026-12-02"},
		{"Friday and Saturday off", gulf, "2026-09-16", 10, "2026-10-01"},
		{"the same with Saturday and Sunday off", west, "2026-09-16", 10, "2026-09-30"},
		{"one day off a week", friday, "2026-11-26", 6, "2026-12-03"},
		{"days worked in exchange", swapped, "2026-09-25", 3, "2026-09-29"},
		{"a long holiday, and a Saturday worked", swapped, "2026-09-30", 3, "2026-10-10"},
		{"no days at all", west, "2026-11-28", 0, "2026-11-28"},
	} {
		got := calendar(t, c.in).After(day(t, c.from), c.days)
		if got.String() != c.ends {
			t.Errorf("%s: %d worked days after %s end on %s, not %s", c.name, c.days, c.from, c.ends, got)
		}
	}
}

func TestCalendarDaysEndOnAWorkedDay(t *testing.T) {
	c := calendar(t, legal.Entered{Zone: "UTC", Weekend: []string{"0", "6"}})
	p := legal.Period{Days: 5, Unit: legal.CalendarDays}
	if got := p.Ends(c, day(t, "2026-11-30")); got.String() != "2026-12-07" {
		t.Errorf("five days after Monday, 30 November: %s", got) // 5 December is a Saturday
	}
	if got := p.Ends(c, day(t, "2026-12-01")); got.String() != "2026-12-07" {
		t.Errorf("five days after Tuesday: %s", got) // a Sunday
	}
	if got := p.Ends(c, day(t, "2026-12-02")); got.String() != "2026-12-07" {
		t.Errorf("five days after Wednesday: %s", got)
	}
}

func TestTheDayIsTheOfficesOwn(t *testing.T) {
	at := time.Date(2026, 11, 30, 22, 30, 0, 0, time.UTC)
	for zone, want := range map[string]string{"UTC": "2026-11-30 22:30", "Asia/Tokyo": "2026-12-01 07:30", "America/Lima": "2026-11-30 17:30",
		"Nowhere/Land": "2026-11-30 22:30"} {
		d, clock := legal.Calendar{Zone: zone}.Local(at)
		if got := d.String() + " " + clock; got != want {
			t.Errorf("%s: %s, not %s", zone, got, want)
		}
	}
	c := legal.Calendar{Zone: "Asia/Tokyo"}
	if got := c.Ends(day(t, "2026-12-01")); !got.Equal(time.Date(2026, 12, 1, 15, 0, 0, 0, time.UTC)) {
		t.Errorf("1 December ends in Tokyo at %s", got)
	}
}

func TestYearsWithoutHolidaysAreTold(t *testing.T) {
	c := calendar(t, legal.Entered{Zone: "UTC", Weekend: []string{"0"}, Years: "2026"})
	if got := c.Unknown(day(t, "2026-12-20"), day(t, "2027-01-04")); !slices.Equal(got, []int{2027}) {
		t.Errorf("unknown: %v", got)
	}
	if got := c.Unknown(day(t, "2026-01-01"), day(t, "2026-12-31")); got != nil {
		t.Errorf("unknown in a known year: %v", got)
	}
}

func named(t *testing.T, code string) legal.Profile {
	t.Helper()
	p, ok := legal.Named(code)
	if !ok {
		t.Fatalf("no profile %s", code)
	}
	return p
}

// one gives the deadline of a step.
func one(t *testing.T, all []legal.Deadline, step string) legal.Deadline {
	t.Helper()
	i := slices.IndexFunc(all, func(d legal.Deadline) bool { return d.Step.Code == step })
	if i < 0 {
		t.Fatalf("no deadline %s in %v", step, all)
	}
	return all[i]
}

func TestTheClockOfTheUnion(t *testing.T) {
	eu := named(t, "eu-608-2013")
	cal := calendar(t, legal.Entered{Zone: "Europe/Dublin", Weekend: []string{"0", "6"}, Years: "2026"})
	event := func(kind, on string) legal.Event { return legal.Event{Kind: kind, Day: day(t, on)} }
	found, told := event(legal.Detained, "2026-11-02"), event(legal.NotifiedDeclarant, "2026-11-03")
	holder := event(legal.NotifiedHolder, "2026-11-03")
	longer := event(legal.Extended, "2026-11-16")
	longer.Step = "reply"
	for _, c := range []struct {
		name       string
		kind       string
		perishable bool
		events     []legal.Event
		today      string
		step       string
		due, state string
		left       int
	}{
		{"declarant: one working day", legal.UnderApplication, false, []legal.Event{found}, "2026-11-02", "notify-declarant", "2026-11-03", legal.Running, 1},
		{"on the day itself", legal.UnderApplication, false, []legal.Event{found}, "2026-11-03", "notify-declarant", "2026-11-03", legal.DueSoon, 0},
		{"forgotten", legal.UnderApplication, false, []legal.Event{found}, "2026-11-05", "notify-declarant", "2026-11-03", legal.Overdue, -2},
		{"told in time", legal.UnderApplication, false, []legal.Event{found, told}, "2026-11-05", "notify-declarant", "2026-11-03", legal.Met, -2},
		{"ten working days to reply", legal.UnderApplication, false, []legal.Event{found, told, holder}, "2026-11-03", "reply", "2026-11-17", legal.Running, 10},
		{"two left", legal.UnderApplication, false, []legal.Event{found, told, holder}, "2026-11-13", "reply", "2026-11-17", legal.DueSoon, 2},
		{"three for perishables", legal.UnderApplication, true, []legal.Event{found, told, holder}, "2026-11-03", "reply", "2026-11-06", legal.Running, 3},
		{"a further ten", legal.UnderApplication, false, []legal.Event{found, told, holder, longer}, "2026-11-16", "reply", "2026-12-01", legal.Running, 11},
		{"never for perishables", legal.UnderApplication, true, []legal.Event{found, told, holder, longer}, "2026-11-03", "reply", "2026-11-06", legal.Running, 3},
		{"four to apply", legal.ExOfficio, false, []legal.Event{found, told, holder}, "2026-11-03", "apply", "2026-11-09", legal.Running, 4},
		{"two to decide", legal.ExOfficio, false, []legal.Event{found, told, holder, event(legal.ApplicationReceived, "2026-11-09")}, "2026-11-09", "decide-application",
			"2026-11-11", legal.Running, 2},
		{"late", legal.ExOfficio, false, []legal.Event{found, told, holder, event(legal.ApplicationReceived, "2026-11-10")}, "2026-11-10", "apply", "2026-11-09", legal.Late, -1},
		{"waits for the notice", legal.ExOfficio, false, []legal.Event{found}, "2026-11-02", "apply", "", legal.Waiting, 0},
		{"waits for an objection", legal.UnderApplication, false, []legal.Event{found, told, holder}, "2026-11-03", "proceedings", "", legal.Waiting, 0},
		{"and runs from the notice", legal.UnderApplication, false, []legal.Event{found, told, holder, event(legal.Objection, "2026-11-10")}, "2026-11-10", "proceedings",
			"2026-11-17", legal.Running, 5},
		{"ended", legal.UnderApplication, false, []legal.Event{found, told, holder, event(legal.Ended, "2026-11-04")}, "2026-12-24", "reply", "2026-11-17", legal.Stopped, -27},
		{"small consignment", legal.Small, false, []legal.Event{found, told}, "2026-11-03", "object", "2026-11-17", legal.Running, 10},
		{"the last entered counts", legal.UnderApplication, false, []legal.Event{found, told, holder, event(legal.NotifiedHolder, "2026-11-05")}, "2026-11-05", "reply",
			"2026-11-19", legal.Running, 10},
	} {
		all := eu.Deadlines(cal, legal.Course{Kind: c.kind, Perishable: c.perishable, Events: c.events}, day(t, c.today))
		d := one(t, all, c.step)
		if d.Due.String() != c.due || d.State != c.state || d.Left != c.left {
			t.Errorf("%s: due %s, %s, %d left; not %s, %s, %d", c.name, d.Due, d.State, d.Left, c.due, c.state, c.left)
		}
	}
	if got := eu.Refuses(legal.ExOfficio, true); got != "legal.not-perishable" {
		t.Errorf("ex officio of perishable goods: %q", got)
	}
	if got := eu.Refuses(legal.ExOfficio, false) + eu.Refuses(legal.UnderApplication, true) + eu.Refuses(legal.Small, true); got != "" {
		t.Errorf("refused: %q", got)
	}
	if got := named(t, "trips").Refuses(legal.Small, false); got != "legal.no-small" {
		t.Errorf("small consignments under TRIPS: %q", got)
	}
}

func TestPromptlyIsNeverOverdue(t *testing.T) {
	p := named(t, "trips")
	c := legal.Course{Kind: legal.ExOfficio, Events: []legal.Event{{Kind: legal.Detained, Day: day(t, "2026-11-02")}}}
	d := one(t, p.Deadlines(legal.Usual("UTC"), c, day(t, "2026-12-24")), "notify-holder")
	if !d.Prompt() || d.State != legal.DueSoon {
		t.Errorf("promptly: %+v", d)
	}
}

func TestOtherLaw(t *testing.T) {
	cal := calendar(t, legal.Entered{Zone: "Asia/Shanghai", Weekend: []string{"0", "6"}, Years: "2026", Holidays: "2026-10-01\n2026-10-02", Source: "by hand", Worked: "2026-09-27"})
	told := legal.Event{Kind: legal.NotifiedHolder, Day: day(t, "2026-09-25")}
	c := legal.Course{Kind: legal.ExOfficio, Events: []legal.Event{told}}
	if d := one(t, named(t, "cn").Deadlines(cal, c, told.Day), "apply"); d.Due.String() != "2026-09-29" { // Sunday is worked
		t.Errorf("China, three working days from Friday: %s", d.Due)
	}
	importer := legal.Event{Kind: legal.NotifiedDeclarant, Day: day(t, "2026-11-02")}
	c = legal.Course{Kind: legal.UnderApplication, Perishable: true, Events: []legal.Event{importer}}
	if d := one(t, named(t, "jp").Deadlines(legal.Usual("Asia/Tokyo"), c, importer.Day), "object"); d.Due.String() != "2026-11-05" || !slices.Equal(d.Unknown, []int{2026}) {
		t.Errorf("Japan, three working days for perishables: %s, unknown %v", d.Due, d.Unknown)
	}
}

func TestArrivalAfterHours(t *testing.T) {
	p := named(t, "eu-608-2013")
	p.Arrival, p.Closes = legal.NextWorkingDay, "17:00"
	cal := legal.Usual("UTC")
	for _, c := range []struct{ on, at, want string }{
		{"2026-11-27", "", "2026-11-27"},
		{"2026-11-27", "17:00", "2026-11-27"},
		{"2026-11-27", "17:01", "2026-11-30"}, // a Friday evening
		{"2026-11-28", "09:00", "2026-11-30"},
		{"2026-11-28", "23:00", "2026-11-30"},
	} {
		if got := p.Arrives(cal, legal.Event{Day: day(t, c.on), Time: c.at}); got.String() != c.want {
			t.Errorf("%s %s arrives on %s, not %s", c.on, c.at, got, c.want)
		}
	}
}

func TestSmallConsignments(t *testing.T) {
	r := *named(t, "eu-608-2013").Small
	for _, c := range []struct {
		by           string
		units, grams int64
		fits         bool
	}{{"mail", 3, 5000, true}, {"mail", 4, 1999, true}, {"mail", 4, 2000, false}, {"express", 1, -1, true}, {"sea", 1, 10, false}, {"mail", -1, -1, true}} {
		if r.Fits(c.by, c.units, c.grams) != c.fits {
			t.Errorf("%+v", c)
		}
	}
}

func TestWhatMayBeToldGrowsWithTheStage(t *testing.T) {
	for _, p := range legal.Builtin() {
		before, with, after := p.MayTell(legal.BeforeApplication), p.MayTell(legal.WithApplication), p.MayTell(legal.OnMerits)
		for _, f := range []string{"consignee", "consignor", "declarant", "sample"} {
			if before[f] != "" {
				t.Errorf("%s tells %s before an application", p.Code, f)
			}
		}
		if len(before) == 0 || len(with) < len(before) || len(after) < len(with) {
			t.Errorf("%s: %v, %v, %v", p.Code, before, with, after)
		}
	}
	c := legal.Course{Kind: legal.ExOfficio, Events: []legal.Event{{Kind: legal.ApplicationReceived}}}
	if got := c.Stage(); got != legal.BeforeApplication {
		t.Errorf("an application that nobody granted: %s", got)
	}
}

// What comes with the program says where it comes from, and that nobody has checked it.
func TestWhatComesWithTheProgram(t *testing.T) {
	var codes []string
	for _, p := range legal.Builtin() {
		codes = append(codes, p.Code)
		if p.Source == "" || p.Author == "" || p.Checked() || len(p.Steps) < 2 {
			t.Errorf("%s: %+v", p.Code, p)
		}
	}
	if diff := cmp.Diff([]string{"trips", "cn", "eu-608-2013", "hk", "jp"}, codes); diff != "" {
		t.Error(diff)
	}
}

const least = `code = "xa"
name = "Act"
language = "en"
source = "Act 1"
author = "A"
date = "2026-01-01"
rights = ["trade-mark"]
directions = ["import"]
payer = "other"
[application]
allowed = true
[[step]]
code = "reply"
kinds = ["application"]
who = "right-holder"
from = "notified-holder"
met_by = ["reply"]
days = 10
basis = "s. 1"
`

func TestMistakesInAProfileAreTold(t *testing.T) {
	if _, err := legal.ParseProfile([]byte(least)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, path, key string }{
		{`code = "xa"`, `code = "X A"`, "code", "legal.code"},
		{`days = 10`, `days = 0`, "step.1.days", "legal.days"},
		{`days = 10`, `days = -1`, "step.1.days", "legal.days"},
		{`days = 10`, "days = 10\npromptly = true", "step.1.days", "legal.days"},
		{`days = 10`, "days = 10\nextension_days = 401", "step.1.extension_days", "legal.days"},
		{`days = 10`, "days = 10\ndayz = 9", "step.dayz", "legal.unknown-key"},
		{`from = "notified-holder"`, `from = "ended"`, "step.1.from", "legal.from"},
		{`from = "notified-holder"`, `from = "moon"`, "step.1.from", "legal.not-a-code"},
		{`met_by = ["reply"]`, `met_by = []`, "step.1.met_by", "fault.required"},
		{`author = "A"`, "author = \"A\"\nchecker = \"A\"", "checker", "legal.same-person"},
		{`date = "2026-01-01"`, `date = "1.1.2026"`, "date", "legal.date"},
		{`source = "Act 1"`, ``, "source", "fault.required"},
		{`allowed = true`, `allowed = false`, "application", "legal.no-procedure"},
		{`language = "en"`, `language = "tlh"`, "language", "fault.language"},
		{`payer = "other"`, "payer = \"other\"\ncloses = \"5pm\"", "closes", "legal.time"},
	} {
		_, err := legal.ParseProfile([]byte(strings.Replace(least, c.old, c.new, 1)))
		f, ok := err.(*fault.Fault)
		if !ok || f.Key != "legal.invalid" || !slices.ContainsFunc(f.Fields, func(p fault.Field) bool { return p.Path == c.path && p.Key == c.key }) {
			t.Errorf("%s -> %s: %v", c.old, c.new, err)
		}
	}
	twice := least + least[strings.Index(least, "[[step]]"):]
	if _, err := legal.ParseProfile([]byte(twice)); err == nil || !strings.Contains(err.Error(), "step.2.code: legal.twice") {
		t.Errorf("a step twice: %v", err)
	}
	if _, err := legal.ParseProfile([]byte("code = ")); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "legal.toml") {
		t.Errorf("no TOML: %v", err)
	}
	if _, err := legal.ParseProfile(make([]byte, legal.MaxProfile+1)); !fault.Is(err, fault.TooLarge) {
		t.Errorf("too large: %v", err)
	}
}

func TestMistakesInACalendarAreTold(t *testing.T) {
	good := legal.Entered{Zone: "Asia/Dubai", Weekend: []string{"5", "6"}, Holidays: "2026-12-02 National Day\r\n\r\n2026-12-03\n", Worked: "2026-12-05, 2026-12-11", Years: "2026", Source: "Gazette"}
	c := calendar(t, good)
	if diff := cmp.Diff(c, calendar(t, c.Typed())); diff != "" {
		t.Error(diff)
	}
	for path, spoil := range map[string]func(*legal.Entered){
		"zone":     func(e *legal.Entered) { e.Zone = "Dubai" },
		"weekend":  func(e *legal.Entered) { e.Weekend = []string{"0", "1", "2", "3", "4", "5", "6"} },
		"holidays": func(e *legal.Entered) { e.Holidays = "2026-12-02\n2 December" },
		"worked":   func(e *legal.Entered) { e.Worked = "2026-12-02" },
		"years":    func(e *legal.Entered) { e.Years = "26" },
		"source":   func(e *legal.Entered) { e.Source = "" },
	} {
		e := good
		spoil(&e)
		_, err := e.Calendar()
		f, ok := err.(*fault.Fault)
		if !ok || len(f.Fields) != 1 || f.Fields[0].Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestOwnLettersAreFilledOnce(t *testing.T) {
	p, err := legal.ParseProfile([]byte(least + "[[letter]]\nkind = \"declarant\"\nlanguage = \"fr\"\ntitle = \"{reference}\"\nbody = \"\"\"Un.\n\nDeux {law}, {other}.\"\"\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	l, ok := p.Letter("declarant", "fr")
	if _, other := p.Letter("declarant", "en"); !ok || other {
		t.Fatalf("%+v, %v", l, other)
	}
	got := legal.Fill(l.Body, map[string]string{"law": "{reference}", "reference": "S-17"})
	if want := "Un.\n\nDeux {reference}, {other}."; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestWhatALetterAsks(t *testing.T) {
	eu := named(t, "eu-608-2013")
	for _, c := range []struct {
		kind, party string
		perishable  bool
		code        string
		days        int
	}{
		{legal.UnderApplication, "right-holder", false, "reply", 10}, {legal.UnderApplication, "right-holder", true, "reply", 3},
		{legal.ExOfficio, "right-holder", false, "apply", 4}, {legal.Small, "declarant", false, "object", 10},
	} {
		s, period, ok := eu.Asks(c.kind, c.party, c.perishable)
		if !ok || s.Code != c.code || period.Days != c.days {
			t.Errorf("%+v: %s, %d days", c, s.Code, period.Days)
		}
	}
	if _, _, ok := named(t, "trips").Asks(legal.ExOfficio, "declarant", false); ok {
		t.Error("TRIPS asks the declarant for something")
	}
}
