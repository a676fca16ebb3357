package spreadsheet

import (
	"context"
	"errors"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// writers is how many rows are under way at once: they share their flushes.
const writers = 64

// Into reports each row as a case of an operation, by the same command as a
// person's report.
func Into(store *seizure.Store, who access.Actor, code operation.Code) Report {
	return IntoSince(store, who, code, -1)
}

// IntoSince is Into for an import that may have begun before: cases that came since
// the journal had that size are its own, and new. -1: only those of this call are.
func IntoSince(store *seizure.Store, who access.Actor, code operation.Code, since int64) Report {
	return func(ctx context.Context, rows []Row) ([]Outcome, error) {
		out := make([]Outcome, len(rows))
		failed := make([]error, len(rows))
		slots := make(chan struct{}, writers)
		var group sync.WaitGroup
		for i, row := range rows {
			slots <- struct{}{}
			group.Go(func() {
				defer func() { <-slots }()
				out[i], failed[i] = reportOne(ctx, store, who, code, row, since)
			})
		}
		group.Wait()
		return out, errors.Join(failed...)
	}
}

func reportOne(ctx context.Context, store *seizure.Store, who access.Actor, code operation.Code, row Row, since int64) (Outcome, error) {
	row.Draft.Sheet = row.Digest
	made, fresh, err := store.ReportOnce(ctx, who, code, row.Draft)
	switch {
	case err == nil && (fresh || since >= 0 && made.Seq >= since):
		return Outcome{State: Accepted}, nil
	case err == nil:
		return Outcome{State: Unchanged}, nil
	}
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return Outcome{}, err // not about this row: the import stops
	}
	if f.Kind == fault.Conflict {
		f = fault.Of(fault.Conflict, "spreadsheet.row.other-content")
	}
	return Outcome{State: Refused, Fault: f}, nil
}
