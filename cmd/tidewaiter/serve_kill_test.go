package main

import (
	"database/sql"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

// killRounds is how often a server is killed; TIDEWAITER_KILL_ROUNDS for more.
func killRounds(otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv("TIDEWAITER_KILL_ROUNDS")); err == nil {
		return n
	}
	return otherwise
}

// demonstration tells the story into a new instance on an engine.
func demonstration(t *testing.T, data, url string) server.Config {
	t.Helper()
	c := server.Config{Data: data, Version: "test", Log: slog.New(slog.DiscardHandler)}
	if strings.HasPrefix(url, "postgres") {
		c.Database = url
	}
	app, _, err := server.NewDemo(t.Context(), c, server.Options{Seed: 1, Scale: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestKilledServerLosesNothing kills the real server (SIGKILL) under load again and
// again: what was acknowledged is there exactly once, and the next start needs no
// repair and answers.
func TestKilledServerLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the whole binary several times")
	}
	dbtest.EachURL(t, func(t *testing.T, url string) {
		c := demonstration(t, t.TempDir(), url)
		i := look(t, c)
		i.close() // nobody but the server holds the files when it is killed
		n, l, stop := newNode(t, c.Data, c.Database), newLedger(), make(chan struct{})
		n.start()
		wg := l.writers(i, 8, stop, n)
		for round := range killRounds(6) {
			if !l.grows(t, 30) {
				t.Fatalf("round %d: too few writes were acknowledged", round)
			}
			n.kill()
			n.start()
			if status, _, err := i.get(client(), *n.address.Load(), "/healthz"); err != nil || status != http.StatusOK {
				t.Fatalf("round %d: after the start %d, %v", round, status, err)
			}
			now := look(t, c)
			l.check(now, false)
			now.close()
		}
		close(stop)
		wg.Wait()
		n.stop()
		end := look(t, c)
		l.check(end, true)
		end.close()
		if c.Database == "" {
			intact(t, filepath.Join(c.Data, "tidewaiter.db"))
		}
		t.Logf("%d kills, %d acknowledged, %d tries", killRounds(6), l.size(), l.tries)
		if c.Database != "" && !t.Failed() {
			t.Run("two nodes", func(t *testing.T) { twoNodes(t, c, l) })
		}
	})
}

// twoNodes serves one database twice and kills now the one, now the other. Writers
// send what was not acknowledged again, to the other node: nothing is lost or doubled.
func twoNodes(t *testing.T, c server.Config, l *ledger) {
	i := look(t, c)
	nodes, stop := []*node{newNode(t, c.Data, c.Database), newNode(t, c.Data, c.Database)}, make(chan struct{})
	for _, n := range nodes {
		n.start()
	}
	before := l.size()
	wg := l.writers(i, 8, stop, nodes...)
	for round := range killRounds(6) {
		if !l.grows(t, 30) {
			t.Fatalf("round %d: too few writes were acknowledged", round)
		}
		n := nodes[round%2]
		n.kill()
		if !l.grows(t, 10) {
			t.Fatalf("round %d: the other node does not go on", round)
		}
		n.start()
	}
	close(stop)
	wg.Wait()
	for _, n := range nodes {
		n.stop()
	}
	l.check(i, true)
	t.Logf("%d kills of one of two nodes, %d acknowledged", killRounds(6), l.size()-before)
}

// intact asks SQLite.
func intact(t *testing.T, path string) {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var said string
	if err := raw.QueryRow("pragma integrity_check").Scan(&said); err != nil || said != "ok" {
		t.Errorf("integrity_check: %q, %v", said, err)
	}
}
