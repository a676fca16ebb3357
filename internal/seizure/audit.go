package seizure

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const (
	versionColumns  = `operation, seizure, version, seq, verb, author, at, reason, fields`
	lineColumns     = `operation, seizure, line, category, hs, brand, description, verdict`
	quantityColumns = `operation, seizure, line, unit, quantity`
)

// casePage is how many cases an audit holds at once, with all their versions.
const casePage = 200

var (
	auditCases    = db.Statement(`select ` + columns + ` from seizure where operation = $1 and seq >= $2 order by seq limit $3`)
	auditVersions = db.Statement(`select ` + versionColumns + ` from seizure_version
		where operation = $1 and seizure >= $2 and seizure <= $3 order by seizure, version`)
	auditLines = db.Statement(`select ` + lineColumns + ` from goods_line
		where operation = $1 and seizure >= $2 and seizure <= $3 order by seizure, line`)
	auditQuantities = db.Statement(`select ` + quantityColumns + ` from goods_quantity
		where operation = $1 and seizure >= $2 and seizure <= $3 order by seizure, line, unit`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "seizure"},
			{Name: "seizure_version"},
			{Name: "goods_line"},
			{Name: "goods_quantity"},
			{Name: "tally"},
			{Name: "reserved_number"},
			{Name: "seizure_photo"},
		},
		Operation: newReplay,
	}
}

// newReplay begins at an empty operation. Photos come before cases, for they make no
// version.
func newReplay(*journal.Audit) journal.Replay {
	return journal.Replays{newPhotoReplay(), replay{}, newNumberReplay()}
}

// replay holds cases against their entries, page by page.
type replay struct{}

// Take takes the next entry of an operation's journal; false: it changed no case.
// Every change of a case makes a version.
func (replay) Take(a *journal.Audit, act journal.Act) bool {
	if !strings.HasPrefix(act.Verb, "seizure.") {
		return false
	}
	a.Owe(act.Seq, "seizure_version")
	return true
}

// part is the cases of one page with what belongs to them, by number of the case.
type part struct {
	versions, lines, quantities map[int64][]db.Row
	acts                        map[int64]journal.Act
	marks                       map[int64]consignment.Kept
}

// Check holds every case of an operation, its versions, its goods and the tallies
// against the entries that made them.
func (replay) Check(tx *db.Tx, a *journal.Audit) error {
	tallies := map[Cell]int64{}
	for from := int64(math.MinInt64); ; {
		rows, err := db.All(tx, auditCases, db.Raw(19), a.Operation, from, casePage)
		if err != nil {
			return err
		}
		last := int64(math.MaxInt64)
		if len(rows) == casePage {
			last = rows[len(rows)-1].Number(0)
		}
		p, err := readPart(tx, a, from, last)
		if err != nil {
			return err
		}
		for _, row := range rows {
			a.Compared("seizure")
			if err := p.check(a, row, tallies); err != nil {
				return err
			}
		}
		p.leftOver(a)
		if err := consignment.Audit(tx, a, consignment.Case, from, last, p.marks); err != nil {
			return err
		}
		if last == math.MaxInt64 {
			break
		}
		from = last + 1
	}
	return auditTallies(tx, a, tallies)
}

func readPart(tx *db.Tx, a *journal.Audit, from, last int64) (*part, error) {
	p := &part{marks: map[int64]consignment.Kept{}}
	var seqs []int64
	for _, t := range []struct {
		table string
		query db.SQL
		n     int
		into  *map[int64][]db.Row
	}{{"seizure_version", auditVersions, 9, &p.versions}, {"goods_line", auditLines, 8, &p.lines}, {"goods_quantity", auditQuantities, 5, &p.quantities}} {
		rows, err := db.All(tx, t.query, db.Raw(t.n), a.Operation, from, last)
		if err != nil {
			return nil, err
		}
		*t.into = map[int64][]db.Row{}
		for _, r := range rows {
			a.Compared(t.table)
			(*t.into)[r.Number(1)] = append((*t.into)[r.Number(1)], r)
			if t.table == "seizure_version" {
				seqs = append(seqs, r.Number(3))
			}
		}
	}
	var err error
	p.acts, err = a.Acts(tx, seqs)
	return p, err
}

// check follows a case through its versions and compares where it ends.
func (p *part) check(a *journal.Audit, row db.Row, tallies map[Cell]int64) error {
	number := row.Number(0)
	key := fmt.Sprint(number)
	versions := p.versions[number]
	delete(p.versions, number)
	var c Case
	last, known, redacted := journal.NoEntry, false, int64(0)
	for _, v := range versions {
		if v.Text(4) == string(access.SeizureRedact) {
			redacted = v.Number(2)
		}
	}
	for i, v := range versions {
		act, right := p.version(a, row, v, int64(i+1), redacted)
		if !right {
			continue
		}
		last, known = act.Seq, !act.Erased
		if known {
			c = Case{}
			if err := json.Unmarshal(act.After, &c); err != nil {
				a.Bad(act, err)
				known = false
			}
			c.Seq = number
		}
	}
	if last == journal.NoEntry {
		a.Found(number, "seizure", key, "invented: no entry made it")
	}
	if last != journal.NoEntry {
		p.marks[number] = consignment.Kept{Entry: last, Audience: c.Audience, Marks: c.Marks, Unknown: !known}
	}
	if !known {
		delete(p.lines, number)
		delete(p.quantities, number)
		if last != journal.NoEntry { // its content is gone: it counts as it stands
			add(tallies, asStored(row))
		}
		return nil
	}
	args, err := c.args()
	if err != nil {
		return err
	}
	a.Differs(last, "seizure", key, row.Differs(db.RowOf(args...), columns))
	lines, quantities := c.goods(a.Operation)
	p.goods(a, last, "goods_line", lineColumns, lines, p.lines, number, func(r db.Row) string { return journal.Key(r.Number(1), r.Number(2)) })
	p.goods(a, last, "goods_quantity", quantityColumns, quantities, p.quantities, number, func(r db.Row) string {
		return journal.Key(r.Number(1), r.Number(2), r.Text(3))
	})
	add(tallies, c)
	return nil
}

