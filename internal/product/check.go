package product

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// clean gives a content as it is stored, and notes what is wrong with it. Paths are
// language, name, category, hs, codes.N, description, packaging, handling, danger,
// features.N, pairs.N, routes.N, valid. A draft may lack anything but a name.
func (c Content) clean(p *fault.Problems) Content {
	c.Language = i18n.CleanLanguage(p, "language", c.Language)
	c.Name = c.Name.Clean(p, "name", MaxTitle, i18n.CleanBody)
	if len(c.Name) == 0 {
		p.Add("name", "fault.required")
	}
	if c.Category != "" && !codelist.Category.Has(c.Category) {
		p.Add("category", "fault.unknown-code")
	}
	c.HS = cleanHS(p, c.HS)
	c.Codes = cleanCodes(p, c.Codes)
	for path, t := range map[string]*Text{"description": &c.Description, "packaging": &c.Packaging, "handling": &c.Handling, "danger": &c.Danger} {
		*t = t.Clean(p, path, MaxText, i18n.CleanBody)
	}
	c.Features = cleanFeatures(p, c.Features, len(c.Pairs))
	c.Pairs = cleanPairs(p, c.Pairs)
	c.Routes = cleanRoutes(p, c.Routes)
	c.Valid = cleanDay(p, "valid", c.Valid)
	return c
}

// Check gives a content as it is stored, and what is wrong with it.
func (c Content) Check() (Content, error) {
	var p fault.Problems
	c = c.clean(&p)
	return c, p.Fault()
}

// Same tells whether two contents say the same, once both are as they are stored.
func (c Content) Same(other Content) bool { return db.Encoded(c) == db.Encoded(other) }

// Lacks says what keeps a draft from being published on a day.
func (c Content) Lacks(today string) error {
	var p fault.Problems
	c.complete(&p, today)
	return p.Fault()
}

// complete notes what a version needs and a draft may lack.
func (c Content) complete(p *fault.Problems, today string) {
	if c.Category == "" {
		p.Add("category", "fault.required")
	}
	if len(c.Features) == 0 {
		p.Add("features", "product.features-needed")
	}
	for i, f := range c.Features {
		if len(f.Genuine) == 0 {
			p.Add(at("features", i), "product.feature-genuine")
		}
	}
	switch {
	case c.Valid == "":
		p.Add("valid", "fault.required")
	case c.Valid < today:
		p.Add("valid", "product.valid-past")
	}
}

func at(path string, i int) string { return fmt.Sprintf("%s.%d", path, i+1) }

// Clean cleans each language of a text with i18n.CleanLine or CleanBody; what is empty is
// left out.
func (t Text) Clean(p *fault.Problems, path string, most int, clean func(string, int) (string, error)) Text {
	out := Text{}
	for tag, words := range t {
		if words = strings.TrimSpace(words); words == "" {
			continue
		}
		words, err := clean(words, most)
		if err != nil {
			noted(p, path, err)
			continue
		}
		out[i18n.CleanLanguage(p, path, tag)] = words
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func noted(p *fault.Problems, path string, err error) {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
		return
	}
	p.Add(path, "fault.malformed")
}

func cleanLine(p *fault.Problems, path, typed string, required bool) string {
	if strings.TrimSpace(typed) == "" {
		if required {
			p.Add(path, "fault.required")
		}
		return ""
	}
	out, err := i18n.CleanLine(typed, MaxTitle)
	if err != nil {
		noted(p, path, err)
		return typed
	}
	return out
}

func cleanDay(p *fault.Problems, path, typed string) string {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return ""
	}
	if d, err := time.Parse(time.DateOnly, typed); err != nil || d.Year() < 1900 || d.Year() > 2200 {
		p.Add(path, "fault.not-a-date")
	}
	return typed
}

func cleanHS(p *fault.Problems, all []string) []string {
	var out []string
	for _, typed := range all {
		hs := codelist.Canonical(typed)
		if hs == "" || slices.Contains(out, hs) {
			continue
		}
		if c := codelist.CheckHS(hs); !c.OK || len(hs) < 4 {
			p.Add("hs", "product.hs")
		}
		out = append(out, hs)
	}
	if len(out) > 20 {
		p.Add("hs", "fault.too-many-items", fault.Args{"max": int64(20)})
	}
	return out
}

// cleanCodes: a wrong check digit is refused here, for a sheet teaches others; on a
// case it never is.
func cleanCodes(p *fault.Problems, all []Code) []Code {
	var out []Code
	if len(all) > MaxCodes {
		p.Add("codes", "fault.too-many-items", fault.Args{"max": int64(MaxCodes)})
		return all
	}
	for i, c := range all {
		c.Value = cleanLine(p, at("codes", i), c.Value, false)
		if c.Value == "" {
			continue
		}
		if !codelist.ProductCode.Has(c.Kind) {
			p.Add(at("codes", i), "fault.unknown-code")
		}
		if c.Kind == GTIN {
			checked := codelist.CheckGTIN(c.Value)
			if !checked.OK {
				p.Add(at("codes", i), "product.gtin")
			}
			c.Value = checked.Canonical
		}
		if !slices.ContainsFunc(out, func(o Code) bool { return o.Kind == c.Kind && Compared(o.Value) == Compared(c.Value) }) {
			out = append(out, c)
		}
	}
	return out
}

