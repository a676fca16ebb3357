package analysis

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Limits of what is kept.
const (
	MaxSaved  = 50  // questions of one person in one operation
	MaxShared = 200 // questions of all that are shared in one operation
	maxName   = 80
)

// Saved is a question that somebody kept under a name. It is the content of the entry
// that kept it.
type Saved struct {
	Seq          int64     `json:"seq,omitempty"` // of the entry that first kept it; 0 in that entry
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Question     Question  `json:"question"`
	Organisation int64     `json:"organisation"`
	Person       string    `json:"person"`
	Shared       bool      `json:"shared"` // with all who analyse; otherwise its author's alone
	At           time.Time `json:"at"`
	Audience     int64     `json:"audience"`
	Dropped      bool      `json:"dropped,omitempty"`

	Own bool `json:"-"` // the reader's; only queries set it
}

// readers are who may read the entry: of a private one the author's organisation.
func (s Saved) readers() audience.Value {
	v := audience.Own(s.Organisation)
	if s.Shared {
		v = v.With(access.Coordination, access.Enforcement)
	}
	return v
}

// Keep keeps a question under a name, in the place of one that the actor called so
// before. The same again changes nothing.
func (s *Store) Keep(ctx context.Context, who access.Actor, code operation.Code, name string, q Question, shared bool) (Saved, error) {
	made := Saved{Question: q, Shared: shared}
	err := q.Check()
	if err == nil {
		made.Name, err = cleanName(name)
	}
	if err == nil {
		err = s.write(ctx, who, code, access.QuestionKeep, func(tx *db.Tx, st operation.Standing) error {
			made, err = s.keep(tx, st, made)
			return err
		})
	} else {
		err = fmt.Errorf("%s: %w", access.QuestionKeep, err)
	}
	if err != nil {
		return Saved{}, err
	}
	return made, nil
}

func cleanName(name string) (string, error) {
	clean, err := i18n.CleanLine(name, maxName)
	if err == nil {
		return clean, nil
	}
	var wrong fault.Problems
	if strings.TrimSpace(name) == "" {
		wrong.Add("name", "fault.required")
	} else {
		wrong.Add("name", "analysis.name", fault.Args{"max": int64(maxName)})
	}
	return "", wrong.Fault()
}

func (s *Store) keep(tx *db.Tx, st operation.Standing, k Saved) (Saved, error) {
	k.Organisation, k.Person, k.At = st.Who.Organisation, st.Who.Person, st.Now
	own, err := db.All(tx, selectOwn, db.Decoded[Saved], st.Operation.Number, k.Organisation, k.Person)
	if err != nil {
		return k, err
	}
	k.ID = s.source.ID()
	for _, old := range own {
		if old.Name != k.Name {
			continue
		}
		k.Seq, k.ID, k.Audience = old.Seq, old.ID, old.Audience
		if k.Own = true; old.Shared == k.Shared && reflect.DeepEqual(old.Question.normal(), k.Question.normal()) {
			k.At = old.At
			return k, db.Unchanged
		}
	}
	if k.Seq == 0 && len(own) >= MaxSaved {
		return k, fault.At("name", "analysis.too-many", fault.Args{"max": int64(MaxSaved)})
	}
	if n, err := db.One(tx, countShared, db.Int64, st.Operation.Number, k.Seq); err != nil || k.Shared && n >= MaxShared {
		return k, errors.Join(err, fault.At("shared", "analysis.too-many", fault.Args{"max": int64(MaxShared)}))
	}
	return s.put(tx, st, access.QuestionKeep, k)
}

// put appends what is kept now and writes its row.
func (s *Store) put(tx *db.Tx, st operation.Standing, verb access.Permission, k Saved) (Saved, error) {
	v := k.readers()
	var err error
	if k.Audience, err = audience.Intern(tx, st.Operation.Number, v); err != nil {
		return k, err
	}
	seq, err := s.journal.Append(tx, st.Entry(verb, "question/"+k.ID, k.Audience),
		journal.Content{After: k, With: map[string]string{"audience": v.String()}})
	if err != nil {
		return k, err
	}
	if k.Seq == 0 {
		k.Seq = seq
	}
	_, err = tx.Exec(putSaved, k.args(st.Operation.Number)...)
	k.Own = true
	return k, err
}

// Drop drops a question: one's own, or as coordination one that is shared. What is
// dropped already is missing.
func (s *Store) Drop(ctx context.Context, who access.Actor, code operation.Code, id string) error {
	return s.write(ctx, who, code, access.QuestionDrop, func(tx *db.Tx, st operation.Standing) error {
		all, err := savedOf(tx, st)
		if err != nil {
			return err
		}
		for _, k := range all {
			if k.ID == id && (k.Own || st.Side() == access.Coordination) {
				k.Dropped, k.At = true, st.Now
				_, err = s.put(tx, st, access.QuestionDrop, k)
				return err
			}
		}
		return fault.Missing()
	})
}

// Saved gives the actor's own questions, by name, then those that others share.
func (s *Store) Saved(ctx context.Context, who access.Actor, code operation.Code) (all []Saved, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.AnalysisRead)
		if err == nil {
			all, err = savedOf(tx, st)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", access.AnalysisRead, err)
	}
	return all, nil
}

// normal is a question as it comes back from JSON.
func (q Question) normal() Question {
	if len(q.Where) == 0 {
		q.Where = nil
	}
	return q
}
