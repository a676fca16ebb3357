package icalendar_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/icalendar"
)

// property is a content line, read back as RFC 5545 says: unfolded, its value as it is
// written.
type property struct{ name, parameters, value string }

func parse(t *testing.T, file []byte) []property {
	t.Helper()
	text := string(file)
	if !utf8.ValidString(text) || !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		t.Fatalf("not lines that end with CRLF: %q", text)
	}
	for l := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(l) > 75 || l == "" || !utf8.ValidString(l) {
			t.Fatalf("a line of %d octets: %q", len(l), l)
		}
	}
	var out []property
	for l := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n") {
		head, value, ok := strings.Cut(l, ":")
		name, parameters, _ := strings.Cut(head, ";")
		if !ok || name == "" || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "" {
			t.Fatalf("no content line: %q", l)
		}
		out = append(out, property{name, parameters, value})
	}
	return out
}

// unescaped reads a TEXT back; what is escaped in no way that there is, is refused.
func unescaped(t *testing.T, s string) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == ';' || s[i] == ',':
			t.Fatalf("a bare %q in %q", s[i], s)
		case s[i] != '\\':
			b.WriteByte(s[i])
		case i+1 < len(s) && strings.IndexByte(`\;,`, s[i+1]) >= 0:
			i++
			b.WriteByte(s[i])
		case i+1 < len(s) && s[i+1] == 'n':
			i++
			b.WriteByte('\n')
		default:
			t.Fatalf("a bare backslash in %q", s)
		}
	}
	return b.String()
}

func of(all []property, name string) (property, bool) {
	for _, p := range all {
		if p.name == name {
			return p, true
		}
	}
	return property{}, false
}

func TestFile(t *testing.T) {
	at := time.Date(2017, 2, 9, 20, 0, 0, 0, time.UTC)
	file := icalendar.Calendar{Product: "Tidewaiter", Name: "Port, 2017", Zone: "Europe/Berlin", Events: []icalendar.Event{
		{UID: "one@x", Sequence: 2, At: at, Starts: at, Ends: at.AddDate(0, 0, 1), Days: true, Language: "fr", Summary: "Une; deux", State: icalendar.Cancelled, Address: "https://meet.example/a,b;c"},
		{UID: "two@x", At: at, Starts: at, Ends: at.Add(time.Hour), Summary: strings.Repeat("\u0631\u0633\u0648", 40), About: "a\r\nb\\", State: icalendar.Confirmed},
	}}.Bytes()
	want := `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Tidewaiter//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Port\, 2017
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VEVENT
UID:one@x
DTSTAMP:20170209T200000Z
LAST-MODIFIED:20170209T200000Z
SEQUENCE:2
DTSTART;VALUE=DATE:20170209
DTEND;VALUE=DATE:20170210
TRANSP:TRANSPARENT
SUMMARY;LANGUAGE=fr:Une\; deux
URL:https://meet.example/a,b;c
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:two@x
DTSTAMP:20170209T200000Z
LAST-MODIFIED:20170209T200000Z
SEQUENCE:0
DTSTART:20170209T200000Z
DTEND:20170209T210000Z
SUMMARY:` + strings.Repeat("\u0631\u0633\u0648", 40) + `
DESCRIPTION:a\nb\\
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
`
	var got strings.Builder
	for _, p := range parse(t, file) {
		if p.parameters != "" {
			p.name += ";" + p.parameters
		}
		fmt.Fprintf(&got, "%s:%s\n", p.name, p.value)
	}
	if got.String() != want {
		t.Errorf("got\n%s", got.String())
	}
}

// FuzzTexts: whatever people write comes back as it was, and begins no line of its own.
func FuzzTexts(f *testing.F) {
	f.Add("Une; deux, trois", "a\nb", "Room\\", "https://meet.example/", "fr")
	f.Add("x\r\nEND:VCALENDAR\r\nBEGIN:VALARM", "\x00\x1b\u0085", strings.Repeat("\U0001f6a2", 60), "https://x/\r\nATTACH:x", "en\r\nX:y")
	f.Add(strings.Repeat("a", 74)+"\u0631", "\xff\xfe", "\r", "", `a"b`)
	f.Fuzz(func(t *testing.T, summary, about, place, address, language string) {
		at := time.Date(2017, 2, 9, 20, 0, 0, 0, time.UTC)
		all := parse(t, icalendar.Calendar{Product: summary, Name: about, Zone: place, Events: []icalendar.Event{{UID: "one@x", At: at, Starts: at, Ends: at,
			Summary: summary, About: about, Place: place, Address: address, Language: language, State: icalendar.Confirmed}}}.Bytes())
		for name, s := range map[string]string{"SUMMARY": summary, "DESCRIPTION": about, "LOCATION": place, "X-WR-CALNAME": about} {
			p, has := of(all, name)
			if want := icalendar.Clean(s); has != (want != "") || unescaped(t, p.value) != want {
				t.Errorf("%s: %q, want %q", name, p.value, want)
			}
		}
		begins := 0
		for _, p := range all {
			if p.name == "BEGIN" || p.name == "END" || p.name == "ATTACH" {
				begins++
			}
		}
		if begins != 4 || all[0].value != "VCALENDAR" || all[len(all)-1] != (property{"END", "", "VCALENDAR"}) {
			t.Errorf("%d begins and ends: %v", begins, all)
		}
	})
}
