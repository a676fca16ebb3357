package review_test

import (
	"bytes"
	"image"
	"image/png"
	"path/filepath"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// photographed gives a case a photo of somebody's.
func (w world) photographed(who string, c seizure.Case) {
	w.T.Helper()
	ctx, dir := w.T.Context(), w.T.TempDir()
	key, err := blob.NewKey()
	w.Must(err)
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.Must(err)
	shelf, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.Must(err)
	defer shelf.Close()
	files := attachment.NewStore(w.DB, w.Journal, w.Source, blob.NewVault(shelf, keys, source.Real()))
	var p bytes.Buffer
	w.Must(png.Encode(&p, image.NewGray(image.Rect(0, 0, 24, 16))))
	id := attachment.ID(w.Source.ID())
	_, err = files.Receive(ctx, w.Actor[who], code, attachment.Draft{ID: id, Name: "a.png"}, &p)
	w.Must(err)
	_, err = w.cases.Attach(ctx, w.Actor[who], code, c.Seq, []seizure.PhotoDraft{{ID: id}})
	w.Must(err)
}

// A photo takes a released case back to its contact point, and answers no return:
// what was said of the case is as it was.
func TestPhotoCorrectsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), t.Context()
		b := w.Body["xb"]
		_, err := organisation.NewStore(d, w.Journal, w.Source).Amend(ctx, w.Root, organisation.Draft{ID: b.ID, Version: b.Version, Kind: b.Kind, Country: b.Country,
			Name: b.Name, TimeZone: b.TimeZone, Language: b.Language, ReleaseBy: organisation.ReleaseByContactPoint})
		w.Must(err)
		c := w.report("xb.officer")
		c, err = w.cases.Release(ctx, w.Actor["xb"], code, c.Seq, c.Version)
		w.Must(err)
		w.Must(w.reviews.Return(ctx, w.Actor["wco.coordinator"], code, c.Reference, c.Version, "The unit is wrong."))
		w.photographed("xb.officer", c)
		f, err := w.cases.Read(ctx, w.Actor["xb"], code, c.Reference)
		w.Must(err)
		if f.Case.State != seizure.Reported || f.Case.Version != c.Version+1 {
			t.Fatalf("the photo left it %s, version %d", f.Case.State, f.Case.Version)
		}
		if _, where := w.read("wco.coordinator", c.Reference); where.Corrected || !where.Open() {
			t.Errorf("a photo answers the return: %+v", where)
		}
		next := f.Case.Draft
		next.Remarks = "Kilograms."
		_, err = w.cases.Amend(ctx, w.Actor["xb.officer"], code, c.Seq, f.Case.Version, next, "kilograms")
		w.Must(err)
		if _, where := w.read("wco.coordinator", c.Reference); !where.Corrected {
			t.Errorf("an amendment answers it: %+v", where)
		}
	})
}
