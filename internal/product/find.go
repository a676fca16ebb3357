package product

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/barcode"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

const (
	day    = 24 * time.Hour
	usual  = 20
	looked = 200 // of the newest sheets that hold the words
)

// Find looks sheets up, by a code or by words in any script; with neither it lists
// them. A right holder finds its own only. Missing: the actor may not look up here, or
// there is no library.
func (s *Store) Find(ctx context.Context, who access.Actor, q Query) (Found, error) {
	var out Found
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		out = Found{}
		if out.Standing, err = operation.Enter(tx, s.source.Now(), who, operation.Library, access.ProductRead); err != nil {
			return err
		}
		l, err := newLooking(tx, out.Standing, q)
		if err != nil {
			return err
		}
		return l.find(&out)
	})
	if err != nil {
		return Found{}, fmt.Errorf("%s: %w", access.ProductRead, err)
	}
	return out, nil
}

// looking is one look-up.
type looking struct {
	tx       *db.Tx
	st       operation.Standing
	q        Query
	readable db.List
	acting   []holder.Acting
	holder   int64
}

func newLooking(tx *db.Tx, st operation.Standing, q Query) (*looking, error) {
	l := &looking{tx: tx, st: st, q: q}
	if l.q.Limit <= 0 {
		l.q.Limit = usual
	}
	l.q.Limit = min(l.q.Limit, 100)
	var err error
	if l.readable, err = holder.Readable(tx, st); err != nil {
		return nil, err
	}
	if l.acting, err = holder.For(tx, st); err != nil {
		return nil, err
	}
	if q.Holder != "" {
		o, err := organisation.ByID(tx, q.Holder)
		if errors.Is(err, db.ErrNone) {
			l.holder = -1 // as one of whom nothing is readable
			return l, nil
		}
		if err != nil {
			return nil, err
		}
		l.holder = o.Number
	}
	return l, nil
}

// mayRead: a right holder's side reads what it acts for, brand by brand.
func (l *looking) mayRead(s Sheet) bool {
	return l.st.Side() != access.RightHolderSide || actsFor(l.acting, s)
}

func actsFor(all []holder.Acting, s Sheet) bool {
	return slices.ContainsFunc(all, func(a holder.Acting) bool { return a.Holder.Number == s.Organisation && a.Covers(s.Brand) })
}

func (l *looking) find(out *Found) error {
	if l.q.Own {
		return l.own(out)
	}
	typed := cmp.Or(strings.TrimSpace(l.q.Code), strings.TrimSpace(l.q.Text))
	if typed == "" {
		return l.list(out)
	}
	if err := l.byCode(out, typed); err != nil || out.ByCode || l.q.Code != "" {
		return err
	}
	return l.byWords(out)
}

// byCode finds by a number as it is on goods.
func (l *looking) byCode(out *Found, typed string) error {
	scanned := barcode.Parse(typed)
	code := Compared(cmp.Or(scanned.GTIN, typed))
	if code == "" || len(code) > MaxTitle {
		return nil
	}
	all, err := db.All(l.tx, selectByCode, db.Decoded[Sheet], l.st.Operation.Number, code, l.readable, l.q.Limit)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(s Sheet) bool { return !l.mayRead(s) || !l.narrow(s) })
	if digits := strings.Trim(code, "0123456789") == "" && len(code) == 14; digits || len(all) > 0 || l.q.Code != "" {
		out.Code = cmp.Or(scanned.GTIN, codelist.Canonical(typed))
		out.BadCheck = digits && !codelist.CheckGTIN(code).OK
		if digits && !out.BadCheck {
			out.Issuer = barcode.Prefix(code)
		}
	}
	out.ByCode = len(all) > 0
	out.Items, err = l.items(all)
	l.sort(out.Items)
	return err
}

func (l *looking) narrow(s Sheet) bool {
	return (l.q.Category == "" || s.Category == l.q.Category) && (l.q.Brand == "" || s.Brand == l.q.Brand) && (l.holder == 0 || s.Organisation == l.holder)
}

// byWords looks at the newest sheets that hold the words.
func (l *looking) byWords(out *Found) error {
	words, err := textindex.Parse(l.q.Text)
	if err != nil || words.Empty() {
		return err
	}
	keys, err := l.keys()
	if err != nil {
		return err
	}
	numbers, err := textindex.Match(l.tx, textindex.Scope{Operation: l.st.Operation.Number, Kinds: []textindex.Kind{textindex.Product},
		Audiences: l.readable, Keys: keys}, words, looked)
	if err != nil || len(numbers) == 0 {
		return err
	}
	all, err := These(l.tx, l.st.Operation.Number, l.readable, numbers)
	if err != nil {
		return err
	}
	var sheets []Sheet
	for _, w := range all {
		if l.mayRead(w.Sheet) && l.narrow(w.Sheet) && words.In(w.Texts...) {
			sheets = append(sheets, w.Sheet)
		}
	}
	return l.page(out, sheets)
}

