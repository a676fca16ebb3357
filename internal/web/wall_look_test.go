package web_test

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/api"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const (
	door1   = "/api/v1/"
	library = operation.Library
	nowhere = "01890a5d-ac96-774b-bcce-000000000000"
)

// looker keeps what somebody is answered, under what was asked.
type looker struct {
	*wall
	*client
	order []string
	seen  map[string]answer
}

func (v *wall) look(persona string) *looker {
	return &looker{wall: v, client: v.as(persona), seen: map[string]answer{}}
}

func (l *looker) keep(what string, a answer) answer {
	what = strings.ReplaceAll(what, l.request, "REQUEST")
	if _, twice := l.seen[what]; !twice {
		l.order = append(l.order, what)
	}
	l.seen[what] = a
	return a
}

// pages are all that links lead to, and what is typed into the look-ups.
func (l *looker) pages() {
	order, found := crawl(l.client, 4)
	for _, path := range order {
		l.keep(path, found[path])
	}
	for _, path := range []string{"/p/", "/p/own/", "/p/own/?again=1", "/p/new", "/p/scan", "/p/usage/", "/p/import", "/p/import/template.xlsx", "/alerts/", "/alerts/new", "/inquiries/", "/inquiries/?state=open",
		"/holders/", "/holders/apply", "/holders/mandate", "/contacts/", "/contacts/new", "/applications/", "/applications/new", "/measures/", "/p/request", "/p/consent", "/find?q=quensecret",
		"/find?q=quenvanelle", "/find?q=soap", "/find?q=" + l.gtin, "/p/?q=" + l.gtin, "/p/?q=quensecret", "/p/?q=QS-1", "/p/?q=soap", "/p/?q=seal", "/p/?category=COS", "/p/?category=MED", "/p/?brand=" + string(l.theirs.ID),
		"/p/?brand=" + string(l.brand.ID), "/contacts/?country=XA", "/contacts/?language=en", "/applications/?country=XA", "/p/?holder=" + l.rivalID(), "/p/?holder=" + nowhere} {
		l.keep(path, l.get(path))
	}
}

func (v *wall) rivalID() string { return string(v.sessionOf("rival-right-holder").Organisation.ID) }

// same: what the rival has and what nobody has look alike, to the byte.
func (l *looker) same(hidden ...string) {
	for _, id := range hidden {
		for _, path := range []string{"/p/{}", "/p/{}/compare", "/p/{}/edit", "/p/{}/publish", "/p/{}/part/covert", "/p/{}/inspect", "/p/{}/inspect/pictures/1", "/alerts/{}", "/inquiries/{}", "/inquiries/{}/answer", "/inquiries/{}/pictures/1",
			"/applications/{}", "/holders/{}", "/holders/{}/brands/" + string(l.theirs.ID), "/contacts/{}/" + nowhere, "/o/library/a/{}", door1 + "products/{}", door1 + "products/" + nowhere + "?organisation={}", door1 + "inquiries/{}",
			door1 + "inquiries/{}/pictures/1", door1 + "operations/library/attachments/{}", door1 + "operations/{}"} {
			at, none := strings.ReplaceAll(path, "{}", id), strings.ReplaceAll(path, "{}", nowhere)
			a, b := l.get(at), l.get(none)
			if a.status != b.status || addressless(a, at) != addressless(b, none) || !maps.EqualFunc(headers(a), headers(b), slices.Equal) {
				l.t.Errorf("%s answers %d, and %s answers %d\n%s\n%v\n%v", at, a.status, none, b.status, difference(addressless(a, at), addressless(b, none)), headers(a), headers(b))
			}
			l.keep(path, a)
		}
	}
}

