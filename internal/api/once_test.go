package api_test

import (
	"flag"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// written is what a client wrote under one id of its organisation, as a model.
type record struct {
	first, current string // contents; empty: nothing
	draft          bool
	version        int
	author         string // of a message: a colleague's is another
}

// step is one PUT. match is the version in If-Match, -1 without one.
type step struct {
	who, kind, content string
	id, match          int
	draft              bool
}

func (s step) body() string {
	if s.kind == "messages" {
		return strings.Replace(plainLetter, "A word", s.content, 1)
	}
	more := `"place":"` + s.content + `"`
	if s.draft {
		more += `,"draft":true`
	}
	if s.match >= 0 {
		more += `,"reason":"so it is"`
	}
	return strings.TrimSuffix(plainCase, "}") + "," + more + "}"
}

// expect is the status that the model answers, and what it makes of a record.
func (s step) expect(r record) (int, record) {
	known, right := s.match >= 0, s.match == r.version
	switch {
	case s.kind == "messages" && r.first == "":
		return 201, record{first: s.content, current: s.content, author: s.who}
	case s.kind == "messages" && r.first == s.content && r.author == s.who:
		return 200, r
	case s.kind == "messages":
		return 409, r
	case s.draft:
		return s.expectDraft(r)
	case r.version == 0 && known:
		return 404, r
	case r.version == 0:
		return 201, record{first: s.content, current: s.content, draft: false, version: 1}
	case r.draft && known && !right && s.content != r.current:
		return 412, r
	case r.draft && known:
		return 200, record{first: s.content, current: s.content, draft: false, version: r.version + 1}
	case r.draft:
		return 201, record{first: s.content, current: s.content, draft: false, version: r.version + 1}
	case !known && s.content == r.first, known && s.content == r.current:
		return 200, r
	case !known:
		return 409, r
	case !right:
		return 412, r
	}
	return 200, record{first: r.first, current: s.content, draft: false, version: r.version + 1}
}

func (s step) expectDraft(r record) (int, record) {
	known := s.match >= 0
	switch {
	case r.version == 0 && s.match > 0:
		return 404, r
	case r.version == 0:
		return 201, record{first: s.content, current: s.content, draft: true, version: 1}
	case r.draft && s.content == r.current:
		return 200, r
	case r.draft && s.match == r.version:
		return 200, record{first: s.content, current: s.content, draft: true, version: r.version + 1}
	case known:
		return 412, r
	}
	return 409, r
}

// Whatever a few clients write, again and against each other, under the same ids:
// the answers are those of a small model, and what was refused is kept for the
// contact point of whoever sent it.
func TestWrittenOnce(t *testing.T) {
	w := newSmall(t, "")
	clients := map[string]client{}
	for _, name := range []string{"xa.officer", "xa.second", "xb.officer", "xa", "xb", "wco"} {
		clients[name] = w.as(name)
	}
	w.must(flag.Set("rapid.checks", "40"))
	rapid.Check(t, func(t *rapid.T) {
		kept := map[string][]string{} // by administration: kind, id, body
		ids := []string{nextID(), nextID()}
		model := map[string]record{}
		bodies := map[string]string{}
		steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
			s := step{who: rapid.SampledFrom([]string{"xa.officer", "xa.second", "xb.officer"}).Draw(t, "who"),
				kind: rapid.SampledFrom([]string{"messages", "cases", "cases"}).Draw(t, "kind"), id: rapid.IntRange(0, 1).Draw(t, "id"),
				content: rapid.SampledFrom([]string{"one", "two", "three"}).Draw(t, "content"), match: -1}
			if s.kind == "cases" {
				s.draft = rapid.IntRange(0, 2).Draw(t, "draft") == 0
				s.match = rapid.IntRange(-3, 3).Draw(t, "match")
				s.match = max(s.match, -1)
			}
			return s
		}), 1, 25).Draw(t, "steps")
		for _, s := range steps {
			key := s.who[:2] + s.kind + ids[s.id]
			want, next := s.expect(model[key])
			var headers []string
			if s.match >= 0 {
				headers = []string{"If-Match", fmt.Sprintf(`"%d"`, s.match)}
			}
			a := clients[s.who].put(tide+"/"+s.kind+"/"+ids[s.id], s.body(), headers...)
			if a.status != want {
				t.Fatalf("%+v on %+v: %d, want %d: %s", s, model[key], a.status, want, a.body)
			}
			switch {
			case want < 300:
				if s.kind == "messages" && want == 200 && a.body != bodies[key] {
					t.Fatalf("the same again is answered\n%s instead of\n%s", a.body, bodies[key])
				}
				if s.kind == "cases" && (a.header.Get("ETag") != fmt.Sprintf(`"%d"`, next.version) || !strings.Contains(a.body, `"place":"`+next.current+`"`)) {
					t.Fatalf("%+v: ETag %s of %s, want %+v", s, a.header.Get("ETag"), a.body, next)
				}
				bodies[key] = a.body
			case want == 409:
				if !strings.Contains(a.body, `"kept":true`) {
					t.Fatalf("%+v: not kept: %s", s, a.body)
				}
				what := strings.TrimSuffix(s.kind, "s") + " " + ids[s.id] + " " + s.body()
				if by := s.who[:2]; !slices.Contains(kept[by], what) {
					kept[by] = append(kept[by], what)
				}
			case strings.Contains(a.body, `"kept"`):
				t.Fatalf("%+v: kept, though it is no other content: %s", s, a.body)
			}
			model[key] = next
		}
		for _, key := range slices.Sorted(maps.Keys(model)) {
			r, kind, id := model[key], key[2:len(key)-36], key[len(key)-36:]
			a := clients[key[:2]+".officer"].get(tide + "/" + kind + "/" + id + "?organisation=" + string(w.body[key[:2]].ID))
			if r.current == "" && a.status != 404 || r.current != "" && !strings.Contains(a.body, `"`+r.current+`"`) {
				t.Fatalf("%s is read as %d %s, want %+v", key, a.status, a.body, r)
			}
		}
		for _, by := range []string{"xa", "xb", "wco"} {
			slices.Sort(kept[by])
			if got := clients[by].takeKept(); !slices.Equal(got, kept[by]) {
				t.Fatalf("%s finds kept\n%s\nwant\n%s", by, strings.Join(got, "\n"), strings.Join(kept[by], "\n"))
			}
		}
	})
}

