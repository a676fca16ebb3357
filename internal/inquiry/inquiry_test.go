package inquiry_test

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// at wants a fault of one field.
func at(t *testing.T, what string, err error, path, key string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || !slices.ContainsFunc(f.Fields, func(p fault.Field) bool { return p.Path == path && p.Key == key }) {
		t.Errorf("%s: %v, want %s at %s", what, err, key, path)
	}
}

func keyed(t *testing.T, what string, err error, key string) {
	t.Helper()
	if f, ok := errors.AsType[*fault.Fault](err); !ok || f.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func TestAskAndAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		i := w.ask("holder")
		v, err := w.store.Read(t.Context(), w.Actor["holder.expert"], i.ID)
		w.Must(err)
		text, _ := json.Marshal(v.Inquiry)
		for _, hidden := range []string{w.made.Reference, string(w.made.ID), w.Actor["xa.officer"].Person, "MSKU"} {
			if strings.Contains(string(text), hidden) {
				t.Errorf("the right holder is told %s", hidden)
			}
		}
		if v.From.Country != "XA" || !v.MayAnswer || !v.MayReply || v.MayWithdraw || v.Own || v.Day.String() != "2017-02-17" || v.Zone != "Asia/Tokyo" || len(v.People) != 0 {
			t.Errorf("what the right holder sees: %+v", v)
		}
		want := []detention.Told{{Field: "nature", List: "category", Code: "CLO"}, {Field: "nature", List: "brand", Text: "canary"},
			{Field: "nature", List: "gtin", Text: "5901234123457"}, {Field: "quantity", Micro: 9e6, Unit: "H87"}, {Field: "origin", List: "country", Code: "XQ"}, {Field: "photo"}}
		if !slices.Equal(v.Told, want) {
			t.Errorf("told %+v", v.Told)
		}
		w.picture(i)

		made, err := w.store.Answer(t.Context(), w.Actor["holder.expert"], code, i.ID, answer())
		w.Must(err)
		again, err := w.store.Answer(t.Context(), w.Actor["holder"+".expert"], code, i.ID, answer())
		w.Must(err)
		if made.State != inquiry.Answered || len(again.Answers) != 1 || made.Answers[0].Late {
			t.Errorf("answered twice alike: %+v", again)
		}
		second := answer()
		second.Verdict = "diverted"
		_, err = w.store.Answer(t.Context(), w.Actor["holder.expert"], code, i.ID, second)
		w.Must(err)
		_, err = w.store.Reply(t.Context(), w.Actor["holder.expert"], code, i.ID, inquiry.ReplyDraft{Infringes: "yes", Destruction: "yes", Language: "en", Note: "At our cost."})
		w.Must(err)
		for _, who := range []string{"xa.officer", "xa.second", "wco", "wco.coordinator"} {
			all, err := w.store.OfCase(t.Context(), w.Actor[who], code, w.made.Reference)
			if err != nil || len(all) != 1 || len(all[0].Answers) != 2 || all[0].Answer().Verdict != "diverted" || all[0].Reply().Infringes != "yes" || all[0].To.ID != w.Body["holder"].ID {
				t.Errorf("%s sees %+v, %v", who, all, err)
			}
		}
		all, err := w.store.OfCase(t.Context(), w.Actor["xb.officer"], code, w.made.Reference)
		if err != nil || len(all) != 0 {
			t.Errorf("another administration sees %+v, %v", all, err)
		}
	})
}

// picture wants the copy to be readable through the inquiry alone, and to be another file.
func (w *world) picture(i inquiry.Inquiry) {
	w.T.Helper()
	o, err := w.store.Picture(w.T.Context(), w.Actor["holder.expert"], i.ID, 1, attachment.Whole)
	w.Must(err)
	b, err := io.ReadAll(o)
	w.Must(errors.Join(err, o.Close()))
	if len(b) == 0 || o.FileName != "attachment.jpg" && strings.Contains(o.FileName, "MSKU") {
		w.T.Errorf("%d bytes called %s", len(b), o.FileName)
	}
	if _, err := w.files.Open(w.T.Context(), w.Actor["holder.expert"], code, attachment.Name{Seq: w.photo}, attachment.Whole); !fault.Is(err, fault.NotFound) {
		w.T.Errorf("the right holder opens the photo itself: %v", err)
	}
	for _, place := range []int{0, 2, -1} {
		if _, err := w.store.Picture(w.T.Context(), w.Actor["holder.expert"], i.ID, place, attachment.Whole); !fault.Is(err, fault.NotFound) {
			w.T.Errorf("picture %d: %v", place, err)
		}
	}
}

