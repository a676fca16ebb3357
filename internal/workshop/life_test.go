package workshop_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// says wants a fault of those words.
func says(t *testing.T, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Helper()
		t.Errorf("got %v, want %q", err, words)
	}
}

func titles(o workshop.Opened) string {
	var out []string
	for _, x := range o.Talks {
		out = append(out, x.Title)
	}
	return strings.Join(out, ", ")
}

func names(o workshop.Opened) string {
	var out []string
	for _, g := range o.Guests {
		out = append(out, g.Name+" "+g.State)
	}
	return strings.Join(out, ", ")
}

// Two right holders speak in one workshop, and neither learns that the other does.
func TestRivalsDoNotMeet(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		of := w.called("wco.trainer", w.draft()).ID
		w.add(of, w.session("Opening", "2017-03-25T09:00", "2017-03-25T10:00", "wco"))
		w.add(of, w.session("Marks", "2017-03-25T10:00", "2017-03-25T11:00", "holder", "xa"))
		rivals := w.add(of, w.session("Buoys", "2017-03-25T11:00", "2017-03-25T12:00", "rival"))
		w.add(of, w.session("Others", "2017-03-25T12:00", "2017-03-25T13:00", "", "observer"))
		_, err := w.store.AddSession(ctx, w.Actor["wco"], code, of, w.session("Both", "2017-03-25T14:00", "2017-03-25T15:00", "holder", "rival"))
		says(t, err, "speakers: workshop.rivals")
		w.Must(w.seats(of, map[string]int64{"holder": 1, "rival": 2, "xa": 3}))
		w.nominate("holder", of, w.nominee("Hers"))
		w.nominate("rival", of, w.nominee("His"))
		w.nominate("xa", of, w.nominee("Theirs"))

		for reader, want := range map[string][3]string{
			"holder": {"Opening, Marks", "Hers nominated", "1"}, "rival": {"Opening, Buoys", "His nominated", "1"},
			"observer": {"Opening, Others", "", "0"}, "xb": {"Opening, Marks, Buoys, Others", "", "0"},
			"xa.officer":      {"Opening, Marks, Buoys, Others", "Theirs nominated", "1"},
			"wco.coordinator": {"Opening, Marks, Buoys, Others", "Hers nominated, His nominated, Theirs nominated", "8"},
		} {
			o := w.read(reader, of)
			if got := [3]string{titles(o), names(o), fmt.Sprint(len(o.Seats))}; got != want {
				t.Errorf("%s reads %q, want %q", reader, got, want)
			}
			l, err := w.store.List(ctx, w.Actor[reader], code)
			w.Must(err)
			if n := int64(len(strings.Split(want[0], ", "))); len(l.Items) != 1 || l.Items[0].Sessions != n {
				t.Errorf("%s lists %+v, want %d sessions", reader, l.Items, n)
			}
			for _, x := range l.Items[0].To.Organisations {
				t.Errorf("%s reads that %d is addressed", reader, x)
			}
		}
		// What narrowed one session narrows it again when its speaker changes.
		again := w.session("Buoys", rivals.Starts, rivals.Ends, "holder")
		_, err = w.store.AmendSession(ctx, w.Actor["wco"], code, of, rivals.ID, again, rivals.Version)
		w.Must(err)
		if got := titles(w.read("rival", of)); got != "Opening" {
			t.Errorf("the rival still reads %s", got)
		}
		_, err = w.store.AmendSession(ctx, w.Actor["wco"], code, of, rivals.ID, w.session("Buoys", rivals.Starts, rivals.Ends, "xa"), rivals.Version)
		says(t, err, "workshop.changed")
		// A workshop that is not for a speaker's organisation any more is refused, and so is one for whom people were named.
		less := w.draft()
		less.To.Sides = []access.Side{access.Enforcement}
		_, err = w.store.Amend(ctx, w.Actor["wco"], code, of, less, 2)
		says(t, err, "to: workshop.nominated-there")
		w.Leave("gone")
		for _, who := range []string{"stranger", "gone", "gone.officer", "wco.auditor"} {
			w.Missing(who, func(a access.Actor) error { _, err := w.store.Read(ctx, a, code, of); return err })
			w.Missing(who, func(a access.Actor) error { _, err := w.store.Locate(ctx, a, of); return err })
		}
		w.fine()
	})
}

