package contact_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// world is the library, in which orva has two brands and rival one.
type world struct {
	*operationtest.World
	t       *testing.T
	store   *contact.Store
	holders *holder.Store
	files   *attachment.Store
	brand   map[string]holder.Brand
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	l := operationtest.New(t, d)
	l.Library()
	l.Person("wco", "wco.second", "")
	l.Must(l.Operations.Assign(t.Context(), l.Actor["wco"], operation.Library, person.ID(l.Actor["wco.second"].Person), []access.Role{access.Coordinator}))
	l.Person("holder", "orva.expert", "")
	l.Body["orva"], l.Actor["orva"] = l.Body["holder"], l.Actor["holder"]
	w := &world{World: l, t: t, store: contact.NewStore(d, l.Journal, l.Source), holders: holder.NewStore(d, l.Journal, l.Source), brand: map[string]holder.Brand{}}
	for _, b := range [][2]string{{"orva", "One"}, {"orva", "Two"}, {"rival", "Theirs"}} {
		made, err := w.holders.RegisterBrand(t.Context(), w.Actor[b[0]], "", holder.BrandDraft{Name: b[1], Categories: []string{"FTW"}})
		w.Must(err)
		w.brand[b[1]] = made
	}
	key, err := blob.NewKey()
	w.Must(err)
	dir := t.TempDir()
	keys, err := blob.OpenKeys(filepath.Join(dir, "keys"), key)
	w.Must(err)
	disk, err := blob.OpenDisk(filepath.Join(dir, blob.Directory))
	w.Must(err)
	t.Cleanup(func() { disk.Close() })
	w.files = attachment.NewStore(d, l.Journal, l.Source, blob.NewVault(disk, keys, source.Real()))
	return w
}

// mandated lets agent act for orva, for some brands and countries.
func (w *world) mandated(brands []holder.BrandID, countries []string) {
	w.t.Helper()
	a, err := w.files.Receive(w.t.Context(), w.Actor["orva"], operation.Library, attachment.Draft{ID: attachment.ID(id()), Name: "deed.pdf"},
		bytes.NewReader([]byte("%PDF-1.4\n")))
	w.Must(err)
	m, err := w.holders.Grant(w.t.Context(), w.Actor["orva"], holder.Granting{Representative: w.Body["agent"].ID, Brands: brands, Countries: countries,
		Since: "2017-02-01", Until: "2017-12-31", Files: []attachment.ID{a.ID}})
	w.Must(err)
	_, err = w.holders.Check(w.t.Context(), w.Actor["wco"], w.Body["orva"].ID, m.ID)
	w.Must(err)
}

var ids int

// id makes ids that no other test of the process has.
func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids)
}

func draft(desk string) contact.Draft {
	return contact.Draft{ID: contact.ID(id()), Languages: []string{"en"}, Desk: desk, Email: "desk@example.org", Phone: "+33 1 23 45 67 89"}
}

func (w *world) set(who, of string, change func(*contact.Draft)) contact.Contact {
	w.t.Helper()
	d := draft(fmt.Sprint("Desk ", ids))
	if change != nil {
		change(&d)
	}
	c, err := w.store.Set(w.t.Context(), w.Actor[who], w.Body[of].ID, 0, d)
	w.Must(err)
	return c
}

func (w *world) refused(what string, err error, kind fault.Kind) {
	w.t.Helper()
	if !fault.Is(err, kind) {
		w.t.Errorf("%s: %v", what, err)
	}
}

func (w *world) list(who string, f contact.Filter) contact.Page {
	w.t.Helper()
	p, err := w.store.List(w.t.Context(), w.Actor[who], f)
	w.Must(err)
	return p
}

func desks(p contact.Page) (out []string) {
	for _, i := range p.Items {
		out = append(out, i.Desk)
	}
	return out
}

func TestWhoReadsWhat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.set("orva.expert", "orva", func(d *contact.Draft) { d.Desk = "Orva" })
		w.set("orva", "orva", func(d *contact.Draft) { d.Desk, d.Brand = "Orva Two", w.brand["Two"].ID })
		w.set("wco.second", "rival", func(d *contact.Draft) { d.Desk = "Rival" })
		w.set("xa", "xa", func(d *contact.Draft) { d.Desk = "Customs" })
		w.mandated([]holder.BrandID{w.brand["One"].ID}, nil)
		for who, want := range map[string][]string{"orva": {"Orva", "Orva Two"}, "rival": {"Rival"}, "agent": {"Orva"},
			"xa.officer": {"Orva", "Orva Two", "Rival", "Customs"}, "wco": {"Orva", "Orva Two", "Rival", "Customs"}} {
			if got := desks(w.list(who, contact.Filter{})); !slices.Equal(got, want) {
				t.Errorf("%s reads %v", who, got)
			}
		}
		if got := desks(w.list("orva", contact.Filter{Holder: w.Body["rival"].ID})); len(got) > 0 {
			t.Errorf("orva finds %v of the rival", got)
		}
		if got := desks(w.list("orva", contact.Filter{Brand: w.brand["Theirs"].ID})); len(got) > 0 {
			t.Errorf("orva finds %v of the rival's brand", got)
		}
		_, err := w.store.List(t.Context(), w.Actor["stranger"], contact.Filter{})
		w.refused("outside", err, fault.NotFound)
		p := w.list("orva", contact.Filter{})
		if len(p.Brands) != 2 || len(p.Holders) != 1 || len(p.For) != 1 || p.MayTest {
			t.Errorf("orva may choose from %+v", p)
		}
	})
}

