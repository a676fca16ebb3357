package db

import (
	"fmt"
	"maps"
	"sync"
	"testing"
)

// Known says what Decode says, of more texts than it remembers, to several who ask at once.
func TestKnownSaysWhatTheTextSays(t *testing.T) {
	var known Known[map[string]int]
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for n := range 3 * mostKnown {
				text := fmt.Sprintf(`{"a":%d}`, n%(2*mostKnown))
				for _, column := range []any{text, []byte(text)} {
					var got, want map[string]int
					if err := known.Decode(&got).Scan(column); err != nil {
						t.Error(err)
					}
					if err := Decode(&want).Scan(column); err != nil || !maps.Equal(got, want) {
						t.Errorf("%v, want %v (%v)", got, want, err)
					}
				}
			}
		})
	}
	all.Wait()
	if n := len(known.by); n > mostKnown {
		t.Errorf("it remembers %d texts", n)
	}
}

// The second reader of a text gets what the first one got.
func TestKnownTakesATextApartOnce(t *testing.T) {
	var known Known[map[string]int]
	var first, second map[string]int
	for _, v := range []*map[string]int{&first, &second} {
		if err := known.Decode(v).Scan(`{"a":1}`); err != nil {
			t.Fatal(err)
		}
	}
	first["b"] = 2
	if second["b"] != 2 {
		t.Error("the same text was taken apart twice")
	}
}

func TestKnownRefusesWhatIsNoRecord(t *testing.T) {
	var known Known[map[string]int]
	for _, column := range []any{nil, int64(1), "", `{"a":`, `[]`} {
		v := map[string]int{"kept": 1}
		if err := known.Decode(&v).Scan(column); err == nil || v["kept"] != 1 || len(known.by) > 0 {
			t.Errorf("%v: %v, %v", column, v, err)
		}
	}
}
