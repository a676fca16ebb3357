package product

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with sheets.
type Store struct {
	// Readings is told what was read; nil: nobody keeps a log of it.
	Readings *reading.Log

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(operation.Library), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, need)
		if err != nil {
			return err
		}
		return fn(tx, st)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", need, err)
	}
	return nil
}

// saved is what the entry of a draft says.
type saved struct {
	Sheet       Sheet
	Content     Content
	Record      int64            `json:",omitempty"` // Seq of the sheet; 0: this entry makes it
	Attachments []attachment.Ref `json:",omitempty"` // that it took
}

// Save makes a sheet as a draft, or replaces the draft of one. The same again changes
// nothing, and fresh is false. Conflict: its id has another brand, or somebody saved
// meanwhile. Missing: the actor does not act for that holder and brand.
func (s *Store) Save(ctx context.Context, who access.Actor, w Saving) (made Sheet, fresh bool, err error) {
	if w.ID == "" {
		w.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, access.ProductSave, func(tx *db.Tx, st operation.Standing) error {
		made, fresh, err = s.save(tx, st, w)
		return err
	})
	if err != nil {
		return Sheet{}, false, err
	}
	return made, fresh, nil
}

func (s *Store) save(tx *db.Tx, st operation.Standing, w Saving) (Sheet, bool, error) {
	a, err := holder.May(tx, st, w.Holder, w.Brand)
	if err != nil {
		return Sheet{}, false, err
	}
	op := st.Operation.Number
	var p fault.Problems
	if !source.ValidID(string(w.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	if _, err := holder.BrandByID(tx, op, a.Holder.Number, w.Brand); errors.Is(err, db.ErrNone) {
		p.Add("brand", "product.brand")
	} else if err != nil {
		return Sheet{}, false, err
	}
	c := w.Content.clean(&p)
	if err := p.Fault(); err != nil {
		return Sheet{}, false, err
	}
	old, err := db.One(tx, selectOwn, db.Decoded[Sheet], op, a.Holder.Number, string(w.ID))
	switch {
	case errors.Is(err, db.ErrNone):
		old = Sheet{ID: w.ID, Organisation: a.Holder.Number, Brand: w.Brand, Author: st.Who.Person, State: Draft}
	case err != nil:
		return Sheet{}, false, err
	case old.Brand != w.Brand:
		return Sheet{}, false, fault.Of(fault.Conflict, "product.id-taken")
	default:
		was, err := db.One(tx, selectDraft, db.Decoded[Content], op, old.Seq)
		if err == nil && db.Encoded(was) == db.Encoded(c) {
			return old, false, db.Unchanged
		}
		if err != nil || old.Edit != w.Edit {
			return old, false, errors.Join(err, fault.Of(fault.Conflict, "product.saved-meanwhile"))
		}
	}
	return s.keep(tx, st, old, c)
}

// keep stores a draft, with the pictures that it brings.
func (s *Store) keep(tx *db.Tx, st operation.Standing, sheet Sheet, c Content) (Sheet, bool, error) {
	op := st.Operation.Number
	own, err := audience.Intern(tx, op, holder.Own(sheet.Organisation))
	if err != nil {
		return sheet, false, err
	}
	if sheet.State == Draft {
		sheet.Audience, sheet.Category = own, c.Category
	}
	sheet.Edit++
	entry := saved{Sheet: sheet, Content: c, Record: sheet.Seq}
	known, err := pictures(tx, op, sheet, own)
	if err != nil {
		return sheet, false, err
	}
	if entry.Attachments, err = fresh(tx, st, known, c.Pictures()); err != nil {
		return sheet, false, err
	}
	seq, err := s.journal.Append(tx, st.Entry(access.ProductSave, sheet.EntrySubject(), own),
		journal.Content{After: entry, With: map[string]string{"audience": holder.Own(sheet.Organisation).String()}})
	if err != nil {
		return sheet, false, err
	}
	if sheet.Seq == 0 {
		sheet.Seq = seq
	}
	if err := exec(tx, putSheet, sheet.args(op)); err != nil {
		return sheet, false, err
	}
	if err := exec(tx, putDraft, []any{op, sheet.Seq, db.Encoded(c)}); err != nil {
		return sheet, false, err
	}
	return sheet, true, attachment.AttachAfter(tx, st, entry.Attachments, sheet.Seq, own, int64(len(known)))
}

// pictures are the attachments that a sheet has, in any of its audiences.
func pictures(tx *db.Tx, op int64, s Sheet, own int64) ([]attachment.Attachment, error) {
	if s.Seq == 0 {
		return nil, nil
	}
	all, err := attachment.Of(tx, op, db.List{own, s.Audience}, db.List{s.Seq})
	return all[s.Seq], err
}

// fresh are those pictures that a sheet has not: the actor's own uploads.
func fresh(tx *db.Tx, st operation.Standing, known []attachment.Attachment, ids []attachment.ID) ([]attachment.Ref, error) {
	var out []attachment.ID
	for _, id := range ids {
		if !slices.ContainsFunc(known, func(a attachment.Attachment) bool { return a.ID == id }) {
			out = append(out, id)
		}
	}
	refs, err := attachment.Ready(tx, st, out)
	if f, ok := errors.AsType[*fault.Fault](err); ok && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return nil, fault.At("pairs", f.Fields[0].Key)
	}
	return refs, err
}

// published is what the entry of a version says.
type published struct {
	Sheet   Sheet
	Version version
	Moved   []int64 `json:",omitempty"` // attachments that its readers may open
}

// Publish makes the draft of a sheet its newest version, for whom Publishing says.
// All versions are then for these. The same draft for the same readers again changes
// nothing. Conflict: the draft was changed meanwhile. Paths are those of a draft, and to.
func (s *Store) Publish(ctx context.Context, who access.Actor, n Name, w Publishing) (Sheet, error) {
	var made Sheet
	err := s.write(ctx, who, access.ProductPublish, func(tx *db.Tx, st operation.Standing) error {
		sheet, a, err := owned(tx, st, n)
		if err != nil {
			return err
		}
		if !a.Vetted {
			return fault.At("holder", "holder.not-vetted")
		}
		made, err = s.publish(tx, st, sheet, a, w)
		return err
	})
	if err != nil {
		return Sheet{}, err
	}
	return made, nil
}

func (s *Store) publish(tx *db.Tx, st operation.Standing, sheet Sheet, a holder.Acting, w Publishing) (Sheet, error) {
	op := st.Operation.Number
	var p fault.Problems
	c, err := db.One(tx, selectDraft, db.Decoded[Content], op, sheet.Seq)
	if err != nil {
		return sheet, err
	}
	c.complete(&p, st.Today())
	note, err := i18n.CleanBody(w.Note, MaxText)
	if err != nil {
		noted(&p, "note", err)
	}
	w.To = w.To.canonical()
	if w.To.within(a, &p); sheet.Version > 0 && p.Fault() == nil { // nor may it narrow what goes further
		sheet.To.within(a, &p)
	}
	value, err := w.To.value(tx, st, sheet.Organisation, &p)
	if err = errors.Join(err, p.Fault()); err != nil {
		return sheet, err
	}
	if sheet.Edit != w.Edit {
		return sheet, fault.Of(fault.Conflict, "product.saved-meanwhile")
	}
	if sheet.State == Published {
		was, err := ContentOf(tx, op, sheet.Seq, sheet.Version)
		if err != nil {
			return sheet, err
		}
		if db.Encoded(was) == db.Encoded(c) && db.Encoded(sheet.To) == db.Encoded(w.To) {
			return sheet, db.Unchanged
		}
	}
	before := sheet.Audience
	if sheet.Audience, err = audience.Intern(tx, op, value); err != nil {
		return sheet, err
	}
	sheet.State, sheet.To, sheet.Category, sheet.Until, sheet.Reason, sheet.Doubted = Published, w.To, c.Category, c.Valid, "", false
	sheet.Version, sheet.Published, sheet.Confirmed, sheet.Verifier = sheet.Version+1, st.Now, st.Now, st.Who.Person
	sheet.Claimed = sheet.claims(c, st.Now)
	v := version{Product: sheet.Seq, Number: sheet.Version, At: st.Now, Note: strings.TrimSpace(note), Content: c}
	return s.announce(tx, st, sheet, v, before, value)
}

// announce stores a version and gives it to its readers.
func (s *Store) announce(tx *db.Tx, st operation.Standing, sheet Sheet, v version, before int64, value audience.Value) (Sheet, error) {
	op := st.Operation.Number
	own, err := audience.Intern(tx, op, holder.Own(sheet.Organisation))
	if err != nil {
		return sheet, err
	}
	moved, stay, err := moving(tx, op, sheet, v.Content, own, before)
	if err != nil {
		return sheet, err
	}
	seq, err := s.journal.Append(tx, st.Entry(access.ProductPublish, sheet.EntrySubject(), sheet.Audience),
		journal.Content{After: published{sheet, v, moved}, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return sheet, err
	}
	v.Seq, sheet.Newest = seq, seq
	if err := exec(tx, putSheet, sheet.args(op)); err != nil {
		return sheet, err
	}
	if err := exec(tx, insertVersion, v.args(op)); err != nil {
		return sheet, err
	}
	if err := attachment.MoveBut(tx, op, sheet.Seq, sheet.Audience, stay); err != nil {
		return sheet, err
	}
	return sheet, index(tx, op, sheet, v.Content)
}

// moving tells which pictures go to the readers of a version, and which stay with the
// holder's own side: what is only in a draft, and what is covert.
func moving(tx *db.Tx, op int64, sheet Sheet, c Content, own, before int64) (moved []int64, stay db.List, err error) {
	shown := c.Pictures()
	all, err := attachment.Of(tx, op, db.List{own, before}, db.List{sheet.Seq})
	for _, a := range all[sheet.Seq] {
		if slices.Contains(shown, a.ID) || a.Audience != own {
			moved = append(moved, a.Seq)
		} else {
			stay = append(stay, a.Seq)
		}
	}
	return moved, stay, err
}

// SetPart replaces a part that stands apart: makers and traders, or covert features.
// The same again changes nothing. Conflict: it was changed meanwhile.
func (s *Store) SetPart(ctx context.Context, who access.Actor, n Name, w Parting) (Part, error) {
	var made Part
	err := s.write(ctx, who, access.ProductPart, func(tx *db.Tx, st operation.Standing) error {
		sheet, a, err := owned(tx, st, n)
		if err != nil {
			return err
		}
		if !a.Vetted {
			return fault.At("holder", "holder.not-vetted")
		}
		made, err = s.setPart(tx, st, sheet, a, w)
		return err
	})
	if err != nil {
		return Part{}, err
	}
	return made, nil
}

// parted is what the entry of a part says.
type parted struct {
	Part        Part
	Record      int64            // Seq of the sheet
	Attachments []attachment.Ref `json:",omitempty"`
}

func (s *Store) setPart(tx *db.Tx, st operation.Standing, sheet Sheet, a holder.Acting, w Parting) (Part, error) {
	op := st.Operation.Number
	var p fault.Problems
	w = w.clean(&p)
	w.To = w.To.canonical()
	value := holder.Own(sheet.Organisation)
	if w.Kind == Traders {
		var err error
		w.To.within(a, &p)
		if value, err = w.To.value(tx, st, sheet.Organisation, &p); err != nil {
			return Part{}, err
		}
	} else {
		w.To = To{}
	}
	if err := p.Fault(); err != nil {
		return Part{}, err
	}
	old, err := PartOf(tx, op, sheet.Seq, w.Kind)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return old, err
	}
	made := Part{Product: sheet.Seq, Kind: w.Kind, Organisation: sheet.Organisation, To: w.To, Traders: w.Traders, Features: w.Features, Pairs: w.Pairs,
		Language: w.Language}
	if old.Version > 0 && old.says(made) {
		return old, db.Unchanged
	}
	if old.Version != w.Version {
		return old, fault.Of(fault.Conflict, "product.saved-meanwhile")
	}
	made.Version, made.Author, made.At = old.Version+1, st.Who.Person, st.Now
	if made.Audience, err = audience.Intern(tx, op, value); err != nil {
		return made, err
	}
	return s.keepPart(tx, st, sheet, made, value)
}

// says tells whether two parts say the same, whoever wrote them and when.
func (p Part) says(other Part) bool {
	p.Seq, p.Version, p.Author, p.At, p.Audience = 0, 0, "", other.At, 0
	return db.Encoded(p) == db.Encoded(other)
}

func (s *Store) keepPart(tx *db.Tx, st operation.Standing, sheet Sheet, made Part, value audience.Value) (Part, error) {
	op := st.Operation.Number
	own, err := audience.Intern(tx, op, holder.Own(sheet.Organisation))
	if err != nil {
		return made, err
	}
	known, err := pictures(tx, op, sheet, own)
	if err != nil {
		return made, err
	}
	entry := parted{Part: made, Record: sheet.Seq}
	if entry.Attachments, err = fresh(tx, st, known, Content{Pairs: made.Pairs}.Pictures()); err != nil {
		return made, err
	}
	made.Seq, err = s.journal.Append(tx, st.Entry(access.ProductPart, sheet.EntrySubject()+"/"+made.Kind, made.Audience),
		journal.Content{After: entry, With: map[string]string{"audience": value.String()}})
	if err != nil {
		return made, err
	}
	if err := exec(tx, putPart, made.args(op)); err != nil {
		return made, err
	}
	return made, attachment.AttachAfter(tx, st, entry.Attachments, sheet.Seq, own, int64(len(known)))
}
