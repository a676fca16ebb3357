package product_test

import (
	"fmt"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/holder/holdertest"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

type world struct {
	*holdertest.World
	store *product.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: holdertest.New(t, d)}
	w.store = product.NewStore(d, w.Journal, w.Source)
	w.Files.Withheld = func(tx *db.Tx, st operation.Standing, a attachment.Attachment) (bool, error) {
		gone, _, err := product.Withheld(tx, st, a.Record)
		return gone, err
	}
	return w
}

var customs = product.To{All: true}

// content is a sheet that may be published.
func content(name string, codes ...string) product.Content {
	c := product.Content{Language: "en", Name: product.Text{"en": name}, Category: "PHA", Valid: "2026-12-31",
		Features: []product.Feature{{Title: product.Text{"en": "Seal"}, Genuine: product.Text{"en": "Round, embossed", "th": "กลม นูน"}, Fake: product.Text{"en": "Flat"}}}}
	for _, code := range codes {
		c.Codes = append(c.Codes, product.Code{Kind: product.GTIN, Value: code})
	}
	return c
}

// draft saves a sheet in a holder's name.
func (w *world) draft(who string, c product.Content) product.Sheet {
	w.T.Helper()
	s, _, err := w.store.Save(w.T.Context(), w.Actor[who], product.Saving{ID: product.ID(holdertest.ID()), Brand: w.Brand[who].ID, Content: c})
	w.Must(err)
	return s
}

// published saves and publishes one.
func (w *world) published(who string, c product.Content, to product.To) product.Sheet {
	w.T.Helper()
	s := w.draft(who, c)
	s, err := w.store.Publish(w.T.Context(), w.Actor[who], product.Name{ID: s.ID}, product.Publishing{Edit: s.Edit, To: to})
	w.Must(err)
	return s
}

func (w *world) find(who string, q product.Query) []string {
	w.T.Helper()
	f, err := w.store.Find(w.T.Context(), w.Actor[who], q)
	w.Must(err)
	var out []string
	for _, i := range f.Items {
		text, _ := i.Name.In("en", "en")
		out = append(out, text)
	}
	return out
}

func (w *world) finds(who string, q product.Query, want ...string) {
	w.T.Helper()
	if got := w.find(who, q); fmt.Sprint(got) != fmt.Sprint(want) {
		w.T.Errorf("%s finds %v for %+v, want %v", who, got, q, want)
	}
}

func (w *world) read(who string, s product.Sheet) (product.Opened, error) {
	return w.store.Read(w.T.Context(), w.Actor[who], product.Name{ID: s.ID}, 0)
}

// Who reads a sheet: its own side while it is a draft, then for whom it is; a rival never.
func TestWhoReads(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		s := w.draft("orva", content("Relievo"))
		see := func(when string, want ...string) {
			t.Helper()
			may := map[string]bool{}
			for _, who := range want {
				may[who] = true
			}
			for who := range w.Actor {
				_, err := w.read(who, s)
				found := 0
				if f, err := w.store.Find(t.Context(), w.Actor[who], product.Query{Text: "relievo"}); err == nil {
					found = len(f.Items)
				}
				if (err == nil) != may[who] || !may[who] && (!fault.Is(err, fault.NotFound) || found > 0) {
					t.Errorf("%s: %s reads %v, finds %d", when, who, err, found)
				}
			}
		}
		own := []string{"orva", "orva.expert"}
		coordination := []string{"wco", "wco.director", "wco.second"}
		see("a draft", own...)
		publish := func(to product.To) {
			t.Helper()
			var err error
			s, err = w.store.Publish(t.Context(), w.Actor["orva.expert"], product.Name{ID: s.ID}, product.Publishing{Edit: s.Edit, To: to})
			w.Must(err)
		}
		publish(product.To{Countries: []string{"xb"}})
		see("for one country", append(append(own, coordination...), "xb", "xb.officer")...)
		publish(product.To{Operations: []operation.Code{holdertest.Tide}})
		see("for an operation", append(append(own, coordination...), "xa", "xa.officer", "xb", "xb.officer")...)
		w.Must(w.Operations.End(t.Context(), w.Actor["wco.director"], holdertest.Tide, w.Body["xb"].ID))
		see("xb has left it", append(append(own, coordination...), "xa", "xa.officer")...)
		publish(customs)
		all := append(append(own, coordination...), "xa", "xa.officer", "xb", "xb.officer", "xc")
		see("for all customs", all...)
		w.Mandate("orva", "agent")
		see("with an agent", append(all, "agent")...)
		w.Must(w.Operations.End(t.Context(), w.Actor["wco.director"], operation.Library, w.Body["xa"].ID))
		see("xa has left the library", append(append(own, coordination...), "xb", "xb.officer", "xc", "agent")...)
	})
}

