package detention_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// field tells whether a fault names a field with a text.
func field(err error, path, key string) bool {
	return err != nil && strings.Contains(err.Error(), path+": "+key)
}

func TestTheClockCountsByTheOfficesCalendar(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.japan()
		c := w.start(legal.UnderApplication)
		w.Must(w.note(c, detention.Happening{Kind: legal.NotifiedDeclarant, Day: "2017-02-10"})) // Friday in Tokyo, Thursday in UTC
		got := w.deadline("xa", "object")
		// Ten working days after Friday 10 February, Monday 13 free: 14-17, 20-24, 27.
		if got.Due.String() != "2017-02-27" || got.State != legal.Running || got.Left != 10 || len(got.Unknown) > 0 {
			t.Errorf("due %s, %s, %d left", got.Due, got.State, got.Left)
		}
		if a := w.read("xa"); a.Today.String() != "2017-02-10" || !a.Known || a.Law.Code != "jp" || !a.MayNote || a.MayStart {
			t.Errorf("%+v", a)
		}
	})
}

func TestWhoChoseNothingCountsByTheLeast(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, err := w.store.Adopt(t.Context(), w.Actor["xa"], code, adopting("jp")) // nobody has checked it
		w.Must(err)
		w.start(legal.ExOfficio)
		a := w.read("xa")
		if a.Law.Code != legal.Default || a.Known || a.Setting != nil || a.Calendar.Zone != "Asia/Tokyo" {
			t.Errorf("%s, %v, %+v", a.Law.Code, a.Known, a.Calendar)
		}
	})
}

func TestAuthorAndCheckerAreTwo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		if _, err := w.store.Adopt(t.Context(), w.Actor["xa.officer"], code, adopting("jp")); !fault.Is(err, fault.NotFound) {
			t.Errorf("an officer adopts: %v", err)
		}
		_, err := w.store.Adopt(t.Context(), w.Actor["xa"], code, adopting("jp"))
		w.Must(err)
		if err := w.store.Check(t.Context(), w.Actor["xa"], code, 1); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "second-person") {
			t.Errorf("the author checks: %v", err)
		}
		if err := w.store.Check(t.Context(), w.Actor["xb.officer"], code, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("another organisation checks: %v", err)
		}
		if err := w.store.Check(t.Context(), w.Actor["xa.officer"], code, 2); !fault.Is(err, fault.Conflict) {
			t.Errorf("a version that is not there: %v", err)
		}
		w.Must(w.store.Check(t.Context(), w.Actor["xa.officer"], code, 1))
		w.Must(w.store.Check(t.Context(), w.Actor["xa.second"], code, 1)) // again: nothing
		if _, err := w.store.Adopt(t.Context(), w.Actor["xa"], code, adopting("cn")); !fault.Is(err, fault.Conflict) {
			t.Errorf("who saw no version: %v", err)
		}
		next := adopting("cn")
		next.Seen = 1
		_, err = w.store.Adopt(t.Context(), w.Actor["xa"], code, next)
		w.Must(err)
		s, err := w.store.Settings(t.Context(), w.Actor["xa.second"], code)
		w.Must(err)
		if len(s.Versions) != 2 || s.Force == nil || s.Force.Version != 1 || s.Law.Code != "jp" || s.Waiting == nil || !s.MayCheck || s.MayAdopt {
			t.Errorf("%+v", s)
		}
		if other, err := w.store.Settings(t.Context(), w.Actor["xb"], code); err != nil || len(other.Versions) != 0 {
			t.Errorf("another organisation sees %v, %v", other.Versions, err)
		}
	})
}

func TestWhatIsWrongInAVersionIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for path, spoil := range map[string]func(*detention.Adopting){
			"profile":   func(d *detention.Adopting) { d.Profile = "mars" },
			"text.code": func(d *detention.Adopting) { d.Profile, d.Text = "", "name = 'x'" },
			"zone":      func(d *detention.Adopting) { d.Calendar.Zone = "Tokyo" },
			"note":      func(d *detention.Adopting) { d.Note = "" },
		} {
			a := adopting("jp")
			spoil(&a)
			if _, err := w.store.Adopt(t.Context(), w.Actor["xa"], code, a); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), path+":") {
				t.Errorf("%s: %v", path, err)
			}
		}
		own := adopting("")
		own.Text = ownLaw
		_, err := w.store.Adopt(t.Context(), w.Actor["xa"], code, own)
		w.Must(err)
		w.Must(w.store.Check(t.Context(), w.Actor["xa.officer"], code, 1))
		w.start(legal.UnderApplication)
		if a := w.read("xa"); a.Law.Code != "xa" || a.Law.Name != "Act of A" {
			t.Errorf("%+v", a.Law)
		}
	})
}

