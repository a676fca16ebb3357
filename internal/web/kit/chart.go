package kit

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// BarChart is sorted horizontal bars of one measure.
type BarChart struct {
	ID      string          // unique on the page
	Caption string          // states the finding: "Postal parcels carry most cases"
	Label   string          // heading of the labels in the table: "Conveyance"
	Measure string          // heading of the values in the table: "Cases"
	Bars    []Bar           // in the order to show
	Top     int             // how many are drawn; the table has them all; 0: all
	Table   templ.Component // instead of the table of Bars: the same figures and more
	CSV     string          // address; empty: none
}

// drawn are the bars of the picture.
func (c BarChart) drawn() []Bar {
	if c.Top > 0 && c.Top < len(c.Bars) {
		return c.Bars[:c.Top]
	}
	return c.Bars
}

// cut says how many are drawn, of how many.
func (c BarChart) cut() fault.Args {
	return fault.Args{"shown": int64(len(c.drawn())), "count": int64(len(c.Bars))}
}

// Bar is one bar.
type Bar struct {
	Label string
	Value int64  // length; negative counts as zero
	Text  string // the value in the reader's language, with its unit; empty: the plain number
	Href  string // from the table, to the records behind the figure
}

// DayLine is one measure by day.
type DayLine struct {
	ID      string
	Caption string
	Measure string
	Days    []DayValue // in the order of the calendar, none left out
	CSV     string
}

// DayValue is the figure of one day.
type DayValue struct {
	Day   string // yyyy-mm-dd
	Value int64
	Text  string
	Href  string // from the table, to the records behind the figure
}

const (
	barPitch   = 48 // pixels from bar to bar
	barHeight  = 14
	labelRunes = 26 // what fits a phone of 320 pixels beside the value; the table has it whole
	lineHeight = 180
)

// percent writes n of d as a share of a hundred with two decimals at most.
func percent(n, d int64) string {
	if d <= 0 || n <= 0 {
		return "0%"
	}
	return trim(float64(n)*100/float64(d)) + "%"
}

func trim(f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func barMax(bars []Bar) int64 {
	var top int64
	for _, b := range bars {
		top = max(top, b.Value)
	}
	return top
}

// barX is where a bar begins: pictures are always left to right inside, so a
// right-to-left page gets a mirrored drawing.
func barX(p *Page, v, top int64) string {
	if !p.rtl() {
		return "0%"
	}
	if top <= 0 || v <= 0 {
		return "100%"
	}
	return trim(100-float64(v)*100/float64(top)) + "%"
}

// ends gives x and anchor of text at the inline start or end.
func ends(p *Page, start bool) (x, anchor string) {
	if start != p.rtl() {
		return "0%", "start"
	}
	return "100%", "end"
}

// short cuts a label by its width, wide scripts counting double.
func short(s string) string {
	room := float64(labelRunes)
	for i, r := range s {
		w := 1.0
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			w = 1.8
		}
		if room -= w; room < 0 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}

// isolate keeps text in its own direction inside a picture, where there is no
// <bdi>.
func isolate(s string) string { return "\u2068" + s + "\u2069" }

func barText(p *Page, b Bar) string {
	if b.Text != "" {
		return b.Text
	}
	return p.Printer.Number(b.Value)
}

func dayMax(days []DayValue) int64 {
	var top int64
	for _, d := range days {
		top = max(top, d.Value)
	}
	return top
}

func dayText(p *Page, d DayValue) string {
	if d.Text != "" {
		return d.Text
	}
	return p.Printer.Number(d.Value)
}

// dayX is the place of day i of n as a number of 1000.
func dayX(p *Page, i, n int) float64 {
	if n < 2 {
		return 500
	}
	x := float64(i) * 1000 / float64(n-1)
	if p.rtl() {
		x = 1000 - x
	}
	return x
}

// linePoints are the corners of the line in a field of 1000 by 100.
func linePoints(p *Page, days []DayValue) string {
	top := max(dayMax(days), 1)
	var b strings.Builder
	for i, d := range days {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(trim(dayX(p, i, len(days))))
		b.WriteByte(',')
		b.WriteString(trim(100 - float64(max(d.Value, 0))*100/float64(top)))
	}
	return b.String()
}

// areaPoints close the line down to the ground.
func areaPoints(p *Page, days []DayValue) string {
	if len(days) == 0 {
		return ""
	}
	first, last := trim(dayX(p, 0, len(days))), trim(dayX(p, len(days)-1, len(days)))
	return first + ",100 " + linePoints(p, days) + " " + last + ",100"
}
