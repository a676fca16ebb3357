package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// names reads a list to its end and gives the ids that it holds.
func (c client) names(t *testing.T, list string, limit int) (out []string) {
	t.Helper()
	for next := ""; ; {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		a := c.get(fmt.Sprintf("%s/%s?limit=%d&cursor=%s", tide, list, limit, next))
		if a.status != 200 {
			t.Fatalf("%s: %d %s", list, a.status, a.body)
		}
		a.decode(t, &page)
		if len(page.Items) > limit {
			t.Fatalf("%s: a page of %d", list, len(page.Items))
		}
		for _, item := range page.Items {
			out = append(out, item.ID)
		}
		if next = page.Next; next == "" {
			return out
		}
	}
}

// Whoever reads page by page while others write reads nothing twice and misses
// nothing that was there when the reading began.
func TestPagesWhileOthersWrite(t *testing.T) {
	each(t, func(t *testing.T, w *small) {
		a, b, holder := w.as("xa.officer"), w.as("xb.officer"), w.as("holder")
		letter := strings.Replace(plainLetter, `["coordination"]`, `["coordination","enforcement","right-holder"]`, 1)
		there := map[string][]string{}
		write := func(c client, n int) {
			for i := range n {
				for kind, body := range map[string]string{"messages": letter, "cases": plainCase} {
					mu.Lock()
					id := nextID()
					mu.Unlock()
					if a, err := c.try("PUT", tide+"/"+kind+"/"+id, body); err != nil || a.status != 201 {
						t.Errorf("%d: %v %d %s", i, err, a.status, a.body)
					}
					mu.Lock()
					there[kind] = append(there[kind], id)
					mu.Unlock()
				}
			}
		}
		write(a, 23)
		before := map[string][]string{"messages": there["messages"], "cases": there["cases"]}
		var writers sync.WaitGroup
		writers.Go(func() { write(b, 25) })
		for _, c := range []struct {
			who   client
			list  string
			limit int
		}{{a, "messages", 1}, {a, "cases", 2}, {b, "messages", 7}, {b, "cases", 200}, {holder, "messages", 3}} {
			count := map[string]int{}
			for _, id := range c.who.names(t, c.list, c.limit) {
				if count[id]++; count[id] > 1 {
					t.Errorf("%s by %d: %s comes twice", c.list, c.limit, id)
				}
			}
			for _, id := range before[c.list] {
				if count[id] != 1 {
					t.Errorf("%s by %d: %s is missing", c.list, c.limit, id)
				}
			}
		}
		writers.Wait()
		if got := a.names(t, "cases", 5); len(got) != 48 {
			t.Errorf("%d cases in the end", len(got))
		}
	})
}

var mu sync.Mutex // over ids and what was written

// A write is answered as it is read afterwards, whatever the order in which it
// named its addressees.
func TestAnsweredAsRead(t *testing.T) {
	w := newSmall(t, "")
	officer := w.as("xa.officer")
	both := `"organisations":["` + string(w.body["wco"].ID) + `","` + string(w.body["xb"].ID) + `"]`
	turned := `"organisations":["` + string(w.body["xb"].ID) + `","` + string(w.body["wco"].ID) + `","` + string(w.body["xb"].ID) + `"]`
	at := tide + "/messages/" + nextID()
	for i, to := range []string{turned, both, turned} {
		put := officer.put(at, strings.Replace(plainLetter, `"sides":["coordination"]`, to, 1))
		read := officer.get(at)
		said, _, _ := strings.Cut(put.body, `,"receipt"`)
		if want := strings.TrimSuffix(read.body, "}\n"); said != want || i == 0 && put.status != 201 || i > 0 && put.status != 200 {
			t.Errorf("%d: answered %d\n%s\nread\n%s", i, put.status, said, want)
		}
	}
}
