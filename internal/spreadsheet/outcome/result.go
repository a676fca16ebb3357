package outcome

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
)

// maxNotes is how many different notes a result lists; the rest is counted.
const maxNotes = 2_000

// Note is what was kept but not understood, or left out on the mapping's word.
type Note struct {
	Column string
	Value  string
	Key    string // catalogue key, with Args
	Args   fault.Args
}

// Problem is one reason why a row is refused.
type Problem struct {
	Column string
	Value  string
	Key    string // catalogue key, with Args
	Args   fault.Args
}

// Refusal is a row that becomes no case, with all reasons in the order of the
// fields of a case.
type Refusal struct {
	Row      int
	Problems []Problem
}

// Result is what became of a sheet. Rows = Accepted + Refused + Unchanged;
// lines without any text are no rows.
type Result struct {
	Rows, Accepted, Refused, Unchanged int
	Cases                              int // accepted or unchanged, where a case has several rows

	Totals   map[string]*big.Int // millionths by unit, of accepted and unchanged rows
	Refusals []Refusal
	Notes    []Noted
	Stopped  bool // the import ended before the sheet did

	Comments int // rows that are none: examples of a template
	Empty    int // lines without any text
	more     int
	index    map[noteKey]int
}

// Noted is a note with the number of rows that it is true of and the first of
// them; both are 0 for a note about a whole column.
type Noted struct {
	Note
	Rows, First int
}

type noteKey struct{ column, value, key string }

// New makes the result of a sheet of which nothing was read yet.
func New() *Result {
	return &Result{Totals: map[string]*big.Int{}, index: map[noteKey]int{}}
}

// Refuse books a row that becomes no case.
func (r *Result) Refuse(f Refusal) {
	r.Rows++
	r.Refused++
	r.Refusals = append(r.Refusals, f)
}

// Take books what was taken: of how many rows, whether it is new, what it holds.
// cases tells that the rows are the goods lines of one case; line is the first.
func (r *Result) Take(rows int, cases, fresh bool, line int, goods []goods.Line, notes []Note) {
	r.Rows += rows
	if cases {
		r.Cases++
	}
	if fresh {
		r.Accepted += rows
	} else {
		r.Unchanged += rows
	}
	for _, g := range goods {
		for _, q := range g.Quantities {
			if r.Totals[q.Unit] == nil {
				r.Totals[q.Unit] = new(big.Int)
			}
			r.Totals[q.Unit].Add(r.Totals[q.Unit], big.NewInt(q.Micro))
		}
	}
	for _, n := range notes {
		r.add(n, line)
	}
}

// Once notes what is true of a whole column.
func (r *Result) Once(n Note) { r.Notes = append(r.Notes, Noted{Note: n}) }

func (r *Result) add(n Note, line int) {
	k := noteKey{n.Column, n.Value, n.Key}
	i, ok := r.index[k]
	if !ok {
		if len(r.Notes) >= maxNotes {
			r.more++
			return
		}
		i = len(r.Notes)
		r.index[k] = i
		r.Notes = append(r.Notes, Noted{Note: n, First: line})
	}
	r.Notes[i].Rows++
}

// Finish puts refusals into the order of the sheet and adds the closing notes.
func (r *Result) Finish(stopped bool) {
	r.Stopped = stopped
	slices.SortStableFunc(r.Refusals, func(a, b Refusal) int { return cmp.Compare(a.Row, b.Row) })
	if r.Empty > 0 {
		r.Once(Note{Key: "spreadsheet.note.empty-lines", Args: fault.Args{"count": int64(r.Empty)}})
	}
	if r.Comments > 0 {
		r.Once(Note{Key: "spreadsheet.note.comments", Args: fault.Args{"count": int64(r.Comments)}})
	}
	if r.more > 0 {
		r.Once(Note{Key: "spreadsheet.note.more", Args: fault.Args{"count": int64(r.more)}})
	}
}

// Say turns a catalogue key into a sentence; the printer's T.
type Say func(key string, args ...fault.Args) string

// Printed is a result in a language, in the form of --json: the contract with
// everything that calls the import. Numbers of quantities are decimal strings.
type Printed struct {
	Rows      int               `json:"rows"`
	Cases     int               `json:"cases,omitempty"` // where rows are the goods lines of cases
	Accepted  int               `json:"accepted"`
	Refused   int               `json:"refused"`
	Unchanged int               `json:"unchanged"`
	Totals    map[string]string `json:"totals"`
	Refusals  []PrintedRefusal  `json:"refusals"`
	Notes     []PrintedNote     `json:"notes"`
	Stopped   bool              `json:"stopped,omitempty"`
}

// PrintedRefusal is one refused row: its first reason, and the others beside it.
type PrintedRefusal struct {
	Row    int              `json:"row"`
	Column string           `json:"column"`
	Value  string           `json:"value"`
	Reason string           `json:"reason"`
	Also   []PrintedProblem `json:"also,omitempty"`
}

// PrintedProblem is a further reason.
type PrintedProblem struct {
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// PrintedNote is one note; row is the first of the rows that it is true of.
type PrintedNote struct {
	Column string `json:"column,omitempty"`
	Value  string `json:"value,omitempty"`
	Rows   int    `json:"rows,omitempty"`
	Row    int    `json:"row,omitempty"`
	Note   string `json:"note"`
}

// Print says the result in a language.
func (r *Result) Print(say Say) Printed {
	p := Printed{
		Rows: r.Rows, Cases: r.Cases, Accepted: r.Accepted, Refused: r.Refused, Unchanged: r.Unchanged, Stopped: r.Stopped,
		Totals: map[string]string{}, Refusals: []PrintedRefusal{}, Notes: []PrintedNote{},
	}
	for unit, micro := range r.Totals {
		p.Totals[unit] = Decimal(micro)
	}
	for _, f := range r.Refusals {
		var problems []PrintedProblem
		for _, x := range f.Problems {
			problems = append(problems, PrintedProblem{x.Column, x.Value, sentence(say, x.Key, x.Args)})
		}
		first := problems[0]
		p.Refusals = append(p.Refusals, PrintedRefusal{f.Row, first.Column, first.Value, first.Reason, problems[1:]})
	}
	for _, n := range r.Notes {
		p.Notes = append(p.Notes, PrintedNote{n.Column, n.Value, n.Rows, n.First, sentence(say, n.Key, n.Args)})
	}
	return p
}

func sentence(say Say, key string, args fault.Args) string {
	if args == nil {
		return say(key)
	}
	return say(key, args)
}

// Decimal writes millionths as digits; a sum of many rows may pass 64 bits.
func Decimal(micro *big.Int) string {
	whole, part := new(big.Int).QuoRem(micro, big.NewInt(1_000_000), new(big.Int))
	if part.Sign() == 0 {
		return whole.String()
	}
	digits := part.String()
	digits = strings.Repeat("0", 6-len(digits)) + digits
	return whole.String() + "." + strings.TrimRight(digits, "0")
}