// The journal of other administrations says nothing of one's people and places.
func TestJournalKeepsPeopleApart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of := w.called("wco.trainer", w.draft()).ID
		w.Must(w.seats(of, map[string]int64{"xa": 2, "xb": 1}))
		p := w.nominate("xa", of, w.nominee("Theirs"))
		w.confirm(of, p, true)
		for reader, want := range map[string]int{"xa": 4, "xb": 2, "xc": 1, "wco": 6} {
			page, err := w.Operations.Journal(t.Context(), w.Actor[reader], code, journal.Filter{Limit: 200})
			w.Must(err)
			n := 0
			for _, l := range page.Lines {
				if strings.HasPrefix(l.Subject, "workshop") {
					n++
					e, err := w.Operations.JournalEntry(t.Context(), w.Actor[reader], code, l.Seq)
					w.Must(err)
					if e.Content != "shown" {
						t.Errorf("%s reads %s %s", reader, l.Subject, e.Content)
					}
				}
			}
			if n != want+1 && !(reader == "wco" && n == want) { // planned, called beside
				t.Errorf("%s reads %d entries, want %d", reader, n, want+1)
			}
		}
	})
}

// The same again is the same; something else under the same id is refused.
func TestAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, draft := t.Context(), w.draft()
		made := w.called("wco", draft)
		before := w.size()
		again := w.plan("wco", draft)
		if again.Seq != made.Seq || again.State != workshop.Called {
			t.Errorf("again: %+v", again)
		}
		x, n := w.session("One", "2017-03-25T09:00", "2017-03-25T10:00", "wco"), w.nominee("Ann")
		one, guest := w.add(made.ID, x), w.nominate("xa", made.ID, n)
		if w.add(made.ID, x).Seq != one.Seq || w.nominate("xa", made.ID, n).Seq != guest.Seq {
			t.Error("the same again is something new")
		}
		w.Must(w.seats(made.ID, map[string]int64{"xa": 2}))
		w.Must(w.seats(made.ID, map[string]int64{"xa": 2}))
		w.Must(w.store.Call(ctx, w.Actor["wco"], code, made.ID))
		w.Must(w.store.DropSession(ctx, w.Actor["wco"], code, made.ID, one.ID))
		w.Must(w.store.DropSession(ctx, w.Actor["wco"], code, made.ID, one.ID))
		next := draft
		next.Title = "Another"
		_, err := w.store.Amend(ctx, w.Actor["wco"], code, made.ID, next, 1)
		says(t, err, "workshop.changed")
		amended, err := w.store.Amend(ctx, w.Actor["wco"], code, made.ID, next, 2)
		w.Must(err)
		if same, err := w.store.Amend(ctx, w.Actor["wco"], code, made.ID, next, 2); err != nil || same.Version != 3 || amended.Version != 3 {
			t.Errorf("amended again: %+v, %v", same, err)
		}
		if grew := w.size() - before; grew != 5 { // session, nominee, places, dropped, amended
			t.Errorf("%d entries, want 5", grew)
		}
		_, err = w.store.Plan(ctx, w.Actor["wco"], code, draft)
		says(t, err, "workshop.id-taken")
		x.Title, n.Name = "Two", "Bob"
		_, err = w.store.AddSession(ctx, w.Actor["wco"], code, made.ID, x)
		says(t, err, "workshop.id-taken")
		_, err = w.people.Nominate(ctx, w.Actor["xb"], code, made.ID, n)
		says(t, err, "workshop.id-taken")
		w.fine()
	})
}

func (w *world) size() int64 {
	w.T.Helper()
	p, err := w.Operations.Journal(w.T.Context(), w.Actor["wco"], code, journal.Filter{})
	w.Must(err)
	return p.Size
}

