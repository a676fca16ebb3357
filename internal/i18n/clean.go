package i18n

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// The longest names and bodies, in characters.
const (
	MaxName = 200
	MaxText = 20000
	// maxMarks is how many combining marks may follow one another: real writing
	// needs three, text that climbs over its neighbours needs more.
	maxMarks = 6
)

// CleanName makes a single line of text fit to be stored and shown beside
// others: outer spaces cut, Unicode normalisation form C. It refuses control
// characters, line breaks, direction marks and every other invisible character
// (with them a name can look like another), bytes that are not UTF-8, towers of
// combining marks, nothing, and more than MaxName characters. Errors are faults
// of kind Invalid.
func CleanName(s string) (string, error) { return CleanLine(s, MaxName) }

// CleanLine is CleanName with another limit.
func CleanLine(s string, max int) (string, error) {
	s, err := normal(s, max)
	if err != nil {
		return "", err
	}
	s = strings.TrimSpace(s)
	if s == "" {
		return "", fault.Of(fault.Invalid, "fault.required")
	}
	for _, r := range s {
		switch {
		case unicode.IsControl(r) || r == 0x2028 || r == 0x2029:
			return "", fault.Of(fault.Invalid, "fault.control-character")
		case direction(r):
			return "", fault.Of(fault.Invalid, "fault.direction-character")
		case invisible(r):
			return "", fault.Of(fault.Invalid, "fault.invisible-character")
		}
	}
	return s, nil
}

// CleanText makes the body of a message fit to be stored: line ends become \n,
// spaces at its end are cut, normalisation form C. Tabs, line breaks, joiners and
// the marks U+200E, U+200F and U+061C, which writing in some languages needs, are
// kept. Embeddings, overrides and isolates are taken out: keyboards add them
// unseen, they say nothing, and a page isolates the whole body anyway. Refused
// are other controls (NUL among them), bytes that are not UTF-8, towers of
// combining marks, and more than MaxText characters. Nothing is a valid body.
func CleanText(s string) (string, error) { return CleanBody(s, MaxText) }

// CleanBody is CleanText with another limit.
func CleanBody(s string, max int) (string, error) {
	// Before strings.Map, which would hide broken bytes behind U+FFFD.
	if !utf8.ValidString(s) {
		return "", fault.Of(fault.Invalid, "fault.not-utf8")
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
	s, err := normal(s, max)
	if err != nil {
		return "", err
	}
	s = strings.TrimRight(s, " \t\n")
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return "", fault.Of(fault.Invalid, "fault.control-character")
		}
	}
	return s, nil
}

// normal checks encoding, length and marks, and gives normalisation form C.
// Length is bounded before normalising, which costs time, and after.
func normal(s string, max int) (string, error) {
	if len(s) > 16*max+64 {
		return "", fault.Of(fault.Invalid, "fault.too-long", fault.Args{"max": int64(max)})
	}
	if !utf8.ValidString(s) {
		return "", fault.Of(fault.Invalid, "fault.not-utf8")
	}
	marks := 0
	for _, r := range s {
		if !unicode.Is(unicode.M, r) {
			marks = 0
		} else if marks++; marks > maxMarks {
			return "", fault.Of(fault.Invalid, "fault.too-many-marks")
		}
	}
	s = norm.NFC.String(s)
	if utf8.RuneCountInString(strings.TrimSpace(s)) > max {
		return "", fault.Of(fault.Invalid, "fault.too-long", fault.Args{"max": int64(max)})
	}
	return s, nil
}

// direction are the bidirectional controls (UAX 9).
func direction(r rune) bool {
	return unicode.Is(unicode.Bidi_Control, r)
}

// invisible are characters that take no room or look like nothing: formats
// (zero width ones, soft hyphen, tags), fillers, characters without meaning.
func invisible(r rune) bool {
	switch r {
	case 0x115f, 0x1160, 0x3164, 0xffa0, 0x2800, 0x34f, 0x17b4, 0x17b5:
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		unicode.Is(unicode.Co, r) || unicode.Is(unicode.Noncharacter_Code_Point, r)
}

// CleanField cleans a text of a form with CleanLine or CleanBody. What is wrong with it is
// noted at its path; only spaces are as nothing, which is wrong where it is required.
func CleanField(p *fault.Problems, path, s string, most int, required bool, clean func(string, int) (string, error)) string {
	if s = strings.TrimSpace(s); s == "" {
		if required {
			p.Add(path, "fault.required")
		}
		return ""
	}
	s, err := clean(s, most)
	if f, bad := errors.AsType[*fault.Fault](err); bad {
		p.Add(path, f.Key, f.Args)
	}
	return strings.TrimSpace(s)
}

// maxTag is how long a language's tag may be (RFC 5646, 4.4.1).
const maxTag = 35

// CleanLanguage gives the canonical tag of the language in which somebody says that a
// text is written. What is no such language is noted at a path of the form, and comes
// back as it was typed.
func CleanLanguage(p *fault.Problems, path, typed string) string {
	tag, err := language.Parse(typed)
	base, _ := tag.Base()
	if err != nil || len(typed) > maxTag || !codelist.Language.Has(base.String()) {
		p.Add(path, "fault.language")
		return typed
	}
	return tag.String()
}
