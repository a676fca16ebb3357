package seizure

import (
	"context"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Amend writes a new version of a case that the actor's organisation reported.
// version is the one that was read: if somebody else was faster, nothing is
// stored and the fault is a Conflict; read the case again and compare. Where the
// administration lets its contact point decide what leaves it, an officer's
// amendment of a released case waits for release again.
func (s *Store) Amend(ctx context.Context, who access.Actor, code operation.Code, seq, version int64, d Draft, reason string) (Case, error) {
	d, err := d.Check(s.latest())
	if err != nil {
		return Case{}, fault.In(access.SeizureAmend, err)
	}
	return s.change(ctx, who, code, access.SeizureAmend, seq, version, reason, func(st operation.Standing, c *Case) error {
		if c.State == Saved || c.State == Withdrawn {
			return fault.Of(fault.Conflict, "seizure.cannot-amend")
		}
		if c.Redacted != "" {
			return fault.Of(fault.Conflict, "seizure.was-redacted")
		}
		if d.ID != c.ID {
			return fault.Of(fault.Conflict, "seizure.other-id")
		}
		if err := keepsNumber(*c, d); err != nil {
			return err
		}
		if same(c.Draft, d) {
			return db.Unchanged
		}
		c.Draft = d
		if state := stateFor(st); c.State == Released && state == Reported {
			c.State, c.ReleaseDue = state, dueFor(st, state)
		}
		return nil
	})
}

// Release lets a reported case out to enforcement. The contact point does.
func (s *Store) Release(ctx context.Context, who access.Actor, code operation.Code, seq, version int64) (Case, error) {
	return s.change(ctx, who, code, access.SeizureRelease, seq, version, "-", func(_ operation.Standing, c *Case) error {
		if c.State == Released {
			return db.Unchanged
		}
		if c.State != Reported {
			return fault.Of(fault.Conflict, "seizure.cannot-release")
		}
		c.State = Released
		return nil
	})
}

// Recall takes a released case back to its organisation and coordination. The
// contact point does, and says why.
func (s *Store) Recall(ctx context.Context, who access.Actor, code operation.Code, seq, version int64, reason string) (Case, error) {
	return s.change(ctx, who, code, access.SeizureRecall, seq, version, reason, func(_ operation.Standing, c *Case) error {
		if c.State != Released {
			return fault.Of(fault.Conflict, "seizure.cannot-recall")
		}
		c.State = Reported
		return nil
	})
}

// Withdraw takes a case out of every count; it stays to be read, with the reason.
func (s *Store) Withdraw(ctx context.Context, who access.Actor, code operation.Code, seq, version int64, reason string) (Case, error) {
	return s.change(ctx, who, code, access.SeizureWithdraw, seq, version, reason, func(_ operation.Standing, c *Case) error {
		if c.State == Withdrawn {
			return db.Unchanged
		}
		c.State = Withdrawn
		return nil
	})
}

// Relate says that a case is the double of another, which counts instead of it;
// of 0 takes that back. Coordination does, for it may read both.
func (s *Store) Relate(ctx context.Context, who access.Actor, code operation.Code, seq, version, of int64, reason string) (Case, error) {
	var original Case
	return s.changeWith(ctx, who, code, access.SeizureRelate, seq, version, reason,
		func(tx *db.Tx, st operation.Standing) (err error) {
			if of != 0 {
				original, err = readable(tx, st, of)
			}
			return err
		},
		func(_ operation.Standing, c *Case) error {
			if of != 0 && (original.State == Withdrawn || original.State == Saved) {
				return fault.Of(fault.Conflict, "seizure.double-of-withdrawn")
			}
			if of == c.Seq || original.DuplicateOf != 0 {
				return fault.Of(fault.Conflict, "seizure.double-of-double")
			}
			if c.DuplicateOf == of {
				return db.Unchanged
			}
			c.DuplicateOf = of
			return nil
		})
}

func (s *Store) change(ctx context.Context, who access.Actor, code operation.Code, verb access.Permission, seq, version int64,
	reason string, mutate func(st operation.Standing, c *Case) error) (Case, error) {
	return s.changeWith(ctx, who, code, verb, seq, version, reason, nil, mutate)
}

// changeWith is the one way a reported case changes: readable, one's own (or
// coordination's act), unchanged since it was read, with a reason.
func (s *Store) changeWith(ctx context.Context, who access.Actor, code operation.Code, verb access.Permission, seq, version int64,
	reason string, prepare func(tx *db.Tx, st operation.Standing) error, mutate func(st operation.Standing, c *Case) error) (Case, error) {
	if err := checkReason(reason); err != nil {
		return Case{}, fault.In(verb, err)
	}
	return s.write(ctx, who, code, verb, func(tx *db.Tx, st operation.Standing) (Case, error) {
		old, err := readable(tx, st, seq)
		if err != nil {
			return Case{}, err
		}
		if verb != access.SeizureRelate && old.Organisation != who.Organisation {
			return Case{}, fault.Missing()
		}
		if prepare != nil {
			if err := prepare(tx, st); err != nil {
				return Case{}, err
			}
		}
		next := old
		if err := mutate(st, &next); err != nil {
			return old, err
		}
		if old.Version != version {
			return Case{}, fault.Of(fault.Conflict, "fault.conflict")
		}
		return s.store(tx, st, verb, &old, next, strings.TrimSpace(reason))
	})
}

func checkReason(reason string) error {
	var p fault.Problems
	switch {
	case strings.TrimSpace(reason) == "":
		p.Add("reason", "fault.required")
	case len([]rune(reason)) > maxText:
		p.Add("reason", "fault.too-long", fault.Args{"max": int64(maxText)})
	}
	return p.Fault()
}

// readable gives a case by its number if the actor's organisation may read it.
func readable(tx *db.Tx, st operation.Standing, seq int64) (Case, error) {
	c, err := db.One(tx, selectBySeq, scanCase, st.Operation.Number, seq)
	if err != nil {
		return c, missing(err)
	}
	list, err := st.Readable(tx)
	if err != nil {
		return c, err
	}
	for _, a := range list {
		if a == c.Audience {
			return c, nil
		}
	}
	return Case{}, fault.Missing()
}

var selectAmended = db.Statement(`select coalesce(max(v.version), 0) from seizure_version v
	join seizure_version p on p.operation = v.operation and p.seizure = v.seizure and p.version = v.version - 1
	where v.operation = $1 and v.seizure = $2 and v.verb = 'seizure.amend' and (v.fields <> p.fields or v.fields = $3)`)

// LastAmended is the number of a case's last version in which an amendment said
// something else than before; 0: there is none. That a photo took the case back to
// wait corrects nothing. Of versions that are erased nobody knows: they count.
func LastAmended(tx *db.Tx, op, seq int64) (int64, error) {
	return db.One(tx, selectAmended, db.Int64, op, seq, erasedFields)
}
