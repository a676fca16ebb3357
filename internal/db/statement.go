package db

import (
	"database/sql"
	"encoding/json"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// SQL is one statement in the subset both engines share. Make it with Statement
// at package level, beside the function that scans it.
type SQL struct {
	text     string // as written
	sqlite   string // as each engine is asked
	postgres string
	two      bool
}

var registry struct {
	sync.Mutex
	all []SQL
}

// Statement makes a statement and registers it, so that a test can prepare
// every statement on both engines.
func Statement(text string) SQL {
	s := ask(text)
	registry.Lock()
	defer registry.Unlock()
	registry.all = append(registry.all, s)
	return s
}

// ask makes a statement that nobody registers: for texts that are made of the
// names of tables and columns.
func ask(text string) SQL {
	text = strings.TrimSpace(text)
	return SQL{text: text, sqlite: sqlite{}.rewrite(text), postgres: postgres{}.rewrite(text)}
}

// Two makes a statement that the engines say differently; an empty text: it is
// not for that engine. Only package textindex does.
func Two(sqlite, postgres string) SQL {
	s := SQL{text: strings.TrimSpace(sqlite), sqlite: strings.TrimSpace(sqlite), postgres: strings.TrimSpace(postgres), two: true}
	registry.Lock()
	defer registry.Unlock()
	registry.all = append(registry.all, s)
	return s
}

// on is the text for an engine.
func (s SQL) on(e engine) string {
	if e.name() == "postgres" {
		return s.postgres
	}
	return s.sqlite
}

// Statements lists every registered statement.
func Statements() []SQL {
	registry.Lock()
	defer registry.Unlock()
	return append([]SQL(nil), registry.all...)
}

// String is the text as written.
func (s SQL) String() string { return s.text }

// List is a list of numbers for the macro {in $n}.
type List []int64

var inMacro = regexp.MustCompile(`\{in \$(\d+)\}`)

// arguments turns Go values into what both drivers take: times become
// microseconds, a List the engine's own form of a list, named types their kind.
func arguments(e engine, args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = argument(e, a)
	}
	return out
}

// storable tells whether both engines take every text among the arguments:
// PostgreSQL takes neither NUL nor what is not UTF-8, and SQLite would cut at NUL.
func storable(args []any) bool {
	for _, a := range args {
		if s, ok := a.(string); ok && (strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s)) {
			return false
		}
	}
	return true
}

func argument(e engine, a any) any {
	switch v := a.(type) {
	case nil, string, int64, bool:
		return v
	case int:
		return int64(v)
	case time.Time:
		return v.UnixMicro()
	case *time.Time:
		if v == nil {
			return nil
		}
		return v.UnixMicro()
	case *int64:
		if v == nil {
			return nil
		}
		return *v
	case List:
		return e.list(v)
	}
	switch r := reflect.ValueOf(a); r.Kind() {
	case reflect.String:
		return r.String()
	case reflect.Int, reflect.Int64, reflect.Int32:
		return r.Int()
	}
	return a
}

func jsonList(l List) string {
	if l == nil {
		l = List{}
	}
	b, _ := json.Marshal([]int64(l))
	return string(b)
}

func arrayList(l List) string {
	parts := make([]string, len(l))
	for i, n := range l {
		parts[i] = strconv.FormatInt(n, 10)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// Time scans a microsecond column into t; null leaves the zero time.
func Time(t *time.Time) sql.Scanner { return timeScanner{t} }

type timeScanner struct{ t *time.Time }

func (s timeScanner) Scan(v any) error {
	var n sql.NullInt64
	if err := n.Scan(v); err != nil {
		return err
	}
	*s.t = time.Time{}
	if n.Valid {
		*s.t = time.UnixMicro(n.Int64).UTC()
	}
	return nil
}

// Number scans a bigint column that may be null into n; null leaves zero.
func Number(n *int64) sql.Scanner { return numberScanner{n} }

type numberScanner struct{ n *int64 }

func (s numberScanner) Scan(v any) error {
	var n sql.NullInt64
	if err := n.Scan(v); err != nil {
		return err
	}
	*s.n = n.Int64
	return nil
}

// Null gives nil for the zero time, so that it is stored as null.
func Null(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// NullNumber gives nil for zero, so that it is stored as null.
func NullNumber(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}
