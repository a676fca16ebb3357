package backup

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// writer writes the lines of the inner form.
type writer struct {
	out  *bufio.Writer
	hash hash.Hash // of everything before the trailer
	line []byte
	end  trailer
}

func newWriter(w io.Writer) *writer {
	h := sha256.New()
	return &writer{out: bufio.NewWriterSize(io.MultiWriter(w, h), 256<<10), hash: h, end: trailer{End: true}}
}

func (w *writer) record(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.put(line)
}

func (w *writer) put(line []byte) error {
	if len(line) >= maxLine {
		return damaged("a line of %d bytes, at most %d", len(line), maxLine)
	}
	_, _ = w.out.Write(line)
	return w.out.WriteByte('\n')
}

func (w *writer) row(row []any) (err error) {
	if w.line, err = appendRow(w.line[:0], row); err != nil {
		return err
	}
	w.end.Rows++
	return w.put(w.line)
}

// close writes the trailer; its own bytes are not in its hash.
func (w *writer) close() error {
	if err := w.out.Flush(); err != nil {
		return err
	}
	w.end.SHA256 = hex.EncodeToString(w.hash.Sum(nil))
	if err := w.record(w.end); err != nil {
		return err
	}
	return w.out.Flush()
}

// write puts the snapshot of tx and the files into w. progress may be nil.
func write(tx *db.Tx, w *writer, made time.Time, program string, extra []file, shelf *blob.Disk, progress func(done, total int)) (Header, error) {
	h, tables, counts, err := survey(tx, made, program)
	if err != nil {
		return h, err
	}
	if err := w.record(h); err != nil {
		return h, err
	}
	for i, t := range tables {
		if err := w.record(table{Table: t.Name, Columns: t.Columns, Rows: counts[i]}); err != nil {
			return h, err
		}
		w.end.Tables++
		err := db.Dump(tx, t, func(row []any) error {
			if progress != nil && w.end.Rows%1000 == 0 {
				progress(int(w.end.Rows), int(h.Rows))
			}
			return w.row(row)
		})
		if err != nil {
			return h, err
		}
	}
	for _, f := range extra {
		w.end.Files++
		if err := w.record(f); err != nil {
			return h, err
		}
	}
	if err := w.blobs(tx, shelf); err != nil {
		return h, err
	}
	return h, w.close()
}

// survey tells what there is to write.
func survey(tx *db.Tx, made time.Time, program string) (h Header, tables []db.Table, counts []int64, err error) {
	h = Header{Form: form, Made: made, Program: program, Engine: tx.Engine(), Omitted: slices.Sorted(maps.Keys(omitted))}
	if h.Schema, err = db.Version(tx); err != nil {
		return h, nil, nil, err
	}
	if h.Journals, err = journal.Heads(tx); err != nil {
		return h, nil, nil, err
	}
	all, err := db.Tables(tx)
	if err != nil {
		return h, nil, nil, err
	}
	for _, t := range all {
		if omitted[t.Name] != "" {
			continue
		}
		n, err := db.Count(tx, t)
		if err != nil {
			return h, nil, nil, err
		}
		tables, counts, h.Rows = append(tables, t), append(counts, n), h.Rows+n
	}
	return h, tables, counts, nil
}
