package journal_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// The tree that is made anew from the entries is the one of the stored hashes, at
// every size, and a changed, a missing and a falsified content are found.
func TestTreesMadeAnewAreThoseThatAreStored(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		j := journal.New(source.Story(began, 1))
		if err := d.Keep(t.Context(), func(tx *db.Tx) error { return journal.Start(tx, 1) }); err != nil {
			t.Fatal(err)
		}
		var roots []string
		for i := range 40 {
			if i > 0 {
				err := d.Write(t.Context(), "one", func(tx *db.Tx) error {
					_, err := j.Append(tx, entry(1, i), journal.Content{After: i})
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			_ = d.Read(t.Context(), func(tx *db.Tx) error {
				made, err := journal.Rebuild(tx, 1)
				stored, err2 := journal.HeadAt(tx, 1, int64(i))
				if err != nil || err2 != nil || made != stored || made.Size != int64(i) {
					t.Fatalf("size %d: %+v from entries, %+v stored, %v, %v", i, made, stored, err, err2)
				}
				roots = append(roots, made.Root)
				return nil
			})
		}
		_ = d.Read(t.Context(), func(tx *db.Tx) error {
			for i, root := range roots {
				if then, err := journal.HeadAt(tx, 1, int64(i)); err != nil || then.Root != root {
					t.Errorf("the root at %d was %s and is %s, %v", i, root, then.Root, err)
				}
			}
			if _, err := journal.HeadAt(tx, 1, 40); err == nil {
				t.Error("a tree of more entries than there are")
			}
			all, err := journal.Heads(tx)
			if err != nil || len(all) != 2 || all[0].Operation != 0 || all[0].Size != 0 || all[1].Root != roots[39] {
				t.Errorf("%+v, %v", all, err)
			}
			return nil
		})
		spoilTree(t, d, roots[39])
	})
}

var (
	falsify = db.Statement(`update journal_content set content = '{}' where operation = $1 and seq = $2`)
	drop    = db.Statement(`delete from journal where operation = $1 and seq = $2`)
)

// spoilTree tries changes and takes each back.
func spoilTree(t *testing.T, d *db.DB, root string) {
	t.Helper()
	back := errors.New("taken back")
	for _, c := range []struct {
		what   string
		change db.SQL
		said   string
	}{
		{"a content", falsify, "content of entry 7"},
		{"a missing entry", drop, "entry 7 of 1 is missing"},
		{"an entry", spoil, ""},
		{"an erased content", erase, "the same root"},
	} {
		err := d.Keep(t.Context(), func(tx *db.Tx) error {
			if _, err := tx.Exec(c.change, 1, 7); err != nil {
				return err
			}
			switch made, err := journal.Rebuild(tx, 1); {
			case c.said == "the same root":
				if err != nil || made.Root != root {
					return fmt.Errorf("%+v, %w", made, err)
				}
			case c.said != "":
				if err == nil || !strings.Contains(err.Error(), c.said) {
					return fmt.Errorf("%+v, %w", made, err)
				}
			case err != nil || made.Root == root:
				return fmt.Errorf("the root does not move: %w", err)
			}
			return back
		})
		if !errors.Is(err, back) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}
