package typed

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// Pattern is one way of writing a day: d or dd, m, mm, mmm or mmmm (the
// month's name), yy or yyyy, and HH:MM, HH:MM:SS where the cell holds a time as
// well. Signs stand for themselves, a blank for any blanks, words in single
// quotes for themselves: d 'de' mmmm 'de' yyyy.
type Pattern struct {
	text   string
	tokens []string
}

var dateTokens = []string{"yyyy", "yy", "mmmm", "mmm", "mm", "m", "dd", "d", "HH", "MM", "SS"}

// ParsePattern reads a pattern of the mapping. It has day, month and year
// exactly once each.
func ParsePattern(s string) (Pattern, bool) {
	p := Pattern{text: s}
	count := map[byte]int{}
	for rest := s; rest != ""; {
		token := rest[:1]
		if quoted, after, ok := strings.Cut(rest[1:], "'"); ok && token == "'" {
			p.tokens = append(p.tokens, quoted)
			rest = after
			continue
		}
		for _, t := range dateTokens {
			if strings.HasPrefix(rest, t) {
				token = t
				count[t[0]]++
				break
			}
		}
		if len(token) == 1 && !slices.Contains(dateTokens, token) && token != "T" && alphanumeric(token[0]) {
			return p, false // a letter or digit that means nothing ("T" joins date and time)
		}
		p.tokens = append(p.tokens, token)
		rest = rest[len(token):]
	}
	if count['d'] != 1 || count['m'] != 1 || count['y'] != 1 || count['H'] != count['M'] || count['H'] > 1 || count['S'] > count['M'] {
		return p, false
	}
	return p, true
}

func alphanumeric(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// ShortYear tells whether years are written with two digits.
func (p Pattern) ShortYear() bool {
	for _, t := range p.tokens {
		if t == "yy" {
			return true
		}
	}
	return false
}

// Moment is what a date cell said: a day, a time if there was one, and whether
// seconds stood there that a case has no place for.
type Moment struct {
	Day, Time string
	Seconds   bool
}

// Parse reads one cell. first is the first year that two digits may mean: with
// 1970, "69" is 2069 and "70" is 1970. A day that does not exist is not a day.
func (p Pattern) Parse(s string, first int) (Moment, bool) {
	s = i18n.WesternDigits(sheet.Trim(s))
	var year, month, day int
	clock := [3]int{-1, -1, -1}
	for _, t := range p.tokens {
		var ok bool
		switch t {
		case "yyyy":
			year, s, ok = number(s, 4, 4)
		case "yy":
			year, s, ok = number(s, 2, 2)
			year = first + ((year-first)%100+100)%100
		case "mmm", "mmmm":
			month, s, ok = monthName(s)
		case "mm", "dd", "HH", "MM", "SS", "m", "d":
			ok = assign(t, &s, &month, &day, &clock)
		default:
			s, ok = literal(s, t)
		}
		if !ok {
			return Moment{}, false
		}
	}
	if s != "" {
		return Moment{}, false
	}
	return momentOf(year, month, day, clock)
}

// Day reads the day of one cell, as Parse does, "2006-01-02".
func (p Pattern) Day(s string, first int) (string, bool) {
	m, ok := p.Parse(s, first)
	return m.Day, ok
}

func assign(t string, s *string, month, day *int, clock *[3]int) (ok bool) {
	least := len(t)
	var n int
	if n, *s, ok = number(*s, least, 2); !ok {
		return false
	}
	switch t[0] {
	case 'm':
		*month = n
	case 'd':
		*day = n
	default:
		clock[strings.IndexByte("HMS", t[0])] = n
	}
	return true
}

func momentOf(year, month, day int, clock [3]int) (Moment, bool) {
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if d.Year() != year || int(d.Month()) != month || d.Day() != day {
		return Moment{}, false
	}
	m := Moment{Day: d.Format(time.DateOnly)}
	if clock[0] >= 0 {
		if clock[0] > 23 || clock[1] > 59 || clock[2] > 59 {
			return Moment{}, false
		}
		m.Time = fmt.Sprintf("%02d:%02d", clock[0], clock[1])
		m.Seconds = clock[2] > 0
	}
	return m, true
}

func number(s string, least, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && i < most && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:], i >= least
}

func literal(s, t string) (string, bool) {
	if t == " " {
		rest := strings.TrimLeftFunc(s, unicode.IsSpace)
		return rest, len(rest) < len(s)
	}
	return strings.CutPrefix(s, t)
}

// monthName reads the name of a month, whole or cut to three letters or more,
// in any of the vocabulary's languages, with or without a full stop.
func monthName(s string) (int, string, bool) {
	end := len(s)
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			end = i
			break
		}
	}
	n, ok := names().months[sheet.Plain(s[:end])]
	return n, strings.TrimPrefix(s[end:], "."), ok
}

// ParseClock reads a time of the day, HH:MM.
func ParseClock(s string) (string, bool) {
	h, rest, ok := number(i18n.WesternDigits(sheet.Trim(s)), 1, 2)
	if !ok || (!strings.HasPrefix(rest, ":") && !strings.HasPrefix(rest, "h") && !strings.HasPrefix(rest, ".")) {
		return "", false
	}
	m, rest, ok := number(rest[1:], 2, 2)
	if !ok || (rest != "" && rest != ":00") || h > 23 || m > 59 {
		return "", false
	}
	return fmt.Sprintf("%02d:%02d", h, m), true
}
