package verify_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/protection"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/usage"
)

// library opens the library and does each thing there at least once, most of them to
// three records of which one is left as it began.
func (w *world) library() {
	w.tick()
	_, err := w.operations.Open(w.t.Context(), w.root, operation.Draft{ID: operation.ID(w.source.ID()), Code: operation.Library, Kind: operation.KindLibrary,
		Name: "Library", Language: "en", Handling: "For customs.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-01-01", Ends: "2018-12-31"}}})
	w.must(err)
	w.body["rival"], err = w.bodies.Register(w.t.Context(), w.root, organisation.Draft{Kind: "right-holder", Name: "Body rival", TimeZone: "UTC", Language: "en",
		ReleaseBy: organisation.ReleaseByOfficer})
	w.must(err)
	w.person("rival", "", person.ContactPoint)
	for _, m := range []struct {
		name string
		side access.Side
	}{{"xa", access.Enforcement}, {"xb", access.Enforcement}, {"holder", access.RightHolderSide}, {"rival", access.RightHolderSide}} {
		w.tick()
		w.must(w.operations.Invite(w.t.Context(), w.actor["wco"], operation.Library, w.body[m.name].ID, m.side))
		w.must(w.operations.Accept(w.t.Context(), w.actor[m.name], operation.Library, 1))
	}
	brands := w.vet()
	w.desks(brands[0])
	sheet := w.publish(brands)
	w.open(sheet)
	w.teach(sheet)
	w.protect(brands[0])
	w.raise()
	w.ask()
	w.connect()
}

// deed uploads a picture or a document to the library.
func (w *world) deed(who, name string) attachment.ID {
	w.tick()
	content := "%PDF-1.7"
	if strings.HasSuffix(name, ".png") {
		var b bytes.Buffer
		w.must(png.Encode(&b, image.NewGray(image.Rect(0, 0, 200, 100))))
		content = b.String()
	}
	a, err := w.files().Receive(w.t.Context(), w.actor[who], operation.Library, attachment.Draft{ID: attachment.ID(w.source.ID()), Name: name}, strings.NewReader(content))
	w.must(err)
	return a.ID
}

func (w *world) files() *attachment.Store {
	return attachment.NewStore(w.db, journal.New(w.source), w.source, w.vault)
}

func (w *world) day(days int) string {
	return w.source.Now().AddDate(0, 0, days).Format(time.DateOnly)
}

// vet has right holders show themselves, grant mandates and register brands.
func (w *world) vet() []holder.BrandID {
	ctx, s := w.t.Context(), holder.NewStore(w.db, journal.New(w.source), w.source)
	for _, who := range []string{"holder", "rival", "rival"} {
		v, err := s.Apply(ctx, w.actor[who], holder.Application{ID: holder.ID(w.source.ID()), Register: "Register", Extract: "1", Country: "XA", Files: []attachment.ID{w.deed(who, "a.pdf")}})
		w.must(err)
		w.tick()
		_, err = s.Vet(ctx, w.actor["wco"], w.body[who].ID, v.ID, w.day(300))
		w.must(err)
		if who == "rival" {
			w.must(s.Revoke(ctx, w.actor["wco"], w.body[who].ID, v.ID, "The extract is old."))
		}
	}
	var brands []holder.BrandID
	for _, name := range []string{"Canary", "Parrot", "Heron"} {
		w.tick()
		b, err := s.RegisterBrand(ctx, w.actor["holder"], "", holder.BrandDraft{ID: holder.BrandID(w.source.ID()), Name: name, Categories: []string{"CLO"},
			Rights: []holder.Right{{Kind: "trade-mark", Number: "1", Countries: []string{"XA"}, Since: "2010-01-01", Until: "2020-01-01"}}})
		w.must(err)
		brands = append(brands, b.ID)
	}
	w.tick()
	_, err := s.AmendBrand(ctx, w.actor["holder"], w.body["holder"].ID, brands[0], 1, holder.BrandDraft{Name: "Canary", Also: []string{"Canari"}, Categories: []string{"CLO", "PHA"}})
	w.must(err)
	for i := range 3 {
		m, err := s.Grant(ctx, w.actor["holder"], holder.Granting{ID: holder.ID(w.source.ID()), Representative: w.body["rival"].ID, Brands: brands[i : i+1],
			Since: w.day(0), Until: w.day(90), Files: []attachment.ID{w.deed("holder", "b.pdf")}})
		w.must(err)
		w.tick()
		if i > 0 {
			_, err = s.Check(ctx, w.actor["wco"], w.body["holder"].ID, m.ID)
			w.must(err)
		}
		if i > 1 {
			w.must(s.RevokeMandate(ctx, w.actor["holder"], w.body["holder"].ID, m.ID, "It is over."))
		}
	}
	return brands
}

