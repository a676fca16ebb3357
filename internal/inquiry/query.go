package inquiry

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// View is an inquiry as its reader may see it: for the right holder's side without the
// case, without who asked, and without anything that tells of another inquiry.
type View struct {
	Inquiry
	Operation operation.Operation
	From      organisation.Organisation // that asks
	To        organisation.Organisation // who is asked; zero: a request
	Own       bool                      // the reader's organisation asks
	Asked     bool                      // the reader acts for who is asked
	IsLate    bool
	Files     []attachment.Attachment             // its pictures, in their order
	People    map[string]person.Person            // of the reader's own organisation; coordination sees all
	Answerers map[int64]organisation.Organisation // who answered: the right holder or a representative
	Entries   []int64                             `json:"-"` // of the journal that speak of it, for notices
	Parts     []View                              // of a request: those that the reader may see

	MayAnswer, MayReply, MayWithdraw bool
	MayAmend                         bool // the case, by whom it was asked
}

// Read gives one inquiry, whatever operation it stands in. Of two under one id the
// reader's own comes first, and then the older.
func (s *Store) Read(ctx context.Context, who access.Actor, id ID) (View, error) {
	var v View
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		v, err = s.find(tx, who, id)
		return err
	})
	if err == nil {
		err = s.Readings.Note(v.Operation.Number, who.Person, who.Organisation, reading.Inquiry, reading.Opened, v.Seq)
	}
	if err != nil {
		return View{}, fault.In(access.InquiryRead, err)
	}
	return v.shown(), nil
}

// shown leaves out what the right holder's side may not see.
func (v View) shown() View {
	if v.Asked {
		v.Inquiry = v.forHolder()
	}
	return v
}

// desks are the operations in which the actor may read inquiries.
func desks(tx *db.Tx, now time.Time, who access.Actor) ([]desk, error) {
	all, err := operation.Everywhere(tx, now, who, operation.KindOperation, operation.KindLibrary)
	if err != nil {
		return nil, err
	}
	var out []desk
	for _, st := range all {
		if !st.May(access.InquiryRead) {
			continue
		}
		d, err := deskOf(tx, st)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func (s *Store) find(tx *db.Tx, who access.Actor, id ID) (View, error) {
	all, err := desks(tx, s.source.Now(), who)
	if err != nil {
		return View{}, err
	}
	type found struct {
		desk
		Inquiry
	}
	var candidates []found
	for _, d := range all {
		some, err := db.All(tx, selectID, scan, d.standing.Operation.Number, string(id), d.readable)
		if err != nil {
			return View{}, err
		}
		for _, i := range some {
			if d.sees(i) {
				candidates = append(candidates, found{d, i})
			}
		}
	}
	if len(candidates) == 0 {
		return View{}, fault.Missing()
	}
	slices.SortStableFunc(candidates, func(a, b found) int {
		if own := who.Organisation; (a.Organisation == own) != (b.Organisation == own) {
			if a.Organisation == own {
				return -1
			}
			return 1
		}
		return a.At.Compare(b.At)
	})
	v, err := candidates[0].view(tx, candidates[0].Inquiry)
	if err != nil || v.Holder != 0 {
		return v, err
	}
	return v, v.parts(tx, candidates[0].desk)
}

// parts are the inquiries of a request that its reader may see.
func (v *View) parts(tx *db.Tx, d desk) error {
	all, err := db.All(tx, selectParts, scan, d.standing.Operation.Number, v.Seq)
	for _, i := range all {
		if !slices.Contains(d.readable, i.Audience) {
			continue
		}
		part, err := d.view(tx, i)
		if err != nil {
			return err
		}
		v.Parts = append(v.Parts, part)
	}
	return err
}

// view adds names and pictures, and decides what may be done.
func (d desk) view(tx *db.Tx, i Inquiry) (View, error) {
	st := d.standing
	v := View{Inquiry: i, Operation: st.Operation, Own: i.Organisation == st.Who.Organisation, IsLate: i.Late(st.Now)}
	v.Asked, v.Entries = st.Side() == access.RightHolderSide, i.entries()
	var err error
	if v.From, err = organisation.One(tx, i.Organisation); err != nil {
		return v, err
	}
	if i.Holder != 0 {
		if v.To, err = organisation.One(tx, i.Holder); err != nil {
			return v, err
		}
	}
	files, err := attachment.Numbered(tx, st.Operation.Number, seqs(i.Pictures()))
	if err != nil {
		return v, err
	}
	for _, r := range i.Pictures() {
		v.Files = append(v.Files, files[r.Seq])
	}
	if err := v.people(tx, st); err != nil {
		return v, err
	}
	live := i.State != Withdrawn && !i.Erased
	v.MayAnswer = live && v.Asked && st.May(access.InquiryAnswer)
	v.MayReply = live && v.Asked && st.May(access.InquiryReply)
	v.MayWithdraw = live && v.Own && i.Request == 0 && st.May(access.InquiryWithdraw)
	v.MayAmend = live && v.Own && i.Seizure != 0 && st.May(access.SeizureAmend)
	return v, nil
}

// people reads the names of those whom the reader may know: its own, and coordination all.
func (v *View) people(tx *db.Tx, st operation.Standing) error {
	var ids []string
	var bodies []int64
	may := func(organisation int64) bool {
		return organisation == st.Who.Organisation || st.Side() == access.Coordination
	}
	if may(v.Organisation) {
		ids = append(ids, v.Author, v.Taken.Author)
	}
	for _, a := range v.Answers {
		bodies = append(bodies, a.Organisation)
		if may(a.Organisation) {
			ids = append(ids, a.Author)
		}
	}
	for _, r := range v.Replies {
		bodies = append(bodies, r.Organisation)
		if may(r.Organisation) {
			ids = append(ids, r.Author)
		}
	}
	var err error
	if v.People, err = person.These(tx, ids); err != nil {
		return err
	}
	v.Answerers, err = organisation.These(tx, bodies)
	return err
}

// Filter says which inquiries are wanted.
type Filter struct {
	State string // Open, Answered, Withdrawn, Late; empty: all
	After ID     // the last one that was seen; empty: from the newest
	Limit int
}

// Late is a state of Filter: open, and the day is over.
const Late = "late"

// Page are inquiries, the newest first.
type Page struct {
	Items []View
	More  bool
	Holds bool // the reader answers for right holders
	Asks  bool // the reader may ask in the library
}

// MaxPage is how many a page has at most.
const MaxPage = 200

// List gives the inquiries that the actor answers, asked or coordinates, of all
// operations. The parts of a request are listed for whom they are; its asker finds them
// under the request.
func (s *Store) List(ctx context.Context, who access.Actor, f Filter) (Page, error) {
	var out Page
	if f.Limit < 1 || f.Limit > MaxPage {
		f.Limit = 50
	}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		out = Page{}
		now := s.source.Now()
		all, err := desks(tx, now, who)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return fault.Missing()
		}
		at := now.Add(24 * time.Hour)
		if f.After != "" {
			v, err := s.find(tx, who, f.After)
			if err != nil {
				return err
			}
			at = v.At
		}
		for _, d := range all {
			out.Holds = out.Holds || len(d.acting) > 0
			out.Asks = out.Asks || d.standing.Operation.Kind == operation.KindLibrary && d.standing.May(access.InquiryAsk)
			some, err := d.page(tx, f, at, now)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, some...)
		}
		slices.SortFunc(out.Items, func(a, b View) int {
			return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID))
		})
		out.More = len(out.Items) > f.Limit
		out.Items = out.Items[:min(len(out.Items), f.Limit)]
		return nil
	})
	for n := range out.Items {
		out.Items[n] = out.Items[n].shown()
	}
	return out, fault.In(access.InquiryRead, err)
}

