package holder

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Card is what a list says of one right holder.
type Card struct {
	Organisation organisation.Organisation
	Own          bool
	State        string    // of what it showed last, on this day
	Vetted       bool      // also while something newer waits
	Until        string    // day until which it is vetted, or was
	Asked        time.Time // when it showed that
	Brands       int
	Waiting      int // mandates of it that wait for coordination
}

// List is who stands where: for coordination all right holders, for others those for
// whom they act.
type List struct {
	Standing operation.Standing
	All      bool // the reader sees all
	Cards    []Card
}

// Holder is everything about one right holder that the reader may know.
type Holder struct {
	Standing     operation.Standing
	Organisation organisation.Organisation
	Acting       []Acting // how far the reader acts for it; empty for coordination
	Card         Card
	Vettings     []Vetting     // the newest first; of a representative: none
	Given        []MandateItem // by it; of a representative: to the representative
	Received     []MandateItem // to it; of a representative: none
	Brands       []Brand       // as far as the mandate goes
	Represents   []Card        // of the reader's own: for whom it acts beside itself
	Files        map[int64][]attachment.Attachment
	Names        map[string]person.Person // of authors and checkers; for coordination
	MayApply     bool
	MayVet       bool // revoke and check, too
	MayGrant     bool
	MayRegister  bool
}

// Own tells whether it is the reader's own organisation.
func (h Holder) Own() bool { return h.Organisation.Number == h.Standing.Who.Organisation }

// MandateItem is a mandate with the names of both sides.
type MandateItem struct {
	Mandate
	From, To organisation.Organisation
	Called   []string // names of the brands
	Now      string   // its state on this day
}

// read is the frame of every query here.
func (s *Store) read(ctx context.Context, who access.Actor, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, access.HolderRead)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.HolderRead, err)
	}
	return nil
}

// List lists right holders: whoever waits for coordination first, the longest first,
// then by name; one's own before others.
func (s *Store) List(ctx context.Context, who access.Actor) (out List, err error) {
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		out = List{Standing: st, All: st.Side() == access.Coordination}
		bodies, err := listed(tx, st)
		if err != nil {
			return err
		}
		all, err := db.All(tx, selectVettings, scanVetting, st.Operation.Number)
		if err != nil {
			return err
		}
		mandates, err := db.All(tx, selectMandates, scanMandate, st.Operation.Number)
		if err != nil {
			return err
		}
		counts, err := db.All(tx, countBrands, scanCount, st.Operation.Number)
		if err != nil {
			return err
		}
		brands := map[int64]int{}
		for _, c := range counts {
			brands[c[0]] = int(c[1])
		}
		for _, o := range bodies {
			out.Cards = append(out.Cards, card(st, o, all, mandates, brands[o.Number]))
		}
		if err := out.within(tx); err != nil {
			return err
		}
		slices.SortStableFunc(out.Cards, before)
		return nil
	})
	if err != nil {
		return List{}, err
	}
	return out, nil
}

// within counts of a right holder's brands those for which the reader acts: how many
// others there are is beyond a mandate.
func (l *List) within(tx *db.Tx) error {
	if l.All {
		return nil
	}
	acting, err := For(tx, l.Standing)
	if err != nil {
		return err
	}
	all, err := BrandsOf(tx, l.Standing.Operation.Number, Numbers(acting))
	for i := range l.Cards {
		c := &l.Cards[i]
		c.Brands = 0
		for _, b := range all {
			if b.Organisation == c.Organisation.Number && Sees(acting, b.Organisation, b.ID) {
				c.Brands++
			}
		}
	}
	return err
}

// before is the order of a list.
func before(a, b Card) int {
	waits := func(c Card) int {
		if c.State == Asked || c.Waiting > 0 {
			return 0
		}
		return 1
	}
	own := func(c Card) int {
		if c.Own {
			return 0
		}
		return 1
	}
	since := 0
	if a.State == Asked && b.State == Asked {
		since = a.Asked.Compare(b.Asked)
	}
	return cmp.Or(own(a)-own(b), waits(a)-waits(b), since, cmp.Compare(a.Organisation.Name, b.Organisation.Name))
}

