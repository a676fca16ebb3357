package quarantine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// The kinds of record whose id was taken.
const (
	Message = "message"
	Case    = "case"
)

// Limits of what is kept.
const (
	MaxOpen    = 200       // open at a time in one organisation
	MaxContent = 256 << 10 // bytes of one
)

// Kept is what was refused.
type Kept struct {
	Seq          int64 // the journal index that kept it
	Organisation int64
	Author       string // person's UUID
	AuthorName   string
	Kind         string
	Record       string // the id that was taken
	Content      string `json:"-"` // as it came
	Digest       string // hex SHA-256 of the content
	At           time.Time
}

// Store keeps what was refused.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store { return &Store{d, j, s} }

// Keep keeps content that was refused for a record of the actor's organisation.
// The same again changes nothing. TooLarge and TooMany: it was not kept.
func (s *Store) Keep(ctx context.Context, who access.Actor, code operation.Code, kind, record, content string) error {
	sum := sha256.Sum256([]byte(content))
	k := Kept{Kind: kind, Record: record, Content: content, Digest: hex.EncodeToString(sum[:])}
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.QuarantineKeep)
		if err != nil {
			return err
		}
		return s.keep(tx, st, k)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.QuarantineKeep, err)
	}
	return nil
}

func (s *Store) keep(tx *db.Tx, st operation.Standing, k Kept) error {
	if len(k.Content) > MaxContent {
		return fault.Of(fault.TooLarge, "quarantine.too-large")
	}
	op, own := st.Operation.Number, st.Who.Organisation
	n, err := db.One(tx, countSame, db.Int64, op, own, k.Kind, k.Record, k.Digest)
	if err != nil {
		return err
	}
	if n > 0 {
		return db.Unchanged
	}
	if n, err = Count(tx, op, own); err != nil {
		return err
	}
	if n >= MaxOpen {
		return fault.Of(fault.TooMany, "quarantine.full")
	}
	aud, err := audience.Intern(tx, op, audience.Own(own))
	if err != nil {
		return err
	}
	k.Organisation, k.Author, k.At = own, st.Who.Person, st.Now
	k.Seq, err = s.journal.Append(tx, st.Entry(access.QuarantineKeep, "quarantine/"+k.Kind+"/"+k.Record, aud),
		journal.Content{After: k, With: map[string]string{"audience": audience.Own(own).String()}})
	if err != nil {
		return err
	}
	_, err = tx.Exec(insertKept, op, k.Seq, own, k.Author, k.Kind, k.Record, k.Digest, k.Content, k.At)
	return err
}

// List gives what waits for a contact point of the actor's organisation, newest
// first.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code) (operation.Standing, []Kept, error) {
	var st operation.Standing
	var out []Kept
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.QuarantineRead); err != nil {
			return err
		}
		out, err = open(tx, st)
		return err
	})
	if err != nil {
		return st, nil, fmt.Errorf("%s: %w", access.QuarantineRead, err)
	}
	return st, out, nil
}

func open(tx *db.Tx, st operation.Standing) ([]Kept, error) {
	out, err := db.All(tx, selectOpen, scan, st.Operation.Number, st.Who.Organisation, int64(MaxOpen))
	if err != nil {
		return nil, err
	}
	var authors []string
	for _, k := range out {
		authors = append(authors, k.Author)
	}
	people, err := person.These(tx, authors)
	for i := range out {
		out[i].AuthorName = people[out[i].Author].Name
	}
	return out, err
}

// Count tells how much waits for the contact points of an organisation.
func Count(tx *db.Tx, op, organisation int64) (int64, error) {
	return db.One(tx, countOpen, db.Int64, op, organisation)
}

// Close says that a contact point has dealt with it; a second time changes
// nothing.
func (s *Store) Close(ctx context.Context, who access.Actor, code operation.Code, seq int64) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.QuarantineClose)
		if err != nil {
			return err
		}
		op := st.Operation.Number
		k, err := db.One(tx, selectOne, scan, op, who.Organisation, seq)
		if errors.Is(err, db.ErrNone) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		n, err := tx.Exec(closeKept, op, seq, st.Now)
		if err != nil {
			return err
		}
		if n == 0 {
			return db.Unchanged
		}
		aud, err := audience.Intern(tx, op, audience.Own(who.Organisation))
		if err != nil {
			return err
		}
		_, err = s.journal.Append(tx, st.Entry(access.QuarantineClose, "quarantine/"+k.Kind+"/"+k.Record, aud),
			journal.Content{Before: k, With: map[string]string{"audience": audience.Own(who.Organisation).String()}})
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.QuarantineClose, err)
	}
	return nil
}

const columns = `seq, organisation, author, kind, record, digest, content, at`

var (
	insertKept = db.Statement(`insert into quarantine (operation, ` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	countSame  = db.Statement(`select count(*) from quarantine
		where operation = $1 and organisation = $2 and kind = $3 and record = $4 and digest = $5`)
	countOpen  = db.Statement(`select count(*) from quarantine where operation = $1 and organisation = $2 and closed is null`)
	selectOpen = db.Statement(`select ` + columns + ` from quarantine
		where operation = $1 and organisation = $2 and closed is null order by seq desc limit $3`)
	selectOne = db.Statement(`select ` + columns + ` from quarantine where operation = $1 and organisation = $2 and seq = $3`)
	closeKept = db.Statement(`update quarantine set closed = $3 where operation = $1 and seq = $2 and closed is null`)
)

func scan(row db.Scanner) (Kept, error) {
	var k Kept
	err := row.Scan(&k.Seq, &k.Organisation, &k.Author, &k.Kind, &k.Record, &k.Digest, &k.Content, db.Time(&k.At))
	return k, err
}
