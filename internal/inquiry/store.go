package inquiry

import (
	"context"
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people and time do about inquiries.
type Store struct {
	// Readings is told what was read; nil: nobody keeps a log of it.
	Readings *reading.Log

	db          *db.DB
	journal     *journal.Journal
	source      *source.Source
	detentions  *detention.Store
	attachments *attachment.Store
}

// NewStore makes a store. Disclosures go to the one store, pictures come from the other.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, told *detention.Store, files *attachment.Store) *Store {
	return &Store{db: d, journal: j, source: s, detentions: told, attachments: files}
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	return fault.In(need, s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		return fn(tx, st)
	}))
}

// Ask asks a right holder that takes part in the operation about one line of goods of a
// reported case of the actor's organisation, and tells it exactly the chosen fields, as
// far as the law lets it be told them by now. Where the case has a legal clock the same
// is kept as a disclosure. The same id again is the same question; with other content it
// is a Conflict.
func (s *Store) Ask(ctx context.Context, who access.Actor, code operation.Code, ref string, d Draft) (Inquiry, error) {
	var made Inquiry
	err := s.write(ctx, who, code, access.InquiryAsk, func(tx *db.Tx, st operation.Standing) error {
		c, err := ownCase(tx, st, ref)
		if err != nil {
			return err
		}
		old, err := db.One(tx, selectOwn, scan, st.Operation.Number, who.Organisation, string(d.ID))
		if err == nil {
			if made, err = old.again(tx, st.Operation.Number, old.Seq); err != nil {
				return err
			}
			return old.says(tx, c, d)
		}
		if !errors.Is(err, db.ErrNone) {
			return err
		}
		if c.State != seizure.Reported && c.State != seizure.Released {
			return fault.Of(fault.Conflict, "inquiry.not-reported")
		}
		made, err = s.ask(tx, st, c, d)
		return err
	})
	return made, err
}

// ownCase gives a case of the actor's own organisation.
func ownCase(tx *db.Tx, st operation.Standing, ref string) (seizure.Case, error) {
	if st.Operation.Kind == operation.KindLibrary {
		return seizure.Case{}, fault.Missing()
	}
	c, err := seizure.Readable(tx, st, ref)
	switch {
	case err != nil:
	case c.Organisation != st.Who.Organisation:
		err = fault.Missing()
	case c.Redacted != "": // what is written now would never be erased
		err = fault.Of(fault.Conflict, "seizure.was-redacted")
	}
	return c, err
}

// says: what was asked before is not asked again; another question under its id is
// refused.
func (i Inquiry) says(tx *db.Tx, c seizure.Case, d Draft) error {
	o, err := organisation.One(tx, i.Holder)
	if i.Holder == 0 || errors.Is(err, db.ErrNone) {
		return fault.Of(fault.Conflict, "inquiry.id-taken")
	}
	if err != nil {
		return err
	}
	var p fault.Problems
	same := i.Seizure == c.Seq && i.Line == d.Line && o.ID == d.Holder && i.Question == cleanBody(&p, "question", d.Question, MaxQuestion, false) &&
		i.Language == d.Language && i.Sheet.ID == d.Sheet.ID && i.Apart == d.Apart && i.shows(d.Pictures) &&
		(d.Due == "" || d.Due == i.Day.String() || i.Step != "")
	for _, f := range d.Fields {
		same = same && (f == photo || slices.Contains(i.Fields, f))
	}
	if !same {
		return fault.Of(fault.Conflict, "inquiry.id-taken")
	}
	return db.Unchanged
}

// ask writes the question, and beside it the disclosure.
func (s *Store) ask(tx *db.Tx, st operation.Standing, c seizure.Case, d Draft) (Inquiry, error) {
	t, err := detention.TellingOf(tx, st, c)
	if err != nil {
		return Inquiry{}, err
	}
	i, err := question(tx, st, c, t, d)
	if err != nil {
		return i, err
	}
	return s.put(tx, st, i, t, d.Holder)
}

