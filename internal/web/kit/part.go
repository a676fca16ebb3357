package kit

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Heading opens a page: exactly one h1.
type Heading struct {
	Eyebrow string // the kind of thing, above: "Seizure case"
	Title   string
	Code    string // a reference beside the title
	Lang    string // of the title when it is somebody's own words
	Lede    string // one sentence below
}

// ButtonKind is how much a button asks for. One Primary a page.
type ButtonKind string

// The kinds of button.
const (
	Primary   ButtonKind = "primary"
	Secondary ButtonKind = "secondary"
	Danger    ButtonKind = "danger"
	Quiet     ButtonKind = "quiet"
)

// Button is a submit button, or a link that looks like one when Href is set.
type Button struct {
	Label string
	Kind  ButtonKind // Secondary when empty
	Href  string
	Name  string
	Value string
	Icon  string
	Form  string // id of the form it submits, when it stands outside
	HX    templ.Attributes
}

func (b Button) kind() string {
	if b.Kind == "" {
		return string(Secondary)
	}
	return string(b.Kind)
}

// Tile is one big number. Value is a component of this package ([Num],
// [Quantity], [Of]); nil means it could not be counted, and Note says so.
type Tile struct {
	Label string
	Value templ.Component
	More  []templ.Component // further units, smaller: units are never added together
	Note  string
	Href  string
	Tone  Tone
}

// Row is one line of a summary list.
type Row struct {
	Label   string
	Value   templ.Component // nil: "not given"
	Href    string          // optional: change
	Action  string          // words of that link
	Changed bool            // marks an amended value
}

// Column heads a column of a table.
type Column struct {
	Head    string
	Numeric bool // end-aligned
	Lead    bool // the cell that names the row: its th, and the title of the card on phones
	Hide    bool // the heading is only for screen readers (a column of actions)
}

// Table is data in rows. On phones each row becomes a card whose cells carry
// their headings; nothing scrolls sideways.
type Table struct {
	ID      string
	Caption string
	Hidden  bool // the caption is only for screen readers, because a heading says the same
	Columns []Column
	Rows    []TableRow
	Foot    []templ.Component // optional: a line of totals
	Plain   bool              // two or three short columns: stays a table on phones
}

// TableRow is one row.
type TableRow struct {
	Cells []templ.Component
	Tone  Tone // an edge of colour; the words are in a cell
	ID    string
}

// Event is one entry of a timeline, newest or oldest first as the page says.
type Event struct {
	At    time.Time
	Zone  *time.Location // in which At is said; nil: UTC
	Who   string
	Title string
	Body  templ.Component
	Tone  Tone
	Href  string
}

// Task is one line of a task list.
type Task struct {
	Label string
	Hint  string
	Href  string
	State string // in words: "To do"
	Tone  Tone
}

// Chip is a chosen filter; Remove leads to the page without it.
type Chip struct {
	Label  string // what is filtered: "Country"
	Value  string
	Remove string
}

// Filter is a GET form beside a list. On phones it folds into a line.
type Filter struct {
	Action string
	Chips  []Chip
	Clear  string // address without any filter
	Open   bool
	Target string // CSS selector that htmx replaces; empty: plain form
}

// Pages are the links of a list that is cut by key.
type Pages struct {
	Prev, Next string // addresses; empty: none
	Shown      templ.Component
	Days       bool // each page is a day
}

func (s Pages) prev(p *Page) string {
	if s.Days {
		return p.T("component.previous-day")
	}
	return p.T("component.previous")
}

func (s Pages) next(p *Page) string {
	if s.Days {
		return p.T("component.next-day")
	}
	return p.T("component.next")
}

// Readers is who will see (or sees) something.
type Readers struct {
	ID            string // of the element that htmx replaces
	People        int64
	Organisations []ReaderGroup
	Sending       bool // not sent yet: "will see"
}

// ReaderGroup is one organisation of the readers.
type ReaderGroup struct {
	Name   string
	Side   string // in words
	People int64
	Why    string // in words: "member of the enforcement side"
}

// Link is a link in running lists.
type Link struct {
	Label string
	Href  string
}

func asFault(err error) (*fault.Fault, bool) {
	var f *fault.Fault
	ok := errors.As(err, &f)
	return f, ok && f != nil
}

// Text is a plain string as a component, escaped.
func Text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, templ.EscapeString(s))
		return err
	})
}

// Join writes components one after the other, a space between.
func Join(parts ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for i, c := range parts {
			if i > 0 {
				if _, err := io.WriteString(w, " "); err != nil {
					return err
				}
			}
			if err := c.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// tlpName maps the value to the official label; unknown values have none.
func tlpName(v string) string {
	switch v {
	case "clear":
		return "TLP:CLEAR"
	case "green":
		return "TLP:GREEN"
	case "amber":
		return "TLP:AMBER"
	case "amber+strict":
		return "TLP:AMBER+STRICT"
	case "red":
		return "TLP:RED"
	}
	return ""
}

func tlpClass(v string) string {
	if v == "amber+strict" {
		return "amber"
	}
	return v
}

func readersTitle(p *Page, r Readers) string {
	key := "component.readers-see"
	if r.Sending {
		key = "component.readers-will-see"
	}
	return p.T(key, fault.Args{
		"people":        p.T("component.readers-people", fault.Args{"count": r.People}),
		"organisations": p.T("component.readers-organisations", fault.Args{"count": len(r.Organisations)}),
	})
}

// label repeats a heading in each cell of a row that is shown as a card.
func label(c Column) string {
	if c.Hide {
		return ""
	}
	return c.Head
}
