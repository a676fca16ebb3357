package notice

import (
	"context"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Post hands over a letter; package mail's Sender does.
type Post interface {
	Send(ctx context.Context, l mail.Letter) error
}

// Store keeps notices and how people are told of them.
type Store struct {
	db     *db.DB
	source *source.Source
	// Post sends e-mail; nil: it is not set up.
	Post Post
	// Secret makes the codes that prove addresses. Nodes of one instance share it.
	Secret []byte
}

// NewStore makes a store without e-mail.
func NewStore(d *db.DB, s *source.Source) *Store { return &Store{db: d, source: s} }

// List gives the newest notices of the actor under the hat that it wears, at most
// MaxShown, each of which it may read now.
func (s *Store) List(ctx context.Context, who access.Actor) ([]Notice, error) {
	if !access.May(who, access.NoticeRead) {
		return nil, fault.Missing()
	}
	var out []Notice
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		kept, err := db.All(tx, selectNewest, scan, who.Person, who.Organisation, int64(MaxShown))
		if err != nil {
			return err
		}
		out, err = readable(tx, s.source.Now(), who, kept)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", access.NoticeRead, err)
	}
	return out, nil
}

// Count tells how many of the notices that List gives have not been seen.
func (s *Store) Count(ctx context.Context, who access.Actor) (int64, error) {
	if !access.May(who, access.NoticeRead) {
		return 0, fault.Missing()
	}
	var n int64
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		kept, err := db.All(tx, selectUnseen, scan, who.Person, who.Organisation, int64(MaxShown))
		if err != nil || len(kept) == 0 {
			return err
		}
		shown, err := readable(tx, s.source.Now(), who, kept)
		n = int64(len(shown))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("%s: %w", access.NoticeRead, err)
	}
	return n, nil
}

// See marks as seen what List gave up to a moment, under the hat that is worn:
// what came since stays new.
func (s *Store) See(ctx context.Context, who access.Actor, upTo time.Time) error {
	if !access.May(who, access.NoticeRead) {
		return fault.Missing()
	}
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(seeAll, who.Person, who.Organisation, upTo, s.source.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.NoticeRead, err)
	}
	return nil
}

// Opened marks one notice as seen, because its record was opened; none is no error.
func (s *Store) Opened(ctx context.Context, who access.Actor, code operation.Code, seq int64) error {
	if !access.May(who, access.NoticeRead) {
		return fault.Missing()
	}
	var op operation.Operation
	var n int64
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.OperationRead)
		if err != nil {
			return err
		}
		op = st.Operation
		n, err = db.One(tx, countOne, db.Int64, who.Person, who.Organisation, op.Number, seq)
		return err
	})
	if err == nil && n > 0 {
		err = s.db.Keep(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(seeOne, who.Person, who.Organisation, op.Number, seq, s.source.Now())
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("%s: %w", access.NoticeRead, err)
	}
	return nil
}

// Cleanup removes what is too old to be shown. Housekeeping calls it.
func (s *Store) Cleanup(ctx context.Context) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(deleteOld, s.source.Now().Add(-Kept))
		return err
	})
}

// readable keeps of some notices those whose record the actor may read now, in
// their order, and reads the records.
func readable(tx *db.Tx, now time.Time, who access.Actor, kept []row) ([]Notice, error) {
	desks := map[int64]*desk{}
	for _, r := range kept {
		if desks[r.operation] == nil {
			desks[r.operation] = &desk{}
		}
		desks[r.operation].want(r)
	}
	for op, d := range desks {
		if err := d.open(tx, now, who, op); err != nil {
			return nil, err
		}
	}
	var out []Notice
	var from db.List
	for _, r := range kept {
		if n, ok := desks[r.operation].notice(r); ok {
			out = append(out, n)
			from = append(from, n.From.Number)
		}
	}
	by, err := organisation.These(tx, from)
	for i := range out {
		out[i].From = by[out[i].From.Number]
	}
	return out, err
}
