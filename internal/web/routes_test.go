package web_test

import (
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/web"
)

var update = flag.Bool("update", false, "write testdata/routes.txt anew; review it line by line")

const routesFile = "testdata/routes.txt"

// known is what addresses are filled in with: of a world, once.
type known struct {
	officer, other session.Session
	mine           seizure.Case
	letter         int64
}

func (w *world) knows() *known {
	w.t.Helper()
	ctx, officer := w.t.Context(), w.sessionOf("officer")
	mine, err := w.app.Seizures.List(ctx, officer.Actor, action, seizure.Filter{State: seizure.Released, Class: seizure.Counted, Organisation: officer.Organisation.Number})
	if err != nil {
		w.t.Fatal(err)
	}
	letters, err := w.app.Messages.List(ctx, w.sessionOf("right-holder").Actor, action, message.Filter{})
	if err != nil {
		w.t.Fatal(err)
	}
	return &known{officer, w.officers()[0], mine.Items[0], letters.Items[0].Message.Seq}
}

// target fills a pattern in with things that exist: a released case of the
// officer's administration, a colleague who is no persona, another member.
type target map[string]string

func (w *world) target(r door.Route) target {
	w.t.Helper()
	if w.known == nil {
		w.known = w.knows()
	}
	officer, mine, other := w.known.officer, w.known.mine, w.known.other
	t := target{"{op}": string(action), "{ref}": mine.Reference, "{seq}": fmt.Sprint(w.known.letter), "{template}": "general",
		"{org}": string(officer.Organisation.ID), "{person}": string(w.colleague()), "{token}": strings.Repeat("A", 43), "{$}": "", "{day}": "2017-02-20",
		"{kind}": "message", "{entry}": "1"}
	switch {
	case strings.HasSuffix(r.Pattern, "/{org}/end"): // nobody's own, or it would be somebody's to leave
		t["{org}"] = string(other.Organisation.ID)
	case strings.HasPrefix(r.Pattern, "/p/{id}"):
		t["{id}"], t["{n}"], t["{kind}"] = string(w.Covert()), "1", "traders"
	case strings.HasPrefix(r.Pattern, "/lessons/{id}"):
		t["{id}"] = w.Lesson("{id}")
	case strings.HasPrefix(r.Pattern, "/alerts/{id}"), strings.HasPrefix(r.Pattern, "/applications/{id}"):
		t["{id}"] = w.ofHolder(r.Pattern)
	case strings.HasPrefix(r.Pattern, "/holders/{org}"), strings.HasPrefix(r.Pattern, "/contacts/{org}"):
		t["{org}"], t["{id}"] = string(w.sessionOf("right-holder").Organisation.ID), w.ofHolder(r.Pattern)
	case strings.HasPrefix(r.Pattern, "/inquiries/"):
		if w.asked == "" {
			w.asked = w.question()
		}
		t["{id}"], t["{place}"] = string(w.asked), "1"
	case strings.HasPrefix(r.Pattern, "/admin/people/"):
		t["{id}"] = string(w.colleague())
	case strings.HasPrefix(r.Pattern, "/admin/organisations/"):
		t["{id}"] = string(officer.Organisation.ID)
	case strings.HasSuffix(r.Pattern, "/a/{file}/black"):
		t["{file}"] = string(w.Photo().ID)
	case strings.Contains(r.Pattern, "/a/{file}"):
		photo, _ := w.SendPhoto()
		t["{file}"] = fmt.Sprint(photo.Seq)
	case strings.Contains(r.Pattern, "/journal/"):
		t["{seq}"] = "1"
	case strings.Contains(r.Pattern, "/documents/"):
		t["{seq}"] = w.document()
	case strings.HasSuffix(r.Pattern, "/clocks/law/{profile}"):
		t["{profile}"] = "jp"
	case strings.Contains(r.Pattern, "/clock/") && !strings.HasSuffix(r.Pattern, "/start"):
		_, told := w.clock(mine)
		t["{seq}"], t["{kind}"] = fmt.Sprint(told.Seq), "declarant"
	case strings.Contains(r.Pattern, "/situation/{seq}"):
		t["{seq}"] = w.Situation("{seq}")
	case strings.Contains(r.Pattern, "/tasks/"):
		t["{seq}"] = fmt.Sprint(w.task())
	case strings.Contains(r.Pattern, "/roster/"):
		t["{seq}"] = fmt.Sprint(w.shift())
	}
	w.training(r, t)
	return t
}

// ofHolder is the id of what the right holder has in the library, of the kind that a
// pattern is about.
func (w *world) ofHolder(pattern string) string {
	w.t.Helper()
	switch {
	case strings.HasPrefix(pattern, "/applications/"):
		return w.Application("{id}")
	case strings.HasPrefix(pattern, "/alerts/"):
		all, err := w.app.Alerts.List(w.t.Context(), w.sessionOf("right-holder").Actor, alert.Filter{})
		if err != nil || len(all.Current)+len(all.Earlier) == 0 {
			w.t.Fatal("the right holder has no alert", err)
		}
		return string(append(all.Current, all.Earlier...)[0].ID)
	case strings.HasPrefix(pattern, "/contacts/"):
		return w.Holders("{contact}")
	case strings.Contains(pattern, "/mandates/"):
		return w.Holders("{mandate}")
	case strings.Contains(pattern, "/brands/"):
		return w.Holders("{brand}")
	}
	h, err := w.app.Holders.Read(w.t.Context(), w.sessionOf("right-holder").Actor, "")
	if err != nil {
		w.t.Fatal(err)
	}
	return string(h.Vettings[0].ID)
}

