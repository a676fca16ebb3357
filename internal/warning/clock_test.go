package warning_test

import (
	"sync"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

// Time reminds at half and at the end, escalates once, and leaves in peace what is
// answered, has expired, or coordination does not read.
func TestClock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.Send("xa.officer", w.Warning("xb", "xc")) // 24 hours
		w.Send("xc.officer", w.Feedback(m, "clean"))
		quiet := w.Send("xa.officer", w.Warning("xb"))
		w.Send("xb.officer", w.Feedback(quiet, "hit"))
		short := w.Warning("xb")
		short.Expires = w.Source.Now().Add(time.Hour)
		w.Send("xa.officer", short)
		apart := w.Send("xa.officer", w.Warning("xc", "apart"))
		steps := []struct {
			pass time.Duration
			done int
		}{
			{11 * time.Hour, 0}, {2 * time.Hour, 2}, {time.Hour, 0}, // half: xb of m, xc of apart
			{11 * time.Hour, 3}, {time.Hour, 0}, {40 * 24 * time.Hour, 0}, // due: the same, and m escalated
		}
		for i, s := range steps {
			if n := w.later(s.pass); n != s.done {
				t.Errorf("step %d: %d acts, want %d", i, n, s.done)
			}
			if i == 3 {
				w.attention(1, m, apart)
			}
		}
		if n := w.journalled(access.WarningEscalate); n != 1 {
			t.Errorf("escalated %d times", n)
		}
		w.Send("xb.officer", w.Feedback(m, "not-arrived"))
		w.attention(0, m, apart)
	})
}

// attention is what coordination sees of what was escalated.
func (w *world) attention(escalated int64, m, apart message.Message) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.Source.Now(), w.Actor["wco.coordinator"], code, access.MessageRead)
		w.Must(err)
		readable, err := st.Readable(tx)
		w.Must(err)
		got, err := warning.AttentionOf(tx, st, readable)
		if got.Escalated != escalated {
			w.T.Errorf("%d escalated, want %d", got.Escalated, escalated)
		}
		return err
	}))
	if a := w.account("wco.coordinator", m); a.Escalate.IsZero() || escalated == 1 && called(a.Silent) != "xb" {
		w.T.Errorf("%+v", a)
	}
	if _, err := w.warnings.Account(w.T.Context(), w.Actor["wco.coordinator"], code, apart.Seq); !fault.Is(err, fault.NotFound) {
		w.T.Errorf("coordination reads what is apart: %v", err)
	}
}

// Several nodes do it once together.
func TestClocksOfSeveralNodes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Send("xa.officer", w.Warning("xb", "xc"))
		w.Source.Set(w.Source.Now().Add(25 * time.Hour))
		var nodes sync.WaitGroup
		done := make(chan int, 8)
		for range 8 {
			nodes.Go(func() {
				n, err := w.warnings.RemindDue(t.Context())
				if err != nil {
					t.Error(err)
				}
				done <- n
			})
		}
		nodes.Wait()
		close(done)
		sum := 0
		for n := range done {
			sum += n
		}
		if sum != 3 || w.journalled(access.WarningEscalate) != 1 || w.journalled(access.WarningRemind) != 2 {
			t.Errorf("%d acts", sum)
		}
	})
}
