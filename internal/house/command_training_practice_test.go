package house_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/practice"
)

// Reviewed, too: practices. Everybody whose role lets them try is refused where nobody
// confirmed them; that is tested beside the pages.
func init() {
	ready := practice.ReadyTasks()[:1]
	at := func(more ...any) func(*hall) []any {
		return func(h *hall) []any { return append([]any{the, h.exercise()}, more...) }
	}
	maps.Copy(trials, map[string]trial{
		"practice.Open": {args: func(h *hall) []any {
			return []any{the, h.exercise(), practice.Draft{ID: "01890a5d-ac96-774b-bcce-0000000e0001", Name: "Dry run", Language: "en", Handling: "Nothing is real.", Tasks: ready}}
		}, need: access.PracticeOpen, by: "director"},
		"practice.Join":      {args: at(int64(1)), need: access.PracticeJoin, by: "director"},
		"practice.Reset":     {args: at(int64(1), false), need: access.PracticeReset, by: "director", again: true},
		"practice.Read":      {args: at(), need: access.PracticeRead, by: "officer"},
		"practice.Watch":     {args: at(), need: access.PracticeRead, by: "director"},
		"practice.Seeds":     {args: at(), need: access.PracticeOpen, by: "director"},
		"practice.Leftovers": {args: at(), need: access.PracticeRead, by: "director"},
		"practice.Prepare":   {args: at(the, practice.Labels{Brand: "Brand", Holder: "Holder"}), need: access.PracticePrepare, by: "director"},
		"practice.Advance":   {args: at(int64(1)), need: access.PracticeAdvance, by: "director"},
		"practice.Strip":     {args: func(h *hall) []any { return []any{h.dryRun()} }, need: access.OperationRead, by: "director"},
	})
}

// kindsMeant are the rooms that look across operations and mean practices, too, with
// the reason.
var kindsMeant = map[string]string{
	"internal/web/accountpage": "one's own practices stand on the home page, apart",
	"internal/api":             "the list of operations says of each of what kind it is",
	"internal/web/adminpage":   "a practice may be opened by hand",
}

// Whatever looks across operations leaves practices out, but for what is listed here.
func TestWhoMeansPractices(t *testing.T) {
	seen := 0
	for _, s := range parsed(t) {
		if s.test {
			continue
		}
		text := string(s.text)
		crosses := strings.Contains(text, "operation.Everywhere(") || strings.Contains(text, "Operations.List(")
		if crosses {
			seen++
		}
		if !crosses && !strings.Contains(text, "List(") || !strings.Contains(text, "operation.KindPractice") || !crosses {
			continue
		}
		if room := slices.IndexFunc(slices.Collect(maps.Keys(kindsMeant)), func(r string) bool { return strings.HasPrefix(s.path, r+"/") }); room < 0 {
			t.Errorf("%s looks across operations and names practices (cure: leave them out, or say in kindsMeant why not)", s.path)
		}
	}
	if seen < 6 {
		t.Errorf("only %d files look across operations: the pattern no longer fits", seen)
	}
	_ = operation.KindPractice
}
