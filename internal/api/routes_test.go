package api_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/api"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

var update = flag.Bool("update", false, "write testdata/routes.txt anew; review it line by line")

const routesFile = "testdata/routes.txt"

var written int

// nextID is a UUID that nothing has yet.
func nextID() string {
	written++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", written)
}

// plainLetter is a message that everybody may send; plainCase a case that every
// administration may report.
const (
	plainLetter = `{"template":"general","subject":"A word","body":"To whom it concerns.","language":"en","tlp":"GREEN","to":{"sides":["coordination"]}}`
	plainCase   = `{"country":"XA","day":"2017-02-10","goods":[{"category":"FOO","quantities":[{"amount":"12.5","unit":"KGM"}]}]}`
)

// named fills a pattern in with things that exist: a released case of the
// officer's administration, a message that right holders read.
type named struct{ message, from, kase, reporter, kept, file, upload, document, inquiry, workshop string }

func (w *world) named() named {
	w.t.Helper()
	ctx, officer := w.t.Context(), w.sessionOf("officer")
	mine, err := w.app.Seizures.List(ctx, officer.Actor, action, seizure.Filter{State: seizure.Released, Class: seizure.Counted, Organisation: officer.Organisation.Number})
	w.must(err)
	letters, err := w.app.Messages.List(ctx, w.sessionOf("right-holder").Actor, action, message.Filter{})
	w.must(err)
	w.must(w.app.Quarantine.Keep(ctx, officer.Actor, action, quarantine.Case, nextID(), "{}"))
	_, kept, err := w.app.Quarantine.List(ctx, w.sessionOf("contact-point").Actor, action)
	w.must(err)
	letter := letters.Items[0]
	var picture bytes.Buffer
	w.must(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))))
	file, err := w.app.Attachments.Receive(ctx, officer.Actor, action, attachment.Draft{ID: attachment.ID(nextID()), Name: "a.png"}, &picture)
	w.must(err)
	_, err = w.app.Messages.Send(ctx, officer.Actor, action, message.Draft{ID: message.ID(nextID()), Template: message.General, Subject: "A picture",
		Language: "en", TLP: "AMBER", To: audience.Address{Sides: []access.Side{access.Enforcement}}, Attachments: []attachment.ID{file.ID}})
	w.must(err)
	upload, err := w.app.Attachments.Begin(ctx, officer.Actor, action, attachment.Draft{ID: attachment.ID(nextID()), Name: "b.pdf", Size: 100})
	w.must(err)
	w.clock(mine.Items[0])
	return named{string(letter.ID), string(letter.From.ID), string(mine.Items[0].ID), string(officer.Organisation.ID), fmt.Sprint(kept[0].Seq),
		string(file.ID), string(upload.ID), w.document(), w.inquiry(mine.Items[1]), w.workshop()}
}

// clock starts the legal clock of a case of the officer's administration.
func (w *world) clock(of seizure.Case) detention.Clock {
	w.t.Helper()
	c, err := w.app.Detentions.Start(w.t.Context(), w.sessionOf("officer").Actor, action, of.Reference, detention.Starting{Kind: "ex-officio", Day: of.Day})
	w.must(err)
	return c
}

// inquiry asks a right holder about a case of the officer's administration.
func (w *world) inquiry(of seizure.Case) string {
	w.t.Helper()
	ctx, who := w.t.Context(), w.sessionOf("officer").Actor
	var picture bytes.Buffer
	w.must(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))))
	file, err := w.app.Attachments.Receive(ctx, who, action, attachment.Draft{ID: attachment.ID(nextID()), Name: "c.png"}, &picture)
	w.must(err)
	made, err := w.app.Inquiries.Ask(ctx, who, action, of.Reference, inquiry.Draft{ID: inquiry.ID(nextID()), Holder: w.sessionOf("right-holder").Organisation.ID, Line: 1,
		Fields: []string{"nature"}, Question: "Yours?", Language: "en", Pictures: []attachment.ID{file.ID}, Due: w.app.Clock.Now().Add(72 * time.Hour).Format(time.DateOnly)})
	w.must(err)
	return string(made.ID)
}

// document is one of the officer's administration, for everybody.
func (w *world) document() string {
	w.t.Helper()
	ctx, who := w.t.Context(), w.sessionOf("contact-point").Actor
	file, err := w.app.Attachments.Receive(ctx, who, action, attachment.Draft{ID: attachment.ID(nextID()), Name: "plan.pdf"}, strings.NewReader("%PDF-1.4\n"))
	w.must(err)
	d, _, err := w.app.Documents.Publish(ctx, who, action, document.Draft{ID: document.ID(nextID()), Kind: "training", Title: "A lesson", Language: "en",
		TLP: "GREEN", To: audience.Address{Sides: access.Sides()}, Note: "Berths.", File: file.ID})
	w.must(err)
	return string(d.ID)
}

