package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

const journalAt = "/o/action-ipr-ap-2/journal/"

var lineLink = regexp.MustCompile(`<a href="/o/action-ipr-ap-2/journal/(\d+)"`)

// lines are the numbers of the entries on a page.
func (a answer) lines() (out []string) {
	for _, m := range lineLink.FindAllStringSubmatch(a.body, -1) {
		out = append(out, m[1])
	}
	return out
}

// newest gives the number of the newest entry of a verb, as coordination sees it.
func (w *world) newest(verb string) string {
	w.t.Helper()
	p, err := w.app.Operations.Journal(w.t.Context(), w.sessionOf("coordinator").Actor, "action-ipr-ap-2", journal.Filter{Verb: verb, Limit: 1})
	if err != nil || len(p.Lines) == 0 {
		w.t.Fatalf("no entry of %s: %v", verb, err)
	}
	return strconv.FormatInt(p.Lines[0].Seq, 10)
}

func TestJournalOfEachRole(t *testing.T) {
	w := newWorld(t)
	for _, who := range []string{"officer", "observer", "right-holder", "trainer", "administrator", "stranger"} {
		w.as(who).get(journalAt).isStatus(t, who, http.StatusNotFound)
		w.as(who).get(journalAt+w.newest("message.send")).isStatus(t, who, http.StatusNotFound)
	}
	amended := w.newest("seizure.amend")
	for who, content := range map[string]bool{"coordinator": true, "director": true, "contact-point": true, "auditor": false} {
		a := w.as(who).get(journalAt + amended)
		a.isStatus(t, who, http.StatusOK)
		a.says(t, who, "This entry is proven", "tidewaiter journal 1", "seizure.amend", "Root of the tree", "hashes on the way")
		if got := strings.Contains(a.body, "what the digest of the entry promised"); got != content {
			t.Errorf("%s reads the content: %v", who, got)
		}
		if !content {
			a.says(t, who, "not open to you")
			a.silent(t, who, "<tbody")
		}
	}
	// Drafts are seen by their own organisation; coordination learns that there is one.
	if _, err := w.app.Seizures.Save(t.Context(), w.sessionOf("officer").Actor, "action-ipr-ap-2",
		seizure.Draft{ID: newID, Country: "XA", Day: "2017-02-10", Language: "en", Remarks: "an unspoken name"}, 0); err != nil {
		t.Fatal(err)
	}
	draft := w.newest("seizure.save")
	w.as("contact-point").get(journalAt+draft).says(t, "the own draft", "an unspoken name")
	a := w.as("coordinator").get(journalAt + draft)
	a.says(t, "a draft", "Draft saved", "not open to you")
	a.silent(t, "a draft", "<tbody", "unspoken")
	w.as("auditor").get(journalAt).says(t, "the auditor", "without content")
	for _, path := range []string{journalAt + "99999999", journalAt + "-1", journalAt + "x", journalAt + "99999999999999999999"} {
		w.as("auditor").get(path).isStatus(t, path, http.StatusNotFound)
	}
}

func TestJournalFiltersAndPages(t *testing.T) {
	w := newWorld(t)
	c := w.as("auditor")
	seen := map[string]bool{}
	next, pages := journalAt, 0
	older := regexp.MustCompile(`rel="next" href="([^"]*)"`)
	for next != "" {
		a := c.get(strings.ReplaceAll(next, "&amp;", "&"))
		for _, n := range a.lines() {
			if seen[n] {
				t.Errorf("entry %s stands on two pages", n)
			}
			seen[n] = true
		}
		pages++
		if m := older.FindStringSubmatch(a.body); m != nil {
			next = m[1]
		} else {
			next = ""
		}
	}
	p, err := w.app.Operations.Journal(t.Context(), w.sessionOf("auditor").Actor, "action-ipr-ap-2", journal.Filter{})
	if err != nil || int64(len(seen)) != p.Size || pages < 3 {
		t.Errorf("%d entries on %d pages, want %d (%v)", len(seen), pages, p.Size, err)
	}
	a := c.get(journalAt + "?verb=operation.accept")
	a.says(t, "a filter", "Invitation accepted", `class="chips"`)
	a.silent(t, "a filter", `<bdi>Case reported</bdi></a>`)
	own := strconv.FormatInt(w.sessionOf("officer").Organisation.Number, 10)
	for _, verb := range []string{"Belumbra", "Harumine"} {
		part := c.do(http.MethodGet, journalAt+"?organisation="+own, nil, http.Header{"Hx-Request": {"true"}})
		part.silent(t, "of one organisation", verb, "<html")
		part.says(t, "of one organisation", "Qasmara Customs Authority")
	}
	c.get(journalAt+"?subject="+url.QueryEscape("seizure/none")).says(t, "nothing matches", "No entry matches", "Remove a filter")
	c.get(journalAt+"?organisation=x&before=y").isStatus(t, "no numbers", http.StatusOK)
}

// Every command has its words, in every language.
func TestVerbsHaveWords(t *testing.T) {
	for _, verb := range []access.Permission{access.OperationRead, access.OperationInvite, access.OperationEnd, access.OperationAssign, access.OperationPeople,
		access.JournalRead, access.MessageRead, access.MessageSend, access.MessageAnswer, access.SeizureRead, access.SeizureSave, access.SeizureReport,
		access.SeizureRelease, access.SeizureRecall, access.SeizureAmend, access.SeizureWithdraw, access.SeizureRelate, access.ResultsRead,
		access.OperationOpen, access.OperationAccept, access.OrganisationRegister, access.OrganisationAmend, access.OrganisationRead,
		access.PersonRegister, access.PersonHat, access.PersonInvite, access.PersonSuspend, access.PersonRead, access.PersonSettle,
		access.SessionEnd, access.SessionSwitch, access.HomeRead, access.NoticeRead, access.NoticeSettle} {
		for _, lang := range i18n.Languages() {
			if p := i18n.NewPrinter(lang); !p.Has("verb." + string(verb)) {
				t.Errorf("%s has no words in %s", verb, lang)
			}
		}
	}
}
