package world_test

import (
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/bench/world"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

// A world is made once on either engine, holds what its size says, and its people
// may do what people of an operation may.
func TestWorld(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		ctx, data, size := t.Context(), t.TempDir(), world.Tiny
		if strings.HasPrefix(url, "sqlite:") {
			url = ""
		}
		w, err := world.Open(ctx, data, url, size, nil)
		if err != nil {
			t.Fatal(err)
		}
		again, err := world.Open(ctx, data, url, size, nil)
		if err != nil || !w.Made || again.Made {
			t.Fatalf("made %v, again %v, %v", w.Made, again.Made, err)
		}
		app, err := server.Open(ctx, server.Config{Data: data, Database: url, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		defer app.Close()
		for _, token := range w.Tokens {
			s, err := app.Sessions.Resolve(ctx, token)
			if err != nil {
				t.Fatal(err)
			}
			_, f, err := app.Results.Read(ctx, s.Actor, world.Cases)
			if err != nil {
				t.Fatal(err)
			}
			if f.Cases != int64(size.Cases) || len(f.NotCounted) != 0 {
				t.Fatalf("%d cases, not counted %v; want %d", f.Cases, f.NotCounted, size.Cases)
			}
		}
		if _, err := world.Open(ctx, data, url, world.Default, nil); err == nil {
			t.Error("a world of another size was taken")
		}
	})
}

// TestMake times the making of a larger world, when asked to.
func TestMake(t *testing.T) {
	name := os.Getenv("BENCH_WORLD")
	if name == "" {
		t.Skip("BENCH_WORLD names no size")
	}
	size, err := world.SizeOf(name)
	if err != nil {
		t.Fatal(err)
	}
	data := os.Getenv("BENCH_DATA")
	w, err := world.Open(t.Context(), data, os.Getenv("BENCH_DATABASE"), size, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d lines, %v", size.Lines(), w.Took)
}
