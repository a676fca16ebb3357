package lesson

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// read is the frame of every query here.
func (s *Store) read(ctx context.Context, who access.Actor, need access.Permission, fn func(tx *db.Tx, k *looking) error) error {
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, need)
		if err != nil {
			return err
		}
		k, err := look(tx, st)
		if err != nil {
			return err
		}
		return fn(tx, k)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

// Item is a lesson with its newest version, and what its reader may know beside.
type Item struct {
	Lesson
	Says     Version // the newest; zero: there is none
	Of       organisation.Organisation
	Mine     bool     // the reader acts for its holder
	Asks     int64    // how many questions an attempt has that begins now
	Attempts int64    // the reader's own
	Open     *Attempt // that the reader may go on with
	Last     *Attempt // the newest with no question left
}

// Filter narrows a list; what is empty does not.
type Filter struct {
	Sheet product.ID // only lessons on this sheet
}

// Listed are the lessons that somebody may read.
type Listed struct {
	Standing   operation.Standing
	Items      []Item // of who makes lessons: drafts and withdrawn ones, too
	MaySave    bool
	MayTake    bool
	MayResults bool // of the own organisation's people
}

// List gives the lessons that the actor may take, the newest first, each with how far
// it got; who makes lessons gets those of whom it acts for.
func (s *Store) List(ctx context.Context, who access.Actor, f Filter) (Listed, error) {
	var out Listed
	err := s.read(ctx, who, access.LessonRead, func(tx *db.Tx, k *looking) error {
		out = Listed{Standing: k.st, MaySave: len(k.acting) > 0 && k.st.May(access.LessonSave), MayTake: k.st.May(access.LessonTake), MayResults: mayResults(k.st)}
		var all []Lesson
		var err error
		if k.st.Side() == access.RightHolderSide {
			all, err = db.All(tx, selectHeld, db.Decoded[Lesson], k.st.Operation.Number, db.List(holder.Numbers(k.acting)))
		} else {
			all, err = db.All(tx, selectOpen, db.Decoded[Lesson], k.st.Operation.Number, k.readable)
		}
		if err != nil {
			return err
		}
		for _, l := range all {
			v, may, err := k.may(l)
			if err != nil {
				return err
			}
			if !may || f.Sheet != "" && !slices.ContainsFunc(v.Sheets, func(c Copied) bool { return c.Sheet == f.Sheet }) {
				continue
			}
			i, err := k.item(l, v)
			if err != nil {
				return err
			}
			if i.Mine || i.Asks > 0 || i.Attempts > 0 {
				out.Items = append(out.Items, i)
			}
		}
		return nil
	})
	return out, err
}

// item adds to a lesson what its reader may know.
func (k *looking) item(l Lesson, v Version) (Item, error) {
	i := Item{Lesson: l, Says: v}
	var err error
	if i.Of, err = organisation.One(k.tx, l.Organisation); err != nil {
		return i, err
	}
	if k.st.Side() == access.RightHolderSide {
		i.Mine, err = k.mine(l)
	}
	if err != nil || v.Number == 0 {
		return i, err
	}
	gone, err := k.gone(v)
	if err != nil {
		return i, err
	}
	left := slices.DeleteFunc(slices.Clone(v.Questions), func(q Question) bool { return gone[v.Sheets[q.Sheet].Seq] })
	i.Asks = min(v.Count, int64(Supply(left)))
	if !i.Mine { // what is written is its makers'
		i.Plan = Plan{}
	}
	if !k.st.May(access.LessonTake) {
		return i, nil
	}
	mine, err := k.attempts(l)
	if err != nil {
		return i, err
	}
	i.Attempts = int64(len(mine.all))
	if i.Open, err = mine.open(k); err == nil {
		i.Last, err = mine.last(k)
	}
	return i, err
}

// Drift is that a sheet is no longer as a lesson has it.
type Drift struct {
	Copied
	Now       int64 // its newest version
	Withdrawn bool
}

// Stock is how much a sheet gives to ask about.
type Stock struct {
	Sheet     product.ID
	Name      product.Text
	Language  string
	Published bool
	Supply    int64 // pairs and features that questions are made of
}

// Opened is one lesson.
type Opened struct {
	Standing operation.Standing
	Item
	Gone        []Copied // sheets that went out of use: they are no longer asked about
	Drifted     []Drift  // for its makers
	Stock       []Stock  // for its makers: of what is written
	Figures     *Figures // for its makers, of a lesson that was published
	MayTake     bool
	MayWithdraw bool
}

