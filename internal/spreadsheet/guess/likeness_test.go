package guess

import (
	"strings"
	"testing"
	"time"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"airfreight", "airfrieght", 1}, {"airfreight", "arifreight", 1}, {"luggage", "lugage", 1}, {"", "abc", 3}, {"kitten", "sitting", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%s %s: %d", c.a, c.b, got)
		}
	}
}

// A code stands for itself, but only as the whole of a cell: "toy" is a word, too,
// and seven kilograms are never taken for seven pieces because KGM is no word.
func TestCodesStandForThemselves(t *testing.T) {
	for _, c := range []struct{ list, value, want string }{
		{"unit", "KGM", "KGM"}, {"unit", "h87", "H87"}, {"category", "FOO", "FOO"}, {"category", "Com", "COM"}, {"conveyance", "inland-water", "inland-water"},
		{"category", "com of it", ""},
	} {
		if got, _ := likely(c.value, words().values[c.list]); got.code != c.want {
			t.Errorf("%s %q: %q, want %q", c.list, c.value, got.code, c.want)
		}
	}
	text, err := Guess(strings.NewReader("Date,Country,Category,Quantity,Unit\n2017-02-10,XA,FOO,7,KGM\n2017-02-11,XA,FOO,8,H87\n"), time.Date(2017, 3, 1, 0, 0, 0, 0, time.UTC))
	if err != nil || !strings.Contains(string(text), `unit_column = "Unit"`) || strings.Contains(string(text), `unit = "H87"`) {
		t.Errorf("%v\n%s", err, text)
	}
}
