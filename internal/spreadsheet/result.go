package spreadsheet

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// maxNotes is how many different notes a result lists; the rest is counted.
const maxNotes = 2_000

// Result is what became of a sheet. Rows = Accepted + Refused + Unchanged;
// lines without any text are no rows.
type Result struct {
	Rows, Accepted, Refused, Unchanged int
	Cases                              int // accepted or unchanged, where a case has several rows

	Totals   map[string]*big.Int // millionths by unit, of accepted and unchanged rows
	Refusals []Refusal
	Notes    []Noted
	Stopped  bool // the import ended before the sheet did

	empty int
	more  int
	index map[noteKey]int
}

// Noted is a note with the number of rows that it is true of and the first of
// them; both are 0 for a note about a whole column.
type Noted struct {
	Note
	Rows, First int
}

type noteKey struct{ column, value, key string }

func newResult() *Result {
	return &Result{Totals: map[string]*big.Int{}, index: map[noteKey]int{}}
}

func (r *Result) refuse(f Refusal) {
	r.Rows++
	r.Refused++
	r.Refusals = append(r.Refusals, f)
}

func (r *Result) take(row *Row, state State) {
	n := max(1, len(row.Lines))
	r.Rows += n
	if row.Lines != nil {
		r.Cases++
	}
	if state == Accepted {
		r.Accepted += n
	} else {
		r.Unchanged += n
	}
	for _, line := range row.Draft.Goods {
		for _, q := range line.Quantities {
			if r.Totals[q.Unit] == nil {
				r.Totals[q.Unit] = new(big.Int)
			}
			r.Totals[q.Unit].Add(r.Totals[q.Unit], big.NewInt(q.Micro))
		}
	}
	for _, n := range row.Notes {
		r.add(n, row.Line)
	}
}

func (r *Result) once(n Note) { r.Notes = append(r.Notes, Noted{Note: n}) }

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

// finish puts refusals into the order of the sheet and adds the closing notes.
func (r *Result) finish(stopped bool) {
	r.Stopped = stopped
	slices.SortStableFunc(r.Refusals, func(a, b Refusal) int { return cmp.Compare(a.Row, b.Row) })
	if r.empty > 0 {
		r.once(Note{Key: "spreadsheet.note.empty-lines", Args: fault.Args{"count": int64(r.empty)}})
	}
	if r.more > 0 {
		r.once(Note{Key: "spreadsheet.note.more", Args: fault.Args{"count": int64(r.more)}})
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
		p.Totals[unit] = decimal(micro)
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

// decimal writes millionths as digits; a sum of many rows may pass 64 bits.
func decimal(micro *big.Int) string {
	whole, part := new(big.Int).QuoRem(micro, big.NewInt(1_000_000), new(big.Int))
	if part.Sign() == 0 {
		return whole.String()
	}
	digits := part.String()
	digits = strings.Repeat("0", 6-len(digits)) + digits
	return whole.String() + "." + strings.TrimRight(digits, "0")
}
