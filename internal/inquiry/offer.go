package inquiry

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Offer is what can be asked about a case.
type Offer struct {
	Standing operation.Standing
	Case     seizure.Case // with its photos
	Holders  []organisation.Organisation
	Telling  detention.Telling
	Sheets   []product.Item // that can be cited: of these right holders, for these goods
}

// Offer gives what the actor may ask about a case of its organisation, and whom.
func (s *Store) Offer(ctx context.Context, who access.Actor, code operation.Code, ref string) (Offer, error) {
	var o Offer
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		o = Offer{}
		if o.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.InquiryAsk); err != nil {
			return err
		}
		if o.Case, err = ownCase(tx, o.Standing, ref); err != nil {
			return err
		}
		if o.Case.State != seizure.Reported && o.Case.State != seizure.Released {
			return fault.Of(fault.Conflict, "inquiry.not-reported")
		}
		with := []seizure.Case{o.Case}
		if err = seizure.WithPhotos(tx, o.Standing, with); err != nil {
			return err
		}
		o.Case = with[0]
		if o.Holders, err = holders(tx, o.Standing); err != nil {
			return err
		}
		if o.Telling, err = detention.TellingOf(tx, o.Standing, o.Case); err != nil {
			return err
		}
		o.Sheets, err = citable(tx, o.Standing, o.Case, o.Holders)
		return err
	})
	return o, fault.In(access.InquiryAsk, err)
}

// Library tells whether the actor may ask for goods of a kind without a case.
func (s *Store) Library(ctx context.Context, who access.Actor) (operation.Standing, error) {
	var st operation.Standing
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		st, err = operation.Enter(tx, s.source.Now(), who, operation.Library, access.InquiryAsk)
		return err
	})
	return st, fault.In(access.InquiryAsk, err)
}

// Preview is what the right holder would see of a question that is not asked yet.
func (s *Store) Preview(ctx context.Context, who access.Actor, code operation.Code, ref string, d Draft) (View, error) {
	var v View
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.InquiryAsk)
		if err != nil {
			return err
		}
		c, err := ownCase(tx, st, ref)
		if err != nil {
			return err
		}
		t, err := detention.TellingOf(tx, st, c)
		if err != nil {
			return err
		}
		i, err := question(tx, st, c, t, d)
		if err != nil {
			return err
		}
		v, err = desk{standing: st}.view(tx, i)
		return err
	})
	if err != nil {
		return View{}, fault.In(access.InquiryAsk, err)
	}
	v.Inquiry = v.forHolder()
	return v, nil
}