// page gives up to one more than the limit of one operation.
func (d desk) page(tx *db.Tx, f Filter, at, now time.Time) ([]View, error) {
	state := f.State
	if state == Late {
		state = Open
	}
	id := f.After
	var out []View
	for {
		some, err := db.All(tx, selectPage, scan, d.standing.Operation.Number, d.readable, state, at, string(id), int64(MaxPage))
		if err != nil {
			return nil, err
		}
		for _, i := range some {
			at, id = i.At, i.ID
			if !d.sees(i) || !d.lists(i) || f.State == Late && !i.Late(now) {
				continue
			}
			v, err := d.view(tx, i)
			if err != nil {
				return nil, err
			}
			if out = append(out, v); len(out) > f.Limit {
				return out, nil
			}
		}
		if len(some) < MaxPage {
			return out, nil
		}
	}
}

// lists: of a request its asker's side sees the whole, not the parts.
func (d desk) lists(i Inquiry) bool {
	return i.Request == 0 || d.standing.Side() == access.RightHolderSide
}

// OfCase gives the inquiries about a case that its reader may see, the oldest first.
func (s *Store) OfCase(ctx context.Context, who access.Actor, code operation.Code, ref string) ([]View, error) {
	var out []View
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.InquiryRead)
		if err != nil {
			return err
		}
		if st.Side() == access.RightHolderSide {
			return fault.Missing()
		}
		c, err := seizure.Readable(tx, st, ref)
		if err != nil {
			return err
		}
		d, err := deskOf(tx, st)
		if err != nil {
			return err
		}
		all, err := db.All(tx, selectOfCase, scan, st.Operation.Number, c.Seq, d.readable)
		for _, i := range all {
			v, err := d.view(tx, i)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return err
	})
	return out, fault.In(access.InquiryRead, err)
}
