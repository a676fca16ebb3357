package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/guess"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
)

// Store does what people do with sheets.
type Store struct {
	db       *db.DB
	journal  *journal.Journal
	source   *source.Source
	vault    *blob.Vault
	seizures *seizure.Store
	moved    func(done int) // after each step of an import; only tests set it
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, v *blob.Vault, cases *seizure.Store) *Store {
	return &Store{db: d, journal: j, source: s, vault: v, seizures: cases}
}

// name is of all that reads or writes sheets, in errors.
const name = "intake"

// enter lets in who may report cases.
func (s *Store) enter(ctx context.Context, who access.Actor, code operation.Code, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.SeizureReport)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// List gives the sheets that the actor handed in, the newest first.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code) (st operation.Standing, out []Sheet, err error) {
	err = s.enter(ctx, who, code, func(tx *db.Tx, in operation.Standing) error {
		st = in
		out, err = db.All(tx, selectSheets, scanSheet, st.Operation.Number, who.Organisation, who.Person)
		return err
	})
	return st, out, err
}

// Hand takes a sheet in. It is encrypted as it comes, and looked at by its content
// later on.
func (s *Store) Hand(ctx context.Context, who access.Actor, code operation.Code, file string, in io.Reader) (Sheet, error) {
	var st operation.Standing
	err := s.enter(ctx, who, code, func(tx *db.Tx, found operation.Standing) error {
		st = found
		return room(tx, st.Operation.Number, who)
	})
	if err != nil {
		return Sheet{}, err
	}
	stored, err := s.vault.Lock(string(st.Operation.ID), io.LimitReader(in, MaxFile+1))
	if err != nil {
		return Sheet{}, fmt.Errorf("%s: %w", name, err)
	}
	made := Sheet{ID: ID(s.source.ID()), organisation: who.Organisation, person: who.Person, Name: fileName(file), Size: stored.Size,
		blob: string(stored.Name), State: Handed, Created: s.source.Now(), Changed: s.source.Now()}
	switch {
	case stored.Size > MaxFile:
		err = problem("file", fault.TooLarge, "spreadsheet.file.too-large", fault.Args{"limit": int64(MaxFile >> 20)})
	case stored.Size == 0:
		err = problem("file", fault.Invalid, "intake.empty", nil)
	default:
		err = s.db.Keep(ctx, func(tx *db.Tx) error {
			if err := room(tx, st.Operation.Number, who); err != nil { // others may have come in meanwhile
				return err
			}
			_, err := tx.Exec(insertSheet, append([]any{st.Operation.Number}, made.args()...)...)
			return err
		})
	}
	if err != nil {
		s.remove(stored.Name)
		return Sheet{}, fmt.Errorf("%s: %w", name, err)
	}
	return made, nil
}

// room tells whether the actor may hand in one more sheet.
func room(tx *db.Tx, op int64, who access.Actor) error {
	n, err := db.One(tx, countSheets, db.Int64, op, who.Organisation, who.Person)
	if err == nil && n >= maxSheets {
		err = fault.Of(fault.TooMany, "intake.too-many", fault.Args{"max": int64(maxSheets)})
	}
	return err
}

func problem(path string, kind fault.Kind, key string, args fault.Args) error {
	return &fault.Fault{Kind: kind, Key: "fault.invalid", Fields: []fault.Field{{Path: path, Key: key, Args: args}}}
}

// fileName is what a file is called, without where it lay.
func fileName(s string) string {
	s = path.Base(strings.ReplaceAll(s, "\\", "/"))
	clean, err := i18n.CleanLine(s, 120)
	if err != nil || clean == "." || clean == "/" {
		return "sheet"
	}
	return clean
}

func (s *Store) remove(names ...blob.Name) {
	for _, n := range names {
		if n != "" {
			_ = s.vault.Remove(n) // what cannot be removed now is swept with all that no row names
		}
	}
}

// Read gives a sheet of the actor's, and once it is done what became of it.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, id ID) (View, error) {
	var v View
	err := s.enter(ctx, who, code, func(tx *db.Tx, st operation.Standing) (err error) {
		v.Standing = st
		v.Sheet, err = own(tx, st, id)
		return err
	})
	if err == nil && v.Sheet.result != "" {
		v.Result, err = s.resultOf(v)
	}
	return v, err
}

func (s *Store) resultOf(v View) (*outcome.Result, error) {
	b, err := s.bytes(v.Standing, v.Sheet.result)
	if err != nil {
		return nil, err
	}
	return unpack(b)
}

