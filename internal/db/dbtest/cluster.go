package dbtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// errNoPostgres says that PostgreSQL's server programs are not installed.
var errNoPostgres = errors.New("PostgreSQL's server programs are not installed (Debian: apt-get install postgresql)")

// running is a PostgreSQL that tests may make databases in.
type running struct {
	address  string
	lifeline *os.File // open as long as the process lives, nil for one started elsewhere; see server
}

// cluster gives the PostgreSQL that this process uses.
var cluster = sync.OnceValues(func() (running, error) {
	if address := os.Getenv("TIDEWAITER_TEST_POSTGRES"); address != "" {
		return running{address: address}, nil
	}
	bin := findPrograms()
	if bin == "" {
		return running{}, errNoPostgres
	}
	return startCluster(bin)
})

// required tells whether a test without PostgreSQL must fail.
func required() bool {
	return os.Getenv("CI") == "true" || os.Getenv("TIDEWAITER_REQUIRE_POSTGRES") == "1"
}

// address gives the cluster's address, or skips or fails the test.
func address(t testing.TB) string {
	t.Helper()
	c, err := cluster()
	switch {
	case err == nil:
		return c.address
	case errors.Is(err, errNoPostgres) && !required():
		t.Skipf("NOT RUN ON POSTGRESQL: %v", err)
	default:
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	return ""
}

// findPrograms gives the folder of initdb and postgres, newest version first,
// or nothing. Debian keeps them out of PATH.
func findPrograms() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) })
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			found = append(found, filepath.Dir(real))
		}
	}
	for _, dir := range found {
		_, err := os.Stat(filepath.Join(dir, "initdb"))
		_, err2 := os.Stat(filepath.Join(dir, "postgres"))
		if err == nil && err2 == nil {
			return dir
		}
	}
	return ""
}

func version(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

// server runs initdb and postgres and waits on its standard input, which is a
// pipe from the test process. At its end, so at the end of the process however
// that comes, the server is stopped and its directory removed.
const server = `
"$2/initdb" -D "$1/data" -U tidewaiter -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$1/log" 2>&1 || exit 1
"$2/postgres" -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
  -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c max_connections=300 -c autovacuum=off \
  >>"$1/log" 2>&1 </dev/null &
pid=$!
cat >/dev/null
kill -INT $pid 2>/dev/null
wait $pid
rm -rf "$1"
`

// startCluster makes and starts a cluster that ends with this process.
func startCluster(bin string) (running, error) {
	dir, err := os.MkdirTemp("", "tidewaiter-pg.")
	if err != nil {
		return running{}, err
	}
	attr := &syscall.SysProcAttr{Setpgid: true} // an interrupt of the terminal must not reach the server first
	if os.Getuid() == 0 {
		uid, gid, err := unprivileged()
		if err != nil {
			return running{}, err
		}
		if err := os.Chown(dir, uid, gid); err != nil {
			return running{}, err
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	cmd := exec.Command("/bin/sh", "-c", server, "sh", dir, bin)
	cmd.Dir, cmd.SysProcAttr = dir, attr
	// Go closes its descriptors in children, so this process alone holds the
	// pipe's writing end.
	reads, writes, err := os.Pipe()
	if err != nil {
		return running{}, err
	}
	cmd.Stdin = reads
	if err := cmd.Start(); err != nil {
		return running{}, err
	}
	_ = reads.Close()
	address := "postgres://tidewaiter@/postgres?" + url.Values{"host": {dir}, "sslmode": {"disable"}}.Encode()
	return running{address: address, lifeline: writes}, await(address, dir, cmd)
}

// unprivileged finds the user that the server runs as when tests run as root,
// which PostgreSQL refuses.
func unprivileged() (uid, gid int, err error) {
	var u *user.User
	for _, name := range []string{"postgres", "nobody"} {
		if u, err = user.Lookup(name); err == nil {
			break
		}
	}
	if err != nil {
		return 0, 0, fmt.Errorf("no user to run PostgreSQL as: %w", err)
	}
	uid, err = strconv.Atoi(u.Uid)
	if err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(u.Gid)
	return uid, gid, err
}

// await returns when the server answers, or with its log when it does not.
func await(address, dir string, cmd *exec.Cmd) error {
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := pgx.Connect(ctx, address)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-tick.C:
		case <-ended:
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			return fmt.Errorf("server did not start: %s", strings.TrimSpace(string(log)))
		case <-ctx.Done():
			return fmt.Errorf("server did not answer in a minute: %w", err)
		}
	}
}
