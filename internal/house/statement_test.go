package house_test

import (
	"go/ast"
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"

	// Every package with statements, so that they are registered.
	_ "github.com/tidewaiter/tidewaiter/internal/alert"
	_ "github.com/tidewaiter/tidewaiter/internal/analysis"
	_ "github.com/tidewaiter/tidewaiter/internal/attachment"
	_ "github.com/tidewaiter/tidewaiter/internal/attendance"
	_ "github.com/tidewaiter/tidewaiter/internal/audience"
	_ "github.com/tidewaiter/tidewaiter/internal/bench/world"
	_ "github.com/tidewaiter/tidewaiter/internal/caselist"
	_ "github.com/tidewaiter/tidewaiter/internal/connection"
	_ "github.com/tidewaiter/tidewaiter/internal/consignment"
	_ "github.com/tidewaiter/tidewaiter/internal/contact"
	_ "github.com/tidewaiter/tidewaiter/internal/course"
	_ "github.com/tidewaiter/tidewaiter/internal/detention"
	_ "github.com/tidewaiter/tidewaiter/internal/document"
	_ "github.com/tidewaiter/tidewaiter/internal/edition"
	_ "github.com/tidewaiter/tidewaiter/internal/evaluation"
	_ "github.com/tidewaiter/tidewaiter/internal/holder"
	_ "github.com/tidewaiter/tidewaiter/internal/inquiry"
	_ "github.com/tidewaiter/tidewaiter/internal/inspection"
	_ "github.com/tidewaiter/tidewaiter/internal/intake"
	_ "github.com/tidewaiter/tidewaiter/internal/job"
	_ "github.com/tidewaiter/tidewaiter/internal/journal"
	_ "github.com/tidewaiter/tidewaiter/internal/learnt"
	_ "github.com/tidewaiter/tidewaiter/internal/lesson"
	_ "github.com/tidewaiter/tidewaiter/internal/likeness"
	_ "github.com/tidewaiter/tidewaiter/internal/message"
	_ "github.com/tidewaiter/tidewaiter/internal/nilreport"
	_ "github.com/tidewaiter/tidewaiter/internal/notice"
	_ "github.com/tidewaiter/tidewaiter/internal/operation"
	_ "github.com/tidewaiter/tidewaiter/internal/organisation"
	_ "github.com/tidewaiter/tidewaiter/internal/pack"
	_ "github.com/tidewaiter/tidewaiter/internal/participant"
	_ "github.com/tidewaiter/tidewaiter/internal/person"
	_ "github.com/tidewaiter/tidewaiter/internal/practice"
	_ "github.com/tidewaiter/tidewaiter/internal/product"
	_ "github.com/tidewaiter/tidewaiter/internal/protection"
	_ "github.com/tidewaiter/tidewaiter/internal/publication"
	_ "github.com/tidewaiter/tidewaiter/internal/quarantine"
	_ "github.com/tidewaiter/tidewaiter/internal/reading"
	_ "github.com/tidewaiter/tidewaiter/internal/results"
	_ "github.com/tidewaiter/tidewaiter/internal/review"
	_ "github.com/tidewaiter/tidewaiter/internal/roster"
	_ "github.com/tidewaiter/tidewaiter/internal/seizure"
	_ "github.com/tidewaiter/tidewaiter/internal/session"
	_ "github.com/tidewaiter/tidewaiter/internal/situation"
	_ "github.com/tidewaiter/tidewaiter/internal/task"
	_ "github.com/tidewaiter/tidewaiter/internal/template"
	_ "github.com/tidewaiter/tidewaiter/internal/textindex"
	_ "github.com/tidewaiter/tidewaiter/internal/usage"
	_ "github.com/tidewaiter/tidewaiter/internal/verify"
	_ "github.com/tidewaiter/tidewaiter/internal/warning"
	_ "github.com/tidewaiter/tidewaiter/internal/watchlist"
	_ "github.com/tidewaiter/tidewaiter/internal/withdrawal"
	_ "github.com/tidewaiter/tidewaiter/internal/workshop"
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

// TestEveryStatementIsLookedAt: this file imports every package that has some.
func TestEveryStatementIsLookedAt(t *testing.T) {
	var imported []string
	for _, s := range parsed(t) {
		if s.path == "internal/house/statement_test.go" {
			imported = s.imports()
		}
	}
	missing := map[string]bool{}
	eachStatement(t, func(s source, _ *ast.CallExpr) {
		if path := module + "/" + s.dir; !slices.Contains(imported, path) {
			missing[path] = true
		}
	})
	for path := range missing {
		t.Errorf("%s has statements that nothing prepares (cure: import it in statement_test.go)", path)
	}
}