// Unpublished tells a maker whether what is written differs from what is published.
func (o Opened) Unpublished() bool {
	if o.Version == 0 {
		return true
	}
	p := Plan{Language: o.Says.Language, Title: o.Says.Title, Aim: o.Says.Aim, Kinds: o.Plan.Kinds, Minutes: o.Says.Minutes, Questions: o.Says.Count}
	for _, c := range o.Says.Sheets {
		p.Sheets = append(p.Sheets, Chosen{Sheet: c.Sheet, Explain: c.Explain})
	}
	return db.Encoded(p) != db.Encoded(o.Plan) || len(o.Drifted) > 0 || o.State == Withdrawn
}

// Supply is how many questions an attempt at what is written can have.
func (o Opened) Supply() int64 {
	n := int64(0)
	for _, s := range o.Stock {
		n += s.Supply
	}
	return n
}

// Read gives one lesson.
func (s *Store) Read(ctx context.Context, who access.Actor, n Name) (Opened, error) {
	var out Opened
	err := s.read(ctx, who, access.LessonRead, func(tx *db.Tx, k *looking) error {
		l, v, err := k.named(n)
		if err != nil {
			return err
		}
		out = Opened{Standing: k.st}
		if out.Item, err = k.item(l, v); err != nil {
			return err
		}
		out.MayTake = k.st.May(access.LessonTake) && l.State == Published
		out.MayWithdraw = l.State == Published && k.st.May(access.LessonWithdraw) && (out.Mine || k.st.Side() == access.Coordination)
		gone, err := k.gone(v)
		if err != nil {
			return err
		}
		for _, c := range v.Sheets {
			if gone[c.Seq] {
				out.Gone = append(out.Gone, c)
			}
		}
		if out.Mine {
			return k.making(&out)
		}
		return nil
	})
	if err != nil {
		return Opened{}, err
	}
	return out, nil
}

// making adds what only makers see.
func (k *looking) making(out *Opened) error {
	op := k.st.Operation.Number
	for _, c := range out.Says.Sheets {
		s, err := k.sheet(c.Seq)
		if err != nil {
			return err
		}
		if s.Version != c.Version || s.State == product.Withdrawn {
			out.Drifted = append(out.Drifted, Drift{Copied: c, Now: s.Version, Withdrawn: s.State == product.Withdrawn})
		}
	}
	for i, c := range out.Plan.Sheets {
		s, says, err := product.Owned(k.tx, op, out.Organisation, c.Sheet)
		if err == nil && s.Version > 0 {
			says, err = product.ContentOf(k.tx, op, s.Seq, s.Version)
		}
		if err != nil {
			return err
		}
		out.Stock = append(out.Stock, Stock{Sheet: s.ID, Name: says.Name, Language: says.Language, Published: s.State == product.Published,
			Supply: int64(Supply(questions(s.ID, i, says, out.Plan.Kinds)))})
	}
	if out.Version == 0 {
		return nil
	}
	f, err := k.figures(out.Lesson, out.Says)
	out.Figures = &f
	return err
}

// Choice is a right holder in whose name the actor may make lessons, with its sheets.
type Choice struct {
	Of     organisation.Organisation
	Vetted bool
	Own    bool
	Sheets []Stock // published; Supply of all kinds of question
}

// Choices are what a form offers.
type Choices struct {
	Standing operation.Standing
	Holders  []Choice
}

// Making gives what a lesson may be made of.
func (s *Store) Making(ctx context.Context, who access.Actor) (Choices, error) {
	var out Choices
	err := s.read(ctx, who, access.LessonSave, func(tx *db.Tx, k *looking) error {
		out = Choices{Standing: k.st}
		for _, of := range holder.Numbers(k.acting) {
			c := Choice{}
			for _, a := range k.acting {
				if a.Holder.Number == of {
					c.Of, c.Vetted, c.Own = a.Holder, c.Vetted || a.Vetted, a.Own
				}
			}
			all, err := product.Shelf(tx, k.st.Operation.Number, db.List{of})
			if err != nil {
				return err
			}
			for _, sheet := range all {
				if sheet.State == product.Published && holder.Sees(k.acting, of, sheet.Brand) {
					c.Sheets = append(c.Sheets, Stock{Sheet: sheet.Sheet.ID, Name: sheet.Name, Language: sheet.Language, Published: true,
						Supply: int64(Supply(questions(sheet.Sheet.ID, 0, sheet.Content, Kinds())))})
				}
			}
			out.Holders = append(out.Holders, c)
		}
		return nil
	})
	return out, err
}
