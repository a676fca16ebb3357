package workbook

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// format is what the number format of a cell shows.
type format struct {
	day, clock bool
	percent    bool
	zeros      int // "000000": digits that are always written
}

// builtin are the formats that have a number and no text (ECMA-376, 18.8.30;
// those of East Asia among them).
func builtin(id int) format {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return format{day: true}
	case id == 22:
		return format{day: true, clock: true}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return format{clock: true}
	case id == 9, id == 10:
		return format{percent: true}
	}
	return format{}
}

// formatOf reads the text of a format: its first part, without what is quoted,
// escaped or in brackets.
func formatOf(code string) format {
	var f format
	minutes := false
	plain := strings.ToLower(bare(code))
	for _, r := range plain {
		switch r {
		case 'y', 'd', 'e', 'b':
			f.day = f.day || r != 'e' && r != 'b' || strings.ContainsAny(plain, "md")
		case 'h', 's':
			f.clock = true
		case 'm':
			minutes = true
		case '%':
			f.percent = true
		}
	}
	if minutes && !f.clock {
		f.day = true
	}
	if strings.Contains(plain, "general") {
		return format{}
	}
	if strings.Trim(plain, "0") == "" && len(plain) < 20 {
		f.zeros = len(plain)
	}
	return f
}

// bare leaves of a format what stands for digits and dates.
func bare(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return b.String()
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return b.String()
			}
			i += end + 1
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return b.String()
			}
			if inside := code[i+1 : i+end]; inside != "" && strings.Trim(strings.ToLower(inside), "hms") == "" {
				b.WriteString(inside) // [h]:mm, hours that go on counting
			}
			i += end
		case '\\', '_', '*':
			i++
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// say writes a number as its format means it: a day, a time, a percentage, or
// digits. Spreadsheet programs count with fifteen digits; so does this.
func (f format) say(v float64, y1904 bool) (string, sheet.Kind) {
	switch {
	case f.day || f.clock:
		if text, kind, ok := f.moment(v, y1904); ok {
			return text, kind
		}
	case f.percent:
		return digits(v*100) + "%", sheet.Text
	}
	text := digits(v)
	if f.zeros > len(text) && sheet.Digits(text) {
		text = strings.Repeat("0", f.zeros-len(text)) + text
	}
	return text, sheet.Number
}

func digits(v float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	if a := math.Abs(rounded); a != 0 && (a >= 1e21 || a < 1e-12) {
		return strconv.FormatFloat(rounded, 'g', -1, 64) // refused as an exponent, where a number is wanted
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

const secondsOfDay = 24 * 60 * 60

// moment reads a serial number of days. 1900 was no leap year, and programs
// count its 29 February all the same: days before March 1900 stand one off.
func (f format) moment(v float64, y1904 bool) (string, sheet.Kind, bool) {
	if v < 0 || v >= 2_958_466 { // after the year 9999
		return "", sheet.Text, false
	}
	whole, part := math.Modf(v)
	seconds := int(math.Round(part * secondsOfDay))
	if seconds == secondsOfDay {
		whole, seconds = whole+1, 0
	}
	clock := ""
	if seconds > 0 || f.clock {
		clock = time.Unix(int64(seconds), 0).UTC().Format("15:04:05")
		clock = strings.TrimSuffix(clock, ":00")
	}
	if whole == 0 && f.clock && !f.day {
		return clock, sheet.Clock, true
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case y1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case whole == 60:
		return "", sheet.Text, false // the day that never was
	case whole < 60:
		start = start.AddDate(0, 0, 1)
	}
	day := start.AddDate(0, 0, int(whole)).Format(time.DateOnly)
	if seconds == 0 {
		return day, sheet.Day, true
	}
	return day + "T" + clock, sheet.Day, true
}
