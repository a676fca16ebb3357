package protection

import (
	"context"
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// ForBrand answers for a brand of a right holder, by its number, in the country of
// the reader's organisation: the first line of a sheet. Missing: there is no such
// brand for the reader. The empty line: the reader stands in no country.
func (s *Store) ForBrand(ctx context.Context, who access.Actor, of int64, id holder.BrandID) (l Line, err error) {
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		l = Line{}
		if !seesMeasures(st) {
			acting, err := holder.For(tx, st)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(acting, func(a holder.Acting) bool { return a.Holder.Number == of && a.Covers(id) }) {
				return fault.Missing()
			}
		}
		brand, err := holder.BrandByID(tx, st.Operation.Number, of, id)
		if errors.Is(err, db.ErrNone) {
			return fault.Missing()
		}
		if err != nil || st.Organisation.Country == "" {
			return err
		}
		l, err = Here(tx, st, brand, st.Organisation.Country)
		return err
	})
	return l, err
}
