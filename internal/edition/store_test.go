package edition_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/product/producttest"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

const code = operationtest.Code

// world is that of producttest, whose "holder" owns Orva and whose "rival" owns Zento,
// with a report that has one version.
type world struct {
	*producttest.World
	store   *edition.Store
	reports *publication.Store
	cases   *seizure.Store
	made    int
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: producttest.New(t, d)}
	w.store, w.reports = edition.NewStore(d, w.Journal, w.Source), publication.NewStore(d, w.Journal, w.Source, caselist.NewStore(d, w.Source))
	w.cases = seizure.NewStore(d, w.Journal, w.Source)
	for i := range 6 {
		w.report([]string{"xa.officer", "xb.officer"}[i%2], "FTW", "Orva", 10)
	}
	w.report("xa.officer", "PHA", "Zento", 7)
	_, err := w.reports.Open(t.Context(), w.Actor["wco"], code, "en")
	w.Must(err)
	w.freeze("")
	return w
}

func (w *world) report(who, category, brand string, pieces int64) {
	w.T.Helper()
	w.tick()
	w.made++
	_, err := w.cases.Report(w.T.Context(), w.Actor[who], code, seizure.Draft{ID: seizure.ID(w.ID()), Country: map[string]string{"xa.officer": "XA", "xb.officer": "XB"}[who],
		Day: "2017-02-07", Language: "en", Status: "seized", Conveyance: goods.Coded{Code: "mail"}, Origin: goods.Coded{Code: "XQ"}, Destination: goods.Coded{Code: "XA"},
		Goods: []goods.Line{{Category: category, Brand: brand, Quantities: []goods.Quantity{{Micro: pieces * 1e6, Unit: "H87"}}}}})
	w.Must(err)
}

func blocks(d rendition.Document) string {
	b, _ := json.Marshal(d.Blocks)
	return string(b)
}

func (w *world) tick() { w.Source.Set(w.Source.Now().Add(time.Second)) }

func (w *world) freeze(note string) {
	w.T.Helper()
	w.tick()
	_, err := w.reports.Freeze(w.T.Context(), w.Actor["wco"], code, publication.Freezing{Note: note})
	w.Must(err)
}

func (w *world) issue(want edition.Wanted) edition.Issued {
	w.T.Helper()
	w.tick()
	i, err := w.store.Issue(w.T.Context(), w.Actor["wco"], code, want, []string{"en"})
	w.Must(err)
	return i
}

// TestWhoReadsWhichEdition, before and after it was given out, and nobody what it hides.
func TestWhoReadsWhichEdition(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Must(w.Operations.Invite(t.Context(), w.Actor["wco"], code, w.Body["rival"].ID, access.RightHolderSide))
		w.Must(w.Operations.Accept(t.Context(), w.Actor["rival"], code, 1))
		mine, rivals := edition.Wanted{Kind: publication.Holder, Holder: w.Body["holder"].Number}, edition.Wanted{Kind: publication.Holder, Holder: w.Body["rival"].Number}
		wants := map[string]edition.Wanted{"enforcement": {Kind: publication.Enforcement}, "public": {Kind: publication.Public}, "holder": mine, "rival": rivals}
		readers := func(want edition.Wanted) string {
			var out []string
			for _, who := range []string{"wco", "xa", "xa.officer", "holder", "rival"} {
				r, err := w.store.Read(t.Context(), w.Actor[who], code, want, "fr")
				if err != nil && !fault.Is(err, fault.NotFound) {
					t.Fatal(err)
				}
				if err != nil {
					continue
				}
				out = append(out, who)
				if who != "wco" {
					if b, _ := json.Marshal(r.Given); strings.Contains(string(b), `"hidden"`) || r.Weak != nil {
						t.Errorf("%s reads what is hidden: %s", who, b)
					}
				}
			}
			return strings.Join(out, " ")
		}
		for name, want := range wants {
			if got := readers(want); got != "wco" {
				t.Errorf("%s before it was given out: %s", name, got)
			}
			w.issue(want)
		}
		for name, who := range map[string]string{"enforcement": "wco xa xa.officer", "public": "wco xa xa.officer holder rival", "holder": "wco holder", "rival": "wco rival"} {
			got := readers(wants[name])
			if got != who && got != strings.ReplaceAll(who, " xa.officer", "") {
				t.Errorf("%s is read by %s, want %s", name, got, who)
			}
		}
		r, err := w.store.Read(t.Context(), w.Actor["holder"], code, mine, "en")
		w.Must(err)
		b, _ := json.Marshal(r.Document)
		if !strings.Contains(string(b), `"Orva"`) || !strings.Contains(string(b), `"number":"60"`) || strings.Contains(string(b), "Zento") {
			t.Errorf("the holder's edition: %s", b)
		}
		shelf, err := w.store.List(t.Context(), w.Actor["holder"], code)
		w.Must(err)
		if len(shelf.Editions) != 2 || shelf.Versions != nil || shelf.Holders != nil {
			t.Errorf("the holder's shelf: %+v", shelf.Editions)
		}
	})
}

