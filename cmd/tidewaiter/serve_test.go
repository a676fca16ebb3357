package main

import (
	"net"
	"path/filepath"
	"testing"
	"time"
)

// systemd is told once the server is ready, where it waits for that.
func TestNotify(t *testing.T) {
	name := filepath.Join(t.TempDir(), "notify")
	l, err := net.ListenPacket("unixgram", name)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	notify(t.Context(), "")
	notify(t.Context(), name+"x")
	notify(t.Context(), name)
	if err := l.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 64)
	if n, _, err := l.ReadFrom(b); err != nil || string(b[:n]) != "READY=1" {
		t.Errorf("%q, %v", b[:n], err)
	}
}
