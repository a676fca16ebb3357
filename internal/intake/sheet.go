package intake

import (
	"encoding/json"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/guess"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
)

// Limits.
const (
	MaxFile     = 32 << 20       // of a sheet that is handed in
	Keep        = 24 * time.Hour // how long it is kept
	maxSheets   = 20             // of one person in one operation
	maxMappings = 100            // of one organisation in one operation
	maxName     = 80
	lookRows    = 20_000 // that a preview looks at
	shownCases  = 3      // of a preview
	tries       = 8      // of a job, before it is told as stopped
)

// The states of a sheet.
const (
	Handed  = "handed" // waits for somebody to look at it and to begin
	Running = "running"
	Done    = "done"
	Stopped = "stopped" // Problem says why
)

// ID is a sheet's UUID.
type ID string

// Sheet is a sheet that somebody handed in.
type Sheet struct {
	ID      ID
	Name    string // of the file
	Size    int64
	State   string
	Done    int64 // rows so far
	Total   int64
	Problem string // key of a text
	Created time.Time
	Changed time.Time

	organisation     int64
	person           string
	blob, result     string
	choices, mapping string
	since            int64
}

// Mapping is one that an organisation keeps.
type Mapping struct {
	Organisation int64
	Name         string
	Version      int64
	Seq          int64 // entry of the journal that saved it last
	Author       string
	Changed      time.Time
	Fingerprint  string // of the headings that it fits
	Text         string // TOML
}

// View is a sheet as its owner sees it.
type View struct {
	Standing operation.Standing
	Sheet    Sheet
	Result   *outcome.Result // once it is done
}

// Look is how a sheet would be read.
type Look struct {
	View
	Found   guess.Guessed
	Choices guess.Choices
	Saved   string // name of the mapping that is used; "": it was guessed
	Text    string // the mapping
	Fault   *fault.Fault
	Result  *outcome.Result // what would become of the rows; nil where the mapping does not fit
	Cases   []seizure.Draft // the first of them
	More    bool            // only the first rows were looked at
	Why     []Reason
}

// Reason is why rows would be refused, how many and which is the first.
type Reason struct {
	outcome.Problem
	Rows, First int
}

// Reasons counts what was refused, by what was wrong in which column.
func (v View) Reasons() []Reason {
	if v.Result == nil {
		return nil
	}
	return reasons(v.Result)
}

// reasons counts refusals by what is wrong in which column, the most first.
func reasons(r *outcome.Result) []Reason {
	type kind struct{ column, key string }
	at := map[kind]int{}
	var out []Reason
	for _, ref := range r.Refusals {
		for _, p := range ref.Problems {
			k := kind{p.Column, p.Key}
			i, ok := at[k]
			if !ok {
				i = len(out)
				at[k] = i
				out = append(out, Reason{Problem: p, First: ref.Row})
			}
			out[i].Rows++
		}
	}
	return out
}

// cut keeps of a case what a preview shows.
func cut(d seizure.Draft) seizure.Draft {
	if len(d.Goods) > 5 {
		d.Goods = append([]goods.Line(nil), d.Goods[:5]...)
	}
	return d
}

// rolesOf tells what each column feeds in a mapping.
func rolesOf(m *spreadsheet.Mapping, columns []guess.Column) []guess.Column {
	roles := map[string]string{}
	for name, f := range m.Fields {
		for _, c := range append([]string{f.Column}, f.Columns...) {
			roles[c] = name
		}
	}
	for _, q := range m.Quantities {
		roles[q.UnitColumn], roles[q.BasisFrom], roles[q.Column] = guess.RoleUnit, guess.RoleBasis, guess.RoleQuantity
		if q.Unit != "" {
			roles[q.Column] = guess.RoleIn + q.Unit
		}
	}
	if a := m.Value; a != nil {
		roles[a.CurrencyFrom], roles[a.BasisFrom], roles[a.Column] = guess.RoleCurrency, guess.RoleMeaning, guess.RoleValue
	}
	for _, k := range m.Marks {
		roles[k.Column] = guess.RoleMark + k.Kind
	}
	for _, c := range m.Key.Columns {
		if roles[c] = guess.RoleKey; m.Key.Lines {
			roles[c] = guess.RoleCase
		}
	}
	for _, c := range m.Sheet.Ignored {
		roles[c] = guess.RoleIgnored
	}
	delete(roles, "")
	out := make([]guess.Column, len(columns))
	for i, c := range columns {
		c.Role = roles[c.Heading]
		out[i] = c
	}
	return out
}

// pack writes a result for keeping; unpack reads it again.
func pack(r *outcome.Result) ([]byte, error) { return json.Marshal(r) }

func unpack(b []byte) (*outcome.Result, error) {
	r := outcome.New()
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	for _, ref := range r.Refusals {
		for _, p := range ref.Problems {
			whole(p.Args)
		}
	}
	for _, n := range r.Notes {
		whole(n.Args)
	}
	return r, nil
}

// whole makes whole numbers of what JSON made of them.
func whole(args fault.Args) {
	for k, v := range args {
		if f, ok := v.(float64); ok {
			args[k] = int64(f)
		}
	}
}
