package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/story"
)

var (
	hashes = regexp.MustCompile(`[0-9a-f]{64}|[A-Za-z0-9+/]{43}=`)
	canary = regexp.MustCompile(`Canary[A-Za-z]+`)
)

// twin is one of two worlds that differ only in what a viewer may not see.
type twin struct {
	*world
	n int // 0 or 1
}

func (w twin) pick(a, b string) string { return []string{a, b}[w.n] }

func (w twin) letter(mark string, to audience.Address) message.Draft {
	return message.Draft{ID: message.ID(nextID()), Template: message.General, Subject: "Canary" + mark, Language: "en", To: to,
		Body: "Canary" + mark + strings.Repeat(" more", w.n*40), TLP: w.pick("RED", "AMBER")}
}

func (w twin) find(mark string) seizure.Draft {
	return seizure.Draft{ID: seizure.ID(nextID()), Country: "XA", Day: w.pick("2017-02-08", "2017-02-20"), Place: "Canary" + mark, Language: "en",
		Conveyance: goods.Coded{Code: w.pick("sea", "air")}, Remarks: strings.Repeat("Canary"+mark+" ", 1+w.n),
		Goods: []goods.Line{{Category: w.pick("FOO", "PHA"), Brand: "Canary" + mark, Quantities: []goods.Quantity{{Micro: int64(1e6 + w.n*987e6), Unit: w.pick("H87", "KGM")}}}}}
}

// secrets writes what only one administration and coordination, two
// administrations, a right holder and coordination, or another operation see.
func (w twin) secrets(from, to session.Session) {
	ctx := w.t.Context()
	_, err := w.app.Seizures.Save(ctx, from.Actor, action, w.find("Draft"), 0)
	w.must(err)
	held, err := w.app.Seizures.Report(ctx, from.Actor, action, w.find("Held"))
	w.must(err)
	if held.State != seizure.Reported {
		w.t.Fatalf("the report is %s at once: choose an administration that holds back", held.State)
	}
	_, err = w.app.Messages.Send(ctx, from.Actor, action, w.letter("Apart", audience.Address{Organisations: []int64{to.Actor.Organisation}, Apart: true}))
	w.must(err)
	w.must(w.app.Quarantine.Keep(ctx, from.Actor, action, quarantine.Case, string(held.ID), w.pick(`{"place":"CanaryKept"}`, `{"remarks":"CanaryKept"}`)))
	stranger := w.sessionOf(session.Stranger).Actor
	all, err := w.app.Operations.List(ctx, stranger, operation.KindOperation)
	w.must(err)
	_, err = w.app.Messages.Send(ctx, stranger, all[0].Operation.Code, w.letter("Elsewhere", audience.Address{Sides: []access.Side{access.Coordination}}))
	w.must(err)
}

// walk asks for everything that somebody may be answered: lists page by page,
// what stands in them one by one, and what there is not.
func (c client) walk() map[string]answer {
	out := map[string]answer{}
	get := func(path string) answer {
		a := c.get(path)
		out[path] = a
		return a
	}
	get("/api/v1/me")
	get("/api/v1/operations")
	for _, rest := range []string{"search?q=Canary", "search?q=CanaryHeld", "search?q=Can&limit=5", "search?q=container", "search?q=the&limit=1", "search?q=CanaryApart&operation=" + string(action)} {
		get("/api/v1/" + rest)
	}
	for _, rest := range []string{"", "/members", "/results", "/journal/1", "/journal/5", "/quarantine", "/events", "/messages/x", "/cases/" + strings.Repeat("0", 36),
		"/cases?q=Canary", "/cases?q=CanaryHeld", "/cases?state=draft", "/cases?brand=Canary", "/cases?waits=true", "/cases?mine=true", "/cases?direction=import&q=Canary", "/cases?detection=routine&country=XA", "/cases?country=XA&from=2017-02-08&to=2017-02-08", "/messages?template=general&limit=3", "/messages?open=true", "/watch/conditions"} {
		get(base + rest)
	}
	for _, list := range []string{"messages", "cases", "journal"} {
		next := ""
		for n := range 3 {
			a := get(base + "/" + list + "?limit=20&cursor=" + url.QueryEscape(next))
			var page struct {
				Items []struct{ ID, Organisation string }
				Next  string
			}
			if a.status != 200 || json.Unmarshal([]byte(a.body), &page) != nil {
				break
			}
			for _, item := range page.Items[:min(5, len(page.Items))] {
				if n == 0 && item.ID != "" {
					get(base + "/" + list + "/" + item.ID + "?organisation=" + item.Organisation)
					get(base + "/links?depth=3&case=" + item.ID + "&organisation=" + item.Organisation)
				}
			}
			if next = page.Next; next == "" {
				break
			}
		}
	}
	return out
}

func holdsBack(all []session.Session) session.Session {
	return all[slices.IndexFunc(all, func(s session.Session) bool { return s.Organisation.ReleaseBy == "contact-point" })]
}

