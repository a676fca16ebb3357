package seizure

import (
	fast "github.com/go-json-experiment/json"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
)

// Trace is what of a case other cases may share, without its words and figures.
type Trace struct {
	Seq, Audience int64
	State, Day    string
	Part          TracePart
}

// TracePart are the fields of a Draft that connect; the rest is skipped unread.
type TracePart struct {
	Place       string             `json:"place"`
	Location    string             `json:"location"`
	Conveyance  goods.Coded        `json:"conveyance"`
	Carrier     string             `json:"carrier"`
	Concealment goods.Coded        `json:"concealment"`
	Origin      goods.Coded        `json:"origin"`
	Destination goods.Coded        `json:"destination"`
	Warning     int64              `json:"warning"`
	Goods       []TraceLine        `json:"goods"`
	Marks       []consignment.Mark `json:"marks"`
}

// TraceLine is what of a line of goods others may share.
type TraceLine struct {
	Category string `json:"category"`
	Brand    string `json:"brand"`
	Batch    string `json:"batch"`
	GTIN     string `json:"gtin"`
}

// Trace is what of the case others may share.
func (c Case) Trace() Trace {
	p := TracePart{Place: c.Place, Location: c.Location, Conveyance: c.Conveyance, Carrier: c.Carrier, Concealment: c.Concealment,
		Origin: c.Origin, Destination: c.Destination, Warning: c.Warning, Marks: c.Marks}
	for _, l := range c.Goods {
		p.Goods = append(p.Goods, TraceLine{Category: l.Category, Brand: l.Brand, Batch: l.Batch, GTIN: l.GTIN})
	}
	return Trace{Seq: c.Seq, Audience: c.Audience, State: c.State, Day: c.Day, Part: p}
}

// Out tells whether it is of a case that was reported and stands.
func (t Trace) Out() bool { return t.State == Reported || t.State == Released }

const traced = `seq, audience, state, day, fields`

var (
	selectTraces   = db.Statement(`select ` + traced + ` from seizure where operation = $1 and seq >= $2 order by seq limit $3`)
	selectTracesOf = db.Statement(`select ` + traced + ` from seizure where operation = $1 and seq {in $2} order by seq`)
)

// Traces gives those of cases from a number on, oldest first, whoever may read them.
func Traces(tx *db.Tx, op, from, limit int64) ([]Trace, error) {
	return db.All(tx, selectTraces, scanTrace, op, from, limit)
}

// TracesOf gives those of some cases, oldest first, whoever may read them.
func TracesOf(tx *db.Tx, op int64, seqs db.List) ([]Trace, error) {
	return db.All(tx, selectTracesOf, scanTrace, op, seqs)
}

func scanTrace(row db.Scanner) (Trace, error) {
	var t Trace
	var fields string
	if err := row.Scan(&t.Seq, &t.Audience, &t.State, &t.Day, &fields); err != nil {
		return t, err
	}
	return t, fast.Unmarshal([]byte(fields), &t.Part)
}
