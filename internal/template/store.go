package template

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// MaxTemplates is how many templates of its own an operation may have.
const MaxTemplates = 60

// Store does what people do with templates.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store { return &Store{d, j, s} }

// List gives the newest version of every template that the actor may write
// messages in, the built-in ones first, then the operation's own by name. Who may
// amend is also given those that are retired.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code) (operation.Standing, []Definition, error) {
	var st operation.Standing
	var out []Definition
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.MessageRead); err != nil {
			return err
		}
		all, err := newest(tx, st.Operation.Number)
		for _, d := range all {
			if writes(st, d) && (!d.Retired || st.May(access.TemplateAmend)) {
				out = append(out, d)
			}
		}
		return err
	})
	if err != nil {
		return st, nil, fmt.Errorf("template.list: %w", err)
	}
	return st, out, nil
}

// Read gives the newest version of a template, or the one that is named: a
// version of it that is not the newest can be older than what was asked for.
// Missing: there is none, or the actor may not write in it.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, name string, version int64) (Definition, error) {
	var d Definition
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.MessageRead)
		if err != nil {
			return err
		}
		if version == Newest {
			d, err = last(tx, st.Operation.Number, name)
		} else {
			d, err = At(tx, st.Operation.Number, name, version)
		}
		if errors.Is(err, db.ErrNone) || err == nil && !writes(st, d) {
			return fault.Missing()
		}
		return err
	})
	if err != nil {
		return Definition{}, fmt.Errorf("template.read: %w", err)
	}
	return d, nil
}

// Newest asks Read for the newest version.
const Newest = -1

// writes tells whether the actor's organisation may write in a template: right
// holders and observers write general messages.
func writes(st operation.Standing, d Definition) bool {
	side := st.Side()
	return d.Base == General || side == access.Coordination || side == access.Enforcement
}

// Amend stores a new version of a template, or the first of a new one. The
// definition's Version is the one that was amended; 0: as built in, or new.
// Conflict: somebody was faster.
func (s *Store) Amend(ctx context.Context, who access.Actor, code operation.Code, d Definition) (Definition, error) {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.TemplateAmend)
		if err != nil {
			return err
		}
		clean, err := d.Clean()
		if err != nil {
			return err
		}
		d, err = s.amend(tx, st, clean)
		return err
	})
	if err != nil {
		return Definition{}, fmt.Errorf("%s: %w", access.TemplateAmend, err)
	}
	return d, nil
}

func (s *Store) amend(tx *db.Tx, st operation.Standing, d Definition) (Definition, error) {
	op := st.Operation.Number
	before, err := last(tx, op, d.Name)
	switch {
	case errors.Is(err, db.ErrNone):
		if d.Version != 0 {
			return d, fault.Of(fault.Conflict, "template.changed")
		}
	case err != nil:
		return d, err
	case d.Own() && d.Version == 0:
		return d, fault.At("name", "template.name-taken")
	case before.Version != d.Version:
		return d, fault.Of(fault.Conflict, "template.changed")
	case before.Base != d.Base:
		return d, fault.At("base", "template.base-stays")
	case before.String() == d.String():
		d = before
		return d, db.Unchanged
	}
	if d.Version == 0 && d.Own() {
		if n, err := db.One(tx, countNames, db.Int64, op); err != nil || n >= MaxTemplates {
			return d, errors.Join(err, fault.At("name", "template.too-many"))
		}
	}
	if d.Version, err = db.One(tx, selectNext, db.Int64, op); err != nil {
		return d, err
	}
	// Templates are for who controls goods: an observer or right holder learns
	// nothing from the journal of what the others ask each other.
	to := audience.Value{Sides: []access.Side{access.Coordination, access.Enforcement}, Organisations: []int64{st.Who.Organisation}}
	aud, err := audience.Intern(tx, op, to)
	if err != nil {
		return d, err
	}
	content := journal.Content{After: d, With: map[string]string{"audience": to.String()}}
	if before.Version != 0 {
		content.Before = before
	}
	seq, err := s.journal.Append(tx, st.Entry(access.TemplateAmend, "template/"+d.Name, aud), content)
	if err != nil {
		return d, err
	}
	return d, insert(tx, op, seq, d)
}

// newest gives every template as it is now, the built-in ones first.
func newest(tx *db.Tx, op int64) ([]Definition, error) {
	stored, err := db.All(tx, selectNewest, scan, op)
	if err != nil {
		return nil, err
	}
	var out []Definition
	for _, base := range Bases() {
		d, _ := BuiltIn(base)
		if i := slices.IndexFunc(stored, func(s Definition) bool { return s.Name == base }); i >= 0 {
			d = stored[i]
		}
		out = append(out, d)
	}
	return append(out, slices.DeleteFunc(stored, func(d Definition) bool { return !d.Own() })...), nil
}

// last gives the newest version of one template; db.ErrNone: there is none.
func last(tx *db.Tx, op int64, name string) (Definition, error) {
	d, err := db.One(tx, selectLast, scan, op, name)
	if errors.Is(err, db.ErrNone) {
		if built, ok := BuiltIn(name); ok {
			return built, nil
		}
	}
	return d, err
}
