package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Who may see what of a workshop: names and counts of one administration are not for
// another one, a session in which a right holder speaks is not for its rival, and what
// is for one administration alone does not exist for anybody else.
func TestWhoSeesWhatOfAWorkshop(t *testing.T) {
	w := newWorld(t)
	at := w.Workshop("/t/{id}")
	secret, guest := "Masks: seam, carton and seal", "Amina Yusuf"
	other := w.as("")
	other.token = w.SignedIn("qm.ncp")
	for name, c := range map[string]*client{"the right holder": w.as("right-holder"), "its rival": w.as("rival-right-holder"), "another administration": other, "the own officer": w.as("officer"), "coordination": w.as("coordinator")} {
		sees := map[string]bool{secret: name != "its rival", guest: name == "the own officer" || name == "coordination"}
		var all strings.Builder
		for _, more := range []string{"", "/calendar.ics", "/invitation", "/participants", "/places", "/nominate", "/sessions/" + string(webtest.WorkshopSessionID), "/materials", "/edit", "/call", "/cancel"} {
			a := c.get(at + more)
			if more == "" && a.status != http.StatusOK {
				t.Errorf("%s is answered %d", name, a.status)
			}
			if !strings.HasPrefix(more, "/sessions/") || a.status == http.StatusOK { // a 404 repeats the address that was asked for
				all.WriteString(a.body)
			}
		}
		all.WriteString(c.get("/t/").body)
		for words, want := range sees {
			if got := strings.Contains(all.String(), words); got != want {
				t.Errorf("%s reads %q: %v, want %v", name, words, got, want)
			}
		}
		if name == "its rival" && (strings.Contains(all.String(), "Marchetti") || strings.Contains(all.String(), string(webtest.WorkshopSessionID))) {
			t.Error("its rival learns who speaks, or that somebody does")
		}
	}
	own := w.own()
	for _, persona := range []string{"right-holder", "rival-right-holder", "observer", "stranger", "administrator", "auditor"} {
		w.as(persona).get(own).isStatus(t, persona+" asks for what is for one administration", http.StatusNotFound)
	}
	other.get(own).isStatus(t, "another administration", http.StatusNotFound)
	w.as("officer").get(own).isStatus(t, "its own officer", http.StatusOK)
}

// own gives the address of a workshop that is for the officer's administration alone.
func (w *world) own() string {
	w.t.Helper()
	s := w.sessionOf("coordinator")
	made, err := w.app.Workshops.Plan(w.t.Context(), s.Actor, action, workshop.Draft{ID: workshop.ID(source.Real().ID()), Kind: workshop.Debriefing, Title: "Between us", Language: "en", Place: "Room 4",
		Zone: "Africa/Nairobi", Starts: w.Day(30), Ends: w.Day(30), To: audience.Address{Organisations: []int64{w.sessionOf("officer").Actor.Organisation}}})
	if err != nil {
		w.t.Fatal(err)
	}
	return "/t/" + string(made.ID)
}

// Every form of these pages, sent empty by who may not send it, is answered like what
// does not exist: never with what is wrong with it.
func TestFormsOfWorkshopsAreNoOracle(t *testing.T) {
	w := newWorld(t)
	fill := strings.NewReplacer("{id}", string(webtest.WorkshopID), "{session}", string(webtest.WorkshopSessionID), "{participant}", w.guest(), "{material}", source.Real().ID())
	w.Workshop("")
	for _, r := range web.Routes() {
		if r.Method != http.MethodPost || !strings.HasPrefix(r.Pattern, "/t/") || !strings.HasPrefix(string(r.Command), "workshop.") {
			continue
		}
		path := fill.Replace(r.Pattern)
		for _, persona := range []string{"officer", "observer", "rival-right-holder", "stranger", "auditor", "administrator"} {
			w.as(persona).post(path, url.Values{"version": {"x"}}).isStatus(t, persona+" sends "+r.Pattern, http.StatusNotFound)
		}
		if a := w.as("").post(path, url.Values{}); a.status == http.StatusOK && strings.Contains(a.body, "error-summary") || a.status >= 500 {
			t.Errorf("nobody sends %s: %d", r.Pattern, a.status)
		}
	}
}

// guest is the participant who waits for a word.
func (w *world) guest() string {
	w.t.Helper()
	w.Workshop("")
	o, err := w.app.Workshops.Read(w.t.Context(), w.sessionOf("coordinator").Actor, action, webtest.WorkshopID)
	if err != nil || len(o.Guests) == 0 {
		w.t.Fatal(err, len(o.Guests))
	}
	return string(o.Guests[len(o.Guests)-1].ID)
}

