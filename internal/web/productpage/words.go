package productpage

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// tag is one word of a state.
type tag struct {
	tone kit.Tone
	text string
}

// tagsOf are the states of a sheet that a reader must know before reading it.
func tagsOf(p *kit.Page, i product.Item) (out []tag) {
	switch {
	case i.State == product.Draft:
		out = append(out, tag{kit.Neutral, p.T("code.product-state.draft")})
	case i.State == product.Withdrawn:
		out = append(out, tag{kit.Bad, p.T("code.product-state.withdrawn")})
	case i.Expired:
		out = append(out, tag{kit.Warn, p.T("productpage.expired")})
	case i.Stale:
		out = append(out, tag{kit.Warn, p.T("productpage.stale")})
	}
	if len(i.Danger) > 0 {
		out = append(out, tag{kit.Bad, p.T("productpage.danger")})
	}
	return out
}

// holders names those whose sheets have the code, each once.
func holders(p *kit.Page, f findView) string {
	var names []string
	for _, i := range f.Items {
		if name := frame.Called(p, i.Holder) + " (" + i.Of.Name + ")"; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return p.Printer.List(names)
}

// whyStale says why a sheet asks for a review.
func whyStale(p *kit.Page, i product.Item) string {
	switch {
	case !i.Stale:
		return ""
	case i.Expired:
		return p.T("productpage.why-expired", fault.Args{"day": p.Printer.Day(i.Until)})
	case i.Doubted:
		return p.T("productpage.why-doubted", fault.Args{"count": int64(product.Misleads)})
	}
	return p.T("productpage.why-old")
}
