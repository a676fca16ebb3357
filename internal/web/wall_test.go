package web_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/protection"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/usage"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// wall is a world with two rivals in its library. Beside the two of the story stand a
// second person of the right holder, somebody with a mandate of it, somebody with
// mandates of both, and an agent of the rival.
type wall struct {
	*world
	request string // the id of the right holder's part of a request
	asked   inquiry.ID
	of      seizure.Case // about which the right holder is asked
	brand   holder.Brand // the right holder's first
	theirs  holder.Brand // the rival's
	sheet   product.ID   // the rival's, of which everything is done
	gtin    string       // on it
}

// personas of the wall beside those of the story.
const (
	second   = "second-right-holder"
	advocate = "advocate"
	counsel  = "counsel"
	agent    = "agent"
	left     = "left-advocate"
)

const (
	common = 1 << 24 // where ids begin of what is the same in both worlds
	apart  = 1 << 25 // and of what the rival does in one
)

// newWall prepares what both worlds have.
func newWall(w *world) *wall {
	w.t.Helper()
	written = common
	v := &wall{world: w}
	w.app.Clock.Set(story.Ends.AddDate(0, 0, 1))
	for _, persona := range []string{advocate, counsel, agent, left} {
		v.joins(persona, "Firm of "+persona)
	}
	v.register(second, w.sessionOf("right-holder").Organisation.Number, "")
	v.brand, v.theirs = v.brandOf("right-holder", "ORVANELLE"), v.brandOf("rival-right-holder", "QUENTHALE")
	v.grants("right-holder", advocate)
	v.grants("right-holder", counsel)
	v.grants("rival-right-holder", counsel)
	ended := v.grants("right-holder", left)
	v.must(w.app.Holders.RevokeMandate(w.t.Context(), w.sessionOf("right-holder").Actor, w.sessionOf("right-holder").Organisation.ID, ended, "Ended"))
	v.consents()
	v.asks()
	v.app.Clock.Set(story.Ends.AddDate(0, 0, 70)) // when the month of the cases is closed
	return v
}

