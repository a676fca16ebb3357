package alert

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// read is the frame of every query here.
func (s *Store) read(ctx context.Context, who access.Actor, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, access.AlertRead)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.AlertRead, err)
	}
	return nil
}

// visible leaves a right holder's side what it acts for.
func visible(tx *db.Tx, st operation.Standing, all []Alert) ([]Alert, error) {
	if st.Side() != access.RightHolderSide {
		return all, nil
	}
	acting, err := holder.For(tx, st)
	return slices.DeleteFunc(all, func(a Alert) bool {
		return !slices.ContainsFunc(acting, func(h holder.Acting) bool { return h.Holder.Number == a.Organisation && h.Covers(a.Brand) })
	}), err
}

// Item is an alert in a list, with what its reader may know beside it.
type Item struct {
	Alert
	Of             organisation.Organisation // the originator
	InForce        bool                      // today
	Acknowledged   time.Time                 // by the reader's organisation; zero: it has not
	MayAcknowledge bool
	Mine           bool // the reader's side issued it
}

// waits tells whether an alert waits for the reader's organisation.
func (i Item) waits() bool { return i.InForce && i.MayAcknowledge }

// Filter narrows a list; empty values do not.
type Filter struct {
	Open   bool  // only what is in force and not acknowledged
	Before int64 // Seq: of what is over, or of the plain order; 0: from the newest
	Limit  int64 // at most 200; 0: 50
}

func (f Filter) clean() Filter {
	if f.Before <= 0 {
		f.Before = 1 << 62
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	f.Limit = min(f.Limit, 200)
	return f
}

// most bounds the alerts of those for whom somebody acts.
const most = int64(100_000)

// Page is what a reader finds.
type Page struct {
	Standing operation.Standing
	Today    string
	Current  []Item // in force: what waits for the reader first, urgent first, then the newest
	Earlier  []Item // over or withdrawn, the newest first
	Next     int64  // Filter.Before of the next of Earlier; 0: this is the last
	MayIssue bool
}

// List gives the alerts that the actor may read, as people go through them.
func (s *Store) List(ctx context.Context, who access.Actor, f Filter) (out Page, err error) {
	f = f.clean()
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		out = Page{Standing: st, Today: st.Today(), MayIssue: st.May(access.AlertIssue)}
		op := st.Operation.Number
		open, err := holder.Readable(tx, st)
		if err != nil {
			return err
		}
		current, err := db.All(tx, selectCurrent, scan, op, open, out.Today)
		if err != nil {
			return err
		}
		limit := f.Limit + 1
		if st.Side() == access.RightHolderSide { // few, and a page must not tell how many are beyond a mandate
			limit = most
		}
		earlier, err := db.All(tx, selectEarlier, scan, op, open, out.Today, f.Before, limit)
		if err != nil {
			return err
		}
		if earlier, err = visible(tx, st, earlier); err != nil {
			return err
		}
		if int64(len(earlier)) > f.Limit {
			earlier = earlier[:f.Limit]
			out.Next = earlier[f.Limit-1].Seq
		}
		if out.Current, err = items(tx, st, current); err != nil {
			return err
		}
		slices.SortStableFunc(out.Current, order)
		if f.Open {
			out.Current = slices.DeleteFunc(out.Current, func(i Item) bool { return !i.waits() })
			out.Next = 0
			return nil
		}
		out.Earlier, err = items(tx, st, earlier)
		return err
	})
	return out, err
}

// order is how alerts in force stand in a list.
func order(a, b Item) int {
	waits := func(i Item) int {
		if i.waits() {
			return 0
		}
		return 1
	}
	return cmp.Or(waits(a)-waits(b), codelist.AlertLevel.Index(a.Level)-codelist.AlertLevel.Index(b.Level), int(b.Seq-a.Seq))
}

