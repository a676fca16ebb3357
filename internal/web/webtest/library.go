package webtest

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Upload sends a file into the library, which no record has yet.
func (w *World) Upload(persona, name string, content []byte) attachment.ID {
	w.T.Helper()
	a, err := w.App.Attachments.Receive(w.T.Context(), w.Session(persona).Actor, operation.Library,
		attachment.Draft{ID: attachment.ID(source.Real().ID()), Name: name}, bytes.NewReader(content))
	w.must(err)
	return a.ID
}

// Library wants the story's library of product sheets to be there.
func (w *World) Library() {
	w.T.Helper()
	_, err := w.App.Operations.Read(w.T.Context(), w.Session("director").Actor, operation.Library)
	w.must(err)
}

// Brand registers a brand of a right holder, where it has none of that name.
func (w *World) Brand(persona, name string) holder.BrandID {
	w.T.Helper()
	w.Library()
	ctx, s := w.T.Context(), w.Session(persona)
	h, err := w.App.Holders.Read(ctx, s.Actor, s.Organisation.ID)
	w.must(err)
	if !h.Card.Vetted {
		asked, err := w.App.Holders.Apply(ctx, s.Actor, holder.Application{Register: "Trade register", Extract: "B 4711", Country: "FR", Files: w.deed(persona)})
		w.must(err)
		_, err = w.App.Holders.Vet(ctx, w.Session("director").Actor, s.Organisation.ID, asked.ID, w.App.Clock.Now().AddDate(3, 0, 0).Format(time.DateOnly))
		w.must(err)
	}
	for _, b := range h.Brands {
		if b.Name == name {
			return b.ID
		}
	}
	b, err := w.App.Holders.RegisterBrand(ctx, s.Actor, s.Organisation.ID, holder.BrandDraft{Name: name, Categories: []string{"COS"},
		Rights: []holder.Right{{Kind: "trade-mark", Number: "1234567", Classes: []int{3}, Countries: []string{w.Session("officer").Organisation.Country, "FR"}}}})
	w.must(err)
	return b.ID
}

// GTIN is the number below the bars of the product of ProductSheet.
const GTIN = "4006381333931"

// ProductSheet publishes a sheet of the right holder for all customs, in English and
// Arabic, and gives its id.
func (w *World) ProductSheet() product.ID {
	w.T.Helper()
	ctx, who := w.T.Context(), w.Session("right-holder").Actor
	brand := w.Brand("right-holder", "ORVANELLE SOIE")
	found, err := w.App.Products.Find(ctx, who, product.Query{Code: GTIN})
	w.must(err)
	if len(found.Items) > 0 {
		return found.Items[0].ID
	}
	made, _, err := w.App.Products.Save(ctx, who, product.Saving{Brand: brand, Content: w.Mask()})
	w.must(err)
	_, err = w.App.Products.Publish(ctx, who, product.Name{ID: made.ID}, product.Publishing{Edit: made.Edit, To: product.To{All: true}})
	w.must(err)
	return made.ID
}

// Mask is what a sheet about a face mask says, with two pairs of pictures that the
// right holder has just sent.
func (w *World) Mask() product.Content {
	w.T.Helper()
	send := func(name string, fake, back bool) attachment.ID {
		return w.Upload("right-holder", name, Box(fake, back))
	}
	text := func(en, ar string) product.Text { return product.Text{"en": en, "ar": ar} }
	return product.Content{Language: "en", Name: text("ORVANELLE SOIE face mask, 50 ml", "قناع الوجه أورفانيل سوا، 50 مل"), Category: "COS", HS: []string{"3304"},
		Codes:       []product.Code{{Kind: product.GTIN, Value: GTIN}, {Kind: product.Model, Value: "SOIE-50"}},
		Description: text("A folding box with a tube of 50 ml.", "علبة قابلة للطي فيها أنبوب 50 مل."),
		Danger:      text("Fakes held mercury. Wear gloves; do not open tubes.", "وُجد الزئبق في المقلَّد. البسوا القفازات ولا تفتحوا الأنابيب."),
		Handling:    text("Keep below 25 °C.", "تُحفظ دون 25 درجة مئوية."),
		Packaging:   text("Six boxes in a white carton, sealed with tape that bears the name.", "ست علب في كرتونة بيضاء مختومة بشريط يحمل الاسم."),
		Pairs: []product.Pair{{Genuine: send("front.png", false, false), Fake: send("front-fake.png", true, false), Caption: text("Front of the box", "وجه العلبة")},
			{Genuine: send("back.png", false, true), Fake: send("back-fake.png", true, true), Caption: text("Back of the box", "ظهر العلبة")}},
		Features: []product.Feature{
			{Title: text("Seal at the top", "الختم في الأعلى"), Genuine: text("Round and gold, with a ring of twelve dots.", "مستدير ذهبي تحيط به اثنتا عشرة نقطة."), Fake: text("A plain disc without dots.", "قرص بسيط بلا نقاط."),
				Spots: []product.Spot{{Pair: 1, Genuine: [2]int{500, 235}, Fake: [2]int{500, 235}, Diameter: 240}}},
			{Title: text("Line below the name", "الخط تحت الاسم"), Genuine: text("Thin, and as wide as the name.", "رفيع وبعرض الاسم."), Fake: text("Thick, and shorter than the name.", "سميك وأقصر من الاسم."),
				Spots: []product.Spot{{Pair: 1, Genuine: [2]int{500, 560}, Fake: [2]int{440, 560}, Diameter: 260}}},
			{Title: text("Bars of the code", "خطوط الرمز"), Genuine: text("The outer bars are longer than the others.", "الخطوط الخارجية أطول من غيرها."), Fake: text("All bars have one length.", "كل الخطوط بطول واحد."),
				Spots: []product.Spot{{Pair: 2, Genuine: [2]int{500, 720}, Fake: [2]int{500, 720}, Diameter: 400}}}},
		Routes: []product.Route{{From: "FR", Via: "AE", To: "IN", Conveyance: "air"}, {From: "FR", To: "KE"}},
		Valid:  w.App.Clock.Now().AddDate(0, 11, 0).Format(time.DateOnly)}
}

