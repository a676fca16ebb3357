package inspection

import (
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// Shelve puts sheets with their covert features in front of the store.
func (s *Store) Shelve(all map[product.ID]product.Sheet, parts map[int64]product.Part) {
	s.sheets = sheets{
		find: func(_ *db.Tx, st operation.Standing, name product.Name) (product.Sheet, error) {
			sheet, ok := all[name.ID]
			if !ok || st.Who.Organisation == sheet.Audience {
				return sheet, fault.Missing()
			}
			return sheet, nil
		},
		part: func(_ *db.Tx, _, sheet int64, _ string) (product.Part, error) {
			p, ok := parts[sheet]
			if !ok {
				return p, db.ErrNone
			}
			return p, nil
		},
		files: func(*db.Tx, int64, product.Part) ([]attachment.Attachment, error) { return nil, nil },
	}
}