// desks names whom to ask.
func (w *world) desks(brand holder.BrandID) {
	ctx, s := w.t.Context(), contact.NewStore(w.db, journal.New(w.source), w.source)
	of := w.body["holder"].ID
	for i := range 3 {
		w.tick()
		d := contact.Draft{ID: contact.ID(w.source.ID()), Brand: brand, Countries: []string{"XA"}, Languages: []string{"fr"}, Desk: "Desk", Email: "desk@example.org"}
		_, err := s.Set(ctx, w.actor["holder"], "", 0, d)
		w.must(err)
		w.tick()
		switch i {
		case 0:
			w.must(s.Test(ctx, w.actor["xa.officer"], of, d.ID, false, "Nobody."))
		case 1:
			d.Phone = "+000 1"
			_, err = s.Set(ctx, w.actor["holder"], of, 1, d)
			w.must(err)
		case 2:
			w.must(s.Drop(ctx, w.actor["holder"], of, d.ID))
		}
	}
}

// publish makes sheets: one is published twice, marked and confirmed, one is
// withdrawn, one stays a draft.
func (w *world) publish(brands []holder.BrandID) product.Name {
	ctx, who, s := w.t.Context(), w.actor["holder"], product.NewStore(w.db, journal.New(w.source), w.source)
	names := make([]product.Name, 3)
	for i := range names {
		c := product.Content{Language: "en", Name: product.Text{"en": "Shirt", "fr": "Chemise"}, Category: "CLO", HS: []string{"6109"}, Valid: w.day(300),
			Codes:    []product.Code{{Kind: product.Model, Value: "C-1"}, {Kind: product.SKU, Value: string(rune('a'+i)) + "-77"}},
			Features: []product.Feature{{Title: product.Text{"en": "Seam"}, Genuine: product.Text{"en": "Straight."}, Fake: product.Text{"en": "Crooked."}}},
			Pairs:    []product.Pair{{Genuine: w.deed("holder", "c.png")}}}
		names[i] = product.Name{ID: product.ID(w.source.ID()), From: w.body["holder"].ID}
		made, _, err := s.Save(ctx, who, product.Saving{ID: names[i].ID, Brand: brands[i], Content: c})
		w.must(err)
		if i == 2 {
			continue
		}
		w.tick()
		made, err = s.Publish(ctx, who, names[i], product.Publishing{Edit: made.Edit, To: product.To{All: i == 0, Operations: []operation.Code{code}[:i]}})
		w.must(err)
		w.tick()
		c.Codes = c.Codes[1:]
		made, _, err = s.Save(ctx, who, product.Saving{ID: names[i].ID, Brand: brands[i], Edit: made.Edit, Content: c})
		w.must(err)
		made, err = s.Publish(ctx, who, names[i], product.Publishing{Edit: made.Edit, Note: "A code less.", To: product.To{All: i == 0, Operations: []operation.Code{code}[:i]}})
		w.must(err)
		w.part(s, names[i])
		for n, kind := range []string{"helped", "misleading", "misleading", "misleading"} {
			w.tick()
			by := []string{"xa.officer", "xb.officer", "xa", "xb"}[n]
			w.must(s.Mark(ctx, w.actor[by], names[i], product.Marking{ID: w.source.ID(), Version: made.Version, Kind: kind, Note: "The seam."}))
		}
		w.tick()
		if i == 0 {
			w.must(s.Confirm(ctx, who, names[i], made.Version, w.day(200)))
		} else {
			w.must(s.Withdraw(ctx, who, names[i], "No longer made."))
		}
	}
	return names[0]
}

func (w *world) part(s *product.Store, n product.Name) {
	w.tick()
	_, err := s.SetPart(w.t.Context(), w.actor["holder"], n, product.Parting{Kind: product.Traders, Language: "en", To: product.To{Countries: []string{"XA"}},
		Traders: []product.Trader{{Role: "maker", Name: "Loom", Country: "XC", Authorised: true}}})
	w.must(err)
	_, err = s.SetPart(w.t.Context(), w.actor["holder"], n, product.Parting{Kind: product.Covert, Language: "en", Pairs: []product.Pair{{Genuine: w.deed("holder", "d.png")}},
		Features: []product.Feature{{Title: product.Text{"en": "Thread"}, Genuine: product.Text{"en": "Glows."}}}})
	w.must(err)
}

// open has officers open what is kept apart, and administrations say what of it may
// be known.
func (w *world) open(n product.Name) {
	ctx := w.t.Context()
	s, consents := inspection.NewStore(w.db, journal.New(w.source), w.source, w.files()), usage.NewStore(w.db, journal.New(w.source), w.source)
	for _, who := range []string{"xa.officer", "xb.officer", "xa"} {
		w.tick()
		_, _, err := s.Open(ctx, w.actor[who], inspection.Opening{ID: inspection.ID(w.source.ID()), Sheet: n, Kind: inspection.Goods, Number: "MSKU 1", Place: "Berth 4"})
		w.must(err)
	}
	for i, who := range []string{"xa", "xb", "xa"} {
		w.tick()
		_, err := consents.Consent(ctx, w.actor[who], usage.Consenting{Openings: true, Figures: i > 1})
		w.must(err)
	}
}

