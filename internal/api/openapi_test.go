package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidewaiter/tidewaiter/internal/api"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/session"
)

// described is the description as the door serves it, and as the code has it.
type described struct {
	t     testing.TB
	text  map[string]any
	model *huma.OpenAPI
}

func newDescribed(t testing.TB, w *world, lang string) described {
	t.Helper()
	d := described{t: t, model: api.Described().Document(i18n.NewPrinter(i18n.Lang(lang)), "test")}
	a := w.as("").get("/api/v1/openapi.json?lang=" + lang)
	a.decode(t, &d.text)
	return d
}

// operation gives what the description says of a route.
func (d described) operation(method, pattern string) *huma.Operation {
	item := d.model.Paths[pattern]
	if item == nil {
		return nil
	}
	return map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPut: item.Put, http.MethodPost: item.Post, http.MethodDelete: item.Delete,
		http.MethodPatch: item.Patch, http.MethodHead: item.Head, http.MethodOptions: item.Options}[method]
}

// wrong says what is wrong with a value by a schema.
func (d described) wrong(s *huma.Schema, text string) []error {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return []error{err}
	}
	var res huma.ValidateResult
	huma.Validate(d.model.Components.Schemas, s, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, v, &res)
	return res.Errors
}

// fits fails unless an answer is one that the description allows.
func (d described) fits(method, pattern string, a answer) {
	d.t.Helper()
	what := fmt.Sprintf("%s %s: %d", method, pattern, a.status)
	op := d.operation(method, pattern)
	said := op.Responses[fmt.Sprint(a.status)]
	if said == nil {
		d.t.Errorf("%s is not in the description", what)
		return
	}
	if (a.header.Get("ETag") != "") != (said.Headers["ETag"] != nil) {
		d.t.Errorf("%s: ETag %q", what, a.header.Get("ETag"))
	}
	if a.body == "" || said.Content["*/*"] != nil { // a file is what it is
		return
	}
	kind := a.header.Get("Content-Type")
	media := said.Content[kind]
	if media == nil {
		d.t.Errorf("%s is of type %s", what, kind)
		return
	}
	body := a.body
	if kind == "text/event-stream" {
		return // what it carries is checked in TestEvents
	}
	if errs := d.wrong(media.Schema, body); errs != nil {
		d.t.Errorf("%s is not as described: %v\n%.600s", what, errs, body)
	}
}

var key = regexp.MustCompile(`^[a-z]+(\.[a-z0-9-]+)+$`)

// The description is whole: every route and no other, every reference leads
// somewhere, every text is in the reader's language.
func TestDescription(t *testing.T) {
	w := newSmall(t, "")
	said := map[string]string{}
	for _, lang := range []string{"en", "fr", "ar"} {
		d := newDescribed(t, w.world, lang)
		if d.text["openapi"] != "3.1.0" {
			t.Errorf("openapi: %v", d.text["openapi"])
		}
		routes := 0
		for _, r := range api.Routes() {
			op := d.operation(r.Method, r.Pattern)
			if op == nil {
				t.Errorf("%s %s is not described", r.Method, r.Pattern)
				continue
			}
			routes++
			for name := range strings.SplitSeq(r.Pattern, "/") {
				if p, ok := strings.CutPrefix(name, "{"); ok && !slices.ContainsFunc(op.Parameters, func(q *huma.Param) bool { return q.Name == strings.TrimSuffix(p, "}") && q.Required }) {
					t.Errorf("%s: parameter %s is not described", r.Pattern, p)
				}
			}
		}
		operations := map[string]bool{}
		for _, item := range d.text["paths"].(map[string]any) {
			for _, op := range item.(map[string]any) {
				operations[op.(map[string]any)["operationId"].(string)] = true
			}
		}
		if len(operations) != routes {
			t.Errorf("%d operations for %d routes", len(operations), routes)
		}
		schemas := d.text["components"].(map[string]any)["schemas"].(map[string]any)
		var walk func(at string, v any)
		walk = func(at string, v any) {
			switch v := v.(type) {
			case map[string]any:
				for k, inner := range v {
					if s, ok := inner.(string); ok && (k == "summary" || k == "description" || k == "title") {
						if s == "" || key.MatchString(s) {
							t.Errorf("%s: %s/%s says %q", lang, at, k, s)
						}
						said[lang] += s
					}
					if s, ok := inner.(string); ok && k == "$ref" {
						if name, ok := strings.CutPrefix(s, "#/components/schemas/"); !ok || schemas[name] == nil {
							t.Errorf("%s: %s leads nowhere", at, s)
						}
					}
					walk(at+"/"+k, inner)
				}
			case []any:
				for _, inner := range v {
					walk(at, inner)
				}
			}
		}
		walk("", d.text)
	}
	if said["en"] == said["fr"] || said["fr"] == said["ar"] || len(said["ar"]) < 1000 {
		t.Error("the languages say the same")
	}
}