// Compared is a code as codes are compared: digits and letters of any script as one,
// without signs; a trade number with 14 digits.
func Compared(code string) string {
	c := codelist.Canonical(code)
	if n := len(c); n == 8 || n >= 12 && n <= 14 {
		if strings.Trim(c, "0123456789") == "" {
			return strings.Repeat("0", 14-n) + c
		}
	}
	return c
}

func cleanFeatures(p *fault.Problems, all []Feature, pairs int) []Feature {
	if len(all) > MaxFeatures {
		p.Add("features", "fault.too-many-items", fault.Args{"max": int64(MaxFeatures)})
		return all
	}
	var out []Feature
	for i, f := range all {
		path := at("features", i)
		f.Title, f.Genuine, f.Fake = f.Title.Clean(p, path, MaxTitle, i18n.CleanBody), f.Genuine.Clean(p, path, MaxText, i18n.CleanBody), f.Fake.Clean(p, path, MaxText, i18n.CleanBody)
		if len(f.Title)+len(f.Genuine)+len(f.Fake) == 0 {
			continue
		}
		if len(f.Title) == 0 {
			p.Add(path, "product.feature-title")
		}
		if len(f.Spots) > 2*MaxPairs || slices.ContainsFunc(f.Spots, func(s Spot) bool { return !s.fits(pairs) }) {
			p.Add(path, "product.spot")
		}
		out = append(out, f)
	}
	return out
}

// fits tells whether a spot lies on one of so many pairs.
func (s Spot) fits(pairs int) bool {
	for _, xy := range [][2]int{s.Genuine, s.Fake} {
		out := xy == [2]int{-1, -1}
		if !out && (xy[0] < 0 || xy[0] > 1000 || xy[1] < 0 || xy[1] > 1000) {
			return false
		}
	}
	return s.Pair >= 1 && s.Pair <= pairs && s.Diameter >= 10 && s.Diameter <= 1000
}

func cleanPairs(p *fault.Problems, all []Pair) []Pair {
	if len(all) > MaxPairs {
		p.Add("pairs", "fault.too-many-items", fault.Args{"max": int64(MaxPairs)})
		return all
	}
	out := slices.Clone(all)
	for i, pair := range out {
		out[i].Caption = pair.Caption.Clean(p, at("pairs", i), MaxTitle, i18n.CleanBody)
		switch {
		case pair.Genuine == "" && pair.Fake == "":
			p.Add(at("pairs", i), "product.pair-empty")
		case pair.Genuine != "" && !source.ValidID(string(pair.Genuine)), pair.Fake != "" && !source.ValidID(string(pair.Fake)):
			p.Add(at("pairs", i), "fault.not-an-id")
		}
	}
	return out
}

func cleanRoutes(p *fault.Problems, all []Route) []Route {
	if len(all) > MaxRoutes {
		p.Add("routes", "fault.too-many-items", fault.Args{"max": int64(MaxRoutes)})
		return all
	}
	var out []Route
	for i, r := range all {
		r.From, r.Via, r.To = strings.ToUpper(strings.TrimSpace(r.From)), strings.ToUpper(strings.TrimSpace(r.Via)), strings.ToUpper(strings.TrimSpace(r.To))
		r.Note = cleanLine(p, at("routes", i), r.Note, false)
		if r == (Route{}) {
			continue
		}
		for _, c := range []string{r.From, r.Via, r.To} {
			if c != "" && !codelist.Country.Has(c) {
				p.Add(at("routes", i), "fault.unknown-code")
			}
		}
		if r.From == "" || r.To == "" {
			p.Add(at("routes", i), "product.route")
		}
		if r.Conveyance != "" && !codelist.Conveyance.Has(r.Conveyance) {
			p.Add(at("routes", i), "fault.unknown-code")
		}
		out = append(out, r)
	}
	return out
}

// clean gives a part as it is stored. Paths are kind, language, traders.N, features.N, pairs.N.
func (d Parting) clean(p *fault.Problems) Parting {
	d.Language = i18n.CleanLanguage(p, "language", d.Language)
	switch d.Kind {
	case Covert:
		d.Traders = nil
		d.Features, d.Pairs = cleanFeatures(p, d.Features, len(d.Pairs)), cleanPairs(p, d.Pairs)
	case Traders:
		d.Features, d.Pairs = nil, nil
		d.Traders = cleanTraders(p, d.Traders)
	default:
		p.Add("kind", "fault.unknown-code")
	}
	return d
}

func cleanTraders(p *fault.Problems, all []Trader) []Trader {
	if len(all) > MaxTraders {
		p.Add("traders", "fault.too-many-items", fault.Args{"max": int64(MaxTraders)})
		return all
	}
	var out []Trader
	for i, t := range all {
		if strings.TrimSpace(t.Name) == "" && t.Country == "" {
			continue
		}
		path := at("traders", i)
		t.Name, t.Until = cleanLine(p, path, t.Name, true), cleanDay(p, path, t.Until)
		t.Country = strings.ToUpper(strings.TrimSpace(t.Country))
		if !codelist.TraderRole.Has(t.Role) || !codelist.Country.Has(t.Country) {
			p.Add(path, "product.trader")
		}
		out = append(out, t)
	}
	return out
}
