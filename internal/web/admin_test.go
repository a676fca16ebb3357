package web_test

import (
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

const newID = "01890a5d-ac96-774b-bcce-b302099a8057"

// value gives what stands in a field of a form.
func (a answer) value(t *testing.T, name string) string {
	t.Helper()
	m := regexp.MustCompile(`name="` + regexp.QuoteMeta(name) + `"[^>]*?value="([^"]*)"`).FindStringSubmatch(a.body)
	if m == nil {
		t.Fatalf("no field %s", name)
	}
	return m[1]
}

func TestAdminIsForThoseWhoKeepAccounts(t *testing.T) {
	w := newWorld(t)
	for _, who := range []string{"administrator", "director", "coordinator", "contact-point", "right-holder", "rival-right-holder", "observer", "stranger"} {
		for _, path := range []string{"/admin/", "/admin/organisations/", "/admin/people/", "/admin/people/new"} {
			w.as(who).get(path).isStatus(t, who+" "+path, http.StatusOK)
		}
	}
	for _, who := range []string{"officer", "analyst", "trainer", "auditor"} {
		for _, path := range []string{"/admin/", "/admin/organisations/", "/admin/people/", "/admin/people/new", "/admin/operations/new"} {
			w.as(who).get(path).isStatus(t, who+" "+path, http.StatusNotFound)
		}
	}
	w.as("contact-point").get("/admin/organisations/new").isStatus(t, "a contact point registers a body", http.StatusNotFound)
	a := w.as("right-holder").get("/admin/people/")
	a.says(t, "own people", "Solène Marchavoine")
	a.silent(t, "own people", "Gideon Farrowmist", "Yunus", "Qasmara")
	a = w.as("right-holder").get("/admin/organisations/")
	a.silent(t, "own body", "Qasmara", "Quenbrook")
}

func organisationForm() url.Values {
	return url.Values{"id": {newID}, "kind": {"customs"}, "country": {"XZ"}, "name": {"Zubrowska Customs"}, "name.fr": {"Douanes de Zubrowska"},
		"time_zone": {"Asia/Tokyo"}, "language": {"en"}, "release_by": {"contact-point"}, "release_after": {"12"}}
}

func TestOrganisationRegisteredAndAmended(t *testing.T) {
	w := newWorld(t)
	admin := w.as("administrator")
	bad := organisationForm()
	bad.Set("time_zone", "Mars/Olympus")
	bad.Set("release_after", "soon")
	a := admin.post("/admin/organisations/new", bad)
	a.isStatus(t, "a bad number", http.StatusUnprocessableEntity)
	a.says(t, "a bad number", `href="#f-release-after"`, "Zubrowska Customs", "Douanes de Zubrowska", `value="soon"`, "Error: ")
	bad.Set("release_after", "12")
	a = admin.post("/admin/organisations/new", bad)
	a.isStatus(t, "a bad zone", http.StatusUnprocessableEntity)
	a.says(t, "a bad zone", `href="#f-time-zone"`, "Mars/Olympus", `value="contact-point" checked`)

	admin.post("/admin/organisations/new", organisationForm()).isStatus(t, "registered", http.StatusSeeOther)
	admin.post("/admin/organisations/new", organisationForm()).isStatus(t, "the same form again", http.StatusSeeOther)
	admin.get("/admin/organisations/").says(t, "the list", "Zubrowska Customs", "after 12 hours")
	admin.in("fr").get("/admin/organisations/").says(t, "the list in French", "Douanes de Zubrowska")

	at := "/admin/organisations/" + newID
	form := organisationForm()
	form.Set("version", admin.get(at).value(t, "version"))
	form.Set("abbreviation", "ZC")
	admin.post(at, form).isStatus(t, "amended", http.StatusSeeOther)
	form.Set("abbreviation", "ZUB")
	a = admin.post(at, form)
	a.isStatus(t, "amended from an older reading", http.StatusConflict)
	a.says(t, "mine and theirs", "Somebody else changed this", "ZUB", "As it stands now", ">ZC<")
	form.Set("version", a.value(t, "version"))
	admin.post(at, form).isStatus(t, "sent again, knowing", http.StatusSeeOther)

	// A contact point amends its own body, but not what it is.
	own := "/admin/organisations/" + w.bodyOf("contact-point")
	ncp := w.as("contact-point")
	a = ncp.get(own)
	a.silent(t, "the own body", `name="kind"`, `name="country"`)
	ncp.post(own, url.Values{"version": {a.value(t, "version")}, "name": {"هيئة الجمارك"}, "language": {"ar"}, "time_zone": {"Asia/Dubai"},
		"release_by": {"officer"}, "kind": {"secretariat"}, "country": {"QM"}}).isStatus(t, "amended by its own", http.StatusSeeOther)
	admin.get(own).says(t, "what it is", `value="customs" selected`, `value="XA" selected`)
	ncp.get(at).isStatus(t, "somebody else's body", http.StatusNotFound)
	ncp.post(at, form).isStatus(t, "somebody else's body", http.StatusNotFound)
}

var link = regexp.MustCompile(`http://[^<" ]*(/invitation/[A-Za-z0-9_-]+)`)

func TestPersonFromRegistrationToPassword(t *testing.T) {
	w := newWorld(t)
	ncp, nobody := w.as("contact-point"), w.as("")
	form := url.Values{"id": {newID}, "name": {"Layla Noor"}, "login": {"bad login!"}, "language": {"ar"}, "position": {"مفتشة"}, "contact_point": {""}}
	a := ncp.post("/admin/people/new", form)
	a.isStatus(t, "a bad sign-in name", http.StatusUnprocessableEntity)
	a.says(t, "a bad sign-in name", `href="#f-login"`, "Layla Noor", "bad login!", "مفتشة")
	form.Set("login", "Layla.Noor")
	form.Set("administrator", "yes")
	ncp.post("/admin/people/new", form).isStatus(t, "a contact point makes an administrator", http.StatusNotFound)
	form.Del("administrator")
	a = ncp.post("/admin/people/new", form)
	a.isStatus(t, "registered", http.StatusSeeOther)
	at := "/admin/people/" + newID
	w.as("right-holder").get(at).isStatus(t, "another organisation's person", http.StatusNotFound)
	w.as("right-holder").post(at+"/link", nil).isStatus(t, "a link for another's person", http.StatusNotFound)

	a = ncp.post(at+"/link", url.Values{})
	a.isStatus(t, "the link", http.StatusOK)
	m := link.FindStringSubmatch(a.body)
	if m == nil {
		t.Fatal("no link is shown")
	}
	ncp.get(at).silent(t, "the link is shown once", "/invitation/")
	a = nobody.get(m[1])
	a.isStatus(t, "the invitation", http.StatusOK)
	a.says(t, "the invitation", "Layla Noor", "layla.noor")
	if got := a.header.Get("Referrer-Policy"); got != "no-referrer" {
		t.Errorf("the page of a link gives its address away: %q", got)
	}
	a = nobody.post(m[1], url.Values{"password": {webtest.Password}, "again": {"another"}})
	a.isStatus(t, "two passwords", http.StatusUnprocessableEntity)
	a.says(t, "two passwords", "The two passwords differ", `href="#f-again"`)
	a.silent(t, "a password comes back", webtest.Password)
	nobody.post(m[1], url.Values{"password": {"short"}, "again": {"short"}}).says(t, "a short one", `href="#f-password"`)
	nobody.post(m[1], url.Values{"password": {webtest.Password}, "again": {webtest.Password}}).isStatus(t, "set", http.StatusSeeOther)
	nobody.get(m[1]).isStatus(t, "used twice", http.StatusNotFound)

	a = nobody.post("/signin", url.Values{"login": {"LAYLA.NOOR"}, "password": {webtest.Password}, "back": {"/me"}})
	a.isStatus(t, "signed in", http.StatusSeeOther)
	layla := w.as("")
	layla.token = sessionIn(t, a)
	layla.get("/me").says(t, "the account", "Layla Noor", "/me/password")
	layla.get("/").says(t, "no operation yet", "You take part in no operation yet")

	ncp.get(at+"/suspend").says(t, "before suspending", "every session of this person is refused")
	ncp.post(at+"/suspend", url.Values{}).isStatus(t, "suspended", http.StatusSeeOther)
	layla.get("/").isStatus(t, "a suspended person", http.StatusUnauthorized)
	ncp.post(at+"/resume", url.Values{}).isStatus(t, "resumed", http.StatusSeeOther)
	me := "/admin/people/" + string(w.sessionOf("contact-point").Person.ID)
	ncp.post(me+"/suspend", url.Values{}).isStatus(t, "oneself", http.StatusConflict)
}

// sessionIn gives the session that an answer sets.
func sessionIn(t *testing.T, a answer) string {
	t.Helper()
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		if c.Name == "tidewaiter" && c.Value != "" {
			return c.Value
		}
	}
	t.Fatalf("no session: %d %v", a.status, a.header)
	return ""
}

