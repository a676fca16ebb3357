package verify_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/keeping"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// Reviewed: what verify does not cover, and why.
var (
	uncoveredTables  = keeping.Reasons(func(t journal.Table) string { return t.Unsaid })
	uncoveredColumns = map[string]string{
		"checkpoint.at": "when the server signed; the note holds no time",
		"tally.changed": "a hint for servers that hold figures in memory; the figures themselves are compared",
	}
	undeletable = map[string]string{
		"checkpoint": "stored checkpoints may be thinned out; those that count are kept elsewhere",
	}
	// unique columns beside the primary key: an invented row needs values of its own.
	unique = map[string][]string{"organisation": {"id"}, "person": {"id", "login"}, "operation": {"id", "code"}, "message": {"id"},
		"seizure": {"id", "reference"}, "audience": {"value"},
		"quarantine": {"record"}, "task": {"id"}, "shift": {"id"},
		"attachment": {"id"}, "vetting": {"id"}, "mandate": {"id"}, "brand": {"id"}, "contact": {"id"},
		"measure": {"version"}, "application": {"id"}, "alert": {"id"}, "product": {"id"}, "product_version": {"number"}, "product_mark": {"id"}, "inspection": {"id"}, "watch_entry": {"id"}, "sighting": {"id"}, "course": {"id"},
		"workshop": {"id"}, "workshop_session": {"id"}, "workshop_participant": {"id"}, "workshop_material": {"id"},
		"document": {"newest"}, "document_version": {"id", "number"},
		"detention_setting": {"version"}, "detention_check": {"setting"}, "detention_warning": {"due"}, "detention_disclosure": {"id"}, "detention_receipt": {"disclosure"}, "inquiry": {"id"},
		"situation_report": {"due"}, "lesson": {"id"}, "lesson_version": {"number"}, "lesson_attempt": {"id"},
		"evaluation": {"workshop"}, "learnt": {"id"},
		"message_sent_on": {"organisation"}, "warning_act": {"organisation"}, "code_pack": {"name"}, "confirmation": {"entry"}}
)

// table is a table as the migrations declare it.
type table struct {
	name          string
	columns, keys []string
	kind          map[string]string
	nullable      map[string]bool
}

var (
	tableForm  = regexp.MustCompile(`(?s)create table (\w+) \((.*?)\n\);`)
	columnForm = regexp.MustCompile(`^\s+(\w+)\s+(bigint|text|boolean)\b(.*)$`)
	keyForm    = regexp.MustCompile(`^\s+primary key \(([^)]*)\)`)
	addForm    = regexp.MustCompile(`alter table (\w+) add column (\w+) (bigint|text|boolean)( not null)?\b`)
)

// schema reads every table of the schema, so that a new one, or a new column,
// without cover fails.
func schema(t *testing.T) []table {
	t.Helper()
	files, err := filepath.Glob("../db/migrate/*.sql")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	var out []table
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		added := addForm.FindAllStringSubmatch(string(text), -1)
		for _, m := range added {
			at := slices.IndexFunc(out, func(b table) bool { return b.name == m[1] })
			out[at].columns = append(out[at].columns, m[2])
			out[at].kind[m[2]] = m[3]
			out[at].nullable[m[2]] = m[4] == ""
		}
		if strings.Count(string(text), "alter table") != len(added) {
			t.Fatalf("%s alters a table: teach this test to read it", f)
		}
		for _, m := range tableForm.FindAllStringSubmatch(string(text), -1) {
			b := table{name: m[1], kind: map[string]string{}, nullable: map[string]bool{}}
			for line := range strings.SplitSeq(m[2], "\n") {
				if k := keyForm.FindStringSubmatch(line); k != nil {
					b.keys = strings.Split(strings.ReplaceAll(k[1], " ", ""), ",")
				} else if c := columnForm.FindStringSubmatch(line); c != nil {
					b.columns = append(b.columns, c[1])
					b.kind[c[1]] = c[2]
					b.nullable[c[1]] = !strings.Contains(c[3], "not null") && !strings.Contains(c[3], "primary key")
					if strings.Contains(c[3], "primary key") {
						b.keys = []string{c[1]}
					}
				}
			}
			out = append(out, b)
		}
	}
	return out
}

// burglar writes past the product, without the database's own checks of references.
type burglar struct {
	t    *testing.T
	conn *sql.Conn
}

func breakIn(t *testing.T, url string) *burglar {
	t.Helper()
	driver, address := "pgx", url
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, address = "sqlite", "file:"+path+"?_pragma=busy_timeout(10000)"
	}
	pool, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	b := &burglar{t: t}
	if b.conn, err = pool.Conn(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.conn.Close(); pool.Close() })
	if driver == "pgx" {
		b.do("set session_replication_role = replica")
	}
	return b
}

func (b *burglar) do(text string, args ...any) {
	b.t.Helper()
	if _, err := b.conn.ExecContext(b.t.Context(), text, args...); err != nil {
		b.t.Fatalf("%s %v: %v", text, args, err)
	}
}

// rows reads a whole table.
func (b *burglar) rows(t table) [][]any {
	b.t.Helper()
	rows, err := b.conn.QueryContext(b.t.Context(), "select "+strings.Join(t.columns, ", ")+" from "+t.name+" order by "+strings.Join(t.keys, ", "))
	if err != nil {
		b.t.Fatal(err)
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			b.t.Fatal(err)
		}
		out = append(out, row)
	}
	return out
}

func (t table) where(from int) string {
	var parts []string
	for i, k := range t.keys {
		parts = append(parts, fmt.Sprintf("%s = $%d", k, from+i))
	}
	return strings.Join(parts, " and ")
}

