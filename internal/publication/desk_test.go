package publication_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
)

// paths are the fields of a fault.
func paths(err error) (out []string) {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		for _, x := range f.Fields {
			out = append(out, x.Path)
		}
	}
	return out
}

// TestWritingTogether: two who write one chapter, two who write two; order; taking out
// and bringing back; figures get numbers of their own.
func TestWritingTogether(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, one, two := t.Context(), w.Actor["wco.coordinator"], w.Actor["wco"]
		if _, err := w.store.Write(ctx, one, code, publication.SectionDraft{ID: "aim"}, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("before it is begun: %v", err)
		}
		w.open()
		w.open()
		was := w.section("aim")
		w.write("aim", "We look for fakes.")
		d2 := draftOf(was)
		d2.Texts = map[string]string{"en": "We seek fakes."}
		now, err := w.store.Write(ctx, two, code, d2, was.Edit)
		f, _ := errors.AsType[*fault.Fault](err)
		if !fault.Is(err, fault.Conflict) || f.Args["who"] != "Person wco.coordinator" || now.Texts["en"] != "We look for fakes." {
			t.Errorf("slower: %v %v, %+v", err, f.Args, now)
		}
		if got := w.write("legal", "TRIPS."); got.Edit != 2 {
			t.Errorf("another chapter: %+v", got)
		}
		same := w.section("aim")
		if again, err := w.store.Write(ctx, two, code, draftOf(same), 0); err != nil || again.Edit != same.Edit || again.Author != one.Person {
			t.Errorf("the same again: %+v, %v", again, err)
		}
		own, err := w.store.Write(ctx, two, code, publication.SectionDraft{Kind: publication.Own, Title: map[string]string{"fr": "À part"}, Editions: []string{"public"}, Place: 2,
			Figures: []publication.Figure{{Show: publication.ShowTable, Question: publication.Outline()[8].Figures[0].Question}}}, 0)
		if err != nil || own.ID != "own1" || own.Figures[0].ID != "f15" {
			t.Errorf("own: %+v, %v", own, err)
		}
		if got := w.desk("wco").Report.Order[:3]; !slices.Equal(got, []string{"aim", "own1", "legal"}) {
			t.Errorf("order %v", got)
		}
		w.Must(w.store.Remove(ctx, one, code, "legal", 2))
		r, err := w.store.Arrange(ctx, one, code, []string{"scope", "legal", "aim", "nonsense"}, w.desk("wco").Report.Edit)
		if err != nil || !slices.Equal(r.Order[:3], []string{"scope", "aim", "own1"}) || slices.Contains(r.Order, "legal") {
			t.Errorf("arranged %v, %v", r.Order, err)
		}
		if _, err := w.store.Arrange(ctx, two, code, []string{"aim"}, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("arranged by somebody slower: %v", err)
		}
		desk := w.desk("wco")
		if len(desk.Removed) != 1 || desk.Removed[0].Texts["en"] != "TRIPS." {
			t.Errorf("taken out: %+v", desk.Removed)
		}
		if back, err := w.store.Write(ctx, one, code, draftOf(desk.Removed[0]), desk.Removed[0].Edit); err != nil || back.Removed || len(w.desk("wco").Sections) != 21 {
			t.Errorf("brought back: %+v, %v", back, err)
		}
		bad := publication.SectionDraft{ID: "aim", Texts: map[string]string{"xx-nonsense-": "x"}, Editions: []string{"press"},
			Figures: []publication.Figure{{ID: "f1", Show: "cake", Question: analysis.Question{Group: "colour"}}}}
		if _, err := w.store.Write(ctx, one, code, bad, 2); !slices.Equal(paths(err), []string{"texts.xx-nonsense-", "editions", "figures.0.id", "figures.0.show", "figures.0.question.group"}) {
			t.Errorf("bad: %v", err)
		}
	})
}

