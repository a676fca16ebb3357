package door_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Places are read as they were written, by whoever holds the secret; two cursors
// of the same places differ.
func TestPlaces(t *testing.T) {
	c, other := cursors(t, 1), cursors(t, 2)
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) door.Place {
			return door.Place{Operation: rapid.Int64Range(0, 1<<39).Draw(t, "operation"), Seq: rapid.Int64Range(0, 1<<47).Draw(t, "seq")}
		}), 1, 40).Draw(t, "places")
		text := c.Places(all)
		if got, err := c.ReadPlaces(text); err != nil || !reflect.DeepEqual(got, all) {
			t.Fatalf("%v: %v, %v", all, got, err)
		}
		if c.Places(all) == text {
			t.Fatal("two cursors of the same places are equal")
		}
		if _, err := other.ReadPlaces(text); !fault.Is(err, fault.Invalid) {
			t.Fatalf("another secret: %v", err)
		}
	})
	if c.Places(nil) != "" {
		t.Error("no places are a cursor")
	}
}

func FuzzPlaces(f *testing.F) {
	c := cursors(f, 1)
	f.Add("")
	f.Add(c.Places([]door.Place{{Operation: 1, Seq: 2}})[1:])
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := c.ReadPlaces(text); err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	})
}
