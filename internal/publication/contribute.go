package publication

import (
	"context"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Contribute writes the contribution of the actor's administration; edit is of what
// its writer saw, 0 for the first: otherwise it is a Conflict, and now is what stands.
// Paths: language, challenges, lessons, interest, cases.
func (s *Store) Contribute(ctx context.Context, who access.Actor, code operation.Code, d ContributionDraft, edit int64) (now Contribution, err error) {
	err = s.write(ctx, who, code, access.ReportContribute, func(tx *db.Tx, st operation.Standing) error {
		if _, err := begun(tx, st.Operation.Number); err != nil {
			return err
		}
		if now, err = ContributionOf(tx, st.Operation.Number, who.Organisation); err != nil {
			return err
		}
		next, err := d.clean(func(ref string) error { return ownCase(tx, st, ref) })
		if err != nil {
			return err
		}
		next.Organisation = who.Organisation
		if now.says(next) {
			return db.Unchanged
		}
		if now.Edit != edit {
			return changed(tx, now.Author, now.At)
		}
		before := now
		next.Author, next.At, next.Edit = who.Person, st.Now, now.Edit+1
		now = next
		return s.contributed(tx, st, before, now)
	})
	return now, err
}

// contributed appends a contribution: a draft for its own organisation alone.
func (s *Store) contributed(tx *db.Tx, st operation.Standing, before, now Contribution) error {
	value := audience.Own(now.Organisation)
	if now.Done {
		value = value.With(access.Coordination)
	}
	number, err := audience.Intern(tx, st.Operation.Number, value)
	if err != nil {
		return err
	}
	c := journal.Content{After: now, With: map[string]string{"audience": value.String()}}
	if before.Done == now.Done && before.Edit > 0 { // what was a draft stays at home
		c.Before = before
	}
	if _, err := s.journal.Append(tx, st.Entry(access.ReportContribute, "contribution/"+of(now.Organisation), number), c); err != nil {
		return err
	}
	_, err = tx.Exec(putContribution, now.args(st.Operation.Number)...)
	return err
}

// ownCase refuses what is no case of the actor's organisation that others may read, too.
func ownCase(tx *db.Tx, st operation.Standing, ref string) error {
	c, err := seizure.Readable(tx, st, ref)
	if err == nil && (c.Organisation != st.Who.Organisation || c.State != seizure.Released) {
		return fault.Missing()
	}
	return err
}

// says tells whether a contribution is what was written again.
func (c Contribution) says(d Contribution) bool {
	return c.Edit > 0 && c.Language == d.Language && c.Challenges == d.Challenges && c.Lessons == d.Lessons && c.Interest == d.Interest && c.Done == d.Done &&
		slices.Equal(c.Cases, d.Cases)
}

// Clear says what the actor's administration thinks of a version. The newest word of
// each stands; the same again changes nothing. Paths: state, until, words, language.
func (s *Store) Clear(ctx context.Context, who access.Actor, code operation.Code, number int64, d ClearanceDraft) (made Clearance, err error) {
	err = s.write(ctx, who, code, access.ReportClear, func(tx *db.Tx, st operation.Standing) error {
		op := st.Operation.Number
		v, err := VersionOf(tx, op, max(number, -1))
		if err != nil {
			return missing(err)
		}
		standing, err := ClearancesOf(tx, op, v.Number)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(standing, func(c Clearance) bool { return c.Organisation == who.Organisation && c.Number == v.Number })
		made = Clearance{Number: v.Number, Organisation: who.Organisation, State: d.State, Until: d.Until, Words: d.Words, Language: d.Language}
		if made, err = made.clean(st.Today()); err != nil {
			return err
		}
		if i >= 0 && standing[i].says(made) {
			made = standing[i]
			return db.Unchanged
		}
		made.Author, made.At = who.Person, st.Now
		value := audience.Own(who.Organisation).With(access.Coordination)
		aud, err := audience.Intern(tx, op, value)
		if err != nil {
			return err
		}
		c := journal.Content{After: made, With: map[string]string{"audience": value.String()}}
		if i >= 0 {
			c.Before = standing[i]
		}
		if made.Seq, err = s.journal.Append(tx, st.Entry(access.ReportClear, "clearance/"+of(v.Number)+"/"+of(who.Organisation), aud), c); err != nil {
			return err
		}
		_, err = tx.Exec(insertClearance, made.args(op)...)
		return err
	})
	return made, err
}

func (c Clearance) says(d Clearance) bool {
	return c.State == d.State && c.Until == d.Until && c.Words == d.Words && c.Language == d.Language
}
