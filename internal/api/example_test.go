package api_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"testing"
)

// The results are those that the command prints, byte for byte.
func TestResultsAsTheCommandPrints(t *testing.T) {
	w := newWorld(t)
	for _, persona := range []string{"coordinator", "officer", "observer"} {
		_, figures, err := w.app.Results.Read(t.Context(), w.sessionOf(persona).Actor, action)
		w.must(err)
		var printed bytes.Buffer
		w.must(json.NewEncoder(&printed).Encode(figures))
		if a := w.as(persona).get(base + "/results"); a.body != printed.String() {
			t.Errorf("%s: %s", persona, difference(a.body, printed.String()))
		}
	}
}

// The example of the reference works against the demonstration.
func TestExampleOfTheReference(t *testing.T) {
	b, err := os.ReadFile("../../docs/reference/api.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(b)
	w := newWorld(t)
	officer := w.as("officer")
	body := regexp.MustCompile(`-d '([^']+)'`).FindStringSubmatch(doc)
	at := regexp.MustCompile(`"\$at(/cases/[0-9a-f-]{36})"`).FindStringSubmatch(doc)
	list := regexp.MustCompile(`"\$at(/cases\?[^"]+)"`).FindStringSubmatch(doc)
	if body == nil || at == nil || list == nil {
		t.Fatal("the reference has no example")
	}
	if a := officer.get(base + list[1]); a.status != 200 {
		t.Errorf("%s: %d %s", list[1], a.status, a.body)
	}
	for _, want := range []int{201, 200} {
		if a := officer.put(base+at[1], body[1]); a.status != want {
			t.Errorf("%s: %d, want %d: %s", at[1], a.status, want, a.body)
		}
	}
}
