package workshop

import (
	"cmp"
	"context"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// feedPage is how many workshops a page has unless its reader says another number.
const feedPage = 50

// Filter says which page of the workshops of an operation is meant.
type Filter struct {
	Limit  int64 // 0: feedPage
	Before int64 // Next of the page before
}

// Fed is a page of workshops, the newest first: in the order in which they were planned,
// which stays while days are moved.
type Fed struct {
	Standing operation.Standing
	Items    []Item
	Next     int64 // Filter.Before of the next page; 0: this is the last
}

// Feed gives a page of the workshops of an operation that the actor may read.
func (s *Store) Feed(ctx context.Context, who access.Actor, code operation.Code, f Filter) (out Fed, err error) {
	if f.Limit <= 0 {
		f.Limit = feedPage
	}
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		out = Fed{Standing: st}
		all, err := All(tx, st)
		if err != nil {
			return err
		}
		slices.SortFunc(all, func(a, b Workshop) int { return cmp.Compare(b.Seq, a.Seq) })
		all = slices.DeleteFunc(all, func(w Workshop) bool { return f.Before > 0 && w.Seq >= f.Before })
		if int64(len(all)) > f.Limit {
			all = all[:f.Limit]
			out.Next = all[f.Limit-1].Seq
		}
		out.Items, err = items(tx, st, all)
		return err
	})
	if err != nil {
		return Fed{}, err
	}
	return out, nil
}