func TestHatsAreAdded(t *testing.T) {
	w := newWorld(t)
	admin := w.as("administrator")
	at := "/admin/people/" + string(w.sessionOf("officer").Person.ID)
	a := admin.post(at+"/hat", url.Values{"hat_organisation": {""}, "hat_position": {"x\x00y"}})
	a.isStatus(t, "a bad hat", http.StatusUnprocessableEntity)
	a.says(t, "a bad hat", `href="#f-hat-position"`, "Yunus Al-Mirfawi")
	admin.post(at+"/hat", url.Values{"hat_organisation": {"1"}, "hat_position": {"Guest"}}).isStatus(t, "a second hat", http.StatusSeeOther)
	w.as("officer").get("/me").says(t, "both are offered", "Guest", "Act for it")
	w.as("contact-point").post(at+"/hat", url.Values{"hat_organisation": {"1"}}).isStatus(t, "a contact point adds a hat", http.StatusNotFound)
	// Who acts for others too is not one contact point's to reset.
	w.as("contact-point").post(at+"/link", url.Values{}).isStatus(t, "a link for somebody of two bodies", http.StatusConflict)
	admin.post(at+"/hat-end", url.Values{"hat": {"1"}}).isStatus(t, "the hat ends", http.StatusSeeOther)
	w.as("officer").get("/me").silent(t, "one again", "Guest")

	form := url.Values{"name": {"Yunus A. Mirfawi"}, "amended": {admin.get(at).value(t, "amended")}, "version": {admin.get(at).value(t, "version")}, "position": {"Inspector"}}
	admin.post(at, form).isStatus(t, "amended", http.StatusSeeOther)
	form.Set("position", "Chief")
	a = admin.post(at, form)
	a.isStatus(t, "amended from an older reading", http.StatusConflict)
	a.says(t, "mine and theirs", "Chief", "Inspector", "As it stands now")
}

