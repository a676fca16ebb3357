package dbtest_test

import (
	"bufio"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
)

var (
	insertHead = db.Statement(`insert into journal_head (operation, size) values ($1, $2)`)
	countHeads = db.Statement(`select count(*) from journal_head where operation = $1`)
)

// fill checks that nobody wrote here before, and writes.
func fill(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(insertHead, 1000, 1)
		return err
	})
	if err != nil {
		t.Fatalf("the test's database is not migrated, or not its own: %v", err)
	}
	var n int64
	err = d.Read(t.Context(), func(tx *db.Tx) (err error) {
		n, err = db.One(tx, countHeads, db.Int64, 1000)
		return err
	})
	if err != nil || n != 1 {
		t.Fatalf("heads = %d, %v; want 1", n, err)
	}
}

func TestEachGivesEveryTestItsOwn(t *testing.T) {
	engines := map[string]int{}
	for range 3 {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			engines[d.Engine()]++
			fill(t, d)
		})
	}
	if engines["sqlite"] != 3 {
		t.Errorf("engines = %v, want SQLite 3 times", engines)
	}
}

func TestEachURLIsEmptyAndOpensTwice(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		for range 2 {
			d, err := db.Open(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			if err := migrate.Up(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestNothingStaysBehind starts a process that starts a cluster, kills it
// without warning, and waits for the cluster to be gone.
func TestNothingStaysBehind(t *testing.T) {
	const marker = "cluster at "
	if os.Getenv("DBTEST_CHILD") == "1" {
		dbtest.EachURL(t, func(t *testing.T, url string) {
			if strings.HasPrefix(url, "postgres:") {
				os.Stdout.WriteString(marker + url + "\n")
				select {} // until killed
			}
		})
		return
	}
	dbtest.Postgres(t) // skips where PostgreSQL is missing
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestNothingStaysBehind$")
	cmd.Env = append(os.Environ(), "DBTEST_CHILD=1", "TIDEWAITER_TEST_POSTGRES=")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var dir string
	for lines := bufio.NewScanner(out); dir == "" && lines.Scan(); {
		if _, address, ok := strings.Cut(lines.Text(), marker); ok {
			u, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			dir = u.Query().Get("host")
		}
	}
	if _, err := os.Stat(dir); err != nil {
		t.Fatalf("the child's cluster: %v", err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()

	tick, late := time.NewTicker(20*time.Millisecond), time.After(20*time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if _, err := os.Stat(dir); os.IsNotExist(err) {
				return
			}
		case <-late:
			t.Fatalf("%s is still there: the server was not stopped", dir)
		}
	}
}