// colleague is somebody of the officer's administration who is no persona.
func (w *world) colleague() string {
	w.t.Helper()
	all, err := w.app.People.List(w.t.Context(), w.sessionOf("contact-point").Actor)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, l := range all {
		if l.Person.Persona == "" {
			return string(l.Person.ID)
		}
	}
	w.t.Fatal("the officer has no colleague")
	return ""
}

func (t target) path(pattern string) string {
	for name, value := range t {
		pattern = strings.ReplaceAll(pattern, name, value)
	}
	return pattern
}

// unknown leads to nothing: the same kind of address, of things that there are not.
func (t target) unknown(pattern string) string {
	u := maps.Clone(t)
	for name, value := range map[string]string{"{op}": "no-such-operation", "{id}": "01890a5d-ac96-774b-bcce-000000000000", "{org}": "01890a5d-ac96-774b-bcce-000000000001"} {
		if _, ok := u[name]; ok {
			u[name] = value
		}
	}
	return u.path(pattern)
}

// ask sends what a route takes: nothing, or a form without a field.
func (c *client) ask(r door.Route, path string) answer {
	if r.Method == http.MethodPost {
		form := url.Values{}
		if path == "/signin" { // somebody each time: after ten tries a name has to wait
			form.Set("login", "nobody-"+c.token)
		}
		return c.post(path, form)
	}
	return c.get(path)
}

// Every route, as everybody, answers as the reviewed table says. What is not
// open to somebody and what there is not look the same to the byte.
func TestRoutes(t *testing.T) {
	var got []string
	var rest []door.Route
	t.Run("pages", func(t *testing.T) {
		shared := newWorld(t)
		for _, r := range web.Routes() {
			if r.Method == http.MethodPost {
				rest = append(rest, r)
				continue
			}
			line, _ := shared.row(r)
			got = append(got, line)
		}
	})
	// A form that is taken changes the world: who comes after it has another one.
	for len(rest) > 0 {
		t.Run(strings.ReplaceAll(rest[0].Pattern, "/", "_"), func(t *testing.T) {
			shared := newWorld(t)
			for taken := false; len(rest) > 0 && !taken; rest = rest[1:] {
				var line string
				line, taken = shared.row(rest[0])
				got = append(got, line)
			}
		})
	}
	slices.Sort(got)
	text := "# Who is answered what: every route of the door as every persona, reviewed by hand.\n" +
		"# Forms are sent empty. stranger belongs to another operation only; nobody is not signed in.\n" +
		strings.Join(got, "\n") + "\n"
	if *update {
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
	for _, line := range got {
		if !slices.Contains(want, line) {
			route, _, _ := strings.Cut(line, ":")
			i := slices.IndexFunc(want, func(l string) bool { return strings.HasPrefix(l, route+":") })
			if i < 0 {
				t.Errorf("no line for this route: decide who is answered what, then go test ./internal/web -run TestRoutes -update and review\n%s", line)
				continue
			}
			t.Errorf("\n got %s\nwant %s", line, want[i])
		}
	}
	for _, line := range want {
		route, _, _ := strings.Cut(line, ":")
		if !strings.HasPrefix(line, "#") && !slices.ContainsFunc(got, func(l string) bool { return strings.HasPrefix(l, route+":") }) {
			t.Errorf("a line without a route: %s", line)
		}
	}
}

// row asks a route as everybody and gives its line of the table, and whether anybody
// was not refused.
func (w *world) row(r door.Route) (line string, taken bool) {
	w.t.Helper()
	to := w.target(r)
	by := map[int][]string{}
	for _, persona := range w.personas() {
		c, name := w.as(persona), persona
		if name == "" {
			name = "nobody"
		}
		path := to.path(r.Pattern)
		a := c.ask(r, path)
		carries(w.t, name+": "+r.Method+" "+path, a)
		by[a.status] = append(by[a.status], name)
		taken = taken || a.status < 400
		if a.status == http.StatusNotFound {
			w.same(name, r, a, path, c.ask(r, to.unknown(r.Pattern)), to.unknown(r.Pattern))
		}
	}
	var parts []string
	for _, status := range slices.Sorted(maps.Keys(by)) {
		slices.Sort(by[status])
		parts = append(parts, fmt.Sprintf("%d %s", status, strings.Join(by[status], " ")))
	}
	return fmt.Sprintf("%-4s %s: %s", r.Method, r.Pattern, strings.Join(parts, "; ")), taken
}

// same fails unless two refusals differ in nothing but the address that was asked.
func (w *world) same(who string, r door.Route, closed answer, at string, none answer, elsewhere string) {
	w.t.Helper()
	if none.status != closed.status || addressless(closed, at) != addressless(none, elsewhere) {
		w.t.Errorf("%s: %s %s is refused otherwise than what there is not: %d and %d", who, r.Method, r.Pattern, closed.status, none.status)
	}
	if a, b := headers(closed), headers(none); !maps.EqualFunc(withoutLength(a), withoutLength(b), slices.Equal) {
		w.t.Errorf("%s: %s %s: headers %v and %v", who, r.Method, r.Pattern, a, b)
	}
}

func addressless(a answer, path string) string {
	body := strings.ReplaceAll(plain(a), url.QueryEscape(path), "ADDRESS")
	return strings.ReplaceAll(body, path, "ADDRESS")
}

func withoutLength(h http.Header) http.Header {
	h.Del("Content-Length")
	return h
}
