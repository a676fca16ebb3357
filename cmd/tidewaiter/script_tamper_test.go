package main

import (
	"database/sql"

	"github.com/rogpeppe/go-internal/testscript"
)

// tamper FILE SQL changes an SQLite file behind the product's back.
func tamper(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: tamper FILE SQL")
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
