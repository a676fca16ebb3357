package seizure_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// album is a world in which cases have photos.
type album struct {
	*world
	files *attachment.Store
	shots int
}

func newAlbum(t *testing.T, d *db.DB) *album {
	t.Helper()
	w := newWorld(t, d)
	key, err := blob.NewKey()
	w.must(err)
	dir := t.TempDir()
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.must(err)
	disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.must(err)
	t.Cleanup(func() { disk.Close() })
	a := &album{world: w, files: attachment.NewStore(d, journal.New(w.source), w.source, blob.NewVault(disk, keys, source.Real()))}
	a.files.Withheld = func(tx *db.Tx, st operation.Standing, f attachment.Attachment) (bool, error) {
		gone, _, err := seizure.PhotoWithheld(tx, st, f)
		return gone, err
	}
	return a
}

// shot uploads a small picture, each another.
func (a *album) shot(who string) attachment.ID {
	a.t.Helper()
	a.shots++
	m := image.NewGray(image.Rect(0, 0, 16, 16))
	m.Pix[0], m.Pix[1] = byte(a.shots), byte(a.shots>>8)
	var b bytes.Buffer
	a.must(png.Encode(&b, m))
	d := attachment.Draft{ID: attachment.ID(a.source.ID()), Name: fmt.Sprintf("shot %d.png", a.shots)}
	_, err := a.files.Receive(a.t.Context(), a.actor[who], code, d, &b)
	a.must(err)
	return d.ID
}

func (a *album) attach(who string, c seizure.Case, drafts ...seizure.PhotoDraft) ([]seizure.Photo, error) {
	a.tick()
	return a.cases.Attach(a.t.Context(), a.actor[who], code, c.Seq, drafts)
}

func (a *album) opens(who string, id attachment.ID) bool {
	a.t.Helper()
	o, err := a.files.Open(a.t.Context(), a.actor[who], code, attachment.Name{ID: id}, attachment.Whole)
	if err != nil {
		if !fault.Is(err, fault.NotFound) {
			a.t.Fatal(err)
		}
		return false
	}
	_, err = io.Copy(io.Discard, o)
	a.must(err)
	a.must(o.Close())
	return true
}

// A photo is read by whoever reads its case, as long as they do: a draft's at
// home, a report's by coordination too, a released one's by enforcement, and
// after a recall no more.
func TestPhotosFollowTheCase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newAlbum(t, d)
		x := draft()
		c, err := a.cases.Save(t.Context(), a.actor["xb.officer"], code, x, 0)
		a.must(err)
		first := a.shot("xb.officer")
		made, err := a.attach("xb.officer", c, seizure.PhotoDraft{ID: first, Kind: seizure.XRayKind, Caption: "Dark field"})
		a.must(err)
		if len(made) != 1 || made[0].Kind != seizure.XRayKind || made[0].Caption != "Dark field" || made[0].Language != "en" {
			t.Fatalf("%+v", made)
		}
		if again, err := a.attach("xb.officer", c, seizure.PhotoDraft{ID: first}); err != nil || len(again) != 1 {
			t.Fatalf("again: %v %v", again, err)
		}
		see := func(when string, who ...string) {
			t.Helper()
			for _, one := range []string{"xb", "wco.coordinator", "xa.officer", "xz.officer", "observer"} {
				want := strings.Contains(" "+strings.Join(who, " ")+" ", " "+one+" ")
				if got := a.opens(one, first); got != want {
					t.Errorf("%s: %s opens it: %v", when, one, got)
				}
			}
		}
		see("draft", "xb")
		a.tick()
		c, err = a.cases.Report(t.Context(), a.actor["xb.officer"], code, x)
		a.must(err)
		see("reported", "xb", "wco.coordinator")
		a.tick()
		c, err = a.cases.Release(t.Context(), a.actor["xb"], code, c.Seq, c.Version)
		a.must(err)
		see("released", "xb", "wco.coordinator", "xa.officer")
		second := a.shot("xb.officer") // an officer's photo takes it back to wait, as an amendment does
		_, err = a.attach("xb.officer", c, seizure.PhotoDraft{ID: second})
		a.must(err)
		if f := a.read("xb", c); f.Case.State != seizure.Reported || len(f.Case.Photos) != 2 || f.Case.Photos[1].File.Place != 2 {
			t.Fatalf("%s with %d photos", f.Case.State, len(f.Case.Photos))
		}
		see("waiting", "xb", "wco.coordinator")
		c = a.read("xb", c).Case
		a.tick()
		c, err = a.cases.Release(t.Context(), a.actor["xb"], code, c.Seq, c.Version)
		a.must(err)
		a.must(a.cases.Detach(t.Context(), a.actor["xb.officer"], code, c.Seq, made[0].Attachment, "shows a bystander"))
		see("withdrawn", "xb", "wco.coordinator")
		p := a.read("xa.officer", c).Case.Photos
		if len(p) != 2 || p[0].Stands() || p[0].File.ID != "" || p[0].Caption != "" || p[0].Withdrawn.Reason != "" || !p[1].Stands() || p[1].File.ID != second {
			t.Errorf("others see %+v", p)
		}
		a.tick()
		_, err = a.cases.Recall(t.Context(), a.actor["xb"], code, c.Seq, c.Version, "wrong seal")
		a.must(err)
		if a.opens("xa.officer", second) {
			t.Error("a recalled case's photo is open")
		}
		r, err := verify.Database(t.Context(), d, verify.Options{})
		a.must(err)
		if !r.Fine() {
			t.Errorf("%v", r.Findings)
		}
	})
}

