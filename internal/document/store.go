package document

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with the library.
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

// published is what the entry of a new document says.
type published struct {
	Document
	Note        string
	Attachments []attachment.Ref
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
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

// Publish puts a document with its first version into the library. The same draft
// again is the same document and the same answer, and fresh is false; its id with
// other content is a Conflict.
func (s *Store) Publish(ctx context.Context, who access.Actor, code operation.Code, d Draft) (made Document, fresh bool, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, code, access.DocumentPublish, func(tx *db.Tx, st operation.Standing) error {
		made, fresh, err = s.publish(tx, st, d)
		return err
	})
	if err != nil {
		return Document{}, false, err
	}
	return made, fresh, nil
}

func (s *Store) publish(tx *db.Tx, st operation.Standing, d Draft) (made Document, fresh bool, err error) {
	op := st.Operation.Number
	if d.To, err = named(tx, d); err != nil {
		return made, false, err
	}
	d, wrong := d.clean()
	old, v, err := byID(tx, st, d.ID)
	switch {
	case err == nil && v.Number == 1 && old.says(v, st.Who.Person, d):
		return old, false, db.Unchanged
	case err == nil:
		return made, false, fault.Of(fault.Conflict, "document.id-taken")
	case !errors.Is(err, db.ErrNone):
		return made, false, err
	}
	to, readers, err := message.Addressed(tx, st, d.To)
	if err = joined(wrong, err); err != nil {
		return made, false, err
	}
	made = Document{ID: d.ID, Organisation: st.Who.Organisation, Author: st.Who.Person, To: to, Kind: d.Kind, Title: d.Title,
		Language: d.Language, TLP: d.TLP, Published: st.Now, Version: 1}
	if made.Audience, err = audience.Intern(tx, op, readers); err != nil {
		return made, false, err
	}
	v = Version{Number: 1, ID: d.ID, Organisation: made.Organisation, Author: made.Author, Note: d.Note, Written: st.Now}
	if v.Attachments, err = fileOf(tx, st, d.File); err != nil {
		return made, false, err
	}
	made.Seq, err = s.journal.Append(tx, st.Entry(access.DocumentPublish, made.EntrySubject(), made.Audience),
		journal.Content{After: published{made, v.Note, v.Attachments}, With: map[string]string{"audience": readers.String()}})
	if err != nil {
		return made, false, err
	}
	made.Newest, v.Seq, v.Document = made.Seq, made.Seq, made.Seq
	if err := insert(tx, op, made); err != nil {
		return made, false, err
	}
	if err := index(tx, op, made, []string{v.Note}); err != nil {
		return made, false, err
	}
	return made, true, s.keep(tx, st, made, v)
}

// keep stores a version and gives it its file.
func (s *Store) keep(tx *db.Tx, st operation.Standing, d Document, v Version) error {
	if err := insertVersion(tx, st.Operation.Number, v); err != nil {
		return err
	}
	return attachment.Attach(tx, st, v.Attachments, v.Seq, d.Audience)
}

// named is the address of a draft, with the numbers of organisations that it calls
// by their ids. Whom the writer may not name is refused as what does not exist.
func named(tx *db.Tx, d Draft) (audience.Address, error) {
	to := d.To
	to.Organisations = slices.Clone(to.Organisations)
	if len(d.Addressed) > message.MaxAddressed {
		return to, fault.At("to", "fault.too-many-items", fault.Args{"max": int64(message.MaxAddressed)})
	}
	for _, id := range d.Addressed {
		body, err := organisation.ByID(tx, id)
		if errors.Is(err, db.ErrNone) {
			return to, fault.At("to", "message.to-unknown")
		}
		if err != nil {
			return to, err
		}
		to.Organisations = append(to.Organisations, body.Number)
	}
	slices.Sort(to.Organisations)
	to.Organisations = slices.Compact(to.Organisations)
	return to, nil
}

