package evidence

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
)

// Limits of a bundle that is read. One that is made stays below them.
const (
	maxParts = 1000
	maxName  = 60
	maxSize  = 1<<32 - 1 // bytes of all: the zip has no 64-bit fields
)

// The zip has one form only: nothing is compressed, nothing is optional, every
// part follows the one before. So there is one file for its parts, and whatever
// was changed in it shows.
const (
	localSign, centralSign, endSign = 0x04034b50, 0x02014b50, 0x06054b50
	localSize, centralSize, endSize = 30, 46, 22

	made, needed = 20, 10 // versions of the format: 2.0 on FAT made it, 1.0 reads it
	day          = 0x21   // 1980-01-01, the first that can be said
)

// part is one file of a bundle.
type part struct {
	name   string
	size   int64
	crc    uint32
	offset int64 // of its header
}

// ErrMalformed: the file is not a bundle of the one form.
var ErrMalformed = errors.New("not a bundle")

func malformed(text string, args ...any) error {
	return fmt.Errorf("%w: "+text, append([]any{ErrMalformed}, args...)...)
}

// local is the header before a part.
func (p part) local() []byte {
	b := make([]byte, 0, localSize+len(p.name))
	b = binary.LittleEndian.AppendUint32(b, localSign)
	b = appendShorts(b, needed, 0, 0, 0, day)
	b = p.measures(b)
	b = appendShorts(b, uint16(len(p.name)), 0)
	return append(b, p.name...)
}

// central is the line of a part in the table at the end.
func (p part) central() []byte {
	b := make([]byte, 0, centralSize+len(p.name))
	b = binary.LittleEndian.AppendUint32(b, centralSign)
	b = appendShorts(b, made, needed, 0, 0, 0, day)
	b = p.measures(b)
	b = appendShorts(b, uint16(len(p.name)), 0, 0, 0, 0, 0, 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(p.offset))
	return append(b, p.name...)
}

func (p part) measures(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, p.crc)
	b = binary.LittleEndian.AppendUint32(b, uint32(p.size))
	return binary.LittleEndian.AppendUint32(b, uint32(p.size))
}

func appendShorts(b []byte, values ...uint16) []byte {
	for _, v := range values {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	return b
}

// end is what stands after the table.
func end(parts, size, offset int) []byte {
	b := binary.LittleEndian.AppendUint32(nil, endSign)
	b = appendShorts(b, 0, 0, uint16(parts), uint16(parts))
	b = binary.LittleEndian.AppendUint32(b, uint32(size))
	b = binary.LittleEndian.AppendUint32(b, uint32(offset))
	return appendShorts(b, 0)
}

// place gives parts their offsets, and tells how long the zip is.
func place(parts []part) (int64, error) {
	at, table := int64(0), int64(0)
	for i := range parts {
		parts[i].offset = at
		at += localSize + int64(len(parts[i].name)) + parts[i].size
		table += centralSize + int64(len(parts[i].name))
	}
	size := at + table + endSize
	if size > maxSize || len(parts) > maxParts {
		return 0, errors.New("evidence: the bundle is too large")
	}
	return size, nil
}

// table is all that follows the last part.
func table(parts []part) []byte {
	var b []byte
	at := int64(0)
	for _, p := range parts {
		b = append(b, p.central()...)
		at = p.offset + localSize + int64(len(p.name)) + p.size
	}
	return append(b, end(len(parts), len(b), int(at))...)
}

// readParts finds the parts of a zip and compares all that is not content with
// what it must be.
func readParts(in io.ReaderAt, size int64) ([]part, error) {
	if size < endSize || size > maxSize {
		return nil, malformed("a file of %d bytes", size)
	}
	last, err := readAt(in, size-endSize, endSize)
	if err != nil {
		return nil, err
	}
	count := int(binary.LittleEndian.Uint16(last[10:]))
	length, begin := int64(binary.LittleEndian.Uint32(last[12:])), int64(binary.LittleEndian.Uint32(last[16:]))
	if binary.LittleEndian.Uint32(last) != endSign || count > maxParts || length > int64(count)*(centralSize+maxName) || begin+length+endSize != size {
		return nil, malformed("its end is not that of such a zip")
	}
	lines, err := readAt(in, begin, length+endSize)
	if err != nil {
		return nil, err
	}
	parts, err := readTable(lines[:length], count)
	if err != nil {
		return nil, err
	}
	if _, err := place(parts); err != nil || !slices.Equal(table(parts), lines) {
		return nil, malformed("its table of parts is not as it must be")
	}
	for _, p := range parts {
		want := p.local()
		got, err := readAt(in, p.offset, int64(len(want)))
		if err != nil {
			return nil, err
		}
		if !slices.Equal(got, want) {
			return nil, malformed("the header before %s is not as it must be", p.name)
		}
	}
	return parts, nil
}

// readTable reads the lines of the table; what they hold beside names, sizes and
// sums is compared afterwards.
func readTable(b []byte, count int) ([]part, error) {
	var parts []part
	seen := map[string]bool{}
	for range count {
		if len(b) < centralSize {
			return nil, malformed("its table of parts is cut off")
		}
		n := int(binary.LittleEndian.Uint16(b[28:]))
		if len(b) < centralSize+n {
			return nil, malformed("its table of parts is cut off")
		}
		p := part{name: string(b[centralSize : centralSize+n]), size: int64(binary.LittleEndian.Uint32(b[20:])), crc: binary.LittleEndian.Uint32(b[16:])}
		if !validName(p.name) || seen[p.name] {
			return nil, malformed("a part has a name that none has, or that another has")
		}
		seen[p.name] = true
		parts = append(parts, p)
		b = b[centralSize+n:]
	}
	if len(b) > 0 {
		return nil, malformed("something stands after its table of parts")
	}
	return parts, nil
}

// validName tells whether a part may be called so: nothing that leads elsewhere
// when somebody unpacks it.
func validName(name string) bool {
	if name == "" || len(name) > maxName || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789./-") != "" {
		return false
	}
	for step := range strings.SplitSeq(name, "/") {
		if step == "" || step[0] == '.' || step[0] == '-' || strings.HasSuffix(step, ".") {
			return false
		}
	}
	return strings.Count(name, "/") <= 1
}

func readAt(in io.ReaderAt, at, n int64) ([]byte, error) {
	b := make([]byte, n)
	if _, err := in.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	} else if err != nil {
		if got, _ := io.ReadFull(io.NewSectionReader(in, at, n), b); int64(got) != n {
			return nil, malformed("it is cut off")
		}
	}
	return b, nil
}

// content reads a part, whose sum it must have.
func (p part) content(in io.ReaderAt) io.Reader {
	return &summed{in: io.NewSectionReader(in, p.offset+localSize+int64(len(p.name)), p.size), want: p}
}

// summed reads to the end and compares the sum.
type summed struct {
	in   io.Reader
	want part
	crc  uint32
	read int64
}

func (s *summed) Read(b []byte) (int, error) {
	n, err := s.in.Read(b)
	s.crc, s.read = crc32.Update(s.crc, crc32.IEEETable, b[:n]), s.read+int64(n)
	if errors.Is(err, io.EOF) && (s.read != s.want.size || s.crc != s.want.crc) {
		return n, malformed("%s is not what its sum says", s.want.name)
	}
	return n, err
}
