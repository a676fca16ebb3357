package edition_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/product/producttest"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/register"
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
	w.store, w.reports = edition.NewStore(d, w.Journal, w.Source), publication.NewStore(d, w.Journal, w.Source, register.New())
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

func (w *world) report(who, category, brand string, pieces int64) seizure.Case {
	w.T.Helper()
	w.tick()
	w.made++
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], code, seizure.Draft{ID: seizure.ID(w.ID()), Country: map[string]string{"xa.officer": "XA", "xb.officer": "XB"}[who],
		Day: "2017-02-07", Language: "en", Status: "seized", Conveyance: goods.Coded{Code: "mail"}, Origin: goods.Coded{Code: "XQ"}, Destination: goods.Coded{Code: "XA"},
		Goods: []goods.Line{{Category: category, Brand: brand, Quantities: []goods.Quantity{{Micro: pieces * 1e6, Unit: "H87"}}}}})
	w.Must(err)
	return c
}

func (w *world) recall(c seizure.Case) seizure.Case {
	w.T.Helper()
	w.tick()
	c, err := w.cases.Recall(w.T.Context(), w.Actor["xa"], code, c.Seq, c.Version, "wrong port")
	w.Must(err)
	return c
}

// TestAdministrationsAreNamedNoCaseThatTheyMayNotRead: one that was never let out, one that
// was taken back, and what one said before it was let out stand nowhere in their edition.
func TestAdministrationsAreNamedNoCaseThatTheyMayNotRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		xa := w.Actor["xa"]
		kept, back, late, open := w.report("xa.officer", "TOY", "Zento", 1), w.report("xa.officer", "TOY", "Zento", 2), w.report("xa.officer", "TOY", "Zento", 3), w.report("xa.officer", "TOY", "Zento", 4)
		kept, late = w.recall(kept), w.recall(late)
		named := publication.ContributionDraft{Language: "en", Interest: "Two of note.", Cases: []string{back.Reference, open.Reference}, Done: true}
		for _, ref := range []string{kept.Reference, back.Reference} {
			if _, err := w.reports.Contribute(t.Context(), xa, code, publication.ContributionDraft{Language: "en", Cases: []string{ref}}, 0); (err == nil) != (ref == back.Reference) || err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("a contribution names %s: %v", ref, err)
			}
		}
		_, err := w.reports.Contribute(t.Context(), xa, code, named, 1)
		w.Must(err)
		w.freeze("Four more.")
		back = w.recall(back)
		for _, c := range []*seizure.Case{&kept, &back, &late, &open} {
			more := c.Draft
			more.Goods = []goods.Line{{Category: "TOY", Brand: "Zento", Quantities: []goods.Quantity{{Micro: 77e6, Unit: "H87"}}}}
			w.tick()
			*c, err = w.cases.Amend(t.Context(), xa, code, c.Seq, c.Version, more, "counted again")
			w.Must(err)
			if c.State == seizure.Reported && c.Seq != kept.Seq && c.Seq != back.Seq {
				*c, err = w.cases.Release(t.Context(), xa, code, c.Seq, c.Version)
				w.Must(err)
			}
		}
		w.freeze("Counted again.")
		look := func(what string, d rendition.Document) {
			text, changed := blocks(d), ""
			for _, b := range d.Tables() {
				if one, _ := json.Marshal(b); b.ID == "changes" {
					changed = string(one)
				}
			}
			if strings.Contains(text, kept.Reference) || strings.Contains(text, back.Reference) || strings.Contains(changed, late.Reference) {
				t.Errorf("%s names a case that administrations may not read, or what it said before", what)
			}
			if strings.Count(text, open.Reference) < 3 || !strings.Contains(changed, open.Reference) || strings.Contains(changed, "||") {
				t.Errorf("%s: the case that is open: %d times; %s", what, strings.Count(text, open.Reference), changed)
			}
		}
		want := edition.Wanted{Kind: publication.Enforcement}
		r, err := w.store.Read(t.Context(), w.Actor["wco"], code, want, "ar")
		w.Must(err)
		look("a preview", r.Document)
		look("what was given out", w.issue(want).Documents["en"])
		r, err = w.store.Read(t.Context(), w.Actor["xb"], code, want, "fr")
		w.Must(err)
		look("another language of it", r.Document)
	})
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