// TestContributionsAreTheirOwners until they are handed in; members that left take
// their drafts with them, and stay in what is frozen.
func TestContributionsAreTheirOwners(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.open()
		w.day("2017-03-01")
		c := w.report("xa.officer", draft("XA", "2017-02-08", "mail", line("FTW", 500, 0)))
		if _, err := w.store.Ask(ctx, w.Actor["wco"], code, "2017-02-28"); !slices.Equal(paths(err), []string{"due"}) {
			t.Errorf("yesterday: %v", err)
		}
		_, err := w.store.Ask(ctx, w.Actor["wco"], code, "2017-03-10")
		w.Must(err)
		say := publication.ContributionDraft{Language: "en", Lessons: "Ask earlier.", Cases: []string{strings.ToLower(c.Reference)}}
		first, err := w.store.Contribute(ctx, w.Actor["xa"], code, say, 0)
		if err != nil || first.Cases[0] != c.Reference {
			t.Fatal(first, err)
		}
		if _, err := w.store.Contribute(ctx, w.Actor["xb"], code, say, 0); !slices.Equal(paths(err), []string{"cases"}) {
			t.Errorf("somebody else's case: %v", err)
		}
		states := func(who string) (out []string) {
			for _, a := range w.desk(who).Contributions {
				state := a.State
				if a.Contribution != nil {
					state += "+"
				}
				out = append(out, state)
			}
			return out
		}
		for who, want := range map[string][]string{"wco": {"draft", "asked"}, "xa": {"draft+"}, "xb": {"asked"}} {
			if got := states(who); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", who, got, want)
			}
		}
		if list, err := w.Operations.Journal(ctx, w.Actor["wco"], code, journal.Filter{Verb: string(access.ReportContribute), Limit: 5}); err != nil || len(list.Lines) != 1 {
			t.Errorf("journal: %+v, %v", list, err)
		} else if e, err := w.Operations.JournalEntry(ctx, w.Actor["wco"], code, list.Lines[0].Seq); err != nil || e.Content != operation.ContentClosed {
			t.Errorf("coordination opens a draft: %+v, %v", e, err)
		}
		say.Done = true
		if _, err := w.store.Contribute(ctx, w.Actor["xa"], code, say, 0); !fault.Is(err, fault.Conflict) {
			t.Errorf("without having seen it: %v", err)
		}
		_, err = w.store.Contribute(ctx, w.Actor["xa"], code, say, first.Edit)
		w.Must(err)
		_, err = w.store.Contribute(ctx, w.Actor["xb"], code, publication.ContributionDraft{Language: "en", Challenges: "None yet."}, 0)
		w.Must(err)
		w.day("2017-03-11")
		if got := states("wco"); !slices.Equal(got, []string{"done+", "late"}) {
			t.Errorf("late: %v", got)
		}
		v1 := w.freeze("")
		said := publication.ContributionDraft{Language: "en", Lessons: "501 pieces came by mail.", Done: true}
		_, err = w.store.Contribute(ctx, w.Actor["xa"], code, said, 2)
		w.Must(err)
		if !slices.Contains(w.desk("wco").Remarks(), publication.Remark{Kind: publication.RemarkNumber, Section: publication.Lessons, Lang: "en", Words: "501 pieces", Organisation: first.Organisation}) {
			t.Errorf("remarks %+v", w.desk("wco").Remarks())
		}
		w.leave("xa")
		w.leave("xb")
		v2 := w.freeze("Two left.")
		if len(v1.Contributions) != 1 || v1.Contributions[0].Lessons != "Ask earlier." || len(v2.Contributions) != 0 || len(w.desk("wco").Contributions) != 0 {
			t.Errorf("frozen %+v, then %+v", v1.Contributions, v2.Contributions)
		}
		if got := w.version("wco", 1).Version.Contributions; len(got) != 1 {
			t.Errorf("version 1 has %+v", got)
		}
	})
}

