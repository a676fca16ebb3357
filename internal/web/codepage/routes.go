package codepage

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/pack"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/codes/{$}", Command: access.PackRead}, Handle: s.list},
		{Route: door.Route{Method: "GET", Pattern: "/codes/hs", Command: access.PackRead, Rate: door.Searches}, Handle: s.goods},
		{Route: door.Route{Method: "GET", Pattern: "/codes/places", Command: access.PackRead, Rate: door.Searches}, Handle: s.places},
	}
}

// shown is how many codes a page lists.
const shown = 25

// view is what was asked, and what was found.
type view struct {
	form  kit.Form
	path  string
	query pack.Query
	found pack.Found
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	all, err := s.Packs.List(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("codepage.title"))
	return frame.Show(w, r, http.StatusOK, listPage(p, all))
}

func (s site) goods(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	typed := r.URL.Query()
	edition := typed.Get("edition")
	if !codelist.HSEdition.Has(edition) {
		edition = codelist.HSEdition.Codes()[0]
		typed.Set("edition", edition)
	}
	q := pack.Query{Kind: pack.HS, Edition: edition, Words: typed.Get("q"), Below: typed.Get("below")}
	return s.look(w, r, v, "/codes/hs", q, typed)
}

func (s site) places(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	typed := r.URL.Query()
	return s.look(w, r, v, "/codes/places", pack.Query{Kind: pack.Locode, Words: typed.Get("q")}, typed)
}

func (s site) look(w http.ResponseWriter, r *http.Request, v *frame.Visit, path string, q pack.Query, typed url.Values) error {
	q.Lang, q.Limit = string(v.Printer.Lang()), shown
	found, err := s.Packs.Look(r.Context(), v.Actor(), q)
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("codepage."+q.Kind+".title"), v.Printer.T("codepage.title"))
	return frame.Show(w, r, http.StatusOK, lookPage(p, view{form: kit.FormOf(typed, nil), path: path, query: q, found: found}))
}

// asked tells whether words were looked for.
func (l view) asked() bool { return strings.TrimSpace(l.query.Words) != "" }

// below is the address of what stands below a code; empty: nothing can.
func (l view) below(code string) string {
	if l.query.Kind != pack.HS || len(code) > 4 {
		return ""
	}
	return l.path + "?" + url.Values{"edition": {l.query.Edition}, "below": {code}}.Encode()
}

// parents are what stands above a code, the nearest last.
func (l view) parents(code string) []pack.Hit {
	var out []pack.Hit
	for n := 2; n < len(code) && l.query.Kind == pack.HS; n += 2 {
		if h := l.found.Above[code[:n]]; h.Code != "" {
			out = append(out, h)
		}
	}
	return out
}

// standing is the code below which the page looks; the zero Hit at the top.
func (l view) standing() pack.Hit {
	if l.asked() {
		return pack.Hit{}
	}
	return l.found.Above[codelist.Canonical(l.query.Below)]
}

func (l view) editions(p *kit.Page) []kit.Option { return frame.ListOptions(p, codelist.HSEdition) }
