package workbook_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// What does not fit into memory lies in no file that has a name: a program that is
// killed leaves nothing of what was in a workbook. All of it is in the workbook all
// the same.
func TestNothingIsLeftBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	w, err := workbook.NewWriter()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	const text = "heron: remarks of a case that nobody else may read"
	var sheets [2]*workbook.Sheet
	for i, name := range []string{"a", "b"} {
		if sheets[i], err = w.Sheet(name, false, 16); err != nil {
			t.Fatal(err)
		}
	}
	cells := make([]workbook.Cell, 12)
	for i := range cells {
		cells[i] = workbook.Text(text)
	}
	const rows = 25_000
	for range rows {
		for _, s := range sheets {
			if err := s.Row(cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	files := 0
	named := func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("%s has a name", path)
		}
		return err
	}
	if err := filepath.WalkDir(dir, named); err != nil {
		t.Fatal(err)
	}
	open, _ := filepath.Glob("/proc/self/fd/*") // where the system shows them
	for _, f := range open {
		if to, _ := os.Readlink(f); strings.HasPrefix(to, dir) {
			files++
		}
	}
	if len(open) > 0 && files != len(sheets) {
		t.Errorf("%d temporary files: the test writes too little to tell", files)
	}
	var out bytes.Buffer
	if err := errors.Join(w.Write(&out), w.Close()); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	book, err := workbook.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b"} {
		in, err := book.Rows(name)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for {
			rec, err := in.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || len(rec.Cells) != len(cells) || rec.Cells[len(cells)-1] != text {
				t.Fatalf("row %d: %v, %v", n+1, rec, err)
			}
			n++
		}
		if err := in.Close(); err != nil || n != rows {
			t.Errorf("%s: %d rows, %v", name, n, err)
		}
	}
}
