package web_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// says fails unless the page holds every text.
func (a answer) says(t *testing.T, what string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("%s: %d, without %q", what, a.status, text)
		}
	}
}

// silent fails if the page holds one of the texts.
func (a answer) silent(t *testing.T, what string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			t.Errorf("%s: %d, with %q", what, a.status, text)
		}
	}
}

// isStatus fails unless the answer has that status.
func (a answer) isStatus(t *testing.T, what string, status int) {
	t.Helper()
	if a.status != status {
		t.Errorf("%s: status %d, want %d", what, a.status, status)
	}
}

// bodyOf is the UUID of a persona's organisation.
func (w *world) bodyOf(persona string) string {
	w.t.Helper()
	return string(w.sessionOf(persona).Organisation.ID)
}

const peopleAt = "/o/action-ipr-ap-2/people/"

func TestPeopleShowWhoTakesPart(t *testing.T) {
	w := newWorld(t)
	for _, who := range []string{"director", "coordinator", "contact-point", "officer", "analyst", "trainer"} {
		a := w.as(who).get(peopleAt)
		a.isStatus(t, who, http.StatusOK)
		a.says(t, who, "WCO Secretariat", "Qasmara Customs Authority", "Verdane Customs", "Invited", "Nawal Al-Durrani-Sahl")
		if got := strings.Contains(a.body, peopleAt+"invite"); got != (who == "director" || who == "coordinator") {
			t.Errorf("%s is offered to invite: %v", who, got)
		}
	}
	// Right holders and observers may not know the members; their contact points see their own people.
	for who, name := range map[string]string{"right-holder": "Solène Marchavoine", "observer": "Talia Nukusere"} {
		a := w.as(who).get(peopleAt)
		a.isStatus(t, who, http.StatusOK)
		a.says(t, who, name)
		a.silent(t, who, "Qasmara", "Hana Ryuseki", "Quenbrook", "Enforcement")
		w.as(who).get(peopleAt+w.bodyOf("officer")).isStatus(t, who+" asks for another organisation", http.StatusNotFound)
	}
	for _, who := range []string{"auditor", "administrator", "stranger"} {
		w.as(who).get(peopleAt).isStatus(t, who, http.StatusNotFound)
	}
}

func TestMembershipFromInvitationToEnd(t *testing.T) {
	w := newWorld(t)
	rimavao := w.bodyOf("stranger")
	director, stranger := w.as("director"), w.as("stranger")
	a := director.get(peopleAt + "invite")
	a.says(t, "the form", `value="`+rimavao+`"`, "Right holders")
	a.silent(t, "the form offers a member", `value="`+w.bodyOf("officer")+`"`)

	// Refused, what was chosen stays, and the summary names the field.
	a = director.post(peopleAt+"invite", url.Values{"organisation": {""}, "side": {"right-holder"}})
	a.isStatus(t, "nobody is invited", http.StatusUnprocessableEntity)
	a.says(t, "nobody is invited", "Error: ", `href="#f-organisation"`, `value="right-holder" checked`, "Organisation: ")
	w.as("officer").post(peopleAt+"invite", url.Values{"organisation": {rimavao}, "side": {"enforcement"}}).isStatus(t, "an officer invites", http.StatusNotFound)

	stranger.get("/o/action-ipr-ap-2/accept").isStatus(t, "not invited yet", http.StatusNotFound)
	a = director.post(peopleAt+"invite", url.Values{"organisation": {rimavao}, "side": {"enforcement"}})
	a.isStatus(t, "the invitation", http.StatusSeeOther)
	director.get(a.location).says(t, "afterwards", "Rimavao Customs", "The invitation is sent")

	stranger.get("/").says(t, "the invited's home", "/o/action-ipr-ap-2/accept", "Action IPR A/P 2")
	a = stranger.get("/o/action-ipr-ap-2/accept")
	a.says(t, "the invitation", "Version ", `name="accepted" value="1"`)
	w.as("officer").get("/o/action-ipr-ap-2/accept").isStatus(t, "somebody else's invitation", http.StatusNotFound)
	a = stranger.post("/o/action-ipr-ap-2/accept", url.Values{})
	a.isStatus(t, "without the tick", http.StatusUnprocessableEntity)
	a.says(t, "without the tick", "Tick the box", `href="#f-accepted"`)
	stranger.post("/o/action-ipr-ap-2/accept", url.Values{"accepted": {"7"}}).isStatus(t, "conditions that nobody wrote", http.StatusConflict)
	a = stranger.post("/o/action-ipr-ap-2/accept", url.Values{"accepted": {"1"}})
	a.isStatus(t, "accepted", http.StatusSeeOther)
	stranger.get(a.location).says(t, "now a member", "Qasmara", "Your organisation takes part")

	// The end asks first, says what follows, and shuts the door at once.
	at := peopleAt + rimavao + "/end"
	w.as("officer").get(at).isStatus(t, "an officer's way to the end", http.StatusNotFound)
	w.as("coordinator").post(at, nil).isStatus(t, "a coordinator ends a membership", http.StatusNotFound)
	director.get(at).says(t, "the question", "Rimavao Customs", "sees nothing of this operation", "stays counted")
	director.post(at, url.Values{}).isStatus(t, "the end", http.StatusSeeOther)
	for _, path := range []string{peopleAt, "/o/action-ipr-ap-2/", "/o/action-ipr-ap-2/c/"} {
		stranger.get(path).isStatus(t, "after the end "+path, http.StatusNotFound)
	}
	director.get(peopleAt+rimavao).says(t, "what stays", "Ended", "Version of the handling conditions")
	director.post(peopleAt+w.bodyOf("director")+"/end", url.Values{}).isStatus(t, "the last director's body", http.StatusConflict)
}