// Whatever the rival writes, what one reads stays the same to the byte.
func TestTheRivalChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		own := w.set("orva", "orva", nil)
		w.Must(w.store.Test(t.Context(), w.Actor["xa.officer"], w.Body["orva"].ID, own.ID, true, "Friendly."))
		seen := func() string {
			p := w.list("orva", contact.Filter{})
			p.Standing = operation.Standing{}
			text, err := json.Marshal(p)
			w.Must(err)
			return string(text)
		}
		before := seen()
		theirs := w.set("rival", "rival", func(d *contact.Draft) { d.ID = own.ID })
		w.Must(w.store.Test(t.Context(), w.Actor["xa.officer"], w.Body["rival"].ID, theirs.ID, false, ""))
		w.Must(w.store.Drop(t.Context(), w.Actor["rival"], "", theirs.ID))
		if after := seen(); after != before {
			t.Errorf("before\n%s\nafter\n%s", before, after)
		}
		p := w.list("orva", contact.Filter{})
		if got := p.Items[0].Test; got == nil || !got.Answered || got.By != "" || got.Organisation != 0 || got.Note != "" || p.Items[0].TestedBy.Number != 0 {
			t.Errorf("a right holder is told of the test %+v", p.Items[0])
		}
		if got := w.list("wco", contact.Filter{}).Items[0]; got.TestedBy.Number != w.Body["xa"].Number || got.Test.Note != "Friendly." {
			t.Errorf("coordination is told %+v", got)
		}
	})
}

func TestSetting(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		first := draft("Brand protection")
		made, err := w.store.Set(ctx, w.Actor["orva"], "", 0, first)
		w.Must(err)
		again, err := w.store.Set(ctx, w.Actor["orva.expert"], w.Body["orva"].ID, 0, first)
		w.Must(err)
		if diff := cmp.Diff(made, again); diff != "" {
			t.Error(diff)
		}
		w.Must(w.store.Test(ctx, w.Actor["wco"], w.Body["orva"].ID, made.ID, true, ""))
		first.Hours = "Mo-Fr 9-17"
		now, err := w.store.Set(ctx, w.Actor["orva"], "", 1, first) // a test is no version to have seen
		w.Must(err)
		if now.Test == nil || !now.Test.Answered {
			t.Errorf("other hours take the test away: %+v", now)
		}
		stale := now.Version
		first.Phone = "+33 1 99 99 99 99"
		now, err = w.store.Set(ctx, w.Actor["orva"], "", now.Version, first)
		w.Must(err)
		if now.Test != nil {
			t.Errorf("another number was never tried: %+v", now)
		}
		first.Desk = "Another"
		_, err = w.store.Set(ctx, w.Actor["orva.expert"], "", stale, first)
		w.refused("the second of two", err, fault.Conflict)
		for who, kind := range map[string]fault.Kind{"rival": fault.NotFound, "agent": fault.NotFound, "xa": fault.NotFound, "xa.officer": fault.NotFound, "stranger": fault.NotFound} {
			_, err := w.store.Set(ctx, w.Actor[who], w.Body["orva"].ID, 0, draft("Mine"))
			w.refused(who, err, kind)
			w.refused(who, w.store.Drop(ctx, w.Actor[who], w.Body["orva"].ID, made.ID), kind)
		}
		for _, who := range []string{"orva", "rival", "agent", "stranger"} {
			w.refused(who, w.store.Test(ctx, w.Actor[who], w.Body["orva"].ID, made.ID, true, ""), fault.NotFound)
		}
		w.Must(w.store.Drop(ctx, w.Actor["orva"], "", made.ID))
		w.Must(w.store.Drop(ctx, w.Actor["orva"], "", made.ID))
		w.refused("dropped", w.store.Test(ctx, w.Actor["wco"], w.Body["orva"].ID, made.ID, true, ""), fault.NotFound)
		_, err = w.store.Set(ctx, w.Actor["orva"], "", now.Version, first)
		w.refused("after it was dropped", err, fault.Conflict)
		if got := desks(w.list("wco", contact.Filter{})); len(got) != 0 {
			t.Errorf("still %v", got)
		}
	})
}

