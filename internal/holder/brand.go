package holder

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

func (b Brand) record() record {
	return record{"brand/" + string(b.ID), between(b.Organisation), b}
}

// RegisterBrand registers a name on goods for a right holder for whom the actor acts;
// the empty id is the actor's own organisation. Brands may be registered before the
// right holder is vetted: nothing is published by it. A representative with a mandate
// for some brands registers no others; with one for some countries, only rights there.
// The same again is the same brand; its id with other content is a Conflict. Paths are
// holder and those of BrandDraft.
func (s *Store) RegisterBrand(ctx context.Context, who access.Actor, holder organisation.ID, d BrandDraft) (made Brand, err error) {
	if d.ID == "" {
		d.ID = BrandID(s.source.ID())
	}
	err = s.write(ctx, who, access.BrandRegister, func(tx *db.Tx, st operation.Standing) error {
		made, err = s.register(tx, st, holder, d)
		return err
	})
	if err != nil {
		return Brand{}, err
	}
	return made, nil
}

func (s *Store) register(tx *db.Tx, st operation.Standing, holder organisation.ID, d BrandDraft) (made Brand, err error) {
	acting, err := actingFor(tx, st, holder, func(a Acting) bool { return len(a.Brands) == 0 })
	if err != nil {
		return made, err
	}
	d, wrong := d.clean()
	old, err := BrandByID(tx, st.Operation.Number, acting.Holder.Number, d.ID)
	switch {
	case err == nil && old.says(d):
		return old, db.Unchanged
	case err == nil:
		return made, fault.Of(fault.Conflict, "holder.id-taken")
	case !errors.Is(err, db.ErrNone):
		return made, err
	}
	made = Brand{ID: d.ID, Organisation: acting.Holder.Number, Name: d.Name, Also: d.Also, Categories: d.Categories, Rights: d.Rights,
		Author: st.Who.Person, At: st.Now, Version: 1}
	if err := joined(wrong, acting.within(Brand{}, made), nameFree(tx, st, made)); err != nil {
		return made, err
	}
	made.Claimed = made.claims(st.Now)
	if made.Seq, _, err = s.append(tx, st, access.BrandRegister, made.record()); err != nil {
		return made, err
	}
	_, err = tx.Exec(putBrand, made.args(st.Operation.Number)...)
	return made, err
}

// AmendBrand changes a brand and the rights that protect it. Conflict: it was amended
// since the version that the writer saw, and nothing of that was overwritten. The same
// again changes nothing.
func (s *Store) AmendBrand(ctx context.Context, who access.Actor, holder organisation.ID, id BrandID, version int64, d BrandDraft) (made Brand, err error) {
	err = s.write(ctx, who, access.BrandAmend, func(tx *db.Tx, st operation.Standing) error {
		made, err = s.amend(tx, st, holder, id, version, d)
		return err
	})
	if err != nil {
		return Brand{}, err
	}
	return made, nil
}

func (s *Store) amend(tx *db.Tx, st operation.Standing, holder organisation.ID, id BrandID, version int64, d BrandDraft) (made Brand, err error) {
	acting, err := actingFor(tx, st, holder, func(a Acting) bool { return a.Covers(id) })
	if err != nil {
		return made, err
	}
	old, err := BrandByID(tx, st.Operation.Number, acting.Holder.Number, id)
	if err != nil {
		return made, missing(err)
	}
	d.ID = id
	d, wrong := d.clean()
	switch {
	case wrong == nil && old.says(d) && (old.Version == version || old.Version == version+1 && old.Author == st.Who.Person):
		return old, db.Unchanged
	case old.Version != version:
		return made, fault.Of(fault.Conflict, "holder.amended-meanwhile")
	}
	made = old
	made.Name, made.Also, made.Categories, made.Rights = d.Name, d.Also, d.Categories, d.Rights
	made.Author, made.At, made.Version = st.Who.Person, st.Now, version+1
	if err := joined(wrong, acting.within(old, made), nameFree(tx, st, made)); err != nil {
		return made, err
	}
	made.Claimed = made.claims(st.Now)
	if _, _, err = s.append(tx, st, access.BrandAmend, made.record()); err != nil {
		return made, err
	}
	_, err = tx.Exec(putBrand, made.args(st.Operation.Number)...)
	return made, err
}

// within refuses a change of rights in countries for which one does not act.
func (a Acting) within(old, now Brand) error {
	beyond := func(rights []Right) []Right {
		return slices.DeleteFunc(slices.Clone(rights), func(r Right) bool {
			return !slices.ContainsFunc(r.Countries, func(c string) bool { return !a.In(c) })
		})
	}
	if slices.EqualFunc(beyond(old.Rights), beyond(now.Rights), Right.equal) {
		return nil
	}
	return fault.At("rights", "holder.beyond-mandate")
}

// nameFree refuses a name that the same right holder has already, in any case of
// letters. Whether another right holder has it, nobody is told here.
func nameFree(tx *db.Tx, st operation.Standing, b Brand) error {
	all, err := BrandsOf(tx, st.Operation.Number, []int64{b.Organisation})
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.ID != b.ID && strings.EqualFold(o.Name, b.Name) {
			return fault.At("name", "holder.brand-taken")
		}
	}
	return nil
}
