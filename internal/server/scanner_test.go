package server

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
)

// A scanner's exit code is what it says; one that is not there says nothing.
func TestScannerProgram(t *testing.T) {
	script := filepath.Join(t.TempDir(), "scan")
	if err := os.WriteFile(script, []byte("#!/bin/sh\ncase \"$(cat)\" in *bad*) exit 1;; *odd*) exit 2;; esac\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		program, file, said string
		refused             bool
	}{
		{script, "fine", attachment.Clean, false}, {script, "bad", attachment.Unscanned, true}, {script, "odd", attachment.Unscanned, false},
		{script + "-nowhere", "fine", attachment.Unscanned, false},
	} {
		if said, refused := program(c.program)(t.Context(), strings.NewReader(c.file)); said != c.said || refused != c.refused {
			t.Errorf("%+v: %s, %v", c, said, refused)
		}
	}
}
