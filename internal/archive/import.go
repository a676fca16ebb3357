package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Imported is what came of taking an operation in.
type Imported struct {
	Manifest  Manifest
	Unchanged bool              // it stands here already, as the file has it
	Bodies    int               // organisations that were not here
	People    int               // in the file
	Renamed   map[string]string // logins that were taken: what they are now
	Left      []LeftHat         // hats that nobody got: the administrator gives them by hand, or does not
	Trusted   bool              // a key that was given signed the file
}

// LeftHat is a hat in the file of a body that stood here before the import. Who acts
// for such a body is said here, and not by whoever made a file.
type LeftHat struct {
	Login        string // here
	Organisation int64
	Name         string // of the body, as the file has it
	Position     string
	ContactPoint string
}

// imported is what the entry operation.import says.
type imported struct {
	Origin   string `json:"origin"`
	Size     int64  `json:"size"`
	Root     string `json:"root"`
	Manifest string `json:"manifest"` // SHA-256
	Program  string `json:"program"`
}

// Import takes in a whole operation from the file of another instance, with every
// record under the number that it has there: the journal's leaves hold those of the
// operation and of organisations, so they must be free here, or be the very same
// bodies. Nothing is written before the file was checked, the operation was put
// together in a scratch database, and every row was held against its entry. The
// administrator does. The same file again changes nothing.
func (s *Store) Import(ctx context.Context, who access.Actor, path string, o Options) (Imported, error) {
	if !access.May(who, access.OperationImport) {
		return Imported{}, fault.Missing()
	}
	out, err := s.importFile(ctx, who, path, o)
	if err != nil {
		return out, fmt.Errorf("%s: %w", access.OperationImport, err)
	}
	return out, nil
}

func (s *Store) importFile(ctx context.Context, who access.Actor, path string, o Options) (out Imported, err error) {
	f, size, err := opened(path)
	if err != nil {
		return out, err
	}
	defer f.Close()
	c, err := Check(f, size, o)
	if err != nil {
		return out, err
	}
	out.Manifest, out.Trusted = c.Manifest, c.Trusted
	if !c.Fine() {
		return out, fmt.Errorf("%w: %d findings, the first: %s", ErrFound, int64(len(c.Findings))+c.More, c.Findings[0])
	}
	leave, err := s.vault.Alone()
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, leave()) }()
	if out.Unchanged, err = s.stands(ctx, c.Manifest); err != nil || out.Unchanged {
		return out, err
	}
	r, err := openZip(f, size)
	if err != nil {
		return out, err
	}
	come, found, err := assemble(ctx, r, c.Manifest, s.source)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, come.close()) }()
	if !found.Fine() {
		return out, fmt.Errorf("%w: %d findings, the first: %s", ErrFound, int64(len(found.Findings))+found.More, found.Findings[0])
	}
	// What cannot stand here is said before the files are brought in.
	if err := s.db.Read(ctx, func(tx *db.Tx) error { _, err := come.fits(tx); return err }); err != nil {
		return out, err
	}
	blobs, err := s.bring(ctx, r, come)
	if err == nil {
		err = s.db.Write(ctx, "", func(tx *db.Tx) error { return s.take(tx, who, come, c, &out) })
	}
	if err != nil {
		err = errors.Join(err, s.takeBack(context.WithoutCancel(ctx), blobs))
	}
	return out, err
}

// stands tells whether the operation is here already, as the file has it or further on.
func (s *Store) stands(ctx context.Context, m Manifest) (same bool, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		o, err := operation.ByNumber(tx, m.Operation.Number)
		if errors.Is(err, db.ErrNone) || err == nil && string(o.ID) != m.Operation.ID {
			return nil
		}
		if err != nil {
			return err
		}
		size, err := journal.Size(tx, o.Number)
		if err == nil && size >= m.Journals[0].Size {
			var head journal.Head
			head, err = journal.HeadAt(tx, o.Number, m.Journals[0].Size)
			same = head.Root == m.Journals[0].Root
		}
		if err == nil && !same {
			err = fmt.Errorf("%w: operation %s is here, and its journal is not that of the file: it was taken in from another file, or has gone on there since. "+
				"Take the file into an instance that does not hold it", ErrTaken, o.Code)
		}
		return err
	})
	return same, err
}