func add(tallies map[Cell]int64, c Case) {
	for cell, n := range c.figures() {
		tallies[cell] += n
	}
}

// asStored reads what counts of a row.
func asStored(row db.Row) Case {
	c := Case{Audience: row.Number(5), State: row.Text(6), Class: row.Text(7)}
	_ = json.Unmarshal([]byte(row.Text(14)), &c.Draft)
	return c
}

// version holds one version against its entry, and gives it. Versions before the
// one that redacted the case are empty.
func (p *part) version(a *journal.Audit, row, v db.Row, place, redacted int64) (act journal.Act, right bool) {
	number, seq := row.Number(0), v.Number(3)
	key := journal.Key(number, v.Number(2))
	act, there := p.acts[seq]
	if !there || act.Subject != "seizure/"+row.Text(1) || !a.Pay(seq, "seizure_version") {
		a.Found(seq, "seizure_version", key, "invented: the entry made no such version of this case")
		return act, false
	}
	c := Case{Version: v.Number(2)}
	fields := v.Text(8)
	if !act.Erased {
		if err := json.Unmarshal(act.After, &c); err != nil {
			a.Bad(act, err)
			return act, false
		}
		fields, _ = c.canonical()
		if c.Seq != 0 && c.Seq != number || c.Seq == 0 && seq != number || act.Audience != c.Audience {
			a.Found(seq, "seizure_version", key, "the entry is about another case")
			return act, false
		}
	}
	reason := act.With["reason"]
	if act.Erased {
		reason = v.Text(7)
	}
	if act.Erased {
		c.Version = place
	}
	if place < redacted {
		fields, reason = erasedFields, ""
	}
	want := db.RowOf(a.Operation, number, c.Version, seq, act.Verb, act.Actor, act.At, reason, fields)
	a.Differs(seq, "seizure_version", key, v.Differs(want, versionColumns))
	return act, true
}

// goods compares the rows of a case in one of the two tables of goods.
func (p *part) goods(a *journal.Audit, entry int64, table, columns string, want [][]any, of map[int64][]db.Row, number int64, key func(db.Row) string) {
	rows := journal.Rows{Table: table, Columns: columns}
	for _, args := range want {
		rows.Put(entry, key(db.RowOf(args...)), args...)
	}
	counted := a.Rows[table]
	rows.Check(a, of[number], key)
	a.Rows[table] = counted // they were counted when they were read
	delete(of, number)
}

// leftOver notes what belongs to no case.
func (p *part) leftOver(a *journal.Audit) {
	for _, t := range []struct {
		table string
		rows  map[int64][]db.Row
	}{{"seizure_version", p.versions}, {"goods_line", p.lines}, {"goods_quantity", p.quantities}} {
		for _, number := range slices.Sorted(maps.Keys(t.rows)) {
			if t.table == "seizure_version" {
				p.orphans(a, number, t.rows[number])
				continue
			}
			a.Found(journal.NoEntry, t.table, fmt.Sprint(number), "%d rows of a case that does not stand", len(t.rows[number]))
		}
	}
}

// orphans are versions without a case: its row was dropped, or they were put
// under a case that never was.
func (p *part) orphans(a *journal.Audit, number int64, versions []db.Row) {
	if act, made := p.acts[number]; made && strings.HasPrefix(act.Verb, "seizure.") {
		a.Found(number, "seizure", fmt.Sprint(number), "the row is missing, and %d versions stand without it", len(versions))
		for _, v := range versions {
			a.Pay(v.Number(3), "seizure_version")
		}
		return
	}
	for _, v := range versions {
		a.Found(v.Number(3), "seizure_version", journal.Key(number, v.Number(2)), "it stands under a case that no entry made")
	}
}

// auditTallies holds the stored figures against those that follow from the
// entries.
func auditTallies(tx *db.Tx, a *journal.Audit, want map[Cell]int64) error {
	stored, err := Cells(tx, a.Operation)
	if err != nil {
		return err
	}
	if a.Rows == nil {
		a.Rows = map[string]int64{}
	}
	a.Rows["tally"] += int64(len(stored))
	maps.DeleteFunc(want, func(_ Cell, n int64) bool { return n == 0 })
	all := maps.Clone(want)
	maps.Copy(all, stored)
	for _, c := range slices.SortedFunc(maps.Keys(all), compareCells) {
		if stored[c] != want[c] {
			a.Found(journal.NoEntry, "tally", journal.Key(c.Dimension, c.Audience, c.Class, c.Value, c.Unit),
				"%d stands, %d follows from the cases", stored[c], want[c])
		}
	}
	return nil
}
