package backup

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"filippo.io/age"
)

// How files begin.
const (
	ageMagic   = "age-encryption.org/v1\n"
	armorMagic = "-----BEGIN AGE"
	gzipMagic  = "\x1f\x8b"
)

// sealSize is the length of what seal gives.
var sealSize = len(seal(make([]byte, sha256.Size)))

// seal is what stands at the end of the compressed bytes: a second, empty member
// of the gzip file with their SHA-256 as its comment. gzip itself leaves some
// bits of a file unchecked; with the seal none is.
func seal(sum []byte) []byte {
	var b bytes.Buffer
	b.WriteString(gzipMagic + "\x08\x10\x00\x00\x00\x00\x00\xff") // deflate, with a comment, no time, no system
	b.WriteString("sha256 " + hex.EncodeToString(sum) + "\x00")
	b.WriteString("\x03\x00" + "\x00\x00\x00\x00\x00\x00\x00\x00") // nothing, its CRC and its length
	return b.Bytes()
}

// wrapper is where the inner form goes: through gzip, the seal and age.
type wrapper struct {
	*gzip.Writer
	out  io.Writer
	hash hash.Hash
	age  io.WriteCloser // nil: not encrypted
}

// wrap writes to out; without recipients it does not encrypt.
func wrap(out io.Writer, to Recipients) (*wrapper, error) {
	w := &wrapper{out: out, hash: sha256.New()}
	if len(to.all) > 0 {
		var err error
		if w.age, err = age.Encrypt(out, to.all...); err != nil {
			return nil, fmt.Errorf("backup: encrypt: %w", err)
		}
		w.out = w.age
	}
	var err error
	w.Writer, err = gzip.NewWriterLevel(io.MultiWriter(w.out, w.hash), gzip.BestSpeed)
	return w, err
}

// Close ends all layers, but not the file.
func (w *wrapper) Close() error {
	if err := w.Writer.Close(); err != nil {
		return err
	}
	if _, err := w.out.Write(seal(w.hash.Sum(nil))); err != nil {
		return err
	}
	if w.age != nil {
		return w.age.Close()
	}
	return nil
}

// unwrap gives the inner form of a backup. Its errors are ErrDamaged, ErrForeign,
// or what an identity lacks.
func unwrap(in io.Reader, with Identities) (inner io.Reader, encrypted bool, err error) {
	b := bufio.NewReaderSize(in, 32<<10)
	first, _ := b.Peek(len(ageMagic))
	in = b
	switch {
	case string(first) == ageMagic:
		if len(with.all) == 0 {
			return nil, true, errors.New("backup: the file is encrypted: give the identity that reads it")
		}
		if in, err = age.Decrypt(b, with.all...); err != nil {
			if _, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
				return nil, true, errors.New("backup: the file is not encrypted to this identity")
			}
			return nil, true, damaged("%v", err)
		}
		encrypted = true
	case bytes.HasPrefix(first, []byte(armorMagic)):
		return nil, true, fmt.Errorf("%w: it is in age's text form: turn it into the binary one first", ErrForeign)
	case !bytes.HasPrefix(first, []byte(gzipMagic)):
		return nil, false, fmt.Errorf("%w: it is no backup of Tidewaiter", ErrForeign)
	}
	sealed := bufio.NewReaderSize(&unsealer{in: in, hash: sha256.New()}, 32<<10)
	z, err := gzip.NewReader(sealed)
	if err != nil {
		return nil, encrypted, asDamaged(err)
	}
	z.Multistream(false)
	return &unwrapped{z: z, sealed: sealed}, encrypted, nil
}

// asDamaged says of an error in reading that the file is damaged.
func asDamaged(err error) error {
	if err == nil || errors.Is(err, ErrDamaged) || errors.Is(err, ErrForeign) {
		return err
	}
	return damaged("%v", err)
}

// unwrapped ends only when the seal, too, was right.
type unwrapped struct {
	z      *gzip.Reader
	sealed *bufio.Reader
}

func (u *unwrapped) Read(p []byte) (int, error) {
	n, err := u.z.Read(p)
	if !errors.Is(err, io.EOF) {
		return n, asDamaged(err)
	}
	switch _, after := u.sealed.ReadByte(); {
	case after == nil:
		return n, damaged("something follows what was compressed")
	case !errors.Is(after, io.EOF):
		return n, asDamaged(after)
	}
	return n, io.EOF
}

// unsealer gives everything but the seal, and compares that at the end.
type unsealer struct {
	in    io.Reader
	hash  hash.Hash
	held  []byte // read and not given out
	chunk [32 << 10]byte
	ended bool
}

func (u *unsealer) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for !u.ended && len(u.held) <= sealSize {
		n, err := u.in.Read(u.chunk[:])
		u.held = append(u.held, u.chunk[:n]...)
		switch {
		case errors.Is(err, io.EOF):
			u.ended = true
		case err != nil:
			return 0, asDamaged(err)
		}
	}
	n := copy(p, u.held[:max(0, len(u.held)-sealSize)])
	if n == 0 {
		if !bytes.Equal(u.held, seal(u.hash.Sum(nil))) {
			return 0, damaged("the bytes are not those that were written")
		}
		return 0, io.EOF
	}
	u.hash.Write(p[:n])
	u.held = u.held[n:]
	return n, nil
}