// joined puts what is wrong with the text and with the address side by side.
func joined(text, address error) error {
	a, isText := errors.AsType[*fault.Fault](text)
	b, isAddress := errors.AsType[*fault.Fault](address)
	switch {
	case text == nil:
		return address
	case address == nil || !isText || !isAddress || b.Kind != fault.Invalid:
		return text
	}
	both := *a
	both.Fields = append(slices.Clone(a.Fields), b.Fields...)
	return &both
}

// says tells whether a stored document is what a draft says.
func (d Document) says(first Version, author string, draft Draft) bool {
	return d.Author == author && d.Kind == draft.Kind && d.Title == draft.Title && d.Language == draft.Language && d.TLP == draft.TLP &&
		d.To.String() == sorted(draft.To).String() && first.Note == draft.Note && first.has(draft.File)
}

// sorted is an address in the order in which it is stored.
func sorted(to audience.Address) audience.Address {
	to.Sides, to.Organisations, to.Regions = slices.Clone(to.Sides), slices.Clone(to.Organisations), slices.Clone(to.Regions)
	slices.Sort(to.Sides)
	slices.Sort(to.Organisations)
	slices.Sort(to.Regions)
	to.Sides, to.Organisations, to.Regions = slices.Compact(to.Sides), slices.Compact(to.Organisations), slices.Compact(to.Regions)
	return to
}

func (v Version) has(file attachment.ID) bool {
	return len(v.Attachments) == 1 && v.Attachments[0].ID == file
}

// fileOf is the file of a version, as its entry says it; refused at the field file.
func fileOf(tx *db.Tx, st operation.Standing, id attachment.ID) ([]attachment.Ref, error) {
	refs, err := attachment.Ready(tx, st, []attachment.ID{id})
	if f, ok := errors.AsType[*fault.Fault](err); ok && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return nil, fault.At("file", f.Fields[0].Key, f.Fields[0].Args)
	}
	return refs, err
}

// Revise makes a new version of a document of the actor's organisation. Conflict:
// it was revised since the version that the writer saw, or it was withdrawn. The
// same revision again is the same version and the same answer.
func (s *Store) Revise(ctx context.Context, who access.Actor, code operation.Code, seq int64, r Revision) (made Version, fresh bool, err error) {
	return s.reviseOf(ctx, who, code, r, func(tx *db.Tx, st operation.Standing) (Document, error) { return readable(tx, st, seq) })
}

// ReviseNamed is Revise for a document by the name that it has outside.
func (s *Store) ReviseNamed(ctx context.Context, who access.Actor, code operation.Code, n Name, r Revision) (made Version, fresh bool, err error) {
	return s.reviseOf(ctx, who, code, r, func(tx *db.Tx, st operation.Standing) (Document, error) { return find(tx, st, n) })
}

func (s *Store) reviseOf(ctx context.Context, who access.Actor, code operation.Code, r Revision, pick func(*db.Tx, operation.Standing) (Document, error)) (made Version, fresh bool, err error) {
	if r.ID == "" {
		r.ID = ID(s.source.ID())
	}
	err = s.write(ctx, who, code, access.DocumentRevise, func(tx *db.Tx, st operation.Standing) error {
		d, err := pick(tx, st)
		if err == nil && d.Organisation != who.Organisation {
			err = fault.Missing()
		}
		if err == nil {
			made, fresh, err = s.revise(tx, st, d, r)
		}
		return err
	})
	if err != nil {
		return Version{}, false, err
	}
	return made, fresh, nil
}

