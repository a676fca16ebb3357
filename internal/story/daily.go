package story

import "time"

// NilReport says that a member had nothing to report on a day.
type NilReport struct {
	Operation    string
	Organisation string
	Author       string // login
	Day          string // local date
	Controls     int64
	At           time.Time
}

// Task is what a member was asked to do.
type Task struct {
	ID           string
	Operation    string
	Giver        string // login
	GiverHat     string // code of an organisation
	Organisation string // that does it
	Title        string
	Body         string
	Due          string
	GivenAt      time.Time
	Owner        string    // login; "" while nobody is named
	OwnedAt      time.Time // by the organisation's contact point
	Note         string
	DoneAt       time.Time // zero: still open when the story ends
}

// Shift is somebody's turn of duty.
type Shift struct {
	ID           string
	Operation    string
	Organisation string
	Person       string // login
	Begins, Ends time.Time
	Phone        string
	PlannedAt    time.Time
	Note         string // what it handed to the next; "" for nothing
	HandedAt     time.Time
	ReadBy       string // login; "" while nobody has confirmed
	ReadAt       time.Time
}

// The steps of the daily rhythm.
type (
	NilReported  struct{ Report *NilReport }
	TaskGiven    struct{ Task *Task }
	TaskAssigned struct{ Task *Task }
	TaskDone     struct{ Task *Task }
	ShiftPlanned struct{ Shift *Shift }
	HandedOver   struct{ Shift *Shift }
	HandOverRead struct{ Shift *Shift }
)

func (NilReported) rank() int  { return 13 }
func (TaskGiven) rank() int    { return 14 }
func (TaskAssigned) rank() int { return 15 }
func (TaskDone) rank() int     { return 16 }
func (ShiftPlanned) rank() int { return 17 }
func (HandedOver) rank() int   { return 18 }
func (HandOverRead) rank() int { return 19 }

// silences are the members that fell silent: from one day of the operational
// phase to another, counted from 1.
var silences = map[string][2]int{"XG": {9, 13}, "QT": {16, 19}}

// dailyChapter keeps the draws of the daily rhythm apart from those of any
// telling of messages and cases: it changes none of them.
const dailyChapter = 1 << 20

// daily makes nil reports, tasks and rosters of Action IPR A/P 2.
func (b *builder) daily(seed uint64) {
	b.begin(seed, dailyChapter)
	b.nilReports()
	b.tasks()
	b.shifts()
}

func (b *builder) nilReports() {
	busy := map[string]bool{} // organisation and day
	for _, c := range b.world.Cases {
		if c.Operation == CodeActionIPR2 && c.WithdrawnAt.IsZero() {
			busy[c.Organisation+c.EventDate] = true
		}
	}
	for _, m := range b.world.Operation(CodeActionIPR2).Membership {
		if m.Side != SideEnforcement || m.AcceptedAt.IsZero() {
			continue
		}
		silent, zone := silences[m.Organisation], b.calendar.zone(b.org[m.Organisation].Zone)
		for n := 1; n <= len(casesOfDay); n++ {
			d := day(n)
			date := d.Format(time.DateOnly)
			minutes, controls := b.rng.IntN(150), int64(20+b.rng.IntN(380))
			if busy[m.Organisation+date] || silent[0] <= n && n <= silent[1] {
				continue
			}
			at := time.Date(d.Year(), d.Month(), d.Day(), 17, minutes, 0, 0, zone).UTC()
			b.world.NilReports = append(b.world.NilReports, &NilReport{Operation: CodeActionIPR2, Organisation: m.Organisation,
				Author: b.login[m.Organisation]["freight"], Day: date, Controls: controls, At: at})
		}
	}
}

// taskRow is a task; days count from the first of the operational phase.
type taskRow struct {
	to, title, body         string
	given, due, owned, done int // 0: did not happen
	owner, note             string
}

var taskRows = []taskRow{
	{"XA", "Check every express parcel of the sender named in the briefing", "Same sender, new consignees. Tell us also when you find nothing.", 2, 5, 3, 5, "officer", "41 parcels checked, two detained: see the cases of that day."},
	{"XA", "Name a duty officer for the weekend", "One telephone that is answered day and night.", 4, 5, 4, 5, "xa.duty", "On the roster."},
	{"XA", "Send photographs of the lot numbers", "The right holder asks for sharper pictures of the cartons.", 15, 18, 16, 0, "officer", ""},
	{"XG", "Say whether your line works", "Nothing has come from you for two days. A call is enough.", 11, 12, 0, 0, "", ""},
	{"QM", "Profile sea freight of the week", "Containers with mixed health products, arriving until the last day.", 8, 19, 9, 19, "qm.freight", "Nine containers profiled, none held."},
	{"XY", "Confirm the count of the mail centre", "Your total and your lines differ by one carton.", 16, 17, 16, 17, "xy.mail", "One line had been typed twice. Amended."},
}

