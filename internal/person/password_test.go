package person

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

func TestHasher(t *testing.T) {
	h := NewHasher(source.Real())
	ctx := context.Background()
	is := func(phc, password string) bool {
		ok, err := h.Matches(ctx, phc, password)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	checks := 0
	rapid.Check(t, func(t *rapid.T) {
		if checks++; checks > 12 { // each takes a while, on purpose
			return
		}
		password := rapid.StringN(1, 40, -1).Draw(t, "password")
		one, err := h.Hash(ctx, password)
		two, err2 := h.Hash(ctx, password)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		if one == two {
			t.Fatal("the salt repeats")
		}
		if !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Fatalf("not the PHC string we promised: %s", one)
		}
		if !is(one, password) || is(one, password+"x") || is(one, "") {
			t.Fatalf("%q does not verify", password)
		}
	})
	// Two keyboards, one password.
	phc, _ := h.Hash(ctx, "Cafe\u0301 au lait")
	if !is(phc, "Café au lait") {
		t.Error("decomposed and composed letters differ")
	}
	for _, damaged := range []string{"", "$", "$argon2id$v=19$m=19456,t=2,p=1$$", strings.Replace(phc, "m=19456", "m=999999999", 1),
		strings.Replace(phc, "argon2id", "argon2i", 1), strings.Replace(phc, "v=19", "v=16", 1), phc[:len(phc)-30]} {
		if is(damaged, "Café au lait") {
			t.Errorf("%q matches", damaged)
		}
	}
	// The answer for nobody must not match the zeros it is compared with.
	if is("", "") {
		t.Error("nobody's password is known")
	}
}

func TestHasherGivesUp(t *testing.T) {
	h := NewHasher(source.Real())
	for range cap(h.slots) {
		h.slots <- struct{}{}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := h.Matches(ctx, "", "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("waits for a slot though nobody wants the answer: %v", err)
	}
}

func TestCheckPassword(t *testing.T) {
	p := Person{Login: "maren.holtegaard", Name: "Maren Holtegaard-Vey"}
	for password, key := range map[string]string{
		"correct horse battery staple": "",
		"tide 7 lantern gravel":        "",
		"Пятнадцать зелёных":           "",
		"潮の満ち引きと十二の灯台守の歌":              "",
		"mP4!vQ9z#tL2":                 "",
		"short":                        "fault.too-short",
		"éééééé":                       "fault.too-short", // 12 bytes, 6 characters
		strings.Repeat("tide ", 60):    "fault.too-long",
		"tide\x07lantern gravel":       "fault.control-character",
		"tide \xff lantern gravel":     "fault.not-utf8",
		"password1234":                 "person.password-common",
		"Password2026!":                "person.password-common",
		"P@ssw0rd2026!!":               "person.password-common",
		"123456789012":                 "person.password-common",
		"qwertyuiop12":                 "person.password-common",
		"azertyuiop123":                "person.password-common",
		"aaaaaaaaaaaaa":                "person.password-common",
		"abcabcabcabcabc":              "person.password-common",
		"xkqpxkqpxkqp":                 "person.password-common",
		"1qaz2wsx3edc4rfv":             "person.password-common",
		"Welcome2024Welcome":           "person.password-common",
		"tidewaiter2026":               "person.password-common",
		"Customs-Officer-1":            "person.password-common",
		"maren.holtegaard":             "person.password-own",
		"Holtegaard-Vey":               "person.password-own",
		"VeyMarenHoltegaard99":         "person.password-own",
	} {
		err := checkPassword(password, p)
		f, _ := err.(*fault.Fault)
		switch {
		case key == "" && err != nil:
			t.Errorf("%q is refused: %v", password, err)
		case key != "" && (f == nil || f.Fields[0].Key != key || f.Fields[0].Path != "password"):
			t.Errorf("%q: %v, want %s", password, err, key)
		}
	}
	// What is refused is refused in capitals and with an exclamation mark as well.
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom([]string{"password1234", "qwertyuiop12", "123456789012", "maren.holtegaard"}).Draw(t, "password")
		for _, variant := range []string{strings.ToUpper(s), s + "!", "!" + s, s + "..", strings.ReplaceAll(s, ".", " ")} {
			if checkPassword(variant, p) == nil {
				t.Fatalf("%q is taken", variant)
			}
		}
	})
}
