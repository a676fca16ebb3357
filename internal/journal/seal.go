package journal

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// sealForm is the first line of a seal: the version of the form.
const sealForm = "tidewaiter seal 1"

// Seal is what a signed seal says: that the instance gave out something with this
// digest for a journal.
type Seal struct {
	Origin string // NAME/CODE
	SHA256 string // hexadecimal
}

func (s Seal) text() string { return fmt.Sprintf("%s\n%s\n%s\n", sealForm, s.Origin, s.SHA256) }

// Seal says, signed, that the instance gave out something with this SHA-256 (in
// hexadecimal) for the operation with that code.
func (s *Signer) Seal(code, sha256 string) string {
	return s.sign(Seal{Origin: Origin(s.Name(), code), SHA256: sha256}.text())
}

// OpenSeal reads a signed seal; see OpenCheckpoint. It has one signature.
func OpenSeal(signed string, verifiers ...string) (Seal, error) {
	text, names, err := open(signed, verifiers)
	if text == "" {
		return Seal{}, err
	}
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] != sealForm || strings.Count(signed, "\n") != 5 {
		return Seal{}, fmt.Errorf("%w: a seal has three lines, the first %q, and one signature", ErrMalformed, sealForm)
	}
	s := Seal{Origin: lines[1], SHA256: lines[2]}
	if b, wrong := hex.DecodeString(s.SHA256); wrong != nil || len(b) != 32 || hex.EncodeToString(b) != s.SHA256 {
		return Seal{}, fmt.Errorf("%w: %q is no SHA-256", ErrMalformed, s.SHA256)
	}
	return s, vouched(s.Origin, names, err)
}
