package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"syscall"
	"time"

	"filippo.io/age"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Name is what a blob is called on its shelf: 32 hexadecimal digits, random, so
// that a name says nothing of what it holds.
type Name string

// ValidName tells whether a text can be the name of a blob.
func ValidName(n Name) bool {
	if len(n) != 32 {
		return false
	}
	for i := range len(n) {
		if c := n[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// Shelf holds bytes under names.
type Shelf interface {
	// Put takes what write writes. When it returns nil, the whole is on the disk;
	// otherwise nothing of it is there under the name. A name is never used twice:
	// fs.ErrExist where something stands under it, which stays as it is.
	Put(name Name, write func(io.Writer) error) error
	// Open gives the bytes; fs.ErrNotExist: there are none.
	Open(name Name) (io.ReadCloser, error)
	// Remove takes it away; what is not there is no error.
	Remove(name Name) error
	// Each calls do for everything that is there, and when it was put there.
	Each(do func(name Name, at time.Time) error) error
	// Alone keeps others out who ask for the same, in other processes, too, until
	// leave, or until this process ends. ErrBusy: somebody is in.
	Alone() (leave func() error, err error)
}

// ErrBusy: somebody else puts a whole operation onto the shelf.
var ErrBusy = errors.New("an import into this data directory is under way: try again when it has ended")

// Stored is what was put into a vault.
type Stored struct {
	Name   Name
	Size   int64  // bytes, before encryption
	SHA256 string // of those bytes, hexadecimal
}

// Vault encrypts what goes onto a shelf. Safe for concurrent use.
type Vault struct {
	Shelf
	keys   *Keys
	source *source.Source
}

// NewVault makes a vault; source gives the names.
func NewVault(s Shelf, k *Keys, src *source.Source) *Vault { return &Vault{s, k, src} }

// Lock puts all of r away for an operation, named by its UUID.
func (v *Vault) Lock(operation string, r io.Reader) (Stored, error) {
	return v.LockAs(operation, Name(hex.EncodeToString(v.source.Bytes(16))), r)
}

// LockAs is Lock under a name that rows have already: of an operation that comes
// from another instance.
func (v *Vault) LockAs(operation string, name Name, r io.Reader) (Stored, error) {
	key, err := v.keys.of(operation)
	if err != nil {
		return Stored{}, err
	}
	out := Stored{Name: name}
	sum := sha256.New()
	err = v.Put(out.Name, func(w io.Writer) error {
		sealed, err := age.Encrypt(w, key.Recipient())
		if err != nil {
			return err
		}
		if out.Size, err = io.Copy(io.MultiWriter(sealed, sum), r); err != nil {
			return err
		}
		return sealed.Close()
	})
	if err != nil {
		return Stored{}, said(err)
	}
	out.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return out, nil
}

// said names the troubles of a disk as the database's are named.
func said(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.Of(fault.Unavailable, "fault.disk-full").Because(err)
	case errors.Is(err, syscall.EROFS):
		return fault.Of(fault.Unavailable, "fault.read-only").Because(err)
	}
	return err
}

// Unlock gives what Lock took. Bytes that were changed on the shelf end in an
// error before they are given out.
func (v *Vault) Unlock(operation string, name Name) (io.ReadCloser, error) {
	key, err := v.keys.held(operation)
	if err != nil {
		return nil, err
	}
	f, err := v.Open(name)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	plain, err := age.Decrypt(f, key)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("blob: %s: %w", name, err), f.Close())
	}
	return opened{plain, f}, nil
}

type opened struct {
	io.Reader
	io.Closer
}

// Missing tells of an error that bytes, or the key to them, are not there.
func Missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
