package links_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// A photo that was withdrawn, or erased with its case, is the same as no other any
// more, and like none: neither the other's reporter is told, nor its own, nor
// coordination.
func TestWhatIsGoneIsLikeNothing(t *testing.T) {
	for _, how := range []string{"withdrawn", "erased"} {
		t.Run(how, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				w := newWorld(t, d)
				store := attachment.NewStore(d, journal.New(w.source), w.source, w.vault())
				attach := func(who string, c seizure.Case, content []byte) seizure.Photo {
					t.Helper()
					w.tick()
					a, err := store.Receive(t.Context(), w.actor[who], code, attachment.Draft{ID: attachment.ID(w.source.ID()), Name: "a.jpg"}, bytes.NewReader(content))
					w.must(err)
					made, err := w.cases.Attach(t.Context(), w.actor[who], code, c.Seq, []seizure.PhotoDraft{{ID: a.ID}})
					w.must(err)
					return made[0]
				}
				a, b, c := w.find("xa", "A", "Aa", 1), w.find("xc", "B", "Bb", 2), w.find("xc", "C", "Cc", 3)
				p := attach("xa", a, drawn(t, 1, 400, 90))
				attach("xc", b, drawn(t, 1, 400, 90)) // the same file
				attach("xc", c, drawn(t, 1, 800, 40)) // the same picture
				strong, likely := []string{fmt.Sprint(a.Seq, " strong file")}, []string{fmt.Sprint(a.Seq, " likely picture")}
				if x, y := w.told("xc", b), w.told("xc", c); !slices.Contains(x, strong[0]) || !slices.Contains(y, likely[0]) {
					t.Fatalf("before: told %v and %v", x, y)
				}
				w.tick()
				if how == "withdrawn" {
					w.must(w.cases.Detach(t.Context(), w.actor["xa"], code, a.Seq, p.Attachment, "another consignment"))
				} else {
					w.erase(store, a)
				}
				for _, who := range []string{"xa", "xc", "wco"} {
					if x := w.told(who, a); len(x) > 0 {
						t.Errorf("%s is told of the case that had it: %v", who, x)
					}
					for _, of := range []seizure.Case{b, c} {
						if x := w.told(who, of); slices.ContainsFunc(x, func(s string) bool { return s == strong[0] || s == likely[0] }) {
							t.Errorf("%s is told %v", who, x)
						}
					}
				}
			})
		})
	}
}

// erase takes a case's content and its photos away for good.
func (w *world) erase(files *attachment.Store, c seizure.Case) {
	w.t.Helper()
	w.must(w.db.Write(w.t.Context(), string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.source.Now(), w.actor["wco"], code, access.SeizureRedact)
		if err != nil {
			return err
		}
		gone, err := files.Erase(tx, st.Operation.Number, c.Seq)
		if err != nil {
			return err
		}
		_, err = seizure.Redact(tx, journal.New(w.source), st, c.Seq, "personal-data", map[string]string{"erased": journal.Numbers(gone), "reason": "a name"})
		return err
	}))
}
