package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// underFire is the operation of the story that writers write to.
const underFire = operation.Code("import-trial")

// node is one `tidewaiter serve`, which tests kill and start again.
type node struct {
	t       *testing.T
	args    []string
	cmd     *exec.Cmd
	errs    bytes.Buffer
	address atomic.Pointer[string]
}

func newNode(t *testing.T, data, database string) *node {
	t.Helper()
	n := &node{t: t, args: []string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--database", database, "--rate-factor", "1000"}}
	none := ""
	n.address.Store(&none)
	t.Cleanup(func() {
		if n.cmd != nil {
			n.kill()
		}
	})
	return n
}

// start waits until the server says that it is ready.
func (n *node) start() {
	n.t.Helper()
	n.errs.Reset()
	n.cmd = exec.Command("tidewaiter", n.args...)
	n.cmd.Stderr = &n.errs
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		n.t.Fatal(err)
	}
	if err := n.cmd.Start(); err != nil {
		n.t.Fatal(err)
	}
	late := time.AfterFunc(patience, func() { _ = n.cmd.Process.Kill() })
	defer late.Stop()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address, ok := strings.CutPrefix(lines.Text(), "ready "); ok {
			n.address.Store(&address)
			return
		}
	}
	_ = n.cmd.Wait()
	n.cmd = nil
	n.t.Fatalf("serve did not become ready:\n%s", &n.errs)
}

// kill gives the server no chance (SIGKILL).
func (n *node) kill() {
	_ = n.cmd.Process.Kill()
	_ = n.cmd.Wait()
	n.cmd = nil
}

// stop asks the server to end and wants 0.
func (n *node) stop() {
	n.t.Helper()
	_ = n.cmd.Process.Signal(syscall.SIGTERM)
	if err := n.cmd.Wait(); err != nil {
		n.t.Errorf("serve did not end cleanly: %v\n%s", err, &n.errs)
	}
	n.cmd = nil
}

// instance is the story on one engine, opened beside the servers to look inside.
type instance struct {
	t      *testing.T
	app    *server.App
	reader access.Actor
	token  string
	number int64
}

// look opens the data directory as a server does: no repair, or the test fails.
func look(t *testing.T, c server.Config) *instance {
	t.Helper()
	app, err := server.Open(t.Context(), c)
	if err != nil {
		t.Fatalf("opening after a kill: %v", err)
	}
	i := &instance{t: t, app: app}
	if i.reader, err = new(shared).actor(t.Context(), app, asker{persona: string(access.Officer)}); err != nil {
		t.Fatal(err)
	}
	if i.token, err = app.Sessions.Token(t.Context(), string(access.Officer)); err != nil {
		t.Fatal(err)
	}
	st, err := app.Operations.Read(t.Context(), i.reader, underFire)
	if err != nil {
		t.Fatal(err)
	}
	i.number = st.Operation.Number
	t.Cleanup(i.close)
	return i
}

func (i *instance) close() {
	if i.app != nil {
		if err := i.app.Close(); err != nil {
			i.t.Error(err)
		}
		i.app = nil
	}
}

// sent is a message as a writer wanted it.
type sent struct{ ID, Body string }

// send puts a message as another system does: the answer is 201, or 200 when it was
// there, once it is on disk.
func (i *instance) send(c *http.Client, address string, m sent) (status int, answer string, err error) {
	body, err := json.Marshal(map[string]any{"template": "general", "subject": "Under fire", "body": m.Body, "language": "en", "tlp": "AMBER",
		"to": map[string]any{"sides": []string{"enforcement"}}})
	if err != nil {
		return 0, "", err
	}
	req, err := http.NewRequest(http.MethodPut, address+"/api/v1/operations/"+string(underFire)+"/messages/"+m.ID, bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/json")
	return i.do(c, req)
}

func (i *instance) do(c *http.Client, req *http.Request) (int, string, error) {
	req.Header.Set("Authorization", "Bearer "+i.token)
	resp, err := c.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(text), err
}

func (i *instance) get(c *http.Client, address, path string) (int, string, error) {
	req, err := http.NewRequest(http.MethodGet, address+path, nil)
	if err != nil {
		return 0, "", err
	}
	return i.do(c, req)
}

func client() *http.Client {
	return &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// ledger is what writers were promised.
type ledger struct {
	mu    sync.Mutex
	kept  map[string]string // id to body, acknowledged
	tries int
}

func newLedger() *ledger { return &ledger{kept: map[string]string{}} }

// grows waits until some more writes have been acknowledged, and then a little
// longer by chance, so that a kill comes at any moment of a write.
func (l *ledger) grows(t *testing.T, by int) bool {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	kept := l.size()
	for limit := time.Now().Add(patience); l.size() < kept+by; {
		if <-tick.C; t.Failed() || time.Now().After(limit) {
			return false
		}
	}
	<-time.After(time.Duration(rand.IntN(40_000)) * time.Microsecond)
	return true
}

func (l *ledger) acknowledged(m sent) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept[m.ID] = m.Body
}

func (l *ledger) size() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.kept)
}

