package review_test

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// A review changes nothing of what others see in the journal: neither that there
// is one, nor what they may read of the case.
func TestReviewIsNotBetrayed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		c := w.report("xa.officer")
		look := func() string {
			e, err := w.Operations.JournalEntry(ctx, w.Actor["xb"], code, c.Seq)
			w.Must(err)
			return e.Content
		}
		if got := look(); got != operation.ContentShown {
			t.Fatalf("before: %s", got)
		}
		w.Must(w.reviews.Return(ctx, w.Actor["xa"], code, c.Reference, c.Version, "Look again."))
		w.Must(w.reviews.Check(ctx, w.Actor["wco"], code, c.Reference, c.Version, ""))
		if got := look(); got != operation.ContentShown {
			t.Errorf("after: %s", got)
		}
	})
}

// Of a case whose content is erased nothing more is said: it would stay for good.
func TestNothingIsSaidOfWhatIsErased(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		c := w.report("xa.officer")
		w.redact(c)
		now, err := w.cases.Read(ctx, w.Actor["xa"], code, c.Reference)
		w.Must(err)
		if err := w.reviews.Return(ctx, w.Actor["wco"], code, c.Reference, now.Case.Version, "Names stood in it."); !fault.Is(err, fault.Conflict) {
			t.Errorf("said: %v", err)
		}
	})
}

// redact erases a case's content as the director does.
func (w world) redact(c seizure.Case) {
	w.T.Helper()
	w.Must(w.DB.Write(w.T.Context(), string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.Source.Now(), w.Actor["wco"], code, access.SeizureRedact)
		if err != nil {
			return err
		}
		_, err = seizure.Redact(tx, w.Journal, st, c.Seq, "personal-data", map[string]string{"erased": "", "reason": "a name"})
		return err
	}))
}