// Box draws the front or the back of a box, as its maker prints it or as somebody
// who has seen it once does.
func Box(fake, back bool) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 900, 1200))
	fill := func(r image.Rectangle, c color.Color) { draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src) }
	ground, ink, gold := color.RGBA{244, 236, 224, 255}, color.RGBA{62, 34, 60, 255}, color.RGBA{190, 140, 50, 255}
	if fake {
		ground, gold = color.RGBA{250, 244, 226, 255}, color.RGBA{214, 176, 40, 255}
	}
	for y := range 1200 {
		for x := range 900 {
			shade := uint8(12 * y / 1200)
			m.SetRGBA(x, y, color.RGBA{ground.R - shade, ground.G - shade, ground.B - shade, 255})
		}
	}
	fill(image.Rect(0, 0, 900, 60), ink)
	fill(image.Rect(0, 1140, 900, 1200), ink)
	if back {
		bars(m, ink, !fake)
		for i := range 9 {
			fill(image.Rect(120, 160+i*44, 780-(i*53)%200, 174+i*44), color.RGBA{120, 100, 116, 255})
		}
	} else {
		disc(m, 450, 280, 105, gold)
		disc(m, 450, 280, 80, color.RGBA{ground.R, ground.G, ground.B, 255})
		disc(m, 450, 280, 66, gold)
		if !fake {
			for i := range 12 {
				a := float64(i) * math.Pi / 6
				disc(m, 450+int(92*math.Cos(a)), 280+int(92*math.Sin(a)), 7, ink)
			}
		}
		name(m, ink, fake)
		line := image.Rect(150, 668, 750, 674)
		if fake {
			line = image.Rect(230, 664, 560, 682)
		}
		fill(line, gold)
		fill(image.Rect(300, 860, 600, 872), color.RGBA{120, 100, 116, 255})
		fill(image.Rect(340, 900, 560, 912), color.RGBA{120, 100, 116, 255})
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m)
	return b.Bytes()
}

func disc(m *image.RGBA, cx, cy, r int, c color.RGBA) {
	for y := -r; y <= r; y++ {
		for x := -r; x <= r; x++ {
			if x*x+y*y <= r*r {
				m.SetRGBA(cx+x, cy+y, c)
			}
		}
	}
}

// name draws letters that are none: nine forms beside each other.
func name(m *image.RGBA, c color.RGBA, fake bool) {
	for i := range 9 {
		x, w := 155+i*68, 44
		if fake {
			x, w = 150+i*68+(i%3)*4, 40
		}
		draw.Draw(m, image.Rect(x, 520, x+9, 630), image.NewUniform(c), image.Point{}, draw.Src)
		if i%2 == 0 {
			draw.Draw(m, image.Rect(x+w-9, 520, x+w, 630), image.NewUniform(c), image.Point{}, draw.Src)
		}
		draw.Draw(m, image.Rect(x, 520+(i*37)%90, x+w, 529+(i*37)%90), image.NewUniform(c), image.Point{}, draw.Src)
	}
}

func bars(m *image.RGBA, c color.RGBA, guards bool) {
	for i := range 59 {
		if i*7%5 < 2 && i%29 != 0 {
			continue
		}
		long := 900
		if guards && i%29 <= 2 {
			long = 940
		}
		draw.Draw(m, image.Rect(230+i*8, 780, 230+i*8+3+i%3, long), image.NewUniform(c), image.Point{}, draw.Src)
	}
}
