package caselist

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Limits of what is kept.
const (
	MaxSaved = 30 // filters of one person in one operation
	maxShown = 60 // with those that colleagues share
	maxQuery = 2000
)

// Saved is a filter that somebody kept under a name.
type Saved struct {
	ID     string
	Name   string
	Query  url.Values // as Parse gave it when it was kept: codes that lists have lost stay
	Shared bool       // with the colleagues of its organisation
	Own    bool       // the reader's
	At     time.Time
}

var (
	insertSaved = db.Statement(`insert into saved_filter (operation, organisation, id, person, name, query, shared, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`)
	selectSaved = db.Statement(`select id, person, name, query, shared, at from saved_filter
		where operation = $1 and organisation = $2 and (person = $3 or shared)
		order by case when person = $3 then 0 else 1 end, name, id limit $4`)
	selectNamed = db.Statement(`select id from saved_filter where operation = $1 and organisation = $2 and person = $3 and name = $4`)
	countSaved  = db.Statement(`select count(*) from saved_filter where operation = $1 and organisation = $2 and person = $3`)
	deleteSaved = db.Statement(`delete from saved_filter where operation = $1 and organisation = $2 and id = $3 and person = $4`)

	putColumns = db.Statement(`insert into list_columns (operation, person, columns, at) values ($1, $2, $3, $4)
		on conflict (operation, person) do update set columns = excluded.columns, at = excluded.at`)
	selectColumns = db.Statement(`select columns from list_columns where operation = $1 and person = $2`)
)

func savedOf(tx *db.Tx, st operation.Standing) ([]Saved, error) {
	return db.All(tx, selectSaved, func(row db.Scanner) (Saved, error) {
		var s Saved
		var person, query string
		if err := row.Scan(&s.ID, &person, &s.Name, &query, &s.Shared, db.Time(&s.At)); err != nil {
			return s, err
		}
		s.Own = person == st.Who.Person
		var err error
		s.Query, err = url.ParseQuery(query)
		return s, err
	}, st.Operation.Number, st.Who.Organisation, st.Who.Person, maxShown)
}

// Keep keeps a filter under a name, in the place of one that the actor called so
// before.
func (s *Store) Keep(ctx context.Context, who access.Actor, code operation.Code, name string, query url.Values, shared bool) error {
	name, query, err := cleanSaved(name, query)
	if err != nil {
		return saying(err)
	}
	return s.housekeep(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		op, org := st.Operation.Number, who.Organisation
		old, err := db.One(tx, selectNamed, scanText, op, org, who.Person, name)
		switch {
		case err == nil:
			if _, err := tx.Exec(deleteSaved, op, org, old, who.Person); err != nil {
				return err
			}
		case !errors.Is(err, db.ErrNone):
			return err
		default:
			n, err := db.One(tx, countSaved, db.Int64, op, org, who.Person)
			if err != nil {
				return err
			}
			if n >= MaxSaved {
				return fault.At("name", "caselist.too-many", fault.Args{"max": int64(MaxSaved)})
			}
			old = s.source.ID()
		}
		_, err = tx.Exec(insertSaved, op, org, old, who.Person, name, query.Encode(), shared, st.Now)
		return err
	})
}

func cleanSaved(name string, query url.Values) (string, url.Values, error) {
	clean, err := i18n.CleanLine(name, 60)
	if err != nil {
		if strings.TrimSpace(name) == "" {
			return "", nil, fault.At("name", "fault.required", nil)
		}
		return "", nil, fault.At("name", "caselist.name", fault.Args{"max": int64(60)})
	}
	_, query = Parse(query)
	switch {
	case len(query) == 0:
		return "", nil, fault.At("name", "caselist.nothing", nil)
	case len(query.Encode()) > maxQuery:
		return "", nil, fault.At("name", "caselist.long", nil)
	}
	return clean, query, nil
}

// Drop deletes a filter of the actor's.
func (s *Store) Drop(ctx context.Context, who access.Actor, code operation.Code, id string) error {
	return s.housekeep(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		n, err := tx.Exec(deleteSaved, st.Operation.Number, who.Organisation, id, who.Person)
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		return err
	})
}

// Arrange chooses the columns that the actor sees; none: as they come.
func (s *Store) Arrange(ctx context.Context, who access.Actor, code operation.Code, columns []string) error {
	var clean []string
	for _, c := range AllColumns() { // their order is ours
		if slices.Contains(columns, c) {
			clean = append(clean, c)
		}
	}
	return s.housekeep(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		_, err := tx.Exec(putColumns, st.Operation.Number, who.Person, strings.Join(clean, ","), st.Now)
		return err
	})
}

// AllColumns are those beside the reference, which leads every row.
func AllColumns() []string {
	return []string{"day", "country", "place", "goods", "brand", "conveyance", "route", "direction", "detection", "status", "counts", "marks", "reported"}
}

// UsualColumns are shown to who chose none.
func UsualColumns() []string {
	return []string{"day", "country", "goods", "conveyance", "status", "counts"}
}

func columnsOf(tx *db.Tx, st operation.Standing) ([]string, error) {
	text, err := db.One(tx, selectColumns, scanText, st.Operation.Number, st.Who.Person)
	if errors.Is(err, db.ErrNone) || err == nil && text == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(strings.Split(text, ","), func(c string) bool { return !slices.Contains(AllColumns(), c) }), nil
}

// housekeep writes what belongs to the actor alone: no record, and in no journal.
func (s *Store) housekeep(ctx context.Context, who access.Actor, code operation.Code, fn func(tx *db.Tx, st operation.Standing) error) error {
	return saying(s.db.Keep(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.CaseListKeep)
		if err != nil {
			return err
		}
		return fn(tx, st)
	}))
}

func saying(err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", access.CaseListKeep, err)
	}
	return nil
}

func scanText(row db.Scanner) (string, error) {
	var s string
	err := row.Scan(&s)
	return s, err
}
