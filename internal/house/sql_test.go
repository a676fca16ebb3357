package house_test

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// foreign are the words of one engine only, or with another meaning on the
// other, and what to do instead.
var foreign = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(?i)\b(now|datetime|strftime|julianday|unixepoch|date_trunc|to_char|to_timestamp|extract)\s*\(`), "times are bigint microseconds, computed in Go and bound"},
	{regexp.MustCompile(`(?i)\bcurrent_(timestamp|date|time)\b`), "times are bigint microseconds, computed in Go and bound"},
	{regexp.MustCompile(`(?i)\b(timestamptz?|interval|jsonb?|serial|bigserial|bytea|blob|varchar|uuid|numeric|real|double precision)\b(\s*\(|\s+(not|primary|null|default|,)|\s*,)`), "columns are text, bigint or boolean"},
	{regexp.MustCompile(`(?i)\bilike\b|\bsimilar to\b|\bglob\b|\bregexp\b`), "fold case in Go into a column"},
	{regexp.MustCompile(`::`), "cast(x as bigint)"},
	{regexp.MustCompile(`(?i)\bauto_?increment\b|\browid\b|\bgenerated\s+(always|by default)\b`), "the journal's index is the number of a record"},
	{regexp.MustCompile(`(?i)\bany\s*\(|\barray\s*\[|\bunnest\s*\(|\bjson_\w+\s*\(|\bjsonb?_\w+\s*\(|->>?`), "lists go through the macro {in $n}; JSON is opaque text"},
	{regexp.MustCompile(`(?i)\binsert\s+or\s+(ignore|replace)\b|\breplace\s+into\b`), "on conflict (...) do nothing / do update"},
	{regexp.MustCompile(`(?i)\bifnull\s*\(|\bnvl\s*\(|\bgroup_concat\s*\(|\bstring_agg\s*\(|\btotal\s*\(|\bgreatest\s*\(|\bleast\s*\(|\biif\s*\(`), "coalesce, case; join texts in Go"},
	{regexp.MustCompile(`(?i)\b(lower|upper|initcap)\s*\(`), "SQLite folds ASCII only: fold in Go into a column"},
	{regexp.MustCompile(`(?i)\bfor\s+update\b|\bskip\s+locked\b|\blateral\b|\bdistinct\s+on\b|\bpragma\b|\bcreate\s+temp`), "one engine only; see package db"},
	{regexp.MustCompile(`\?`), "parameters are $1, $2, ..."},
	{regexp.MustCompile(`"`), `"x" is a name on one engine and may be a text on the other: 'x'`},
	{regexp.MustCompile(`(?i)\bis\s+(not\s+)?\$\d`), "is not distinct from $1"},
	{regexp.MustCompile(`(?i)\blimit\s+\$?\w+\s*,`), "limit n offset m"},
}

// bareSum finds a sum that is not cast: PostgreSQL's sum of bigint is numeric.
var (
	bareSum = regexp.MustCompile(`(?i)\bsum\s*\(`)
	castSum = regexp.MustCompile(`(?i)\bcast\s*\(\s*(coalesce\s*\(\s*)?sum\s*\(`)
	quoted  = regexp.MustCompile(`'[^']*'`)
	comment = regexp.MustCompile(`--[^\n]*`)
)

// unportable tells what of a statement would not run, or not mean the same, on
// both engines.
func unportable(text string) []string {
	var found []string
	text = quoted.ReplaceAllString(comment.ReplaceAllString(text, ""), "''")
	for _, f := range foreign {
		if hit := f.pattern.FindString(text); hit != "" {
			found = append(found, strconv.Quote(hit)+": "+f.instead)
		}
	}
	if len(bareSum.FindAllString(text, -1)) > len(castSum.FindAllString(text, -1)) {
		found = append(found, "sum(x): cast(sum(x) as bigint), PostgreSQL answers with a numeric")
	}
	return found
}

func TestUnportableIsSeen(t *testing.T) {
	for _, text := range []string{
		"select now()", "select a::text from b", "select a from b where c ilike $1", "select datetime('now')",
		"insert or ignore into a values ($1)", "create table a (b integer primary key autoincrement)", "select sum(a) from b",
		"select a from b where c = any($1)", "select a from b where c = ?", `select "a" from b`, "select lower(a) from b",
		"create table a (b timestamptz not null)", "select a from b for update", "select cast(sum(a) as bigint), sum(b) from c",
	} {
		if unportable(text) == nil {
			t.Errorf("%s: not seen", text)
		}
	}
	for _, text := range []string{
		"select cast(sum(a) as bigint) from b", "select cast(coalesce(sum(a), 0) as bigint) from b", "select 'now() ? ::' from b",
		"insert into a as t (b) values ($1) on conflict (b) do update set c = t.c + excluded.c returning c",
		"select a from b where (a, b) > ($1, $2) and c {in $3} order by a limit $4 -- now()?", "select a from b where c is not distinct from $1",
	} {
		if found := unportable(text); found != nil {
			t.Errorf("%s: %v", text, found)
		}
	}
}

func TestSQLRunsOnBothEngines(t *testing.T) {
	w := newWall(t, "keep to what both engines share (design: two engines, one SQL text)", portableExceptions)
	eachStatement(t, func(s source, call *ast.CallExpr) {
		text, ok := constant(call.Args[0])
		if !ok {
			w.broken(s.path, "line %d: a statement is one constant text, so that it can be prepared and read", files.Position(call.Pos()).Line)
			return
		}
		for _, u := range unportable(text) {
			w.broken(s.path, "line %d: %s", files.Position(call.Pos()).Line, u)
		}
	})
	migrations, err := filepath.Glob(filepath.Join(root, "internal/db/migrate/*.sql"))
	if err != nil || len(migrations) == 0 {
		t.Fatalf("migrations: %v, %v", migrations, err)
	}
	for _, name := range migrations {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range unportable(string(text)) {
			w.broken("internal/db/migrate/"+filepath.Base(name), "%s", u)
		}
	}
}

// eachStatement calls f with every call of db.Statement outside tests.
func eachStatement(t *testing.T, f func(s source, call *ast.CallExpr)) {
	t.Helper()
	for _, s := range parsed(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if ok && len(call.Args) == 1 && isCall(call, "db", "Statement") {
				f(s, call)
			}
			return true
		})
	}
}

// isCall tells whether a call is pkg.name(...).
func isCall(call *ast.CallExpr, pkg, name string) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != name {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == pkg
}

// constant gives the text of a literal, or of literals joined by +. Names of
// constants among them stand for column lists and count as nothing.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.Ident:
		return " ", true
	case *ast.ParenExpr:
		return constant(e.X)
	case *ast.BinaryExpr:
		left, ok := constant(e.X)
		right, ok2 := constant(e.Y)
		return left + right, ok && ok2 && e.Op == token.ADD
	}
	return "", false
}

// TestStatementsLiveWithTheirRows: SQL stands in statements only, so that every
// text of SQL is registered and prepared by TestEveryStatementPrepares.
func TestStatementsAreRegistered(t *testing.T) {
	w := newWall(t, "make it a db.Statement at package level", registerExceptions)
	starts := regexp.MustCompile(`(?i)^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+.*\sas\s*\()`)
	for _, s := range parsed(t) {
		if s.test || s.generated || strings.HasPrefix(s.dir, "internal/db") {
			continue
		}
		inside := map[ast.Node]bool{}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if isCall(n, "db", "Statement") || isCall(n, "db", "Two") && s.dir == "internal/textindex" {
					ast.Inspect(n, func(m ast.Node) bool { inside[m] = true; return true })
				}
			case *ast.BasicLit:
				if text, ok := constant(n); ok && n.Kind == token.STRING && !inside[n] && starts.MatchString(text) {
					w.broken(s.path, "line %d: SQL outside a statement", files.Position(n.Pos()).Line)
				}
			}
			return true
		})
	}
}