// TestWhoFindsWhat: strangers, observers and right holders nothing; administrations
// versions, and of cases those that they may read; nobody but coordination the rest.
func TestWhoFindsWhat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.open()
		out := w.report("xa.officer", draft("XA", "2017-02-08", "mail", line("FTW", 500, 0)))
		back := w.report("xa.officer", draft("XA", "2017-02-08", "mail", line("FTW", 30, 0)))
		_, err := w.cases.Recall(ctx, w.Actor["xa"], code, back.Seq, back.Version, "not yet")
		w.Must(err)
		w.freeze("")
		d1 := draft("XA", "2017-02-08", "mail", line("FTW", 501, 0))
		d1.ID = out.ID
		w.amend("xa.officer", out, d1)
		d2 := draft("XA", "2017-02-08", "mail", line("FTW", 31, 0))
		d2.ID = back.ID
		back.Version = 2
		w.amend("xa.officer", back, d2)
		v2 := w.freeze("Two were corrected.")
		for who, want := range map[string]int{"wco": 2, "wco.coordinator": 2, "xa": 2, "xa.analyst": 2, "xb": 1} {
			v := w.version(who, 2).Version
			changed := map[string]bool{}
			for _, c := range v.Changes {
				if c.Kind == publication.ChangedCase {
					changed[c.Subject] = true
				}
			}
			compared, err := w.store.Compare(ctx, w.Actor[who], code, 1, 2)
			b, err2 := w.store.Behind(ctx, w.Actor[who], code, 1, publication.Place{Figure: "f3"})
			if len(v.Basis) != want || len(changed) != want || !reflect.DeepEqual(compared, v.Changes) || len(b.Cases) != want || b.Group.Cases != 2 {
				t.Errorf("%s finds %d cases, %v changed, behind %d of %d: %v %v", who, len(v.Basis), changed, len(b.Cases), b.Group.Cases, err, err2)
			}
		}
		_, err = w.cases.Release(ctx, w.Actor["xa"], code, back.Seq, 3)
		w.Must(err)
		for who, want := range map[string]int{"wco": 2, "xa": 2, "xb": 1} { // what was written at home stays there
			b, err := w.store.Behind(ctx, w.Actor[who], code, 1, publication.Place{Figure: "f3"})
			v := w.version(who, 2).Version
			told := slices.ContainsFunc(v.Changes, func(c publication.Change) bool { return c.Subject == back.Reference })
			if err != nil || len(b.Cases) != want || len(v.Basis) != want || told != (want == 2) {
				t.Errorf("%s finds %d behind, %d in the version, told of the other %t: %v", who, len(b.Cases), len(v.Basis), told, err)
			}
		}
		for _, who := range []string{"xb", "xa.analyst"} {
			desk := w.desk(who)
			if desk.Whole || len(desk.Sections)+len(desk.Live)+len(desk.Remarks()) > 0 || len(desk.Versions) != 2 || len(desk.Contributions) != 1 || len(desk.Clearings) != 1 {
				t.Errorf("%s finds %+v", who, desk)
			}
		}
		for _, who := range []string{"stranger", "gone", "observer", "holder", "wco.auditor", "xa.officer"} {
			for name, do := range map[string]func(access.Actor) error{
				"read":    func(a access.Actor) error { _, err := w.store.Read(ctx, a, code); return err },
				"version": func(a access.Actor) error { _, err := w.store.Version(ctx, a, code, 1); return err },
				"behind": func(a access.Actor) error {
					_, err := w.store.Behind(ctx, a, code, 1, publication.Place{Figure: "f3"})
					return err
				},
				"clear": func(a access.Actor) error {
					_, err := w.store.Clear(ctx, a, code, 1, publication.ClearanceDraft{State: publication.Cleared})
					return err
				},
			} {
				if err := do(w.Actor[who]); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s %s: %v", who, name, err)
				}
			}
		}
		for name, do := range map[string]func() error{
			"analyst of an administration writes": func() error {
				_, err := w.store.Write(ctx, w.Actor["xa.analyst"], code, publication.SectionDraft{ID: "aim"}, 1)
				return err
			},
			"coordination clears": func() error {
				_, err := w.store.Clear(ctx, w.Actor["wco"], code, 1, publication.ClearanceDraft{State: publication.Cleared})
				return err
			},
			"no such version": func() error { _, err := w.store.Version(ctx, w.Actor["wco"], code, 3); return err },
			"no such figure": func() error {
				_, err := w.store.Behind(ctx, w.Actor["wco"], code, 1, publication.Place{Figure: "f99"})
				return err
			},
		} {
			if err := do(); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for who, want := range map[string]string{"xb": operation.ContentShown, "wco": operation.ContentShown} {
			e, err := w.Operations.JournalEntry(ctx, w.Actor[who], code, v2.Seq)
			if err != nil || e.Content != want || strings.Contains(string(e.After), back.Reference) {
				t.Errorf("%s opens the entry: %s %s, %v", who, e.Content, e.After, err)
			}
		}
	})
}