// Two worlds, equal but for what a viewer may not see, are the same world to the
// viewer: lists, records, results, journal, cursors, events, ETags and errors to
// the byte; and no mark of a secret is in any of it. Right holders are told
// nothing even of how much was written, so their worlds differ by that, too.
func TestSecretSwap(t *testing.T) {
	written = 1 << 20
	start := written
	blind := []string{"right-holder", "rival-right-holder"}
	viewers := append([]string{"observer", "officer", "contact-point"}, blind...)
	seen := map[string][2]map[string]answer{}
	var open [2]string
	for n := range 2 {
		written = start
		w := twin{newWorld(t), n}
		w.app.Clock.Set(story.Ends.AddDate(0, 0, 1))
		officers := w.officers()
		from, to := holdsBack(officers), officers[0]
		if to.Actor.Organisation == from.Actor.Organisation {
			to = officers[1]
		}
		w.secrets(from, to)
		look := func(viewers []string) {
			for _, v := range viewers {
				pair := seen[v]
				pair[n] = w.as(v).walk()
				seen[v] = pair
			}
		}
		look(viewers[:3])
		if n == 1 { // one world goes on, where right holders must not feel it
			for range 7 {
				w.secrets(from, to)
			}
		}
		look(blind)
		open[n] = w.as("coordinator").get(base + "/cases?limit=5").body
	}
	if open[0] == open[1] || !strings.Contains(open[0], "CanaryHeld") {
		t.Error("coordination reads a held case, and both worlds look alike: the test sees nothing")
	}
	for _, v := range viewers {
		a, b := seen[v][0], seen[v][1]
		if len(a) < 20 || len(a) != len(b) {
			t.Errorf("%s: %d and %d answers", v, len(a), len(b))
		}
		for _, path := range slices.Sorted(maps.Keys(a)) {
			x, y := a[path], b[path]
			if m := canary.FindString(x.body + y.body); m != "" && v != session.Stranger {
				t.Errorf("%s reads %s at %s", v, m, path)
			}
			p, q := sealedCursor.ReplaceAllString(x.body, "$1"), sealedCursor.ReplaceAllString(y.body, "$1")
			if strings.Contains(path, "/journal") { // salted hashes differ, and say nothing
				p, q = hashes.ReplaceAllString(p, "hash"), hashes.ReplaceAllString(q, "hash")
			}
			if x.status != y.status || p != q || !maps.EqualFunc(timeless(x.header), timeless(y.header), slices.Equal) {
				t.Errorf("%s: %s differs: %d %v and %d %v\n%s", v, path, x.status, x.header, y.status, y.header, difference(p, q))
			}
		}
	}
}

// sealedCursor is a right holder's, which is another one each time.
var sealedCursor = regexp.MustCompile(`("next":"|id: )(?:[0-9a-f]{32}|[\w-]{50,})`)

// difference shows where two texts part.
func difference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-100):min(len(s), i+100)] }
	return fmt.Sprintf("...%s...\n...%s...", cut(a), cut(b))
}

// What a right holder is answered holds no index of the journal and no cursor
// that another could read, and a foreign cursor is refused.
func TestRightHoldersGetNoNumbers(t *testing.T) {
	w := newWorld(t)
	holder, officer := w.as("right-holder"), w.as("officer")
	list := holder.get(base + "/messages?limit=2")
	var page struct {
		Items []map[string]any
		Next  string
	}
	list.decode(t, &page)
	if len(page.Next) != 32 || strings.Contains(list.body, `"number"`) {
		t.Errorf("next is %q: %.300s", page.Next, list.body)
	}
	if a := holder.get(base + "/messages?limit=2&cursor=" + page.Next); a.status != 200 || a.body == list.body {
		t.Errorf("the next page: %d", a.status)
	}
	other := map[bool]string{true: "1", false: "0"}[page.Next[31] == '0']
	for what, cursor := range map[string]string{"a plain index": "17", "a broken one": page.Next[:31] + other, "half of one": page.Next[:16], "capitals": strings.ToUpper(page.Next) + "0"} {
		if a := holder.get(base + "/messages?cursor=" + cursor); a.status != 422 || a.refusal(t).Errors[0].Field != "cursor" {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	if a := officer.get(base + "/messages?cursor=" + page.Next); a.status != 422 {
		t.Errorf("a member with a sealed cursor: %d", a.status)
	}
	put := holder.put(base+"/messages/"+nextID(), plainLetter)
	if put.status != 201 || strings.Contains(put.body, `"number"`) {
		t.Errorf("%d %s", put.status, put.body)
	}
	if stream := holder.get(base + "/events"); !regexp.MustCompile(`(?s)^retry: [0-9]+\n\nid: [0-9a-f]{32}\nevent: ready\n`).MatchString(stream.body) {
		t.Errorf("a stream begins with %q", stream.body)
	}
}
