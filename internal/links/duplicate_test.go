package links_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const parcel = "RR473124829XA"

// find is a case at a place with one brand and so many pieces.
func (w *world) find(who, place, brand string, pieces int64, lines ...string) seizure.Case {
	w.t.Helper()
	w.tick()
	d := seizure.Draft{ID: seizure.ID(w.source.ID()), Country: "XA", Place: place, Day: "2017-02-06", Language: "en", Marks: parsed(lines),
		Goods: []goods.Line{{Category: "FOO", Brand: brand, Quantities: []goods.Quantity{{Micro: pieces * 1e6, Unit: "H87"}}}}}
	c, err := w.cases.Report(w.t.Context(), w.actor[who], code, d)
	w.must(err)
	return c
}

// told is what somebody is told of a case: "number strength kinds".
func (w *world) told(who string, c seizure.Case) []string {
	w.t.Helper()
	h, err := w.links.Hints(w.t.Context(), w.actor[who], code, c.Draft, c.Seq)
	if err != nil {
		if !fault.Is(err, fault.NotFound) {
			w.t.Fatal(err)
		}
		return []string{"missing"}
	}
	return saying(h.Items)
}

func saying(hints []links.Hint) []string {
	out := []string{}
	for _, h := range hints {
		var kinds []string
		for _, r := range h.Reasons {
			kinds = append(kinds, r.Kind)
		}
		out = append(out, fmt.Sprint(h.Case.Seq, " ", h.Strength(), " ", strings.Join(kinds, "+")))
	}
	return out
}

// A container, a waybill or a parcel in two cases is a strong hint; a place and a
// day with the same brand or as many pieces a possible one; less is none.
func TestHints(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a := w.find("xa", "North quay", "Aa", 100, box)
		b := w.find("xc", "South quay", "Bb", 7, "csqu 305438-3")
		e := w.find("xc", " north  QUAY", "aA", 3)
		f := w.find("xc", "North quay", "", 100, parcel)
		w.find("xc", "North quay", "Cc", 5) // nothing but place and day
		w.find("xa", "", "Aa", 100)         // no place at all
		g := w.find("xa", "Elsewhere", "Dd", 9, parcel, "vehicle: AB-12-CD", "seal: 12345")
		w.find("xc", "Nowhere", "Ee", 11, "vehicle: AB-12-CD", "seal: 12345")
		for _, who := range []string{"wco", "xa"} {
			want := []string{fmt.Sprint(b.Seq, " strong mark"), fmt.Sprint(f.Seq, " possible quantity"), fmt.Sprint(e.Seq, " possible brand")}
			if got := w.told(who, a); !slices.Equal(got, want) {
				t.Errorf("%s of the first: %v, want %v", who, got, want)
			}
		}
		if got, want := w.told("wco", g), []string{fmt.Sprint(f.Seq, " strong mark")}; !slices.Equal(got, want) {
			t.Errorf("a parcel: %v, want %v", got, want)
		}
		if got := w.told("officer", a); len(got) != 0 {
			t.Errorf("who reported neither is told %v", got)
		}
		for _, who := range []string{"one", "holder", "trainer"} {
			if got := w.told(who, a); !slices.Equal(got, []string{"missing"}) {
				t.Errorf("%s is told %v", who, got)
			}
		}
		w.fine()
	})
}