// TestClearance: the newest word of each stands; an embargo holds until its day, later
// versions too, until who said it says otherwise.
func TestClearance(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.open()
		w.day("2017-03-01")
		w.report("xa.officer", draft("XA", "2017-02-08", "mail", line("FTW", 500, 0)))
		_, err := w.store.Freeze(ctx, w.Actor["wco"], code, publication.Freezing{ClearBy: "2017-03-05"})
		w.Must(err)
		clear := func(who string, n int64, c publication.ClearanceDraft) error {
			_, err := w.store.Clear(ctx, w.Actor[who], code, n, c)
			return err
		}
		for path, c := range map[string]publication.ClearanceDraft{"state": {State: "perhaps"}, "words": {State: publication.Dissents},
			"until": {State: publication.Embargoes, Until: "2017-03-01"}, "language": {State: publication.Cleared, Words: "Well done."}} {
			if err := clear("xa", 1, c); !slices.Equal(paths(err), []string{path}) {
				t.Errorf("%+v: %v", c, err)
			}
		}
		w.Must(clear("xa", 1, publication.ClearanceDraft{State: publication.Embargoes, Until: "2017-03-20"}))
		w.Must(clear("xb", 1, publication.ClearanceDraft{State: publication.Dissents, Words: "We counted 501.", Language: "en"}))
		w.Must(clear("xb", 1, publication.ClearanceDraft{State: publication.Cleared}))
		w.Must(clear("xb", 1, publication.ClearanceDraft{State: publication.Cleared}))
		w.day("2017-03-06")
		v := w.version("wco", 1)
		if v.Embargo.Until != "2017-03-20" || !slices.Equal(v.Embargo.By, []int64{w.Body["xa"].Number}) || len(v.Clearings) != 2 || v.Clearings[1].Word.State != publication.Cleared || v.Clearings[0].Late {
			t.Errorf("version 1: %+v %+v", v.Embargo, v.Clearings)
		}
		if got := w.version("xb", 1); got.Embargo.Until != "" || len(got.Clearings) != 1 {
			t.Errorf("xb finds %+v %+v", got.Embargo, got.Clearings)
		}
		w.report("xa.officer", draft("XA", "2017-02-08", "mail", line("FTW", 1, 0)))
		_, err = w.store.Freeze(ctx, w.Actor["wco"], code, publication.Freezing{Note: "One more.", ClearBy: "2017-03-07"})
		w.Must(err)
		w.Must(w.Operations.End(ctx, w.Actor["wco"], code, w.Body["xa"].ID))
		w.day("2017-03-08")
		if v = w.version("wco", 2); v.Embargo.Until != "2017-03-20" || len(v.Clearings) != 2 || !v.Clearings[0].Late {
			t.Errorf("version 2: %+v %+v", v.Embargo, v.Clearings)
		}
		kinds := map[string]int{}
		for _, m := range w.desk("wco").Remarks() {
			kinds[m.Kind]++
		}
		if kinds[publication.RemarkUncleared] != 2 {
			t.Errorf("remarks %v", kinds)
		}
		w.join("xa", access.Enforcement)
		w.Must(clear("xa", 2, publication.ClearanceDraft{State: publication.Cleared}))
		if v = w.version("wco", 2); v.Embargo.Until != "" {
			t.Errorf("lifted: %+v", v.Embargo)
		}
		if v = w.version("wco", 1); v.Embargo.Until != "2017-03-20" {
			t.Errorf("of version 1 nothing else was said: %+v", v.Embargo)
		}
	})
}

