package door_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

func cursors(t testing.TB, fill byte) *door.Cursors {
	t.Helper()
	c, err := door.NewCursors(bytes.Repeat([]byte{fill}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What was written is read again, by whoever holds the secret, in its operation.
func TestCursors(t *testing.T) {
	c, other := cursors(t, 1), cursors(t, 2)
	rapid.Check(t, func(t *rapid.T) {
		op := rapid.Int64Range(0, 1<<39).Draw(t, "operation")
		seq := rapid.Int64Range(0, 1<<47).Draw(t, "seq")
		sealed := rapid.Bool().Draw(t, "sealed")
		text := c.Write(op, seq, sealed)
		if got, err := c.Read(op, text, sealed); err != nil || got != seq {
			t.Fatalf("%q: %d, %v", text, got, err)
		}
		if !sealed {
			return
		}
		if again := c.Write(op, seq, true); again == text {
			t.Fatal("two sealed cursors of one place are equal: a change would betray that others act")
		}
		for name, read := range map[string]func() (int64, error){
			"another operation": func() (int64, error) { return c.Read(op+1, text, true) },
			"another secret":    func() (int64, error) { return other.Read(op, text, true) },
			"as a member":       func() (int64, error) { return c.Read(op, "x"+text[1:], false) },
			"a number":          func() (int64, error) { return c.Read(op, "12", true) },
		} {
			if got, err := read(); !fault.Is(err, fault.Invalid) {
				t.Fatalf("%s: %d, %v", name, got, err)
			}
		}
	})
}

func FuzzCursors(f *testing.F) {
	c := cursors(f, 1)
	f.Add("12", false)
	f.Add(strings.Repeat("0", 32), true)
	f.Add("-1", false)
	f.Fuzz(func(t *testing.T, text string, sealed bool) {
		if n, err := c.Read(7, text, sealed); err == nil && n < 0 || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %d, %v", text, n, err)
		}
	})
}