// TestNothingGoesOutUnderAnEmbargo, what went out stays as it was when a later version is
// frozen, and giving out twice is once.
func TestNothingGoesOutUnderAnEmbargo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		public := edition.Wanted{Kind: publication.Public}
		until := w.Source.Now().AddDate(0, 0, 3).Format(time.DateOnly)
		_, err := w.reports.Clear(t.Context(), w.Actor["xa"], code, 1, publication.ClearanceDraft{State: publication.Embargoes, Until: until})
		w.Must(err)
		if _, err := w.store.Issue(t.Context(), w.Actor["wco"], code, public, []string{"en"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("under an embargo: %v", err)
		}
		w.Source.Set(w.Source.Now().AddDate(0, 0, 4))
		first := w.issue(public)
		if again := w.issue(public); again.Seq != first.Seq {
			t.Error("given out twice")
		}
		if _, err := w.store.Issue(t.Context(), w.Actor["xa"], code, public, []string{"en"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("an administration gives out: %v", err)
		}
		for range 4 {
			w.report("xb.officer", "FTW", "Orva", 25)
		}
		w.freeze("Four were late.")
		r, err := w.store.Read(t.Context(), w.Actor["xa"], code, public, "en")
		w.Must(err)
		if r.Number != 1 || blocks(r.Document) != blocks(first.Documents["en"]) {
			t.Errorf("what was given out has changed: version %d", r.Number)
		}
		if r, err = w.store.Read(t.Context(), w.Actor["wco"], code, public, "en"); err != nil || r.Number != 2 || r.Issued {
			t.Errorf("a preview of version %d: %v", r.Number, err)
		}
	})
}

// TestThePressReleaseIsMadeEditedAndChecked; two writers meet.
func TestThePressReleaseIsMadeEditedAndChecked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		wco := w.Actor["wco"]
		v, err := w.store.Press(t.Context(), wco, code, "ar")
		w.Must(err)
		if v.Written || len(v.Wrong) != 0 || !strings.Contains(v.Press.Body, "67") {
			t.Errorf("generated: %+v %v", v.Press, v.Wrong)
		}
		draft := v.Press.PressDraft
		draft.Body = "There were 7 cases, 67 pieces and 99 kg."
		now, err := w.store.WritePress(t.Context(), wco, code, "en", draft, 0)
		w.Must(err)
		if _, err := w.store.WritePress(t.Context(), wco, code, "en", draft, 0); err != nil {
			t.Errorf("the same again: %v", err)
		}
		draft.Body += " Well done."
		if _, err := w.store.WritePress(t.Context(), wco, code, "en", draft, 0); !fault.Is(err, fault.Conflict) {
			t.Errorf("somebody else's change: %v", err)
		}
		_, err = w.store.WritePress(t.Context(), wco, code, "en", draft, now.Edit)
		w.Must(err)
		v, err = w.store.Press(t.Context(), wco, code, "en")
		w.Must(err)
		if !v.Written || len(v.Wrong) != 1 || !strings.HasPrefix(v.Press.Checked()[v.Wrong[0].Start:], "99") {
			t.Errorf("%+v, wrong: %v", v.Press, v.Wrong)
		}
		if _, err := w.store.Press(t.Context(), w.Actor["xa"], code, "en"); !fault.Is(err, fault.NotFound) {
			t.Errorf("before the public edition is out: %v", err)
		}
		w.issue(edition.Wanted{Kind: publication.Public})
		if v, err := w.store.Press(t.Context(), w.Actor["holder"], code, "en"); err != nil || v.Whole || v.Generated.Body != "" || v.Wrong != nil {
			t.Errorf("after it: %v %+v", err, v)
		}
		if _, err := w.store.WritePress(t.Context(), access.Actor{}, code, "en", draft, 2); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody writes: %v", err)
		}
	})
}
