package house_test

import (
	"bytes"
	"image"
	"image/png"
	"maps"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/usage"
)

// stock is a sheet with a covert picture that the officer has opened, and a file of
// sheets that the right holder has handed in.
type stock struct {
	sheet product.ID
	file  attachment.ID
}

func (h *hall) stockUp() {
	ctx, who := h.t.Context(), h.who("right-holder")
	day := h.app.Clock.Now().AddDate(1, 0, 0).Format("2006-01-02")
	v, err := h.app.Holders.Apply(ctx, who, h.application())
	h.must(err)
	_, err = h.app.Holders.Vet(ctx, h.who("director"), h.body("right-holder").ID, v.ID, day)
	h.must(err)
	b, err := h.app.Holders.RegisterBrand(ctx, who, "", holder.BrandDraft{ID: holder.BrandID(fresh()), Name: "Stock", Categories: []string{"COS"}})
	h.must(err)
	text := func(s string) product.Text { return product.Text{"en": s} }
	features := []product.Feature{{Title: text("Seal"), Genuine: text("Round")}}
	s, _, err := h.app.Products.Save(ctx, who, product.Saving{ID: product.ID(fresh()), Brand: b.ID,
		Content: product.Content{Language: "en", Name: text("Mask"), Category: "COS", Valid: day, Features: features}})
	h.must(err)
	_, err = h.app.Products.Publish(ctx, who, product.Name{ID: s.ID}, product.Publishing{Edit: s.Edit, To: product.To{All: true}})
	h.must(err)
	var shot bytes.Buffer
	h.must(png.Encode(&shot, image.NewGray(image.Rect(0, 0, 40, 30))))
	a, err := h.app.Attachments.Receive(ctx, who, operation.Library, attachment.Draft{ID: attachment.ID(fresh()), Name: "covert.png"}, &shot)
	h.must(err)
	_, err = h.app.Products.SetPart(ctx, who, product.Name{ID: s.ID}, product.Parting{Kind: product.Covert, Language: "en", Features: features, Pairs: []product.Pair{{Genuine: a.ID}}})
	h.must(err)
	h.stock.sheet = s.ID
	_, _, err = h.app.Inspections.Open(ctx, h.who("officer"), h.inspecting())
	h.must(err)
	h.stock.file, err = h.app.MassUploads.Hand(ctx, who, "masks.csv", strings.NewReader("number,brand,name\n1,Stock,Mask\n"))
	h.must(err)
}

func (h *hall) inspecting() inspection.Opening {
	return inspection.Opening{ID: inspection.ID(fresh()), Sheet: product.Name{ID: h.stock.sheet}, Kind: inspection.Goods, Number: "CSQU3054383", Place: "Shed 4"}
}

// Reviewed, too: what rests on product sheets.
func init() {
	sheet := func(args ...any) func(*hall) []any {
		return func(h *hall) []any { return append([]any{product.Name{ID: h.stock.sheet}}, args...) }
	}
	file := func(args ...any) func(*hall) []any {
		return func(h *hall) []any { return append([]any{h.stock.file, organisation.ID("")}, args...) }
	}
	actorless["attachment.Marked"] = "draws a picture for package inspection, whose Picture asks who may"
	maps.Copy(trials, map[string]trial{
		"inspection.Open":    {args: func(h *hall) []any { return []any{h.inspecting()} }, need: access.ProductInspect, by: "officer"},
		"inspection.Read":    {args: sheet(), need: access.ProductInspect, by: "officer"},
		"inspection.Picture": {args: sheet(1), need: access.ProductInspect, by: "officer"},
		"usage.Consent":      {args: func(*hall) []any { return []any{usage.Consenting{Openings: true}} }, need: access.ProductConsent, by: "contact-point"},
		"usage.Decided":      {args: none, need: access.ProductConsent, by: "contact-point"},
		"usage.View":         {args: none, need: access.ProductUsage, by: "right-holder"},
		"massupload.Acting":  {args: none, need: access.ProductSave, by: "right-holder"},
		"massupload.Hand": {args: func(*hall) []any { return []any{"a.csv", strings.NewReader("number,brand,name\n2,Stock,Mask\n")} },
			need: access.ProductSave, by: "right-holder"},
		"massupload.Look":    {args: file(), need: access.ProductSave, by: "right-holder"},
		"massupload.Save":    {args: file(false), need: access.ProductSave, by: "right-holder"},
		"massupload.Publish": {args: file(product.To{All: true}), need: access.ProductSave, by: "right-holder"},
	})
}
