package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

const (
	sheets = 12 // so many times the rows of the real sheet, under keys of their own
	rows   = sheets * 428
)

// manySheets writes the real sheet several times over into one file.
func manySheets(t *testing.T) string {
	t.Helper()
	in, err := os.Open(filepath.Join("..", "..", "testdata", "import", "airport-seizures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	all, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "many.csv")
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := csv.NewWriter(out)
	_ = w.Write(all[0])
	for copy := range sheets {
		for _, row := range all[1:] {
			_ = w.Write(append([]string{strconv.Itoa(copy) + "-" + row[0]}, row[1:]...))
		}
	}
	if w.Flush(); w.Error() != nil {
		t.Fatal(w.Error())
	}
	return name
}

// asWorkbook writes a sheet as XLSX, and the mapping of the real one for it.
func asWorkbook(t *testing.T, path string) (book, mapping string) {
	t.Helper()
	in, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	enc, _ := sheet.Encoding("windows-1252")
	text, err := enc.NewDecoder().String(string(in))
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	w, err := workbook.NewWriter()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s, err := w.Sheet("Seizures", false)
	for _, row := range all {
		cells := make([]workbook.Cell, len(row))
		for i, c := range row {
			cells[i] = workbook.Text(c)
		}
		err = errors.Join(err, s.Row(cells))
	}
	var b bytes.Buffer
	if err = errors.Join(err, w.Write(&b)); err != nil {
		t.Fatal(err)
	}
	known, err := os.ReadFile(airportMapping)
	if err != nil {
		t.Fatal(err)
	}
	known = regexp.MustCompile(`(?m)^encoding = .*$`).ReplaceAll(known, []byte(`encoding = "xlsx"`))
	known = regexp.MustCompile(`(?m)^delimiter = .*$`).ReplaceAll(known, nil)
	book, mapping = filepath.Join(t.TempDir(), "many.xlsx"), filepath.Join(t.TempDir(), "many.toml")
	if err := errors.Join(os.WriteFile(book, b.Bytes(), 0o600), os.WriteFile(mapping, known, 0o600)); err != nil {
		t.Fatal(err)
	}
	return book, mapping
}

var airportMapping = filepath.Join("..", "..", "testdata", "import", "airport-seizures.toml")

// told is a demonstration in a directory of its own, and somebody who reads along.
func told(t *testing.T) (data string, figures func() results.Figures) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	servertest.Copy(t, data)
	c := server.Config{Data: data, Version: "test", Log: slog.New(slog.DiscardHandler)}
	app, _, err := server.NewDemo(t.Context(), c, server.Options{Seed: 1, Scale: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := app.Close(); err != nil {
			t.Error(err)
		}
	})
	who, err := new(shared).actor(t.Context(), app, asker{persona: string(access.Officer)})
	if err != nil {
		t.Fatal(err)
	}
	return data, func() results.Figures {
		t.Helper()
		_, f, err := app.Results.Read(t.Context(), who, "import-trial")
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
}

// TestKilledImportGoesOn kills an import without warning (SIGKILL) at several
// points and starts it again: nothing that was counted is lost, nothing doubled.
func TestKilledImportGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the whole binary several times")
	}
	text := manySheets(t)
	book, mapping := asWorkbook(t, text)
	t.Run("csv", func(t *testing.T) { killed(t, text, airportMapping) })
	t.Run("xlsx", func(t *testing.T) { killed(t, book, mapping) })
}

func killed(t *testing.T, sheet, mapping string) {
	data, figures := told(t)
	imports := func() *exec.Cmd {
		return exec.Command("tidewaiter", "import", "--data", data, "--operation", "import-trial", "--json", "--mapping", mapping, sheet)
	}
	var kept int64
	killed, empty := 0, figures()
	for _, until := range []int64{1, rows / 4, rows / 2, rows * 3 / 4} {
		cmd := imports()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for limit := time.Now().Add(patience); figures().Cases < until && time.Now().Before(limit); {
		}
		seen := figures().Cases
		_ = cmd.Process.Kill()
		if cmd.Wait() != nil {
			killed++
		}
		now := figures()
		if now.Cases < seen || now.Cases < kept {
			t.Fatalf("%d cases after the kill, %d had been counted before", now.Cases, max(seen, kept))
		}
		kept = now.Cases
		if now.AsOf-empty.AsOf != now.Cases-empty.Cases {
			t.Errorf("%d entries in the journal for %d cases", now.AsOf-empty.AsOf, now.Cases-empty.Cases)
		}
	}
	if killed < 3 {
		t.Fatalf("only %d imports were killed half-way: the sheet is too short for this machine", killed)
	}
	finish(t, imports, kept)
	if f := figures(); f.Cases != rows || f.Totals["H87"] != sheets*9934e6 || f.Totals["KGM"] != sheets*32951_970000 {
		t.Errorf("in the end %d cases, %v", f.Cases, f.Totals)
	}
}

// finish lets the import run to its end: what was kept is unchanged, the rest new.
func finish(t *testing.T, imports func() *exec.Cmd, kept int64) {
	t.Helper()
	cmd := imports()
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var said struct{ Rows, Accepted, Refused, Unchanged int64 }
	if err := json.Unmarshal(text, &said); err != nil {
		t.Fatal(err)
	}
	if said.Rows != rows || said.Unchanged != kept || said.Accepted != rows-kept || said.Refused != 0 {
		t.Errorf("the last import said %+v, %d had been kept", said, kept)
	}
}
