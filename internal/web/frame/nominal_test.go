package frame_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// A notice shows each place once, a few of them, each with a little around it.
func TestNominal(t *testing.T) {
	looks, more := frame.Nominal([]string{"Mr John Smith", strings.Repeat("ж", 100) + " call +33 6 12 34 56 78 " + strings.Repeat("ж", 100), "Mr John Smith", "first\nMr Jo Bo\nlast"})
	if len(looks) != 3 || more != 0 || looks[0] != (frame.Look{Kind: "name", Before: "Mr ", Text: "John Smith"}) ||
		looks[2] != (frame.Look{Kind: "name", Before: "Mr ", Text: "Jo Bo"}) {
		t.Errorf("%+v, %d", looks, more)
	}
	if l := looks[1]; l.Text != "+33 6 12 34 56 78" || utf8.RuneCountInString(l.Before) != 17 || utf8.RuneCountInString(l.After) != 17 || !utf8.ValidString(l.Before+l.After) {
		t.Errorf("%+v", l)
	}
	var many []string
	for _, name := range strings.Fields("Abel Bert Carl Dirk Emil Fred Gert") {
		many = append(many, "Mr "+name)
	}
	if looks, more := frame.Nominal(many); len(looks) != 3 || more != 4 {
		t.Errorf("%d shown, %d more", len(looks), more)
	}
	if looks, more := frame.Nominal([]string{"", "Shoes in cartons.", "\xff"}); len(looks)+int(more) != 0 {
		t.Errorf("%+v", looks)
	}
}