// A reporter is told only while both may read both; coordination always.
func TestHintsAreMutual(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a := w.find("xa", "North quay", "Aa", 100, box)
		held := w.find("officer", "South quay", "Bb", 7, box) // of xb: waits for its release
		one := []string{fmt.Sprint(held.Seq, " strong mark")}
		back := []string{fmt.Sprint(a.Seq, " strong mark")}
		check := func(when string, want map[string][2][]string) {
			t.Helper()
			for who, w2 := range want {
				if got := [2][]string{w.told(who, a), w.told(who, held)}; fmt.Sprint(got) != fmt.Sprint(w2) {
					t.Errorf("%s: %s is told %v, want %v", when, who, got, w2)
				}
			}
		}
		check("held", map[string][2][]string{"wco": {one, back}, "xa": {{}, {"missing"}}, "officer": {{}, {}}, "xc": {{}, {"missing"}}})
		released, err := w.cases.Release(t.Context(), w.actor["xb"], code, held.Seq, held.Version)
		w.must(err)
		held = released
		check("released", map[string][2][]string{"wco": {one, back}, "xa": {one, back}, "officer": {one, back}, "xc": {{}, {}}})
		recalled, err := w.cases.Recall(t.Context(), w.actor["xb"], code, held.Seq, held.Version, "Wrong")
		w.must(err)
		held = recalled
		check("recalled", map[string][2][]string{"wco": {one, back}, "xa": {{}, {"missing"}}, "officer": {{}, {}}})
	})
}

// Before anything is sent a reporter is told of what it may read, if its own
// report will be open to the other; a draft is told to nobody.
func TestHintsBeforeSending(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a := w.find("xa", "North quay", "Aa", 100, box)
		held := w.find("officer", "North quay", "Aa", 100, box)
		draft := a.Draft
		draft.ID = seizure.ID(w.source.ID())
		hints := func(who string) []string {
			h, err := w.links.Hints(t.Context(), w.actor[who], code, draft, 0)
			w.must(err)
			return saying(h.Items)
		}
		if got := hints("xc"); !slices.Equal(got, []string{fmt.Sprint(a.Seq, " strong mark+brand+quantity")}) {
			t.Errorf("xc is told %v", got)
		}
		if got := hints("officer"); len(got) != 2 || !strings.HasPrefix(got[0], fmt.Sprint(held.Seq)) {
			t.Errorf("xb, which reads its own held case, too, is told %v", got)
		}
		saved, err := w.cases.Save(t.Context(), w.actor["xc"], code, draft, 0)
		w.must(err)
		if got := w.told("wco", a); len(got) != 1 || strings.Contains(got[0], fmt.Sprint(saved.Seq)) {
			t.Errorf("of drafts: %v", got)
		}
	})
}

// Coordination settles a hint: the cases are one, or they are not. Then it is
// open to nobody, and verify holds the word against its entry.
func TestSettling(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, wco := t.Context(), w.actor["wco"]
		a, b := w.find("xa", "North quay", "Aa", 100, box), w.find("xc", "South quay", "Bb", 7, box)
		p, q := w.find("xa", "East", "Cc", 1, parcel), w.find("xc", "West", "Dd", 2, parcel)
		open := func() (out []string) {
			x, err := w.links.Duplicates(ctx, wco, code, 0)
			w.must(err)
			for _, d := range x.Doubles {
				out = append(out, fmt.Sprint(d.Case.Seq, saying(d.Hints)))
			}
			return out
		}
		want := []string{fmt.Sprint(q.Seq, []string{fmt.Sprint(p.Seq, " strong mark")}), fmt.Sprint(b.Seq, []string{fmt.Sprint(a.Seq, " strong mark")})}
		if got := open(); !slices.Equal(got, want) {
			t.Errorf("open: %v, want %v", got, want)
		}
		for who, err := range map[string]error{"xa": w.links.Dismiss(ctx, w.actor["xa"], code, a.Seq, b.Seq, "other"),
			"trainer": w.links.Dismiss(ctx, w.actor["trainer"], code, a.Seq, b.Seq, "other"), "one": w.links.Dismiss(ctx, w.actor["one"], code, a.Seq, b.Seq, "other")} {
			if err == nil {
				t.Errorf("%s dismisses a hint", who)
			}
		}
		for _, reason := range []string{"", "no-such-reason"} {
			if err := w.links.Dismiss(ctx, wco, code, a.Seq, b.Seq, reason); !fault.Is(err, fault.Invalid) {
				t.Errorf("reason %q: %v", reason, err)
			}
		}
		if err := w.links.Dismiss(ctx, wco, code, a.Seq, 1, "other"); !fault.Is(err, fault.NotFound) {
			t.Errorf("what is no case: %v", err)
		}
		for range 2 { // the same again is the same
			w.must(w.links.Dismiss(ctx, wco, code, b.Seq, a.Seq, "number-reused"))
		}
		if got := append(w.told("wco", a), w.told("xa", a)...); len(got) > 0 {
			t.Errorf("dismissed, and still told: %v", got)
		}
		_, err := w.cases.Relate(ctx, wco, code, q.Seq, q.Version, p.Seq, "One parcel")
		w.must(err)
		if got := open(); len(got) > 0 {
			t.Errorf("settled, and still open: %v", got)
		}
		for _, who := range []string{"xa", "officer", "trainer", "one", "holder"} {
			if _, err := w.links.Duplicates(ctx, w.actor[who], code, 0); err == nil {
				t.Errorf("%s reads the list", who)
			}
		}
		w.fine()
	})
}

