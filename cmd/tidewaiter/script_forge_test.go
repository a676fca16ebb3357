package main

import (
	"database/sql"

	"github.com/rogpeppe/go-internal/testscript"
)

// forge FILE SQL changes an SQLite file behind the product's back.
func forge(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: forge FILE SQL")
	}
	d, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	res, err := d.Exec(args[1])
	ts.Check(err)
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		ts.Fatalf("%s changed nothing: %v", args[1], err)
	}
	ts.Check(d.Close())
}