// An administration plans national ones for its own people, and nothing else.
func TestNational(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, draft := t.Context(), w.draft()
		_, err := w.store.Plan(ctx, w.Actor["xa.trainer"], code, draft)
		says(t, err, "kind: workshop.national-only")
		draft.Kind = workshop.National
		made := w.called("xa.trainer", draft)
		for _, who := range []string{"xb", "xc", "holder", "rival", "observer"} {
			if _, err := w.store.Read(ctx, w.Actor[who], code, made.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s reads it: %v", who, err)
			}
		}
		named, err := w.people.Nominate(ctx, w.Actor["xa"], code, made.ID, nomination.Draft{ID: participant.ID(id()), Person: person.ID(w.Actor["xa.officer"].Person)})
		w.Must(err)
		p := named[0]
		if p.Name != "Person xa.officer" || p.Language != "en" || p.Position != "post" {
			t.Errorf("with an account: %+v", p)
		}
		_, err = w.people.Nominate(ctx, w.Actor["xa"], code, made.ID, nomination.Draft{ID: participant.ID(id()), Person: p.Person})
		says(t, err, "people.0.person: workshop.nominated-already")
		_, err = w.people.Nominate(ctx, w.Actor["xa"], code, made.ID, nomination.Draft{ID: participant.ID(id()), Person: person.ID(w.Actor["xb.officer"].Person), Name: "Hers"})
		says(t, err, "people.0.person: workshop.no-such-person")
		w.tick()
		_, err = w.people.Confirm(ctx, w.Actor["xa.trainer"], code, made.ID, true, "", p.ID)
		w.Must(err)
		if o := w.read("xa.officer", made.ID); o.Mine != participant.Confirmed || o.MayAmend || o.MayNominate || names(o) != "Person xa.officer confirmed" {
			t.Errorf("the officer: %+v", o)
		}
		if o := w.read("wco", made.ID); !o.MayAmend || !o.ReadsAll || len(o.Guests) != 1 {
			t.Errorf("coordination: %+v", o)
		}
		// A trainer of another administration does not touch it, nor a workshop of coordination.
		w.Give("xb", "trainer", access.Trainer)
		says(t, w.store.Cancel(ctx, w.Actor["xb.trainer"], code, made.ID, "No."), "fault.not-found")
		other := w.plan("wco", w.draft())
		says(t, w.store.Cancel(ctx, w.Actor["xa.trainer"], code, other.ID, "No."), "fault.not-found")
		if l, err := w.store.Everywhere(ctx, w.Actor["xb"]); err != nil || len(l) != 1 || l[0].ID != other.ID || l[0].Operation.Code != code {
			t.Errorf("xb everywhere: %+v, %v", l, err)
		}
		if at, err := w.store.Locate(ctx, w.Actor["xb"], other.ID); err != nil || at != code {
			t.Errorf("xb locates %s, %v", at, err)
		}
		_, err = w.store.Locate(ctx, w.Actor["xb"], made.ID)
		says(t, err, "fault.not-found")
	})
}

