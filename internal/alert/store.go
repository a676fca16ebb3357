package alert

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people and time do about alerts.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(operation.Library), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, need)
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

// Issue issues an alert. The same draft again is the same alert and the same
// answer, and fresh is false; its id with other content is a Conflict. Paths of
// what is wrong are those of Draft, holder, brand and attachments.
func (s *Store) Issue(ctx context.Context, who access.Actor, d Draft) (made Alert, fresh bool, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, access.AlertIssue, func(tx *db.Tx, st operation.Standing) error {
		made, fresh, err = s.issue(tx, st, d)
		return err
	})
	if err != nil {
		return Alert{}, false, err
	}
	return made, fresh, nil
}

func (s *Store) issue(tx *db.Tx, st operation.Standing, d Draft) (made Alert, fresh bool, err error) {
	op := st.Operation.Number
	d, wrong := d.clean(st.Today())
	a := Alert{ID: d.ID, Organisation: st.Who.Organisation, Author: st.Who.Person, At: st.Now, Kind: d.Kind, Level: d.Level, Title: d.Title, Look: d.Look, Do: d.Do,
		Language: d.Language, Category: d.Category, HS: d.HS, From: d.From, Via: d.Via, Into: d.Into, Marks: d.Marks, Sheets: d.Sheets, Until: d.Until,
		To: To{All: d.All, Countries: d.Countries}}
	if a, err = inName(tx, st, d, a); err != nil {
		return a, false, joined(wrong, err)
	}
	if a.To.Operations, err = operations(tx, st, d.Operations); err != nil {
		return a, false, joined(wrong, err)
	}
	old, err := db.One(tx, selectAlert, scan, op, a.Organisation, string(a.ID))
	switch {
	case err == nil && old.says(a, d.Pictures):
		return old, false, db.Unchanged
	case err == nil:
		return a, false, fault.Of(fault.Conflict, "alert.id-taken")
	case !errors.Is(err, db.ErrNone):
		return a, false, err
	}
	if a.Pictures, err = attachment.Ready(tx, st, d.Pictures); joined(wrong, err) != nil {
		return a, false, joined(wrong, err)
	}
	value, err := a.readers(tx)
	if err != nil {
		return a, false, err
	}
	if a.Audience, err = audience.Intern(tx, op, value); err != nil {
		return a, false, err
	}
	a.Seq, err = s.journal.Append(tx, st.Entry(access.AlertIssue, a.EntrySubject(), a.Audience),
		journal.Content{After: a, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return a, false, err
	}
	if _, err = tx.Exec(putAlert, a.args(op)...); err != nil {
		return a, false, err
	}
	return a, true, attachment.Attach(tx, st, a.Pictures, a.Seq, a.Audience)
}

// inName puts in whose name an alert is, and what brand it is about: a right
// holder's side writes for whom it acts, coordination in its own name.
func inName(tx *db.Tx, st operation.Standing, d Draft, a Alert) (Alert, error) {
	if st.Side() == access.RightHolderSide {
		acting, err := holder.May(tx, st, d.Holder, d.Brand)
		if err != nil {
			return a, orProblem(err, "brand", "alert.brand")
		}
		if a.Organisation = acting.Holder.Number; a.To.beyond(acting) || len(d.Operations) > 0 && len(acting.Countries) > 0 {
			return a, fault.At("to", "protection.not-mandated")
		}
	}
	if d.Brand == "" {
		return a, nil
	}
	a.BrandOf = a.Organisation
	if st.Side() != access.RightHolderSide {
		of, err := organisation.ByID(tx, d.Holder)
		if err != nil {
			return a, orProblem(err, "brand", "alert.brand")
		}
		a.BrandOf = of.Number
	}
	b, err := holder.BrandByID(tx, st.Operation.Number, a.BrandOf, d.Brand)
	if err != nil {
		return a, orProblem(err, "brand", "alert.brand")
	}
	a.Brand, a.BrandName = b.ID, b.Name
	return a, nil
}

// beyond tells whether an alert would go further than a mandate for some countries.
func (t To) beyond(a holder.Acting) bool {
	return len(a.Countries) > 0 && (t.All || slices.ContainsFunc(t.Countries, func(c string) bool { return !a.In(c) }))
}

// operations gives the numbers of operations in which the writer stands itself;
// others do not exist for it.
func operations(tx *db.Tx, st operation.Standing, codes []operation.Code) ([]int64, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	all, err := operation.Everywhere(tx, st.Now, st.Who, operation.KindOperation)
	if err != nil {
		return nil, err
	}
	var out []int64
	for _, code := range codes {
		i := slices.IndexFunc(all, func(o operation.Standing) bool {
			return o.Operation.Code == code
		})
		if i < 0 {
			return nil, fault.At("to", "alert.to-operation")
		}
		out = append(out, all[i].Operation.Number)
	}
	slices.Sort(out)
	return out, nil
}

// readers are who may read an alert.
func (a Alert) readers(tx *db.Tx) (audience.Value, error) {
	v := audience.Value{Organisations: []int64{a.Organisation}, Sides: []access.Side{access.Coordination}, Operations: a.To.Operations}
	if a.To.All {
		v = v.With(access.Enforcement)
	}
	customs, err := organisation.Customs(tx, a.To.Countries)
	for _, o := range customs {
		v.Organisations = append(v.Organisations, o.Number)
	}
	return v, err
}

// says tells whether an alert is what was written again, with these pictures.
func (a Alert) says(b Alert, pictures []attachment.ID) bool {
	var has []attachment.ID
	for _, p := range a.Pictures {
		has = append(has, p.ID)
	}
	b.Seq, b.At, b.Audience, b.Pictures, b.Withdrawn = a.Seq, a.At, a.Audience, a.Pictures, a.Withdrawn
	return slices.Equal(has, pictures) && reflect.DeepEqual(a, b)
}

// Acknowledge notes that the actor's organisation has taken note of an alert. Once
// anybody of it has, the same again changes nothing.
func (s *Store) Acknowledge(ctx context.Context, who access.Actor, n Name) error {
	return s.write(ctx, who, access.AlertAcknowledge, func(tx *db.Tx, st operation.Standing) error {
		a, _, err := find(tx, st, n)
		if err != nil {
			return err
		}
		own, err := acknowledgedBy(tx, st.Operation.Number, who.Organisation, db.List{a.Seq})
		if err != nil {
			return err
		}
		if _, has := own[a.Seq]; has {
			return db.Unchanged
		}
		if a.Organisation == who.Organisation {
			return fault.Of(fault.Conflict, "alert.own")
		}
		made := Acknowledged{Alert: a.Seq, Organisation: who.Organisation, Person: who.Person, At: st.Now}
		if made.Seq, err = s.note(tx, st, access.AlertAcknowledge, a, made); err != nil {
			return err
		}
		_, err = tx.Exec(insertAck, made.args(st.Operation.Number)...)
		return err
	})
}

// note appends what the actor's organisation and coordination may know.
func (s *Store) note(tx *db.Tx, st operation.Standing, verb access.Permission, a Alert, act any) (int64, error) {
	value := audience.Value{Sides: []access.Side{access.Coordination}}
	if st.Who.Organisation != 0 {
		value.Organisations = []int64{st.Who.Organisation}
	}
	number, err := audience.Intern(tx, st.Operation.Number, value)
	if err != nil {
		return 0, err
	}
	return s.journal.Append(tx, st.Entry(verb, a.EntrySubject(), number), journal.Content{After: act, With: map[string]string{"audience": value.String()}})
}

// Remind reminds those who have not acknowledged an alert; where there is nobody,
// or they were reminded within the hour, it changes nothing.
func (s *Store) Remind(ctx context.Context, who access.Actor, n Name) error {
	return s.write(ctx, who, access.AlertRemind, func(tx *db.Tx, st operation.Standing) error {
		a, _, err := find(tx, st, n)
		if err != nil {
			return err
		}
		if !a.InForce(st.Today()) {
			return fault.Of(fault.Conflict, "alert.over")
		}
		last, err := reminded(tx, st.Operation.Number, a.Seq)
		if err != nil {
			return err
		}
		if st.Now.Sub(last.At) < time.Hour {
			return db.Unchanged
		}
		return s.remind(tx, st, a)
	})
}

func (s *Store) remind(tx *db.Tx, st operation.Standing, a Alert) error {
	missing, _, err := Missing(tx, st.Operation.Number, a, st.Now)
	if err != nil {
		return err
	}
	if len(missing) == 0 {
		return db.Unchanged
	}
	made := Reminder{Alert: a.Seq, Person: st.Who.Name(), At: st.Now, Organisations: missing}
	if made.Seq, err = s.note(tx, st, access.AlertRemind, a, made); err != nil {
		return err
	}
	_, err = tx.Exec(insertReminder, made.args(st.Operation.Number)...)
	return err
}

// Withdraw takes an alert back, with a reason that every reader sees in its place:
// its originator's side does, and coordination. The same again changes nothing.
func (s *Store) Withdraw(ctx context.Context, who access.Actor, n Name, reason string) error {
	return s.write(ctx, who, access.AlertWithdraw, func(tx *db.Tx, st operation.Standing) error {
		a, of, err := find(tx, st, n)
		if err != nil {
			return err
		}
		var p fault.Problems
		reason = i18n.CleanField(&p, "reason", reason, MaxReason, true, i18n.CleanBody)
		if st.Side() == access.RightHolderSide {
			if _, err := holder.May(tx, st, of.ID, a.Brand); err != nil && !fault.Is(err, fault.Invalid) { // who is vetted no more may still take back
				return err
			}
		}
		if err := p.Fault(); err != nil {
			return err
		}
		if !a.Withdrawn.At.IsZero() {
			return db.Unchanged
		}
		before := a
		a.Withdrawn = Withdrawn{At: st.Now, Author: who.Person, Reason: reason}
		value, err := audience.Of(tx, st.Operation.Number, a.Audience)
		if err != nil {
			return err
		}
		a.Withdrawn.Entry, err = s.journal.Append(tx, st.Entry(access.AlertWithdraw, a.EntrySubject(), a.Audience),
			journal.Content{Before: before, After: a, With: map[string]string{"audience": value.String()}})
		if err != nil {
			return err
		}
		_, err = tx.Exec(putAlert, a.args(st.Operation.Number)...)
		return err
	})
}

// joined is what is wrong with a draft's text and with its name and address, said
// at once.
func joined(text, other error) error {
	a, isText := errors.AsType[*fault.Fault](text)
	b, isOther := errors.AsType[*fault.Fault](other)
	switch {
	case text == nil:
		return other
	case other == nil || !isText || !isOther || b.Kind != fault.Invalid:
		return text
	}
	both := *a
	both.Fields = append(slices.Clone(a.Fields), b.Fields...)
	return &both
}

func orProblem(err error, path, key string) error {
	if errors.Is(err, db.ErrNone) || fault.Is(err, fault.NotFound) {
		return fault.At(path, key)
	}
	return err
}
