package webtest

import (
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/holder"
)

// Holders gives the address of a page about right holders. The right holder has a brand
// and contacts, and waits for a mandate to be checked; its rival has shown anew who it is. Of an address {own}, {rival}, {vetting} (the rival's), {mandate}, {brand} and
// {contact} are filled in.
func (w *World) Holders(path string) string {
	w.T.Helper()
	w.Library()
	ctx := w.T.Context()
	own, rival := w.Session("right-holder"), w.Session("rival-right-holder")
	h, err := w.App.Holders.Read(ctx, own.Actor, "")
	w.must(err)
	if len(h.Given) == 0 {
		w.show()
		h, err = w.App.Holders.Read(ctx, own.Actor, "")
		w.must(err)
	}
	r, err := w.App.Holders.Read(ctx, rival.Actor, "")
	w.must(err)
	c, err := w.App.Contacts.List(ctx, own.Actor, contact.Filter{})
	w.must(err)
	return strings.NewReplacer("{own}", string(own.Organisation.ID), "{rival}", string(rival.Organisation.ID), "{vetting}", string(r.Vettings[0].ID),
		"{mandate}", string(h.Given[0].ID), "{brand}", string(h.Brands[0].ID), "{contact}", string(c.Items[0].ID)).Replace(path)
}

// deed has somebody upload a document to the library.
func (w *World) deed(persona string) []attachment.ID {
	return []attachment.ID{w.Upload(persona, "extract.pdf", []byte("%PDF-1.4\n"))}
}

func (w *World) show() {
	ctx, own, rival := w.T.Context(), w.Session("right-holder"), w.Session("rival-right-holder")
	in := func(years int) string { return w.App.Clock.Now().AddDate(years, 0, 0).Format(time.DateOnly) }
	_, err := w.App.Holders.Apply(ctx, rival.Actor, holder.Application{Register: "Companies House", Extract: "01234567", Country: "GB",
		Note: "Since 1987", Files: w.deed("rival-right-holder")})
	w.must(err)
	b, err := w.App.Holders.RegisterBrand(ctx, own.Actor, "", holder.BrandDraft{Name: "ORVANELLE FLEUR", Also: []string{"أورفانيل", "欧华妮"}, Categories: []string{"COS", "PHA"},
		Rights: []holder.Right{
			{Kind: "trade-mark", Number: "018 123 456", Classes: []int{3, 5}, Countries: []string{"FR", "DE", "JP"}, Since: "2012-05-02", Until: in(4)},
			{Kind: "design", Number: "DM/201 442", Countries: []string{"FR"}, Until: in(-1), Note: "The flask."}}})
	w.must(err)
	_, err = w.App.Holders.Grant(ctx, own.Actor, holder.Granting{Representative: rival.Organisation.ID, Brands: []holder.BrandID{b.ID}, Countries: []string{"JP"},
		Since: in(0), Until: in(2), Note: "Signed 2017", Files: w.deed("right-holder")})
	w.must(err)
	for i, d := range []contact.Draft{
		{Desk: "Brand protection, Asia", Brand: b.ID, Countries: []string{"JP", "SG"}, Languages: []string{"en", "ja"}, Email: "asia@orvanelle.example", Phone: "+65 6123 4567", Hours: "Mon-Fri 9-18"},
		{Desk: "Marques, Paris", Languages: []string{"fr"}, Email: "marques@orvanelle.example"},
		{Desk: "Night desk", Languages: []string{"en"}, Phone: "+33 1 23 45 67 89"}} {
		c, err := w.App.Contacts.Set(ctx, own.Actor, "", 0, d)
		w.must(err)
		if i < 2 {
			w.must(w.App.Contacts.Test(ctx, w.Session("officer").Actor, own.Organisation.ID, c.ID, i == 0, "Asked"))
		}
	}
}
