package inquiry_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"path/filepath"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const code = operationtest.Code

// world is the shared one with two more right holders, "rival" and "agent", who is a
// representative, and the library, of which all but the stranger are members. xa has
// reported a case with a photo. It is Friday, 10 February 2017, five in the morning
// where xa is.
type world struct {
	*operationtest.World
	store   *inquiry.Store
	clocks  *detention.Store
	cases   *seizure.Store
	files   *attachment.Store
	notices *notice.Store
	made    seizure.Case
	photo   int64
}

var ids int

func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bccf-%012x", ids)
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d)}
	dir := t.TempDir()
	key, err := blob.NewKey()
	w.Must(err)
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.Must(err)
	disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.Must(err)
	t.Cleanup(func() { disk.Close() })
	w.files = attachment.NewStore(d, w.Journal, w.Source, blob.NewVault(disk, keys, source.Real()))
	w.clocks, w.cases, w.notices = detention.NewStore(d, w.Journal, w.Source), seizure.NewStore(d, w.Journal, w.Source), notice.NewStore(d, w.Source)
	w.store = inquiry.NewStore(d, w.Journal, w.Source, w.clocks, w.files)
	w.holders()
	w.library()
	w.made = w.report()
	w.photo = w.take(w.made)
	return w
}

func (w *world) holders() {
	w.T.Helper()
	bodies := organisation.NewStore(w.DB, w.Journal, w.Source)
	for _, name := range []string{"rival", "agent"} {
		o, err := bodies.Register(w.T.Context(), w.Root, organisation.Draft{Kind: "right-holder", Name: "Body " + name, TimeZone: "UTC", Language: "en",
			ReleaseBy: organisation.ReleaseByOfficer})
		w.Must(err)
		w.Body[name] = o
		w.Person(name, name, person.ContactPoint)
		w.Must(w.Operations.Invite(w.T.Context(), w.Actor["wco"], code, o.ID, access.RightHolderSide))
		w.Must(w.Operations.Accept(w.T.Context(), w.Actor[name], code, 1))
	}
	for _, name := range []string{"holder", "rival", "agent"} {
		w.Give(name, "expert", access.RightHolder)
	}
	w.Give("xa", "second", access.Officer)
}

