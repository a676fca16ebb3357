package api_test

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// readNaughty reads testdata/naughty.txt: a Go string a line, N*"x" is x N times.
func readNaughty(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/naughty.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		times := 1
		if n, rest, ok := strings.Cut(line, `*"`); ok && !strings.HasPrefix(line, `"`) {
			if times, err = strconv.Atoi(n); err != nil {
				t.Fatal(err)
			}
			line = `"` + rest
		}
		s, err := strconv.Unquote(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, strings.Repeat(s, times))
	}
	if len(out) < 300 {
		t.Fatalf("%d strings: the list is cut", len(out))
	}
	return out
}

// keptLine and keptText are the normal forms that the reference promises: of a
// line, and of a text of several.
func keptLine(s string) string { return strings.TrimSpace(norm.NFC.String(s)) }

func keptText(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", r) {
			return -1
		}
		return r
	}, s)
	return strings.TrimRight(norm.NFC.String(s), " \t\n")
}

type (
	fields = map[string]any
	typed  = map[string]string
)

// room is a group of fields that take a string in the same way: a record with it
// in all of them, where they are in a refusal, and what is read of a record.
type room struct {
	what, at string
	record   func(s string) fields
	named    []string
	read     func(got fields) []string
	kept     func(s string) string // nil: a code, which is never taken
}

func letterWith(more fields) fields {
	m := fields{"template": "general", "subject": "A word", "body": "For all.", "language": "en", "tlp": "GREEN", "to": fields{"sides": []string{"coordination"}}}
	for k, v := range more {
		m[k] = v
	}
	return m
}

func caseWith(more, line fields) fields {
	l := fields{"category": "FOO", "quantities": []fields{{"amount": "1", "unit": "KGM"}}}
	for k, v := range line {
		l[k] = v
	}
	m := fields{"country": "XA", "day": "2017-02-10", "goods": []fields{l}}
	for k, v := range more {
		m[k] = v
	}
	return m
}

var codedFields = []string{"direction", "conveyance", "detection", "concealment", "origin", "transit", "destination"}

func text(v any) string { s, _ := v.(string); return s }

func firstLine(got fields) fields { return got["goods"].([]any)[0].(fields) }

var rooms = []room{
	{"the lines of a case", "/cases/", func(s string) fields {
		more := fields{"place": s, "carrier": s, "hidden": s, "cover": s}
		for _, name := range codedFields {
			more[name] = typed{"typed": s}
		}
		return caseWith(more, fields{"brand": s, "ipr": typed{"typed": s}, "sub": s, "batch": s, "holder": s, "right": s})
	}, append([]string{"place", "carrier", "goods.1.brand", "goods.1.ipr"}, codedFields...), func(got fields) []string {
		out := []string{text(got["place"]), text(got["carrier"]), text(firstLine(got)["brand"])}
		for _, name := range codedFields {
			coded, _ := got[name].(fields)
			out = append(out, text(coded["typed"]))
		}
		return out
	}, keptLine},
	{"the texts of a case", "/cases/", func(s string) fields { return caseWith(fields{"remarks": s}, fields{"description": s}) },
		[]string{"remarks", "goods.1.description"}, func(got fields) []string {
			return []string{text(got["remarks"]), text(firstLine(got)["description"])}
		}, func(s string) string { return strings.TrimSpace(keptText(s)) }},
	{"the codes of a case", "/cases/", func(s string) fields {
		more := fields{"country": s, "day": s, "time": s, "status": s, "language": s}
		for _, name := range codedFields {
			more[name] = typed{"code": s}
		}
		return caseWith(more, fields{"category": s, "hs": s, "hs_edition": s, "verdict": s, "ipr": typed{"code": s}, "quantities": []fields{{"amount": s, "unit": s}}})
	}, nil, nil, nil},
	{"the subject of a message", "/messages/", func(s string) fields { return letterWith(fields{"subject": s}) }, []string{"subject"},
		func(got fields) []string { return []string{text(got["subject"])} }, keptLine},
	{"the body of a message", "/messages/", func(s string) fields { return letterWith(fields{"body": s}) }, []string{"body"},
		func(got fields) []string { return []string{text(got["body"])} }, keptText},
	{"the codes of a message", "/messages/", func(s string) fields {
		return letterWith(fields{"template": s, "language": s, "tlp": s, "outcome": s, "to": fields{"sides": []string{s}, "organisations": []string{s}},
			"answers": s, "answers_from": s, "profile": typed{"category": s, "conveyance": s, "provenance": s, "destination": s}})
	}, nil, nil, nil},
}