func TestRolesOfOwnPeople(t *testing.T) {
	w := newWorld(t)
	ncp, officer := w.as("contact-point"), w.as("officer")
	own, who := w.bodyOf("officer"), string(w.sessionOf("officer").Person.ID)
	at := peopleAt + own + "/roles/" + who
	ncp.get(at).says(t, "the form", `value="officer" checked`, "Reports and amends cases", "sees nothing of this operation")
	for name, c := range map[string]*client{"an officer": officer, "the director": w.as("director"), "another contact point": w.as("stranger")} {
		c.get(at).isStatus(t, name, http.StatusNotFound)
		c.post(at, url.Values{"roles": {"officer"}}).isStatus(t, name, http.StatusNotFound)
	}
	a := ncp.post(at, url.Values{"roles": {"director", "analyst"}})
	a.isStatus(t, "a role of another side", http.StatusUnprocessableEntity)
	a.says(t, "a role of another side", "Roles in this operation: ", `value="analyst" checked`)
	ncp.post(at, url.Values{"roles": {"officer", "analyst"}}).isStatus(t, "two roles", http.StatusSeeOther)
	ncp.get(peopleAt+own).says(t, "two roles", "Analyst")
	ncp.post(at, url.Values{}).isStatus(t, "no role", http.StatusSeeOther)
	officer.get("/o/action-ipr-ap-2/").isStatus(t, "without a role", http.StatusNotFound)
	ncp.get(peopleAt+own).says(t, "still one of the own people", "no role", who)
}

// Names that people type are shown as words, whatever stands in them.
func TestNamesAreInert(t *testing.T) {
	w := newWorld(t)
	evil := `<script>alert(1)</script>"'` + "`" + ` onx=`
	a := w.as("administrator").post("/admin/organisations/new", url.Values{"id": {"01890a5d-ac96-774b-bcce-b302099a8057"}, "kind": {"customs"},
		"country": {"XZ"}, "name": {evil}, "time_zone": {"UTC"}, "language": {"en"}, "release_by": {"officer"}})
	a.isStatus(t, "registered", http.StatusSeeOther)
	a = w.as("director").get(peopleAt + "invite")
	a.silent(t, "a name", "<script>alert", `"'`+"`")
	a.says(t, "a name", "&lt;script&gt;")
	for _, path := range []string{"/o/action-ipr-ap-2/journal/?subject=", "/o/action-ipr-ap-2/journal/?verb=", "/admin/people/?q=", "/admin/people/?state="} {
		c := w.as("coordinator")
		c.get(path+url.QueryEscape(evil)).silent(t, path, "<script>alert")
	}
}

func TestUnknownAndForbiddenLookTheSame(t *testing.T) {
	w := newWorld(t)
	c := w.as("officer")
	want := plain(c.get("/o/action-ipr-ap-2/people/01890a5d-ac96-774b-bcce-b302099a8057/end"))
	for _, path := range []string{"/o/no-such/people/", "/o/harbour-light/people/", "/o/action-ipr-ap-2/accept", "/o/action-ipr-ap-2/people/invite",
		"/o/action-ipr-ap-2/journal/", "/o/action-ipr-ap-2/journal/0", "/admin/", "/admin/people/" + string(w.Someone("qm.ncp"))} {
		a := c.get(path)
		a.isStatus(t, path, http.StatusNotFound)
		if sentences(plain(a)) != sentences(want) {
			t.Errorf("%s says something else than what does not exist", path)
		}
	}
}

var tags = regexp.MustCompile(`(?s)<[^>]*>`)

// sentences is what a page says, without its addresses.
func sentences(page string) string { return tags.ReplaceAllString(page, " ") }

// A membership that was accepted gives its contact point the role at once.
func TestAcceptingIsJournalled(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	body := w.sessionOf("stranger").Organisation.ID
	if err := w.app.Operations.Invite(ctx, w.sessionOf("director").Actor, "action-ipr-ap-2", body, access.ObserverSide); err != nil {
		t.Fatal(err)
	}
	w.as("stranger").post("/o/action-ipr-ap-2/accept", url.Values{"accepted": {"1"}}).isStatus(t, "accepted", http.StatusSeeOther)
	st, err := w.app.Operations.Read(ctx, w.sessionOf("stranger").Actor, operation.Code("action-ipr-ap-2"))
	if err != nil || st.Side() != access.ObserverSide {
		t.Fatalf("%v, %v", st.Side(), err)
	}
	w.as("auditor").get("/o/action-ipr-ap-2/journal/").says(t, "the journal", "Invitation accepted", "Sefina Lotorangi")
}
