package holder

import (
	"context"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

func (m Mandate) record() record {
	return record{"mandate/" + string(m.ID), between(m.Holder, m.Representative), m}
}

// Grant gives a mandate in the name of the actor's own organisation; it holds once
// coordination has checked it. The representative is named by the id of its
// organisation, which the two have told each other: that there is no such organisation,
// and that it stands on no right holder's side of the library, is one answer. The same
// again is the same mandate; its id with other content is a Conflict. Paths are id,
// representative, brands, countries, since, until, note, files.
func (s *Store) Grant(ctx context.Context, who access.Actor, g Granting) (made Mandate, err error) {
	if g.ID == "" {
		g.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, access.MandateGrant, func(tx *db.Tx, st operation.Standing) error {
		made, err = s.grant(tx, st, g)
		return err
	})
	if err != nil {
		return Mandate{}, err
	}
	return made, nil
}

func (s *Store) grant(tx *db.Tx, st operation.Standing, g Granting) (made Mandate, err error) {
	op := st.Operation.Number
	g, wrong := g.clean(st.Today())
	to, refused := representative(tx, st, g.Representative)
	if refused != nil && !fault.Is(refused, fault.Invalid) {
		return made, refused
	}
	old, err := db.One(tx, selectMandate, scanMandate, op, st.Who.Organisation, string(g.ID))
	switch {
	case err == nil && old.says(st.Who.Person, to, g):
		return old, db.Unchanged
	case err == nil:
		return made, fault.Of(fault.Conflict, "holder.id-taken")
	case !errors.Is(err, db.ErrNone):
		return made, err
	}
	if err := ownBrands(tx, st, g.Brands); err != nil {
		refused = errors.Join(refused, err)
	}
	if err := joined(wrong, refused); err != nil {
		return made, err
	}
	made = Mandate{ID: g.ID, Holder: st.Who.Organisation, Representative: to, Brands: g.Brands, Countries: g.Countries, Since: g.Since, Until: g.Until,
		Note: g.Note, Author: st.Who.Person, At: st.Now, State: Asked, Version: 1}
	if made.Attachments, err = filesOf(tx, st, g.Files); err != nil {
		return made, err
	}
	var readers int64
	if made.Seq, readers, err = s.append(tx, st, access.MandateGrant, made.record()); err != nil {
		return made, err
	}
	if _, err = tx.Exec(putMandate, made.args(op)...); err != nil {
		return made, err
	}
	return made, attachment.Attach(tx, st, made.Attachments, made.Seq, readers)
}

// joined puts what is wrong here and there side by side; another error stands alone.
func joined(all ...error) error {
	var p fault.Problems
	for _, err := range all {
		for _, each := range parts(err) {
			f, ok := errors.AsType[*fault.Fault](each)
			if !ok || f.Kind != fault.Invalid {
				return each
			}
			for _, field := range f.Fields {
				p.Add(field.Path, field.Key, field.Args)
			}
		}
	}
	return p.Fault()
}

func parts(err error) []error {
	if err == nil {
		return nil
	}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var out []error
		for _, e := range several.Unwrap() {
			out = append(out, parts(e)...)
		}
		return out
	}
	return []error{err}
}

// representative is the number of another organisation on the right-holder side of
// the library; refused at the field representative, in one way.
func representative(tx *db.Tx, st operation.Standing, id organisation.ID) (int64, error) {
	unknown := fault.At("representative", "holder.representative")
	o, err := organisation.ByID(tx, id)
	if errors.Is(err, db.ErrNone) {
		return 0, unknown
	}
	if err != nil {
		return 0, err
	}
	side, err := operation.SideOf(tx, st.Operation.Number, o.Number)
	if err != nil {
		return 0, err
	}
	if side != access.RightHolderSide || o.Number == st.Who.Organisation {
		return 0, unknown
	}
	return o.Number, nil
}

// ownBrands refuses brands that are not the actor's organisation's.
func ownBrands(tx *db.Tx, st operation.Standing, ids []BrandID) error {
	for _, id := range ids {
		_, err := BrandByID(tx, st.Operation.Number, st.Who.Organisation, id)
		if errors.Is(err, db.ErrNone) {
			return fault.At("brands", "holder.brands")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Check says that somebody of coordination has seen the deed of a mandate, and that it
// allows what the mandate says. Conflict: the actor is of one of the two organisations,
// or gave the mandate; or it was revoked. The same again changes nothing.
func (s *Store) Check(ctx context.Context, who access.Actor, of organisation.ID, id ID) (made Mandate, err error) {
	err = s.write(ctx, who, access.MandateCheck, func(tx *db.Tx, st operation.Standing) error {
		if made, err = mandateOf(tx, st, of, id); err != nil {
			return err
		}
		switch made.State {
		case Checked:
			return db.Unchanged
		case Revoked:
			return fault.Of(fault.Conflict, "holder.mandate-revoked")
		}
		if err := apart(tx, st, made.Author, made.Holder, made.Representative); err != nil {
			return err
		}
		made.State, made.Checker, made.CheckedAt = Checked, who.Person, st.Now
		return s.keepMandate(tx, st, access.MandateCheck, &made)
	})
	if err != nil {
		return Mandate{}, err
	}
	return made, nil
}

// RevokeMandate ends a mandate now: the right holder does, the representative lays it
// down, or coordination, which also refuses what it did not check. The same again
// changes nothing. The path is reason.
func (s *Store) RevokeMandate(ctx context.Context, who access.Actor, of organisation.ID, id ID, reason string) error {
	return s.write(ctx, who, access.MandateRevoke, func(tx *db.Tx, st operation.Standing) error {
		m, err := mandateOf(tx, st, of, id)
		if err != nil {
			return err
		}
		var p fault.Problems
		reason = cleanText(&p, "reason", reason, MaxReason, true)
		switch {
		case p.Fault() != nil:
			return p.Fault()
		case m.State == Revoked:
			return db.Unchanged
		}
		m.State, m.Reason, m.Ended = Revoked, reason, who.Person
		return s.keepMandate(tx, st, access.MandateRevoke, &m)
	})
}

// mandateOf is a mandate that the actor may know: coordination any, others those
// between their own organisation and another.
func mandateOf(tx *db.Tx, st operation.Standing, of organisation.ID, id ID) (Mandate, error) {
	o, err := organisation.ByID(tx, of)
	if err != nil {
		return Mandate{}, missing(err)
	}
	m, err := db.One(tx, selectMandate, scanMandate, st.Operation.Number, o.Number, string(id))
	if err != nil {
		return m, missing(err)
	}
	if st.Side() != access.Coordination && m.Holder != st.Who.Organisation && m.Representative != st.Who.Organisation {
		return Mandate{}, fault.Missing()
	}
	return m, nil
}

func (s *Store) keepMandate(tx *db.Tx, st operation.Standing, verb access.Permission, m *Mandate) error {
	m.Version++
	if _, _, err := s.append(tx, st, verb, m.record()); err != nil {
		return err
	}
	_, err := tx.Exec(putMandate, m.args(st.Operation.Number)...)
	return err
}
