package db_test

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
)

// A record comes back as it went in, whatever the engine makes of text, and what is no
// record says so.
func TestRecords(t *testing.T) {
	type record struct {
		Name  string  `json:"name"`
		Lines []int64 `json:"lines,omitempty"`
	}
	one := db.Statement(`select cast($1 as text)`)
	number := db.Statement(`select 7`)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		read := func(q db.SQL, args ...any) (r record, err error) {
			err = d.Read(t.Context(), func(tx *db.Tx) error {
				r, err = db.One(tx, q, db.Decoded[record], args...)
				return err
			})
			return r, err
		}
		want := record{Name: "مكتب \u2028 <b>", Lines: []int64{1, 9007199254740993}}
		got, err := read(one, db.Encoded(want))
		if err != nil || db.Encoded(got) != db.Encoded(want) {
			t.Errorf("%+v %v", got, err)
		}
		if _, err := read(one, `{"name":`); err == nil {
			t.Error("half a record was read")
		}
		if _, err := read(number); err == nil {
			t.Error("a number was read as a record")
		}
	})
}
