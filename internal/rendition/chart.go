package rendition

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"
)

// The sizes of a drawing, in its own units.
const (
	chartWidth = 720
	labelWidth = 210
	valueWidth = 90
	barHeight  = 22
	barGap     = 8
	maxBars    = 20
	lineHeight = 220
	letters    = 30 // of a label at most
)

// point is one line of a table as it is drawn: the first column names it, and the first
// column of numbers draws it.
type point struct {
	label, text string
	value       float64
}

func points(t Table) (out []point, column int) {
	column = slices.Index(t.Numeric, true)
	if column < 0 {
		return nil, -1
	}
	for _, r := range t.Rows {
		if column >= len(r) || r[column].Hidden {
			continue
		}
		if v, err := strconv.ParseFloat(r[column].Number, 64); err == nil && v >= 0 && !math.IsInf(v, 0) {
			out = append(out, point{r[0].Text, r[column].Text, v})
		}
	}
	return out, column
}

// drawing draws a table. It says nothing that the table does not: lines that are hidden
// are not drawn. Read from right to left it is mirrored; its letters are not.
func drawing(t Table, draw string, mirrored bool) raw {
	all, column := points(t)
	if len(all) < 2 {
		return ""
	}
	s := &canvas{mirrored: mirrored, name: t.Heads[column]}
	for _, p := range all {
		s.most = max(s.most, p.value)
	}
	if s.most == 0 {
		return ""
	}
	if draw == "line" {
		return raw(s.line(all))
	}
	if len(all) > maxBars { // the greatest; the table has all
		slices.SortStableFunc(all, func(a, b point) int { return cmp.Compare(b.value, a.value) })
		all = all[:maxBars]
	}
	return raw(s.bars(all))
}

type canvas struct {
	b        strings.Builder
	most     float64
	mirrored bool
	name     string
}

func (s *canvas) x(x float64) float64 {
	if s.mirrored {
		return chartWidth - x
	}
	return x
}

func (s *canvas) begin(height float64) {
	fmt.Fprintf(&s.b, `<svg viewBox="0 0 %d %s" role="img" aria-label="%s" direction="ltr" font-family="inherit" font-size="13">`, chartWidth, number4(height), html.EscapeString(clean(s.name)))
}

// number4 writes a length shortly, and the same everywhere.
func number4(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// text writes words that begin, end or are centred at a place, by the direction of reading.
func (s *canvas) text(x, y float64, anchor, words string) {
	if s.mirrored {
		anchor = map[string]string{"start": "end", "end": "start", "middle": "middle"}[anchor]
	}
	if r := []rune(words); len(r) > letters {
		words = string(r[:letters-1]) + "…"
	}
	fmt.Fprintf(&s.b, `<text x="%s" y="%s" text-anchor="%s" fill="#16222e" unicode-bidi="plaintext">%s</text>`, number4(s.x(x)), number4(y), anchor, html.EscapeString(clean(words)))
}

func (s *canvas) bars(all []point) string {
	s.begin(float64(len(all)*(barHeight+barGap) + barGap))
	for i, p := range all {
		y := float64(barGap + i*(barHeight+barGap))
		width := p.value / s.most * (chartWidth - labelWidth - valueWidth)
		x := s.x(labelWidth)
		if s.mirrored {
			x -= width
		}
		s.text(labelWidth-8, y+barHeight*.7, "end", p.label)
		fmt.Fprintf(&s.b, `<rect x="%s" y="%s" width="%s" height="%d" fill="#1d5a86"><title>%s: %s</title></rect>`, number4(x), number4(y), number4(max(width, 1)), barHeight,
			html.EscapeString(clean(p.label)), html.EscapeString(clean(p.text)))
		s.text(labelWidth+width+6, y+barHeight*.7, "start", p.text)
	}
	s.b.WriteString(`</svg>`)
	return s.b.String()
}

func (s *canvas) line(all []point) string {
	const left, top, foot = 60, 24, 34
	s.begin(lineHeight + top + foot)
	place := func(i int) (x, y float64) {
		x = left + (chartWidth-2*left)*float64(i)/float64(len(all)-1)
		return s.x(x), top + lineHeight*(1-all[i].value/s.most)
	}
	fmt.Fprintf(&s.b, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#4d5b69"/>`, left, top+lineHeight, chartWidth-left, top+lineHeight)
	var path []string
	highest := 0
	for i, p := range all {
		x, y := place(i)
		path = append(path, number4(x)+","+number4(y))
		if p.value > all[highest].value {
			highest = i
		}
	}
	fmt.Fprintf(&s.b, `<polyline points="%s" fill="none" stroke="#1d5a86" stroke-width="2.5"/>`, strings.Join(path, " "))
	step := max(1, (len(all)+6)/7)
	for i, p := range all {
		x, y := place(i)
		fmt.Fprintf(&s.b, `<circle cx="%s" cy="%s" r="3" fill="#1d5a86"><title>%s: %s</title></circle>`, number4(x), number4(y), html.EscapeString(clean(p.label)), html.EscapeString(clean(p.text)))
		if i%step == 0 {
			s.text(s.x(x), top+lineHeight+20, "middle", p.label)
		}
		if i == highest {
			s.text(s.x(x), y-8, "middle", p.text)
		}
	}
	s.b.WriteString(`</svg>`)
	return s.b.String()
}