// keys under which the reader, and those for whom it acts, find words.
func (l *looking) keys() ([]string, error) {
	keys, err := l.st.Keys(l.tx, l.readable)
	for _, a := range l.acting {
		if err == nil && !a.Own {
			var more []string
			more, err = audience.KeysOf(l.tx, l.st.Operation.Number, a.Holder.Number, access.RightHolderSide, l.readable)
			keys = append(keys, more...)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys), err
}

// page cuts a page out of sheets that were all read.
func (l *looking) page(out *Found, all []Sheet) error {
	today := l.st.Today()
	stale := func(s Sheet) bool { return s.IsStale(l.st.Now, today) }
	slices.SortFunc(all, func(a, b Sheet) int {
		return cmp.Or(cmp.Compare(order(stale(a)), order(stale(b))), cmp.Compare(b.Newest, a.Newest))
	})
	if c := l.q.After; c.Seq > 0 {
		all = slices.DeleteFunc(all, func(s Sheet) bool {
			return order(stale(s)) < order(c.Stale) || stale(s) == c.Stale && s.Newest >= c.Seq
		})
	}
	if len(all) > l.q.Limit {
		all = all[:l.q.Limit]
		last := all[l.q.Limit-1]
		out.Next = &Cursor{Stale: stale(last), Seq: last.Newest}
	}
	var err error
	out.Items, err = l.items(all)
	return err
}

func order(last bool) int {
	if last {
		return 1
	}
	return 0
}

// list gives all sheets that the reader may see, fresh ones first.
func (l *looking) list(out *Found) error {
	c := l.q.After
	if c.Seq == 0 {
		c.Seq = math.MaxInt64
	}
	if l.st.Side() == access.RightHolderSide { // few, and not all of them need be its own
		return l.owned(out)
	}
	var all []Sheet
	if !c.Stale {
		fresh, err := l.part(selectFresh, c.Seq, l.q.Limit+1)
		if err != nil {
			return err
		}
		all, c = fresh, Cursor{Stale: true, Seq: math.MaxInt64}
	}
	if len(all) <= l.q.Limit {
		stale, err := l.part(selectStale, c.Seq, l.q.Limit+1-len(all))
		if err != nil {
			return err
		}
		all = append(all, stale...)
	}
	l.q.After = Cursor{}
	return l.page(out, all)
}

func (l *looking) part(q db.SQL, before int64, limit int) ([]Sheet, error) {
	return db.All(l.tx, q, db.Decoded[Sheet], l.st.Operation.Number, l.readable, before, l.st.Today(), l.st.Now.AddDate(0, 0, -ConfirmedIn),
		l.q.Category, string(l.q.Brand), l.holder, limit)
}

// most bounds the sheets of those for whom somebody acts.
const most = 100_000

// owned gives the published sheets of those for whom the actor acts.
func (l *looking) owned(out *Found) error {
	all, err := db.All(l.tx, selectOwned, db.Decoded[Sheet], l.st.Operation.Number, db.List(holder.Numbers(l.acting)), int64(math.MaxInt64), most)
	if err != nil {
		return err
	}
	return l.page(out, slices.DeleteFunc(all, func(s Sheet) bool { return s.State != Published || !l.mayRead(s) || !l.narrow(s) }))
}

// own gives all sheets of those for whom the actor acts, drafts too, the newest first;
// of customs there are none.
func (l *looking) own(out *Found) error {
	before := cmp.Or(l.q.After.Seq, math.MaxInt64)
	all, err := db.All(l.tx, selectOwned, db.Decoded[Sheet], l.st.Operation.Number, db.List(holder.Numbers(l.acting)), before, most)
	if err != nil || len(l.acting) == 0 {
		return err
	}
	today := l.st.Today()
	all = slices.DeleteFunc(all, func(s Sheet) bool {
		return !l.mayRead(s) || !l.narrow(s) || l.q.Again && (s.State != Published || !s.IsStale(l.st.Now, today))
	})
	if len(all) > l.q.Limit {
		all = all[:l.q.Limit]
		out.Next = &Cursor{Seq: all[l.q.Limit-1].Seq}
	}
	out.Items, err = l.items(all)
	return err
}

func (l *looking) sort(all []Item) {
	slices.SortStableFunc(all, func(a, b Item) int { return cmp.Compare(order(a.Stale), order(b.Stale)) })
}

// items adds to sheets what their reader may know of them.
func (l *looking) items(all []Sheet) ([]Item, error) {
	if len(all) == 0 {
		return nil, nil
	}
	contents, err := newest(l.tx, l.st.Operation.Number, all)
	if err != nil {
		return nil, err
	}
	var holders []int64
	var seqs db.List
	for _, s := range all {
		holders, seqs = append(holders, s.Organisation), append(seqs, s.Seq)
	}
	organisations, err := organisation.These(l.tx, holders)
	if err != nil {
		return nil, err
	}
	pictures, err := attachment.Of(l.tx, l.st.Operation.Number, l.readable, seqs)
	if err != nil {
		return nil, err
	}
	brands, err := brandsOf(l.tx, l.st.Operation.Number, all)
	if err != nil {
		return nil, err
	}
	out := make([]Item, len(all))
	for i, s := range all {
		out[i] = Item{Sheet: s, Content: contents[s.Seq], Holder: organisations[s.Organisation], Mine: actsFor(l.acting, s),
			Expired: s.IsExpired(l.st.Today()), Stale: s.State == Published && s.IsStale(l.st.Now, l.st.Today())}
		out[i].Of = brands[brandKey{s.Organisation, s.Brand}]
		out[i].dress(pictures[s.Seq])
	}
	return out, nil
}

// dress adds the cover and the number of fakes.
func (i *Item) dress(pictures []attachment.Attachment) {
	for _, p := range i.Pairs {
		if p.Fake != "" {
			i.Fakes++
		}
	}
	for _, id := range i.Content.Pictures() {
		for _, a := range pictures {
			if a.ID == id && i.Cover.Seq == 0 {
				i.Cover = a
			}
		}
	}
}

// ByCode gives the published sheets that have a code and that the actor may read, in
// the library; for whoever is no member there, none.
func ByCode(tx *db.Tx, now time.Time, who access.Actor, code string) ([]Item, error) {
	st, err := operation.Enter(tx, now, who, operation.Library, access.ProductRead)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out Found
	l, err := newLooking(tx, st, Query{Code: code})
	if err != nil {
		return nil, err
	}
	err = l.byCode(&out, code)
	return out.Items, err
}
