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

// A trainer's own task is posted: what is wrong is said at its field and nothing that was
// typed is lost; the same form twice is one practice; for a stranger there is none.
func TestOwnTaskIsPosted(t *testing.T) {
	for lang, wrong := range map[string]string{"en": "Write a code of the list", "ar": "اكتب رمزًا من القائمة"} {
		w := newWorld(t)
		at := w.Practising(action)
		path := "/t/" + string(at) + "/exercise/"
		c := w.as("director").in(lang)
		form := url.Values{"id": {nextID()}, "name": {"Dry run"}, "language": {lang}, "order.parcel": {"1"}, "own.2.title": {"A lorry"}, "own.2.text": {"Report the lorry.\r\nAt once."},
			"own.2.3.path": {"conveyance"}, "own.2.3.value": {"by lorry"}, "own.2.3.hint": {"It has wheels."}}
		w.as("right-holder").post(path+"new", form).isStatus(t, "a stranger", http.StatusNotFound)
		w.as("officer").post(path+"new", form).isStatus(t, "who does not lead", http.StatusNotFound)
		a := c.post(path+"new", form)
		for _, want := range []string{wrong, `href="#f-own-2-3-value"`, "A lorry", "by lorry", "It has wheels."} {
			if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, want) {
				t.Errorf("%s: %d without %q", lang, a.status, want)
			}
		}
		form.Set("own.2.3.value", "road")
		c.post(path+"new", form).isStatus(t, "as it should be", http.StatusSeeOther)
		c.post(path+"new", form).isStatus(t, "twice", http.StatusSeeOther)
		desk, err := w.app.Practices.Read(t.Context(), w.sessionOf("officer").Actor, action, at)
		must(t, err)
		if len(desk.Items) != 2 || desk.Items[1].Task.Title[lang] != "A lorry" || desk.Items[1].Task.Text[lang] != "Report the lorry.\nAt once." {
			t.Errorf("the tasks: %+v", desk.Items)
		}
		if a := w.as("officer").in(lang).get(path + "2"); a.status != http.StatusOK || !strings.Contains(a.body, "Report the lorry.") {
			t.Errorf("the learner reads %d", a.status)
		}
	}
}