func (w *world) library() {
	w.T.Helper()
	_, err := w.Operations.Open(w.T.Context(), w.Root, operation.Draft{Code: operation.Library, Kind: operation.KindLibrary, Name: "Library", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.Body["wco"].ID, Director: person.ID(w.Actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-01-01", Ends: "2018-12-31"}}})
	w.Must(err)
	for name, side := range map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "holder": access.RightHolderSide,
		"rival": access.RightHolderSide, "agent": access.RightHolderSide} {
		w.Must(w.Operations.Invite(w.T.Context(), w.Actor["wco"], operation.Library, w.Body[name].ID, side))
		w.Must(w.Operations.Accept(w.T.Context(), w.Actor[name], operation.Library, 1))
	}
	for _, name := range []string{"holder", "rival"} {
		w.row(putVetting, holder.Vetting{Organisation: w.Body[name].Number, State: holder.Checked, Until: "2018-01-01"}, w.Body[name].Number, id(), holder.Checked, "2018-01-01")
	}
	w.brand("holder", "Canary", "CLO")
	w.brand("rival", "Parrot", "CLO")
}

var (
	putVetting = db.Statement(`insert into vetting (operation, seq, organisation, id, state, until, body) values ($1, $2, $3, $4, $5, $6, $7)`)
	putMandate = db.Statement(`insert into mandate (operation, seq, holder, id, representative, state, body) values ($1, $2, $3, $4, $5, $6, $7)`)
	putBrand   = db.Statement(`insert into brand (operation, seq, organisation, id, name, body) values ($1, $2, $3, $4, $5, $6)`)
)

// row writes what package holder keeps, which it has no commands for in this test.
func (w *world) row(put db.SQL, v any, values ...any) {
	w.T.Helper()
	body, err := json.Marshal(v)
	w.Must(err)
	w.Must(w.DB.Keep(w.T.Context(), func(tx *db.Tx) error {
		library, err := operation.ByCode(tx, operation.Library)
		if err != nil {
			return err
		}
		ids++
		_, err = tx.Exec(put, append(append([]any{library.Number, int64(ids)}, values...), string(body))...)
		return err
	}))
}

func (w *world) brand(of, name string, categories ...string) holder.BrandID {
	w.T.Helper()
	b := holder.Brand{ID: holder.BrandID(id()), Organisation: w.Body[of].Number, Name: name, Categories: categories}
	w.row(putBrand, b, b.Organisation, string(b.ID), name)
	return b.ID
}

func (w *world) mandate(from, to string, m holder.Mandate) {
	w.T.Helper()
	m.ID, m.Holder, m.Representative, m.State, m.Since, m.Until = holder.ID(id()), w.Body[from].Number, w.Body[to].Number, holder.Checked, "2017-01-01", "2017-12-31"
	w.row(putMandate, m, m.Holder, string(m.ID), m.Representative, m.State)
}

func (w *world) report() seizure.Case {
	w.T.Helper()
	c, err := w.cases.Report(w.T.Context(), w.Actor["xa.officer"], code, seizure.Draft{ID: seizure.ID(id()), Country: "XA", Day: "2017-02-09", Language: "en",
		Conveyance: goods.Coded{Code: "mail"}, Origin: goods.Coded{Code: "XQ"}, Destination: goods.Coded{Code: "XA"},
		Goods: []goods.Line{{Category: "PHA", Description: "White tablets", Quantities: []goods.Quantity{{Micro: 2e6, Unit: "H87"}}},
			{Category: "CLO", Brand: "canary", GTIN: "5901234123457", Quantities: []goods.Quantity{{Micro: 9e6, Unit: "H87"}}}}})
	w.Must(err)
	return c
}

// drawn is a picture like no other.
func drawn(seed int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for x := range 320 {
		for y := range 240 {
			m.Set(x, y, color.RGBA{uint8(x * seed), uint8(y * 3), uint8((x + y) * seed / 2), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// take gives a case a photo, and tells its number.
func (w *world) take(c seizure.Case) int64 {
	w.T.Helper()
	a, err := w.files.Receive(w.T.Context(), w.Actor["xa.officer"], code, attachment.Draft{ID: attachment.ID(id()), Name: "container MSKU1234565.jpg"}, bytes.NewReader(drawn(3)))
	w.Must(err)
	all, err := w.cases.Attach(w.T.Context(), w.Actor["xa.officer"], code, c.Seq, []seizure.PhotoDraft{{ID: a.ID}})
	w.Must(err)
	return all[0].Attachment
}

// copied is a copy of the photo, as the form of a question makes it.
func (w *world) copied() attachment.ID {
	w.T.Helper()
	a, err := w.files.Copy(w.T.Context(), w.Actor["xa.officer"], code, attachment.Name{Seq: w.photo}, attachment.ID(id()), nil)
	w.Must(err)
	return a.ID
}

func (w *world) draft(to string) inquiry.Draft {
	return inquiry.Draft{ID: inquiry.ID(id()), Holder: w.Body[to].ID, Line: 2, Fields: []string{"nature", "quantity", "origin"}, Question: "Is the label yours?",
		Language: "en", Due: "2017-02-17"}
}

func (w *world) ask(to string) inquiry.Inquiry {
	w.T.Helper()
	d := w.draft(to)
	d.Pictures = []attachment.ID{w.copied()}
	i, err := w.store.Ask(w.T.Context(), w.Actor["xa.officer"], code, w.made.Reference, d)
	w.Must(err)
	return i
}

func answer() inquiry.AnswerDraft {
	return inquiry.AnswerDraft{Verdict: "fake", Reasons: "The seam is wrong.", Language: "en", Features: []int{2, 1}, Expert: "Dr. Seam"}
}
