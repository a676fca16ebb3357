package intake

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
)

// Mappings lists what the actor's organisation keeps for an operation, by name.
func (s *Store) Mappings(ctx context.Context, who access.Actor, code operation.Code) ([]Mapping, error) {
	var out []Mapping
	err := s.enter(ctx, who, code, func(tx *db.Tx, st operation.Standing) (err error) {
		out, err = db.All(tx, selectMappings, scanMapping, st.Operation.Number, who.Organisation)
		return err
	})
	return out, err
}

// write is the frame of the journalled commands here.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

// SaveMapping keeps a mapping under a name for the actor's organisation. Version is
// the one that was read, 0 for a new name. Conflict: somebody was faster. The same
// again is no change.
func (s *Store) SaveMapping(ctx context.Context, who access.Actor, code operation.Code, m Mapping) (Mapping, error) {
	if _, err := spreadsheet.ParseMapping([]byte(m.Text)); err != nil {
		return Mapping{}, fmt.Errorf("%s: %w", access.MappingSave, err)
	}
	clean, err := i18n.CleanLine(m.Name, maxName)
	if err != nil || clean == "" {
		return Mapping{}, fmt.Errorf("%s: %w", access.MappingSave, problem("name", fault.Invalid, "fault.required", nil))
	}
	m.Name = clean
	err = s.write(ctx, who, code, access.MappingSave, func(tx *db.Tx, st operation.Standing) error {
		m, err = s.save(tx, st, m)
		return err
	})
	if err != nil {
		return Mapping{}, err
	}
	return m, nil
}

func (s *Store) save(tx *db.Tx, st operation.Standing, m Mapping) (Mapping, error) {
	op, org := st.Operation.Number, st.Who.Organisation
	old, err := db.One(tx, selectMapping, scanMapping, op, org, m.Name)
	switch {
	case err == nil && old.Text == m.Text && old.Fingerprint == m.Fingerprint:
		return old, db.Unchanged
	case err == nil && old.Version != m.Version:
		return m, fault.Of(fault.Conflict, "intake.mapping-changed", fault.Args{"name": m.Name})
	case errors.Is(err, db.ErrNone) && m.Version != 0:
		return m, fault.Of(fault.Conflict, "intake.mapping-changed", fault.Args{"name": m.Name})
	case err != nil && !errors.Is(err, db.ErrNone):
		return m, err
	}
	if err != nil {
		all, err := db.All(tx, selectMappings, scanMapping, op, org)
		if err != nil {
			return m, err
		}
		if len(all) >= maxMappings {
			return m, problem("name", fault.Invalid, "intake.too-many-mappings", fault.Args{"max": int64(maxMappings)})
		}
	}
	m.Organisation, m.Version, m.Author, m.Changed = org, old.Version+1, st.Who.Person, st.Now
	to, err := audience.Intern(tx, op, audience.Own(org))
	if err != nil {
		return m, err
	}
	content := journal.Content{After: m, With: map[string]string{"audience": audience.Own(org).String()}}
	if m.Seq, err = s.journal.Append(tx, st.Entry(access.MappingSave, kept, to), content); err != nil {
		return m, err
	}
	_, err = tx.Exec(putMapping, append([]any{op}, m.args()...)...)
	return m, err
}

// kept is what the journal calls every mapping. Its name is somebody's text and stands
// in the content, which can be erased and which only its organisation reads; what an
// entry is about stays for ever, before the eyes of all who read the journal.
const kept = "mapping"

// DropMapping forgets a mapping of the actor's organisation, as it was read.
func (s *Store) DropMapping(ctx context.Context, who access.Actor, code operation.Code, name string, version int64) error {
	return s.write(ctx, who, code, access.MappingDrop, func(tx *db.Tx, st operation.Standing) error {
		op, org := st.Operation.Number, st.Who.Organisation
		old, err := db.One(tx, selectMapping, scanMapping, op, org, name)
		switch {
		case errors.Is(err, db.ErrNone):
			return fault.Missing()
		case err != nil:
			return err
		case old.Version != version:
			return fault.Of(fault.Conflict, "intake.mapping-changed", fault.Args{"name": name})
		}
		to, err := audience.Intern(tx, op, audience.Own(org))
		if err != nil {
			return err
		}
		content := journal.Content{Before: old, With: map[string]string{"audience": audience.Own(org).String(), "name": name}}
		if _, err := s.journal.Append(tx, st.Entry(access.MappingDrop, kept, to), content); err != nil {
			return err
		}
		_, err = tx.Exec(dropMapping, op, org, name)
		return err
	})
}
