// Package source is where time, ids and randomness come from.
//
// A store that needs one of them has a *Source as a field, set where the
// server is built. Real reads the machine; Story is a clock that stands still
// until it is set and random bytes that repeat with the seed, for tests and for
// the demonstration world. Sessions always use the real one.
package source

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"sync"
	"time"
)

// Source gives the time, ids and random bytes. Safe for concurrent use.
type Source struct {
	mu   sync.Mutex
	now  func() time.Time
	rand io.Reader
}

// Real is the machine's clock and randomness.
func Real() *Source { return &Source{now: time.Now, rand: rand.Reader} }

// Story is a clock that stands at start and randomness that repeats with seed.
func Story(start time.Time, seed uint64) *Source {
	var key [32]byte
	for i := range 8 {
		key[i] = byte(seed >> (8 * i))
	}
	s := &Source{rand: mathrand.NewChaCha8(key)}
	s.now = func() time.Time { return start }
	return s
}

// Set moves a story's clock.
func (s *Source) Set(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = func() time.Time { return t }
}

// Run lets a story's clock go on from t, as if it had been t when the machine's
// clock showed since, at a pace: 1 is the machine's own. Several processes that
// serve one demonstration agree on the time that way.
func (s *Source) Run(t, since time.Time, pace float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = func() time.Time { return t.Add(time.Duration(float64(time.Since(since)) * pace)) }
}

// Now is the time in UTC, cut to microseconds, which is what both engines keep.
func (s *Source) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now().UTC().Truncate(time.Microsecond)
}

// Bytes gives n random bytes.
func (s *Source) Bytes(n int) []byte {
	b := make([]byte, n)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := io.ReadFull(s.rand, b); err != nil {
		panic("source: no randomness: " + err.Error())
	}
	return b
}

// ID makes a UUIDv7 (RFC 9562) from the clock and the randomness.
func (s *Source) ID() string {
	b := s.Bytes(16)
	ms := s.Now().UnixMilli()
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	b[6] = 0x70 | b[6]&0x0f
	b[8] = 0x80 | b[8]&0x3f
	return format(b)
}

// Named makes a UUIDv8 (RFC 9562) from names: the same names, the same id. Whoever
// writes what came from a file again so writes the same record again.
func Named(names ...string) string {
	h := sha256.New()
	for _, n := range names {
		fmt.Fprintf(h, "%d:%s", len(n), n)
	}
	b := h.Sum(nil)[:16]
	b[6] = 0x80 | b[6]&0x0f
	b[8] = 0x80 | b[8]&0x3f
	return format(b)
}

func format(b []byte) string {
	var out [36]byte
	hex.Encode(out[0:8], b[0:4])
	hex.Encode(out[9:13], b[4:6])
	hex.Encode(out[14:18], b[6:8])
	hex.Encode(out[19:23], b[8:10])
	hex.Encode(out[24:36], b[10:16])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return string(out[:])
}

// ValidID tells whether id is a UUID in its canonical lower-case form; any
// version is taken, since writers make ids themselves.
func ValidID(id string) bool {
	if len(id) != 36 {
		return false
	}
	for i := range len(id) {
		c := id[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
				return false
			}
		}
	}
	return true
}
