package publicationpage

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// drawnBars is how many bars a picture has; its table has them all.
const drawnBars = 10

// longTable is how many lines of a document's table stand on a page; its files have all.
const longTable = 15

// cell is a cell of a document's table, as its reader's language prints it.
func cell(c rendition.Cell) templ.Component {
	if c.Hidden {
		return hiddenCell(c.Text)
	}
	if c.Number != "" {
		return figures(c.Text)
	}
	return kit.UserWords("", c.Text)
}

// grid is a document's table on a page. Hidden captions are those that stand above
// it already.
func grid(t rendition.Table, hidden bool) kit.Table {
	out := kit.Table{Caption: t.Caption.Words, Hidden: hidden, Plain: len(t.Heads) < 4}
	for i, head := range t.Heads {
		out.Columns = append(out.Columns, kit.Column{Head: head, Lead: i == 0, Numeric: i < len(t.Numeric) && t.Numeric[i]})
	}
	line := func(cells []rendition.Cell) []templ.Component {
		var all []templ.Component
		for i, c := range cells {
			if i < len(t.Heads) {
				all = append(all, cell(c))
			}
		}
		return all
	}
	for _, row := range t.Rows[:min(len(t.Rows), longTable)] {
		out.Rows = append(out.Rows, kit.TableRow{Cells: line(row)})
	}
	out.Foot = line(t.Foot)
	return out
}

// chart is a document's chart as bars: of its first column with numbers.
func chart(p *kit.Page, b rendition.Block, under string) kit.BarChart {
	t := *b.Table
	c := kit.BarChart{ID: under + b.ID, Caption: t.Caption.Words, Top: drawnBars, Table: tableOf(p, t, true)}
	at := firstNumeric(t)
	for _, row := range t.Rows {
		if at < len(row) {
			c.Bars = append(c.Bars, kit.Bar{Label: row[0].Text, Value: whole(row[at].Number), Text: row[at].Text})
		}
	}
	return c
}

// line is a document's chart over days; ok is false where its groups are no days.
func line(b rendition.Block, under string) (kit.DayLine, bool) {
	t := *b.Table
	c := kit.DayLine{ID: under + b.ID, Caption: t.Caption.Words}
	at := firstNumeric(t)
	if at < len(t.Heads) {
		c.Measure = t.Heads[at]
	}
	for _, row := range t.Rows {
		if at >= len(row) || len(row[0].Code) != len("2017-02-27") {
			return c, false
		}
		c.Days = append(c.Days, kit.DayValue{Day: row[0].Code, Value: whole(row[at].Number), Text: row[at].Text})
	}
	return c, b.Draw == "line" && len(c.Days) > 1
}

func firstNumeric(t rendition.Table) int {
	for i, n := range t.Numeric {
		if n {
			return i
		}
	}
	return len(t.Heads)
}

// whole is a decimal number without its fraction: bars need no more.
func whole(decimal string) int64 {
	before, _, _ := strings.Cut(decimal, ".")
	n, err := strconv.ParseInt(before, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// spans are the parts of a paragraph, with no space between them but their own.
func spans(all []rendition.Span) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, s := range all {
			words := templ.EscapeString(s.Words)
			for _, by := range []struct {
				on  bool
				tag string
			}{{s.Code, "code"}, {s.Em, "em"}, {s.Strong, "strong"}} {
				if by.on {
					words = "<" + by.tag + ">" + words + "</" + by.tag + ">"
				}
			}
			b.WriteString(words)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}
