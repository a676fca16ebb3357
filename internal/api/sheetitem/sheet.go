// Package sheetitem is a product sheet as other systems read it.
package sheetitem

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// Product is a sheet in a list.
type Product struct {
	ID         product.ID      `json:"id"`
	Holder     organisation.ID `json:"holder"` // organisation of the right holder
	HolderName string          `json:"holder_name"`
	Brand      holder.BrandID  `json:"brand"`
	BrandName  string          `json:"brand_name"`
	Name       product.Text    `json:"name"`     // by language, BCP 47
	Language   string          `json:"language"` // the main one
	Category   string          `json:"category,omitempty"`
	HS         []string        `json:"hs,omitempty"`
	Codes      []ProductCode   `json:"codes"`
	State      string          `json:"state"`                 // draft, published, withdrawn; of others' only published
	Version    int64           `json:"version"`               // 0: never published
	Published  time.Time       `json:"published,omitzero"`    // UTC
	Until      string          `json:"valid_until,omitempty"` // day
	Confirmed  time.Time       `json:"confirmed,omitzero"`    // UTC, when its holder last said that it is right
	Expired    bool            `json:"expired,omitempty"`
	Stale      bool            `json:"stale,omitempty"`  // its holder should review it
	Fakes      int             `json:"fakes"`            // pictures of fakes
	Reason     string          `json:"reason,omitempty"` // why it was withdrawn
}

// ProductCode is a number by which a product is known.
type ProductCode struct {
	Kind  string `json:"kind"` // gtin, sku, model, other
	Value string `json:"value"`
}

// ProductSheet is a sheet with all that its reader may see.
type ProductSheet struct {
	Product
	Description product.Text     `json:"description,omitempty"`
	Packaging   product.Text     `json:"packaging,omitempty"`
	Handling    product.Text     `json:"handling,omitempty"`
	Danger      product.Text     `json:"danger,omitempty"` // to health or safety
	Features    []ProductFeature `json:"features"`
	Pairs       []ProductPair    `json:"pairs"`
	Routes      []ProductRoute   `json:"routes"`
	Traders     []ProductTrader  `json:"traders,omitempty"` // left out where they are not for the reader
	Covert      bool             `json:"covert,omitempty"`  // there are features that only an inspection opens
	Helped      int64            `json:"helped"`
	Misleading  int64            `json:"misleading"`
	Used        int64            `json:"used"`
	Versions    []ProductVersion `json:"versions"` // the newest first
}

// ProductFeature is what tells genuine and fake apart.
type ProductFeature struct {
	Number  int          `json:"number"` // from 1
	Title   product.Text `json:"title"`
	Genuine product.Text `json:"genuine"`
	Fake    product.Text `json:"fake,omitempty"`
}

// ProductPair is a genuine picture beside a fake one; addresses of them.
type ProductPair struct {
	Genuine string       `json:"genuine,omitempty"`
	Fake    string       `json:"fake,omitempty"`
	Caption product.Text `json:"caption,omitempty"`
}

// ProductRoute is a way that genuine goods take, by ISO 3166-1 codes.
type ProductRoute struct {
	From       string `json:"from"`
	Via        string `json:"via,omitempty"`
	To         string `json:"to"`
	Conveyance string `json:"conveyance,omitempty"`
	Note       string `json:"note,omitempty"`
}

// ProductTrader is a firm that makes or trades genuine goods, or is known not to.
type ProductTrader struct {
	Role       string `json:"role"`
	Name       string `json:"name"`
	Country    string `json:"country"`
	Authorised bool   `json:"authorised"`
	Until      string `json:"until,omitempty"`
}

// ProductVersion is a version in a list.
type ProductVersion struct {
	Number int64     `json:"number"`
	At     time.Time `json:"at"` // UTC
	Note   string    `json:"note,omitempty"`
}

// Of is a sheet in a list.
func Of(i product.Item) Product {
	out := Product{ID: i.ID, Holder: i.Holder.ID, HolderName: i.Holder.Name, Brand: i.Sheet.Brand, BrandName: i.Of.Name, Name: i.Name, Language: i.Language,
		Category: i.Content.Category, HS: i.HS, Codes: []ProductCode{}, State: i.State, Version: i.Version, Published: i.Published, Until: i.Until,
		Confirmed: i.Confirmed, Expired: i.Expired, Stale: i.Stale, Fakes: i.Fakes, Reason: i.Reason}
	for _, c := range i.Codes {
		out.Codes = append(out.Codes, ProductCode{Kind: c.Kind, Value: c.Value})
	}
	return out
}

// Whole is a sheet with all that its reader may see. Prefix is where the door stands.
func Whole(o product.Opened, prefix string) ProductSheet {
	out := ProductSheet{Product: Of(o.Item), Description: o.Description, Packaging: o.Packaging, Handling: o.Handling, Danger: o.Danger, Features: []ProductFeature{},
		Pairs: []ProductPair{}, Routes: []ProductRoute{}, Covert: o.Covert, Helped: o.Marks.Helped, Misleading: o.Marks.Misleading, Used: o.Marks.Used, Versions: []ProductVersion{}}
	out.Version = o.Number
	for n, f := range o.Features {
		out.Features = append(out.Features, ProductFeature{Number: n + 1, Title: f.Title, Genuine: f.Genuine, Fake: f.Fake})
	}
	href := func(id attachment.ID) string {
		if _, given := o.Pictures[id]; !given {
			return ""
		}
		return prefix + "operations/" + string(operation.Library) + "/attachments/" + string(id)
	}
	for _, p := range o.Pairs {
		out.Pairs = append(out.Pairs, ProductPair{Genuine: href(p.Genuine), Fake: href(p.Fake), Caption: p.Caption})
	}
	for _, r := range o.Routes {
		out.Routes = append(out.Routes, ProductRoute{From: r.From, Via: r.Via, To: r.To, Conveyance: r.Conveyance, Note: r.Note})
	}
	if o.Traders != nil {
		for _, t := range o.Traders.Traders {
			out.Traders = append(out.Traders, ProductTrader{Role: t.Role, Name: t.Name, Country: t.Country, Authorised: t.Authorised, Until: t.Until})
		}
	}
	for _, v := range o.Versions {
		out.Versions = append(out.Versions, ProductVersion{Number: v.Number, At: v.At, Note: v.Note})
	}
	return out
}
