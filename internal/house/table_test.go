package house_test

import (
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/keeping"
)

// TestEveryTableIsStated: each table that the migrations make is stated by one package,
// and by one only.
func TestEveryTableIsStated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var all []db.Table
		err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
			all, err = db.Tables(tx)
			return err
		})
		if err != nil || len(all) < 20 {
			t.Fatalf("%d tables, %v", len(all), err)
		}
		for _, wrong := range misstated(all, keeping.Tables()) {
			t.Error(wrong)
		}
	})
}

// misstated tells what is wrong with what packages say of tables.
func misstated(all []db.Table, stated []journal.Table) (out []string) {
	say := func(text string, args ...any) { out = append(out, fmt.Sprintf(text, args...)) }
	times := map[string]int{}
	for _, s := range stated {
		times[s.Name]++
		at := slices.IndexFunc(all, func(t db.Table) bool { return t.Name == s.Name })
		switch {
		case at < 0:
			say("table %s is stated, and no migration makes it (cure: take it out of Tables of the package that states it)", s.Name)
		case s.Stays == "" && s.Leaves == journal.AsRows && !slices.Contains(all[at].Columns, s.Column()):
			say("table %s is to leave with its operation and has no column %q (cure: name the column in Of, or say in Stays why nothing of it leaves)", s.Name, s.Column())
		case s.Stays != "" && s.Leaves != journal.AsRows:
			say("table %s is to leave, and Stays says why it does not (cure: decide)", s.Name)
		case s.Instance && s.Unsaid != "":
			say("the rows of table %s are said by entries of the instance, and Unsaid says why they are not (cure: decide)", s.Name)
		case !s.Instance && s.Unsaid == "" && !slices.Contains(all[at].Columns, s.Column()):
			say("the rows of table %s are said by entries of operations, and it has no column %q (cure: Instance, or the reason in Unsaid)", s.Name, s.Column())
		}
	}
	for _, name := range slices.Sorted(maps.Keys(times)) {
		if times[name] > 1 {
			say("table %s is stated %d times (cure: leave it to Tables of the package that writes it)", name, times[name])
		}
	}
	for _, t := range all {
		if times[t.Name] == 0 {
			say("table %s is stated by no package (cure: put it into the function Tables of the package that writes it, and the package into the list of internal/keeping)", t.Name)
		}
	}
	return out
}

func TestMisstatedIsSeen(t *testing.T) {
	all := []db.Table{{Name: "ebb", Columns: []string{"operation", "seq"}}, {Name: "flow", Columns: []string{"number"}}}
	for name, c := range map[string]struct {
		stated []journal.Table
		wrong  int
	}{
		"right":                 {[]journal.Table{{Name: "ebb"}, {Name: "flow", Of: "number"}}, 0},
		"right, in other ways":  {[]journal.Table{{Name: "ebb", Unsaid: "a", Stays: "b"}, {Name: "flow", Instance: true, Leaves: journal.InPart}}, 0},
		"forgotten":             {[]journal.Table{{Name: "ebb"}}, 1},
		"twice":                 {[]journal.Table{{Name: "ebb"}, {Name: "ebb"}, {Name: "flow", Of: "number"}}, 1},
		"gone":                  {[]journal.Table{{Name: "ebb"}, {Name: "flow", Of: "number"}, {Name: "moon"}}, 1},
		"no column to leave by": {[]journal.Table{{Name: "ebb"}, {Name: "flow", Instance: true}}, 1},
		"no column of entries":  {[]journal.Table{{Name: "ebb"}, {Name: "flow", Stays: "a"}}, 1},
		"leaves and stays":      {[]journal.Table{{Name: "ebb", Leaves: journal.AsEntries, Stays: "a"}, {Name: "flow", Of: "number"}}, 1},
		"said and unsaid":       {[]journal.Table{{Name: "ebb", Instance: true, Unsaid: "a"}, {Name: "flow", Of: "number"}}, 1},
	} {
		if got := misstated(all, c.stated); len(got) != c.wrong {
			t.Errorf("%s: %q, want %d", name, got, c.wrong)
		}
	}
}

// TestEveryVerbHasOneReplay: what an entry did is one package's to know, so that it does
// not matter which is asked first.
func TestEveryVerbHasOneReplay(t *testing.T) {
	known := 0
	for _, verb := range verbs(t) {
		for journalOf, begin := range map[string]func(journal.Keeping) func(*journal.Audit) journal.Replay{
			"an operation": func(k journal.Keeping) func(*journal.Audit) journal.Replay { return k.Operation },
			"the instance": func(k journal.Keeping) func(*journal.Audit) journal.Replay { return k.Instance },
		} {
			takers := 0
			for _, r := range keeping.Replays(&journal.Audit{}, begin) {
				if r.Take(&journal.Audit{}, journal.Act{Entry: journal.Entry{Verb: verb}, Erased: true}) {
					takers++
				}
			}
			if known += takers; takers > 1 {
				t.Errorf("entries %s in the journal of %s are taken by %d packages (cure: who only looks at them implements journal.Looker)", verb, journalOf, takers)
			}
		}
	}
	if known < 100 {
		t.Errorf("only %d verbs are known", known)
	}
}

// verbs are those that the journal uses: the names of the permissions.
func verbs(t *testing.T) (out []string) {
	t.Helper()
	for _, s := range parsed(t) {
		if s.test || s.dir != "internal/access" {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
				if name, ok := v.Type.(*ast.Ident); ok && name.Name == "Permission" {
					if text, ok := constant(v.Values[0]); ok {
						out = append(out, text)
					}
				}
			}
			return true
		})
	}
	return out
}