func openingForm(w *world) url.Values {
	return url.Values{"id": {newID}, "code": {"night-tide-1"}, "kind": {"operation"}, "name": {"Night Tide"}, "purpose": {"An exercise of <care>."},
		"language": {"en"}, "time_zone": {"Asia/Tokyo"}, "organisation": {w.bodyOf("coordinator")}, "director": {string(w.sessionOf("coordinator").Person.ID)},
		"rows": {"3"}, "phases.0.kind": {"training"}, "phases.1.kind": {"operational"}, "phases.1.starts": {"2017-05-01"}, "phases.1.ends": {"2017-05-12"},
		"phases.2.kind": {"evaluation"}, "categories": {"FOO", "TOB"}, "hs": {"2402 3004"}, "counting.phase": {"operational"}, "counting": {"checked"},
		"counting.statuses": {"seized"}, "words.en": {"Seized and released cases of the operational phase count."}, "handling": {"For members only."}}
}

func TestOperationIsOpened(t *testing.T) {
	w := newWorld(t)
	admin := w.as("administrator")
	form := openingForm(w)
	form.Set("more", "phase")
	a := admin.post("/admin/operations/new", form)
	a.isStatus(t, "another phase", http.StatusOK)
	a.says(t, "another phase", `name="phases.3.starts"`, "Night Tide", `value="2017-05-12"`, `value="TOB" checked`, "An exercise of &lt;care&gt;.")
	form.Del("more")
	for name, c := range map[string]struct{ field, value, says string }{
		"backwards":       {"phases.1.ends", "2017-04-01", `href="#f-phases"`},
		"not a day":       {"phases.1.ends", "12.05.2017", `href="#f-phases"`},
		"a bad code":      {"code", "Night Tide", `href="#f-code"`},
		"a code in use":   {"code", "action-ipr-ap-2", `href="#f-code"`},
		"no such phase":   {"counting.phase", "follow-up", `href="#f-counting"`},
		"no director":     {"director", "", `href="#f-director"`},
		"cannot direct":   {"organisation", w.bodyOf("officer"), `href="#f-organisation"`},
		"from elsewhere":  {"director", string(w.sessionOf("officer").Person.ID), `href="#f-director"`},
		"nothing to keep": {"handling", " ", `href="#f-handling"`},
	} {
		bad := openingForm(w)
		bad.Set(c.field, c.value)
		a := admin.post("/admin/operations/new", bad)
		a.isStatus(t, name, http.StatusUnprocessableEntity)
		a.says(t, name, c.says, "Night Tide", `value="2017-05-01"`)
	}
	admin.post("/admin/operations/new", form).isStatus(t, "opened", http.StatusSeeOther)
	admin.get("/o/night-tide-1/").isStatus(t, "who opened it is no member", http.StatusNotFound)
	w.as("coordinator").get("/o/").says(t, "its director's list", "Night Tide")
	st, err := w.app.Operations.Read(t.Context(), w.sessionOf("coordinator").Actor, "night-tide-1")
	if err != nil {
		t.Fatal(err)
	}
	o := st.Operation
	if len(o.Phases) != 1 || strings.Join(o.Scope.HS, " ") != "2402 3004" || len(o.Scope.Categories) != 2 || !o.Counting.Checked || o.Counting.Genuine ||
		o.Counting.Doubles || o.Counting.Words["en"] == "" || o.Handling.Text != "For members only." || len(o.Counting.Statuses) != 1 {
		t.Errorf("opened as %+v", o)
	}
	w.as("contact-point").post("/admin/operations/new", openingForm(w)).isStatus(t, "a contact point of an administration", http.StatusUnprocessableEntity)
}
