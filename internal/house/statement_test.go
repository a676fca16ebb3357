package house_test

import (
	"go/ast"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"

	// With the server comes every package that has statements, so that they are registered.
	_ "github.com/tidewaiter/tidewaiter/internal/bench/world"
	_ "github.com/tidewaiter/tidewaiter/internal/server"
)

// TestEveryStatementPrepares: a typing error or a missing column fails here, on
// both engines, and not at the first officer who comes that way.
func TestEveryStatementPrepares(t *testing.T) {
	all := db.Statements()
	if len(all) < 20 {
		t.Fatalf("only %d statements are registered", len(all))
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, s := range all {
			if err := d.Prepares(t.Context(), s); err != nil {
				t.Errorf("%v", err)
			}
		}
	})
}

// TestEveryStatementIsLookedAt: what this file imports leads to every package that has
// some.
func TestEveryStatementIsLookedAt(t *testing.T) {
	imports, todo := map[string][]string{}, []string{}
	for _, s := range parsed(t) {
		switch {
		case s.path == "internal/house/statement_test.go":
			todo = s.imports()
		case !s.test:
			imports[module+"/"+s.dir] = append(imports[module+"/"+s.dir], s.imports()...)
		}
	}
	linked := map[string]bool{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if !linked[path] {
			linked[path] = true
			todo = append(todo, imports[path]...)
		}
	}
	missing := map[string]bool{}
	eachStatement(t, func(s source, _ *ast.CallExpr) {
		if path := module + "/" + s.dir; !linked[path] {
			missing[path] = true
		}
	})
	for path := range missing {
		t.Errorf("%s has statements that nothing prepares (cure: import it in statement_test.go)", path)
	}
}