// door1 are all lists of the other door, page by page, and what stands in them.
func (l *looker) api() {
	for _, r := range api.Routes() {
		if r.Method != http.MethodGet || strings.Contains(r.Pattern, "openapi") || strings.HasSuffix(r.Pattern, "/events") {
			continue
		}
		for _, code := range []operation.Code{library, action} {
			path := strings.ReplaceAll(r.Pattern, "{code}", string(code))
			if path == r.Pattern && code == action || strings.Contains(path, "{") {
				continue
			}
			l.list(path)
		}
	}
	for _, q := range []string{"products?code=" + l.gtin, "products?q=quensecret", "products?q=soap", "products?category=COS", "products?brand=" + string(l.brand.ID), "products?brand=" + string(l.theirs.ID),
		"search?q=quensecret", "search?q=soap", "search?q=" + l.gtin, "search?q=orvanelle", "alerts?open=1", "alerts?limit=1", "products?limit=2", "inquiries?limit=1"} {
		l.list(door1 + q)
	}
}

// list goes through the pages of a list.
func (l *looker) list(path string) {
	more, n := "", 0
	for ; n < 40; n++ {
		at := path
		if more != "" {
			joint := "?"
			if strings.Contains(at, "?") {
				joint = "&"
			}
			at += joint + "cursor=" + url.QueryEscape(more)
		}
		a := l.keep(fmt.Sprint(path, " page ", n), l.get(at))
		var page struct {
			Items []struct {
				ID       string
				Pictures []struct{ URL string }
			}
			Next string
		}
		if a.status != http.StatusOK || json.Unmarshal([]byte(a.body), &page) != nil {
			return
		}
		for i, item := range page.Items {
			if base, _, _ := strings.Cut(path, "?"); i < 6 && item.ID != "" {
				l.keep(base+"/"+item.ID, l.get(base+"/"+item.ID))
			}
		}
		if more = page.Next; more == "" {
			return
		}
	}
}

// writes sends forms that take what the rival has already: names, ids, codes.
func (l *looker) writes() {
	own := string(l.sessionOf("right-holder").Organisation.ID)
	brand := own + "/" + string(l.brand.ID)
	proposed := func(n int) []string { return []string{fmt.Sprintf("0b890a5d-ac96-774b-bcce-%012d", n)} }
	for _, one := range []struct {
		at   string
		form url.Values
	}{
		{"/holders/" + own + "/brands/new", url.Values{"id": proposed(0), "name": {"QUENSECRET"}, "categories": {"COS"}}},
		{"/p/new", url.Values{"id": proposed(1), "brand": {brand}, "language.1": {"en"}, "name.1": {"Quensecret soap"}, "category": {"COS"}, "codes.gtin": {l.gtin}, "valid": {l.wall.in(200)}, "act": {"save"}}},
		{"/alerts/new", url.Values{"id": proposed(2), "brand": {brand}, "kind": {"trend"}, "level": {"urgent"}, "title": {"Quensecret alert"}, "look": {"Boxes"}, "language": {"en"}, "until": {l.wall.in(20)}, "to": {"all"}}},
		{"/contacts/new", url.Values{"id": proposed(3), "brand": {brand}, "desk": {"Quensecret desk 1"}, "languages": {"en"}, "phone": {"+65 6123 4567"}}},
		{"/holders/mandate", url.Values{"id": proposed(4), "representative": {l.rivalID()}, "since": {l.wall.in(0)}, "until": {l.wall.in(9)}}},
	} {
		l.keep("POST "+one.at, l.post(one.at, one.form))
	}
}

