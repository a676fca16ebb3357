package contact

import (
	"context"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// ForSheet gives whom the reader asks about a brand of a right holder, best first:
// for the country of the reader's organisation, and in a language.
func (s *Store) ForSheet(ctx context.Context, who access.Actor, of int64, brand holder.BrandID, language string) (out []Contact, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, access.ContactRead)
		if err != nil {
			return err
		}
		out, err = ForBrand(tx, st, of, brand, st.Organisation.Country, language)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", access.ContactRead, err)
	}
	return out, nil
}