// takeKept gives what is kept for a contact point, and closes it.
func (c client) takeKept() (out []string) {
	c.world.t.Helper()
	var all struct {
		Items []struct {
			Seq                   int64
			Kind, Record, Content string
		}
	}
	c.get(tide+"/quarantine").decode(c.world.t, &all)
	for _, k := range all.Items {
		out = append(out, k.Kind+" "+k.Record+" "+k.Content)
		if a := c.do(http.MethodDelete, fmt.Sprintf("%s/quarantine/%d", tide, k.Seq), ""); a.status != http.StatusNoContent {
			c.world.t.Fatalf("closing: %d", a.status)
		}
	}
	slices.Sort(out)
	return out
}

// Many send the same at once: it is one record, once new, and everybody is
// answered alike. Of many contents under one id one is stored and all others are
// kept; whoever amends what has changed meanwhile is told, and nothing is lost.
func TestWrittenAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *small) {
		a, b := w.as("xa.officer"), w.as("xa.second")
		const n = 32
		all := func(put func(i int) answer) (by map[int][]answer) {
			by = map[int][]answer{}
			var mu sync.Mutex
			var wait sync.WaitGroup
			for i := range n {
				wait.Go(func() {
					got := put(i)
					mu.Lock()
					defer mu.Unlock()
					by[got.status] = append(by[got.status], got)
				})
			}
			wait.Wait()
			return by
		}
		from := func(i int) client { return []client{a, b}[i%2] }
		for kind, body := range map[string]string{"messages": plainLetter, "cases": plainCase} {
			at, before := tide+"/"+kind+"/"+nextID(), w.size()
			// A message is its author's: two colleagues with one id are not the same again.
			by := all(func(i int) answer {
				if kind == "messages" {
					return a.put(at, body)
				}
				return from(i).put(at, body)
			})
			if len(by[201]) != 1 || len(by[200]) != n-1 {
				t.Fatalf("%s: %d new and %d again of %d", kind, len(by[201]), len(by[200]), n)
			}
			for _, again := range by[200] {
				if again.body != by[201][0].body {
					t.Fatalf("%s: answered\n%s and\n%s", kind, again.body, by[201][0].body)
				}
			}
			if got := w.size() - before; got != 1 {
				t.Errorf("%s: %d entries", kind, got)
			}
			other := func(i int) string {
				return strings.NewReplacer("A word", fmt.Sprintf("Word %d", i), "12.5", fmt.Sprint(i+1)).Replace(body)
			}
			at = tide + "/" + kind + "/" + nextID()
			by = all(func(i int) answer { return from(i).put(at, other(i)) })
			if len(by[201]) != 1 || len(by[409]) != n-1 {
				t.Fatalf("%s: %d stored and %d refused of %d: %v", kind, len(by[201]), len(by[409]), n, by)
			}
			for _, refused := range by[409] {
				if !refused.refusal(t).Kept {
					t.Errorf("%s: not kept: %s", kind, refused.body)
				}
			}
		}
		w.keptForTheContactPoint(2 * (n - 1))
		at := tide + "/cases/" + nextID()
		a.put(at, plainCase)
		by := all(func(i int) answer {
			body := strings.Replace(plainCase, "12.5", fmt.Sprint(i+100), 1)
			return from(i).put(at, strings.TrimSuffix(body, "}")+`,"reason":"weighed again"}`, "If-Match", `"1"`)
		})
		if len(by[200]) != 1 || len(by[412]) != n-1 {
			t.Fatalf("%d amended and %d too late of %d: %v", len(by[200]), len(by[412]), n, by)
		}
		now := a.get(at)
		if now.header.Get("ETag") != `"2"` || !strings.Contains(by[200][0].body, now.body[strings.Index(now.body, `"goods"`):len(now.body)-2]) {
			t.Errorf("read as %s %s, want %s", now.header.Get("ETag"), now.body, by[200][0].body)
		}
		w.keptForTheContactPoint(2 * (n - 1))
	})
}