// TestFreezingTwice makes one version where nothing happened between, wants a note for
// the second, and refuses a placeholder that names nothing.
func TestFreezingTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.open()
		w.report("xa.officer", draft("XA", "2017-02-08", "mail", line("FTW", 500, 0)))
		w.write("aim", "{{f1.cases}}, {{f5.FTW.H87}}, {{f12.FTW|mail.H87}}, {{official}}, {{f1.KGM}} and {{f77}}: {{f1.H87}}, 500 pieces, 501 pieces to date by Mr John Smith.")
		_, err := w.store.Freeze(ctx, w.Actor["wco"], code, publication.Freezing{})
		if f, _ := errors.AsType[*fault.Fault](err); !slices.Equal(paths(err), []string{"sections.aim.texts.en", "sections.aim.texts.en"}) || f.Fields[0].Args["value"] != "{{f1.KGM}}" {
			t.Errorf("placeholders: %v", err)
		}
		type place struct{ kind, words string }
		var got []place
		text := w.section("aim").Texts["en"]
		for _, m := range w.desk("wco").Remarks() {
			if m.Section == "aim" {
				got = append(got, place{m.Kind, m.Words})
				if !strings.HasPrefix(text[m.At:], m.Words) {
					t.Errorf("%+v is not there", m)
				}
			}
		}
		want := []place{{"placeholder", "{{f1.KGM}}"}, {"placeholder", "{{f77}}"}, {"number", "501 pieces"}, {"person", "John Smith"}, {"undated", "to date"}}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("remarks %q, want %q", got, want)
		}
		w.write("aim", "{{f1.H87}}")
		v1 := w.freeze("")
		if again := w.freeze(""); again.Number != 1 || !reflect.DeepEqual(again, v1) {
			t.Errorf("again: version %d", again.Number)
		}
		w.write("aim", "{{f1}} in all.")
		if _, err := w.store.Freeze(ctx, w.Actor["wco"], code, publication.Freezing{}); !slices.Equal(paths(err), []string{"note"}) {
			t.Errorf("without a note: %v", err)
		}
		v2 := w.freeze("A text.")
		if want := []publication.Change{{Kind: publication.ChangedText, Subject: "aim", Value: "en", Before: "10", After: "14"}}; !reflect.DeepEqual(v2.Changes, want) {
			t.Errorf("changes %+v", v2.Changes)
		}
		if v2.AsOf != v2.Seq-1 || v2.Official.AsOf != v2.AsOf || !v2.At.Equal(w.Source.Now().Truncate(time.Microsecond)) {
			t.Errorf("as of %d, entry %d", v2.AsOf, v2.Seq)
		}
	})
}

func TestFill(t *testing.T) {
	say := func(p publication.Place) (string, bool) {
		return p.Figure + "/" + p.Value + "/" + p.Split + "/" + p.Unit, p.Figure != "f9"
	}
	got, unknown := publication.Fill("{{f1}} {{ f1.cases }} {{f1.H87}} {{f5.A.b.KGM}} {{f12.FTW|mail.cases}} {{f9}} {{f1.oops}} {{}} {f1}", say)
	if got != "f1/// f1///cases f1///H87 f5/A.b//KGM f12/FTW/mail/cases {{f9}} {{f1.oops}} {{}} {f1}" || !slices.Equal(unknown, []string{"{{f9}}", "{{f1.oops}}"}) {
		t.Errorf("%q, %q", got, unknown)
	}
}
