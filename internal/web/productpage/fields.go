package productpage

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// The one conversion between the form of a sheet and product.Saving. A text stands in
// a field for each language of the form: name.2 is the name in language.2. What
// repeats is numbered: features.3.fake.2, pairs.1.genuine, features.3.spot.1.gx.

// maxLanguages is in how many languages one form can be written.
const maxLanguages = 8

// repeats are the groups that repeat.
var repeats = []string{"features", "pairs", "routes", "traders"}

var (
	repeated = regexp.MustCompile(`^(features|pairs|routes|traders)\.([1-9][0-9]{0,3})\.(.+)$`)
	spotted  = regexp.MustCompile(`^spot\.([1-9][0-9]{0,3})\.(.+)$`)
)

// tongues is in how many languages a form is written.
func tongues(form url.Values) int {
	n := 1
	for n < maxLanguages && form.Has(field("language", n+1)) {
		n++
	}
	return n
}

// field names a field of a group, or of a language.
func field(parts ...any) string {
	var out []string
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			out = append(out, p)
		case int:
			out = append(out, strconv.Itoa(p))
		}
	}
	return strings.Join(out, ".")
}

// numbers are the numbers in a group of a form, in order.
func numbersOf(form url.Values, group string) []int {
	var out []int
	for name := range form {
		if m := repeated.FindStringSubmatch(name); m != nil && m[1] == group {
			n, _ := strconv.Atoi(m[2]) // four digits
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func count(form url.Values, group string) int { return len(numbersOf(form, group)) }

// tidy numbers what repeats from 1 without gaps. Members in which nothing was written
// are left out unless empty; without ("pairs.2.") in any case. Spots follow their pair.
func tidy(form url.Values, empty bool, without string) url.Values {
	out, now := url.Values{}, map[string]map[int]int{}
	for _, group := range repeats {
		now[group] = map[int]int{}
		for _, old := range numbersOf(form, group) {
			at := field(group, old) + "."
			if at != without && (empty || written(form, at)) {
				now[group][old] = len(now[group]) + 1
			}
		}
	}
	for name, values := range form {
		m := repeated.FindStringSubmatch(name)
		if m == nil {
			out[name] = values
			continue
		}
		old, _ := strconv.Atoi(m[2])
		rest, n := m[3], now[m[1]][old]
		if s := spotted.FindStringSubmatch(rest); s != nil && n > 0 {
			pair, _ := strconv.Atoi(s[1])
			if pair = now["pairs"][pair]; pair == 0 {
				continue
			}
			rest = field("spot", pair, s[2])
		}
		if n > 0 {
			out[field(m[1], n, rest)] = values
		}
	}
	return out
}

func written(form url.Values, at string) bool {
	for name, values := range form {
		if strings.HasPrefix(name, at) && strings.TrimSpace(strings.Join(values, "")) != "" && !strings.HasSuffix(name, ".role") && !strings.HasSuffix(name, ".conveyance") {
			return true
		}
	}
	return false
}

// first are the fields by which a new member shows in a form.
var first = map[string]string{"features": "title.1", "pairs": "caption.1", "routes": "from", "traders": "name"}

// changed adds or removes what an act names: add-features, remove-pairs.2,
// add-language, remove-language.2. focus is what was added.
func changed(form url.Values, act string) (url.Values, string) {
	what, n := act, 0
	if verb, rest, ok := strings.Cut(act, "-"); ok && verb == "remove" {
		group, number, _ := strings.Cut(rest, ".")
		if n, _ = strconv.Atoi(number); group == "language" {
			return lessLanguage(form, n), ""
		}
		return tidy(form, true, rest+"."), ""
	}
	form = tidy(form, true, "")
	group := strings.TrimPrefix(what, "add-")
	if group == "language" && tongues(form) < maxLanguages {
		focus := field("language", tongues(form)+1)
		form.Set(focus, "")
		return form, focus
	}
	if !slices.Contains(repeats, group) || !strings.HasPrefix(act, "add-") {
		return form, ""
	}
	focus := field(group, count(form, group)+1)
	form.Set(field(focus, first[group]), "")
	return form, field(focus, first[group])
}

// lessLanguage takes a language out of a form, and what was written in it.
func lessLanguage(form url.Values, n int) url.Values {
	if n < 1 || tongues(form) < 2 {
		return form
	}
	out := url.Values{}
	for name, values := range form {
		at := strings.LastIndexByte(name, '.')
		l, err := strconv.Atoi(name[at+1:])
		if at < 0 || err != nil || l < n || !inLanguages(name[:at]) {
			out[name] = values
		} else if l > n {
			out[field(name[:at], l-1)] = values
		}
	}
	return out
}

// texts are the fields that stand in each language.
var texts = []string{"name", "description", "packaging", "handling", "danger"}

// inLanguages tells of a field's name without its last number whether it stands in
// each language.
func inLanguages(name string) bool {
	if m := repeated.FindStringSubmatch(name); m != nil {
		return slices.Contains([]string{"title", "genuine", "fake", "caption"}, m[3]) && (m[1] != "pairs" || m[3] == "caption")
	}
	return name == "language" || slices.Contains(texts, name)
}

// textOf reads a text in all languages of the form.
func textOf(form url.Values, at string) product.Text {
	var out product.Text
	for l := 1; l <= tongues(form); l++ {
		words := strings.TrimSpace(strings.ReplaceAll(form.Get(field(at, l)), "\r\n", "\n"))
		if tag := form.Get(field("language", l)); words != "" && tag != "" {
			if out == nil {
				out = product.Text{}
			}
			out[tag] = words
		}
	}
	return out
}

// lastOf is the last value of a field that says something: a picture that was just
// chosen stands after the one that it replaces.
func lastOf(form url.Values, name string) string {
	all := form[name]
	for i := len(all) - 1; i >= 0; i-- {
		if all[i] != "" {
			return all[i]
		}
	}
	return ""
}

// lines are the codes of a field: one on each line. Numbers may stand side by side.
func lines(typed string, apart bool) []string {
	if apart {
		return strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",;،؛、 \t\r\n", r) })
	}
	var out []string
	for line := range strings.Lines(typed) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// kinds are the fields for codes.
var kinds = []string{product.GTIN, product.Model, product.SKU, product.Other}

// contentOf reads a form that is tidy; what cannot be read is noted at its field.
func contentOf(form url.Values, p *fault.Problems) product.Content {
	c := product.Content{Language: form.Get("language.1"), Name: textOf(form, "name"), Category: form.Get("category"), HS: lines(form.Get("hs"), true),
		Description: textOf(form, "description"), Packaging: textOf(form, "packaging"), Handling: textOf(form, "handling"),
		Danger: textOf(form, "danger"), Valid: strings.TrimSpace(form.Get("valid"))}
	seen := map[string]bool{}
	for l := 1; l <= tongues(form); l++ {
		tag := form.Get(field("language", l))
		if seen[tag] && tag != "" {
			p.Add(field("language", l), "productpage.language-twice")
		}
		if seen[tag] = true; tag == "" {
			p.Add(field("language", l), "fault.required")
		}
	}
	for _, kind := range kinds {
		for _, value := range lines(form.Get(field("codes", kind)), kind == product.GTIN) {
			c.Codes = append(c.Codes, product.Code{Kind: kind, Value: value})
		}
	}
	for n := 1; n <= count(form, "pairs"); n++ {
		c.Pairs = append(c.Pairs, pairOf(form, n))
	}
	for n := 1; n <= count(form, "features"); n++ {
		c.Features = append(c.Features, featureOf(form, n, len(c.Pairs), p))
	}
	for n := 1; n <= count(form, "routes"); n++ {
		get := func(name string) string { return form.Get(field("routes", n, name)) }
		c.Routes = append(c.Routes, product.Route{From: get("from"), Via: get("via"), To: get("to"), Conveyance: get("conveyance"), Note: get("note")})
	}
	return c
}

func pairOf(form url.Values, n int) product.Pair {
	p := product.Pair{Caption: textOf(form, field("pairs", n, "caption"))}
	dropped := form[field("pairs", n, "drop")]
	if !slices.Contains(dropped, "genuine") {
		p.Genuine = attachment.ID(lastOf(form, field("pairs", n, "genuine")))
	}
	if !slices.Contains(dropped, "fake") {
		p.Fake = attachment.ID(lastOf(form, field("pairs", n, "fake")))
	}
	return p
}

func featureOf(form url.Values, n, pairs int, p *fault.Problems) product.Feature {
	at := field("features", n)
	f := product.Feature{Title: textOf(form, at+".title"), Genuine: textOf(form, at+".genuine"), Fake: textOf(form, at+".fake")}
	for k := 1; k <= pairs; k++ {
		spot := field(at, "spot", k)
		genuine, one := pointOf(form, spot+".g", p)
		fake, other := pointOf(form, spot+".f", p)
		if !one && !other {
			continue
		}
		s := product.Spot{Pair: k, Genuine: genuine, Fake: fake, Diameter: usualSpot}
		if typed := strings.TrimSpace(form.Get(spot + ".d")); typed != "" {
			d, err := i18n.ParseInt(typed)
			if err != nil {
				p.Add(spot+".d", "productpage.point")
			}
			s.Diameter = int(d)
		}
		f.Spots = append(f.Spots, s)
	}
	return f
}

// usualSpot is the size of a spot that nobody stated, in thousandths.
const usualSpot = 150

// pointOf reads a place on a picture; false: none is stated.
func pointOf(form url.Values, at string, p *fault.Problems) (xy [2]int, ok bool) {
	x, y := strings.TrimSpace(form.Get(at+"x")), strings.TrimSpace(form.Get(at+"y"))
	if x == "" && y == "" {
		return nowhere, false
	}
	for i, typed := range []string{x, y} {
		n, err := i18n.ParseInt(typed)
		if err != nil || n < 0 || n > 1000 {
			p.Add(at+"x", "productpage.point")
			return nowhere, false
		}
		xy[i] = int(n)
	}
	return xy, true
}

// savingOf reads a form that is tidy.
func savingOf(form url.Values, p *fault.Problems) product.Saving {
	s := product.Saving{ID: product.ID(form.Get("id")), Content: contentOf(form, p)}
	owner, brand, _ := strings.Cut(form.Get("brand"), "/")
	s.Holder, s.Brand = organisation.ID(owner), holder.BrandID(brand)
	s.Edit, _ = strconv.ParseInt(form.Get("edit"), 10, 64) // what is no number is no draft, and refused as such
	return s
}