// path fills a route's pattern in; body is what a write sends.
func (n named) path(r door.Route, code string, exists bool) (path, body string) {
	id, query, seq := n.message, "?organisation="+n.from, "1"
	if strings.Contains(r.Pattern, "/cases/") {
		id, query = n.kase, "?organisation="+n.reporter
	}
	if strings.Contains(r.Pattern, "/documents/") {
		id, query = n.document, "?organisation="+n.reporter
	}
	if strings.Contains(r.Pattern, "/inquiries/") {
		id, query = n.inquiry, ""
	}
	if strings.Contains(r.Pattern, "/workshops/") {
		id, query = n.workshop, ""
	}
	if strings.Contains(r.Pattern, "/attachments/") {
		id, query = n.file, ""
	}
	if strings.Contains(r.Pattern, "/uploads/") {
		id, query = n.upload, ""
	}
	if strings.Contains(r.Pattern, "/quarantine/") {
		seq = n.kept
	}
	if r.Method == http.MethodPut {
		id, query, body = nextID(), "", plainLetter
		if strings.Contains(r.Pattern, "/cases/") {
			body = plainCase
		}
		if strings.Contains(r.Pattern, "/inquiries/") { // the right holder answers; for whoever else it is not theirs to
			id, body = n.inquiry, `{"operation":"`+code+`","answer":{"verdict":"fake","reasons":"The seam.","language":"en"}}`
		}
	}
	if r.Method == http.MethodPost {
		body = `{"reason":"Wrong."}`
	}
	if !exists {
		id, seq = "01890a5d-ac96-774b-bcce-000000000000", "999999"
	}
	path = strings.NewReplacer("{code}", code, "{id}", id, "{seq}", seq, "{place}", "1").Replace(r.Pattern)
	if strings.Contains(r.Pattern, "{id}") {
		path += query
	}
	return path, body
}

// everybody are all personas, somebody whose session is none, and somebody whose
// administration left the operation a second ago.
func (w *world) everybody() map[string]client {
	w.t.Helper()
	out := map[string]client{"dead": {w, strings.Repeat("A", 43)}}
	for _, persona := range w.personas() {
		name := persona
		if name == "" {
			name = "nobody"
		}
		out[name] = w.as(persona)
	}
	left := w.officers()[0]
	out["left"] = w.signedIn(left)
	if a := out["left"].get(base + "/cases"); a.status != http.StatusOK {
		w.t.Fatalf("before leaving: %d", a.status)
	}
	w.must(w.app.Operations.End(w.t.Context(), w.sessionOf("director").Actor, action, left.Organisation.ID))
	return out
}

// Every route, as everybody, answers as the reviewed table says. What is not
// open to somebody and what there is not are the same answer to the byte.
func TestRoutes(t *testing.T) {
	w := newWorld(t)
	n, all := w.named(), w.everybody()
	var got []string
	for _, r := range api.Routes() {
		by := map[int][]string{}
		for _, name := range slices.Sorted(maps.Keys(all)) {
			path, body := n.path(r, string(action), true)
			a := all[name].do(r.Method, path, body)
			by[a.status] = append(by[a.status], name)
			w.whole(name+": "+r.Method+" "+path, a)
			if a.status != http.StatusNotFound {
				continue
			}
			for code, exists := range map[string]bool{"no-such-operation": true, string(action): false} {
				if r.Method == http.MethodPut && !exists {
					continue // a new id is what there is not
				}
				path, body := n.path(r, code, exists)
				none := all[name].do(r.Method, path, body)
				if none.body != a.body || none.status != a.status || !maps.EqualFunc(timeless(none.header), timeless(a.header), slices.Equal) {
					t.Errorf("%s: %s %s is refused otherwise than what there is not:\n%d %v %s%d %v %s", name, r.Method, path, a.status, a.header, a.body, none.status, none.header, none.body)
				}
			}
		}
		var parts []string
		for _, status := range slices.Sorted(maps.Keys(by)) {
			parts = append(parts, fmt.Sprintf("%d %s", status, strings.Join(by[status], " ")))
		}
		got = append(got, fmt.Sprintf("%-6s %s: %s", r.Method, r.Pattern, strings.Join(parts, "; ")))
	}
	slices.Sort(got)
	compare(t, got)
}

// compare holds the table against the reviewed file.
func compare(t *testing.T, got []string) {
	t.Helper()
	if *update {
		text := "# Who is answered what: every route for other systems as every persona, reviewed by hand.\n" +
			"# Writes send a message or case that can be taken. stranger belongs to another operation only, nobody has\n" +
			"# no token, dead has one that is none, and left is an officer whose administration left a second ago.\n" +
			strings.Join(got, "\n") + "\n"
		if err := os.WriteFile(routesFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(routesFile)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(b)), "\n")
	want = slices.DeleteFunc(want, func(l string) bool { return strings.HasPrefix(l, "#") })
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("not as reviewed: decide who is answered what, then go test ./internal/api -run TestRoutes -update and review\n%s", line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("reviewed, and not so: %s", line)
		}
	}
}

// whole fails unless an answer carries what every answer must.
func (w *world) whole(what string, a answer) {
	w.t.Helper()
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "same-origin"} {
		if a.header.Get(name) != want {
			w.t.Errorf("%s: %s is %q", what, name, a.header.Get(name))
		}
	}
	switch {
	case a.status >= 400:
		if !strings.Contains(what, ": "+http.MethodHead+" ") { // which has no body
			a.refusal(w.t)
		}
		if (a.status == http.StatusUnauthorized) != (a.header.Get("WWW-Authenticate") != "") {
			w.t.Errorf("%s: %d with WWW-Authenticate %q", what, a.status, a.header.Get("WWW-Authenticate"))
		}
	case a.status == http.StatusNoContent, strings.Contains(what, "/uploads"):
	case (strings.Contains(what, "/attachments/") || strings.Contains(what, "/pictures/")) && a.header.Get("Content-Type") == "image/jpeg":
	case a.header.Get("Content-Type") != "application/json" && a.header.Get("Content-Type") != "text/event-stream":
		w.t.Errorf("%s: %d of type %q", what, a.status, a.header.Get("Content-Type"))
	}
}

// timeless is a header without the moment and the length of an answer.
func timeless(h http.Header) http.Header {
	out := h.Clone()
	out.Del("Date")
	out.Del("Content-Length")
	return out
}