func (s *Store) bytes(st operation.Standing, n string) ([]byte, error) {
	r, err := s.vault.Unlock(string(st.Operation.ID), blob.Name(n))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b, err := io.ReadAll(r)
	return b, errors.Join(err, r.Close())
}

// Discard throws a sheet away; an import that is under way ends, and the cases that
// came of it stay.
func (s *Store) Discard(ctx context.Context, who access.Actor, code operation.Code, id ID) error {
	v, err := s.Read(ctx, who, code, id)
	if err != nil {
		return err
	}
	err = s.db.Keep(ctx, func(tx *db.Tx) error { return drop(tx, v.Standing.Operation.Number, v.Sheet.ID) })
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	s.remove(v.Sheet.blobs()...)
	return nil
}

func drop(tx *db.Tx, op int64, id ID) error {
	if _, err := tx.Exec(deleteSheet, op, string(id)); err != nil {
		return err
	}
	return job.Drop(tx, JobKind, subject(op, id))
}

// Choose notes how a sheet is to be read: by somebody's choices, or by the mapping
// of a name that the organisation keeps.
func (s *Store) Choose(ctx context.Context, who access.Actor, code operation.Code, id ID, with guess.Choices, saved string) error {
	v, err := s.Read(ctx, who, code, id)
	if err != nil {
		return err
	}
	text := ""
	if saved != "" {
		all, err := s.Mappings(ctx, who, code)
		if err != nil {
			return err
		}
		for _, m := range all {
			if m.Name == saved {
				text = m.Text
			}
		}
		if text == "" {
			return fault.Missing()
		}
	}
	choices, err := json.Marshal(chosen{Choices: with, Saved: saved})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(chooseSheet, v.Standing.Operation.Number, string(id), string(choices), text, s.source.Now())
		return err
	})
}

// chosen is how a sheet is to be read, as it is kept.
type chosen struct {
	guess.Choices
	Saved string // name of a mapping
}

// Start begins an import: by the mapping that the last look showed.
func (s *Store) Start(ctx context.Context, who access.Actor, code operation.Code, id ID) error {
	l, err := s.Look(ctx, who, code, id)
	if err != nil {
		return err
	}
	if l.Fault != nil || l.Sheet.State != Handed {
		return fault.Of(fault.Conflict, "fault.conflict")
	}
	op := l.Standing.Operation.Number
	err = s.db.Keep(ctx, func(tx *db.Tx) error {
		size, err := journal.Size(tx, op)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(chooseSheet, op, string(id), l.Sheet.choices, l.Text, s.source.Now()); err != nil {
			return err
		}
		n, err := tx.Exec(startSheet, op, string(id), size, s.source.Now())
		if err == nil && n == 0 {
			err = fault.Of(fault.Conflict, "fault.conflict")
		}
		if err != nil {
			return err
		}
		return job.Put(tx, JobKind, subject(op, id), s.source.Now())
	})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// Copy writes the sheet again with what was refused and why.
func (s *Store) Copy(ctx context.Context, who access.Actor, code operation.Code, id ID, out io.Writer, say, plain outcome.Say) (Sheet, error) {
	v, err := s.Read(ctx, who, code, id)
	if err != nil {
		return Sheet{}, err
	}
	if v.Result == nil {
		return Sheet{}, fault.Missing()
	}
	m, err := spreadsheet.ParseMapping([]byte(v.Sheet.mapping))
	if err != nil {
		return Sheet{}, err
	}
	b, err := s.bytes(v.Standing, v.Sheet.blob)
	if err != nil {
		return Sheet{}, err
	}
	return v.Sheet, v.Result.Copy(out, bytes.NewReader(b), m.Written(), say, plain)
}

// Sweep is housekeeping: it throws away sheets that are older than Keep.
func (s *Store) Sweep(ctx context.Context) (int, error) {
	var all []operation.Numbered
	if err := s.db.Read(ctx, func(tx *db.Tx) (err error) { all, err = operation.Codes(tx); return err }); err != nil {
		return 0, fmt.Errorf("%s: sweep: %w", name, err)
	}
	n := 0
	var failed error
	for _, op := range all {
		var old []Sheet
		err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
			old, err = db.All(tx, selectOld, scanSheet, op.Number, s.source.Now().Add(-Keep))
			return err
		})
		for _, one := range old {
			err = errors.Join(err, s.db.Keep(ctx, func(tx *db.Tx) error { return drop(tx, op.Number, one.ID) }))
			s.remove(one.blobs()...)
			n++
		}
		failed = errors.Join(failed, err)
	}
	return n, failed
}
