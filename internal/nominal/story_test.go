package nominal_test

import (
	"reflect"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/nominal"
	"github.com/tidewaiter/tidewaiter/internal/story"
)

// The texts of a whole operation in ten languages, which were not written for this
// package and hold nothing of a person: whoever writes such is left in peace.
func TestStoryIsLeftInPeace(t *testing.T) {
	world := story.ActionIPR2(1)
	world.Persons, world.Shifts = nil, nil // who is on duty, and how to reach them
	seen, wrong := map[string]bool{}, 0
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			text := v.String()
			if len(text) < 12 || seen[text] {
				return
			}
			seen[text] = true
			for _, h := range nominal.Find(text) {
				wrong++
				t.Logf("%s by %s: %q in %q", h.Kind, h.Why, text[h.Start:h.End], text)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(v.MapIndex(k))
			}
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem())
			}
		}
	}
	walk(reflect.ValueOf(world))
	t.Logf("%d texts, %d hits", len(seen), wrong)
	if len(seen) < 1000 || wrong*200 > len(seen) { // half of one in a hundred
		t.Errorf("%d texts, %d hits", len(seen), wrong)
	}
}
