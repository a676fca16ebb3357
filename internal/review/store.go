package review

import (
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store keeps reviews.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store { return &Store{d, j, s} }

// Check says that a case was read and found in order: by its organisation's
// contact point, or by coordination. version is the one that was read; Conflict:
// the case has changed since. The same again is the same review.
func (s *Store) Check(ctx context.Context, who access.Actor, code operation.Code, ref string, version int64, reason string) error {
	return s.say(ctx, who, code, access.ReviewCheck, Checked, ref, version, reason)
}

// Return asks the organisation that reported a case to correct it, and says why.
// Conflict: the case has changed since it was read.
func (s *Store) Return(ctx context.Context, who access.Actor, code operation.Code, ref string, version int64, reason string) error {
	return s.say(ctx, who, code, access.ReviewReturn, Returned, ref, version, reason)
}

func (s *Store) say(ctx context.Context, who access.Actor, code operation.Code, verb access.Permission, verdict, ref string, version int64, reason string) error {
	reason, err := checkReason(reason, verdict)
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, c, err := open(tx, s.source, who, code, verb, ref)
		if err != nil {
			return err
		}
		before, err := of(tx, st, c)
		if err != nil {
			return err
		}
		for _, r := range before {
			if r.Version == version && r.Verdict == verdict && r.Author == who.Person && r.Reason == reason {
				return db.Unchanged
			}
		}
		switch {
		case c.Version != version:
			return fault.Of(fault.Conflict, "review.changed")
		case c.Redacted != "":
			return fault.Of(fault.Conflict, "seizure.was-redacted")
		case c.State != seizure.Reported && c.State != seizure.Released:
			return fault.Of(fault.Conflict, "review.not-reported")
		}
		return s.keep(tx, st, verb, c, Review{Seizure: c.Seq, Organisation: c.Organisation, Verdict: verdict, Side: sideOf(st, c),
			Author: who.Person, At: st.Now, Version: version, Reason: reason})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return nil
}

// keep stores a review with its entry.
func (s *Store) keep(tx *db.Tx, st operation.Standing, verb access.Permission, c seizure.Case, r Review) (err error) {
	op, value := st.Operation.Number, audience.Own(c.Organisation).With(access.Coordination)
	if r.Audience, err = audience.Intern(tx, op, value); err != nil {
		return err
	}
	// A subject of its own: an entry of the case that others cannot read would close
	// to them what they may read of it.
	r.Seq, err = s.journal.Append(tx, st.Entry(verb, "review/"+string(c.ID), r.Audience),
		journal.Content{After: r, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return err
	}
	_, err = tx.Exec(insertReview, r.args(op)...)
	return err
}

// open is the gate: the case is readable, and the actor reviews it.
func open(tx *db.Tx, from *source.Source, who access.Actor, code operation.Code, need access.Permission, ref string) (operation.Standing, seizure.Case, error) {
	st, err := operation.Enter(tx, from.Now(), who, code, need)
	if err != nil {
		return st, seizure.Case{}, err
	}
	c, err := seizure.Readable(tx, st, ref)
	if err == nil && !May(st, c) {
		err = fault.Missing()
	}
	return st, c, err
}

// of gives the reviews of a case that the actor's organisation may read, oldest first.
func of(tx *db.Tx, st operation.Standing, c seizure.Case) ([]Review, error) {
	list, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	return db.All(tx, selectOf, scan, st.Operation.Number, c.Seq, list)
}

// Read gives what was said of a case, oldest first, and where it stands. For
// whoever reads the case but not its reviews there are none.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, ref string) (all []Review, where Standing, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.SeizureRead)
		if err != nil {
			return err
		}
		c, err := seizure.Readable(tx, st, ref)
		if err != nil || !Sees(st, c) {
			return err
		}
		if all, err = of(tx, st, c); err != nil || len(all) == 0 {
			return err
		}
		amended, err := seizure.LastAmended(tx, st.Operation.Number, c.Seq)
		where = standing(all, amended)
		return err
	})
	if err != nil {
		return nil, Standing{}, fmt.Errorf("%s: %w", access.SeizureRead, err)
	}
	return all, where, nil
}

// Back is a case that was returned and waits for its correction.
type Back struct {
	Case   seizure.Case
	Review Review
}

// maxBack bounds how many returns are looked through for those that wait.
const maxBack = 200

// Waiting gives the cases of the actor's organisation that were returned and not
// corrected since, newest return first, for whoever may amend them.
func (s *Store) Waiting(ctx context.Context, who access.Actor, code operation.Code) (out []Back, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.SeizureAmend)
		if err != nil {
			return err
		}
		list, err := st.Readable(tx)
		if err != nil {
			return err
		}
		op := st.Operation.Number
		returns, err := db.All(tx, selectBack, scan, op, who.Organisation, list, maxBack)
		seen := map[int64]bool{}
		for _, r := range returns {
			if err != nil || seen[r.Seizure] {
				continue
			}
			seen[r.Seizure] = true
			err = waits(tx, st, r, &out)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", access.SeizureAmend, err)
	}
	return out, nil
}

// waits adds the case of a return when it stands and was not corrected.
func waits(tx *db.Tx, st operation.Standing, r Review, out *[]Back) error {
	op := st.Operation.Number
	c, err := seizure.Numbered(tx, op, r.Seizure)
	if err != nil || c.State == seizure.Withdrawn {
		return err
	}
	all, err := of(tx, st, c)
	if err != nil {
		return err
	}
	amended, err := seizure.LastAmended(tx, op, c.Seq)
	if standing(all, amended).Open() {
		*out = append(*out, Back{c, r})
	}
	return err
}