func (b *builder) tasks() {
	at := func(n, hour int) time.Time { return day(n).Add(time.Duration(hour) * time.Hour) }
	for _, r := range taskRows {
		t := &Task{ID: b.id(at(r.given, 3)), Operation: CodeActionIPR2, Giver: "coordinator", GiverHat: OrgRILO, Organisation: r.to,
			Title: r.title, Body: r.body, Due: day(r.due).Format(time.DateOnly), GivenAt: at(r.given, 3), Owner: r.owner, Note: r.note}
		if r.owned > 0 {
			t.OwnedAt = at(r.owned, 5)
		}
		if r.done > 0 {
			t.DoneAt = at(r.done, 9)
		}
		b.world.Tasks = append(b.world.Tasks, t)
	}
}

// onDuty are the turns that people take in a member, in order.
var onDuty = []struct {
	organisation string
	people       []string
}{
	{OrgRILO, []string{"coordinator", "rilo.duty"}},
	{"XA", []string{"xa.duty", "officer", "xa.deputy"}},
	{"XB", []string{"xb.duty", "xb.deputy"}},
	{"XM", []string{"xm.duty", "xm.deputy"}},
	{"QM", []string{"qm.duty", "qm.deputy"}},
}

// handOvers are what one shift hands to the next, in the language of the member.
var handOvers = map[string]string{
	OrgRILO: "Two warnings wait for feedback. The call with the secretariat is at nine.",
	"XA":    "طردان محتجزان في مركز البريد بانتظار الفحص. أُبلغت نقطة الاتصال.",
}

// shifts plans the days around the live showing and around the end of the story.
func (b *builder) shifts() {
	for _, from := range []time.Time{day(LiveDay - 1), Ends.Truncate(24*time.Hour).AddDate(0, 0, -1)} {
		for i, o := range onDuty {
			for n := range 6 { // twelve hours each, three days
				begins := from.Add(time.Duration(12*n) * time.Hour)
				s := &Shift{Operation: CodeActionIPR2, Organisation: o.organisation, Person: o.people[n%len(o.people)], Begins: begins,
					Ends: begins.Add(12 * time.Hour), Phone: "+999 555 01" + string(rune('0'+i)) + string(rune('0'+n)),
					PlannedAt: from.AddDate(0, 0, -2).Add(time.Duration(6*10+i*10+n) * time.Minute)}
				s.ID = b.id(s.PlannedAt)
				if n < 2 && handOvers[o.organisation] != "" {
					s.Note, s.HandedAt = handOvers[o.organisation], s.Ends.Add(-10*time.Minute)
				}
				if n == 0 && s.Note != "" {
					s.ReadBy, s.ReadAt = o.people[1], s.Ends.Add(5*time.Minute)
				}
				b.world.Shifts = append(b.world.Shifts, s)
			}
		}
	}
}

// tellDaily puts the daily rhythm into the timeline.
func (w *World) tellDaily(first func(organisation string) string, tell func(time.Time, string, string, Step)) {
	for _, r := range w.NilReports {
		tell(r.At, r.Author, r.Organisation, NilReported{r})
	}
	for _, t := range w.Tasks {
		tell(t.GivenAt, t.Giver, t.GiverHat, TaskGiven{t})
		if !t.OwnedAt.IsZero() {
			tell(t.OwnedAt, first(t.Organisation), t.Organisation, TaskAssigned{t})
		}
		if !t.DoneAt.IsZero() {
			tell(t.DoneAt, t.Owner, t.Organisation, TaskDone{t})
		}
	}
	for _, s := range w.Shifts {
		tell(s.PlannedAt, first(s.Organisation), s.Organisation, ShiftPlanned{s})
		if s.Note != "" {
			tell(s.HandedAt, s.Person, s.Organisation, HandedOver{s})
		}
		if s.ReadBy != "" {
			tell(s.ReadAt, s.ReadBy, s.Organisation, HandOverRead{s})
		}
	}
}

// firstContact is the login of a body's contact point.
func (w *World) firstContact(organisation string) string {
	for _, p := range w.Persons {
		for _, h := range p.Hats {
			if h.Organisation == organisation && h.Contact == ContactFirst {
				return p.Login
			}
		}
	}
	return ""
}