func (s *Store) revise(tx *db.Tx, st operation.Standing, d Document, r Revision) (made Version, fresh bool, err error) {
	op := st.Operation.Number
	r, wrong := r.clean()
	_, old, err := byID(tx, st, r.ID)
	switch {
	case err == nil && old.Document == d.Seq && old.Number == r.Of+1 && old.Author == st.Who.Person && old.Note == r.Note && old.has(r.File):
		return old, false, db.Unchanged
	case err == nil:
		return made, false, fault.Of(fault.Conflict, "document.id-taken")
	case !errors.Is(err, db.ErrNone):
		return made, false, err
	case !d.InUse():
		return made, false, fault.Of(fault.Conflict, "document.is-withdrawn")
	case wrong != nil:
		return made, false, wrong
	case d.Version != r.Of:
		return made, false, fault.Of(fault.Conflict, "document.revised-meanwhile", fault.Args{"version": d.Version})
	case d.Version >= MaxVersions:
		return made, false, fault.Of(fault.TooMany, "document.too-many-versions", fault.Args{"max": int64(MaxVersions)})
	}
	made = Version{Document: d.Seq, Number: r.Of + 1, ID: r.ID, Organisation: st.Who.Organisation, Author: st.Who.Person, Note: r.Note, Written: st.Now}
	if made.Attachments, err = fileOf(tx, st, r.File); err != nil {
		return made, false, err
	}
	made.Seq, err = s.journal.Append(tx, st.Entry(access.DocumentRevise, d.EntrySubject(), d.Audience), journal.Content{After: made})
	if err != nil {
		return made, false, err
	}
	if err := advance(tx, op, d, made); err != nil {
		return made, false, err
	}
	notes, err := notesOf(tx, op, d.Seq)
	if err != nil {
		return made, false, err
	}
	if err := index(tx, op, d, append(notes, made.Note)); err != nil {
		return made, false, err
	}
	return made, true, s.keep(tx, st, d, made)
}

// Withdraw takes a document out of use, with a reason that every reader sees in its
// place. Who may publish in its organisation may, and for what they may read, who
// direct or coordinate. The same again changes nothing.
func (s *Store) Withdraw(ctx context.Context, who access.Actor, code operation.Code, seq int64, reason string) error {
	return s.write(ctx, who, code, access.DocumentWithdraw, func(tx *db.Tx, st operation.Standing) error {
		d, err := readable(tx, st, seq)
		if err != nil {
			return err
		}
		return s.withdraw(tx, st, d, reason)
	})
}

// WithdrawNamed is Withdraw for a document by the name that it has outside.
func (s *Store) WithdrawNamed(ctx context.Context, who access.Actor, code operation.Code, n Name, reason string) error {
	return s.write(ctx, who, code, access.DocumentWithdraw, func(tx *db.Tx, st operation.Standing) error {
		d, err := find(tx, st, n)
		if err != nil {
			return err
		}
		return s.withdraw(tx, st, d, reason)
	})
}

func (s *Store) withdraw(tx *db.Tx, st operation.Standing, d Document, reason string) error {
	var p fault.Problems
	reason = cleanText(&p, "reason", reason, MaxReason, true)
	switch {
	case !mayWithdraw(st, d):
		return fault.Missing()
	case p.Fault() != nil:
		return p.Fault()
	case !d.InUse():
		return db.Unchanged
	}
	entry, err := s.journal.Append(tx, st.Entry(access.DocumentWithdraw, d.EntrySubject(), d.Audience),
		journal.Content{With: map[string]string{"document": strconv.FormatInt(d.Seq, 10), "reason": reason}})
	if err != nil {
		return err
	}
	unindex(tx, st.Operation.Number, d.Seq)
	return takeOut(tx, st.Operation.Number, d.Seq, Withdrawn{At: st.Now, Entry: entry, Reason: reason})
}

// mayRevise tells whether the actor may make a new version of what it can read.
func mayRevise(st operation.Standing, d Document) bool {
	return d.InUse() && st.May(access.DocumentRevise) && d.Organisation == st.Who.Organisation
}

// mayWithdraw tells whether the actor may take out of use what it can read.
func mayWithdraw(st operation.Standing, d Document) bool {
	directs := st.Side() == access.Coordination && (slices.Contains(st.Roles, access.Director) || slices.Contains(st.Roles, access.Coordinator))
	return st.May(access.DocumentWithdraw) && (d.Organisation == st.Who.Organisation || directs)
}
