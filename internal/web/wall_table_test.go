package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/api"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/protection"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/web"
)

const wallFile = "testdata/library.txt"

// things are records of the right holder's, by the beginning of the addresses they have.
func (v *wall) things() map[string]string {
	v.t.Helper()
	ctx, s := v.t.Context(), v.sessionOf("right-holder")
	a, _, err := v.app.Protections.File(ctx, s.Actor, protection.Draft{ID: protection.ApplicationID(nextID()), Brands: []holder.BrandID{v.brand.ID}, Country: "XA", Contact: "Desk"})
	v.must(err)
	alerts, err := v.app.Alerts.List(ctx, s.Actor, alert.Filter{})
	v.must(err)
	contacts, err := v.app.Contacts.List(ctx, s.Actor, contact.Filter{})
	v.must(err)
	sheet := string(v.sheetOf("right-holder").ID)
	return map[string]string{"/p/": sheet, door1 + "products": sheet, "/alerts/": string(slices.Concat(alerts.Current, alerts.Earlier)[0].ID), door1 + "alerts": "", "/inquiries/": string(v.asked),
		door1 + "inquiries": string(v.asked), "/holders/": string(v.brand.ID), "/contacts/": string(contacts.Items[0].ID), "/applications/": string(a.ID), "/measures/": ""}
}

// Every route of the library, as everybody who could come to it, with the records of one
// right holder. counsel acts for both rivals, advocate for this one only, the mandate of
// left-advocate was revoked, and agent has none yet.
func TestWhoMayInTheLibrary(t *testing.T) {
	v := newWall(newWorld(t))
	things := v.things()
	everybody := []string{"", "right-holder", second, "rival-right-holder", advocate, counsel, left, agent, "officer", "contact-point", "coordinator", "director", "observer", session.Stranger, "administrator", "auditor"}
	h, err := v.app.Holders.Read(t.Context(), v.sessionOf("right-holder").Actor, "")
	v.must(err)
	var got []string
	for _, r := range slices.Concat(web.Routes(), api.Routes()) {
		for at, id := range things {
			if strings.HasPrefix(r.Pattern, at) {
				for part, other := range map[string]string{"/mandates/": string(h.Given[0].ID), "/vettings/": string(h.Vettings[0].ID)} {
					if strings.Contains(r.Pattern, part) {
						id = other
					}
				}
				got = append(got, v.line(r, id, everybody))
			}
		}
	}
	slices.Sort(got)
	text := "# Who is answered what in the library: every route as everybody, with the records of one right\n# holder; reviewed by hand. Forms are sent empty; what they change is left changed for the next.\n" +
		strings.Join(got, "\n") + "\n"
	if *update {
		v.must(os.WriteFile(wallFile, []byte(text), 0o644))
		return
	}
	b, err := os.ReadFile(wallFile)
	v.must(err)
	want := strings.Split(string(b), "\n")
	for i, line := range strings.Split(text, "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("line %d: decide who is answered what, then go test ./internal/web -run TestWhoMayInTheLibrary -update and review\n got %s\nwant %s", i+1, line, want[min(i, len(want)-1)])
		}
	}
}

// line asks a route as everybody.
func (v *wall) line(r door.Route, id string, everybody []string) string {
	path := strings.NewReplacer("{id}", id, "{org}", string(v.sessionOf("right-holder").Organisation.ID), "{kind}", "traders", "{n}", "1", "{place}", "1", "{$}", "").Replace(r.Pattern)
	by := map[int][]string{}
	for _, persona := range everybody {
		c := v.as(persona)
		if persona == "" {
			persona = "nobody"
		}
		var a answer
		switch r.Method {
		case http.MethodPost:
			a = c.post(path, url.Values{})
		case http.MethodPut:
			a = c.do(r.Method, path, nil, http.Header{"Content-Type": {"application/json"}, rawBody: {"{}"}})
		default:
			a = c.do(r.Method, path, nil, nil)
		}
		by[a.status] = append(by[a.status], persona)
	}
	var out []string
	for _, status := range slices.Sorted(maps.Keys(by)) {
		out = append(out, fmt.Sprint(status, " ", strings.Join(by[status], " ")))
	}
	return fmt.Sprintf("%-4s %s: %s", r.Method, r.Pattern, strings.Join(out, "; "))
}