// fits wants every number free that the operation needs, or the very same body under
// it, and gives the bodies that are not here.
func (s *scratch) fits(tx *db.Tx) (missing map[int64]bool, err error) {
	var taken []string
	say := func(text string, args ...any) { taken = append(taken, fmt.Sprintf(text, args...)) }
	if s.operation.Number > organisation.MaxNumber || slices.ContainsFunc(s.bodies, func(o organisation.Organisation) bool { return o.Number > organisation.MaxNumber }) {
		return nil, malformed("a number is above %d", organisation.MaxNumber)
	}
	here, err := operation.Codes(tx)
	if err != nil {
		return nil, err
	}
	for _, o := range here {
		switch {
		case o.Number == s.operation.Number:
			say("number %d is that of operation %s here", o.Number, o.Code)
		case o.Code == s.operation.Code:
			say("operation %s has number %d here, and %d in the file", o.Code, o.Number, s.operation.Number)
		}
	}
	missing = map[int64]bool{}
	var highest int64
	for _, o := range s.bodies {
		highest = max(highest, o.Number)
		at, errNumber := organisation.One(tx, o.Number)
		same, errID := organisation.ByID(tx, o.ID)
		switch {
		case errNumber == nil && at.ID == o.ID:
		case errNumber == nil:
			say("number %d is that of %q here, and of %q in the file", o.Number, at.Name, o.Name)
		case errID == nil:
			say("%q has number %d here, and %d in the file", o.Name, same.Number, o.Number)
		case errors.Is(errNumber, db.ErrNone) && errors.Is(errID, db.ErrNone):
			missing[o.Number] = true
		default:
			return nil, errors.Join(errNumber, errID)
		}
	}
	if len(taken) > 0 {
		return nil, fmt.Errorf("%w: %s. The journal's leaves hold these numbers, so they cannot be changed. Make an instance with "+
			"tidewaiter init --number %d, and take the file in there", ErrTaken, strings.Join(taken[:min(len(taken), 5)], "; "), highest+1)
	}
	return missing, nil
}

// take is the change: everything, or nothing.
func (s *Store) take(tx *db.Tx, who access.Actor, come *scratch, c *Checked, out *Imported) error {
	if _, err := journal.Lock(tx, journal.Instance); err != nil {
		return err
	}
	missing, err := come.fits(tx)
	if err != nil {
		return err
	}
	now := s.source.Now()
	out.Bodies, out.People = len(missing), len(come.people)
	if err := come.enter(tx, s.journal, who, s.source, now, func(body int64) bool { return missing[body] }, false, out); err != nil {
		return err
	}
	into, err := db.Into(tx)
	if err != nil {
		return err
	}
	to := &copying{scratch: come, to: tx, into: into}
	if err := come.Read(context.Background(), to.rows); err != nil {
		return err
	}
	number := come.operation.Number
	if err := notice.Begin(tx, number, c.Manifest.Journals[0].Size); err != nil {
		return err
	}
	_, err = s.journal.Append(tx, journal.Entry{Operation: journal.Instance, At: now, Actor: who.Name(), Organisation: who.Organisation,
		Verb: string(access.OperationImport), Subject: "operation/" + string(come.operation.ID)},
		journal.Content{After: imported{Origin: c.Manifest.Origin, Size: c.Manifest.Journals[0].Size, Root: c.Manifest.Journals[0].Root,
			Manifest: c.sum, Program: c.Manifest.Program}})
	return err
}

// copying is an operation on its way from the scratch to where it belongs.
type copying struct {
	*scratch
	to   *db.Tx
	into *db.Loader
}

// rows puts in everything that the scratch has of the operation.
func (c *copying) rows(tx *db.Tx) error {
	all, err := db.Tables(tx)
	if err != nil {
		return err
	}
	for _, t := range all {
		column, leaves, err := own(t)
		if err != nil {
			return err
		}
		if !leaves {
			continue
		}
		rows := batch{insert: func(rows [][]any) error { return errors.Join(c.into.Insert(t.Name, t.Columns, rows), c.stop()) }}
		err = db.DumpOf(tx, t, column, c.operation.Number, func(row []any) error { return rows.add(slices.Clone(row)) })
		if err == nil {
			err = rows.flush()
		}
		if err != nil {
			return err
		}
	}
	for _, j := range c.manifest.Journals {
		if err := c.journal(tx, j); err != nil {
			return err
		}
	}
	return nil
}

func (c *copying) journal(tx *db.Tx, j Journal) error {
	a, err := journal.Adopt(c.to, c.into, j.Operation)
	if err != nil {
		return err
	}
	if _, err = journal.EachWhole(tx, j.Operation, j.Size, func(w journal.Whole) error { return errors.Join(a.Take(w), c.stop()) }); err != nil {
		return err
	}
	head, err := a.Done()
	if err == nil && head.Root != j.Root {
		err = fmt.Errorf("archive: %s: %w", j.File, journal.ErrTampered)
	}
	return err
}
