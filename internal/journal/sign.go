package journal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// InstanceName stands for an operation's code in the origin of the instance's
// own journal; no operation may have it as its code.
const InstanceName = "instance"

// maxKeyName is the longest name of a key, in bytes.
const maxKeyName = 100

// Signer signs with the one key of an instance (Ed25519, in the form of
// golang.org/x/mod/sumdb/note). Safe for concurrent use.
type Signer struct {
	note     note.Signer
	verifier string
	seed     []byte
}

// NewKey makes a key with a name, such as customs.example/ipr: private
// ("PRIVATE+KEY+NAME+HASH+DATA") signs and stays secret, verifier
// ("NAME+HASH+DATA") is for everybody. A name has neither spaces nor plus signs
// and at most 100 bytes.
func NewKey(name string) (private, verifier string, err error) {
	private, _, err = note.GenerateKey(bytes.NewReader(source.Real().Bytes(ed25519.SeedSize)), name)
	if err != nil {
		return "", "", fmt.Errorf("journal: new key: %w", err)
	}
	s, err := ReadSigner(private)
	if err != nil {
		return "", "", err
	}
	return private, s.Verifier(), nil
}

// ReadSigner reads a private key. The error says nothing of its text.
func ReadSigner(private string) (*Signer, error) {
	private = strings.TrimSpace(private)
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, errors.New("journal: this is no private key (PRIVATE+KEY+NAME+HASH+DATA)")
	}
	if n := signer.Name(); len(n) > maxKeyName || strings.ContainsFunc(n, control) {
		return nil, errors.New("journal: the key's name is too long, or has characters that no name has")
	}
	// The data are what follows the fourth plus sign: base64 itself may hold some.
	parts := strings.SplitN(private, "+", 5)
	data, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
	if err != nil || len(data) != 1+ed25519.SeedSize {
		return nil, errors.New("journal: this is no Ed25519 key")
	}
	seed := data[1:]
	public, _ := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	verifier, err := note.NewEd25519VerifierKey(signer.Name(), public)
	if err != nil {
		return nil, fmt.Errorf("journal: verifier: %w", err)
	}
	return &Signer{note: signer, verifier: verifier, seed: seed}, nil
}

func control(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }

// Name is the key's name.
func (s *Signer) Name() string { return s.note.Name() }

// Verifier is the public key, for whoever checks what was signed.
func (s *Signer) Verifier() string { return s.verifier }

// Secret derives 32 bytes from the key that nobody can foresee without it, the
// same for the same label (HKDF-SHA256, RFC 5869).
func (s *Signer) Secret(label string) []byte {
	b, err := hkdf.Key(sha256.New, s.seed, nil, "tidewaiter secret 1 "+label, 32)
	if err != nil {
		panic("journal: secret: " + err.Error()) // only for lengths that are not asked
	}
	return b
}

// Origin names one journal of one instance: NAME/CODE.
func Origin(name, code string) string { return name + "/" + code }

// Receipt says, signed, that an entry stands in the journal of the operation
// with that code: at its index, unless that is not to be told, with its leaf's hash.
func (s *Signer) Receipt(code string, e Entry, placed bool) string {
	r := Receipt{Origin: Origin(s.Name(), code), Index: e.Seq, Leaf: tlog.RecordHash(e.Leaf())}
	if !placed {
		r.Index = Unplaced
	}
	return s.sign(r.text())
}

// Checkpoint says, signed, what the journal of the operation with that code is:
// its size and the root of its tree (C2SP tlog-checkpoint).
func (s *Signer) Checkpoint(code string, size int64, root tlog.Hash) string {
	return s.sign(Checkpoint{Origin: Origin(s.Name(), code), Size: size, Root: root}.text())
}

func (s *Signer) sign(text string) string {
	signed, err := note.Sign(&note.Note{Text: text}, s.note)
	if err != nil {
		panic("journal: sign: " + err.Error()) // a text that is not ours: codes and hashes are plain
	}
	return string(signed)
}