func TestWhoMay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		i := w.ask("holder")
		for _, who := range []string{"gone", "gone.officer", "observer", "wco.auditor", "holder.expert", "rival.expert", "xb.officer"} {
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Ask(t.Context(), a, code, w.made.Reference, w.draft("holder"))
				return err
			})
			if _, err := w.store.Offer(t.Context(), w.Actor[who], code, w.made.Reference); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s is offered to ask: %v", who, err)
			}
		}
		for _, who := range []string{"gone.officer", "observer", "wco.auditor", "rival.expert", "agent.expert", "xb.officer", "xb"} {
			w.Missing(who, func(a access.Actor) error { _, err := w.store.Read(t.Context(), a, i.ID); return err })
		}
		for _, who := range []string{"gone.officer", "observer", "rival.expert", "agent.expert", "xa.officer", "wco"} {
			w.Missing(who, func(a access.Actor) error { _, err := w.store.Answer(t.Context(), a, code, i.ID, answer()); return err })
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Reply(t.Context(), a, code, i.ID, inquiry.ReplyDraft{Infringes: "no", Language: "en"})
				return err
			})
		}
		for _, who := range []string{"xb.officer", "holder.expert", "wco", "rival.expert"} {
			w.Missing(who, func(a access.Actor) error { return w.store.Withdraw(t.Context(), a, code, i.ID, "Because.") })
		}
		w.Must(w.store.Withdraw(t.Context(), w.Actor["xa.second"], code, i.ID, "Released."))
		w.Must(w.store.Withdraw(t.Context(), w.Actor["xa.second"], code, i.ID, "Released."))
		_, err := w.store.Answer(t.Context(), w.Actor["holder.expert"], code, i.ID, answer())
		keyed(t, "an answer to what was withdrawn", err, "inquiry.withdrawn")
		v, err := w.store.Read(t.Context(), w.Actor["holder.expert"], i.ID)
		if err != nil || v.State != inquiry.Withdrawn || v.MayAnswer || v.Taken.Reason != "Released." || v.Taken.Author != "" {
			t.Errorf("withdrawn: %+v, %v", v, err)
		}

		apart := w.draft("holder")
		apart.Apart = true
		_, err = w.store.Ask(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, apart)
		w.Must(err)
		w.Missing("wco", func(a access.Actor) error { _, err := w.store.Read(t.Context(), a, apart.ID); return err })
	})
}

func TestBadQuestions(t *testing.T) {
	d := dbtest.SQLite(t)
	w := newWorld(t, d)
	document := func() attachment.ID {
		a, err := w.files.Receive(t.Context(), w.Actor["xa.officer"], code, attachment.Draft{ID: attachment.ID(id())}, strings.NewReader("%PDF-1.4\n1 0 obj\n"))
		w.Must(err)
		return a.ID
	}
	for what, c := range map[string]struct {
		spoil     func(d *inquiry.Draft)
		path, key string
	}{
		"no id":                     {func(d *inquiry.Draft) { d.ID = "x" }, "id", "fault.not-an-id"},
		"an administration":         {func(d *inquiry.Draft) { d.Holder = w.Body["xb"].ID }, "holder", "inquiry.holder-not-member"},
		"nobody":                    {func(d *inquiry.Draft) { d.Holder = "" }, "holder", "inquiry.holder-not-member"},
		"a stranger":                {func(d *inquiry.Draft) { d.Holder = w.Body["stranger"].ID }, "holder", "inquiry.holder-not-member"},
		"no line":                   {func(d *inquiry.Draft) { d.Line = 0 }, "line", "inquiry.line"},
		"a line too many":           {func(d *inquiry.Draft) { d.Line = 3 }, "line", "inquiry.line"},
		"names":                     {func(d *inquiry.Draft) { d.Fields = []string{"consignee"} }, "fields", "detention.fields"},
		"what the law forbids yet":  {func(d *inquiry.Draft) { d.Fields = []string{"destination"} }, "fields", "detention.not-yet"},
		"nothing":                   {func(d *inquiry.Draft) { d.Fields = nil }, "fields", "detention.fields"},
		"no question":               {func(d *inquiry.Draft) { d.Question = " \n" }, "question", "fault.required"},
		"a long question":           {func(d *inquiry.Draft) { d.Question = strings.Repeat("é", 2001) }, "question", "fault.too-long"},
		"a language that is none":   {func(d *inquiry.Draft) { d.Language = "xx" }, "language", "fault.unknown-code"},
		"no day":                    {func(d *inquiry.Draft) { d.Due = "" }, "due", "fault.required"},
		"yesterday":                 {func(d *inquiry.Draft) { d.Due = "2017-02-09" }, "due", "inquiry.due-past"},
		"in three years":            {func(d *inquiry.Draft) { d.Due = "2020-02-09" }, "due", "inquiry.due-far"},
		"not a day":                 {func(d *inquiry.Draft) { d.Due = "tomorrow" }, "due", "legal.date"},
		"the photo itself":          {func(d *inquiry.Draft) { d.Pictures = []attachment.ID{attachment.ID(id())} }, "pictures", "attachment.unknown"},
		"a document":                {func(d *inquiry.Draft) { d.Pictures = []attachment.ID{document()} }, "pictures", "attachment.copy-of-picture"},
		"eleven pictures":           {func(d *inquiry.Draft) { d.Pictures = make([]attachment.ID, 11) }, "pictures", "fault.too-many-items"},
		"a sheet that is none":      {func(d *inquiry.Draft) { d.Sheet.ID = id() }, "sheet", "inquiry.sheet-not-theirs"},
		"a sheet without reference": {func(d *inquiry.Draft) { d.Sheet.Title = "Canary" }, "sheet", "fault.not-an-id"},
	} {
		bad := w.draft("holder")
		c.spoil(&bad)
		_, err := w.store.Ask(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, bad)
		at(t, what, err, c.path, c.key)
	}
	all, err := w.store.OfCase(t.Context(), w.Actor["xa.officer"], code, w.made.Reference)
	if err != nil || len(all) != 0 {
		t.Errorf("something was kept: %v, %v", all, err)
	}
	good := w.draft("holder")
	good.Pictures = []attachment.ID{w.copied()}
	for range 2 {
		_, err = w.store.Ask(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, good)
		w.Must(err)
	}
	other := good
	other.Question = "And this?"
	_, err = w.store.Ask(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, other)
	keyed(t, "another question under the id", err, "inquiry.id-taken")
}

