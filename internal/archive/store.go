package archive

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store takes operations out of an instance and into it.
type Store struct {
	// Signer seals; nil: nothing can be taken out.
	Signer *journal.Signer
	// Readings is written out before an operation leaves; nil: nobody keeps it.
	Readings *reading.Log
	Program  string // its version

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	vault   *blob.Vault
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, v *blob.Vault) *Store {
	return &Store{db: d, journal: j, source: s, vault: v}
}

// maxPurpose is the longest purpose, in characters.
const maxPurpose = 300

// exported is what the entry operation.export says.
type exported struct {
	Purpose string `json:"purpose,omitempty"`
}

// Export writes a whole operation to out, and says in the operation's journal that
// it did. The director does, of the directing body: the file holds everything, also
// what the director cannot read in the pages. What was written before an error is no
// file. progress may be nil.
func (s *Store) Export(ctx context.Context, who access.Actor, code operation.Code, purpose string, out io.Writer, progress func(done, total int)) (Manifest, error) {
	m, err := s.export(ctx, who, code, purpose, out, progress)
	if err != nil {
		return m, fmt.Errorf("%s: %w", access.OperationExport, err)
	}
	return m, nil
}

func (s *Store) export(ctx context.Context, who access.Actor, code operation.Code, purpose string, out io.Writer, progress func(done, total int)) (Manifest, error) {
	purpose, wrong := i18n.CleanBody(purpose, maxPurpose)
	var entry int64
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := s.enter(tx, who, code)
		if err != nil {
			return err
		}
		if wrong != nil {
			return fault.Of(fault.Invalid, "fault.control-character")
		}
		entry, err = s.journal.Append(tx, st.Entry(access.OperationExport, "operation/"+string(st.Operation.ID), 0), journal.Content{After: exported{purpose}})
		return err
	})
	if err == nil && s.Readings != nil {
		err = s.Readings.Flush(ctx)
	}
	if err != nil {
		return Manifest{}, err
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	var e *exporting
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := s.enter(tx, who, code)
		if err != nil {
			return err
		}
		e = &exporting{store: s, ctx: ctx, tx: tx, st: st, box: &box{zip: zip.NewWriter(out)}, progress: progress, people: map[string]bool{}, bodies: map[int64]bool{}}
		e.manifest.Made = Made{At: st.Now.UTC().Format(time.RFC3339Nano), Entry: entry, Person: who.Person, Organisation: who.Organisation, Purpose: purpose}
		return e.all()
	})
	if err != nil {
		return Manifest{}, err
	}
	return e.manifest, e.box.zip.Close()
}

// enter wants the directing body's director. In the library nobody holds the
// permission: it belongs to every operation of the instance, and names them.
func (s *Store) enter(tx *db.Tx, who access.Actor, code operation.Code) (operation.Standing, error) {
	st, err := operation.Enter(tx, s.source.Now(), who, code, access.OperationExport)
	if err != nil {
		return st, err
	}
	directing, err := operation.Directing(tx, st.Operation.Number)
	switch {
	case err != nil && !errors.Is(err, db.ErrNone):
		return st, err
	case directing != who.Organisation:
		return st, fault.Missing()
	case s.Signer == nil:
		return st, fault.Of(fault.Unavailable, "fault.unavailable")
	}
	return st, nil
}
