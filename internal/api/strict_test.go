package api_test

import (
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var journalNewest = journal.Filter{Limit: 1}

// readBodies reads testdata/bodies.txt: a class and a Go string a line. "no" is
// JSON that no parser may take, "yes" JSON that every parser must take, and "may"
// what RFC 8259 leaves open.
func readBodies(t testing.TB) map[string][]string {
	t.Helper()
	b, err := os.ReadFile("testdata/bodies.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		class, quoted, _ := strings.Cut(line, " ")
		times := 1
		if n, rest, ok := strings.Cut(quoted, "*"); ok && !strings.HasPrefix(quoted, `"`) {
			if times, err = strconv.Atoi(n); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			quoted = rest
		}
		body, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out[class] = append(out[class], strings.Repeat(body, times))
	}
	if len(out["no"]) < 150 || len(out["yes"]) < 60 || len(out["may"]) < 25 {
		t.Fatalf("%d, %d and %d bodies: the corpus is cut", len(out["no"]), len(out["yes"]), len(out["may"]))
	}
	return out
}

// Bodies that are no JSON are refused as such; those that are, and no record of
// ours, are refused for what they lack. Nothing is ever stored.
func TestBodies(t *testing.T) {
	w := newSmall(t, "")
	officer, before := w.as("xa.officer"), w.size()
	wanted := map[string][]int{"no": {400}, "yes": {400, 422}, "may": {400, 422}}
	for class, bodies := range readBodies(t) {
		for i, body := range bodies {
			for _, at := range []string{"/messages/", "/cases/"} {
				a := officer.put(tide+at+nextID(), "", "Content-Type", "application/json")
				if body != "" {
					a = officer.put(tide+at+nextID(), body)
				}
				if p := a.refusal(t); p.Status != wanted[class][0] && p.Status != wanted[class][len(wanted[class])-1] {
					t.Errorf("%s %d: %.60q is answered %d %.200s", class, i, body, a.status, a.body)
				}
			}
		}
	}
	if after := w.size(); after != before {
		t.Errorf("the journal grew from %d to %d", before, after)
	}
}

// A broken body is refused wherever it breaks, and a record that carries
// something after it, too.
func TestBodiesAreWhole(t *testing.T) {
	w := newSmall(t, "")
	officer, before := w.as("xa.officer"), w.size()
	for _, whole := range []string{plainLetter, plainCase} {
		at := tide + "/messages/"
		if whole == plainCase {
			at = tide + "/cases/"
		}
		for n := 1; n < len(whole); n++ {
			if a := officer.put(at+nextID(), whole[:n]); a.status != http.StatusBadRequest {
				t.Fatalf("%q: %d %s", whole[:n], a.status, a.body)
			}
		}
		for _, more := range []string{"{}", ",", "]", "}", "\x00", "null", whole, "\xef\xbb\xbf", "//", "#"} {
			if a := officer.put(at+nextID(), whole+more); a.status != http.StatusBadRequest {
				t.Errorf("%q behind it: %d %s", more, a.status, a.body)
			}
		}
		if a := officer.put(at+nextID(), "\xef\xbb\xbf"+whole); a.status != http.StatusBadRequest {
			t.Errorf("a byte order mark: %d", a.status)
		}
	}
	if after := w.size(); after != before {
		t.Errorf("the journal grew from %d to %d", before, after)
	}
}

// Each way to be wrong has a status, a type, and names the field.
func TestStrictFields(t *testing.T) {
	w := newSmall(t, "")
	officer := w.as("xa.officer")
	with := func(body, more string) string { return strings.TrimSuffix(body, "}") + "," + more + "}" }
	for _, c := range []struct {
		what, at, body string
		status         int
		kind, field    string
	}{
		{"an unknown field", "/cases/", with(plainCase, `"colour":"red"`), 400, "api.unknown-field", "colour"},
		{"an unknown field of a line", "/cases/", strings.Replace(plainCase, `"category"`, `"colour":1,"category"`, 1), 400, "api.unknown-field", "goods.1.colour"},
		{"another case of letters", "/cases/", with(plainCase, `"Place":"Quay"`), 400, "api.unknown-field", "Place"},
		{"the same twice", "/cases/", with(plainCase, `"country":"XB"`), 400, "api.duplicate-field", "country"},
		{"the same twice, spelt otherwise", "/cases/", with(plainCase, `"countr\u0079":"XB"`), 400, "api.duplicate-field", "country"},
		{"twice in a line", "/cases/", strings.Replace(plainCase, `"category"`, `"category":"PHA","category"`, 1), 400, "api.duplicate-field", "goods.1.category"},
		{"a number for a text", "/cases/", with(plainCase, `"place":7`), 400, "api.wrong-type", "place"},
		{"a number for an amount", "/cases/", strings.Replace(plainCase, `"12.5"`, `12.5`, 1), 400, "api.wrong-type", "goods.1.quantities.1.amount"},
		{"a list for a record", "/cases/", "[" + plainCase + "]", 400, "api.wrong-type", ""},
		{"a record for a list", "/cases/", strings.Replace(plainCase, `[{"category"`, `{"category"`, 1)[:40] + `}}`, 400, "", ""},
		{"null for a text", "/cases/", with(plainCase, `"place":null`), 400, "api.wrong-type", "place"},
		{"null in a list", "/cases/", strings.Replace(plainCase, `[{"category"`, `[null,{"category"`, 1), 400, "api.wrong-type", "goods.1"},
		{"nothing but null", "/messages/", "null", 400, "api.wrong-type", ""},
		{"a text for yes or no", "/cases/", with(plainCase, `"draft":"true"`), 400, "api.wrong-type", "draft"},
		{"a fraction for a number", "/cases/", with(plainCase, `"warning":1.5`), 400, "api.wrong-type", "warning"},
		{"a number beyond all", "/cases/", with(plainCase, `"warning":99999999999999999999`), 400, "api.wrong-type", "warning"},
		{"an amount of letters", "/cases/", strings.Replace(plainCase, "12.5", "12,5", 1), 422, "", "goods.1.quantity"},
		{"an amount of seven decimals", "/cases/", strings.Replace(plainCase, "12.5", "0.0000001", 1), 422, "", "goods.1.quantity"},
		{"half a surrogate", "/messages/", strings.Replace(plainLetter, "A word", `A \ud800 word`, 1), 400, "api.malformed", ""},
		{"NUL", "/messages/", strings.Replace(plainLetter, "A word", `A \u0000 word`, 1), 422, "fault.control-character", "subject"},
		{"broken bytes", "/messages/", strings.Replace(plainLetter, "A word", "A \xff word", 1), 400, "api.malformed", ""},
		{"a moment that is none", "/messages/", with(plainLetter, `"reply_due":"tomorrow"`), 400, "api.wrong-type", "reply_due"},
		{"a code of a profile", "/messages/", with(plainLetter, `"profile":{"category":"FOO"}`), 422, "message.profile-of-warning", "profile.category"},
		{"apart from nobody", "/messages/", strings.Replace(plainLetter, `["coordination"]`, `["coordination"],"apart":true`, 1), 422, "message.apart", "to.apart"},
		{"a member's NUL", "/messages/", strings.Replace(plainLetter, `"sides":["coordination"]`, `"organisations":["\u0000"]`, 1), 422, "message.to-unknown", "to"},
		{"an answer to NUL", "/messages/", with(plainLetter, `"answers":"\u0000"`), 422, "fault.not-an-id", "answers"},
		{"an answer to NUL's", "/messages/", with(plainLetter, `"answers":"01890a5d-ac96-774b-bcce-000000000000","answers_from":"\u0000"`), 422, "fault.not-an-id", "answers_from"},
	} {
		a := officer.put(tide+c.at+nextID(), c.body)
		p := a.refusal(t)
		found := c.field == "" && (c.kind == "" || strings.Contains(a.body, c.kind))
		for _, e := range p.Errors {
			found = found || (e.Field == c.field && strings.HasSuffix(e.Type, c.kind))
		}
		if a.status != c.status || !found {
			t.Errorf("%s: %d %s, want %d %s at %q", c.what, a.status, a.body, c.status, c.kind, c.field)
		}
	}
	if a := officer.get(tide + "/cases"); !strings.Contains(a.body, `"items":[]`) {
		t.Errorf("something was stored: %s", a.body)
	}
}

// Parameters are as strict as bodies, and none of them is a door into the
// database on either engine.
func TestParameters(t *testing.T) {
	each(t, func(t *testing.T, w *small) {
		officer := w.as("xa.officer")
		for query, want := range map[string]int{
			"?limit=1": 200, "?limit=0": 400, "?limit=201": 400, "?limit=-1": 400, "?limit=1e1": 400, "?limit=%31": 200, "?limit=": 200,
			"?limit=1&limit=2": 400, "?Limit=1": 400, "?colour=red": 400, "?": 200, "?&&": 200, "?country=XA;q=b": 400, "?q=%zz": 400,
			"?q=%00": 400, "?q=%ff": 400, "?country=%00": 400, "?category=%ff%fe": 400, "?cursor=abc": 422, "?cursor=-5": 422, "?cursor=99999999999999999999": 422,
			"?cursor=%00": 400, "?cursor=7": 200, "?q=" + strings.Repeat("a", 256): 200, "?q=" + strings.Repeat("a", 257): 400,
			"?from=%00": 400, "?q=%F0%9F%98%80": 200, "?state=no-such-state": 200, "?q='%20or%201=1--": 200,
			"?" + strings.Repeat("a", 5000): 400,
		} {
			a := officer.get(tide + "/cases" + query)
			if a.status != want {
				t.Errorf("cases%.60s: %d, want %d: %.200s", query, a.status, want, a.body)
			}
			w.whole(query, a)
		}
		for path, want := range map[string]int{
			"/messages?template=%00": 400, "/messages?template=letter": 422, "/messages?open=true": 200, "/messages?open=yes": 400, "/messages?open=": 200,
			"/journal?verb=%00": 400, "/messages/" + nextID() + "?organisation=%00": 400, "/cases/" + nextID() + "?organisation=%ff": 400,
			"/messages/" + strings.ToUpper("01890a5d-ac96-774b-bcce-0000000000ab"): 400, "/messages/x": 400, "/cases/%00": 400,
			"/cases/01890a5d-ac96-774b-bcce-00000000000": 400, "/journal/1": 404, "/quarantine/x": 405,
			"/events?after=x": 422, "/events?after=-1": 422, "/events?since=1": 400,
		} {
			a := officer.get(tide + path)
			if a.status != want {
				t.Errorf("%s: %d, want %d: %.200s", path, a.status, want, a.body)
			}
			w.whole(path, a)
		}
		for _, code := range []string{"%00", "%ff", "..", ".", "%2e%2e", "a%2fb", strings.Repeat("x", 4000), "TIDE", "tide%20", "%F0%9F%98%80", "'--", "*", "{code}"} {
			for _, c := range []client{officer, w.as("xz")} {
				a := c.get("/api/v1/operations/" + code + "/cases")
				if a.status != 404 && a.status != 307 && a.status != 301 {
					t.Errorf("operation %.20q: %d %.200s", code, a.status, a.body)
				}
			}
		}
		if a := w.as("wco").get(tide + "/journal?verb=%00"); a.status != 400 {
			t.Errorf("a verb that is none: %d %s", a.status, a.body)
		}
	})
}