func TestBadAnswers(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	i := w.ask("holder")
	for path, spoil := range map[string]func(a *inquiry.AnswerDraft){
		"verdict": func(a *inquiry.AnswerDraft) { a.Verdict = "maybe" }, "reasons": func(a *inquiry.AnswerDraft) { a.Reasons = "" },
		"language": func(a *inquiry.AnswerDraft) { a.Language = "" }, "features": func(a *inquiry.AnswerDraft) { a.Features = []int{0} },
		"expert": func(a *inquiry.AnswerDraft) { a.Expert = "a\x00b" },
	} {
		a := answer()
		spoil(&a)
		_, err := w.store.Answer(t.Context(), w.Actor["holder.expert"], code, i.ID, a)
		if f, ok := errors.AsType[*fault.Fault](err); !ok || len(f.Fields) == 0 || f.Fields[0].Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	for path, r := range map[string]inquiry.ReplyDraft{"infringes": {Language: "en"}, "costs": {Infringes: "yes", Costs: "perhaps", Language: "en"},
		"day": {Infringes: "yes", Language: "en", Day: "2017-03-01"}} {
		_, err := w.store.Reply(t.Context(), w.Actor["holder.expert"], code, i.ID, r)
		if f, ok := errors.AsType[*fault.Fault](err); !ok || len(f.Fields) == 0 || f.Fields[0].Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestMembershipEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		i, theirs := w.ask("holder"), w.ask("rival")
		w.Leave("rival")
		w.Missing("rival.expert", func(a access.Actor) error { _, err := w.store.Read(t.Context(), a, theirs.ID); return err })
		w.Missing("rival.expert", func(a access.Actor) error {
			_, err := w.store.Answer(t.Context(), a, code, theirs.ID, answer())
			return err
		})
		w.Leave("xa")
		w.Missing("xa.officer", func(a access.Actor) error { _, err := w.store.Read(t.Context(), a, i.ID); return err })
		if _, err := w.store.Answer(t.Context(), w.Actor["holder.expert"], code, i.ID, answer()); err != nil {
			t.Errorf("what was asked is answered all the same: %v", err)
		}
		w.Source.Set(i.Due.Add(time.Hour))
		if n, err := w.store.RemindDue(t.Context()); err != nil || n != 0 {
			t.Errorf("%d reminders, %v", n, err)
		}
	})
}

func TestTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		i, prompt := w.ask("holder"), w.ask("holder")
		if n, err := w.store.RemindDue(t.Context()); err != nil || n != 0 {
			t.Errorf("too early: %d, %v", n, err)
		}
		w.Source.Set(w.Source.Now().Add(2 * time.Hour))
		_, err := w.store.Answer(t.Context(), w.Actor["holder.expert"], code, prompt.ID, answer())
		w.Must(err)
		if want := time.Date(2017, 2, 17, 15, 0, 0, 0, time.UTC); !i.Due.Equal(want) {
			t.Errorf("due %s, want the end of the day in Tokyo, %s", i.Due, want)
		}
		for _, c := range []struct {
			at   time.Time
			want int
		}{{i.Due.Add(-inquiry.Before - time.Minute), 0}, {i.Due.Add(-time.Hour), 1}, {i.Due, 0}, {i.Due.Add(time.Minute), 1}, {i.Due.Add(time.Hour), 0}} {
			w.Source.Set(c.at)
			if n, err := w.store.RemindDue(t.Context()); err != nil || n != c.want {
				t.Errorf("%s: %d reminders, %v", c.at, n, err)
			}
		}
		p, err := w.store.List(t.Context(), w.Actor["xa.officer"], inquiry.Filter{State: inquiry.Late})
		if err != nil || len(p.Items) != 1 || !p.Items[0].IsLate {
			t.Errorf("late: %+v, %v", p.Items, err)
		}
		made, err := w.store.Answer(t.Context(), w.Actor["holder.expert"], code, i.ID, answer())
		if err != nil || !made.Answers[0].Late {
			t.Errorf("a late answer: %+v, %v", made, err)
		}
		for _, who := range []string{"xa.officer", "wco", "holder.expert"} {
			times, err := w.store.Times(t.Context(), w.Actor[who], code)
			want := (2*time.Hour + made.Answers[0].At.Sub(i.At)) / 2
			if err != nil || len(times) != 1 || times[0].Asked != 2 || times[0].Answered != 2 || times[0].Late != 1 || times[0].Median != want {
				t.Errorf("%s: %+v, %v, want %s", who, times, err, want)
			}
		}
		if times, err := w.store.Times(t.Context(), w.Actor["rival.expert"], code); err != nil || len(times) != 0 {
			t.Errorf("a rival sees %+v, %v", times, err)
		}
	})
}

// With a clock the law's day counts where it ends before the asker's, and what was told
// is in the one record of disclosures.
func TestLegalClock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		officer := w.Actor["xa.officer"]
		_, err := w.clocks.Start(t.Context(), officer, code, w.made.Reference, detention.Starting{Kind: "ex-officio", Day: "2017-02-09"})
		w.Must(err)
		w.Must(w.clocks.Note(t.Context(), officer, code, w.made.Reference, detention.Happening{Clock: w.clock(), Kind: "notified-holder", Day: "2017-02-10"}))
		o, err := w.store.Offer(t.Context(), officer, code, w.made.Reference)
		if err != nil || o.Telling.Due == 0 || o.Telling.Step == "" || len(o.Holders) != 3 || len(o.Case.Photos) != 1 {
			t.Fatalf("offered %+v, %v", o, err)
		}
		far := w.draft("holder")
		far.Due = (o.Telling.Due + 30).String()
		i, err := w.store.Ask(t.Context(), officer, code, w.made.Reference, far)
		if err != nil || i.Day != o.Telling.Due || i.Step != o.Telling.Step {
			t.Errorf("asked %+v, %v", i, err)
		}
		near := w.draft("holder")
		near.Due = (o.Telling.Due - 1).String()
		if i, err = w.store.Ask(t.Context(), officer, code, w.made.Reference, near); err != nil || i.Day != o.Telling.Due-1 || i.Step != "" {
			t.Errorf("asked %+v, %v", i, err)
		}
		a, err := w.clocks.Read(t.Context(), officer, code, w.made.Reference)
		if err != nil || len(a.Disclosures) != 2 || a.Disclosures[0].ID != string(near.ID) || a.Disclosures[0].Recipient != w.Body["holder"].Number ||
			!slices.Equal(a.Disclosures[0].Told, i.Told) || !slices.Equal(a.Disclosures[0].Fields, i.Fields) {
			t.Errorf("disclosures %+v, %v", a.Disclosures, err)
		}
	})
}

func (w *world) clock() int64 {
	w.T.Helper()
	a, err := w.clocks.Read(w.T.Context(), w.Actor["xa.officer"], code, w.made.Reference)
	w.Must(err)
	return a.Clock.Seq
}

// What an inquiry copied goes with the case's content.
func TestErased(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		i := w.ask("holder")
		_, err := w.store.Answer(t.Context(), w.Actor["holder.expert"], code, i.ID, answer())
		w.Must(err)
		w.Must(w.DB.Keep(t.Context(), func(tx *db.Tx) error {
			op, err := operation.ByCode(tx, code)
			if err != nil {
				return err
			}
			records, entries, err := inquiry.Erase(tx, op.Number, w.made.Seq)
			if len(entries) != 2 || !slices.Equal(records, []int64{i.Seq}) {
				t.Errorf("entries %v of %v", entries, records)
			}
			return err
		}))
		v, err := w.store.Read(t.Context(), w.Actor["holder.expert"], i.ID)
		text, _ := json.Marshal(v)
		if err != nil || strings.Contains(string(text), "seam") || strings.Contains(string(text), "label") || strings.Contains(string(text), "canary") || v.MayAnswer || !v.Erased {
			t.Errorf("left: %s, %v", text, err)
		}
		_, err = w.store.Answer(t.Context(), w.Actor["holder.expert"], code, i.ID, answer())
		keyed(t, "an answer afterwards", err, "inquiry.erased")
	})
}
