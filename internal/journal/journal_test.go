package journal_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var (
	began = time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC)
	spoil = db.Statement(`update journal set actor = 'somebody-else' where operation = $1 and seq = $2`)
	erase = db.Statement(`delete from journal_content where operation = $1 and seq = $2`)
)

func entry(op int64, i int) journal.Entry {
	return journal.Entry{Operation: op, At: began.Add(time.Duration(i) * time.Second), Actor: fmt.Sprint("actor-", i%3),
		Organisation: int64(i % 4), Verb: "message.send", Subject: fmt.Sprint("message/", i), Audience: int64(i % 2)}
}

// An entry is found by those who share its batch, before it is a row.
func TestOneFindsWhatTheBatchAppended(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, j := t.Context(), journal.New(source.Story(began, 1))
		if err := d.Keep(ctx, func(tx *db.Tx) error { return journal.Start(tx, 1) }); err != nil {
			t.Fatal(err)
		}
		var made []journal.Entry
		for range 2 {
			err := d.Write(ctx, "one", func(tx *db.Tx) error {
				for i := range 2 {
					e, err := j.Record(tx, entry(1, i), journal.Content{After: i})
					if err != nil {
						return err
					}
					made = append(made, e)
				}
				for _, e := range made {
					if found, err := journal.One(tx, 1, e.Seq); err != nil || found != e {
						t.Errorf("%+v, %v: want %+v", found, err, e)
					}
				}
				_, err := journal.One(tx, 1, int64(len(made)))
				if !errors.Is(err, db.ErrNone) {
					t.Errorf("one that nobody appended: %v", err)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Entries of concurrent writers, some of which fail, stand in the journal
// without a gap, and each is proven to be in the tree.
func TestAppendProveAndTamper(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		j := journal.New(source.Story(began, 1))
		err := d.Keep(ctx, func(tx *db.Tx) error { return errors.Join(journal.Start(tx, 1), journal.Start(tx, 2)) })
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		seqs := make([]int64, 120)
		for i := range seqs {
			wg.Go(func() {
				err := d.Write(ctx, "one", func(tx *db.Tx) (err error) {
					seqs[i], err = j.Append(tx, entry(int64(1+i%2), i), journal.Content{After: i})
					if i%5 == 0 {
						return errors.New("refused")
					}
					return err
				})
				if (err != nil) != (i%5 == 0) {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		wg.Wait()
		err = d.Read(ctx, func(tx *db.Tx) error {
			for op := int64(1); op <= 2; op++ {
				size, err := journal.Size(tx, op)
				if err != nil || size != 48 {
					t.Fatalf("size %d, %v", size, err)
				}
				all, err := journal.List(tx, op, journal.Filter{Limit: 1000})
				if err != nil || len(all) != 48 {
					t.Fatalf("%d entries, %v", len(all), err)
				}
				checkTree(t, tx, op, all)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		tamper(t, d)
	})
}

func checkTree(t *testing.T, tx *db.Tx, op int64, all []journal.Entry) {
	t.Helper()
	var leaves []tlog.Hash
	for i := range all {
		e := all[len(all)-1-i]
		if e.Seq != int64(i) {
			t.Fatalf("entry %d stands at %d", e.Seq, i)
		}
		leaves = append(leaves, tlog.RecordHash(e.Leaf()))
		p, err := journal.Prove(tx, e)
		if err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckRecord(p.Hashes, p.Size, p.Root, e.Seq, leaves[i]); err != nil {
			t.Error(err)
		}
		s, err := journal.ContentOf(tx, op, e.Seq)
		if err != nil || !e.Matches(s) {
			t.Errorf("content of %d: %v", e.Seq, err)
		}
		s.Content += " "
		if e.Matches(s) {
			t.Error("changed content matches")
		}
	}
}

func tamper(t *testing.T, d *db.DB) {
	t.Helper()
	ctx := context.Background()
	err := d.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(spoil, 1, 7)
		_, err2 := tx.Exec(erase, 1, 8)
		return errors.Join(err, err2)
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = d.Read(ctx, func(tx *db.Tx) error {
		e, _ := journal.One(tx, 1, 7)
		if _, err := journal.Prove(tx, e); !errors.Is(err, journal.ErrTampered) {
			t.Errorf("a changed entry was proven: %v", err)
		}
		e, _ = journal.One(tx, 1, 8)
		if _, err := journal.Prove(tx, e); err != nil {
			t.Errorf("erased content spoils the proof: %v", err)
		}
		if _, err := journal.ContentOf(tx, 1, 8); !errors.Is(err, db.ErrNone) {
			t.Errorf("erased content: %v", err)
		}
		return nil
	})
}

func TestVisible(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		j := journal.New(source.Story(began, 1))
		_ = d.Keep(ctx, func(tx *db.Tx) error { return journal.Start(tx, 1) })
		for i := range 12 {
			e := entry(1, i)
			e.Audience = 1 + int64(i%3)
			if err := d.Write(ctx, "", func(tx *db.Tx) error { _, err := j.Append(tx, e, journal.Content{}); return err }); err != nil {
				t.Fatal(err)
			}
		}
		_ = d.Read(ctx, func(tx *db.Tx) error {
			got, err := journal.Visible(tx, 1, journal.Filter{Limit: 100}, 2, db.List{3})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range got {
				if e.Organisation != 2 && e.Audience != 3 {
					t.Errorf("entry %d of organisation %d for audience %d is visible", e.Seq, e.Organisation, e.Audience)
				}
			}
			if len(got) != 6 {
				t.Errorf("%d visible, want 6", len(got))
			}
			return nil
		})
	})
}
