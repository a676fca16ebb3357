package bench

import (
	"context"
	"debug/elf"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// starts is W7: how long until the program is healthy, what it holds when nobody
// asks, how large it is.
func (r *run) starts(ctx context.Context) error {
	empty := filepath.Join(r.Data, "empty")
	told := filepath.Join(r.Data, "told")
	if r.Database != "" {
		r.report.skip("W7", "start on an empty PostgreSQL database", "the database given holds the world; measured on SQLite")
	}
	defer os.RemoveAll(empty)
	for range max(1, r.plan.starts*r.Rounds) {
		if err := os.RemoveAll(empty); err != nil {
			return err
		}
		if err := os.MkdirAll(empty, 0o700); err != nil {
			return err
		}
		for _, at := range []struct {
			name string
			args []string
		}{
			{"new and empty", []string{"serve", "--data", empty, "--addr", "127.0.0.1:0"}},
			{"empty", []string{"serve", "--data", empty, "--addr", "127.0.0.1:0"}},
			{"demo, told before", []string{"demo", "--data", told, "--addr", "127.0.0.1:0"}},
		} {
			if strings.HasPrefix(at.name, "demo") {
				if err := r.tellStory(ctx, told); err != nil {
					return err
				}
			}
			if err := r.begin(ctx, at.name, at.args); err != nil {
				return err
			}
		}
	}
	return r.weighBinary()
}

// tellStory makes the demonstration once: its start is measured, not its making.
func (r *run) tellStory(ctx context.Context, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "demo.json")); err == nil {
		return nil
	}
	c, err := start(ctx, r.Self, "", "demo", "--data", dir, "--addr", "127.0.0.1:0")
	if err != nil {
		return err
	}
	return c.stop()
}

// begin starts the program and asks whether it is healthy until it is.
func (r *run) begin(ctx context.Context, at string, args []string) error {
	c, err := start(ctx, r.Self, "", args...)
	if err != nil {
		return err
	}
	defer func() { _ = c.stop() }()
	up, err := dial(ctx, c.address)
	if err != nil {
		return err
	}
	defer up.close()
	if _, err := up.do(newRequest("GET", "/healthz", "", nil), http.StatusOK); err != nil {
		return err
	}
	r.report.add(Key{"W7", healthy, ours, at}, "ms", milliseconds(time.Since(c.began)))
	time.Sleep(r.plan.quiet)
	if held, ok := resident(c.cmd.Process.Pid); ok {
		r.report.add(Key{"W7", idleMemory, ours, at}, "MiB", held/(1<<20))
	}
	return nil
}

// weighBinary reads this program's file. What the linker's -s -w leaves out is
// taken off: names of symbols and the sections for debuggers.
func (r *run) weighBinary() error {
	info, err := os.Stat(r.Self)
	if err != nil {
		return err
	}
	f, err := elf.Open(r.Self)
	if err != nil {
		r.report.skip("W7", binarySize, "the program is no ELF file: build it with -ldflags='-s -w' and look")
		return nil
	}
	defer f.Close()
	size := float64(info.Size())
	for _, s := range f.Sections {
		if strings.HasPrefix(s.Name, ".debug_") || s.Name == ".symtab" || s.Name == ".strtab" {
			size -= float64(s.FileSize)
		}
	}
	r.report.add(Key{"W7", binarySize, ours, ""}, "MB", size/1e6)
	return nil
}
