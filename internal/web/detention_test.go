package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// clock is the legal clock of a case of the officer's administration, with one
// thing that was told.
func (w *world) clock(of seizure.Case) (detention.Clock, detention.Disclosure) {
	w.t.Helper()
	ctx, who := w.t.Context(), w.sessionOf("officer").Actor
	if _, err := w.app.Detentions.Start(ctx, who, action, of.Reference, detention.Starting{Kind: "ex-officio", Day: of.Day}); err != nil && !fault.Is(err, fault.Conflict) {
		w.t.Fatal(err)
	}
	a, err := w.app.Detentions.Read(ctx, who, action, of.Reference)
	if err != nil {
		w.t.Fatal(err)
	}
	told, err := w.app.Detentions.Disclose(ctx, who, action, of.Reference, detention.Disclosing{Clock: a.Clock.Seq, Fields: []string{"nature"}, Request: "By letter.",
		Purpose: "determine", Officer: person.ID(who.Person), Addressee: "Firm of the mark"})
	if err != nil {
		w.t.Fatal(err)
	}
	return *a.Clock, told
}

func (w *world) countedCase() seizure.Case {
	w.t.Helper()
	officer := w.sessionOf("officer")
	l, err := w.app.Seizures.List(w.t.Context(), officer.Actor, action, seizure.Filter{State: seizure.Released, Class: seizure.Counted, Organisation: officer.Organisation.Number})
	if err != nil {
		w.t.Fatal(err)
	}
	return l.Items[0]
}

// nothingTold stands in a letter to a right holder in the language of the officer's
// administration, as long as no act has told anything.
const nothingTold = "لا تُعطى بيانات مع هذا الكتاب"

var hidden = regexp.MustCompile(`<input type="hidden" name="(id|clock|seen|kind|version)" value="([^"]*)"`)

// hiddenIn are the hidden values of a form.
func hiddenIn(body string) url.Values {
	out := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(body, -1) {
		out.Set(m[1], m[2])
	}
	return out
}

func typing(v url.Values, more ...string) url.Values {
	for i := 0; i < len(more); i += 2 {
		v.Add(more[i], more[i+1])
	}
	return v
}

// The life of a clock by forms without scripts: law and calendar by two people, the
// clock, what happened, a letter, what was told and its receipt.
func TestLegalClockByForms(t *testing.T) {
	w := newWorld(t)
	of := w.countedCase()
	ncp, officer, coordinator := w.as("contact-point"), w.as("officer"), w.as("coordinator")
	law := inAction + "clocks/law"

	form := typing(hiddenIn(ncp.get(law+"/new").body), "profile", "own", "text", "code = \"xa\"\ndayz = 1", "zone", "Moon", "weekend", "6", "note", "First.")
	if a := ncp.post(law+"/new", form); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "dayz is not known") || !strings.Contains(a.body, "Asia/Tokyo") {
		t.Fatalf("a wrong profile: %d", a.status)
	}
	form.Set("profile", "eu-608-2013")
	form.Set("zone", "UTC")
	form.Add("weekend", "0")
	if a := ncp.post(law+"/new", form); a.status != http.StatusSeeOther {
		t.Fatalf("adopting: %d %s", a.status, a.body)
	}
	if a := ncp.get(law); !strings.Contains(a.body, "waits to be checked") || strings.Contains(a.body, "/law/check") {
		t.Error("the author may check")
	}
	if a := officer.post(law+"/check", url.Values{"version": {"1"}}); a.status != http.StatusSeeOther {
		t.Fatalf("checking: %d", a.status)
	}
	if a := officer.get(law); !strings.Contains(a.body, "checked by") || !strings.Contains(a.body, "Art. 23(1)") {
		t.Error("the law in force is not shown")
	}

	at := inAction + "c/" + of.Reference + "/clock"
	if a := officer.get(inAction + "c/" + of.Reference); !strings.Contains(a.body, at) {
		t.Error("the case has no link to its clock")
	}
	if a := officer.post(at+"/start", url.Values{"kind": {"ex-officio"}, "perishable": {"1"}, "day": {of.Day}}); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "perishable goods") {
		t.Errorf("perishable, ex officio: %d", a.status)
	}
	if a := officer.post(at+"/start", url.Values{"kind": {"application"}, "day": {of.Day}}); a.status != http.StatusSeeOther {
		t.Fatalf("starting: %d", a.status)
	}
	if n, err := w.app.Detentions.WarnDue(t.Context()); n == 0 || err != nil {
		t.Fatalf("%d warnings, %v", n, err)
	}
	if _, err := w.app.Notices.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []*client{officer, ncp} {
		if a := c.get("/notices"); !strings.Contains(a.body, at) || !strings.Contains(a.body, "Legal clock of") {
			t.Error("nobody is told that a deadline has ended")
		}
	}
	if a := coordinator.get("/notices"); strings.Contains(a.body, at) {
		t.Error("coordination is told of what others have to do")
	}
	for kind, more := range map[string][]string{"notified-declarant": nil, "notified-holder": nil, "reply": {"answer", "infringes"}} {
		page := officer.get(at + "/note?kind=" + kind)
		if a := officer.post(at+"/note", typing(hiddenIn(page.body), append(more, "day", of.Day)...)); a.status != http.StatusSeeOther {
			t.Fatalf("%s: %d", kind, a.status)
		}
	}
	page := officer.get(at)
	for _, want := range []string{"Confirm the infringement", "Met", "Nobody has entered holidays for: 2017", "Nobody has checked this profile", "never releases goods"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the clock does not say %q", want)
		}
	}
	if a := coordinator.get(at); a.status != http.StatusOK || strings.Contains(a.body, at+"/note") {
		t.Errorf("coordination: %d, or it may write", a.status)
	}
	letter := officer.get(at + "/letter/holder")
	if !strings.Contains(letter.body, `lang="ar"`) || !strings.Contains(letter.body, "أيام عمل") || !strings.Contains(letter.body, nothingTold) {
		t.Error("the letter does not ask, or tells what no act has told")
	}

	form = typing(hiddenIn(officer.get(at+"/disclose").body), "fields", "nature", "fields", "consignee", "request", "By letter.", "purpose", "proceedings", "officer", w.sessionOf("officer").Actor.Person)
	if a := officer.post(at+"/disclose", form); a.status != http.StatusUnprocessableEntity {
		t.Errorf("to nobody: %d", a.status)
	}
	if a := officer.post(at+"/disclose", typing(form, "addressee", "Firm of the mark")); a.status != http.StatusSeeOther {
		t.Fatalf("disclosing: %d", a.status)
	}
	told := firstGroup(t, regexp.MustCompile(`href="([^"]+/told/[0-9]+)"`), officer.get(at).body)
	if a := officer.get(told); !strings.Contains(a.body, "Firm of the mark") || !strings.Contains(a.body, "Told, and not kept here") {
		t.Error("the act is not shown")
	}
	if a := officer.post(told, url.Values{"day": {w.app.Clock.Now().Format("2006-01-02")}}); a.status != http.StatusSeeOther {
		t.Errorf("the receipt: %d", a.status)
	}
	if body := officer.get(at + "/letter/holder").body; strings.Contains(body, nothingTold) {
		t.Error("the letter does not hold what was told")
	}
	for _, who := range []string{"right-holder", "observer", "auditor"} {
		for _, path := range []string{at, told, inAction + "clocks/", law} {
			if a := w.as(who).get(path); a.status != http.StatusNotFound {
				t.Errorf("%s at %s: %d", who, path, a.status)
			}
		}
	}
}
