package session_test

import (
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// allText gives every value of every table, as text.
func allText(t *testing.T, d *db.DB) []string {
	t.Helper()
	names := `select m.name || ' ' || c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%'`
	if d.Engine() == "postgres" {
		names = `select table_name || ' ' || column_name from information_schema.columns where table_schema = 'public'`
	}
	var out []string
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		all, err := db.All(tx, db.Statement(names), db.Text)
		for _, n := range all {
			table, column, _ := strings.Cut(n, " ")
			values, err := db.All(tx, db.Statement(`select coalesce(cast(`+column+` as text), '') from `+table), db.Text)
			if err != nil {
				return err
			}
			out = append(out, values...)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func contains(all []string, s string) bool { return strings.Contains(strings.Join(all, "\n"), s) }
