package product

import (
	"math"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Shelved is a sheet that was published, with its newest version and its marks.
type Shelved struct {
	Sheet
	Content
	Marks Counts
}

// OfBrand gives published sheets of a brand that the actor of a standing in the library
// may read, fresh ones first.
func OfBrand(tx *db.Tx, st operation.Standing, brand holder.BrandID) ([]Item, error) {
	l, err := newLooking(tx, st, Query{Brand: brand, Limit: 100})
	if err != nil {
		return nil, err
	}
	var out Found
	err = l.list(&out)
	return out.Items, err
}

// Shelf gives the sheets of some right holders that were ever published, the newest
// first. To whom they are shown is for its caller to say.
func Shelf(tx *db.Tx, library int64, holders db.List) ([]Shelved, error) {
	if len(holders) == 0 {
		return nil, nil
	}
	all, err := db.All(tx, selectOwned, db.Decoded[Sheet], library, holders, int64(math.MaxInt64), most)
	if err != nil {
		return nil, err
	}
	contents, err := newest(tx, library, all)
	if err != nil {
		return nil, err
	}
	var out []Shelved
	for _, s := range all {
		if s.Version == 0 {
			continue
		}
		marks, err := counts(tx, library, s.Seq, 0)
		if err != nil {
			return nil, err
		}
		out = append(out, Shelved{Sheet: s, Content: contents[s.Seq], Marks: marks})
	}
	return out, nil
}
