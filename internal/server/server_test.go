package server_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/session"
)

func config(dir string) server.Config {
	return server.Config{Data: dir, Version: "test", Log: slog.New(slog.DiscardHandler)}
}

// A demonstration is told once; opened again it is the same one, its clock goes
// on, and a token made by another process opens it.
func TestDemoOpensAgain(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	first, _, err := server.NewDemo(ctx, config(dir), server.Options{Seed: 1, Scale: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	told := first.Clock.Now()
	again, teller, err := server.NewDemo(ctx, config(dir), server.Options{Seed: 2, Scale: 1}, func(int, int) { t.Error("told twice") })
	if err != nil || teller != nil {
		t.Fatalf("%v, %v", teller, err)
	}
	if now := again.Clock.Now(); now.Before(told) || now.Sub(told) > time.Hour {
		t.Errorf("the clock went from %v to %v", told, now)
	}
	token, err := again.Sessions.Token(ctx, "officer")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := first.Sessions.Resolve(ctx, token); err != nil || s.Person.Persona != "officer" {
		t.Errorf("through the other process: %+v, %v", s.Person, err)
	}
	for _, a := range []*server.App{first, again} {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"demo.json", "names.toml", "tidewaiter.db"} {
		if i, err := os.Stat(filepath.Join(dir, name)); err != nil || i.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v, %v", name, i, err)
		}
	}
}

// A demonstration is not told over something else, and an instance that is none
// lets nobody be a persona.
func TestNoDemoHere(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	a, err := server.Open(ctx, config(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, persona := range []string{"administrator", "officer", session.Stranger, ""} {
		if token, err := a.Sessions.Token(ctx, persona); err == nil {
			t.Errorf("%q got the token %q", persona, token)
		} else if fault.KindOf(err) == fault.Internal {
			t.Errorf("%q: %v", persona, err)
		}
	}
	if all, err := a.Sessions.Personas(ctx); err != nil || len(all) != 0 {
		t.Errorf("personas %v, %v", all, err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := server.NewDemo(ctx, config(dir), server.Options{Seed: 1, Scale: 1}, nil); err == nil || !strings.Contains(err.Error(), "empty directory") {
		t.Errorf("told over an instance: %v", err)
	}
}

// Serve answers until its context ends, and then lets a running request finish.
func TestServeStops(t *testing.T) {
	a, err := server.Open(t.Context(), config(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx, l, nil) }()
	at := "http://" + l.Addr().String()
	resp, err := http.Get(at + "/healthz")
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("healthz: %v, %v", resp, err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("does not stop")
	}
	if _, err := http.Get(at + "/healthz"); err == nil {
		t.Error("answers after the end")
	}
}
