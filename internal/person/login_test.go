package person

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

func TestFoldLogin(t *testing.T) {
	for _, c := range []struct{ in, want, key string }{
		{"Officer", "officer", ""},
		{"  xa.NCP ", "xa.ncp", ""},
		{"ｏｆｆｉｃｅｒ", "officer", ""}, // full width
		{"o.ｂｒｉｅｎ@example.org", "o.brien@example.org", ""},
		{"ÉLISE", "élise", ""},
		{"E\u0301lise", "élise", ""},
		{"иванов2", "иванов2", ""},
		{"محمد", "محمد", ""},
		{"山田たろう", "山田たろう", ""},
		{"김漢", "김漢", ""},
		{"別산たろ", "", "person.login-script"}, // Hangul with kana
		{"оfficer", "", "person.login-script"},
		{"οfficer", "", "person.login-script"},
		{"a1٢", "", "person.login-script"}, // digits of two systems
		{"a", "", "fault.too-short"},
		{"", "", "fault.required"},
		{"a b", "", "person.login-characters"},
		{".ab", "", "person.login-characters"},
		{"a/b", "", "person.login-characters"},
		{"ab\u200bc", "", "fault.invisible-character"},
		{"ab\u202ec", "", "fault.direction-character"},
		{"ab\x00c", "", "fault.control-character"},
		{"a\xffb", "", "fault.not-utf8"},
		{string(make([]byte, 5000)), "", "fault.too-long"},
	} {
		got, err := FoldLogin(c.in)
		if f, _ := err.(*fault.Fault); err != nil && (f == nil || f.Key != c.key) || err == nil && (c.key != "" || got != c.want) {
			t.Errorf("%.40q: %q, %v; want %q, %q", c.in, got, err, c.want, c.key)
		}
	}
}

// What was folded folds to itself, or one person would have two logins.
func TestFoldTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "login")
		if Fold(Fold(s)) != Fold(s) {
			t.Fatalf("%q folds to %q, then to %q", s, Fold(s), Fold(Fold(s)))
		}
		if got, err := FoldLogin(s); err == nil && Fold(got) != got {
			t.Fatalf("%q is stored as %q but looked up as %q", s, got, Fold(got))
		}
	})
}

func FuzzFoldLogin(f *testing.F) {
	for _, s := range []string{"officer", "İstanbul", "ǅungla", "ſtraße", "ﬁnance", "Ω", "\u0345\u0301a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := FoldLogin(s)
		if err == nil && (Fold(got) != got || got == "") {
			t.Errorf("%q is stored as %q but looked up as %q", s, got, Fold(got))
		}
	})
}
