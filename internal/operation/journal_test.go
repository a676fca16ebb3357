package operation_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// thing is what a content says of a case: enough to see whose state it was.
type thing struct {
	Audience int64
	Words    string
}

// wrote appends an entry of an organisation for an audience, as a command on a
// case does, and gives its number.
func (w *world) wrote(by, verb, subject string, to audience.Value, before, after *thing) int64 {
	w.t.Helper()
	j := journal.New(w.source)
	var seq int64
	w.must(w.db.Write(w.t.Context(), string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.source.Now(), w.actor[by], code, access.OperationRead)
		if err != nil {
			return err
		}
		n, err := audience.Intern(tx, st.Operation.Number, to)
		if err != nil {
			return err
		}
		var c journal.Content
		if before != nil {
			c.Before = *before
		}
		if after != nil {
			after.Audience = n
			c.After = *after
		}
		seq, err = j.Append(tx, st.Entry(access.Permission(verb), subject, n), c)
		return err
	}))
	return seq
}

func (w *world) own(body string) audience.Value { return audience.Own(w.body[body].Number) }

func (w *world) journal(who string, f journal.Filter) (operation.JournalPage, error) {
	return w.operations.Journal(w.t.Context(), w.actor[who], code, f)
}

func (w *world) entry(who string, seq int64) (operation.JournalEntry, error) {
	return w.operations.JournalEntry(w.t.Context(), w.actor[who], code, seq)
}

func numbersOf(lines []operation.Line) (out []int64) {
	for _, l := range lines {
		out = append(out, l.Seq)
	}
	return out
}

// Who reads the journal, and how much of it.
func TestJournalReaders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.give("wco", "auditor", access.Auditor)
		w.give("xb", "auditor", access.Auditor)
		draft := w.wrote("xa.officer", "seizure.save", "seizure/1", w.own("xa"), nil, &thing{Words: "kept"})
		shared := w.wrote("xa.officer", "seizure.report", "seizure/2", w.own("xa").With(access.Coordination, access.Enforcement), nil, &thing{Words: "shared"})

		for _, who := range []string{"nobody", "rilo", "outsider", "watch", "holder", "xa.officer"} {
			_, err := w.journal(who, journal.Filter{})
			w.missing(who+" reads the journal", err)
			_, err = w.entry(who, 0)
			w.missing(who+" reads an entry", err)
		}
		for _, c := range []struct {
			who                   string
			whole, draft, content bool // content: of the shared entry
		}{
			{"wco", true, true, true}, {"wco.coordinator", true, true, true}, {"wco.auditor", true, true, false},
			{"xa", false, true, true}, {"xb", false, false, true}, {"xb.auditor", false, false, false},
		} {
			p, err := w.journal(c.who, journal.Filter{Limit: 100})
			w.must(err)
			if p.Whole != c.whole || slices.Contains(numbersOf(p.Lines), draft) != c.draft || !slices.Contains(numbersOf(p.Lines), shared) {
				t.Errorf("%s: whole %v, sees %v", c.who, p.Whole, numbersOf(p.Lines))
			}
			if p.Whole && int64(len(p.Lines)) != p.Size {
				t.Errorf("%s sees %d of %d", c.who, len(p.Lines), p.Size)
			}
			e, err := w.entry(c.who, shared)
			w.must(err)
			if shown := e.Content == operation.ContentShown; shown != c.content || shown != (len(e.After) > 0) {
				t.Errorf("%s: content of the shared entry is %s, %s", c.who, e.Content, e.After)
			}
			if _, err := w.entry(c.who, draft); !c.draft {
				w.missing(c.who+" reads a draft's entry", err)
			} else {
				w.must(err)
			}
		}
		// Coordination sees that a draft was kept, not what stands in it.
		e, err := w.entry("wco", draft)
		w.must(err)
		if e.Content != operation.ContentClosed || len(e.After) > 0 {
			t.Errorf("the director reads a draft: %s %s", e.Content, e.After)
		}
		_, err = w.entry("wco", 1<<40)
		w.missing("an entry that is none", err)
	})
}

// What was taken back, or was no draft of the reader's, is not read through the journal.
func TestJournalContentFollowsTheThing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		all := w.own("xa").With(access.Coordination, access.Enforcement)
		some := w.own("xa").With(access.Coordination)
		secret := &thing{Words: "a name that was taken out"}
		w.wrote("xa.officer", "seizure.save", "seizure/1", w.own("xa"), nil, secret)
		report := w.wrote("xa.officer", "seizure.report", "seizure/1", all, secret, &thing{Words: "told"})
		for who, sees := range map[string]bool{"xa": true, "xb": false, "wco": false} {
			e, err := w.entry(who, report)
			w.must(err)
			if got := strings.Contains(string(e.Before), secret.Words); got != sees || len(e.After) == 0 {
				t.Errorf("%s reads the draft behind the report: %v (%s)", who, got, e.Before)
			}
		}
		recall := w.wrote("xa.officer", "seizure.recall", "seizure/1", some, nil, &thing{Words: "back"})
		for who, sees := range map[string]bool{"xa": true, "xb": false, "wco": true} {
			e, err := w.entry(who, report)
			w.must(err)
			if got := e.Content == operation.ContentShown; got != sees {
				t.Errorf("after the recall %s reads the report: %v", who, got)
			}
		}
		_, err := w.entry("xb", recall)
		w.missing("xb reads the recall", err)
		// Released again, the newest state is read; what lies before the recall stays closed.
		again := w.wrote("xa.officer", "seizure.release", "seizure/1", all, nil, &thing{Words: "again"})
		for seq, sees := range map[int64]bool{report: false, again: true} {
			e, err := w.entry("xb", seq)
			w.must(err)
			if got := e.Content == operation.ContentShown; got != sees {
				t.Errorf("xb reads entry %d: %v", seq, got)
			}
		}
		w.must(w.end("wco", code, "xb"))
		_, err = w.entry("xb", again)
		w.missing("whoever left", err)
	})
}