// Strings that are hard to keep, in every field that takes text: refused with the
// field named, or kept and given back the same, on both engines.
func TestNaughtyStrings(t *testing.T) {
	all := readNaughty(t)
	each(t, func(t *testing.T, w *small) {
		officer := w.as("xa.officer")
		var stored, refused [16]int
		var mu sync.Mutex
		type job struct {
			room int
			s    string
			id   string
		}
		jobs := make(chan job)
		var workers sync.WaitGroup
		for range 12 { // so that many writes share a flush
			workers.Go(func() {
				for j := range jobs {
					ok := rooms[j.room].try(t, officer, j.id, j.s)
					mu.Lock()
					if ok {
						stored[j.room]++
					} else {
						refused[j.room]++
					}
					mu.Unlock()
				}
			})
		}
		for i := range rooms {
			for n, s := range all {
				if n%2 == 1 && strings.Contains(t.Name(), "postgres") {
					continue // half of them tell the engines apart
				}
				jobs <- job{i, s, nextID()}
			}
		}
		close(jobs)
		workers.Wait()
		for i, r := range rooms {
			if r.kept != nil && (stored[i] < 70 || refused[i] < 7) || r.kept == nil && stored[i] > 0 {
				t.Errorf("%s: %d stored, %d refused", r.what, stored[i], refused[i])
			}
		}
	})
}

func (r room) try(t *testing.T, c client, id, s string) (stored bool) {
	b, err := json.Marshal(r.record(s))
	if err != nil {
		t.Error(err)
	}
	a, err := c.try(http.MethodPut, tide+r.at+id, string(b), "Content-Type", "application/json")
	if err != nil {
		t.Error(err)
		return false
	}
	switch a.status {
	case http.StatusCreated:
		return r.same(t, c, id, s, a)
	case http.StatusUnprocessableEntity:
		var p problem
		var got []string
		if err := json.Unmarshal([]byte(a.body), &p); err != nil {
			t.Error(err)
		}
		for _, e := range p.Errors {
			got = append(got, e.Field)
		}
		missing := slices.ContainsFunc(r.named, func(f string) bool { return !slices.Contains(got, f) })
		if len(got) == 0 || missing && len([]rune(s)) < 200 {
			t.Errorf("%s: %.40q is refused without its field: %.300s", r.what, s, a.body)
		}
	default:
		t.Errorf("%s: %.40q is answered %d %.300s", r.what, s, a.status, a.body)
	}
	return false
}

// same reads a stored record back and compares it with what was written.
func (r room) same(t *testing.T, c client, id, s string, put answer) bool {
	if r.kept == nil {
		t.Errorf("%s: %.40q is taken for a code: %.300s", r.what, s, put.body)
		return true
	}
	a, err := c.try(http.MethodGet, tide+r.at+id, "")
	if err != nil || a.status != http.StatusOK {
		t.Errorf("%s: %.40q was stored and is answered %d %v", r.what, s, a.status, err)
		return true
	}
	for what, body := range map[string]string{"read": a.body, "answered": put.body} {
		var got fields
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Error(err)
		}
		for i, kept := range r.read(got) {
			if kept != r.kept(s) {
				t.Errorf("%s: %.40q is %s as %.40q in place %d", r.what, s, what, kept, i)
			}
		}
	}
	return true
}
