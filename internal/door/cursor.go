package door

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Cursors writes places in a journal for readers. Members read the index itself.
// Right holders may not learn how much others do, so theirs is sealed: one block
// of AES over the operation and the index, the same again for the same place.
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
	binary.BigEndian.PutUint64(b[:8], uint64(operation))
	binary.BigEndian.PutUint64(b[8:], uint64(seq))
	c.block.Encrypt(b[:], b[:])
	return hex.EncodeToString(b[:])
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
	if int64(binary.BigEndian.Uint64(b[:8])) != operation {
		return 0, malformedCursor()
	}
	return int64(binary.BigEndian.Uint64(b[8:])), nil
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
