package productpage

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/product"
)

// writer writes into a form.
type writer struct {
	form  url.Values
	langs []string
}

// formOf writes a content into a form: contentOf of it gives the content again.
func formOf(c product.Content) url.Values {
	w := writer{url.Values{}, c.Languages()}
	for l, tag := range w.langs {
		w.form.Set(field("language", l+1), tag)
	}
	for name, t := range map[string]product.Text{"name": c.Name, "description": c.Description, "packaging": c.Packaging, "handling": c.Handling, "danger": c.Danger} {
		w.text(name, t)
	}
	w.form.Set("category", c.Category)
	w.form.Set("hs", strings.Join(c.HS, "\n"))
	w.form.Set("valid", c.Valid)
	for _, code := range c.Codes {
		at := field("codes", code.Kind)
		w.form.Set(at, strings.TrimPrefix(w.form.Get(at)+"\n"+code.Value, "\n"))
	}
	for i, p := range c.Pairs {
		at := field("pairs", i+1)
		w.form.Set(at+".genuine", string(p.Genuine))
		w.form.Set(at+".fake", string(p.Fake))
		w.text(at+".caption", p.Caption)
	}
	for i, f := range c.Features {
		w.feature(i+1, f)
	}
	for i, r := range c.Routes {
		for name, value := range map[string]string{"from": r.From, "via": r.Via, "to": r.To, "conveyance": r.Conveyance, "note": r.Note} {
			w.form.Set(field("routes", i+1, name), value)
		}
	}
	return w.form
}

func (w writer) feature(n int, f product.Feature) {
	at := field("features", n)
	w.form.Set(at+".title.1", "") // it is there, whatever it says
	w.text(at+".title", f.Title)
	w.text(at+".genuine", f.Genuine)
	w.text(at+".fake", f.Fake)
	for _, s := range f.Spots {
		spot := field(at, "spot", s.Pair)
		for side, xy := range map[string][2]int{".g": s.Genuine, ".f": s.Fake} {
			if xy != nowhere {
				w.form.Set(spot+side+"x", strconv.Itoa(xy[0]))
				w.form.Set(spot+side+"y", strconv.Itoa(xy[1]))
			}
		}
		w.form.Set(spot+".d", strconv.Itoa(s.Diameter))
	}
}

func (w writer) text(at string, t product.Text) {
	for l, tag := range w.langs {
		if t[tag] != "" {
			w.form.Set(field(at, l+1), t[tag])
		}
	}
}

// located says of what a command refused at which field of the form it stands.
func located(err error, c product.Content) error {
	f, ok := asInvalid(err)
	if !ok {
		return err
	}
	out := *f
	out.Fields = slices.Clone(f.Fields)
	for i := range out.Fields {
		out.Fields[i].Path = fieldAt(out.Fields[i].Path, c)
	}
	return &out
}

func fieldAt(path string, c product.Content) string {
	group, rest, _ := strings.Cut(path, ".")
	n, _ := strconv.Atoi(rest)
	switch {
	case slices.Contains(texts, path), path == "language":
		return path + ".1"
	case path == "features":
		return "features.1.title.1"
	case path == "pairs":
		return "pairs.1.genuine"
	case path == "codes":
		return "codes.gtin"
	case group == "codes" && n > 0 && n <= len(c.Codes):
		return field("codes", c.Codes[n-1].Kind)
	case group == "features" && n > 0 && !strings.Contains(rest, "."):
		return field("features", n, "title", 1)
	case group == "pairs" && n > 0 && !strings.Contains(rest, "."):
		return field("pairs", n, "genuine")
	case group == "routes" && n > 0 && !strings.Contains(rest, "."):
		return field("routes", n, "from")
	}
	return path
}