// A case takes forty, and says so at the next one.
func TestFortyPhotos(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newAlbum(t, d)
		c := a.report("xa.officer", draft())
		var first []seizure.PhotoDraft
		for range attachment.MaxOfRecord - 1 {
			first = append(first, seizure.PhotoDraft{ID: a.shot("xa.officer")})
		}
		_, err := a.attach("xa.officer", c, first...)
		a.must(err)
		last, more := a.shot("xa.officer"), a.shot("xa.officer")
		if _, err := a.attach("xa.officer", c, seizure.PhotoDraft{ID: last}, seizure.PhotoDraft{ID: more}); key(err) != "attachments: seizure.photos-full" {
			t.Errorf("41: %v", err)
		}
		_, err = a.attach("xa.officer", c, seizure.PhotoDraft{ID: last})
		a.must(err)
		if _, err := a.attach("xa.officer", c, seizure.PhotoDraft{ID: more}); key(err) != "attachments: seizure.photos-full" {
			t.Errorf("one more: %v", err)
		}
	})
}

func TestPhotosRefused(t *testing.T) {
	d := dbtest.SQLite(t)
	a := newAlbum(t, d)
	c := a.report("xa.officer", draft())
	mine := a.shot("xa.officer")
	for _, tt := range []struct {
		who, want string
		draft     seizure.PhotoDraft
	}{
		{"xb.officer", "fault.not-found", seizure.PhotoDraft{ID: mine}},
		{"wco.coordinator", "fault.not-found", seizure.PhotoDraft{ID: mine}},
		{"xa.analyst", "fault.not-found", seizure.PhotoDraft{ID: mine}},
		{"xz.officer", "fault.not-found", seizure.PhotoDraft{ID: mine}},
		{"xa", "attachments: attachment.unknown", seizure.PhotoDraft{ID: mine}}, // a colleague's, not yet given to a record
		{"xa.officer", "kind-" + string(mine) + ": seizure.photo-kind", seizure.PhotoDraft{ID: mine, Kind: "film"}},
		{"xa.officer", "caption-" + string(mine) + ": fault.too-long", seizure.PhotoDraft{ID: mine, Caption: strings.Repeat("x", 301)}},
		{"xa.officer", "attachments: attachment.unknown", seizure.PhotoDraft{ID: attachment.ID(id())}},
	} {
		if _, err := a.attach(tt.who, c, tt.draft); key(err) != tt.want {
			t.Errorf("%s: %v, want %s", tt.who, err, tt.want)
		}
	}
	if _, err := a.attach("xa.officer", c); key(err) != "attachments: seizure.photos-none" {
		t.Error(err)
	}
	c, err := a.cases.Withdraw(t.Context(), a.actor["xa.officer"], code, c.Seq, c.Version, "no")
	a.must(err)
	if _, err := a.attach("xa.officer", c, seizure.PhotoDraft{ID: mine}); key(err) != "seizure.cannot-attach" {
		t.Error(err)
	}
}