// Fed is a page for other systems.
type Fed struct {
	Standing operation.Standing
	Items    []Item
	Next     int64 // Filter.Before of the next page; 0: this is the last
}

// Feed gives a page of the alerts that the actor may read for other systems: the
// newest first, whatever became of them.
func (s *Store) Feed(ctx context.Context, who access.Actor, f Filter) (out Fed, err error) {
	f = f.clean()
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		out = Fed{Standing: st}
		open, err := holder.Readable(tx, st)
		if err != nil {
			return err
		}
		for before, more := f.Before, true; more; {
			some, err := db.All(tx, selectPage, scan, st.Operation.Number, open, before, f.Limit)
			if err != nil || len(some) == 0 {
				return err
			}
			before, more = some[len(some)-1].Seq, int64(len(some)) == f.Limit
			of, err := items(tx, st, some)
			if err != nil {
				return err
			}
			if out.add(of, f) {
				return nil
			}
		}
		return nil
	})
	return out, err
}

// add adds what fits; true: the page is full, and there is more.
func (o *Fed) add(all []Item, f Filter) bool {
	for _, i := range all {
		switch {
		case f.Open && !i.waits():
		case int64(len(o.Items)) == f.Limit:
			o.Next = o.Items[f.Limit-1].Seq
			return true
		default:
			o.Items = append(o.Items, i)
		}
	}
	return false
}

// Count tells how many alerts wait for the actor's organisation; none of them for
// whoever does not read alerts, or only issues them.
func (s *Store) Count(ctx context.Context, who access.Actor) (n int64, member bool, err error) {
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		member = true
		if !st.May(access.AlertAcknowledge) {
			return nil
		}
		open, err := st.Readable(tx)
		if err == nil {
			n, err = db.One(tx, countOpen, db.Int64, st.Operation.Number, open, st.Today(), who.Organisation)
		}
		return err
	})
	if fault.Is(err, fault.NotFound) && who.Known() {
		return 0, false, nil
	}
	return n, member, err
}

func items(tx *db.Tx, st operation.Standing, all []Alert) ([]Item, error) {
	all, err := visible(tx, st, all)
	if err != nil {
		return nil, err
	}
	var numbers db.List
	var from []int64
	for _, a := range all {
		numbers, from = append(numbers, a.Seq), append(from, a.Organisation)
	}
	of, err := organisation.These(tx, from)
	if err != nil {
		return nil, err
	}
	own, err := acknowledgedBy(tx, st.Operation.Number, st.Who.Organisation, numbers)
	out := make([]Item, len(all))
	for n, a := range all {
		i := Item{Alert: a, Of: of[a.Organisation], InForce: a.InForce(st.Today()), Acknowledged: own[a.Seq].At,
			Mine: a.Organisation == st.Who.Organisation || st.Side() == access.RightHolderSide}
		i.MayAcknowledge = st.May(access.AlertAcknowledge) && !i.Mine && i.Acknowledged.IsZero()
		out[n] = i
	}
	return out, err
}

// Place is an operation that an alert names, or in which it may become a warning.
type Place struct {
	Code operation.Code
	Name string
}

// Account is who has acknowledged an alert: for coordination only.
type Account struct {
	Told     int // organisations that enforce and were told
	Done     []Done
	Missing  []organisation.Organisation
	Reminded time.Time // zero: they never were
}

// Done is that one of them has.
type Done struct {
	Of organisation.Organisation
	By string // the person's name
	At time.Time
}

// Opened is one alert.
type Opened struct {
	Standing operation.Standing
	Item
	By          string                  // its author's name: for the originator's side, and coordination
	AckBy       string                  // who acknowledged it for the reader's organisation
	Named       []Place                 // the operations that it is for, as far as its reader stands in them or named them
	Files       []attachment.Attachment // its pictures
	Account     *Account                // nil: not for this reader
	Warn        []Place                 // operations in which the reader may write a warning of it
	MayWithdraw bool
	MayRemind   bool
}
