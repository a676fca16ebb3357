package attachment

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/likeness"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with attachments.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	vault   *blob.Vault
	bench   chan struct{} // a place for each file that is worked on
	large   chan struct{} // a place for a large picture
	mids    previews

	Limits  Limits
	Scanner Scanner // nil: files are not scanned

	// Readings is told what was opened; nil: nobody keeps a log of it.
	Readings *reading.Log
	// Withheld tells whether an attachment, or the record that has it, was taken back
	// from a reader who may read its audience; nil: none ever is.
	Withheld func(tx *db.Tx, st operation.Standing, a Attachment) (bool, error)
	// Readable lists the audiences that somebody may read; nil: those of its organisation.
	Readable func(tx *db.Tx, st operation.Standing) (db.List, error)
	// ReadAs tells what somebody reads who opens an attachment of a record; nil: a message.
	ReadAs func(tx *db.Tx, operation int64, a Attachment) (kind string, number int64, err error)
}

// workers is how many files are worked on at once, in one process.
const workers = 2

// NewStore makes a store with the usual limits.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, v *blob.Vault) *Store {
	return &Store{db: d, journal: j, source: s, vault: v, Limits: Usual,
		bench: make(chan struct{}, workers), large: make(chan struct{}, 1)}
}

// Begin begins an upload, or finds how far the same one has come. Its id with
// another size, name or digest is a Conflict. TooLarge: the file is too large, or
// the organisation has used up what it may keep in the operation.
func (s *Store) Begin(ctx context.Context, who access.Actor, code operation.Code, d Draft) (Upload, error) {
	u, err := s.begin(ctx, who, code, d)
	if err != nil {
		return Upload{}, fmt.Errorf("%s: %w", access.AttachmentUpload, err)
	}
	return u, nil
}

func (s *Store) begin(ctx context.Context, who access.Actor, code operation.Code, d Draft) (u Upload, err error) {
	var st operation.Standing
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err = operation.Enter(tx, s.source.Now(), who, code, access.AttachmentUpload)
		return err
	})
	if err != nil {
		return u, err
	}
	if d, err = d.clean(s.Limits); err != nil {
		return u, err
	}
	err = s.db.Keep(ctx, func(tx *db.Tx) error {
		if u, err = found(tx, st, d); !fault.Is(err, fault.NotFound) {
			return err
		}
		sum, err := used(tx, st, d.ID)
		if err != nil {
			return err
		}
		if sum+d.Size > s.Limits.Organisation {
			return fault.Of(fault.TooLarge, "attachment.quota", fault.Args{"max": s.Limits.Organisation >> 20})
		}
		u = Upload{Draft: d}
		_, err = tx.Exec(insertUpload, st.Operation.Number, who.Organisation, string(d.ID), who.Person, d.Name, d.Size, d.SHA256, d.Label,
			d.BlackOut.String(), int64(0), s.source.Now())
		return err
	})
	return u, err
}

// found is the upload, or what was made of it, that a draft begins again.
// Missing: its id is free.
func found(tx *db.Tx, st operation.Standing, d Draft) (Upload, error) {
	taken := fault.Of(fault.Conflict, "attachment.id-taken")
	a, err := db.One(tx, selectByID, scan, st.Operation.Number, st.Who.Organisation, string(d.ID))
	if err == nil {
		if a.Author != st.Who.Person || a.Name != d.Name || a.CameSize != d.Size || d.SHA256 != "" && d.SHA256 != a.CameSHA256 {
			return Upload{}, taken
		}
		return Upload{Draft: d, Arrived: d.Size, Done: true, Made: a}, nil
	}
	if !errors.Is(err, db.ErrNone) {
		return Upload{}, err
	}
	k, err := db.One(tx, selectUpload, scanUpload, st.Operation.Number, st.Who.Organisation, string(d.ID))
	switch {
	case errors.Is(err, db.ErrNone):
		return Upload{}, fault.Missing()
	case err != nil:
		return Upload{}, err
	case k.author != st.Who.Person || k.Name != d.Name || k.Size != d.Size || k.SHA256 != d.SHA256 || k.Label != d.Label ||
		k.BlackOut.String() != d.BlackOut.String():
		return Upload{}, taken
	}
	return k.Upload, nil
}

