package house_test

import (
	"go/ast"
	"maps"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/story"
)

// Reviewed, too: practices. Everybody whose role lets them try is refused where nobody
// confirmed them; that is tested beside the pages.
func init() {
	at := func(more ...any) func(*hall) []any {
		return func(h *hall) []any { return append([]any{the, h.exercise().Workshop}, more...) }
	}
	maps.Copy(trials, map[string]trial{
		"practice.Open": {args: func(h *hall) []any {
			return []any{the, h.exercise().Workshop, dryRun}
		}, need: access.PracticeOpen, by: "director"},
		"practice.Join":      {args: at(int64(1)), need: access.PracticeJoin, by: "director"},
		"practice.Reset":     {args: at(int64(1), false), need: access.PracticeReset, by: "director"},
		"practice.Read":      {args: at(), need: access.PracticeRead, by: "officer"},
		"practice.Watch":     {args: at(), need: access.PracticeRead, by: "director"},
		"practice.Seeds":     {args: at(), need: access.PracticeOpen, by: "director"},
		"practice.Leftovers": {args: at(), need: access.PracticeRead, by: "director"},
		"practice.Prepare":   {args: at(the, practice.Labels{Brand: "Brand", Holder: "Holder"}), need: access.PracticePrepare, by: "director"},
		"practice.Advance":   {args: at(int64(1)), need: access.PracticeAdvance, by: "director"},
		"practice.Strip":     {args: func(h *hall) []any { return []any{h.exercise().Code} }, need: access.OperationRead, by: "director"},
	})
}

var dryRun = practice.Draft{ID: "01890a5d-ac96-774b-bcce-0000000e0001", Name: "Dry run", Language: "en", Handling: "Nothing is real.", Tasks: practice.ReadyTasks()[:1]}

var exercises = map[*hall]practice.Practice{}

// exercise is a practice with a replay, made once.
func (h *hall) exercise() practice.Practice {
	if made, has := exercises[h]; has {
		return made
	}
	ctx, who, s, at := h.t.Context(), h.who("director"), h.app.Practices, h.workshop().id
	made, err := s.Open(ctx, who, the, at, dryRun)
	h.must(err)
	h.must(s.Join(ctx, who, the, at, 1))
	now := h.app.Clock.Now()
	h.app.Clock.Set(story.Ends.AddDate(0, 0, 1))
	_, err = s.Prepare(ctx, who, the, at, the, practice.Labels{Brand: "Brand", Holder: "Holder"})
	h.must(err)
	h.app.Clock.Set(now)
	exercises[h] = made
	return made
}

// kindsMeant are the rooms that look across operations and mean practices, too, with
// the reason.
var kindsMeant = map[string]string{
	"internal/web/accountpage": "one's own practices stand on the home page, apart",
	"internal/api":             "the list of operations says of each of what kind it is",
}

// Whatever looks across operations leaves practices out, but for what is listed here:
// the kinds are arguments that the compiler asks for, and this is who names practices.
func TestWhoMeansPractices(t *testing.T) {
	calls := 0
	for _, s := range parsed(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || f.Sel.Name != "Everywhere" && !(f.Sel.Name == "List" && named(f.X, "Operations")) {
				return true
			}
			calls++
			for _, arg := range call.Args {
				if _, known := kindsMeant[s.dir]; named(arg, "KindPractice") && !known {
					t.Errorf("%s looks across operations and means practices (cure: leave them out, or say in kindsMeant why not)", s.path)
				}
			}
			return true
		})
	}
	if calls < 8 {
		t.Errorf("only %d calls look across operations: the pattern no longer fits", calls)
	}
}

// named tells whether an expression ends in a name.
func named(x ast.Expr, name string) bool {
	s, ok := x.(*ast.SelectorExpr)
	return ok && s.Sel.Name == name
}