// keptForTheContactPoint fails unless the contact point of xa finds so many
// refused contents, and nobody else does.
func (w *small) keptForTheContactPoint(want int) {
	w.t.Helper()
	for who, n := range map[string]int{"xa": want, "xb": 0, "wco": 0, "holder": 0} {
		var got struct {
			Items []struct{ Content, Digest string }
		}
		w.as(who).get(tide+"/quarantine").decode(w.t, &got)
		if len(got.Items) != n {
			w.t.Errorf("%s finds %d kept contents, want %d", who, len(got.Items), n)
		}
	}
	for _, who := range []string{"xa.officer", "xb.officer", "xz"} {
		if a := w.as(who).get(tide + "/quarantine"); a.status != http.StatusNotFound {
			w.t.Errorf("%s: %d", who, a.status)
		}
	}
}

// What is refused is kept within bounds, and closed once it was dealt with.
func TestQuarantineIsBounded(t *testing.T) {
	w := newSmall(t, "")
	officer, contact := w.as("xa.officer"), w.as("xa")
	at := tide + "/messages/" + nextID()
	officer.put(at, plainLetter)
	large := strings.Replace(plainLetter, "To whom it concerns.", strings.Repeat("🙂", 9_999), 1)
	large = strings.Replace(large, `{`, "{"+strings.Repeat(" ", 300_000), 1)
	if p := officer.put(at, large).refusal(t); p.Status != http.StatusConflict || p.Kept {
		t.Errorf("more than is kept of one: %+v", p)
	}
	n := 0
	for ; n < 210; n++ {
		p := officer.put(at, strings.Replace(plainLetter, "A word", fmt.Sprintf("Word %d", n), 1)).refusal(t)
		if p.Status != http.StatusConflict {
			t.Fatalf("%d: %+v", n, p)
		}
		if !p.Kept {
			break
		}
	}
	if n != 200 {
		t.Errorf("%d were kept", n)
	}
	var all struct{ Items []struct{ Seq int64 } }
	contact.get(tide+"/quarantine").decode(t, &all)
	first := fmt.Sprintf("%s/quarantine/%d", tide, all.Items[0].Seq)
	for who, want := range map[client]int{officer: 404, w.as("xb"): 404, contact: 204} {
		if a := who.do(http.MethodDelete, first, ""); a.status != want {
			t.Errorf("closing: %d, want %d", a.status, want)
		}
	}
	before := w.size()
	if a := contact.do(http.MethodDelete, first, ""); a.status != http.StatusNoContent || w.size() != before {
		t.Errorf("closing again: %d", a.status)
	}
	if p := officer.put(at, strings.Replace(plainLetter, "A word", "Another word", 1)).refusal(t); !p.Kept {
		t.Error("there is room again, and it was not kept")
	}
}
