package doctor

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/certificate"
)

// Names of what an instance keeps in its data directory.
const (
	databaseFile = "tidewaiter.db"
	demoFile     = "demo.json"
	keyDirectory = "keys"
)

// open are the rights of others on a file.
const open = 0o077

// directory: whoever reads the data directory reads everything.
func (p Patient) directory() []Finding {
	const matter = "data directory"
	i, err := os.Stat(p.Data)
	if err != nil || !i.IsDir() {
		return []Finding{fail(matter, "name the directory of an instance, or make one: tidewaiter init", "%s is no directory that can be read: %v", p.Data, err)}
	}
	var all []Finding
	switch mode := i.Mode().Perm(); {
	case mode&0o022 != 0:
		all = append(all, fail(matter, "chmod 700 "+p.Data, "others may write in it (%04o)", mode))
	case mode&open != 0:
		all = append(all, warn(matter, "chmod 700 "+p.Data, "others may look into it (%04o)", mode))
	default:
		all = append(all, fine(matter, "%s, of its owner only", p.Data))
	}
	for _, name := range []string{databaseFile, databaseFile + "-wal", databaseFile + "-shm", demoFile} {
		i, err := os.Stat(filepath.Join(p.Data, name))
		if err == nil && i.Mode().Perm()&open != 0 {
			all = append(all, fail(matter, "chmod 600 "+filepath.Join(p.Data, name), "%s is open to others (%04o)", name, i.Mode().Perm()))
		}
	}
	return all
}

// keys: a key that others may read proves nothing; one that lies beside the data
// proves nothing against whoever holds the data.
func (p Patient) keys() []Finding {
	var all []Finding
	inside := filepath.Join(p.Data, keyDirectory)
	named, err := filepath.Glob(filepath.Join(inside, "*"))
	if p.Key != "" {
		named = append(named, p.Key)
	}
	for _, name := range named {
		i, statErr := os.Stat(name)
		switch {
		case statErr != nil:
			err = errors.Join(err, statErr)
		case i.Mode().Perm()&open != 0 && !strings.HasSuffix(name, ".pub"):
			all = append(all, fail("keys", "chmod 600 "+name+"; make a new key if somebody may have read it", "%s is open to others (%04o)", name, i.Mode().Perm()))
		}
	}
	if err != nil {
		all = append(all, fail("keys", "name a key that the server may read", "%v", err))
	}
	signing := p.Key
	if own := filepath.Join(inside, "journal.key"); signing == "" && exists(own) {
		signing = own
	}
	switch {
	case signing == "":
	case within(p.Data, signing):
		all = append(all, warn("keys", "move it out, and name it with --key", "the signing key lies in the data directory: it proves nothing against whoever holds that"))
	case len(all) == 0:
		all = append(all, fine("keys", "outside the data directory, of their owner only"))
	}
	return all
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// within tells whether a file lies in a directory, links followed.
func within(dir, name string) bool {
	real := func(path string) string {
		if p, err := filepath.EvalSymlinks(path); err == nil {
			path = p
		}
		path, _ = filepath.Abs(path) // fails where there is no working directory
		return path
	}
	rel, err := filepath.Rel(real(dir), real(name))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// certificate: browsers refuse one that has ended.
func (p Patient) certificate() Finding {
	const matter = "certificate"
	name, cure := p.Certificate, "put a new certificate in its place; the server reads it within a minute"
	if name == "" {
		if name = filepath.Join(p.Data, keyDirectory, "tls.pem"); !exists(name) {
			return fine(matter, "none in the data directory; name one with --tls-cert")
		}
		cure = "start the server with --tls-self-made: it makes a new one"
	}
	c, err := certificate.Read(name)
	if err != nil {
		return fail(matter, cure, "%v", err)
	}
	now, ends := p.Source.Now(), c.NotAfter.Format(time.DateOnly)
	switch left := c.NotAfter.Sub(now); {
	case now.Before(c.NotBefore):
		return fail(matter, "check the clock of this machine, or "+cure, "%s is not good before %s", name, c.NotBefore.Format(time.DateOnly))
	case left <= 0:
		return fail(matter, cure, "%s ended on %s", name, ends)
	case left < 14*24*time.Hour:
		return warn(matter, cure, "%s ends on %s", name, ends)
	}
	return fine(matter, "%s is good until %s", name, ends)
}

// demonstration: anybody may be anybody in it.
func (p Patient) demonstration() Finding {
	if !exists(filepath.Join(p.Data, demoFile)) {
		return fine("demonstration", "none: people sign in with passwords")
	}
	return warn("demonstration", "serve it on loopback only, never behind a proxy that others reach; make an instance with tidewaiter init",
		"this is one: anybody who reaches it may be anybody")
}

// backups: the newest counts.
func (p Patient) backups() Finding {
	const matter, cure = "backups", "make one now, and every day, and see why the last did not come"
	var newest time.Time
	var name string
	err := filepath.WalkDir(p.Backups, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		i, err := d.Info()
		if err == nil && i.Mode().IsRegular() && i.ModTime().After(newest) {
			newest, name = i.ModTime(), path
		}
		return err
	})
	if err != nil {
		return fail(matter, "name the directory that holds them", "%v", err)
	}
	if name == "" {
		return fail(matter, cure, "%s holds none", p.Backups)
	}
	age := p.Source.Now().Sub(newest)
	said := "the newest, " + name + ", is " + age.Round(time.Minute).String() + " old"
	switch {
	case age > 7*24*time.Hour:
		return fail(matter, cure, "%s", said)
	case age > 26*time.Hour:
		return warn(matter, cure, "%s", said)
	}
	return fine(matter, "%s", said)
}
