package tell_test

import (
	"context"
	"encoding/json"
	"maps"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/roster"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/story/tell"
	"github.com/tidewaiter/tidewaiter/internal/task"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

func stores(d *db.DB) tell.Stores {
	clock := source.Story(story.Ends, 1)
	j := journal.New(clock)
	return tell.Stores{Clock: clock, Organisations: organisation.NewStore(d, j, clock), People: person.NewStore(d, j, clock),
		Operations: operation.NewStore(d, j, clock), Messages: message.NewStore(d, j, clock), Seizures: seizure.NewStore(d, j, clock),
		NilReports: nilreport.NewStore(d, j, clock), Tasks: task.NewStore(d, j, clock), Rosters: roster.NewStore(d, j, clock),
		Warnings: warning.NewStore(d, j, clock)}
}

// The story enters through the commands, and the coordinator's figures are the
// published ones, to the digit; the journal verifies and the tallies equal a
// recount.
func TestPublishedFigures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		s := stores(d)
		w := story.ActionIPR2(1)
		if err := tell.New(s, w).Until(ctx, story.Ends, nil); err != nil {
			t.Fatal(err)
		}
		coordinator := w.Person("coordinator")
		who := access.Actor{Person: coordinator.ID, Organisation: 3}
		st, f, err := results.NewStore(d, s.Clock).Read(ctx, who, story.CodeActionIPR2)
		if err != nil {
			t.Fatal(err)
		}
		if f.Cases != story.PublishedCases || !maps.Equal(map[string]int64(f.Totals), map[string]int64(story.PublishedTotals())) {
			t.Errorf("%d cases, %v", f.Cases, f.Totals)
		}
		want := map[string]int64{"genuine": 3, "duplicate": 2, "outside-phase": 2, "withdrawn": 2, "draft": 3}
		if !maps.Equal(f.NotCounted, want) {
			t.Errorf("not counted %v, want %v", f.NotCounted, want)
		}
		if b, err := json.Marshal(f); err != nil || f.Categories[0].Value != "FOO" || f.Categories[0].Cases != 40 {
			t.Errorf("%s, %v", b, err)
		}
		checkStored(t, d, st.Operation.Number)
	})
}

func checkStored(t *testing.T, d *db.DB, op int64) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		kept, err := seizure.Cells(tx, op)
		if err != nil {
			return err
		}
		anew, err := seizure.Recount(tx, op)
		if err != nil {
			return err
		}
		if !maps.Equal(kept, anew) || len(kept) == 0 {
			t.Errorf("tallies differ from a recount: %d and %d cells", len(kept), len(anew))
		}
		size, err := journal.Size(tx, op)
		if err != nil {
			return err
		}
		for _, seq := range []int64{0, 1, size / 2, size - 1} {
			e, err := journal.One(tx, op, seq)
			if err != nil {
				return err
			}
			if _, err := journal.Prove(tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkTell is how long the whole story takes to tell on SQLite.
func BenchmarkTell(b *testing.B) {
	for b.Loop() {
		d := dbtest.SQLite(b)
		if err := tell.New(stores(d), story.ActionIPR2(1)).Until(context.Background(), story.Ends, nil); err != nil {
			b.Fatal(err)
		}
	}
}