// Files and pictures of cases are compared, too: rows made as the attachments of
// a record are.
func TestPicturesOfCases(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		vault := w.vault()
		store := attachment.NewStore(d, journal.New(w.source), w.source, vault)
		attach := func(who string, c seizure.Case, content []byte) {
			t.Helper()
			a, err := store.Receive(t.Context(), w.actor[who], code, attachment.Draft{ID: attachment.ID(w.source.ID()), Name: "a.jpg"}, bytes.NewReader(content))
			w.must(err)
			w.must(w.attach(who, a, c))
		}
		a, b, c, e := w.find("xa", "A", "Aa", 1), w.find("xc", "B", "Bb", 2), w.find("xc", "C", "Cc", 3), w.find("officer", "D", "Dd", 4)
		attach("xa", a, drawn(t, 1, 400, 90))
		attach("xc", b, drawn(t, 1, 400, 90)) // the same file
		attach("xc", c, drawn(t, 1, 800, 40)) // the same picture
		attach("xc", c, drawn(t, 2, 400, 90)) // another
		attach("officer", e, drawn(t, 1, 400, 90))
		want := []string{fmt.Sprint(b.Seq, " strong file"), fmt.Sprint(c.Seq, " likely picture")}
		if got := w.told("xa", a); !slices.Equal(got, want) {
			t.Errorf("told %v, want %v", got, want)
		}
		if got := w.told("wco", a); len(got) != 3 || !slices.Contains(got, fmt.Sprint(e.Seq, " strong file")) {
			t.Errorf("coordination is told %v", got)
		}
	})
}

func (w *world) vault() *blob.Vault {
	dir := w.t.TempDir()
	key, err := blob.NewKey()
	w.must(err)
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.must(err)
	disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.must(err)
	w.t.Cleanup(func() { disk.Close() })
	return blob.NewVault(disk, keys, source.Real())
}

// attach gives an attachment to a case as the command of a record does.
func (w *world) attach(who string, a attachment.Attachment, c seizure.Case) error {
	return w.db.Write(w.t.Context(), string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, w.source.Now(), w.actor[who], code, access.AttachmentUpload)
		if err != nil {
			return err
		}
		refs, err := attachment.Ready(tx, st, []attachment.ID{a.ID})
		if err != nil {
			return err
		}
		if _, err := journal.New(w.source).Append(tx, st.Entry(access.SeizureAmend, "seizure/test", c.Audience), journal.Content{After: refs}); err != nil {
			return err
		}
		return attachment.Attach(tx, st, refs, c.Seq, c.Audience)
	})
}

// drawn is a picture of blocks, the same for a seed in any size.
func drawn(t *testing.T, seed, size, quality int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			v := uint8((x*9/size*37 + y*8/size*101) * (seed*53 + 7) % 251)
			m.Set(x, y, color.RGBA{v, v, v, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