// question is the draft as it would be kept.
func question(tx *db.Tx, st operation.Standing, c seizure.Case, t detention.Telling, d Draft) (Inquiry, error) {
	var p fault.Problems
	checkID(&p, d.ID)
	i := Inquiry{ID: d.ID, Organisation: st.Who.Organisation, Country: st.Organisation.Country, Author: st.Who.Person, Apart: d.Apart, Seizure: c.Seq,
		Reference: c.Reference, Line: d.Line, Version: c.Version, Stage: t.Stage, Language: d.Language, At: st.Now, State: Open}
	to, err := member(tx, st, &p, d.Holder)
	if err != nil {
		return i, err
	}
	i.Holder = to.Number
	i.Question = cleanBody(&p, "question", d.Question, MaxQuestion, true)
	checkLanguage(&p, d.Language)
	if i.Sheet, err = d.Sheet.clean(&p).cite(tx, st, &p, to); err != nil {
		return i, err
	}
	i.until(&p, d.Due, t)
	i.Fields = allowed(&p, d, t.MayTell)
	if d.Line < 1 || d.Line > len(c.Goods) {
		p.Add("line", "inquiry.line")
	} else {
		i.Category = c.Goods[d.Line-1].Category
		i.Told = detention.Copied(c, i.Fields, d.Line)
		if i.Brands, err = brandsOf(tx, to.Number, c.Goods[d.Line-1].Brand); err != nil {
			return i, err
		}
	}
	if i.Attachments, err = ready(tx, st, &p, d.Pictures); err != nil {
		return i, err
	}
	return i, p.Fault()
}

func (s *Store) put(tx *db.Tx, st operation.Standing, i Inquiry, t detention.Telling, to organisation.ID) (Inquiry, error) {
	n, err := db.One(tx, countOfCase, db.Int64, st.Operation.Number, i.Seizure)
	if err != nil {
		return i, err
	}
	if n >= maxOfCase {
		return i, fault.Of(fault.Conflict, "inquiry.too-many", fault.Args{"most": int64(maxOfCase)})
	}
	if t.Clock != 0 {
		_, err := s.detentions.Tell(tx, st, i.Reference, i.Line, detention.Disclosing{ID: string(i.ID), Clock: t.Clock, Fields: i.Fields,
			Request: i.Question, Purpose: "determine", Officer: person.ID(st.Who.Person), To: to})
		if err != nil {
			return i, err
		}
	}
	if i, err = s.store(tx, st, access.InquiryAsk, i); err != nil {
		return i, err
	}
	return i, attach(tx, st, i)
}

// attach gives the pictures to the record. They look like nothing: a likeness would lead
// from what a right holder was shown to the case.
func attach(tx *db.Tx, st operation.Standing, i Inquiry) error {
	if err := attachment.Attach(tx, st, i.Attachments, i.Seq, i.Audience); err != nil {
		return err
	}
	for _, r := range i.Attachments {
		if err := attachment.Unlike(tx, st.Operation.Number, r.Seq); err != nil {
			return err
		}
	}
	return nil
}

func (s Sheet) clean(p *fault.Problems) Sheet {
	if s == (Sheet{}) {
		return s
	}
	if !source.ValidID(s.ID) {
		p.Add("sheet", "fault.not-an-id")
		return Sheet{}
	}
	s.Title = cleanLine(p, "sheet", s.Title, MaxCode*2)
	return s
}

// member is the right holder that is asked.
func member(tx *db.Tx, st operation.Standing, p *fault.Problems, id organisation.ID) (organisation.Organisation, error) {
	all, err := holders(tx, st)
	if err != nil {
		return organisation.Organisation{}, err
	}
	n := slices.IndexFunc(all, func(o organisation.Organisation) bool { return o.ID == id })
	if n < 0 {
		p.Add("holder", "inquiry.holder-not-member")
		return organisation.Organisation{}, nil
	}
	return all[n], nil
}

// holders are the right holders that take part in an operation now.
func holders(tx *db.Tx, st operation.Standing) ([]organisation.Organisation, error) {
	all, err := operation.Members(tx, st.Operation.Number)
	var out []organisation.Organisation
	for _, m := range all {
		if m.Membership.Side == access.RightHolderSide {
			out = append(out, m.Organisation)
		}
	}
	return out, err
}

// brandsOf are the brands of a right holder that are written like this.
func brandsOf(tx *db.Tx, of int64, written string) ([]holder.BrandID, error) {
	library, err := operation.ByCode(tx, operation.Library)
	if errors.Is(err, db.ErrNone) || written == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all, err := holder.BrandsOf(tx, library.Number, []int64{of})
	var out []holder.BrandID
	for _, b := range all {
		for _, name := range append([]string{b.Name}, b.Also...) {
			if i18n.Fold(name) == i18n.Fold(written) && !slices.Contains(out, b.ID) {
				out = append(out, b.ID)
			}
		}
	}
	return out, err
}

