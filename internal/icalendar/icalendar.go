package icalendar

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Calendar is a file with some events.
type Calendar struct {
	Product string // who made it, such as "Tidewaiter"
	Name    string
	Zone    string // IANA name in which people think of it; times are in UTC all the same
	Events  []Event
}

// The states of an event.
const (
	Tentative = "TENTATIVE"
	Confirmed = "CONFIRMED"
	Cancelled = "CANCELLED"
)

// Event is one event.
type Event struct {
	UID      string // stays when the event changes
	Sequence int64  // grows when it changes
	At       time.Time
	Starts   time.Time
	Ends     time.Time // not part of it
	Days     bool      // it lasts whole days: of Starts and Ends their dates count
	Language string    // BCP 47, of the texts
	Summary  string
	About    string
	Place    string
	Address  string // a URI
	Contact  string
	State    string // Tentative, Confirmed, Cancelled
}

// Bytes is the file.
func (c Calendar) Bytes() []byte {
	var f file
	f.line("BEGIN:VCALENDAR")
	f.line("VERSION:2.0")
	f.line("PRODID:-//" + plain(c.Product) + "//EN")
	f.line("CALSCALE:GREGORIAN")
	f.line("METHOD:PUBLISH")
	f.text("X-WR-CALNAME", "", c.Name)
	f.text("X-WR-TIMEZONE", "", c.Zone)
	for _, e := range c.Events {
		e.write(&f)
	}
	f.line("END:VCALENDAR")
	return []byte(f.String())
}

const (
	moment = "20060102T150405Z"
	date   = "20060102"
)

func (e Event) write(f *file) {
	f.line("BEGIN:VEVENT")
	f.text("UID", "", e.UID)
	f.line("DTSTAMP:" + e.At.UTC().Format(moment))
	f.line("LAST-MODIFIED:" + e.At.UTC().Format(moment))
	f.line("SEQUENCE:" + strconv.FormatInt(e.Sequence, 10))
	if e.Days {
		f.line("DTSTART;VALUE=DATE:" + e.Starts.Format(date))
		f.line("DTEND;VALUE=DATE:" + e.Ends.Format(date))
		f.line("TRANSP:TRANSPARENT") // the hours of single events say when somebody is busy
	} else {
		f.line("DTSTART:" + e.Starts.UTC().Format(moment))
		f.line("DTEND:" + e.Ends.UTC().Format(moment))
	}
	f.text("SUMMARY", e.Language, e.Summary)
	f.text("DESCRIPTION", e.Language, e.About)
	f.text("LOCATION", e.Language, e.Place)
	f.text("CONTACT", "", e.Contact)
	if uri := plain(e.Address); uri != "" {
		f.line("URL:" + uri)
	}
	f.line("STATUS:" + plain(e.State))
	f.line("END:VEVENT")
}

// file is what was written so far.
type file struct{ strings.Builder }

// text writes a property of type TEXT; nothing where there is none.
func (f *file) text(name, language, s string) {
	s = Clean(s)
	if s == "" {
		return
	}
	if language = tag(language); language != "" {
		name += ";LANGUAGE=" + language
	}
	f.line(name + ":" + escape.Replace(s))
}

var escape = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// Clean is a text as a file holds it: valid UTF-8, with line feeds and tabs as its only
// control characters.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case r < 0x20 || r >= 0x7f && r <= 0x9f:
			return -1
		}
		return r
	}, s)
}

// plain is a value that is no TEXT: on one line, without control characters.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return -1
		}
		return r
	}, Clean(s))
}

// tag is a language as a parameter may hold it; what is none is left out.
func tag(s string) string {
	for _, r := range s {
		if r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return ""
		}
	}
	return s
}

// octets is how long a line is at most, without its end.
const octets = 75

// line writes a content line, folded between characters.
func (f *file) line(s string) {
	room := octets
	for s != "" {
		n := 0
		for n < len(s) {
			_, size := utf8.DecodeRuneInString(s[n:])
			if n+size > room {
				break
			}
			n += size
		}
		f.WriteString(s[:n])
		f.WriteString("\r\n")
		if s = s[n:]; s != "" {
			f.WriteByte(' ')
			room = octets - 1 // the blank counts
		}
	}
}
