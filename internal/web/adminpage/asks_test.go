package adminpage

import (
	"reflect"
	"testing"
)

func TestByCategory(t *testing.T) {
	for name, c := range map[string]struct {
		text, separator string
		want            map[string][]string
	}{
		"nothing":  {" \r\n", "", nil},
		"words":    {"PHA: for a, or b\r\npha:c\n", "", map[string][]string{"PHA": {"for a, or b", "c"}}},
		"fields":   {"FOO: batch, hazard\nPHA: batch، value\nTOY:", ",", map[string][]string{"FOO": {"batch", "hazard"}, "PHA": {"batch", "value"}, "TOY": {}}},
		"no colon": {"medicine", "", map[string][]string{"MEDICINE": {""}}},
	} {
		if got := byCategory(c.text, c.separator); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
