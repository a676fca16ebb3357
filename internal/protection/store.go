package protection

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do about measures and applications.
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

// SetMeasure sets a version of what the actor's own administration may do at its
// border. The same draft again is the same version; of two who set it at once the
// second is told (Conflict).
func (s *Store) SetMeasure(ctx context.Context, who access.Actor, d MeasureDraft) (Measure, error) {
	if d.ID == "" {
		d.ID = MeasureID(s.source.ID())
	}
	var made Measure
	err := s.write(ctx, who, access.MeasureSet, func(tx *db.Tx, st operation.Standing) error {
		d, wrong := d.clean()
		all, err := db.All(tx, selectVersions, scanMeasure, st.Operation.Number, who.Organisation)
		if err != nil {
			return err
		}
		if st.Organisation.Country == "" {
			return fault.At("country", "protection.no-country")
		}
		m := Measure{ID: d.ID, Organisation: who.Organisation, Version: d.Seen + 1, Country: st.Organisation.Country, Rights: d.Rights, Directions: d.Directions,
			ExOfficio: d.ExOfficio, Small: d.Small, How: d.How, Source: d.Source, Profile: d.Profile, Compared: d.Compared, Date: d.Date, Author: who.Person, At: st.Now}
		if i := slices.IndexFunc(all, func(old Measure) bool { return old.ID == d.ID }); i >= 0 {
			made = all[i]
			m.Seq, m.At = made.Seq, made.At
			return repeated(reflect.DeepEqual(m, made))
		}
		if wrong != nil {
			return wrong
		}
		if newest := int64(len(all)); newest != d.Seen {
			return fault.Of(fault.Conflict, "protection.set-meanwhile")
		}
		value := audience.Value{Sides: []access.Side{access.Coordination, access.Enforcement}}
		number, err := audience.Intern(tx, st.Operation.Number, value)
		if err != nil {
			return err
		}
		if m.Seq, err = s.journal.Append(tx, st.Entry(access.MeasureSet, "measure/"+string(st.Organisation.ID), number),
			journal.Content{After: m, With: map[string]string{"audience": value.String()}}); err != nil {
			return err
		}
		made = m
		_, err = tx.Exec(insertMeasure, m.args(st.Operation.Number)...)
		return err
	})
	return made, err
}

// repeated is the answer to an id that stands already.
func repeated(same bool) error {
	if same {
		return db.Unchanged
	}
	return fault.Of(fault.Conflict, "protection.id-taken")
}

// File files an application in a right holder's name: its own side does, or the
// administration that decides on it. fresh is false for the same draft again.
func (s *Store) File(ctx context.Context, who access.Actor, d Draft) (made Application, fresh bool, err error) {
	if d.ID == "" {
		d.ID = ApplicationID(s.source.ID())
	}
	err = s.write(ctx, who, access.ApplicationFile, func(tx *db.Tx, st operation.Standing) error {
		customs := st.Side() != access.RightHolderSide
		if customs {
			d.Country = st.Organisation.Country
		}
		d, err := d.clean()
		if err != nil {
			return err
		}
		if !customs && d.State != Filed {
			return fault.At("state", "protection.customs-decide")
		}
		of, err := inName(tx, st, d)
		if err != nil {
			return err
		}
		a := d.into(Application{ID: d.ID, Organisation: of.Number, By: who.Organisation, ByCustoms: customs, Author: who.Person, At: st.Now, Version: 1})
		old, err := db.One(tx, selectApplication, scanApplication, st.Operation.Number, of.Number, string(d.ID))
		if err == nil {
			made = old
			return repeated(old.Version == 1 && old.By == a.By && reflect.DeepEqual(old.Draft(), a.Draft()))
		}
		if !errors.Is(err, db.ErrNone) {
			return err
		}
		fresh = true
		made, err = s.put(tx, st, access.ApplicationFile, nil, a)
		return err
	})
	if err != nil {
		return Application{}, false, err
	}
	return made, fresh, nil
}

// inName gives the right holder in whose name the draft is, if the actor may file
// it: a right holder's side for the brands and countries that it may act for, an
// administration for any holder's brands.
func inName(tx *db.Tx, st operation.Standing, d Draft) (of organisation.Organisation, err error) {
	library := st.Operation.Number
	if st.Side() != access.RightHolderSide {
		if of, err = organisation.ByID(tx, d.Holder); err != nil {
			return of, orProblem(err, "holder", "protection.holder")
		}
	} else {
		for _, b := range d.Brands {
			acting, err := holder.May(tx, st, d.Holder, b)
			if err != nil {
				return of, orProblem(err, "brands", "protection.brand")
			}
			of = acting.Holder
			if slices.ContainsFunc(d.Countries, func(c string) bool { return !acting.In(c) }) {
				return of, fault.At("countries", "protection.not-mandated")
			}
		}
	}
	for _, b := range d.Brands {
		if _, err := holder.BrandByID(tx, library, of.Number, b); err != nil {
			return of, orProblem(err, "brands", "protection.brand")
		}
	}
	return of, nil
}

