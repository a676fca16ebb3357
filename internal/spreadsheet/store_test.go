package spreadsheet

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// store keeps what was imported the way the seizure store does.
type store struct {
	rows    []Row
	digests map[seizure.ID]string
	batches []int
	fail    func(batch int) error // before anything of the batch is written
}

func newStore() *store { return &store{digests: map[seizure.ID]string{}} }

func (s *store) job(m *Mapping) Job {
	return Job{Operation: "0190a5e0-0000-7000-8000-000000000001", Mapping: m, Report: s.report}
}

func (s *store) report(_ context.Context, rows []Row) ([]Outcome, error) {
	if s.fail != nil {
		if err := s.fail(len(s.batches)); err != nil {
			return nil, err
		}
	}
	s.batches = append(s.batches, len(rows))
	out := make([]Outcome, len(rows))
	for i, row := range rows {
		switch before, ok := s.digests[row.ID]; {
		case !ok:
			s.digests[row.ID] = row.Digest
			s.rows = append(s.rows, row)
		case before == row.Digest:
			out[i].State = Unchanged
		default:
			out[i] = Outcome{Refused, fault.Of(fault.Conflict, "spreadsheet.row.other-content")}
		}
	}
	return out, nil
}
