package journal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Errors of a signed note that is read.
var (
	// ErrMalformed: the text is not of the form that was asked for.
	ErrMalformed = errors.New("journal: not of this form")
	// ErrUnverified: the form is right, but no key that was given signed it.
	ErrUnverified = errors.New("journal: not signed by a key that was given")
)

// maxNote is the longest signed note that is read, in bytes.
const maxNote = 64 << 10

// receiptForm is the first line of a receipt: the version of the form.
const receiptForm = "tidewaiter receipt 1"

// Checkpoint is what a signed checkpoint says.
type Checkpoint struct {
	Origin string // NAME/CODE
	Size   int64
	Root   tlog.Hash
}

// text is the form of C2SP tlog-checkpoint.
func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
}

// Receipt is what a signed receipt says.
type Receipt struct {
	Origin string    // NAME/CODE
	Index  int64     // Unplaced: not told, the leaf alone finds the entry
	Leaf   tlog.Hash // RFC 6962 leaf hash of Entry.Leaf
}

// Unplaced is the index in a receipt for whoever may not learn how much others do.
const Unplaced int64 = -1

func (r Receipt) text() string {
	at := strconv.FormatInt(r.Index, 10)
	if r.Index == Unplaced {
		at = "-"
	}
	return fmt.Sprintf("%s\n%s\n%s\n%s\n", receiptForm, r.Origin, at, r.Leaf)
}

// CodeOf gives the operation's code at the end of an origin.
func CodeOf(origin string) string { return origin[strings.LastIndexByte(origin, '/')+1:] }

// CheckVerifier tells what is wrong with the text of a verifier key.
func CheckVerifier(key string) error {
	if _, err := note.NewVerifier(strings.TrimSpace(key)); err != nil {
		return fmt.Errorf("journal: this is no verifier key (NAME+HASH+DATA): %w", err)
	}
	return nil
}

// NameOf is the name in a verifier key.
func NameOf(verifier string) string {
	name, _, _ := strings.Cut(verifier, "+")
	return name
}

// OpenCheckpoint reads a signed checkpoint. With ErrUnverified the checkpoint is
// given all the same: its form is right, and nobody vouches for it. The name of
// the key that signed must begin the origin.
func OpenCheckpoint(signed string, verifiers ...string) (Checkpoint, error) {
	text, names, err := open(signed, verifiers)
	if text == "" {
		return Checkpoint{}, err
	}
	lines := strings.Split(text, "\n")
	// Lines after the third are extensions, which nobody needs to know.
	if len(lines) < 4 {
		return Checkpoint{}, fmt.Errorf("%w: a checkpoint has three lines", ErrMalformed)
	}
	c := Checkpoint{Origin: lines[0]}
	var wrong error
	if c.Size, wrong = number(lines[1]); wrong != nil {
		return Checkpoint{}, wrong
	}
	if c.Root, wrong = hash(lines[2]); wrong != nil {
		return Checkpoint{}, wrong
	}
	return c, vouched(c.Origin, names, err)
}

// OpenReceipt reads a signed receipt; see OpenCheckpoint.
func OpenReceipt(signed string, verifiers ...string) (Receipt, error) {
	text, names, err := open(signed, verifiers)
	if text == "" {
		return Receipt{}, err
	}
	lines := strings.Split(text, "\n")
	if len(lines) != 5 || lines[0] != receiptForm {
		return Receipt{}, fmt.Errorf("%w: a receipt has four lines, the first %q", ErrMalformed, receiptForm)
	}
	r := Receipt{Origin: lines[1]}
	var wrong error
	if r.Index = Unplaced; lines[2] != "-" {
		if r.Index, wrong = number(lines[2]); wrong != nil {
			return Receipt{}, wrong
		}
	}
	if r.Leaf, wrong = hash(lines[3]); wrong != nil {
		return Receipt{}, wrong
	}
	return r, vouched(r.Origin, names, err)
}

// open gives the text of a note and the names of the given keys that signed it.
// The text is not empty with ErrUnverified.
func open(signed string, verifiers []string) (text string, names []string, err error) {
	if len(signed) > maxNote {
		return "", nil, fmt.Errorf("%w: too long", ErrMalformed)
	}
	var known []note.Verifier
	given := map[string]bool{}
	for _, v := range verifiers {
		v = strings.TrimSpace(v)
		if given[v] {
			continue
		}
		given[v] = true
		key, err := note.NewVerifier(v)
		if err != nil {
			return "", nil, CheckVerifier(v)
		}
		known = append(known, key)
	}
	n, err := note.Open([]byte(signed), note.VerifierList(known...))
	if unverified, ok := errors.AsType[*note.UnverifiedNoteError](err); ok {
		return unverified.Note.Text, nil, ErrUnverified
	}
	if bad, ok := errors.AsType[*note.InvalidSignatureError](err); ok {
		return "", nil, fmt.Errorf("journal: the signature of %s is false", bad.Name)
	}
	if err != nil {
		return "", nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	for _, s := range n.Sigs {
		names = append(names, s.Name)
	}
	return n.Text, names, nil
}

// vouched tells whether one of the names that signed owns the origin.
func vouched(origin string, names []string, err error) error {
	if strings.LastIndexByte(origin, '/') < 1 || CodeOf(origin) == "" {
		return fmt.Errorf("%w: the origin %q is not NAME/CODE", ErrMalformed, origin)
	}
	if err != nil {
		return err
	}
	for _, name := range names {
		if Origin(name, CodeOf(origin)) == origin {
			return nil
		}
	}
	return ErrUnverified
}

// number reads a number of entries or an index in its one form.
func number(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != text {
		return 0, fmt.Errorf("%w: %q is no number", ErrMalformed, text)
	}
	return n, nil
}

func hash(text string) (tlog.Hash, error) {
	h, err := tlog.ParseHash(text)
	if err != nil || base64.StdEncoding.EncodeToString(h[:]) != text {
		return h, fmt.Errorf("%w: %q is no hash", ErrMalformed, text)
	}
	return h, nil
}
