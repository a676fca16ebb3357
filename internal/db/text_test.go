package db_test

import (
	"context"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

var selectVerb = db.Statement(`select count(*) from journal where verb = $1`)

// Text that only one engine takes is refused alike on both, as what was typed
// and not as a failure of the house; the unit fails with it.
func TestTextThatNotBothEnginesTake(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, text := range []string{"a\x00b", "\xff", "a\xc3"} {
			ask := func(tx *db.Tx) error {
				_, err := db.One(tx, selectVerb, db.Int64, text)
				return err
			}
			if err := d.Read(context.Background(), ask); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q in a read: %v", text, err)
			}
			swallowed := func(tx *db.Tx) error {
				_ = ask(tx)
				return nil
			}
			if err := d.Write(context.Background(), "", swallowed); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q in a write whose error was swallowed: %v", text, err)
			}
		}
		if err := d.Read(context.Background(), func(tx *db.Tx) error {
			_, err := db.One(tx, selectVerb, db.Int64, "سفينة 船 🚢")
			return err
		}); err != nil {
			t.Errorf("good text: %v", err)
		}
	})
}