// Everything that anybody is answered is as described, problems too.
func TestAnswersAreAsDescribed(t *testing.T) {
	w := newWorld(t)
	d := newDescribed(t, w, "en")
	n, checked := w.named(), 0
	for _, persona := range append(w.personas(), session.Stranger) {
		c := w.as(persona)
		for _, r := range api.Routes() {
			for _, exists := range []bool{true, false} {
				path, body := n.path(r, string(action), exists)
				a := c.do(r.Method, path, body)
				d.fits(r.Method, r.Pattern, a)
				checked++
				if r.Method == http.MethodPut && a.status == http.StatusCreated {
					d.fits(r.Method, r.Pattern, c.put(path, body))
					d.fits(r.Method, r.Pattern, c.put(path, strings.NewReplacer("A word", "Another", "12.5", "13").Replace(body)))
					d.fits(r.Method, r.Pattern, c.put(path, "{"))
					d.fits(r.Method, r.Pattern, c.put(path, "{}"))
					d.fits(r.Method, r.Pattern, c.put(path, body, "Content-Type", "text/plain"))
					d.fits(r.Method, r.Pattern, c.put(path, body, "If-Match", `"9"`))
				}
				if r.Method == http.MethodGet && exists && !strings.Contains(path, "?") && !strings.HasSuffix(path, "openapi.json") {
					d.fits(r.Method, r.Pattern, c.get(path+"?cursor=x"))
					d.fits(r.Method, r.Pattern, c.get(path+"?limit=0"))
				}
			}
		}
		for _, q := range []string{"/messages?limit=200", "/messages?template=warning&limit=100", "/messages?template=feedback&limit=100", "/cases?limit=200"} {
			pattern := "/api/v1/operations/{code}" + q[:strings.Index(q, "?")]
			d.fits(http.MethodGet, pattern, c.get(base+q))
		}
	}
	if checked < 300 {
		t.Errorf("only %d answers", checked)
	}
}

// What the description calls an invalid body, the door refuses; what the door
// takes, the description calls valid.
func TestBodiesAreAsDescribed(t *testing.T) {
	w := newSmall(t, "")
	d, officer := newDescribed(t, w.world, "en"), w.as("xa.officer")
	full := `{"country":"XA","place":"Quay","day":"2017-02-10","time":"10:30","direction":{"code":"import"},"conveyance":{"typed":"a boat"},"carrier":"SS Tide","detection":{"typed":"x"},"concealment":{"typed":"x"},"origin":{"code":"XB"},"transit":{"typed":"x"},"destination":{"code":"XA"},"status":"seized","remarks":"None.","language":"en","goods":[{"category":"FOO","description":"d","hs":"0101","hs_edition":"2017","brand":"b","ipr":{"typed":"x"},"sub":"s","gtin":"5901234123457","batch":"b","holder":"h","violations":["ipr","food-safety"],"right":"r","hazard":true,"quantities":[{"amount":"1.5","unit":"KGM","basis":"weighed"}],"value":{"amount":"12.5","currency":"EUR","basis":"customs"},"verdict":"fake","verdict_by":"expert","declared":{"description":"d","hs":"01","quantity":{"amount":"2","unit":"KGM"},"value":{"amount":"1","currency":"USD"}}}],"location":"XACIT","hidden":"h","cover":"c","loading":"full","legs":[{"kind":"loading","country":"XB","place":"p","location":"XBCIT","mode":"sea","carrier":"c","day":"2017-02-01"}],"status_day":"2017-02-11","custody":[{"kind":"sample","day":"2017-02-11","place":"p","note":"n"}],"yields":[{"kind":"arrests","count":2},{"kind":"cash","value":{"amount":"100","currency":"USD"}}],"draft":false,"reason":"r"}`
	warning := `{"template":"warning","subject":"s","body":"b","language":"en","tlp":"RED","to":{"sides":["enforcement"],"organisations":["` + string(w.body["xb"].ID) + `"],"apart":true},"reply_due":"2017-03-01T00:00:00Z","profile":{"category":"FOO","conveyance":"sea","provenance":"XB","destination":"XA"}}`
	taken, refused := 0, 0
	for _, body := range []string{plainLetter, plainCase, full, warning, `{"draft":true}`, `{"draft":true,"goods":[]}`} {
		var whole map[string]any
		if err := json.Unmarshal([]byte(body), &whole); err != nil {
			t.Fatal(err)
		}
		kind := "messages"
		if whole["template"] == nil {
			kind = "cases"
		}
		schema := d.operation(http.MethodPut, "/api/v1/operations/{code}/"+kind+"/{id}").RequestBody.Content["application/json"].Schema
		for _, v := range variants(whole) {
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			a := officer.put(tide+"/"+kind+"/"+nextID(), string(text))
			errs := d.wrong(schema, string(text))
			switch {
			case a.status == http.StatusCreated && errs != nil:
				t.Errorf("taken, and invalid as described: %s: %v", text, errs)
			case a.status != http.StatusCreated && a.status != 400 && a.status != 422:
				t.Errorf("%s: %d %s", text, a.status, a.body)
			case a.status == http.StatusCreated:
				taken++
			default:
				refused++
			}
		}
	}
	if taken < 20 || refused < 100 {
		t.Errorf("%d taken and %d refused", taken, refused)
	}
}

// variants are a record, and the record with each field in turn missing, of
// another type, or joined by one that is unknown.
func variants(v map[string]any) []map[string]any {
	out := []map[string]any{v}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		for _, other := range []any{nil, 7, 1.5, "", "x", true, []any{}, map[string]any{}, []any{7}} {
			w := maps.Clone(v)
			w[name] = other
			out = append(out, w)
		}
		w := maps.Clone(v)
		delete(w, name)
		out = append(out, w)
		switch inner := v[name].(type) {
		case map[string]any:
			for _, i := range variants(inner)[1:] {
				w := maps.Clone(v)
				w[name] = i
				out = append(out, w)
			}
		case []any:
			if len(inner) == 0 {
				continue
			}
			if first, ok := inner[0].(map[string]any); ok {
				for _, i := range variants(first)[1:] {
					w := maps.Clone(v)
					w[name] = []any{i}
					out = append(out, w)
				}
			}
		}
	}
	w := maps.Clone(v)
	w["colour"] = "red"
	return append(out, w)
}