// What is wrong is said above the form and beside its field, and what was typed stays;
// two who amend at once do not overwrite each other.
func TestWorkshopFormsKeepWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	at, c := w.Workshop("/t/{id}"), w.as("coordinator")
	bad := url.Values{"id": {source.Real().ID()}, "kind": {workshop.FollowUp}, "aim": {"Learn from it"}, "starts": {w.Day(40)}, "ends": {w.Day(39)}, "zone": {"Moon/Sea"}, "language": {"en"}, "languages": {"en", "ar"}, "to": {"enforcement"}}
	a := c.post("/t/new?operation="+string(action), bad)
	a.isStatus(t, "a bad plan", http.StatusUnprocessableEntity)
	a.says(t, "a bad plan", "Error: ", `href="#f-title"`, `href="#f-ends"`, `href="#f-zone"`, `href="#f-place"`, "Learn from it", "Moon/Sea")

	form := func(title string) url.Values {
		return url.Values{"version": {"1"}, "kind": {workshop.TrainTheTrainer}, "title": {title}, "place": {"Suva"}, "starts": {w.Day(21)}, "ends": {w.Day(22)}, "zone": {"Africa/Nairobi"}, "language": {"en"}, "languages": {"en"}, "to": {"all"}}
	}
	o, err := w.app.Workshops.Read(t.Context(), w.sessionOf("coordinator").Actor, action, webtest.WorkshopID)
	if err != nil {
		t.Fatal(err)
	}
	first, second := form("The first one's title"), form("The second one's title")
	first.Set("version", strconv.FormatInt(o.Workshop.Version, 10))
	second.Set("version", strconv.FormatInt(o.Workshop.Version, 10))
	c.post(at+"/edit", first).isStatus(t, "the first to amend", http.StatusSeeOther)
	a = w.as("trainer").post(at+"/edit", second)
	a.isStatus(t, "the second to amend", http.StatusConflict)
	a.says(t, "the second to amend", "The second one&#39;s title", "Error: ")
	if b := c.get(at).body; !strings.Contains(b, "The first one&#39;s title") {
		t.Error("the first title was overwritten")
	}

	s := url.Values{"id": {source.Real().ID()}, "day": {w.Day(21)}, "from": {"09:00"}, "until": {"08:00"}, "title": {"Seals"}, "speakers.1.name": {"Dr Ada"}, "act": {"add-speaker"}}
	c.post(at+"/sessions/new", s).says(t, "another speaker", `name="speakers.2.name"`, "Dr Ada", "Seals")
	s.Set("act", "save")
	a = c.post(at+"/sessions/new", s)
	a.isStatus(t, "a session that ends first", http.StatusUnprocessableEntity)
	a.says(t, "a session that ends first", `href="#f-until"`, `href="#f-speakers-1-function"`, "Dr Ada")

	a = c.post(at+"/cancel", url.Values{"reason": {"The hall burnt down"}, "typed": {"yes"}})
	a.isStatus(t, "a slip of the hand", http.StatusUnprocessableEntity)
	a.says(t, "a slip of the hand", "The hall burnt down", `href="#f-typed"`)
	ics := w.as("officer").get(at + "/calendar.ics")
	if kind := ics.header.Get("Content-Type"); !strings.HasPrefix(kind, "text/calendar") || !strings.HasPrefix(ics.body, "BEGIN:VCALENDAR\r\n") || !strings.Contains(ics.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the calendar is %s %q", kind, ics.body[:min(len(ics.body), 80)])
	}
	c.post(at+"/cancel", url.Values{"reason": {"The hall burnt down"}, "typed": {w.Day(21)}}).isStatus(t, "cancelled", http.StatusSeeOther)
	w.as("officer").get(at).says(t, "a cancelled workshop", "The hall burnt down")
	for _, r := range web.Routes() {
		if strings.HasPrefix(r.Pattern, "/t/{id}") && r.Method == http.MethodGet && r.Command == access.WorkshopAmend {
			c.get(strings.NewReplacer("{id}", string(webtest.WorkshopID), "{session}", string(webtest.WorkshopSessionID)).Replace(r.Pattern)).isStatus(t, r.Pattern+" of a cancelled one", http.StatusNotFound)
		}
	}
}

// All of a form of names are taken, or nobody: what was typed comes back, beside its fault.
func TestNamesAreTakenTogether(t *testing.T) {
	w := newWorld(t)
	at, desk := w.Workshop("/t/{id}"), w.as("contact-point")
	guests := func() int {
		o, err := w.app.Workshops.Read(t.Context(), w.sessionOf("contact-point").Actor, action, webtest.WorkshopID)
		if err != nil {
			t.Fatal(err)
		}
		return len(o.Guests)
	}
	was := guests() // two, on three places
	f := url.Values{"language": {"en"}, "more.1.name": {"Ada One"}, "more.2.name": {strings.Repeat("x", workshop.MaxTitle+1)}}
	a := desk.post(at+"/nominate", f)
	a.isStatus(t, "a name that is too long", http.StatusUnprocessableEntity)
	a.says(t, "a name that is too long", `href="#f-more-2-name"`, "Ada One")
	f.Set("more.2.name", "Bob Two")
	a = desk.post(at+"/nominate", f)
	a.isStatus(t, "more than places", http.StatusConflict)
	a.says(t, "more than places", "Ada One", "Bob Two")
	if now := guests(); now != was {
		t.Errorf("%d are named by forms that were refused", now-was)
	}
	f.Del("more.2.name")
	desk.post(at+"/nominate", f).isStatus(t, "one on one place", http.StatusSeeOther)
	if now := guests(); now != was+1 {
		t.Errorf("%d named, want one more than %d", now, was)
	}
}