// listed are the organisations that a reader's list has.
func listed(tx *db.Tx, st operation.Standing) ([]organisation.Organisation, error) {
	var out []organisation.Organisation
	if st.Side() == access.Coordination {
		members, err := operation.Members(tx, st.Operation.Number)
		for _, m := range members {
			if m.Membership.Side == access.RightHolderSide {
				out = append(out, m.Organisation)
			}
		}
		return out, err
	}
	acting, err := For(tx, st)
	for _, a := range acting {
		if !slices.ContainsFunc(out, func(o organisation.Organisation) bool { return o.Number == a.Holder.Number }) {
			out = append(out, a.Holder)
		}
	}
	return out, err
}

// card says of one right holder where it stands; vettings come the newest first.
func card(st operation.Standing, o organisation.Organisation, vettings []Vetting, mandates []Mandate, brands int) Card {
	c := Card{Organisation: o, Own: o.Number == st.Who.Organisation, State: None, Brands: brands}
	day := st.Today()
	for _, v := range vettings {
		if v.Organisation != o.Number {
			continue
		}
		if c.State == None {
			c.State, c.Asked = v.On(day), v.At
		}
		if v.State == Checked && v.Until > c.Until {
			c.Until, c.Vetted = v.Until, v.Holds(day)
		}
	}
	for _, m := range mandates {
		if m.Holder == o.Number && m.State == Asked && (st.Side() == access.Coordination || c.Own) {
			c.Waiting++
		}
	}
	return c
}

// Read gives what the reader may know of one right holder; the empty id is the
// reader's own organisation. A representative is told of its holder whether it is
// vetted, its brands, and the mandates between the two, nothing else.
func (s *Store) Read(ctx context.Context, who access.Actor, id organisation.ID) (out Holder, err error) {
	err = s.read(ctx, who, func(tx *db.Tx, st operation.Standing) error {
		out = Holder{Standing: st, Organisation: st.Organisation}
		if id != "" {
			if out.Organisation, err = organisation.ByID(tx, id); err != nil {
				return missing(err)
			}
		}
		return out.fill(tx)
	})
	if err != nil {
		return Holder{}, err
	}
	return out, nil
}

func (h *Holder) fill(tx *db.Tx) error {
	st, op, o := h.Standing, h.Standing.Operation.Number, h.Organisation
	coordinates := st.Side() == access.Coordination
	vettings, err := db.All(tx, selectVettingsOf, scanVetting, op, o.Number)
	if err != nil {
		return err
	}
	if err := h.mayRead(tx, len(vettings) > 0); err != nil {
		return err
	}
	if h.Brands, err = BrandsOf(tx, op, []int64{o.Number}); err != nil {
		return err
	}
	given, err := db.All(tx, selectMandatesBy, scanMandate, op, o.Number)
	if err != nil {
		return err
	}
	h.Card = card(st, o, vettings, given, len(h.Brands))
	if h.Given, err = h.items(tx, given); err != nil {
		return err
	}
	if coordinates || h.Own() {
		received, err := db.All(tx, selectMandatesTo, scanMandate, op, o.Number)
		if err != nil {
			return err
		}
		if h.Received, err = h.items(tx, received); err != nil {
			return err
		}
		h.Vettings = vettings
	}
	if !coordinates {
		h.Brands = slices.DeleteFunc(h.Brands, func(b Brand) bool { return !Sees(h.Acting, o.Number, b.ID) })
	}
	h.Card.Brands = len(h.Brands)
	h.MayApply, h.MayGrant = h.Own() && st.May(access.HolderApply), h.Own() && st.May(access.MandateGrant)
	h.MayVet = coordinates && st.May(access.HolderVet)
	h.MayRegister = st.May(access.BrandRegister) && slices.ContainsFunc(h.Acting, func(a Acting) bool { return len(a.Brands) == 0 })
	if err := h.represents(tx); err != nil {
		return err
	}
	if err := h.files(tx); err != nil {
		return err
	}
	return h.people(tx)
}