func (v *wall) must(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

func (v *wall) register(persona string, organisation int64, contactPoint string) {
	_, err := v.app.People.Register(v.t.Context(), v.sessionOf("administrator").Actor, person.Draft{ID: person.ID(nextID()), Login: persona, Name: "Person of " + persona,
		Language: "en", Organisation: organisation, Position: "Agent", ContactPoint: contactPoint, Persona: persona})
	v.must(err)
}

// joins makes an organisation of right holders with one person, a member of the library.
func (v *wall) joins(persona, name string) {
	ctx := v.t.Context()
	o, err := v.app.Organisations.Register(ctx, v.sessionOf("administrator").Actor, organisation.Draft{ID: organisation.ID(nextID()), Kind: "right-holder", Name: name,
		TimeZone: "UTC", Language: "en", ReleaseBy: "officer"})
	v.must(err)
	v.register(persona, o.Number, person.ContactPoint)
	director := v.sessionOf("director").Actor
	v.must(v.app.Operations.Invite(ctx, director, operation.Library, o.ID, access.RightHolderSide))
	read, err := v.app.Operations.Read(ctx, director, operation.Library)
	v.must(err)
	v.must(v.app.Operations.Accept(ctx, v.sessionOf(persona).Actor, operation.Library, read.Operation.Handling.Version))
}

func (v *wall) brandOf(persona, name string) holder.Brand {
	v.t.Helper()
	h, err := v.app.Holders.Read(v.t.Context(), v.sessionOf(persona).Actor, "")
	v.must(err)
	i := slices.IndexFunc(h.Brands, func(b holder.Brand) bool { return b.Name == name })
	return h.Brands[i]
}

func (v *wall) upload(persona, name string, content []byte) attachment.ID {
	v.t.Helper()
	a, err := v.app.Attachments.Receive(v.t.Context(), v.sessionOf(persona).Actor, operation.Library, attachment.Draft{ID: attachment.ID(nextID()), Name: name}, strings.NewReader(string(content)))
	v.must(err)
	return a.ID
}

// grants gives a mandate for everything, and has it checked.
func (v *wall) grants(from, to string) holder.ID {
	v.t.Helper()
	ctx, s := v.t.Context(), v.sessionOf(from)
	now := v.app.Clock.Now()
	m, err := v.app.Holders.Grant(ctx, s.Actor, holder.Granting{ID: holder.ID(nextID()), Representative: v.sessionOf(to).Organisation.ID, Since: now.Format(time.DateOnly),
		Until: now.AddDate(1, 0, 0).Format(time.DateOnly), Files: []attachment.ID{v.upload(from, "deed.pdf", []byte("%PDF-1.4\n"))}})
	v.must(err)
	_, err = v.app.Holders.Check(ctx, v.sessionOf("director").Actor, s.Organisation.ID, m.ID)
	v.must(err)
	return m.ID
}

// contacts are the contact points of administrations.
func (v *wall) contacts() (out []access.Actor) {
	v.t.Helper()
	_, members, err := v.app.Operations.People(v.t.Context(), v.sessionOf("coordinator").Actor, action)
	v.must(err)
	for _, m := range members {
		for _, p := range m.People {
			if m.Membership.Side == access.Enforcement && slices.Contains(p.Roles, access.ContactPoint) {
				out = append(out, access.Actor{Person: string(p.Person.ID), Organisation: m.Organisation.Number, ContactPoint: true})
				break
			}
		}
	}
	return out
}

// consents lets right holders know of openings and figures.
func (v *wall) consents() {
	for _, who := range v.contacts() {
		_, err := v.app.Usages.Consent(v.t.Context(), who, usage.Consenting{Openings: true, Figures: true})
		v.must(err)
	}
}

// asks asks the right holder about a case, and all who make cosmetics.
func (v *wall) asks() {
	v.of = v.countedCase()
	v.asked = v.ask("right-holder", "Yours?")
	v.requests("COS", "Who makes this?")
	p, err := v.app.Inquiries.List(v.t.Context(), v.sessionOf("right-holder").Actor, inquiry.Filter{})
	v.must(err)
	i := slices.IndexFunc(p.Items, func(i inquiry.View) bool { return i.Question == "Who makes this?" })
	v.request = string(p.Items[i].ID)
}

func (v *wall) ask(persona, question string) inquiry.ID {
	v.t.Helper()
	made, err := v.app.Inquiries.Ask(v.t.Context(), v.sessionOf("officer").Actor, action, v.of.Reference, inquiry.Draft{ID: inquiry.ID(nextID()),
		Holder: v.sessionOf(persona).Organisation.ID, Line: 1, Fields: []string{"nature"}, Question: question, Language: "en", Due: v.in(30)})
	v.must(err)
	return made.ID
}

func (v *wall) requests(category, question string) {
	v.t.Helper()
	_, err := v.app.Inquiries.Request(v.t.Context(), v.sessionOf("officer").Actor, inquiry.RequestDraft{ID: inquiry.ID(nextID()), Category: category, Question: question,
		Language: "en", Due: v.in(30)})
	v.must(err)
}

// in is a day so many days ahead.
func (v *wall) in(days int) string {
	return v.app.Clock.Now().AddDate(0, 0, days).Format(time.DateOnly)
}

// rival has the rival, and customs with it, do all that can be done.
func (v *wall) rival() {
	written = apart
	v.rivalBrands()
	v.rivalSheet()
	v.rivalDesk()
	v.rivalAsked()
	v.rivalMandates()
}

// rivalBrands: the same name, the same id, and one more.
func (v *wall) rivalBrands() {
	ctx, who := v.t.Context(), v.sessionOf("rival-right-holder").Actor
	twin := holder.BrandDraft{ID: v.brand.ID, Name: v.brand.Name, Also: v.brand.Also, Categories: v.brand.Categories, Rights: v.brand.Rights}
	made, err := v.app.Holders.RegisterBrand(ctx, who, "", twin)
	v.must(err)
	twin.Also = append(twin.Also, "QUENVANELLE")
	_, err = v.app.Holders.AmendBrand(ctx, who, "", made.ID, made.Version, twin)
	v.must(err)
	_, err = v.app.Holders.RegisterBrand(ctx, who, "", holder.BrandDraft{ID: holder.BrandID(nextID()), Name: "QUENSECRET", Categories: []string{"COS", "MED"}})
	v.must(err)
	_, err = v.app.Holders.Apply(ctx, who, holder.Application{ID: holder.ID(nextID()), Register: "Quensecret register", Extract: "1", Country: "GB",
		Files: []attachment.ID{v.upload("rival-right-holder", "extract.pdf", []byte("%PDF-1.4\n"))}})
	v.must(err)
}

// rivalSheet: a sheet under the id of one of the right holder's, with its code and its
// pictures' names, through all that can become of one; and drafts beside it.
func (v *wall) rivalSheet() {
	ctx, who := v.t.Context(), v.sessionOf("rival-right-holder").Actor
	own := v.sheetOf("right-holder")
	v.sheet, v.gtin = own.ID, own.Content.Codes[0].Value
	n := product.Name{ID: v.sheet, From: v.sessionOf("rival-right-holder").Organisation.ID}
	c := product.Content{Language: "en", Name: product.Text{"en": "Quensecret soap"}, Category: "COS", HS: []string{"3401"}, Valid: v.in(300), Description: product.Text{"en": "Quensecret words"},
		Codes:    []product.Code{{Kind: product.GTIN, Value: v.gtin}, {Kind: product.Model, Value: "QS-1"}},
		Features: []product.Feature{{Title: product.Text{"en": "Seal"}, Genuine: product.Text{"en": "Gold"}}},
		Pairs:    []product.Pair{{Genuine: v.upload("rival-right-holder", "front.png", webtest.Box(false, false)), Fake: v.upload("rival-right-holder", "fake.png", webtest.Box(true, false))}}}
	made, _, err := v.app.Products.Save(ctx, who, product.Saving{ID: v.sheet, Brand: v.brand.ID, Content: c})
	v.must(err)
	to := product.To{All: true}
	_, err = v.app.Products.Publish(ctx, who, n, product.Publishing{Edit: made.Edit, To: to})
	v.must(err)
	_, err = v.app.Products.SetPart(ctx, who, n, product.Parting{Kind: product.Traders, Language: "en", To: to, Traders: []product.Trader{{Role: "licensee", Name: "Quensecret Works", Country: "CN", Authorised: true}}})
	v.must(err)
	_, err = v.app.Products.SetPart(ctx, who, n, product.Parting{Kind: product.Covert, Language: "en", Features: c.Features,
		Pairs: []product.Pair{{Genuine: v.upload("rival-right-holder", "covert.png", webtest.Box(false, true))}}})
	v.must(err)
	v.marked(n)
	c.Description = product.Text{"en": "Quensecret words, revised"}
	made, _, err = v.app.Products.Save(ctx, who, product.Saving{ID: v.sheet, Brand: v.brand.ID, Content: c, Edit: made.Edit})
	v.must(err)
	made, err = v.app.Products.Publish(ctx, who, n, product.Publishing{Edit: made.Edit, To: to})
	v.must(err)
	v.must(v.app.Products.Confirm(ctx, who, n, made.Version, v.in(320)))
	for i := range 25 { // more than a page, drafts among them
		id := product.ID(nextID())
		one, _, err := v.app.Products.Save(ctx, who, product.Saving{ID: id, Brand: v.theirs.ID, Content: plainSheet(c, i)})
		v.must(err)
		if i%2 == 0 {
			_, err = v.app.Products.Publish(ctx, who, product.Name{ID: id}, product.Publishing{Edit: one.Edit, To: to})
			v.must(err)
		}
		if i == 4 {
			v.must(v.app.Products.Withdraw(ctx, who, product.Name{ID: id}, "Quensecret reason"))
		}
	}
	_, err = v.app.MassUploads.Hand(ctx, who, "quensecret.csv", strings.NewReader("number,brand,name\n1,QUENSECRET,Soap\n"))
	v.must(err)
}

// marked: officers say what they think of it, and look at what is covert.
func (v *wall) marked(n product.Name) {
	for i, o := range v.officers() {
		kind := []string{product.Misleading, product.Helped, product.Used}[i%3]
		v.must(v.app.Products.Mark(v.t.Context(), o.Actor, n, product.Marking{ID: nextID(), Kind: kind, Version: 1, Note: "Quensecret note"}))
	}
	officer := v.sessionOf("officer").Actor
	_, err := v.app.Products.Read(v.t.Context(), officer, n, 0)
	v.must(err)
	_, _, err = v.app.Inspections.Open(v.t.Context(), officer, inspection.Opening{ID: inspection.ID(nextID()), Sheet: n, Kind: inspection.Goods, Number: "CSQU3054383", Place: "Quay"})
	v.must(err)
}

// sheetOf is a published sheet of somebody's that has a code.
func (v *wall) sheetOf(persona string) product.Item {
	v.t.Helper()
	f, err := v.app.Products.Find(v.t.Context(), v.sessionOf(persona).Actor, product.Query{Limit: 100})
	v.must(err)
	i := slices.IndexFunc(f.Items, func(i product.Item) bool { return len(i.Content.Codes) > 0 })
	return f.Items[i]
}

// rivalDesk: alerts, contacts and applications, under the right holder's ids, too.
func (v *wall) rivalDesk() {
	ctx, who, of := v.t.Context(), v.sessionOf("rival-right-holder").Actor, v.sessionOf("rival-right-holder").Organisation.ID
	own, err := v.app.Alerts.List(ctx, v.sessionOf("right-holder").Actor, alert.Filter{})
	v.must(err)
	ids := []alert.ID{slices.Concat(own.Current, own.Earlier)[0].ID}
	for range 60 { // more than a page
		ids = append(ids, alert.ID(nextID()))
	}
	for i, id := range ids {
		_, _, err := v.app.Alerts.Issue(ctx, who, alert.Draft{ID: id, Kind: "trend", Level: "urgent", Title: "Quensecret alert", Look: "Boxes", Language: "en", Until: v.in(20), All: true, Brand: v.brand.ID})
		v.must(err)
		if i < 2 {
			v.must(v.app.Alerts.Acknowledge(ctx, v.sessionOf("officer").Actor, alert.Name{ID: id, From: of}))
			v.must(v.app.Alerts.Withdraw(ctx, who, alert.Name{ID: id, From: of}, "Quensecret reason"))
		}
	}
	list, err := v.app.Contacts.List(ctx, v.sessionOf("right-holder").Actor, contact.Filter{})
	v.must(err)
	for i, id := range []contact.ID{list.Items[0].ID, contact.ID(nextID())} {
		c, err := v.app.Contacts.Set(ctx, who, "", 0, contact.Draft{ID: id, Desk: fmt.Sprint("Quensecret desk ", i), Languages: []string{"en"}, Phone: "+65 6123 4567"})
		v.must(err)
		v.must(v.app.Contacts.Test(ctx, v.sessionOf("officer").Actor, of, c.ID, true, "Quensecret"))
	}
	for i := range 2 {
		a, _, err := v.app.Protections.File(ctx, who, protection.Draft{ID: protection.ApplicationID(nextID()), Brands: []holder.BrandID{v.theirs.ID}, Country: "XA", Contact: "Desk", Note: "Quensecret"})
		v.must(err)
		if i == 1 {
			d := a.Draft()
			d.State, d.Reason = protection.Revoked, "Quensecret"
			_, err = v.app.Protections.Amend(ctx, who, protection.Name{ID: a.ID}, d, a.Version)
			v.must(err)
		}
	}
}

// rivalAsked: the rival is asked about the same case, answers, and is asked in the library.
func (v *wall) rivalAsked() {
	ctx, who := v.t.Context(), v.sessionOf("rival-right-holder").Actor
	id := v.ask("rival-right-holder", "Quensecret?")
	_, err := v.app.Inquiries.Answer(ctx, who, action, id, inquiry.AnswerDraft{Verdict: "fake", Reasons: "Quensecret", Language: "en"})
	v.must(err)
	_, err = v.app.Inquiries.Reply(ctx, who, action, id, inquiry.ReplyDraft{Infringes: "yes", Destruction: "yes", Language: "en"})
	v.must(err)
	v.must(v.app.Inquiries.Withdraw(ctx, v.sessionOf("officer").Actor, action, v.ask("rival-right-holder", "Quensecret again?"), "Quensecret"))
	v.requests("MED", "Quensecret lenses?")
	p, err := v.app.Inquiries.List(ctx, who, inquiry.Filter{})
	v.must(err)
	for _, i := range p.Items {
		if i.Question == "Who makes this?" {
			_, err := v.app.Inquiries.Answer(ctx, who, operation.Library, i.ID, inquiry.AnswerDraft{Verdict: "genuine", Reasons: "Quensecret", Language: "en"})
			v.must(err)
		}
	}
}

// rivalMandates: one holds, one was revoked.
func (v *wall) rivalMandates() {
	v.grants("rival-right-holder", agent)
	gone := v.grants("rival-right-holder", agent)
	s := v.sessionOf("rival-right-holder")
	v.must(v.app.Holders.RevokeMandate(v.t.Context(), s.Actor, s.Organisation.ID, gone, "Quensecret"))
}

// plainSheet is a sheet without pictures, with a number of its own.
func plainSheet(c product.Content, n int) product.Content {
	c.Pairs, c.Codes = nil, []product.Code{{Kind: product.Model, Value: fmt.Sprint("QS-X", n)}}
	return c
}
