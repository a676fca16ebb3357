package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/bench/bare"
	"github.com/tidewaiter/tidewaiter/internal/bench/world"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

// unlimited lifts what bounds one person: how often it asks, how many streams it has.
const unlimited = 1_000_000

// Role is what a process is that a benchmark starts from its own binary.
type Role struct {
	Name     string // ours or bare
	Data     string
	Database string
	Size     world.Size
	Profile  string
}

// Play serves on a free port of 127.0.0.1 until in ends, so that no server
// outlives the benchmark, however that ends. It prints "ready HOST:PORT". Lines
// of in are orders; each is answered with a line:
//
//	memory        bytes of heap and stacks in use, after a collection
//	profile NAME  begins a CPU profile
//	end           ends it
func (r Role) Play(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer l.Close()
	serve, err := r.open(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "ready %s\n", l.Addr())
	go func() {
		defer stop()
		r.obey(in, out)
	}()
	return serve(ctx, l)
}

func (r Role) open(ctx context.Context) (func(context.Context, net.Listener) error, error) {
	switch r.Name {
	case bared:
		s, err := bare.Open(ctx, r.Data, r.Database, r.Size)
		if err != nil {
			return nil, err
		}
		return s.Serve, nil
	case ours:
		app, err := server.Open(ctx, server.Config{Data: r.Data, Database: r.Database, Version: "bench",
			RateFactor: unlimited, Streams: unlimited, // a few people stand for many
			Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))})
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, l net.Listener) error {
			defer app.Close()
			return app.Serve(ctx, l, nil)
		}, nil
	}
	return nil, fmt.Errorf("bench: no role %q", r.Name)
}

func (r Role) obey(in io.Reader, out io.Writer) {
	var profile *os.File
	for lines := bufio.NewScanner(in); lines.Scan(); {
		order, name, _ := strings.Cut(lines.Text(), " ")
		said := "ok"
		switch order {
		case "memory":
			said = fmt.Sprint(inUse())
		case "profile":
			f, err := os.Create(filepath.Join(r.Profile, filepath.Base(name)+".pprof"))
			if err == nil {
				profile, err = f, pprof.StartCPUProfile(f)
			}
			if err != nil {
				said = err.Error()
			}
		case "end":
			pprof.StopCPUProfile()
			if profile != nil {
				_ = profile.Close()
			}
		}
		fmt.Fprintln(out, said)
	}
}

// inUse is what lives on the heap, and the stacks of goroutines.
func inUse() uint64 {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}
