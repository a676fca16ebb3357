package main

import (
	"bytes"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
)

// TestInstanceOnEachEngine makes an instance and serves it, with --database and
// with the variable of the environment.
func TestInstanceOnEachEngine(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		data := t.TempDir()
		var errs bytes.Buffer
		made := exec.Command("tidewaiter", "init", "--data", data, "--database", url, "--organisation", "Example Customs", "--login", "root",
			"--name", "First Administrator", "--url", "")
		made.Stderr = &errs
		link, err := made.Output()
		if err != nil || !strings.HasPrefix(string(link), "/invitation/") {
			t.Fatalf("init: %q, %v\n%s", link, err, &errs)
		}
		serve := exec.Command("tidewaiter", "serve", "--data", data, "--addr", "127.0.0.1:0")
		serve.Env = append(serve.Environ(), "TIDEWAITER_DATABASE="+url)
		serve.Stderr = &errs
		out, err := serve.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := serve.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = serve.Process.Kill() }()
		line := make([]byte, 200)
		n, _ := out.Read(line)
		address, ok := strings.CutPrefix(strings.TrimSpace(string(line[:n])), "ready ")
		if !ok {
			t.Fatalf("serve said %q\n%s", line[:n], &errs)
		}
		for _, path := range []string{"/healthz", strings.TrimSpace(string(link))} {
			resp, err := http.Get(address + path)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				t.Errorf("%s answered %d", path, resp.StatusCode)
			}
		}
		if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := serve.Wait(); err != nil {
			t.Errorf("serve did not end cleanly: %v\n%s", err, &errs)
		}
	})
}
