package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Every file that a practice hands out says inside what it is of: paper travels without
// the name of its file. Nothing real says so.
func TestPracticeFilesSaySo(t *testing.T) {
	written = 0
	w := newWorld(t)
	at := w.Practising(action)
	code := w.Practice(action, at)
	w.busy(code, at)
	for lang, banner := range map[string]string{"en": "PRACTICE: nothing here is real", "ar": "تمرين: لا شيء هنا حقيقي"} {
		for path, mark := range map[string]string{"export?format=csv": banner, "export?format=xlsx": banner, "export?format=json": `"practice":true`, "export?format=jsonl": `"practice":true`,
			"results?format=csv": banner, "results?format=json": `"practice":true`, "analysis/?format=csv": banner, "analysis/?format=json": `"practice":true`,
			"analysis/?format=svg": banner, "watch/conditions?format=csv": "practice", "watch/conditions": `"practice":true`} {
			for _, of := range []string{string(code), string(action)} {
				a := w.as("director").in(lang).get("/o/" + of + "/" + path)
				says := strings.Contains(unpacked(t, path, a.body), mark)
				if a.status != http.StatusOK || says != (of == string(code)) {
					t.Errorf("%s %s: %d, says that it is a practice: %v\n%.300s", lang, "/o/"+of+"/"+path, a.status, says, a.body)
				}
			}
		}
	}
	for _, path := range []string{"", "/cases", "/messages", "/results", "/watch/conditions"} {
		for _, of := range []string{string(code), string(action)} {
			a := w.as("officer").get("/api/v1/operations/" + of + path)
			if says := strings.HasPrefix(a.body, `{"practice":true,`); a.status != http.StatusOK || says != (of == string(code)) {
				t.Errorf("the other door, %s: %d, %v", path, a.status, says)
			}
		}
	}
}

// unpacked is the text of a file, of a workbook the text of its parts.
func unpacked(t *testing.T, path, body string) string {
	if u, err := url.Parse(path); err == nil && u.Query().Get("format") == "xlsx" {
		return parts(t, body)
	}
	return body
}