// Request asks, in the library, every vetted right holder that handles such goods, each
// by an inquiry of its own. The asker learns neither how many nor which; whoever answers
// shows by the answer. The same id again is the same request.
func (s *Store) Request(ctx context.Context, who access.Actor, d RequestDraft) (Inquiry, error) {
	var made Inquiry
	err := s.write(ctx, who, operation.Library, access.InquiryAsk, func(tx *db.Tx, st operation.Standing) error {
		old, err := db.One(tx, selectOwn, scan, st.Operation.Number, who.Organisation, string(d.ID))
		if err == nil {
			if made, err = old.again(tx, st.Operation.Number, old.Seq); err != nil {
				return err
			}
			return old.repeats(d)
		}
		if !errors.Is(err, db.ErrNone) {
			return err
		}
		if made, err = request(tx, st, d); err != nil {
			return err
		}
		made, err = s.spread(tx, st, made)
		return err
	})
	return made, err
}

func (i Inquiry) repeats(d RequestDraft) error {
	var p fault.Problems
	if i.Holder != 0 || i.Category != d.Category || i.Code != cleanLine(&p, "code", d.Code, MaxCode) || i.Language != d.Language ||
		i.Question != cleanBody(&p, "question", d.Question, MaxQuestion, false) || i.Day.String() != d.Due || !i.shows(d.Pictures) {
		return fault.Of(fault.Conflict, "inquiry.id-taken")
	}
	return db.Unchanged
}

func request(tx *db.Tx, st operation.Standing, d RequestDraft) (Inquiry, error) {
	var p fault.Problems
	checkID(&p, d.ID)
	checkLanguage(&p, d.Language)
	i := Inquiry{ID: d.ID, Organisation: st.Who.Organisation, Country: st.Organisation.Country, Author: st.Who.Person, Category: d.Category,
		Code: cleanLine(&p, "code", d.Code, MaxCode), Language: d.Language, At: st.Now, State: Open}
	i.Question = cleanBody(&p, "question", d.Question, MaxQuestion, true)
	if !codelist.Category.Has(d.Category) {
		p.Add("category", "fault.unknown-code")
	}
	calendar := legal.Usual(st.Organisation.TimeZone)
	today, _ := calendar.Local(st.Now)
	i.until(&p, d.Due, detention.Telling{Calendar: calendar, Today: today})
	var err error
	if i.Attachments, err = ready(tx, st, &p, d.Pictures); err != nil {
		return i, err
	}
	return i, p.Fault()
}

// spread keeps a request and asks each right holder.
func (s *Store) spread(tx *db.Tx, st operation.Standing, r Inquiry) (Inquiry, error) {
	r, err := s.store(tx, st, access.InquiryAsk, r)
	if err != nil {
		return r, err
	}
	if err := attach(tx, st, r); err != nil {
		return r, err
	}
	to, err := holder.Handling(tx, st, r.Category)
	if err != nil {
		return r, err
	}
	for _, n := range to {
		brands, err := holder.BrandsOf(tx, st.Operation.Number, []int64{n})
		if err != nil {
			return r, err
		}
		part := r
		part.ID, part.Seq, part.Holder, part.Request = ID(s.source.ID()), 0, n, r.Seq
		part.Attachments, part.Shown = nil, r.Attachments
		for _, b := range brands {
			if slices.Contains(b.Categories, r.Category) {
				part.Brands = append(part.Brands, b.ID)
			}
		}
		if _, err := s.store(tx, st, access.InquiryAsk, part); err != nil {
			return r, err
		}
	}
	return r, nil
}

// Withdraw takes a question back; of a request, every part. Whoever may ask in the
// asking organisation may. The same again changes nothing. Paths are reason.
func (s *Store) Withdraw(ctx context.Context, who access.Actor, code operation.Code, id ID, reason string) error {
	return s.write(ctx, who, code, access.InquiryWithdraw, func(tx *db.Tx, st operation.Standing) error {
		i, err := db.One(tx, selectOwn, scan, st.Operation.Number, who.Organisation, string(id))
		if errors.Is(err, db.ErrNone) || err == nil && i.Request != 0 {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		var p fault.Problems
		reason := cleanBody(&p, "reason", reason, MaxQuestion, true)
		switch {
		case i.State == Withdrawn:
			return db.Unchanged
		case i.Erased:
			return fault.Of(fault.Conflict, "seizure.was-redacted")
		case p.Fault() != nil:
			return p.Fault()
		}
		all := []Inquiry{i}
		if i.Holder == 0 {
			parts, err := db.All(tx, selectParts, scan, st.Operation.Number, i.Seq)
			if err != nil {
				return err
			}
			all = append(all, parts...)
		}
		for _, one := range all {
			one.State, one.Taken = Withdrawn, Taken{Author: who.Person, Reason: reason, At: st.Now}
			if _, err := s.store(tx, st, access.InquiryWithdraw, one); err != nil {
				return err
			}
		}
		return nil
	})
}
