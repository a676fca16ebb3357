package backup

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"filippo.io/age"
)

// Recipients are whom a backup is encrypted to. The zero value encrypts to nobody.
type Recipients struct{ all []age.Recipient }

// Identities are what reads an encrypted backup.
type Identities struct{ all []age.Identity }

// ParseRecipients reads recipients (age1..., age1pq1...): those given one by one
// and those in a file, one a line, # for remarks.
func ParseRecipients(given []string, fromFile string) (Recipients, error) {
	var to Recipients
	for _, one := range given {
		all, err := age.ParseRecipients(strings.NewReader(one))
		if err != nil || len(all) != 1 {
			return to, fmt.Errorf("backup: %.20q... is no recipient of age (age1...)", one)
		}
		to.all = append(to.all, all[0])
	}
	if fromFile == "" {
		return to, nil
	}
	f, err := os.Open(fromFile)
	if err != nil {
		return to, err
	}
	defer f.Close()
	all, err := age.ParseRecipients(f)
	if err != nil {
		return to, fmt.Errorf("backup: recipients in %s: %w", fromFile, err)
	}
	to.all = append(to.all, all...)
	return to, nil
}

// None tells whether nobody is given.
func (r Recipients) None() bool { return len(r.all) == 0 }

// ReadIdentities reads a file of identities (AGE-SECRET-KEY-...); no file gives none.
func ReadIdentities(name string) (Identities, error) {
	if name == "" {
		return Identities{}, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return Identities{}, err
	}
	defer f.Close()
	all, err := age.ParseIdentities(f)
	if err != nil {
		// What stands in the file is a secret: the library's words may quote it.
		return Identities{}, fmt.Errorf("backup: %s holds no identity of age (AGE-SECRET-KEY-...)", name)
	}
	return Identities{all}, nil
}

// None tells whether nothing is given.
func (i Identities) None() bool { return len(i.all) == 0 }

// NewIdentity writes a new identity (ML-KEM-768 with X25519) to a file that does
// not exist yet, readable by its owner only, and gives its recipient.
func NewIdentity(name string, made time.Time) (recipient string, err error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	recipient = id.Recipient().String()
	_, err = fmt.Fprintf(f, "# created: %s\n# public key: %s\n%s\n", made.Format(time.RFC3339), recipient, id)
	return recipient, errors.Join(err, f.Sync(), f.Close())
}
