package lesson

import (
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// looking is one look into the library: what its actor may read, and for whom it acts.
type looking struct {
	tx       *db.Tx
	st       operation.Standing
	readable db.List
	acting   []holder.Acting
	sheets   map[int64]product.Sheet // that were looked at
}

func look(tx *db.Tx, st operation.Standing) (*looking, error) {
	k := &looking{tx: tx, st: st, sheets: map[int64]product.Sheet{}}
	var err error
	if k.readable, err = holder.Readable(tx, st); err != nil {
		return nil, err
	}
	k.acting, err = holder.For(tx, st)
	return k, err
}

// holder is the number of a right holder for whom the actor acts; Missing: for none of
// that id.
func (k *looking) holder(id organisation.ID) (int64, error) {
	for _, a := range k.acting {
		if a.Holder.ID == id || id == "" && a.Own {
			return a.Holder.Number, nil
		}
	}
	return 0, fault.Missing()
}

// sheet gives a sheet by its number.
func (k *looking) sheet(seq int64) (product.Sheet, error) {
	s, had := k.sheets[seq]
	if had {
		return s, nil
	}
	s, err := product.One(k.tx, k.st.Operation.Number, seq)
	if err == nil {
		k.sheets[seq] = s
	}
	return s, err
}

// sheetsOf gives the published sheets of a holder that a plan chose; what is none is
// noted.
func (k *looking) sheetsOf(of int64, plan Plan, p *fault.Problems) ([]product.Sheet, error) {
	var out []product.Sheet
	for i, c := range plan.Sheets {
		s, _, err := product.Owned(k.tx, k.st.Operation.Number, of, c.Sheet)
		switch {
		case errors.Is(err, db.ErrNone), err == nil && !holder.Sees(k.acting, of, s.Brand):
			p.Add(at("sheets", i), "lesson.no-sheet")
		case err != nil:
			return nil, err
		case s.State != product.Published:
			p.Add(at("sheets", i), "lesson.sheet-not-published")
		default:
			out = append(out, s)
		}
	}
	return out, nil
}

// actingFor is the way of acting for a holder that goes as far as all of some sheets;
// Missing: there is none.
func (k *looking) actingFor(of int64, sheets []product.Sheet) (holder.Acting, error) {
	for _, a := range k.acting {
		if a.Holder.Number == of && !slices.ContainsFunc(sheets, func(s product.Sheet) bool { return !a.Covers(s.Brand) }) {
			return a, nil
		}
	}
	return holder.Acting{}, fault.Missing()
}

// mayPublish: the holder is vetted, and no sheet goes further than the mandate.
func (k *looking) mayPublish(l Lesson, sheets []product.Sheet) error {
	a, err := k.actingFor(l.Organisation, sheets)
	if err != nil {
		return err
	}
	if !a.Vetted {
		return fault.At("holder", "holder.not-vetted")
	}
	return within(a, sheets)
}

// mayEnd: the actor acts for the holder of a lesson as far as it goes.
func (k *looking) mayEnd(l Lesson, v Version) error {
	sheets, err := k.sheetsIn(v)
	if err != nil {
		return err
	}
	a, err := k.actingFor(l.Organisation, sheets)
	if err != nil {
		return err
	}
	return within(a, sheets)
}

// within refuses what goes further than a mandate for some countries.
func within(a holder.Acting, sheets []product.Sheet) error {
	for _, s := range sheets {
		if len(a.Countries) > 0 && (s.To.All || len(s.To.Operations) > 0 || slices.ContainsFunc(s.To.Countries, func(c string) bool { return !a.In(c) })) {
			return fault.At("sheets", "protection.not-mandated")
		}
	}
	return nil
}

// mine tells whether the actor acts for the holder of a lesson, for all its sheets.
func (k *looking) mine(l Lesson) (bool, error) {
	if !slices.ContainsFunc(k.acting, func(a holder.Acting) bool { return a.Holder.Number == l.Organisation }) {
		return false, nil
	}
	for _, c := range l.Plan.Sheets {
		s, _, err := product.Owned(k.tx, k.st.Operation.Number, l.Organisation, c.Sheet)
		if err != nil || !holder.Sees(k.acting, l.Organisation, s.Brand) {
			return false, err
		}
	}
	return true, nil
}

// may tells whether the actor may read a lesson, with its newest version: its own side
// in any state; others once it is published, and as long as they may read every sheet
// that is still in use.
func (k *looking) may(l Lesson) (Version, bool, error) {
	var v Version
	var err error
	if l.Version > 0 {
		if v, err = versionOf(k.tx, k.st.Operation.Number, l.Seq, l.Version); err != nil {
			return v, false, err
		}
	}
	if k.st.Side() == access.RightHolderSide {
		mine, err := k.mine(l)
		for _, c := range v.Sheets {
			mine = mine && holder.Sees(k.acting, l.Organisation, c.Brand)
		}
		return v, mine, err
	}
	if l.Version == 0 || !slices.Contains(k.readable, l.Audience) {
		return v, false, nil
	}
	for _, seq := range v.numbers() {
		s, err := k.sheet(seq)
		if err != nil {
			return v, false, err
		}
		if s.State != product.Withdrawn && !slices.Contains(k.readable, s.Audience) {
			return v, false, nil
		}
	}
	return v, true, nil
}

// named gives a lesson that the actor may read, with its newest version; Missing: there
// is none of that name.
func (k *looking) named(n Name) (Lesson, Version, error) {
	all, err := db.All(k.tx, selectNamed, db.Decoded[Lesson], k.st.Operation.Number, k.readable, string(n.ID))
	if err != nil {
		return Lesson{}, Version{}, err
	}
	of := int64(0)
	if n.From != "" {
		from, err := organisation.ByID(k.tx, n.From)
		if errors.Is(err, db.ErrNone) {
			return Lesson{}, Version{}, fault.Missing()
		}
		if err != nil {
			return Lesson{}, Version{}, err
		}
		of = from.Number
	}
	for _, l := range all { // of several with one id it is the first, unless it is said whose
		if of != 0 && l.Organisation != of {
			continue
		}
		v, may, err := k.may(l)
		if err != nil || may {
			return l, v, err
		}
	}
	return Lesson{}, Version{}, fault.Missing()
}

// owned is named for those who act for its holder; Missing for all others.
func (k *looking) owned(n Name) (Lesson, error) {
	l, _, err := k.named(n)
	if err != nil {
		return l, err
	}
	mine, err := k.mine(l)
	if err == nil && !mine {
		err = fault.Missing()
	}
	return l, err
}

// sheetsIn are the sheets of a version, as they are now.
func (k *looking) sheetsIn(v Version) ([]product.Sheet, error) {
	var out []product.Sheet
	for _, seq := range v.numbers() {
		s, err := k.sheet(seq)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// gone are the sheets of a version that were taken out of use.
func (k *looking) gone(v Version) (map[int64]bool, error) {
	sheets, err := k.sheetsIn(v)
	out := map[int64]bool{}
	for _, s := range sheets {
		if s.State == product.Withdrawn {
			out[s.Seq] = true
		}
	}
	return out, err
}
