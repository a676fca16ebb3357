package seizure_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/verify"
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

// What was withdrawn while its case was a draft stays at home when the case is
// reported and released: nobody else sees it, nor that it was there.
func TestPhotoOfADraftStaysAtHome(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newAlbum(t, d)
		x := draft()
		c, err := a.cases.Save(t.Context(), a.actor["xb.officer"], code, x, 0)
		a.must(err)
		gone, late := a.shot("xb.officer"), a.shot("xb.officer")
		made, err := a.attach("xb.officer", c, seizure.PhotoDraft{ID: gone, Caption: "heron"}, seizure.PhotoDraft{ID: late})
		a.must(err)
		detach := func(p seizure.Photo) {
			t.Helper()
			a.tick()
			a.must(a.cases.Detach(t.Context(), a.actor["xb.officer"], code, c.Seq, p.Attachment, "names a person"))
		}
		detach(made[0])
		see := func(when string, who string, opens bool, places ...int64) {
			t.Helper()
			var got []int64
			for _, p := range a.read(who, c).Case.Photos {
				got = append(got, p.Attachment)
			}
			if !slices.Equal(got, places) || a.opens(who, gone) != opens {
				t.Errorf("%s: %s reads %v, want %v; opens it: %v", when, who, got, places, !opens)
			}
		}
		a.tick()
		c, err = a.cases.Report(t.Context(), a.actor["xb.officer"], code, x)
		a.must(err)
		third, err := a.attach("xb.officer", c, seizure.PhotoDraft{ID: a.shot("xb.officer")})
		a.must(err)
		if made, err := a.attach("xb.officer", c, seizure.PhotoDraft{ID: gone}); err != nil || len(made) != 1 || made[0].Stands() {
			t.Errorf("the same again: %+v %v", made, err)
		}
		one, two, three := made[0].Attachment, made[1].Attachment, third[0].Attachment
		see("reported", "xb", true, one, two, three)
		see("reported", "wco.coordinator", false, two, three)
		detach(made[1]) // of a report: coordination keeps it
		detach(made[0]) // the same again
		a.tick()
		c, err = a.cases.Release(t.Context(), a.actor["xb"], code, c.Seq, c.Version)
		a.must(err)
		see("released", "xb.officer", true, one, two, three)
		see("released", "wco.coordinator", false, two, three)
		see("released", "xa.officer", false, two, three)
		if !a.opens("wco.coordinator", late) || a.opens("xa.officer", late) {
			t.Error("what a report had is coordination's, and not the others'")
		}
		r, err := verify.Database(t.Context(), d, verify.Options{})
		a.must(err)
		if !r.Fine() {
			t.Errorf("%v", r.Findings)
		}
	})
}