// Nobody writes in another's name, or about a brand that its mandate does not hold.
func TestWhoWrites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		second, err := w.Holders.RegisterBrand(ctx, w.Actor["orva"], "", holder.BrandDraft{ID: holder.BrandID(holdertest.ID()), Name: "Second", Categories: []string{"TOY"}})
		w.Must(err)
		w.Mandate("orva", "both", w.Brand["orva"].ID)
		w.Mandate("rival", "both")
		save := func(who, holder string, b holder.BrandID) error {
			_, _, err := w.store.Save(ctx, w.Actor[who], product.Saving{ID: product.ID(holdertest.ID()), Holder: w.Body[holder].ID, Brand: b, Content: content("x")})
			return err
		}
		w.Must(save("both", "orva", w.Brand["orva"].ID))
		w.Must(save("both", "rival", w.Brand["rival"].ID))
		for _, c := range []struct{ who, holder, brand string }{{"both", "orva", "second"}, {"rival", "orva", "orva"}, {"orva", "rival", "rival"},
			{"agent", "orva", "orva"}, {"xa", "orva", "orva"}, {"wco", "orva", "orva"}, {"stranger", "orva", "orva"}, {"root", "orva", "orva"}} {
			b := w.Brand[c.brand].ID
			if c.brand == "second" {
				b = second.ID
			}
			w.Refused(c.who+" for "+c.holder, save(c.who, c.holder, b), fault.NotFound)
		}
		w.Refused("a rival's brand", save("orva", "orva", w.Brand["rival"].ID), fault.Invalid)
		s, _, err := w.store.Save(ctx, w.Actor["orva"], product.Saving{ID: product.ID(holdertest.ID()), Brand: second.ID, Content: content("Toy")})
		w.Must(err)
		n := product.Name{ID: s.ID}
		if _, err := w.store.Read(ctx, w.Actor["both"], n, 0); !fault.Is(err, fault.NotFound) {
			t.Errorf("beyond its mandate: %v", err)
		}
		w.finds("both", product.Query{Own: true}, "x", "x")
		for _, who := range []string{"rival", "both", "xa", "wco", "stranger"} {
			for what, do := range map[string]func(access.Actor) error{
				"publish": func(a access.Actor) error {
					_, err := w.store.Publish(ctx, a, n, product.Publishing{Edit: s.Edit, To: customs})
					return err
				},
				"part": func(a access.Actor) error {
					_, err := w.store.SetPart(ctx, a, n, product.Parting{Kind: product.Covert, Language: "en"})
					return err
				},
				"confirm":  func(a access.Actor) error { return w.store.Confirm(ctx, a, n, 1, "2027-01-01") },
				"withdraw": func(a access.Actor) error { return w.store.Withdraw(ctx, a, n, "No.") },
				"mark":     func(a access.Actor) error { return w.store.Mark(ctx, a, n, product.Marking{Kind: product.Helped}) },
			} {
				w.Refused(who+" "+what, do(w.Actor[who]), fault.NotFound)
			}
		}
	})
}

// Look-up by codes as they are typed, and by words in any script; stale sheets sink.
func TestFind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.published("orva", content("Relievo", "4006381333931"), customs)
		w.published("rival", content("Relax", "96385074"), customs)
		c := content("Old")
		c.Valid = "2026-03-05"
		w.published("orva", c, customs)
		for _, typed := range []string{"4006381333931", " 4006381-333931\n", "٤٠٠٦٣٨١٣٣٣٩٣١", "04006381333931"} {
			w.finds("xa.officer", product.Query{Text: typed}, "Relievo")
		}
		w.finds("xa.officer", product.Query{Code: "96385074"}, "Relax")
		w.finds("xa.officer", product.Query{Text: "กลม"}, "Old", "Relax", "Relievo")
		w.finds("xa.officer", product.Query{Text: "brand rival"}, "Relax")
		w.finds("orva", product.Query{Text: "seal"}, "Old", "Relievo")
		w.finds("orva", product.Query{Code: "96385074"})
		w.finds("rival", product.Query{}, "Relax")
		w.finds("xa", product.Query{Own: true})
		w.Source.Set(holdertest.Start.AddDate(0, 0, 10))
		w.finds("xa.officer", product.Query{}, "Relax", "Relievo", "Old")
		w.finds("xa.officer", product.Query{Text: "seal"}, "Relax", "Relievo", "Old")
		w.finds("orva", product.Query{Own: true, Again: true}, "Old")
		var got []string
		q := product.Query{Limit: 1}
		for {
			f, err := w.store.Find(t.Context(), w.Actor["xa.officer"], q)
			w.Must(err)
			for _, i := range f.Items {
				got = append(got, i.Name["en"])
			}
			if f.Next == nil {
				break
			}
			q.After = *f.Next
		}
		if fmt.Sprint(got) != "[Relax Relievo Old]" {
			t.Errorf("page by page: %v", got)
		}
		f, err := w.store.Find(t.Context(), w.Actor["xa.officer"], product.Query{Text: "4006381333932"})
		w.Must(err)
		if len(f.Items) != 0 || f.Code == "" || !f.BadCheck || f.ByCode {
			t.Errorf("a wrong check digit: %+v", f)
		}
	})
}

