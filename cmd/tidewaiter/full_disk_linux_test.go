package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// smallDisk is a file system of its own in memory, with room for the instance and
// a little more.
type smallDisk struct {
	t    *testing.T
	path string
	size int64 // bytes
}

// mountDisk mounts a small disk, or skips the test where that is not allowed.
func mountDisk(t *testing.T) *smallDisk {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("NOT RUN: only root may mount a small disk")
	}
	d := &smallDisk{t: t, path: t.TempDir(), size: 256 << 20}
	err := syscall.Mount("tmpfs", d.path, "tmpfs", 0, d.options())
	if errors.Is(err, syscall.EPERM) && os.Getenv("TIDEWAITER_REQUIRE_MOUNT") != "1" {
		t.Skipf("NOT RUN: root may not mount here: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(d.path, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return d
}

// leave takes all room but so many bytes.
func (d *smallDisk) leave(spare int64) {
	d.t.Helper()
	var s syscall.Statfs_t
	if err := syscall.Statfs(d.path, &s); err != nil {
		d.t.Fatal(err)
	}
	d.size = int64(s.Blocks-s.Bfree)*s.Bsize + spare
	d.remount(0, 0)
}

func (d *smallDisk) options() string { return "mode=700,size=" + byteCount(d.size) }

// remount changes the disk while it is used, as an administrator does.
func (d *smallDisk) remount(flags uintptr, more int64) {
	d.t.Helper()
	d.size += more
	if err := syscall.Mount("tmpfs", d.path, "tmpfs", syscall.MS_REMOUNT|flags, d.options()); err != nil {
		d.t.Fatal(err)
	}
}

// TestFullDisk fills the disk under the real server: writes are refused in words
// and in JSON, pages are still read, the log says it once; once there is room the
// server goes on by itself, and everything acknowledged is there. Then the disk is
// read-only: the server says what is wrong and does not start.
func TestFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("fills a disk")
	}
	disk := mountDisk(t)
	c := demonstration(t, disk.path, "")
	i := look(t, c)
	i.close()
	disk.leave(2 << 20)
	n, l := newNode(t, disk.path, ""), newLedger()
	n.start()
	refused := fill(t, i, n, l)
	if refused == (sent{}) || l.size() == 0 {
		t.Fatalf("%d writes were taken, none refused", l.size())
	}
	readsOn(t, i, n)
	disk.remount(0, 32<<20)
	for k := range 30 {
		m := refused // the very write that was refused, again
		if k > 0 {
			m = sent{ID: source.Real().ID(), Body: strings.Repeat("after ", 1500)}
		}
		if status, text, err := i.send(client(), *n.address.Load(), m); err != nil || status != http.StatusCreated {
			t.Fatalf("with room again: %d, %v: %s", status, err, text)
		}
		l.acknowledged(m)
	}
	n.stop()
	// At the brink it may go to and fro; each time it is said once.
	refuses, takes := strings.Count(n.errs.String(), "the database refuses work"), strings.Count(n.errs.String(), "the database takes writes again")
	if refuses != takes || refuses < 1 || refuses > 10 || strings.Count(n.errs.String(), `"level":"ERROR"`) != refuses {
		t.Errorf("logged %d refusals, %d ends:\n%.4000s", refuses, takes, strings.Join(errorsIn(n.errs.String()), "\n"))
	}
	end := look(t, c)
	l.check(end, true)
	end.close()
	intact(t, filepath.Join(disk.path, "tidewaiter.db"))
	disk.leave(0)
	failsToStart(t, disk, "disk of this server is full")
	disk.remount(syscall.MS_RDONLY, 0)
	failsToStart(t, disk, "not write", disk.path, "read-only file system")
}

// fill writes until nothing is taken any more, not even something small and not
// even after the log has been moved into the file; it gives the last refused write.
func fill(t *testing.T, i *instance, n *node, l *ledger) sent {
	t.Helper()
	refusals := 0
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 5000 {
		m := sent{ID: source.Real().ID(), Body: strings.Repeat("filling ", 2000)}
		if refusals > 0 {
			m.Body = "small"
			<-tick.C
		}
		status, text, err := i.send(client(), *n.address.Load(), m)
		switch {
		case err == nil && status == http.StatusCreated:
			l.acknowledged(m)
			refusals = 0
		case err == nil && status == http.StatusServiceUnavailable && strings.Contains(text, "fault.disk-full"):
			if refusals++; refusals == 40 {
				return m
			}
		default:
			t.Fatalf("on a disk that fills: %d, %v: %s", status, err, text)
		}
	}
	return sent{}
}

// readsOn reads and tries to write while nothing can be stored.
func readsOn(t *testing.T, i *instance, n *node) {
	t.Helper()
	address := *n.address.Load()
	for _, path := range []string{"/", "/o/import-trial/", "/o/import-trial/m/", "/o/import-trial/c/", "/api/v1/operations/import-trial/messages", "/healthz"} {
		if status, text, err := i.get(client(), address, path); err != nil || status != http.StatusOK {
			t.Errorf("%s on a full disk: %d, %v: %.300s", path, status, err, text)
		}
	}
	form := url.Values{"step": {"send"}, "id": {source.Real().ID()}, "to": {"enforcement"}, "language": {"en"}, "tlp": {"AMBER"},
		"subject": {"Typed with care"}, "body": {strings.Repeat("Kept for the writer. ", 400)}}
	req, err := http.NewRequest(http.MethodPost, address+"/o/import-trial/m/new/general", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.AddCookie(&http.Cookie{Name: "language", Value: "en"})
	status, text, err := i.do(client(), req)
	if err != nil || status != http.StatusServiceUnavailable || !strings.Contains(text, "Kept for the writer.") ||
		!strings.Contains(text, "Typed with care") || !strings.Contains(text, "disk of this server is full") {
		t.Errorf("the form on a full disk: %d, %v: %.300s", status, err, text)
	}
}

// failsToStart wants a clear word where a server cannot even begin.
func failsToStart(t *testing.T, disk *smallDisk, words ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	out, err := exec.CommandContext(ctx, "tidewaiter", "serve", "--data", disk.path, "--addr", "127.0.0.1:0").CombinedOutput()
	if err == nil {
		t.Errorf("started: %s", out)
	}
	for _, w := range words {
		if !strings.Contains(string(out), w) {
			t.Errorf("does not say %q: %v, %s", w, err, out)
		}
	}
	if strings.Contains(string(out), "ready") {
		t.Errorf("said it was ready: %s", out)
	}
}

func byteCount(n int64) string { return strconv.FormatInt(n, 10) }

// errorsIn are the lines of a log that are no requests.
func errorsIn(log string) []string {
	return slices.DeleteFunc(strings.Split(log, "\n"), func(line string) bool { return strings.Contains(line, `"msg":"request"`) })
}
