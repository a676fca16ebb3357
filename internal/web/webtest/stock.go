package webtest

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/product"
)

// Covert gives the sheet of ProductSheet covert features with a pair of pictures.
func (w *World) Covert() product.ID {
	w.T.Helper()
	name, who := product.Name{ID: w.ProductSheet()}, w.Session("right-holder").Actor
	old, err := w.App.Products.Read(w.T.Context(), who, name, 0)
	w.must(err)
	if old.Covert {
		return name.ID
	}
	_, err = w.App.Products.SetPart(w.T.Context(), who, name, product.Parting{Kind: product.Covert, Language: "en",
		Features: []product.Feature{
			{Title: product.Text{"en": "Thread in the flap", "ar": "خيط في الطيّة"}, Genuine: product.Text{"en": "Glows green under ultraviolet light of 365 nm."}, Fake: product.Text{"en": "Does not glow."}},
			{Title: product.Text{"en": "Micro-text on the seal"}, Genuine: product.Text{"en": "Reads ORVANELLE twelve times."}, Fake: product.Text{"en": "A grey line."}},
		},
		Pairs: []product.Pair{{Genuine: w.Upload("right-holder", "covert-genuine.png", Box(false, true)), Fake: w.Upload("right-holder", "covert-fake.png", Box(true, true))}}})
	w.must(err)
	return name.ID
}

// Masks hands in a file of three sheets, of which one can be taken, and gives the
// address where its rows are.
func (w *World) Masks() string {
	w.T.Helper()
	w.ProductSheet()
	id, err := w.App.MassUploads.Hand(w.T.Context(), w.Session("right-holder").Actor, "masks.csv", strings.NewReader(
		"number,brand,name,category,gtin,valid,feature 1,feature 1: genuine\nA-1,ORVANELLE,Day mask,COS,4006381333931,2018-01-31,Seal,Round\n"+
			"A-2,ORVANELLE,Night mask,COS,4006381333932,soon,,\nA-3,Unknown,Third,COS,,,,\n"))
	w.must(err)
	return "/p/import/rows?file=" + string(id)
}
