package archive

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
)

// Limits of a file that is read.
const (
	maxParts    = 1 << 20
	maxName     = 100
	maxManifest = 256 << 20
	maxText     = 64 << 10
	maxLine     = 64 << 20 // one row, or one entry with its content
)

// The zip has one form only, that of Go's archive/zip for parts that are stored as
// they are and written one after the other: no times, no comments, nothing between.
// Whoever reads it writes it again, and compares: every byte is content, or follows
// from it.

// box writes a zip part by part and notes what each is.
type box struct {
	zip   *zip.Writer
	files []File
}

func (b *box) part(name string, fill func(w io.Writer) error) error {
	out, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err != nil {
		return err
	}
	sum := sha256.New()
	n := &counted{out: io.MultiWriter(out, sum)}
	buffered := bufio.NewWriterSize(n, 256<<10)
	if err := errors.Join(fill(buffered), buffered.Flush()); err != nil {
		return err
	}
	b.files = append(b.files, File{Name: name, Size: n.done, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}

func (b *box) text(name string, text []byte) error {
	return b.part(name, func(w io.Writer) error { _, err := w.Write(text); return err })
}

type counted struct {
	out  io.Writer
	done int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.out.Write(p)
	c.done += int64(n)
	return n, err
}

// reader is a zip that may be hostile.
type reader struct {
	in    io.ReaderAt
	size  int64
	zip   *zip.Reader
	parts map[string]*zip.File
}

func openZip(in io.ReaderAt, size int64) (*reader, error) {
	z, err := zip.NewReader(in, size)
	if err != nil {
		return nil, malformed("%v", err)
	}
	r := &reader{in: in, size: size, zip: z, parts: map[string]*zip.File{}}
	if len(z.File) > maxParts || z.Comment != "" {
		return nil, malformed("it has too many parts, or a comment")
	}
	for _, f := range z.File {
		if !validName(f.Name) || r.parts[f.Name] != nil {
			return nil, malformed("a part has a name that none has, or that another has")
		}
		if f.Method != zip.Store || f.UncompressedSize64 != f.CompressedSize64 || f.UncompressedSize64 > uint64(size) {
			return nil, malformed("part %q is not stored as it is", f.Name)
		}
		r.parts[f.Name] = f
	}
	return r, nil
}

// validName tells whether a part may be called so: nothing that leads elsewhere when
// somebody unpacks it.
func validName(name string) bool {
	if name == "" || len(name) > maxName || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789./_-") != "" || strings.Count(name, "/") > 1 {
		return false
	}
	for step := range strings.SplitSeq(name, "/") {
		if step == "" || step[0] == '.' || step[0] == '-' || strings.HasSuffix(step, ".") {
			return false
		}
	}
	return true
}

// open gives the content of a part; its end is an error when its sum is wrong.
func (r *reader) open(name string) (io.ReadCloser, error) {
	f := r.parts[name]
	if f == nil {
		return nil, malformed("it holds no %q", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, malformed("%q: %v", name, err)
	}
	return in, nil
}

// text reads a part whole.
func (r *reader) text(name string, most int64) ([]byte, error) {
	in, err := r.open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if r.parts[name].UncompressedSize64 > uint64(most) {
		return nil, malformed("%q has more than %d bytes", name, most)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		return nil, malformed("%q: %v", name, err)
	}
	return text, nil
}

// lines gives each line of a part, without its end. A line is valid until the next.
func (r *reader) lines(name string, each func(text []byte) error) error {
	in, err := r.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	b := bufio.NewReaderSize(in, 256<<10)
	for {
		text, err := nextLine(b, name)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = each(text)
		}
		if err != nil {
			return err
		}
	}
}

func nextLine(b *bufio.Reader, name string) ([]byte, error) {
	var long []byte
	for {
		part, err := b.ReadSlice('\n')
		switch {
		case err == nil && long == nil:
			return part[:len(part)-1], nil
		case len(long)+len(part) > maxLine:
			return nil, malformed("%s: a line of more than %d bytes", name, maxLine)
		}
		long = append(long, part...)
		switch {
		case err == nil:
			return long[:len(long)-1], nil
		case errors.Is(err, io.EOF) && len(long) == 0:
			return nil, io.EOF
		case errors.Is(err, io.EOF):
			return nil, malformed("%s: its last line is cut off", name)
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, malformed("%s: %v", name, err)
		}
	}
}

// again writes the zip anew from its parts, compares it with the file byte by byte,
// and gives what every part is.
func (r *reader) again(progress func(done, total int64)) ([]File, error) {
	same := &compared{in: bufio.NewReaderSize(io.NewSectionReader(r.in, 0, r.size), 1<<20), total: r.size, progress: progress}
	b := &box{zip: zip.NewWriter(same)}
	for _, f := range r.zip.File {
		err := b.part(f.Name, func(w io.Writer) error {
			in, err := r.open(f.Name)
			if err != nil {
				return err
			}
			defer in.Close()
			if _, err = io.Copy(w, in); err != nil && !errors.Is(err, ErrMalformed) {
				err = malformed("%q: %v", f.Name, err)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if err := b.zip.Close(); err != nil {
		return nil, err
	}
	if same.done != r.size {
		return nil, malformed("something stands after its table of parts")
	}
	return b.files, nil
}

// compared takes what is written and wants the same from a file.
type compared struct {
	in          *bufio.Reader
	done, total int64
	progress    func(done, total int64)
	buf         []byte
}

func (c *compared) Write(p []byte) (int, error) {
	if len(c.buf) < len(p) {
		c.buf = make([]byte, len(p))
	}
	n, err := io.ReadFull(c.in, c.buf[:len(p)])
	if err != nil || !bytes.Equal(c.buf[:n], p) {
		return 0, malformed("it is not in its one form near byte %d", c.done)
	}
	if c.done += int64(n); c.progress != nil {
		c.progress(c.done, c.total)
	}
	return n, nil
}