// An id is its originator's own: another organisation that writes a draft under
// the same id closes nothing.
func TestJournalContentOfAnotherOriginator(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		all := w.own("xa").With(access.Coordination, access.Enforcement)
		report := w.wrote("xa.officer", "seizure.report", "seizure/1", all, nil, &thing{Words: "told"})
		w.wrote("xb", "seizure.save", "seizure/1", w.own("xb"), nil, &thing{Words: "another thing"})
		for _, who := range []string{"xa", "xb", "wco"} {
			e, err := w.entry(who, report)
			w.must(err)
			if e.Content != operation.ContentShown {
				t.Errorf("%s does not read the report any more", who)
			}
		}
	})
}

var erase = db.Statement(`delete from journal_content where operation = $1 and seq = $2`)
var spoil = db.Statement(`update journal_content set content = $3 where operation = $1 and seq = $2`)

// The proof holds for anybody, and after the content was erased.
func TestJournalProof(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		seq := w.wrote("xa.officer", "seizure.report", "seizure/1", w.own("xa").With(access.Coordination), nil, &thing{Words: "told"})
		e, err := w.entry("wco", seq)
		w.must(err)
		if !e.Matches || !json.Valid(e.After) {
			t.Errorf("the content does not match: %s", e.After)
		}
		if err := tlog.CheckRecord(e.Proof.Hashes, e.Proof.Size, e.Proof.Root, seq, tlog.RecordHash([]byte(e.Leaf))); err != nil {
			t.Errorf("the proof that is shown proves nothing: %v", err)
		}
		if !slices.Equal(e.Audience.Sides, []access.Side{access.Coordination}) || len(e.Readers) != 1 || e.Readers[0].ID != w.body["xa"].ID {
			t.Errorf("audience %+v, readers %+v", e.Audience, e.Readers)
		}
		if e.Line.Person.Name != "Person xa.officer" || e.Line.From.Name != "Body xa" {
			t.Errorf("who did it: %+v", e.Line)
		}
		op := e.Standing.Operation.Number
		w.must(d.Keep(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(spoil, op, seq, `{"after":{"Words":"changed"}}`); return err }))
		if e, err = w.entry("wco", seq); err != nil || e.Matches {
			t.Errorf("content changed outside is taken for true: %v", err)
		}
		w.must(d.Keep(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(erase, op, seq); return err }))
		if e, err = w.entry("wco", seq); err != nil || e.Content != operation.ContentErased || len(e.After) > 0 {
			t.Errorf("erased: %s, %v", e.Content, err)
		}
	})
}

// Pages by key hold every entry once, and filters are honoured within what is visible.
func TestJournalPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for i := range 25 {
			to := w.own("xa")
			if i%2 == 0 {
				to = to.With(access.Enforcement)
			}
			w.wrote("xa.officer", "seizure.save", "seizure/"+string(rune('a'+i)), to, nil, &thing{Words: "x"})
		}
		for _, who := range []string{"wco", "xb"} {
			whole, err := w.journal(who, journal.Filter{Limit: 200})
			w.must(err)
			if whole.Next != 0 {
				t.Fatalf("%s: %d entries are not all", who, len(whole.Lines))
			}
			var got []int64
			f := journal.Filter{Limit: 7}
			for {
				p, err := w.journal(who, f)
				w.must(err)
				got = append(got, numbersOf(p.Lines)...)
				if f.Before = p.Next; f.Before == 0 {
					break
				}
			}
			if !slices.Equal(got, numbersOf(whole.Lines)) {
				t.Errorf("%s: pages hold %v, want %v", who, got, numbersOf(whole.Lines))
			}
		}
		p, err := w.journal("xb", journal.Filter{Verb: "seizure.save"})
		w.must(err)
		if len(p.Lines) != 13 {
			t.Errorf("xb sees %d saves, want 13", len(p.Lines))
		}
		p, err = w.journal("xb", journal.Filter{Organisation: w.body["wco"].Number})
		w.must(err)
		for _, l := range p.Lines {
			if l.From.Name != "Body wco" {
				t.Errorf("entry %d is of %s", l.Seq, l.From.Name)
			}
		}
		if len(p.Lines) == 0 || len(p.Organisations) != 5 || !slices.Contains(p.Verbs, "operation.accept") {
			t.Errorf("%d lines, %d organisations, verbs %v", len(p.Lines), len(p.Organisations), p.Verbs)
		}
	})
}

// Own lists one's own people for whoever gives them roles, also where the other
// members are not shown.
func TestOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("holder", "second", "")
		for _, who := range []string{"nobody", "rilo", "outsider", "xa.officer", "wco.coordinator", "holder.second"} {
			_, _, err := w.operations.Own(t.Context(), w.actor[who], code)
			w.missing(who+" lists its own people", err)
		}
		for who, want := range map[string]int{"holder": 2, "xa": 2, "watch": 1} {
			st, own, err := w.operations.Own(t.Context(), w.actor[who], code)
			w.must(err)
			if len(own.People) != want || own.Organisation.ID != w.body[who].ID || st.Organisation.ID != w.body[who].ID {
				t.Errorf("%s: %d people of %s, want %d", who, len(own.People), own.Organisation.Name, want)
			}
		}
		if _, _, err := w.operations.People(t.Context(), w.actor["holder"], code); err == nil {
			t.Error("a right holder lists the members")
		} else {
			w.missing("a right holder lists the members", errors.Unwrap(err))
		}
	})
}