const ownLaw = `code = "xa"
name = "Act of A"
language = "fr"
source = "Act 1"
author = "A"
date = "2017-01-01"
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

// The profile is that of the start, the calendar the one in force.
func TestALaterVersionChangesTheCalendarOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.japan()
		c := w.start(legal.UnderApplication)
		w.Must(w.note(c, detention.Happening{Kind: legal.NotifiedDeclarant, Day: "2017-02-10"}))
		next := adopting("trips")
		next.Seen, next.Calendar.Holidays = 1, "2017-02-13\n2017-02-14"
		_, err := w.store.Adopt(t.Context(), w.Actor["xa"], code, next)
		w.Must(err)
		if got := w.deadline("xa", "object").Due.String(); got != "2017-02-27" {
			t.Errorf("before the check: %s", got)
		}
		w.Must(w.store.Check(t.Context(), w.Actor["xa.officer"], code, 2))
		if got := w.deadline("xa", "object").Due.String(); got != "2017-02-28" {
			t.Errorf("after the check: %s", got)
		}
		if a := w.read("xa"); a.Law.Code != "jp" || a.Setting.Version != 1 {
			t.Errorf("the profile is %s", a.Law.Code)
		}
	})
}

func TestNobodyElseKnowsOfAClock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.japan()
		c := w.start(legal.UnderApplication)
		read := func(who access.Actor) error {
			_, err := w.store.Read(t.Context(), who, code, w.made.Reference)
			return err
		}
		for _, who := range []string{"gone", "gone.officer", "observer", "holder", "wco.auditor", "xb", "xb.officer"} {
			w.Missing(who, read)
		}
		for _, who := range []string{"xb", "xb.officer", "wco", "wco.coordinator", "observer", "holder"} {
			w.Missing(who, func(a access.Actor) error {
				return w.store.Note(t.Context(), a, code, w.made.Reference, detention.Happening{Clock: c.Seq, Kind: legal.NotifiedHolder, Day: "2017-02-10"})
			})
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Start(t.Context(), a, code, w.made.Reference, detention.Starting{Kind: legal.ExOfficio, Day: "2017-02-09"})
				return err
			})
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Disclose(t.Context(), a, code, w.made.Reference, w.disclosing(c))
				return err
			})
		}
		if l, err := w.store.Running(t.Context(), w.Actor["xb.officer"], code); err != nil || l.All != 0 {
			t.Errorf("xb sees %d clocks, %v", l.All, err)
		}
		if slices.Contains(w.entries("xb"), "detention.start") || slices.Contains(w.entries("holder"), "detention.start") {
			t.Error("the journal tells of the clock")
		}
		if need := operation.SubjectRead("detention/" + string(w.made.ID)); need != access.DetentionRead {
			t.Errorf("what an entry says is read with %s", need)
		}
		a := w.read("wco.coordinator")
		if a.Clock == nil || a.Own || a.MayNote || a.MayStart || a.MayDisclose || !slices.Contains(w.entries("wco"), "detention.start") {
			t.Errorf("coordination reads: %+v", a)
		}
		if l, err := w.store.Running(t.Context(), w.Actor["wco"], code); err != nil || l.All != 1 || l.Mine {
			t.Errorf("coordination sees %+v, %v", l, err)
		}
	})
}

func TestWhatStartsAClock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, err := w.store.Adopt(t.Context(), w.Actor["xa"], code, adopting("eu-608-2013"))
		w.Must(err)
		w.Must(w.store.Check(t.Context(), w.Actor["xa.officer"], code, 1))
		start := func(ref string, s detention.Starting) error {
			_, err := w.store.Start(t.Context(), w.Actor["xa.officer"], code, ref, s)
			return err
		}
		for key, s := range map[string]detention.Starting{
			"legal.not-perishable": {Kind: legal.ExOfficio, Perishable: true, Day: "2017-02-09"},
			"detention.kind":       {Kind: "lunar", Day: "2017-02-09"},
			"detention.future":     {Kind: legal.ExOfficio, Day: "2017-02-11"},
			"detention.long-ago":   {Kind: legal.ExOfficio, Day: "2015-02-11"},
			"legal.date":           {Kind: legal.ExOfficio, Day: "yesterday"},
			"legal.time":           {Kind: legal.ExOfficio, Day: "2017-02-09", Time: "noon"},
		} {
			if err := start(w.made.Reference, s); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), key) {
				t.Errorf("%s: %v", key, err)
			}
		}
		// Two pieces by mail are a small consignment; four of three kilograms are not.
		big := draft()
		big.Goods = big.Goods[:1]
		big.Goods[0].Quantities = append(big.Goods[0].Quantities, goods.Quantity{Micro: 3e6, Unit: "KGM"})
		big.Goods[0].Quantities[0].Micro = 4e6
		if err := start(w.report(big).Reference, detention.Starting{Kind: legal.Small, Day: "2017-02-09"}); !field(err, "kind", "detention.not-small") {
			t.Errorf("four pieces: %v", err)
		}
		kept := draft()
		saved, err := w.cases.Save(t.Context(), w.Actor["xa.officer"], code, kept, 0)
		w.Must(err)
		if err := start(saved.Reference, detention.Starting{Kind: legal.Small, Day: "2017-02-09"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a draft: %v", err)
		}
		c := w.start(legal.Small)
		if err := start(w.made.Reference, detention.Starting{Kind: legal.Small, Day: "2017-02-09"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second clock: %v", err)
		}
		w.Must(w.note(c, detention.Happening{Kind: legal.Ended, Day: "2017-02-10", Reason: "Wrong procedure."}))
		if err := w.note(c, detention.Happening{Kind: legal.NotifiedDeclarant, Day: "2017-02-10"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("after the end: %v", err)
		}
		again := w.start(legal.UnderApplication)
		a := w.read("xa")
		if a.Clock.Seq != again.Seq || len(a.Earlier) != 1 || a.Earlier[0].Seq != c.Seq {
			t.Errorf("%+v", a)
		}
		if err := w.note(c, detention.Happening{Kind: legal.NotifiedDeclarant, Day: "2017-02-10"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("of the clock before: %v", err)
		}
	})
}

func TestWhatIsEnteredAgainCorrects(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, err := w.store.Adopt(t.Context(), w.Actor["xa"], code, adopting("eu-608-2013"))
		w.Must(err)
		w.Must(w.store.Check(t.Context(), w.Actor["xa.officer"], code, 1))
		c := w.start(legal.UnderApplication)
		told := detention.Happening{Kind: legal.NotifiedHolder, Day: "2017-02-09"}
		w.Must(w.note(c, told))
		w.Must(w.note(c, told)) // again: nothing
		later := detention.Happening{Kind: legal.NotifiedHolder, Day: "2017-02-10"}
		if err := w.note(c, later); !field(err, "reason", "fault.required") {
			t.Errorf("a correction without a reason: %v", err)
		}
		later.Reason = "Sent a day later."
		w.Must(w.note(c, later))
		a := w.read("xa")
		if len(a.Events) != 2 || a.Counts(a.Events[0]) || !a.Counts(a.Events[1]) {
			t.Errorf("%+v", a.Events)
		}
		if got := w.deadline("xa", "reply").Due.String(); got != "2017-02-27" {
			t.Errorf("reply due %s", got)
		}
		for key, h := range map[string]detention.Happening{
			"detention.event":  {Kind: "eclipse", Day: "2017-02-10"},
			"detention.answer": {Kind: legal.Reply, Day: "2017-02-10", Answer: "maybe"},
			"detention.step":   {Kind: legal.Extended, Day: "2017-02-10", Step: "apply", Reason: "r"},
			"not-extendable":   {Kind: legal.Extended, Day: "2017-02-10", Step: "object", Reason: "r"},
			"fault.required":   {Kind: legal.Extended, Day: "2017-02-10", Step: "reply"},
		} {
			if err := w.note(c, h); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), key) {
				t.Errorf("%s: %v", key, err)
			}
		}
		w.Must(w.note(c, detention.Happening{Kind: legal.Extended, Day: "2017-02-10", Step: "reply", Reason: "Laboratory."}))
		if got := w.deadline("xa", "reply"); got.Due.String() != "2017-03-13" || got.First.String() != "2017-02-27" {
			t.Errorf("extended to %s", got.Due)
		}
		w.Must(w.note(c, detention.Happening{Kind: legal.Detained, Day: "2017-02-08", Reason: "The day before."}))
		if got := w.read("xa").Detained().String(); got != "2017-02-08" || w.deadline("xa", "notify-declarant").Due.String() != "2017-02-09" {
			t.Errorf("held on %s", got)
		}
		w.Must(w.note(c, detention.Happening{Kind: legal.Reply, Day: "2017-02-10", Answer: "infringes"}))
		if got := w.deadline("xa", "reply"); got.State != legal.Met {
			t.Errorf("after the reply: %s", got.State)
		}
	})
}

func TestTimeWarnsAndDoesNothingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.japan()
		c := w.start(legal.UnderApplication)
		w.Must(w.note(c, detention.Happening{Kind: legal.NotifiedDeclarant, Day: "2017-02-10"}))
		w.Must(w.note(c, detention.Happening{Kind: legal.NotifiedHolder, Day: "2017-02-10"}))
		if n := w.on("2017-02-10 12:00"); n != 0 {
			t.Errorf("%d warnings on the first day", n)
		}
		before := w.made
		// Two working days are left when Thursday 23 February begins in Tokyo.
		if n := w.on("2017-02-22 14:59"); n != 0 {
			t.Errorf("%d warnings too early", n)
		}
		if n := w.on("2017-02-22 15:00"); n != 1 {
			t.Errorf("%d warnings, not one", n)
		}
		if n := w.on("2017-02-23 15:00"); n != 0 {
			t.Errorf("warned again: %d", n)
		}
		if n := w.on("2017-02-27 15:00"); n != 1 { // the 28th in Tokyo
			t.Errorf("%d warnings after the end", n)
		}
		for who, want := range map[string][]string{"xa": {"object over", "object soon"}, "xa.officer": {"object over", "object soon"}, "xa.second": nil, "xb": nil, "xb.officer": nil,
			"wco": nil, "holder": nil, "observer": nil} {
			if diff := cmp.Diff(want, w.told(who)); diff != "" {
				t.Errorf("%s: %s", who, diff)
			}
		}
		f, err := w.cases.Read(t.Context(), w.Actor["xa"], code, w.made.Reference)
		w.Must(err)
		if f.Case.State != before.State || f.Case.Status != before.Status || f.Case.Version != before.Version || f.Case.Audience != before.Audience {
			t.Errorf("the clock changed the case: %+v", f.Case)
		}
		if a := w.read("xa"); a.Over || w.deadline("xa", "object").State != legal.Overdue {
			t.Error("the clock ended by itself")
		}
		w.Must(w.note(c, detention.Happening{Kind: legal.Ended, Day: "2017-02-28", Reason: "Released under other law."}))
		if n := w.on("2017-05-01 00:00"); n != 0 {
			t.Errorf("%d warnings after the clock ended", n)
		}
	})
}

func TestWhoHasLeftIsNotWarned(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.start(legal.ExOfficio)
		w.Leave("xa")
		if n := w.on("2017-03-01 00:00"); n != 0 {
			t.Errorf("%d warnings", n)
		}
	})
}

func TestRunningClocksComeByDeadline(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.japan()
		c := w.start(legal.UnderApplication)
		w.Must(w.note(c, detention.Happening{Kind: legal.NotifiedDeclarant, Day: "2017-02-10"}))
		w.Must(w.note(c, detention.Happening{Kind: legal.NotifiedHolder, Day: "2017-02-10"}))
		second := w.report(draft())
		_, err := w.store.Start(t.Context(), w.Actor["xa.second"], code, second.Reference, detention.Starting{Kind: legal.ExOfficio, Day: "2017-02-10"})
		w.Must(err)
		l, err := w.store.Running(t.Context(), w.Actor["xa.officer"], code)
		w.Must(err)
		if len(l.Items) != 2 || l.Items[0].Case.Reference != second.Reference || l.Items[1].Nearest.Due.String() != "2017-02-27" || l.Overdue != 0 {
			t.Errorf("%+v", l)
		}
	})
}
