package door

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Cursors writes places in a journal for readers. Members read the index itself.
// Right holders may not learn how much others do, nor when: theirs is sealed, one
// block of AES over the operation, the index and five random bytes, so that two
// cursors of one place differ as those of two places do.
type Cursors struct{ block cipher.Block }

// NewCursors takes a secret of 32 bytes that all nodes share.
func NewCursors(secret []byte) (*Cursors, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	return &Cursors{block}, nil
}

// Write gives the cursor of an index.
func (c *Cursors) Write(operation, seq int64, sealed bool) string {
	if !sealed {
		return strconv.FormatInt(seq, 10)
	}
	var b [aes.BlockSize]byte
	copy(b[:11], place(operation, seq))
	copy(b[11:], source.Real().Bytes(5))
	c.block.Encrypt(b[:], b[:])
	return hex.EncodeToString(b[:])
}

// place is an operation in five bytes and an index in six.
func place(operation, seq int64) []byte {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(operation))
	binary.BigEndian.PutUint64(b[8:], uint64(seq))
	return append(b[3:8:8], b[10:]...)
}

// Read gives the index behind a cursor, or an Invalid fault for what is none of
// this operation.
func (c *Cursors) Read(operation int64, cursor string, sealed bool) (int64, error) {
	if !sealed {
		if n, err := strconv.ParseInt(cursor, 10, 64); err == nil && n >= 0 {
			return n, nil
		}
		return 0, malformedCursor()
	}
	b, err := hex.DecodeString(cursor)
	if err != nil || len(b) != aes.BlockSize {
		return 0, malformedCursor()
	}
	c.block.Decrypt(b, b)
	seq := int64(binary.BigEndian.Uint64(append([]byte{0, 0}, b[5:11]...)))
	if !bytes.Equal(b[:11], place(operation, seq)) {
		return 0, malformedCursor()
	}
	return seq, nil
}

// Resume is the place after which a stream goes on: Last-Event-ID, which browsers
// send by themselves, or the parameter after; -1: from now.
func (c *Cursors) Resume(r *http.Request, operation int64, sealed bool) (int64, error) {
	last := r.Header.Get("Last-Event-ID")
	if last == "" {
		last = r.URL.Query().Get("after")
	}
	if last == "" {
		return -1, nil
	}
	return c.Read(operation, last, sealed)
}

func malformedCursor() error {
	var p fault.Problems
	p.Add("cursor", "fault.malformed-cursor")
	return p.Fault()
}
