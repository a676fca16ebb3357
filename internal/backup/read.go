package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
)

// reader reads the lines of the inner form. It believes nothing: what it gives
// out is checked only once end has come.
type reader struct {
	in     *bufio.Reader
	hash   hash.Hash
	header Header
	left   int64 // rows of the table that is being read
	cols   int
	seen   trailer
	blobs  bool            // pieces have begun: no table and no file comes after them
	known  map[string]bool // tables and files that have come
}

// newReader reads the first line.
func newReader(in io.Reader) (*reader, error) {
	r := &reader{in: bufio.NewReaderSize(in, 64<<10), hash: sha256.New(), known: map[string]bool{}}
	line, err := r.line()
	if err != nil {
		return nil, err
	}
	var first struct {
		Form string `json:"form"`
	}
	if err := json.Unmarshal(line, &first); err != nil || first.Form == "" {
		return nil, fmt.Errorf("%w: it is no backup of Tidewaiter", ErrForeign)
	}
	if first.Form != form {
		return nil, fmt.Errorf("%w: its form is %.60q, this program reads %q", ErrForeign, first.Form, form)
	}
	if err := strict(line, &r.header); err != nil {
		return nil, err
	}
	r.hashed(line)
	return r, nil
}

// next gives a *table, a *file, a *piece, a row ([]any) or the *trailer, after which there
// is nothing.
func (r *reader) next() (any, error) {
	line, err := r.line()
	if err != nil {
		return nil, err
	}
	if r.left > 0 {
		r.left--
		r.seen.Rows++
		r.hashed(line)
		return parseRow(line, r.cols)
	}
	switch {
	case bytes.HasPrefix(line, []byte(`{"table":`)):
		return r.table(line)
	case bytes.HasPrefix(line, []byte(`{"file":`)):
		return r.file(line)
	case bytes.HasPrefix(line, []byte(`{"blob":`)):
		return r.piece(line)
	case bytes.HasPrefix(line, []byte(`{"end":`)):
		return r.end(line)
	}
	return nil, damaged("a line that is neither table, row, file nor end")
}

func (r *reader) table(line []byte) (*table, error) {
	t := new(table)
	if err := strict(line, t); err != nil {
		return nil, err
	}
	if t.Rows < 0 || len(t.Columns) == 0 || r.known["table "+t.Table] || r.seen.Files > 0 || r.blobs {
		return nil, damaged("table %.60q is described wrongly, or twice", t.Table)
	}
	r.known["table "+t.Table] = true
	r.left, r.cols = t.Rows, len(t.Columns)
	r.seen.Tables++
	r.hashed(line)
	return t, nil
}

func (r *reader) file(line []byte) (*file, error) {
	f := new(file)
	if err := strict(line, f); err != nil {
		return nil, err
	}
	if !slices.Contains(files, f.File) || r.known["file "+f.File] || r.blobs {
		return nil, damaged("file %.60q does not belong there", f.File)
	}
	r.known["file "+f.File] = true
	r.seen.Files++
	r.hashed(line)
	return f, nil
}

func (r *reader) piece(line []byte) (*piece, error) {
	p := new(piece)
	if err := strict(line, p); err != nil {
		return nil, err
	}
	if p.Last {
		r.seen.Blobs++
	}
	r.blobs = true
	r.hashed(line)
	return p, nil
}

// end compares the trailer with what has come, and wants nothing after it.
func (r *reader) end(line []byte) (*trailer, error) {
	t := new(trailer)
	if err := strict(line, t); err != nil {
		return nil, err
	}
	r.seen.End, r.seen.SHA256 = true, hex.EncodeToString(r.hash.Sum(nil))
	switch {
	case *t != r.seen:
		return nil, damaged("its last line does not fit what stands before it")
	case r.seen.Rows != r.header.Rows:
		return nil, damaged("%d rows, its first line says %d", r.seen.Rows, r.header.Rows)
	}
	if _, err := r.in.ReadByte(); !errors.Is(err, io.EOF) {
		if err == nil {
			err = damaged("something follows its last line")
		}
		return nil, err
	}
	return t, nil
}

// line gives the next line without its end; it is valid until the next call.
func (r *reader) line() ([]byte, error) {
	var long []byte
	for {
		part, err := r.in.ReadSlice('\n')
		if err == nil && long == nil {
			return part[:len(part)-1], nil
		}
		if len(long)+len(part) > maxLine {
			return nil, damaged("a line of more than %d bytes", maxLine)
		}
		long = append(long, part...)
		switch {
		case err == nil:
			return long[:len(long)-1], nil
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil, damaged("it ends before its last line")
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}

func (r *reader) hashed(line []byte) {
	r.hash.Write(line)
	r.hash.Write([]byte{'\n'})
}

// strict decodes a line that is one JSON object in the form in which it was
// written: no unknown field, none twice, nothing after it.
func strict(line []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return damaged("%v", err)
	}
	again, err := json.Marshal(into)
	if err != nil || !bytes.Equal(again, line) {
		return damaged("a line is not in the form in which it was written")
	}
	return nil
}
