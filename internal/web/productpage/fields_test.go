package productpage

import (
	"net/url"
	"reflect"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

func sample() product.Content {
	text := func(en, th string) product.Text { return product.Text{"en": en, "th": th} }
	return product.Content{Language: "en", Name: text("Mask", "มาสก์"), Category: "COS", HS: []string{"3304"}, Valid: "2027-01-31",
		Codes: []product.Code{{Kind: product.GTIN, Value: "4006381333931"}, {Kind: product.Model, Value: "A 1"}},
		Pairs: []product.Pair{{Genuine: "g1"}, {Genuine: "g2", Fake: "f2", Caption: text("Back", "ด้านหลัง")}},
		Features: []product.Feature{{Title: text("Seal", "ตรา"), Genuine: text("Gold", "ทอง")},
			{Title: text("Bars", "แท่ง"), Genuine: text("Long", "ยาว"), Fake: text("Short", "สั้น"),
				Spots: []product.Spot{{Pair: 1, Genuine: [2]int{1, 2}, Fake: nowhere, Diameter: 100}, {Pair: 2, Genuine: [2]int{10, 20}, Fake: [2]int{30, 40}, Diameter: 50}}}},
		Routes: []product.Route{{From: "FR", To: "KE"}}}
}

// What is written into the form is read from it again.
func TestFormHoldsTheContent(t *testing.T) {
	var p fault.Problems
	if got := contentOf(tidy(formOf(sample()), false, ""), &p); p.Fault() != nil || !reflect.DeepEqual(got, sample()) {
		t.Errorf("\n got %+v\nwant %+v\n%v", got, sample(), p.Fault())
	}
}

// A pair that is taken out takes its spots along; those of later pairs follow them.
func TestSpotsFollowTheirPair(t *testing.T) {
	form, _ := changed(formOf(sample()), "remove-pairs.1")
	var p fault.Problems
	c := contentOf(tidy(form, false, ""), &p)
	if len(c.Pairs) != 1 || c.Pairs[0].Fake != "f2" || len(c.Features[1].Spots) != 1 || c.Features[1].Spots[0].Pair != 1 || c.Features[1].Spots[0].Fake != [2]int{30, 40} {
		t.Errorf("%+v", c)
	}
}

// A language that is taken out takes its texts along, and no others.
func TestLanguagesComeAndGo(t *testing.T) {
	form, focus := changed(formOf(sample()), "add-language")
	if focus != "language.3" || tongues(form) != 3 {
		t.Fatalf("%q, %d", focus, tongues(form))
	}
	form, _ = changed(form, "remove-language.1")
	var p fault.Problems
	form.Del("language.2")
	c := contentOf(tidy(form, false, ""), &p)
	if c.Language != "th" || c.Name["th"] != "มาสก์" || len(c.Name) != 1 || c.Pairs[1].Genuine != "g2" || len(c.Features[1].Spots) != 2 {
		t.Errorf("%+v", c)
	}
}

// A picture that was just chosen replaces the one before; a ticked box takes it out.
func TestPicturesOfAForm(t *testing.T) {
	form := url.Values{"pairs.1.genuine": {"old", "new", ""}, "pairs.1.fake": {"gone"}, "pairs.1.drop": {"fake"}}
	if p := pairOf(form, 1); p.Genuine != "new" || p.Fake != "" {
		t.Errorf("%+v", p)
	}
}
