package connection_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"path/filepath"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/verify"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

const code = operationtest.Code

// world is operationtest's with cases and what connects them. What xb's officer
// reports waits for its contact point.
type world struct {
	*operationtest.World
	cases *seizure.Store
	index *connection.Index
	store *connection.Store
	lists *watchlist.Store
	files *attachment.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: operationtest.New(t, d), index: connection.NewIndex()}
	w.cases = seizure.NewStore(d, w.Journal, w.Source)
	w.store = connection.NewStore(d, w.Journal, w.Source, w.index)
	w.store.Good = watchlist.Good
	w.lists = watchlist.NewStore(d, w.Journal, w.Source, w.index)
	b := w.Body["xb"]
	_, err := organisation.NewStore(d, w.Journal, w.Source).Amend(t.Context(), w.Root, organisation.Draft{ID: b.ID, Version: b.Version, Kind: b.Kind, Country: b.Country,
		Name: b.Name, TimeZone: b.TimeZone, Language: b.Language, ReleaseBy: organisation.ReleaseByContactPoint})
	w.Must(err)
	return w
}

var ids int

// id makes ids that no other test of the process has.
func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids)
}

// draft is a case of a brand of shoes with these numbers.
func draft(day, brand string, numbers ...string) seizure.Draft {
	d := seizure.Draft{ID: seizure.ID(id()), Country: "XA", Day: day, Status: "seized", Language: "en", Goods: []goods.Line{{Category: "FTW", Brand: brand,
		Quantities: []goods.Quantity{{Micro: 12e6, Unit: "H87"}}, Verdict: "suspected"}}}
	d.Marks = parsed(numbers...)
	return d
}

func parsed(lines ...string) (out []consignment.Mark) {
	for _, l := range lines {
		out = append(out, consignment.Parse(l))
	}
	return out
}

func (w *world) report(who string, d seizure.Draft) seizure.Case {
	w.T.Helper()
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], code, d)
	w.Must(err)
	return c
}

func (w *world) chart(who string, c seizure.Case, depth int) connection.Chart {
	w.T.Helper()
	out, err := w.store.Chart(w.T.Context(), w.Actor[who], code, c.Reference, depth)
	w.Must(err)
	return out
}

// said is a chart in short: "2 S-… likely 40 container ABC 3, brand TIDE 4".
func said(c connection.Chart) []string {
	out := []string{}
	for _, l := range c.Links {
		s := fmt.Sprintf("%d %s via %s %s %d:", l.Depth, l.Case.Reference, c.Reference(l.Via), l.Strength, l.Points)
		for _, r := range l.Reasons {
			s += fmt.Sprintf(" %s %s %v %d of %d;", r.Kind, r.Value, r.Codes, r.Points, r.Cases)
		}
		out = append(out, s)
	}
	for _, l := range c.LeftOut {
		out = append(out, fmt.Sprintf("left out %s %s %v: %d %v", l.Kind, l.Value, l.Codes, l.Cases, l.Good))
	}
	for _, l := range c.Hidden {
		out = append(out, "hidden "+l.Case.Reference)
	}
	return append(out, fmt.Sprint(c.Steps))
}

// photograph gives a case a picture with something on it.
func (w *world) photograph(who string, c seizure.Case, at int) {
	w.T.Helper()
	if w.files == nil {
		dir := w.T.(*testing.T).TempDir()
		key, err := blob.NewKey()
		w.Must(err)
		keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
		w.Must(err)
		disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
		w.Must(err)
		w.T.Cleanup(func() { w.Must(disk.Close()) })
		w.files = attachment.NewStore(w.DB, w.Journal, w.Source, blob.NewVault(disk, keys, source.Real()))
	}
	m := image.NewGray(image.Rect(0, 0, 90, 80))
	for x := range 90 {
		for y := range 80 {
			m.SetGray(x, y, color.Gray{Y: uint8((x/10*y/10*53 + at) % 200)})
		}
	}
	var b bytes.Buffer
	w.Must(png.Encode(&b, m))
	a, err := w.files.Receive(w.T.Context(), w.Actor[who], code, attachment.Draft{ID: attachment.ID(id()), Name: "a.png"}, &b)
	w.Must(err)
	_, err = w.cases.Attach(w.T.Context(), w.Actor[who], code, c.Seq, []seizure.PhotoDraft{{ID: a.ID}})
	w.Must(err)
}

// fine has verify look at everything.
func (w *world) fine() {
	w.T.Helper()
	r, err := verify.Database(w.T.Context(), w.DB, verify.Options{})
	w.Must(err)
	if !r.Fine() {
		w.T.Fatalf("verify: %v", r.Findings)
	}
}
