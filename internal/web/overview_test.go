package web_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func itoa(n int) string { return strconv.Itoa(n) }

// TestOverviewIsEachReadersOwn: figures, tasks and the one thing to do differ.
func TestOverviewIsEachReadersOwn(t *testing.T) {
	w := newWorld(t)
	for persona, c := range map[string]struct{ has, lacks []string }{
		"coordinator": {[]string{"245", "1,453,429", "153,099", "12 not counted, and why", "class=genuine", "4 warnings without feedback",
			"Foodstuff leads: 40 of 245 cases", "category=FOO", "The counting rule", "Write a message"}, []string{"Report a seizure"}},
		"officer":            {[]string{"Report a seizure", "1,453,429", "Needs attention", "wait for your organisation"}, []string{"for your release"}},
		"contact-point":      {[]string{"Report a seizure", "Needs attention"}, nil},
		"analyst":            {[]string{"1,453,429", "format=csv"}, nil},
		"observer":           {[]string{"official figure", "1,453,429", "12 not counted, and why", "Latest messages"}, []string{"class=genuine", "Foodstuff leads", "/c/?", "Needs attention"}},
		"right-holder":       {[]string{"address to right holders", "Latest messages", "Calendar"}, []string{"1,453,429", "245 ", ">245<", "/c/", "Needs attention"}},
		"rival-right-holder": {[]string{"address to right holders"}, []string{"1,453,429"}},
		"trainer":            {[]string{"workshops", "Calendar", "Follow-up"}, []string{"1,453,429", "/c/?"}},
		"auditor":            {[]string{"Open the journal", "Calendar"}, []string{"1,453,429", "Latest messages"}},
	} {
		a := w.as(persona).get(inAction)
		wants(t, persona, a, http.StatusOK, append(c.has, "Published totals, invented details")...)
		lacks(t, persona, a, c.lacks...)
		if n := strings.Count(a.body, `class="button primary"`); n != 1 {
			t.Errorf("%s: %d primary buttons", persona, n)
		}
		if n := strings.Count(a.body, "<h1"); n != 1 {
			t.Errorf("%s: %d headings of the first level", persona, n)
		}
	}
	stranger := w.as("stranger")
	hidden, none := stranger.get(inAction), stranger.get("/o/no-such-code/")
	plain := func(a answer, code string) string {
		return strings.ReplaceAll(nonces.ReplaceAllString(a.body, ""), code, "N")
	}
	if hidden.status != http.StatusNotFound || plain(hidden, "action-ipr-ap-2") != plain(none, "no-such-code") {
		t.Errorf("a stranger can tell an operation (%d) from none (%d)", hidden.status, none.status)
	}
}

// TestNothingIsUntranslated: in none of the languages does a key show.
func TestNothingIsUntranslated(t *testing.T) {
	w := newWorld(t)
	key := regexp.MustCompile(`«(overview|messagepage|message|code)\.[^»]*»`)
	one := regexp.MustCompile(`m/[0-9]+`).FindString(w.as("officer").get(inAction + "m/?template=warning").body)
	for _, lang := range []string{"en", "fr", "ar"} {
		for persona, paths := range map[string][]string{
			"coordinator": {"", "m/", "m/?state=open", "m/?before=2", "m/new", "m/new/general", "m/new/warning"}, "officer": {"", "m/?state=waiting&template=warning", one},
			"observer": {"", "m/"}, "right-holder": {"", "m/new/general"}, "trainer": {""}, "auditor": {""}} {
			for _, path := range paths {
				a := w.as(persona).in(lang).get(inAction + path)
				wants(t, lang+" "+persona+" "+path, a, http.StatusOK, `<html lang="`+lang+`"`)
				if found := key.FindString(a.body); found != "" {
					t.Errorf("%s %s %s: %s", lang, persona, path, found)
				}
			}
		}
	}
}

func TestResultsFileIsTheSameFigures(t *testing.T) {
	w := newWorld(t)
	c := w.as("coordinator")
	a := c.get(inAction + "results?format=json")
	sess, err := w.app.Sessions.Resolve(context.Background(), c.token)
	if err != nil {
		t.Fatal(err)
	}
	_, f, err := w.app.Results.Read(context.Background(), sess.Actor, "action-ipr-ap-2")
	if err != nil {
		t.Fatal(err)
	}
	want, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(a.body) != string(want) || a.header.Get("Content-Type") != "application/json" {
		t.Errorf("JSON differs from the figures:\n%s\n%s", a.body, want)
	}
	file := c.get(inAction + "results?format=csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a cell begins like a formula: %q", cell)
			}
		}
		found[row[0]+"/"+row[1]+"/"+row[3]] = row[4]
	}
	for key, value := range map[string]string{"counted//": "245", "counted//H87": "1453429", "category/FOO/H87": "415358", "not-counted/genuine/": "3"} {
		if found[key] != value {
			t.Errorf("CSV %s = %q, not %q", key, found[key], value)
		}
	}
	for _, persona := range []string{"right-holder", "auditor", "trainer", "stranger"} {
		if a := w.as(persona).get(inAction + "results?format=json"); a.status != http.StatusNotFound {
			t.Errorf("%s gets the figures: %d", persona, a.status)
		}
	}
	if a := c.get(inAction + "results"); a.status != http.StatusSeeOther || a.location != inAction {
		t.Errorf("without a format: %d %s", a.status, a.location)
	}
}
