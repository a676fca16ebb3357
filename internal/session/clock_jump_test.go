package session_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/session"
)

const years = 10 * 365 * 24 * time.Hour

// A clock that jumps and comes back: nobody is shut out for ever, what has ended
// stays ended, and a session made under the wrong clock does not live for as long
// as it was wrong.
func TestClockJumps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, session.Options{})
		token, _ := w.signIn("officer")
		ended, _ := w.signIn("officer")
		w.must(w.store.SignOut(t.Context(), ended))
		right := w.source.Now()
		opens := func(what, token string, want bool) {
			t.Helper()
			_, err := w.store.Resolve(t.Context(), token)
			if err == nil != want || err != nil && !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("%s: %v, want open %v", what, err, want)
			}
		}
		w.source.Set(right.Add(-years))
		opens("ten years back", token, false)
		opens("ten years back, ended", ended, false)
		w.source.Set(right)
		opens("right again", token, true)

		w.source.Set(right.Add(years))
		opens("ten years ahead", token, false)
		early, _ := w.signIn("officer")
		opens("made ten years ahead", early, true)
		w.source.Set(right.Add(time.Minute))
		opens("right again", token, true)
		opens("right again, ended", ended, false)
		opens("made ten years ahead, now right", early, false)
		w.must(w.store.Cleanup(t.Context()))
		w.source.Set(right.Add(years + time.Minute))
		opens("made ten years ahead, and swept", early, false)
		w.source.Set(right.Add(2 * time.Minute))
		again, _ := w.signIn("officer")
		opens("signed in again", again, true)
		w.source.Set(right.Add(time.Minute)) // another node, a minute behind
		opens("on a node a minute behind", again, true)
	})
}
