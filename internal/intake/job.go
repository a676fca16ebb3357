package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
)

// JobKind names the jobs that import sheets.
const JobKind = "import"

func subject(op int64, id ID) string { return strconv.FormatInt(op, 10) + "/" + string(id) }

// Do is a job: it imports a sheet as its owner would, with the rights that the owner
// has now. Where its time is too short it is asked for again, and goes on.
func (s *Store) Do(ctx context.Context, j job.Job) error {
	number, id, _ := strings.Cut(j.Subject, "/")
	op, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return nil // nobody asked for that
	}
	sheet, err := s.running(ctx, op, ID(id))
	if err != nil || sheet.State != Running {
		return err
	}
	who := access.Actor{Person: sheet.person, Organisation: sheet.organisation}
	result, err := s.work(ctx, j, op, sheet, who)
	switch {
	case err == nil:
		return s.end(ctx, j, op, sheet, Done, "", result)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, job.ErrLost), errors.Is(err, context.Canceled):
		return job.At(s.source.Now().Add(time.Second))
	}
	f, ok := errors.AsType[*fault.Fault](err)
	if ok && f.Kind != fault.Unavailable && f.Kind != fault.TooMany {
		return s.end(ctx, j, op, sheet, Stopped, f.Key, result)
	}
	if j.Attempts >= tries {
		return s.end(ctx, j, op, sheet, Stopped, "fault.internal", result)
	}
	return err
}

// running reads a sheet that waits for a job; one that is not there any more is done.
func (s *Store) running(ctx context.Context, op int64, id ID) (Sheet, error) {
	var sheet Sheet
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		sheet, err = db.One(tx, selectSheet, scanSheet, op, string(id))
		if errors.Is(err, db.ErrNone) {
			err = nil
		}
		return err
	})
	return sheet, err
}

// work reports the rows of a sheet.
func (s *Store) work(ctx context.Context, j job.Job, op int64, sheet Sheet, who access.Actor) (*outcome.Result, error) {
	var st operation.Standing
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		o, err := operation.ByNumber(tx, op)
		if err != nil {
			return err
		}
		st, err = operation.Enter(tx, s.source.Now(), who, o.Code, access.SeizureReport)
		return err
	})
	if err != nil {
		return nil, err
	}
	m, err := spreadsheet.ParseMapping([]byte(sheet.mapping))
	if err != nil {
		return nil, err
	}
	b, err := s.bytes(st, sheet.blob)
	if err != nil {
		return nil, err
	}
	live, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work := spreadsheet.Job{Operation: string(st.Operation.ID), Mapping: m, Report: spreadsheet.IntoSince(s.seizures, who, st.Operation.Code, sheet.since),
		Progress: func(done, total int) {
			if err := s.move(live, j, op, sheet.ID, done, total); err != nil {
				stop(err)
			}
		}}
	result, err := work.Import(live, bytes.NewReader(b))
	if err != nil && ctx.Err() == nil && live.Err() != nil {
		err = context.Cause(live)
	}
	return result, err
}

// move tells how far an import is. It fails when somebody else is at it, or when
// the sheet was thrown away.
func (s *Store) move(ctx context.Context, j job.Job, op int64, id ID, done, total int) error {
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		if err := job.Held(tx, j); err != nil {
			return err
		}
		_, err := tx.Exec(moveSheet, op, string(id), done, total, s.source.Now())
		return err
	})
	if s.moved != nil {
		s.moved(done)
	}
	return err
}

// end says what became of a sheet.
func (s *Store) end(ctx context.Context, j job.Job, op int64, sheet Sheet, state, problem string, result *outcome.Result) error {
	name := blob.Name("")
	if result != nil {
		b, err := pack(result)
		if err != nil {
			return fmt.Errorf("%s: %w", JobKind, err)
		}
		var o operation.Operation
		if err := s.db.Read(ctx, func(tx *db.Tx) (err error) { o, err = operation.ByNumber(tx, op); return err }); err != nil {
			return err
		}
		stored, err := s.vault.Lock(string(o.ID), bytes.NewReader(b))
		if err != nil {
			return fmt.Errorf("%s: %w", JobKind, err)
		}
		name = stored.Name
	}
	var kept bool
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		if err := job.Held(tx, j); err != nil {
			return err
		}
		n, err := tx.Exec(endSheet, op, string(sheet.ID), state, problem, string(name), s.source.Now())
		kept = n == 1
		return err
	})
	if err != nil || !kept {
		s.remove(name)
	}
	return err
}
