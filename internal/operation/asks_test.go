package operation

import (
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// What the house asks of each kind of goods are fields that exist, of categories
// that exist; an operation's own answer goes before it.
func TestAsks(t *testing.T) {
	for category, fields := range usual {
		if !codelist.Category.Has(category) || slices.ContainsFunc(fields, func(f string) bool { return !slices.Contains(GoodsFields, f) }) {
			t.Errorf("%s: %v", category, fields)
		}
	}
	a := Asks{Fields: map[string][]string{"FOO": {"value"}, "PHA": {}}}
	if got := a.Of("FOO"); !slices.Equal(got, []string{"value"}) {
		t.Errorf("FOO: %v", got)
	}
	if got := a.Of("PHA"); len(got) != 0 {
		t.Errorf("PHA: %v", got)
	}
	if got := a.Of("TOB"); !slices.Equal(got, usual["TOB"]) {
		t.Errorf("TOB: %v", got)
	}
	for name, a := range map[string]Asks{
		"no field":    {Fields: map[string][]string{"FOO": {"colour"}}},
		"no category": {Subs: map[string][]string{"XXX": {"a"}}},
		"no words":    {Subs: map[string][]string{"PHA": {""}}},
		"long":        {Subs: map[string][]string{"PHA": {strings.Repeat("a", maxSub+1)}}},
		"two lines":   {Subs: map[string][]string{"PHA": {"a\nb"}}},
		"too many":    {Subs: map[string][]string{"PHA": make([]string, maxSubs+1)}},
	} {
		var p fault.Problems
		if a.check(&p); p.Fault() == nil {
			t.Errorf("%s is taken", name)
		}
	}
	var p fault.Problems
	Asks{Each: true, Fields: map[string][]string{"FOO": {"batch"}}, Subs: map[string][]string{"PHA": {"medication for ..."}}}.check(&p)
	if err := p.Fault(); err != nil {
		t.Error(err)
	}
}