// What is wrong with a draft is said field by field.
func TestDrafts(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	ctx := t.Context()
	for want, change := range map[string]func(*workshop.Draft){
		"id: fault.not-an-id":                 func(d *workshop.Draft) { d.ID = "x" },
		"kind: fault.unknown-code":            func(d *workshop.Draft) { d.Kind = "party" },
		"title: fault.required":               func(d *workshop.Draft) { d.Title = " " },
		"title: fault.too-long":               func(d *workshop.Draft) { d.Title = strings.Repeat("x", 201) },
		"title: fault.direction-character":    func(d *workshop.Draft) { d.Title = "a\u202eb" },
		"language: fault.language":            func(d *workshop.Draft) { d.Language = "xx-what" },
		"languages: fault.language":           func(d *workshop.Draft) { d.Languages = []string{"en", "tlhh"} },
		"place: workshop.nowhere":             func(d *workshop.Draft) { d.Place, d.Country = "", "" },
		"country: fault.unknown-code":         func(d *workshop.Draft) { d.Country = "ZZZ" },
		"address: workshop.address":           func(d *workshop.Draft) { d.Address = "http://meet.example/a" },
		"zone: fault.unknown-code":            func(d *workshop.Draft) { d.Zone = "Local" },
		"starts: fault.not-a-date":            func(d *workshop.Draft) { d.Starts = "2017-02-30" },
		"ends: workshop.ends-first":           func(d *workshop.Draft) { d.Ends = "2017-03-24" },
		"ends: workshop.too-long":             func(d *workshop.Draft) { d.Ends = "2017-05-24" },
		"starts: workshop.too-far":            func(d *workshop.Draft) { d.Starts, d.Ends = "2021-01-01", "2021-01-01" },
		"nominate-by: workshop.nominate-late": func(d *workshop.Draft) { d.NominateBy = "2017-03-27" },
		"to: message.to":                      func(d *workshop.Draft) { d.To = audience.Address{} },
		"to: message.to-unknown":              func(d *workshop.Draft) { d.Addressed = []organisation.ID{w.Body["stranger"].ID} },
	} {
		draft := w.draft()
		change(&draft)
		_, err := w.store.Plan(ctx, w.Actor["wco"], code, draft)
		says(t, err, want)
	}
	for _, bad := range []string{"https://", "https://a:b@meet.example/", "javascript:alert(1)", "https://meet.example/a b", "//meet.example"} {
		draft := w.draft()
		draft.Address = bad
		_, err := w.store.Plan(ctx, w.Actor["wco"], code, draft)
		says(t, err, "address: workshop.address")
	}
	of := w.plan("wco", w.draft()).ID
	for want, hours := range map[string][2]string{
		"starts: fault.required":            {"", "2017-03-25T10:00"},
		"starts: workshop.not-an-hour":      {"2017-03-25 09:00", "2017-03-25T10:00"},
		"ends: workshop.session-ends-first": {"2017-03-25T09:00", "2017-03-25T09:00"},
		"starts: workshop.session-outside":  {"2017-03-24T23:00", "2017-03-25T10:00"},
		"ends: workshop.session-outside":    {"2017-03-26T23:00", "2017-03-27T00:30"},
		"starts: workshop.no-such-hour":     {"2017-03-26T02:30", "2017-03-26T04:00"}, // clocks go forward that night
	} {
		_, err := w.store.AddSession(ctx, w.Actor["wco"], code, of, w.session("One", hours[0], hours[1]))
		says(t, err, want)
	}
	x := w.session("One", "2017-03-25T09:00", "2017-03-25T10:00", "xa")
	for want, change := range map[string]func(*workshop.SpeakerDraft){
		"speakers.0.name: fault.required":                func(s *workshop.SpeakerDraft) { s.Name = "" },
		"speakers.0.function: fault.unknown-code":        func(s *workshop.SpeakerDraft) { s.Function = "king" },
		"speakers.0.function: workshop.speaker-function": func(s *workshop.SpeakerDraft) { s.Function = workshop.SpeakerHolder },
		"speakers.0.organisation: message.to-unknown":    func(s *workshop.SpeakerDraft) { s.Organisation = w.Body["stranger"].ID },
		"speakers.0.organisation: fault.required": func(s *workshop.SpeakerDraft) {
			s.Organisation, s.Person = "", person.ID(w.Actor["xa"].Person)
		},
		"speakers.0.person: workshop.no-such-person": func(s *workshop.SpeakerDraft) { s.Person = person.ID(w.Actor["xb"].Person) },
	} {
		y := x
		y.ID, y.Speakers = workshop.ID(id()), slices.Clone(x.Speakers)
		change(&y.Speakers[0])
		_, err := w.store.AddSession(ctx, w.Actor["wco"], code, of, y)
		says(t, err, want)
	}
	w.add(of, x)
	narrow := w.draft()
	narrow.Starts = "2017-03-26"
	_, err := w.store.Amend(ctx, w.Actor["wco"], code, of, narrow, 1)
	says(t, err, "starts: workshop.sessions-outside")
}
