package seizure_test

import (
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// erase takes a case's content away for good, and its photos'.
func (a *album) erase(c seizure.Case) {
	a.t.Helper()
	a.tick()
	a.must(a.db.Write(a.t.Context(), string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, a.source.Now(), a.actor["wco"], code, access.SeizureRedact)
		if err != nil {
			return err
		}
		gone, err := a.files.Erase(tx, st.Operation.Number, c.Seq)
		if err != nil {
			return err
		}
		_, err = seizure.Redact(tx, journal.New(a.source), st, c.Seq, "personal-data", map[string]string{"erased": journal.Numbers(gone), "reason": "a name"})
		return err
	}))
}

// A case whose content was erased takes no photo, also not one that it had.
func TestErasedCaseTakesNoPhoto(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newAlbum(t, d)
		c := a.report("xa.officer", draft())
		id := a.shot("xa.officer")
		_, err := a.attach("xa.officer", c, seizure.PhotoDraft{ID: id, Caption: "A face"})
		a.must(err)
		a.erase(c)
		for name, one := range map[string]seizure.PhotoDraft{"that it had": {ID: id}, "another": {ID: a.shot("xa.officer")}} {
			if made, err := a.attach("xa.officer", c, one); key(err) != "seizure.was-redacted" {
				t.Errorf("one %s: %v %v", name, made, err)
			}
		}
	})
}

// What was said of a photo that was withdrawn is closed to others in the journal,
// too; its own organisation and coordination read on.
func TestWithdrawnPhotoIsClosedInTheJournal(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newAlbum(t, d)
		c := a.report("xa.officer", draft())
		made, err := a.attach("xa.officer", c, seizure.PhotoDraft{ID: a.shot("xa.officer"), Caption: "heron"}, seizure.PhotoDraft{ID: a.shot("xa.officer")})
		a.must(err)
		stays, err := a.attach("xa.officer", c, seizure.PhotoDraft{ID: a.shot("xa.officer"), Caption: "kiwi"})
		a.must(err)
		check := func(when, word string, entry int64, want map[string]string) {
			t.Helper()
			for who, content := range want {
				e, err := a.operations.JournalEntry(t.Context(), a.actor[who], code, entry)
				a.must(err)
				if e.Content != content || strings.Contains(string(e.After), word) != (content == operation.ContentShown) {
					t.Errorf("%s: %s: %s %s", when, who, e.Content, e.After)
				}
			}
		}
		shown, closed := operation.ContentShown, operation.ContentClosed
		check("stands", "heron", made[0].Entry, map[string]string{"xa": shown, "wco": shown, "xb": shown})
		a.tick()
		a.must(a.cases.Detach(t.Context(), a.actor["xa.officer"], code, c.Seq, made[0].Attachment, "names a person"))
		check("withdrawn", "heron", made[0].Entry, map[string]string{"xa": shown, "wco": shown, "xb": closed})
		check("another entry", "kiwi", stays[0].Entry, map[string]string{"xa": shown, "wco": shown, "xb": shown})
		check("the report", c.Place, c.Seq, map[string]string{"xa": shown, "wco": shown, "xb": shown})
	})
}