func TestARepresentativeWritesWithinItsMandate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.mandated([]holder.BrandID{w.brand["One"].ID}, []string{"FR"})
		within := func(d *contact.Draft) { d.Brand, d.Countries = w.brand["One"].ID, []string{"FR"} }
		w.set("agent", "orva", within)
		for what, change := range map[string]func(*contact.Draft){
			"another brand":   func(d *contact.Draft) { within(d); d.Brand = w.brand["Two"].ID },
			"all brands":      func(d *contact.Draft) { within(d); d.Brand = "" },
			"another country": func(d *contact.Draft) { within(d); d.Countries = []string{"DE", "FR"} },
			"all countries":   func(d *contact.Draft) { within(d); d.Countries = nil },
			"a rival's brand": func(d *contact.Draft) { within(d); d.Brand = w.brand["Theirs"].ID },
		} {
			x := draft("Desk")
			change(&x)
			_, err := w.store.Set(t.Context(), w.Actor["agent"], w.Body["orva"].ID, 0, x)
			w.refused(what, err, fault.Invalid)
		}
	})
}

func TestWhatIsTypedIsChecked(t *testing.T) {
	for what, change := range map[string]func(*contact.Draft){
		"id":        func(d *contact.Draft) { d.ID = "no" },
		"languages": func(d *contact.Draft) { d.Languages = nil },
		"language":  func(d *contact.Draft) { d.Languages = []string{"xx"} },
		"countries": func(d *contact.Draft) { d.Countries = []string{"UK"} },
		"desk":      func(d *contact.Draft) { d.Desk = " " },
		"email":     func(d *contact.Draft) { d.Email = "Desk <desk@example.org>" },
		"phone":     func(d *contact.Draft) { d.Phone = "ask Anna" },
		"reach":     func(d *contact.Draft) { d.Email, d.Phone = "", "" },
		"note":      func(d *contact.Draft) { d.Note = "\x00" },
	} {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			if d.Engine() != "sqlite" {
				t.Skip("a rule")
			}
			w := newWorld(t, d)
			x := draft("Desk")
			change(&x)
			_, err := w.store.Set(t.Context(), w.Actor["orva"], "", 0, x)
			w.refused(what, err, fault.Invalid)
		})
	}
}

func TestForBrand(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one := w.brand["One"].ID
		for desk, change := range map[string]func(*contact.Draft){
			"a": func(d *contact.Draft) { d.Countries, d.Languages = []string{"FR"}, []string{"fr"} },
			"b": func(d *contact.Draft) { d.Countries, d.Languages, d.Brand = []string{"FR"}, []string{"en"}, one },
			"c": func(d *contact.Draft) { d.Countries, d.Languages = []string{"FR"}, []string{"en"} },
			"d": func(d *contact.Draft) { d.Languages = []string{"fr"} },
			"e": func(d *contact.Draft) { d.Languages = []string{"de"} },
			"f": func(d *contact.Draft) { d.Countries, d.Languages = []string{"DE"}, []string{"fr"} },
			"g": func(d *contact.Draft) { d.Countries, d.Languages = []string{"DE"}, []string{"de"} },
			"x": func(d *contact.Draft) { d.Brand = w.brand["Two"].ID },
		} {
			w.set("orva", "orva", func(d *contact.Draft) { change(d); d.Desk = desk })
		}
		w.set("rival", "rival", nil)
		ask := func(who string) (out []string) {
			w.Must(d.Read(t.Context(), func(tx *db.Tx) error {
				st, err := operation.Enter(tx, w.Source.Now(), w.Actor[who], operation.Library, access.ContactRead)
				if err != nil {
					return err
				}
				all, err := contact.ForBrand(tx, st, w.Body["orva"].Number, one, "FR", "fr")
				for _, c := range all {
					out = append(out, c.Desk)
				}
				return err
			}))
			return out
		}
		want := []string{"a", "b", "c", "d", "e", "f", "g"}
		for who, want := range map[string][]string{"xa.officer": want, "orva": want, "rival": nil} {
			if got := ask(who); !slices.Equal(got, want) {
				t.Errorf("%s is given %v", who, got)
			}
		}
		if got := desks(w.list("xa.officer", contact.Filter{Brand: one, Country: "FR", Language: "fr"})); !slices.Equal(got, []string{"a", "d"}) {
			t.Errorf("the list has %v", got)
		}
		var of organisation.ID = w.Body["orva"].ID
		g := w.list("xa", contact.Filter{Holder: of, Language: "de"}).Items
		w.Must(w.store.Test(t.Context(), w.Actor["xa.officer"], of, g[0].ID, true, ""))
		if got := w.list("xa", contact.Filter{Holder: of, ID: g[0].ID}).Items[0]; got.Due {
			t.Errorf("tried just now: %+v", got)
		}
		w.Source.Set(w.Source.Now().Add(contact.Stale + time.Hour))
		if got := w.list("xa", contact.Filter{Holder: of, ID: g[0].ID}).Items[0]; !got.Due {
			t.Errorf("tried long ago: %+v", got)
		}
	})
}