// A draft saved twice is one; of two who save at once the second is told; so is who
// publishes what was changed since.
func TestSavedMeanwhile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		s := w.draft("orva", content("One"))
		again := product.Saving{ID: s.ID, Brand: s.Brand, Content: content("One")}
		same, fresh, err := w.store.Save(ctx, w.Actor["orva"], again)
		w.Must(err)
		if fresh || same.Edit != 1 {
			t.Errorf("again: %v %+v", fresh, same)
		}
		two := product.Saving{ID: s.ID, Brand: s.Brand, Edit: 1, Content: content("Two")}
		_, _, err = w.store.Save(ctx, w.Actor["orva.expert"], two)
		w.Must(err)
		_, _, err = w.store.Save(ctx, w.Actor["orva"], product.Saving{ID: s.ID, Brand: s.Brand, Edit: 1, Content: content("Three")})
		w.Refused("the second", err, fault.Conflict)
		_, err = w.store.Publish(ctx, w.Actor["orva"], product.Name{ID: s.ID}, product.Publishing{Edit: 1, To: customs})
		w.Refused("publishes the first", err, fault.Conflict)
		_, err = w.store.Publish(ctx, w.Actor["orva"], product.Name{ID: s.ID}, product.Publishing{Edit: 2})
		w.Refused("for nobody", err, fault.Invalid)
		p, err := w.store.Publish(ctx, w.Actor["orva"], product.Name{ID: s.ID}, product.Publishing{Edit: 2, To: customs})
		w.Must(err)
		twice, err := w.store.Publish(ctx, w.Actor["orva"], product.Name{ID: s.ID}, product.Publishing{Edit: 2, To: customs})
		w.Must(err)
		if twice.Version != p.Version || p.Version != 1 {
			t.Errorf("%d, then %d", p.Version, twice.Version)
		}
		_, err = w.store.Publish(ctx, w.Actor["orva"], product.Name{ID: s.ID}, product.Publishing{Edit: 2, To: product.To{Operations: []operation.Code{"nowhere"}}})
		w.Refused("for an operation that is not there", err, fault.Invalid)
	})
}