// represents are the right holders that the reader acts for beside its own.
func (h *Holder) represents(tx *db.Tx) error {
	if !h.Own() || h.Standing.Side() != access.RightHolderSide {
		return nil
	}
	all, err := listed(tx, h.Standing)
	if err != nil {
		return err
	}
	for _, o := range all[1:] {
		vettings, err := db.All(tx, selectVettingsOf, scanVetting, h.Standing.Operation.Number, o.Number)
		if err != nil {
			return err
		}
		h.Represents = append(h.Represents, card(h.Standing, o, vettings, nil, 0))
	}
	return nil
}

// mayRead: coordination reads of every right holder of the library, and of those that
// have left; others read of those for whom they act, and as whom these know them.
func (h *Holder) mayRead(tx *db.Tx, shown bool) error {
	st := h.Standing
	if st.Side() == access.Coordination {
		side, err := operation.SideOf(tx, st.Operation.Number, h.Organisation.Number)
		if err == nil && side != access.RightHolderSide && !shown {
			err = fault.Missing()
		}
		return err
	}
	all, err := For(tx, st)
	for _, a := range all {
		if a.Holder.Number == h.Organisation.Number {
			h.Acting = append(h.Acting, a)
		}
	}
	if err == nil && len(h.Acting) == 0 {
		err = fault.Missing()
	}
	return err
}

// items are the mandates that the reader may know, the newest first.
func (h *Holder) items(tx *db.Tx, all []Mandate) ([]MandateItem, error) {
	st := h.Standing
	var out []MandateItem
	for _, m := range slices.Backward(all) {
		if st.Side() != access.Coordination && m.Holder != st.Who.Organisation && m.Representative != st.Who.Organisation {
			continue
		}
		item := MandateItem{Mandate: m, Now: m.On(st.Today())}
		of, err := organisation.These(tx, []int64{m.Holder, m.Representative})
		if err != nil {
			return nil, err
		}
		item.From, item.To = of[m.Holder], of[m.Representative]
		for _, id := range m.Brands {
			b, err := BrandByID(tx, st.Operation.Number, m.Holder, id)
			if err != nil {
				return nil, err
			}
			item.Called = append(item.Called, b.Name)
		}
		out = append(out, item)
	}
	return out, nil
}

// files are what hangs on the records shown.
func (h *Holder) files(tx *db.Tx) error {
	readable, err := h.Standing.Readable(tx)
	if err != nil {
		return err
	}
	var of db.List
	for _, v := range h.Vettings {
		of = append(of, v.Seq)
	}
	for _, m := range slices.Concat(h.Given, h.Received) {
		of = append(of, m.Seq)
	}
	h.Files, err = attachment.Of(tx, h.Standing.Operation.Number, readable, of)
	return err
}

// people are who wrote and who checked; coordination is told.
func (h *Holder) people(tx *db.Tx) error {
	if h.Standing.Side() != access.Coordination {
		return nil
	}
	var ids []string
	for _, v := range h.Vettings {
		ids = append(ids, v.Author, v.Checker, v.Ended)
	}
	for _, m := range slices.Concat(h.Given, h.Received) {
		ids = append(ids, m.Author, m.Checker, m.Ended)
	}
	ids = slices.DeleteFunc(sorted(ids), func(id string) bool { return id == "" })
	var err error
	h.Names, err = person.These(tx, ids)
	return err
}

// Holds tells whether what has an attachment is a record of this package.
func Holds(tx *db.Tx, op, record int64) (bool, error) {
	n, err := db.One(tx, countRecord, db.Int64, op, record)
	return n > 0, err
}

// Withheld tells whether what hangs on a record is not for the reader though it may
// read its audience, and whether it is a record of this package: a representative acts
// for a right holder, and yet learns nothing of what that one showed, or of other
// representatives.
func Withheld(tx *db.Tx, st operation.Standing, record int64) (withheld, is bool, err error) {
	if is, err = Holds(tx, st.Operation.Number, record); err != nil || !is {
		return err != nil, is, err
	}
	n, err := db.One(tx, countOwnRecord, db.Int64, st.Operation.Number, record, st.Who.Organisation)
	return n == 0 && st.Side() != access.Coordination, true, err
}

func scanCount(row db.Scanner) (c [2]int64, err error) { return c, row.Scan(&c[0], &c[1]) }
