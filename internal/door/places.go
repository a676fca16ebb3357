package door

import (
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Place is a place in the journal of an operation.
type Place struct{ Operation, Seq int64 }

// placeSize is the bytes of one place; maxPlaces bounds a cursor.
const (
	placeSize = 11
	maxPlaces = 1000
)

// Places writes places in several journals as one cursor, sealed for every reader:
// among the operations may be one in which it may not learn how much others do.
func (c *Cursors) Places(all []Place) string {
	if len(all) == 0 {
		return ""
	}
	var plain []byte
	for _, p := range all {
		plain = append(plain, place(p.Operation, p.Seq)...)
	}
	seal := c.seal()
	nonce := source.Real().Bytes(seal.NonceSize())
	return base64.RawURLEncoding.EncodeToString(seal.Seal(nonce, nonce, plain, nil))
}

// ReadPlaces gives the places behind a cursor, or an Invalid fault.
func (c *Cursors) ReadPlaces(cursor string) ([]Place, error) {
	seal := c.seal()
	if len(cursor) > 2*placeSize*maxPlaces {
		return nil, malformedCursor()
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(b) < seal.NonceSize() {
		return nil, malformedCursor()
	}
	plain, err := seal.Open(nil, b[:seal.NonceSize()], b[seal.NonceSize():], nil)
	if err != nil || len(plain) == 0 || len(plain)%placeSize != 0 {
		return nil, malformedCursor()
	}
	var out []Place
	for ; len(plain) > 0; plain = plain[placeSize:] {
		var wide [16]byte
		copy(wide[3:8], plain[:5])
		copy(wide[10:], plain[5:placeSize])
		out = append(out, Place{int64(binary.BigEndian.Uint64(wide[:8])), int64(binary.BigEndian.Uint64(wide[8:]))})
	}
	return out, nil
}

func (c *Cursors) seal() cipher.AEAD {
	seal, err := cipher.NewGCM(c.block)
	if err != nil {
		panic("door: " + err.Error()) // a block of AES always makes one
	}
	return seal
}