// writers send until stop is closed, each its own message until it is acknowledged,
// at whatever node answers; then everything that was begun has been acknowledged.
func (l *ledger) writers(i *instance, n int, stop <-chan struct{}, nodes ...*node) *sync.WaitGroup {
	var wg sync.WaitGroup
	ids, c := source.Real(), client()
	for k := range n {
		wg.Go(func() {
			again := time.NewTicker(10 * time.Millisecond)
			defer again.Stop()
			for turn := k; ; {
				select {
				case <-stop:
					return
				default:
				}
				m := sent{ID: ids.ID()}
				m.Body = "Kept as " + m.ID
				for limit := time.Now().Add(patience); ; turn++ {
					status, text, err := i.send(c, *nodes[turn%len(nodes)].address.Load(), m)
					l.mu.Lock()
					l.tries++
					l.mu.Unlock()
					if err == nil && (status == http.StatusCreated || status == http.StatusOK) {
						l.acknowledged(m)
						break
					}
					if err == nil && status != http.StatusServiceUnavailable || time.Now().After(limit) {
						i.t.Errorf("a message was answered with %d, %v: %.400s", status, err, text)
						return
					}
					<-again.C
				}
			}
		})
	}
	return &wg
}

// check wants everything that was acknowledged exactly once, whole, and a journal
// that says the same. whole: no write is in flight, so nothing else is there.
func (l *ledger) check(i *instance, whole bool) {
	i.t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	found := map[string]int{}
	for f := (message.Filter{}); ; {
		p, err := i.app.Messages.List(i.t.Context(), i.reader, underFire, f)
		if err != nil {
			i.t.Fatal(err)
		}
		for _, it := range p.Items {
			if it.Subject == "Under fire" {
				found[string(it.ID)]++
			}
		}
		if p.Next == 0 {
			break
		}
		f.Before = p.Next
	}
	lost, twice := 0, 0
	for id := range l.kept {
		switch n := found[id]; {
		case n == 0:
			lost++
		case n > 1:
			twice++
		}
	}
	if lost > 0 || twice > 0 || whole && len(found) != len(l.kept) {
		i.t.Errorf("of %d acknowledged %d are lost and %d doubled; %d are there", len(l.kept), lost, twice, len(found))
	}
	l.checkJournal(i, found)
}

// checkJournal wants no gap, one entry for each message, and the newest entry
// proven by the stored hashes.
func (l *ledger) checkJournal(i *instance, found map[string]int) {
	i.t.Helper()
	err := i.app.DB.Read(i.t.Context(), func(tx *db.Tx) error {
		size, err := journal.Size(tx, i.number)
		if err != nil {
			return err
		}
		entries, err := journal.List(tx, i.number, journal.Filter{Limit: size + 10})
		if err != nil {
			return err
		}
		if int64(len(entries)) != size {
			i.t.Errorf("%d entries in a journal of %d", len(entries), size)
		}
		of := map[string]int{}
		for k, e := range entries {
			if e.Seq != size-1-int64(k) {
				i.t.Fatalf("entry %d stands %d from the end of %d", e.Seq, k, size)
			}
			if id, ok := strings.CutPrefix(e.Subject, "message/"); ok && found[id] > 0 {
				of[id]++
			}
			if k%97 == 0 {
				if _, err := journal.Prove(tx, e); err != nil {
					i.t.Errorf("entry %d: %v", e.Seq, err)
				}
			}
		}
		for id := range found {
			if of[id] != 1 {
				i.t.Errorf("message %s has %d entries", id, of[id])
			}
		}
		return nil
	})
	if err != nil {
		i.t.Fatal(err)
	}
}