func orProblem(err error, path, key string) error {
	if errors.Is(err, db.ErrNone) || fault.Is(err, fault.NotFound) {
		return fault.At(path, key)
	}
	return err
}

// put stores an application as it is now, for those who may read it now.
func (s *Store) put(tx *db.Tx, st operation.Standing, verb access.Permission, before any, a Application) (Application, error) {
	value, err := readers(tx, a)
	if err != nil {
		return a, err
	}
	if a.Audience, err = audience.Intern(tx, st.Operation.Number, value); err != nil {
		return a, err
	}
	seq, err := s.journal.Append(tx, st.Entry(verb, a.EntrySubject(), a.Audience),
		journal.Content{Before: before, After: a, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return a, err
	}
	if a.Seq == 0 {
		a.Seq = seq
	}
	_, err = tx.Exec(putApplication, a.args(st.Operation.Number)...)
	return a, err
}

// readers are who may read an application: the holder, the administrations of its
// countries, now members or not, and coordination; all customs if it says so.
func readers(tx *db.Tx, a Application) (audience.Value, error) {
	v := audience.Value{Organisations: []int64{a.Organisation, a.By}, Sides: []access.Side{access.Coordination}}
	if !a.ByCustoms {
		v.Organisations = []int64{a.Organisation} // a representative reads it while its mandate holds
	}
	if a.Everybody {
		return v.With(access.Enforcement), nil
	}
	customs, err := organisation.Customs(tx, a.Countries)
	for _, o := range customs {
		v.Organisations = append(v.Organisations, o.Number)
	}
	return v, err
}

// Amend changes an application: the administration that decides on it does, and
// while it waits whoever filed it; the holder's side may revoke it at any time.
// seen is the version that the writer saw; another stands: Conflict.
func (s *Store) Amend(ctx context.Context, who access.Actor, n Name, d Draft, seen int64) (made Application, err error) {
	err = s.write(ctx, who, access.ApplicationAmend, func(tx *db.Tx, st operation.Standing) error {
		old, of, err := find(tx, st, n)
		if err != nil {
			return err
		}
		if !mayAmend(st, old) {
			return fault.Missing()
		}
		d.ID, d.Holder = old.ID, of.ID
		if st.Side() != access.RightHolderSide {
			d.Country = old.Country
		}
		d, err := d.clean()
		if err != nil {
			return err
		}
		a := d.into(old)
		if made = old; old.Version == seen+1 && old.Amender == who.Person && reflect.DeepEqual(a.Draft(), old.Draft()) {
			return db.Unchanged
		}
		if old.Version != seen {
			return fault.Of(fault.Conflict, "protection.amended-meanwhile")
		}
		if err := mayBecome(st, old, a); err != nil {
			return err
		}
		if _, err := inName(tx, st, d); err != nil {
			return err
		}
		a.Version, a.Amender, a.Amended = old.Version+1, who.Person, st.Now
		made, err = s.put(tx, st, access.ApplicationAmend, old, a)
		return err
	})
	if err != nil {
		return Application{}, err
	}
	return made, nil
}

// mayBecome tells what the holder's side may change: all but the state while the
// administration has not decided, then nothing; and it may revoke at any time.
func mayBecome(st operation.Standing, old, a Application) error {
	if st.Side() != access.RightHolderSide {
		return nil
	}
	if a.State == Revoked {
		was, is := old.Draft(), a.Draft()
		was.State, was.Reason = is.State, is.Reason
		if reflect.DeepEqual(was, is) {
			return nil
		}
	}
	switch {
	case old.State != Filed:
		return fault.Of(fault.Conflict, "protection.decided")
	case a.State != Filed && a.State != Revoked, a.Number != old.Number:
		return fault.At("state", "protection.customs-decide")
	}
	return nil
}

// mayAmend tells whether the actor may change an application that it reads.
func mayAmend(st operation.Standing, a Application) bool {
	if !st.May(access.ApplicationAmend) {
		return false
	}
	if st.Side() == access.RightHolderSide { // and holder.May when it does
		return !a.ByCustoms && (a.State == Filed || a.State == Accepted || a.State == Suspended)
	}
	return st.Organisation.Country == a.Country
}
