package server_test

import (
	"context"
	"net"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

var storedNotes = db.Statement(`select note from checkpoint where operation = 0 order by size`)

// A server that is asked to end signs what its journals are, once for each size.
func TestCheckpointAtTheEnd(t *testing.T) {
	dir := t.TempDir()
	a, err := server.Open(t.Context(), config(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.People.Bootstrap(t.Context(), organisation.Draft{Kind: "secretariat", Name: "Office", TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer},
		person.Draft{Login: "root", Name: "First", Language: "en", Position: "post"}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if err := a.Serve(ctx, l, nil); err != nil {
			t.Fatal(err)
		}
	}
	err = a.DB.Read(t.Context(), func(tx *db.Tx) error {
		notes, err := db.All(tx, storedNotes, db.Text)
		if err != nil || len(notes) != 1 {
			t.Fatalf("%d checkpoints, %v", len(notes), err)
		}
		size, err := journal.Size(tx, journal.Instance)
		if err != nil {
			return err
		}
		root, err := journal.Root(tx, journal.Instance, size)
		c, err2 := journal.OpenCheckpoint(notes[0], a.Signer.Verifier())
		if err2 != nil || c.Size != size || c.Root != root || c.Origin != a.Signer.Name()+"/instance" {
			t.Errorf("%+v, %v", c, err2)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