// Progress tells how far an upload of the actor's has come. Where all has come
// and the last step was cut, it is done now.
func (s *Store) Progress(ctx context.Context, who access.Actor, code operation.Code, id ID) (Upload, error) {
	st, u, err := s.progress(ctx, who, code, id)
	if err == nil && !u.Done && u.Arrived == u.Size {
		u, err = s.complete(ctx, st, code, u, blob.Stored{})
	}
	if err != nil {
		return Upload{}, fmt.Errorf("%s: %w", access.AttachmentUpload, err)
	}
	return u, nil
}

func (s *Store) progress(ctx context.Context, who access.Actor, code operation.Code, id ID) (st operation.Standing, u Upload, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.AttachmentUpload); err != nil {
			return err
		}
		a, err := db.One(tx, selectByID, scan, st.Operation.Number, who.Organisation, string(id))
		if err == nil {
			if a.Author != who.Person {
				return fault.Missing()
			}
			u = Upload{Draft: Draft{ID: id, Name: a.Name, Size: a.CameSize, SHA256: a.CameSHA256, Label: a.Label}, Arrived: a.CameSize, Done: true, Made: a}
			return nil
		}
		if !errors.Is(err, db.ErrNone) {
			return err
		}
		k, err := own(tx, st, id)
		u = k.Upload
		return err
	})
	return st, u, err
}

// Discard throws an upload away, or an attachment that no record has taken. What
// is not there, or no longer the actor's to throw away, is Missing.
func (s *Store) Discard(ctx context.Context, who access.Actor, code operation.Code, id ID) error {
	_, u, err := s.progress(ctx, who, code, id)
	switch {
	case err != nil:
	case u.Done:
		err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
			st, err := operation.Enter(tx, s.source.Now(), who, code, access.AttachmentDiscard)
			if err != nil {
				return err
			}
			if u.Made, err = loose(tx, st, id); err != nil {
				return err
			}
			return s.discard(tx, st, u.Made)
		})
		if err == nil {
			s.remove(u.Made.blobs()...)
		}
	default:
		err = s.abandon(ctx, who.Organisation, code, id)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", access.AttachmentDiscard, err)
	}
	return nil
}

// discard takes away the row of what no record has, and says so in the journal.
func (s *Store) discard(tx *db.Tx, st operation.Standing, a Attachment) error {
	_, err := s.journal.Append(tx, st.Entry(access.AttachmentDiscard, a.subject(), a.Audience), journal.Content{Before: a, With: map[string]string{"audience": audience.Own(a.Organisation).String()}})
	if err != nil {
		return err
	}
	if _, err = tx.Exec(deleteRow, st.Operation.Number, a.Seq); err == nil {
		err = likeness.Put(tx, st.Operation.Number, a.Seq, 0)
	}
	return err
}

func (a Attachment) subject() string { return "attachment/" + string(a.ID) }

// abandon throws away what has arrived of an upload.
func (s *Store) abandon(ctx context.Context, organisation int64, code operation.Code, id ID) error {
	var gone []blob.Name
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		op, err := operation.ByCode(tx, code)
		if err != nil {
			return err
		}
		if gone, err = parts(tx, op.Number, organisation, id); err != nil {
			return err
		}
		return drop(tx, op.Number, organisation, id)
	})
	if err == nil {
		s.remove(gone...)
	}
	return err
}

// remove takes bytes away that no row names any more. What cannot be removed now
// is removed by Sweep.
func (s *Store) remove(names ...blob.Name) {
	for _, n := range names {
		if n != "" {
			_ = s.vault.Remove(n)
		}
	}
}
