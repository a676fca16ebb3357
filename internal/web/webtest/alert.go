package webtest

import (
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/protection"
)

const tourAlert, tourApplication, tourMeasure = "01890a5d-ac96-774b-bcce-0000000a1e27", "01890a5d-ac96-774b-bcce-0000000a0001", "01890a5d-ac96-774b-bcce-0000000a0002"

// Alert gives the address of a page about an alert: {id} is one that coordination
// raised about a sheet of the right holder, which says all that an alert can.
func (w *World) Alert(path string) string {
	w.T.Helper()
	ctx, who := w.T.Context(), w.Session("coordinator")
	if _, err := w.App.Alerts.Read(ctx, who.Actor, alert.Name{ID: tourAlert}); err != nil {
		sheet := w.ProductSheet()
		s, err := w.App.Products.Read(ctx, w.Session("right-holder").Actor, product.Name{ID: sheet}, 0)
		w.must(err)
		_, _, err = w.App.Alerts.Issue(ctx, who.Actor, alert.Draft{ID: tourAlert, Kind: "shipment", Level: alert.Urgent, Title: "Face masks with mercury in mixed containers",
			Look: "White cartons of six boxes, declared as plastic goods.\nThe seal at the top is a plain disc without dots.", Do: "Wear gloves. Do not open tubes; send one sample to the laboratory.",
			Language: "en", Holder: w.Session("right-holder").Organisation.ID, Brand: s.Of.ID, Category: "COS", HS: "3304", From: []string{"CN"}, Via: []string{"SG", "AE"}, Into: []string{"KE", "JP"},
			Marks:  []consignment.Mark{{Kind: consignment.Container, Value: "CSQU3054383"}, {Kind: consignment.Seal, Value: "0482913"}},
			Sheets: []string{string(sheet)}, Pictures: []attachment.ID{w.Upload("coordinator", "front-fake.png", Box(true, false))},
			Until: w.App.Clock.Now().AddDate(0, 0, 20).Format(time.DateOnly), All: true})
		w.must(err)
		w.must(w.App.Alerts.Acknowledge(ctx, w.Session("contact-point").Actor, alert.Name{ID: tourAlert, From: who.Organisation.ID}))
	}
	return strings.NewReplacer("{id}", tourAlert, "{of}", string(who.Organisation.ID)).Replace(path)
}

// Application gives the address of a page about applications for action: {id} is one
// that the right holder filed with the officer's administration, which has said what it
// may do at its border.
func (w *World) Application(path string) string {
	w.T.Helper()
	ctx, who, customs := w.T.Context(), w.Session("right-holder"), w.Session("contact-point")
	n := protection.Name{ID: tourApplication, From: who.Organisation.ID}
	if _, err := w.App.Protections.Read(ctx, who.Actor, n); err != nil {
		day := func(years int) string { return w.App.Clock.Now().AddDate(years, 0, 0).Format(time.DateOnly) }
		d := protection.Draft{ID: tourApplication, Brands: []holder.BrandID{w.Brand("right-holder", "ORVANELLE SOIE")}, Rights: []string{"1234567", "DM/201 442"}, Country: customs.Organisation.Country,
			Countries: []string{"JP"}, Categories: []string{"COS", "PHA"}, Directions: []string{"import", "transit"}, Since: day(0), Until: day(1),
			Contact: "Marques, Paris\n+33 1 23 45 67 89", Note: "Genuine goods come by air only."}
		_, _, err := w.App.Protections.File(ctx, who.Actor, d)
		w.must(err)
		d.State, d.Number, d.Reason = protection.Accepted, "AFA 2017/41", "Complete."
		_, err = w.App.Protections.Amend(ctx, customs.Actor, n, d, 1)
		w.must(err)
		_, err = w.App.Protections.SetMeasure(ctx, customs.Actor, protection.MeasureDraft{ID: tourMeasure, Rights: []string{"trade-mark", "design"}, Directions: []string{"import", "export"},
			ExOfficio: protection.Yes, Small: protection.No, How: "By letter to the customs office of the capital, with an extract of the register.", Source: "Customs Act, s. 62", Date: "2017-01-01"})
		w.must(err)
	}
	return strings.NewReplacer("{id}", tourApplication, "{of}", string(who.Organisation.ID)).Replace(path)
}
