package lesson_test

import (
	"bytes"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// told is all that somebody reads in the library's journal from an entry on.
func (w *world) told(who string, from int64) []byte {
	w.T.Helper()
	var all []byte
	for seq := from; seq < w.size(); seq++ {
		e, err := w.Operations.JournalEntry(w.T.Context(), w.Actor[who], operation.Library, seq)
		if err == nil {
			all = append(append(all, e.Before...), e.After...)
		}
	}
	return all
}

// findings are what verify finds.
func (w *world) findings() []journal.Finding {
	w.T.Helper()
	r, err := verify.Database(w.T.Context(), w.DB, verify.Options{})
	w.Must(err)
	return r.Findings
}

// A contact point that takes a lesson itself reads its own entries in the journal: they
// tell what is asked only once the last question is answered, and then all of it.
func TestJournalTellsNoQuestionAhead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		l := w.made("holder", plan(4, w.sheet("holder", "One", 2, 2, customs)))
		n, from := lesson.Name{ID: l.ID}, w.size()
		a, err := w.store.Take(t.Context(), w.Actor["xa"], n, lesson.AttemptID(w.ID()))
		w.Must(err)
		for i := range a.Drawn {
			told := w.told("xa", from)
			if len(told) == 0 || bytes.Contains(told, []byte(a.Seed)) || bytes.Contains(told, []byte("Drawn")) {
				t.Fatalf("before answer %d the journal tells: %s", i+1, told)
			}
			if f := w.findings(); len(f) > 0 {
				t.Fatalf("verify before answer %d: %v", i+1, f)
			}
			_, err := w.store.Answer(t.Context(), w.Actor["xa"], n, lesson.Answering{Attempt: a.ID, Number: int64(i + 1), Option: lesson.First})
			w.Must(err)
		}
		if told := w.told("xa", from); !bytes.Contains(told, []byte(a.Seed)) || !bytes.Contains(told, []byte("Drawn")) {
			t.Errorf("after the last answer the journal does not tell what was drawn: %s", told)
		}
		if f := w.findings(); len(f) > 0 {
			t.Errorf("verify after the last answer: %v", f)
		}
	})
}

// Whoever changes in the rows what will be asked is found out, before the end and after it.
func TestDrawnIsPromised(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		l := w.made("holder", plan(4, w.sheet("holder", "One", 2, 2, customs)))
		n := lesson.Name{ID: l.ID}
		a, err := w.store.Take(t.Context(), w.Actor["xa"], n, lesson.AttemptID(w.ID()))
		w.Must(err)
		other := a
		other.Drawn = append([]lesson.Drawn(nil), a.Drawn...)
		other.Drawn[3].Swap = !other.Drawn[3].Swap
		seed := a
		seed.Seed = "00"
		promise := a
		promise.Promise = "00"
		for what, forged := range map[string]lesson.Attempt{"another answer is right": other, "another seed": seed, "another promise": promise} {
			w.Must(w.store.Rewrite(t.Context(), forged))
			if len(w.findings()) == 0 {
				t.Errorf("%s: not found", what)
			}
		}
		w.Must(w.store.Rewrite(t.Context(), other))
		for i := range a.Drawn { // the end tells what the beginning did not promise
			_, err := w.store.Answer(t.Context(), w.Actor["xa"], n, lesson.Answering{Attempt: a.ID, Number: int64(i + 1), Option: lesson.First})
			w.Must(err)
		}
		if len(w.findings()) == 0 {
			t.Error("an end that is not as promised: not found")
		}
	})
}

// An attempt that was begun before there were promises goes on, ends and is verified.
func TestAttemptsOfBefore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		l := w.made("holder", plan(4, w.sheet("holder", "One", 2, 2, customs)))
		n := lesson.Name{ID: l.ID}
		a, err := w.store.TakeAsBefore(t.Context(), w.Actor["xa"], n, lesson.AttemptID(w.ID()))
		w.Must(err)
		for i := range a.Drawn {
			if f := w.findings(); len(f) > 0 {
				t.Fatalf("verify before answer %d: %v", i+1, f)
			}
			_, err := w.store.Answer(t.Context(), w.Actor["xa"], n, lesson.Answering{Attempt: a.ID, Number: int64(i + 1), Option: lesson.First})
			w.Must(err)
		}
		if end, err := w.store.Done(t.Context(), w.Actor["xa"], n); err != nil || end.Attempt.Seed != "told" || len(w.findings()) > 0 {
			t.Errorf("the end: %+v, %v, %v", end.Attempt, err, w.findings())
		}
	})
}
