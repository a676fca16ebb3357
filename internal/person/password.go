package person

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// The length of a password in characters.
const (
	MinPassword = 12
	MaxPassword = 256
)

// Cost of a hash: OWASP's first choice for argon2id (19 MiB, 2 passes, 1 lane).
const (
	memory  = 19 * 1024 // KiB
	passes  = 2
	lanes   = 1
	saltLen = 16
	keyLen  = 32
)

// Hasher hashes and compares passwords, at most one a processor at a time: each
// takes 19 MiB. Never use it inside a unit of work. Safe for concurrent use.
type Hasher struct {
	source *source.Source
	slots  chan struct{}
	work   atomic.Int64
}

// NewHasher makes a hasher whose salts come from the source.
func NewHasher(s *source.Source) *Hasher {
	return &Hasher{source: s, slots: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)))}
}

// Hash gives the PHC string of a password: $argon2id$v=19$m=..,t=..,p=..$salt$key.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := h.source.Bytes(saltLen)
	key, err := h.key(ctx, password, salt, memory, passes, lanes, keyLen)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, lanes,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// Matches tells whether the password is the one behind a PHC string. An empty or
// damaged string matches nothing and takes the same work, so that an unknown
// person looks like a known one.
func (h *Hasher) Matches(ctx context.Context, phc, password string) (bool, error) {
	p, ok := parsePHC(phc)
	if !ok {
		p = stored{memory: memory, passes: passes, lanes: lanes, salt: make([]byte, saltLen), key: make([]byte, keyLen)}
	}
	key, err := h.key(ctx, password, p.salt, p.memory, p.passes, p.lanes, uint32(len(p.key)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, p.key) == 1 && ok, nil
}

// Work is the number of hashes computed so far.
func (h *Hasher) Work() int64 { return h.work.Load() }

func (h *Hasher) key(ctx context.Context, password string, salt []byte, memory, passes uint32, lanes uint8, length uint32) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	h.work.Add(1)
	return argon2.IDKey([]byte(normal(password)), salt, passes, memory, lanes, length), nil
}

type stored struct {
	memory, passes uint32
	lanes          uint8
	salt, key      []byte
}

func parsePHC(phc string) (stored, bool) {
	var s stored
	var version int
	part := strings.Split(phc, "$")
	if len(part) != 6 || part[0] != "" || part[1] != "argon2id" {
		return s, false
	}
	if _, err := fmt.Sscanf(part[2], "v=%d", &version); err != nil || version != argon2.Version {
		return s, false
	}
	if _, err := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &s.memory, &s.passes, &s.lanes); err != nil {
		return s, false
	}
	// A stored hash must not be able to exhaust the machine.
	if s.memory < 8 || s.memory > 256*1024 || s.passes < 1 || s.passes > 10 || s.lanes < 1 || s.lanes > 8 {
		return s, false
	}
	var err, err2 error
	s.salt, err = base64.RawStdEncoding.DecodeString(part[4])
	s.key, err2 = base64.RawStdEncoding.DecodeString(part[5])
	return s, err == nil && err2 == nil && len(s.salt) >= 8 && len(s.key) >= 16 && len(s.key) <= 128
}

// normal makes the same password of what two keyboards send (NIST SP 800-63B-4,
// 3.1.1.2). What is too long to be a password is cut, not hashed at length.
func normal(password string) string {
	if len(password) > 4*MaxPassword {
		password = password[:4*MaxPassword]
	}
	return norm.NFKC.String(password)
}

// checkPassword says why a password is not taken, on the field "password".
func checkPassword(password string, p Person) error {
	var problems fault.Problems
	length := utf8.RuneCountInString(normal(password))
	switch {
	case !utf8.ValidString(password):
		problems.Add("password", "fault.not-utf8")
	case strings.ContainsFunc(password, unicode.IsControl):
		problems.Add("password", "fault.control-character")
	case len(password) > 4*MaxPassword || length > MaxPassword:
		problems.Add("password", "fault.too-long", fault.Args{"max": int64(MaxPassword)})
	case length < MinPassword:
		problems.Add("password", "fault.too-short", fault.Args{"min": int64(MinPassword)})
	case guessable(password):
		problems.Add("password", "person.password-common")
	case own(password, p):
		problems.Add("password", "person.password-own")
	}
	return problems.Fault()
}

// NewSecret makes a token of 256 random bits, base64url. Only its hash is stored.
func NewSecret(s *source.Source) string { return base64.RawURLEncoding.EncodeToString(s.Bytes(32)) }

// HashSecret is how a token stands in the database: hex SHA-256. A token has 256
// bits, so it needs neither salt nor slowness.
func HashSecret(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