func (t table) keyOf(row []any) []any {
	var out []any
	for _, k := range t.keys {
		out = append(out, row[slices.Index(t.columns, k)])
	}
	return out
}

func (b *burglar) delete(t table, row []any) {
	b.t.Helper()
	b.do("delete from "+t.name+" where "+t.where(1), t.keyOf(row)...)
}

func (b *burglar) insert(t table, row []any) {
	b.t.Helper()
	places := make([]string, len(row))
	for i := range row {
		places[i] = fmt.Sprintf("$%d", i+1)
	}
	b.do("insert into "+t.name+" ("+strings.Join(t.columns, ", ")+") values ("+strings.Join(places, ", ")+")", row...)
}

// other is another value of the same kind.
func other(v any) any {
	switch v := v.(type) {
	case nil:
		return int64(7)
	case bool:
		return !v
	case int64:
		return v + 1_000_003
	case string:
		return v + "x"
	}
	panic(fmt.Sprintf("%T", v))
}

// flip is other, within what a boolean column of SQLite means.
func (t table) flip(column string, v any) any {
	if n, ok := v.(int64); ok && t.kind[column] == "boolean" {
		return 1 - n
	}
	return other(v)
}

// anywhere says that a finding may name any entry.
const anywhere = -2

// look verifies and wants nothing, or a finding in that table at that entry.
func (b *burglar) look(d *db.DB, o verify.Options, what, in string, entry int64) verify.Report {
	b.t.Helper()
	r, err := verify.Database(context.Background(), d, o)
	if err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
	found := slices.ContainsFunc(r.Findings, func(f journal.Finding) bool {
		// A head that promises too much shows in the entries, a leaf's hash in its entry.
		same := f.Table == in || (in == "journal_head" || in == "journal_hash") && f.Table == "journal"
		return same && (entry == anywhere || f.Entry == entry)
	})
	if in == "" && !r.Fine() || in != "" && !found {
		b.t.Errorf("%s: want a finding in %q, entry %d, got %v", what, in, entry, r.Findings)
	}
	return r
}

// entryOf is the entry that a finding about a row must name.
func (t table) entryOf(row []any) int64 {
	switch t.name {
	case "journal", "message", "seizure_version":
		return row[slices.Index(t.columns, "seq")].(int64)
	}
	return anywhere
}

// victims are the rows of a table that are tampered with: one near each end and
// one in the middle, for what makes rows differ.
func victims(rows [][]any) [][]any {
	n := len(rows)
	out := [][]any{rows[n/2]}
	if n > 1 {
		out = append(out, rows[n-1])
	}
	if n > 2 {
		out = append(out, rows[0])
	}
	return out
}

// A value changed, a row deleted, a row put in behind the product's back: for
// every table and every column there is a finding that names the table.
func TestTamper(t *testing.T) {
	tables := schema(t)
	dbtest.EachURL(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		b := breakIn(t, url)
		d, err := db.OpenReadOnly(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		o := verify.Options{Verifiers: []string{w.signer.Verifier()}}
		clean := b.look(d, o, "nothing", "", anywhere)
		tried := 0
		for _, tb := range tables {
			if uncoveredTables[tb.name] != "" {
				continue
			}
			rows := b.rows(tb)
			if len(rows) == 0 {
				t.Errorf("%s is empty in this world: nothing was tried", tb.name)
				continue
			}
			if covered := slices.ContainsFunc(clean.Journals, func(j verify.Journal) bool { return j.Rows[tb.name] > 0 }); !covered && !strings.HasPrefix(tb.name, "journal") && tb.name != "checkpoint" {
				t.Errorf("%s: no rows were compared", tb.name)
			}
			if tb.name == "tally" { // a figure of nothing changes no sum
				rows = slices.DeleteFunc(rows, func(row []any) bool { return row[slices.Index(tb.columns, "amount")] == int64(0) })
			}
			chosen := victims(rows)
			if d.Engine() == "postgres" {
				chosen = chosen[:1]
			}
			if slices.Contains(tb.columns, "body") { // the whole record as its entry has it: one way for all rows
				chosen = chosen[:1]
			}
			for _, row := range chosen {
				tried += b.tamper(d, o, tb, row)
			}
		}
		b.look(d, o, "everything put back", "", anywhere)
		t.Logf("%d changes, each found", tried)
	})
}

// tamper changes every column of a row, deletes the row, and puts in another.
func (b *burglar) tamper(d *db.DB, o verify.Options, tb table, row []any) (tried int) {
	b.t.Helper()
	for i, column := range tb.columns {
		if uncoveredColumns[tb.name+"."+column] != "" {
			continue
		}
		changed := slices.Clone(row)
		changed[i] = tb.flip(column, row[i])
		if row[i] == nil && tb.kind[column] == "text" {
			changed[i] = "x"
		}
		b.delete(tb, row)
		b.insert(tb, changed)
		b.look(d, o, fmt.Sprintf("%s.%s of %v", tb.name, column, tb.keyOf(row)), tb.name, tb.entryOf(row))
		b.delete(tb, changed)
		b.insert(tb, row)
		tried++
	}
	if undeletable[tb.name] == "" {
		b.delete(tb, row)
		b.look(d, o, fmt.Sprintf("%s without %v", tb.name, tb.keyOf(row)), tb.name, tb.entryOf(row))
		b.insert(tb, row)
		tried++
	}
	invented := slices.Clone(row)
	for _, column := range append([]string{tb.keys[len(tb.keys)-1]}, unique[tb.name]...) {
		i := slices.Index(tb.columns, column)
		invented[i] = other(row[i])
	}
	b.insert(tb, invented)
	b.look(d, o, fmt.Sprintf("%s with %v", tb.name, tb.keyOf(invented)), tb.name, anywhere)
	b.delete(tb, invented)
	return tried + 1
}