// Pictures are seen by who may see what they stand in, and covert ones by nobody else.
func TestPictures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		genuine, fake, later := w.Picture("orva", operation.Library), w.Picture("orva", operation.Library), w.Picture("orva", operation.Library)
		c := content("Relievo")
		c.Pairs = []product.Pair{{Genuine: genuine, Fake: fake}}
		s := w.published("orva", c, customs)
		c.Pairs = append(c.Pairs, product.Pair{Genuine: later})
		_, _, err := w.store.Save(ctx, w.Actor["orva"], product.Saving{ID: s.ID, Brand: s.Brand, Edit: s.Edit, Content: c})
		w.Must(err)
		covert := w.Picture("orva", operation.Library)
		_, err = w.store.SetPart(ctx, w.Actor["orva"], product.Name{ID: s.ID}, product.Parting{Kind: product.Covert, Language: "en",
			Features: []product.Feature{{Title: product.Text{"en": "Thread"}, Genuine: product.Text{"en": "Glows blue"}}}, Pairs: []product.Pair{{Genuine: covert}}})
		w.Must(err)
		for who, want := range map[string]bool{"orva": true, "orva.expert": true, "xa.officer": false, "wco": false} {
			o, err := w.read(who, s)
			w.Must(err)
			if (o.Apart != nil && o.Apart.Version == 1 && o.Apart.Pairs[0].Genuine == covert) != want || !want && o.Pictures[covert].ID != "" {
				t.Errorf("%s reads the covert part: %+v", who, o.Apart)
			}
		}
		opens := func(who string, id attachment.ID) bool {
			o, err := w.Files.Open(ctx, w.Actor[who], operation.Library, attachment.Name{ID: id}, attachment.Small)
			if err == nil {
				o.Close()
			}
			return err == nil
		}
		for _, c := range []struct {
			who  string
			id   attachment.ID
			want bool
		}{{"xa.officer", fake, true}, {"xa.officer", later, false}, {"xa.officer", covert, false}, {"wco", covert, false}, {"orva.expert", covert, true},
			{"orva.expert", later, true}, {"rival", fake, false}, {"rival", covert, false}, {"stranger", fake, false}} {
			if got := opens(c.who, c.id); got != c.want {
				t.Errorf("%s opens %s: %v", c.who, c.id, got)
			}
		}
		w.Must(w.store.Withdraw(ctx, w.Actor["wco"], product.Name{ID: s.ID}, "Wrong pictures."))
		if opens("xa.officer", fake) || !opens("orva", fake) {
			t.Error("withdrawn")
		}
		o, err := w.read("xa.officer", s)
		w.Must(err)
		if len(o.Features)+len(o.Pairs)+len(o.Pictures) > 0 || o.Reason != "Wrong pictures." {
			t.Errorf("withdrawn: %+v", o.Content)
		}
		w.finds("xa.officer", product.Query{Text: "relievo"})
	})
}

// Marks that mislead make a sheet sink until its holder confirms it; the holder reads
// what misled and not who said so.
func TestMarks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		s := w.published("orva", content("Relievo"), customs)
		n := product.Name{ID: s.ID}
		w.Must(w.store.Mark(ctx, w.Actor["xa.officer"], n, product.Marking{ID: holdertest.ID(), Kind: product.Helped, Version: 1}))
		w.Refused("without a note", w.store.Mark(ctx, w.Actor["xa.officer"], n, product.Marking{Kind: product.Misleading}), fault.Invalid)
		w.Refused("the holder", w.store.Mark(ctx, w.Actor["orva"], n, product.Marking{Kind: product.Helped}), fault.NotFound)
		for i, who := range []string{"xa.officer", "xb.officer", "xb"} {
			m := product.Marking{ID: holdertest.ID(), Kind: product.Misleading, Version: 1, Note: fmt.Sprintf("Seal is flat on genuine ones too (%d)", i)}
			w.Must(w.store.Mark(ctx, w.Actor[who], n, m))
			w.Must(w.store.Mark(ctx, w.Actor[who], n, m))
			o, err := w.read("xa", s)
			w.Must(err)
			if o.Stale != (i == 2) || o.Marks.Misleading != int64(i+1) || len(o.Marks.Notes) > 0 {
				t.Errorf("after %d: %v %+v", i+1, o.Stale, o.Marks)
			}
		}
		o, err := w.read("orva", s)
		w.Must(err)
		if len(o.Marks.Notes) != 3 || o.Marks.Notes[0].Note != "Seal is flat on genuine ones too (2)" {
			t.Errorf("the holder reads %+v", o.Marks)
		}
		w.Must(w.store.Confirm(ctx, w.Actor["orva.expert"], n, 1, "2027-01-31"))
		if o, err = w.read("xa", s); err != nil || o.Stale || o.Until != "2027-01-31" || o.Verifier != w.Actor["orva.expert"].Person {
			t.Errorf("confirmed: %v %+v", err, o.Sheet)
		}
	})
}

// Traders have readers of their own.
func TestTraders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		s := w.published("orva", content("Relievo"), customs)
		n := product.Name{ID: s.ID}
		part := product.Parting{Kind: product.Traders, Language: "en", To: product.To{Countries: []string{"XA"}},
			Traders: []product.Trader{{Role: "maker", Name: "Works", Country: "XB", Authorised: true}}}
		p, err := w.store.SetPart(ctx, w.Actor["orva"], n, part)
		w.Must(err)
		again, err := w.store.SetPart(ctx, w.Actor["orva"], n, part)
		w.Must(err)
		if again.Version != 1 || again.Seq != p.Seq {
			t.Errorf("again %+v", again)
		}
		for who, want := range map[string]bool{"xa.officer": true, "xb.officer": false, "wco": true, "orva": true} {
			o, err := w.read(who, s)
			w.Must(err)
			if (o.Traders != nil) != want {
				t.Errorf("%s sees traders: %v", who, o.Traders)
			}
		}
	})
}