// told says what differs between two lookers.
func told(t *testing.T, persona string, a, b *looker) {
	t.Helper()
	if len(a.seen) != len(b.seen) {
		t.Errorf("%s: %d and %d answers", persona, len(a.seen), len(b.seen))
	}
	if len(a.seen) < 60 {
		t.Errorf("%s saw only %v", persona, a.order)
	}
	for _, what := range slices.Sorted(maps.Keys(b.seen)) {
		if _, ok := a.seen[what]; !ok {
			t.Errorf("%s: only with the rival: %s", persona, what)
		}
	}
	for _, what := range a.order {
		x, y := a.seen[what], b.seen[what]
		if y.header == nil {
			t.Errorf("%s: only without the rival: %s", persona, what)
			continue
		}
		if what == "/me" { // the sessions of the moment, on the machine's clock
			continue
		}
		p, q := a.bare(x), b.bare(y)
		if strings.HasSuffix(what, ".xlsx") {
			p, q = parts(t, x.body), parts(t, y.body)
		}
		if x.status != y.status || p != q {
			t.Errorf("%s: %s differs: status %d and %d\n%s", persona, what, x.status, y.status, difference(p, q))
		}
		if h, k := a.heads(x), b.heads(y); !maps.EqualFunc(h, k, slices.Equal) {
			t.Errorf("%s: %s: headers %v and %v", persona, what, h, k)
		}
		if strings.Contains(strings.ToLower(html.UnescapeString(q)), "quenvanelle") && !strings.Contains(what, "quenvanelle") {
			t.Errorf("%s: %s names what is the rival's", persona, what)
		}
	}
}

// A sealed cursor is another one each time, and so is an id that a form proposes.
var (
	sealedNext = regexp.MustCompile(`("next":"|id: |live\?after=|[?&]before=|[?&]cursor=)[\w-]{32,}`)
	proposed   = regexp.MustCompile(`name="(id|version_id)" value="[0-9a-f-]{36}"`)
)

func (l *looker) bare(a answer) string {
	body := strings.ReplaceAll(plain(a), l.request, "REQUEST")
	return proposed.ReplaceAllString(sealedNext.ReplaceAllString(body, "$1"), `name="$1"`)
}

func (l *looker) heads(a answer) http.Header {
	h := headers(a)
	for k, all := range h {
		for i := range all {
			all[i] = strings.ReplaceAll(all[i], l.request, "REQUEST")
		}
		h[k] = all
	}
	return h
}

// Two rivals in one library: whatever one of them does, and whatever customs do with
// what is its own, the other is answered the same to the byte: pages, lists and their
// cursors, errors, and what it writes under names and ids that the rival has.
func TestRivalWall(t *testing.T) {
	viewers := []string{"right-holder", second, advocate, left}
	seen := [2]map[string]*looker{{}, {}}
	var rivals [2]string
	for n := range 2 {
		v := newWall(newWorld(t))
		own := v.sheetOf("right-holder")
		v.sheet, v.gtin = own.ID, own.Content.Codes[0].Value
		if n == 1 {
			v.rival()
		}
		rivals[n] = v.as("rival-right-holder").get("/p/own/").body
		for _, persona := range viewers {
			l := v.look(persona)
			seen[n][persona] = l
			l.pages()
			l.api()
			l.same(v.hidden()...)
		}
		for _, persona := range viewers[:3] {
			seen[n][persona].writes()
		}
	}
	if rivals[0] == rivals[1] {
		t.Error("the rival has done all that it can, and its own worlds look alike")
	}
	for _, persona := range viewers {
		t.Logf("%s: %d answers", persona, len(seen[0][persona].seen))
		told(t, persona, seen[0][persona], seen[1][persona])
	}
}

// hidden are ids of the rival's: of itself, a sheet, a brand, an alert, a contact.
func (v *wall) hidden() []string {
	v.t.Helper()
	out := []string{string(v.theirs.ID)}
	f := v.as("rival-right-holder").get(door1 + "products?limit=1")
	var page struct{ Items []struct{ ID string } }
	if err := json.Unmarshal([]byte(f.body), &page); err != nil || len(page.Items) == 0 {
		v.t.Fatalf("the rival has no sheet: %d %s", f.status, f.body)
	}
	for _, i := range page.Items {
		if i.ID != string(v.sheet) {
			out = append(out, i.ID)
		}
	}
	a := v.as("rival-right-holder").get(door1 + "alerts?limit=1")
	if err := json.Unmarshal([]byte(a.body), &page); err != nil || len(page.Items) == 0 {
		v.t.Fatalf("the rival has no alert: %d %s", a.status, a.body)
	}
	return append(out, page.Items[0].ID, v.rivalID())
}