// protect says what an administration may do, and files applications for action.
func (w *world) protect(brand holder.BrandID) {
	ctx, s := w.t.Context(), protection.NewStore(w.db, journal.New(w.source), w.source)
	for _, who := range []struct {
		name string
		seen int64
	}{{"xa", 0}, {"xb", 0}, {"xa", 1}} {
		w.tick()
		_, err := s.SetMeasure(ctx, w.actor[who.name], protection.MeasureDraft{ID: protection.MeasureID(w.source.ID()), Seen: who.seen, Rights: []string{"trade-mark"},
			Directions: []string{"import"}, ExOfficio: protection.Yes, How: "By letter.", Source: "The act", Date: "2017-01-01"})
		w.must(err)
	}
	for i, who := range []string{"holder", "xa", "holder"} {
		w.tick()
		d := protection.Draft{ID: protection.ApplicationID(w.source.ID()), Holder: w.body["holder"].ID, Brands: []holder.BrandID{brand}, Country: "XA", Contact: "The desk.", Since: w.day(0), Until: w.day(300)}
		made, _, err := s.File(ctx, w.actor[who], d)
		w.must(err)
		if i == 0 {
			w.tick()
			d.State, d.Number, d.Reason = protection.Accepted, "A-1", "Complete."
			_, err = s.Amend(ctx, w.actor["xa"], protection.Name{ID: made.ID, From: w.body["holder"].ID}, d, made.Version)
			w.must(err)
		}
	}
}

// raise raises alerts: they are acknowledged, reminded of, withdrawn.
func (w *world) raise() {
	ctx, s := w.t.Context(), alert.NewStore(w.db, journal.New(w.source), w.source)
	for i := range 3 {
		w.tick()
		a, _, err := s.Issue(ctx, w.actor["wco"], alert.Draft{ID: alert.ID(w.source.ID()), Kind: "trend", Level: alert.Urgent, Title: "Seams", Look: "Crooked seams.", Do: "Look.", Language: "en",
			Until: w.day(20), All: i < 2, Countries: []string{"XA"}[:i/2]})
		w.must(err)
		n := alert.Name{ID: a.ID}
		w.tick()
		w.must(s.Remind(ctx, w.actor["wco"], n))
		for _, who := range []string{"xa.officer", "xb.officer"}[:2-i/2] {
			w.tick()
			w.must(s.Acknowledge(ctx, w.actor[who], n))
		}
		if i == 1 {
			w.must(s.Withdraw(ctx, w.actor["wco"], n, "Found."))
		}
	}
	w.tick()
	_, _, err := s.Issue(ctx, w.actor["wco"], alert.Draft{ID: alert.ID(w.source.ID()), Kind: "recall", Level: alert.Urgent, Title: "Seals", Look: "Flat seals.", Do: "Look.", Language: "en",
		Until: w.day(20), Operations: []operation.Code{code}})
	w.must(err)
	w.source.Set(w.source.Now().Add(5 * time.Hour))
	_, err = s.RemindDue(ctx)
	w.must(err)
}

// ask asks the right holder about cases, and all of them about goods.
func (w *world) ask() {
	ctx, officer, j := w.t.Context(), w.actor["xa.officer"], journal.New(w.source)
	s := inquiry.NewStore(w.db, j, w.source, detention.NewStore(w.db, j, w.source), w.files())
	w.assign("holder", "holder.officer", access.RightHolder)
	for i := range 3 {
		w.tick()
		c, err := w.cases.Report(ctx, officer, code, w.shirt())
		w.must(err)
		q, err := s.Ask(ctx, officer, code, c.Reference, inquiry.Draft{ID: inquiry.ID(w.source.ID()), Holder: w.body["holder"].ID, Line: 1, Fields: []string{"nature", "quantity"},
			Question: "Is it yours?", Language: "en", Due: w.day(7)})
		w.must(err)
		w.tick()
		switch i {
		case 0:
			_, err = s.Answer(ctx, w.actor["holder.officer"], code, q.ID, inquiry.AnswerDraft{Verdict: "fake", Reasons: "The seam.", Language: "en"})
			w.must(err)
			_, err = s.Reply(ctx, w.actor["holder.officer"], code, q.ID, inquiry.ReplyDraft{Infringes: "yes", Language: "en"})
			w.must(err)
		case 1:
			w.must(s.Withdraw(ctx, officer, code, q.ID, "Settled."))
		}
	}
	_, err := s.Request(ctx, officer, inquiry.RequestDraft{ID: inquiry.ID(w.source.ID()), Category: "CLO", Question: "A shirt.", Language: "en", Due: w.day(7)})
	w.must(err)
	w.source.Set(w.source.Now().AddDate(0, 0, 6))
	_, err = s.RemindDue(ctx)
	w.must(err)
}

func (w *world) shirt() seizure.Draft {
	return seizure.Draft{ID: seizure.ID(w.source.ID()), Country: "XA", Day: "2017-02-06", Language: "en",
		Goods: []goods.Line{{Category: "CLO", Description: "Shirts", Brand: "Canary", Quantities: []goods.Quantity{{Micro: 7e6, Unit: "H87"}}}}}
}
