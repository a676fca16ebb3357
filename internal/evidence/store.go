package evidence

import (
	"context"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people do with the history of a case.
type Store struct {
	// Signer seals; nil: nothing can be sealed.
	Signer *journal.Signer
	// Readings is told that a case was taken out; nil: nobody keeps a log of it.
	Readings *reading.Log

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	vault   *blob.Vault
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, v *blob.Vault) *Store {
	return &Store{db: d, journal: j, source: s, vault: v}
}

// Request says what a bundle is for.
type Request struct {
	Purpose   string `json:"purpose"`
	Recipient string `json:"recipient"`
	Consent   string `json:"consent,omitempty"` // of whoever's warning the case answers, where that is needed
}

// The longest texts of a request, in characters.
const (
	MaxLine = 300
	MaxText = 2000
)

func (r Request) clean() (Request, error) {
	var p fault.Problems
	for _, f := range []struct {
		path string
		text *string
		most int
	}{{"purpose", &r.Purpose, MaxLine}, {"recipient", &r.Recipient, MaxLine}, {"consent", &r.Consent, MaxText}} {
		text, err := i18n.CleanBody(strings.TrimSpace(*f.text), f.most)
		switch {
		case err == nil:
			*f.text = text
		case len([]rune(*f.text)) > f.most:
			p.Add(f.path, "fault.too-long", fault.Args{"max": int64(f.most)})
		default:
			p.Add(f.path, "fault.control-character")
		}
	}
	return r, p.Fault()
}

// bundled is what the entry of a bundle says.
type bundled struct {
	Seizure   int64
	Reference string
	Version   int64
	Request
	Source string `json:"source_tlp,omitempty"`
}

// Desk is what somebody wants to know before making a bundle.
type Desk struct {
	Standing    operation.Standing
	Case        seizure.Case
	Source      string // label of the warning for which consent is needed; empty: it is not
	Photos      int64
	NoOriginals int64 // of them, of which the bytes that came are not held
}

// Prepare tells what a bundle of a case of the actor's organisation would hold.
func (s *Store) Prepare(ctx context.Context, who access.Actor, code operation.Code, ref string) (Desk, error) {
	var d Desk
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		f, err := s.open(tx, who, code, ref)
		if err != nil {
			return err
		}
		d = Desk{Standing: f.standing, Case: f.of}
		for _, p := range f.photos {
			d.Photos++
			if !p.File.OriginalHeld() {
				d.NoOriginals++
			}
		}
		d.Source, err = sourceOf(tx, f)
		return err
	})
	return d, fault.In(access.EvidenceBundle, err)
}

// open gathers what stands about a reported case of the actor's organisation.
func (s *Store) open(tx *db.Tx, who access.Actor, code operation.Code, ref string) (file, error) {
	st, err := operation.Enter(tx, s.source.Now(), who, code, access.EvidenceBundle)
	if err != nil {
		return file{}, err
	}
	c, err := seizure.Readable(tx, st, ref)
	switch {
	case err != nil:
		return file{}, err
	case c.Organisation != who.Organisation:
		return file{}, fault.Missing()
	case c.State == seizure.Saved:
		return file{}, fault.Of(fault.Conflict, "evidence.draft")
	}
	return gather(tx, st, c)
}

// Make makes a bundle of a case that the actor's organisation reported, and
// writes down that it did, for what and for whom. Where the case answers another
// organisation's warning that is marked for few, the consent has to be recorded
// with it. What it gives is written by WriteTo.
func (s *Store) Make(ctx context.Context, who access.Actor, code operation.Code, ref string, r Request) (*Bundle, error) {
	b, err := s.make(ctx, who, code, ref, r)
	return b, fault.In(access.EvidenceBundle, err)
}

func (s *Store) make(ctx context.Context, who access.Actor, code operation.Code, ref string, r Request) (*Bundle, error) {
	if s.Signer == nil {
		return nil, fault.Of(fault.Unavailable, "fault.unavailable")
	}
	r, wrong := r.clean()
	var seq int64
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		f, err := s.open(tx, who, code, ref)
		if err != nil {
			return err
		}
		if wrong != nil {
			return wrong
		}
		seq, err = s.note(tx, f, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	b := &Bundle{store: s}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		f, err := s.open(tx, who, code, ref)
		if err != nil {
			return err
		}
		*b = Bundle{store: s, operation: string(f.standing.Operation.ID)}
		return b.plan(tx, f, seq)
	})
	if err == nil {
		err = s.Readings.Note(b.manifest.Operation.Number, who.Person, who.Organisation, reading.Case, reading.Exported, b.manifest.Case.Number)
	}
	if err == nil {
		err = b.measure(ctx)
	}
	return b, err
}

// note writes down that a bundle is made.
func (s *Store) note(tx *db.Tx, f file, r Request) (int64, error) {
	label, err := sourceOf(tx, f)
	if err != nil {
		return 0, err
	}
	if label != "" && r.Consent == "" {
		var p fault.Problems
		p.Add("consent", "evidence.consent-needed", fault.Args{"tlp": label})
		return 0, p.Fault()
	}
	value := audience.Own(f.of.Organisation).With(access.Coordination)
	aud, err := audience.Intern(tx, f.standing.Operation.Number, value)
	if err != nil {
		return 0, err
	}
	return s.journal.Append(tx, f.standing.Entry(access.EvidenceBundle, subject(f.of.ID), aud), journal.Content{
		After: bundled{f.of.Seq, f.of.Reference, f.of.Version, r, label}, With: map[string]string{"audience": value.String()}})
}

// Tables says that this package keeps none: a bundle leaves an entry, and no row.
func Tables() journal.Keeping {
	return journal.Keeping{Operation: func(*journal.Audit) journal.Replay {
		return journal.Rowless(func(verb string) bool { return verb == string(access.EvidenceBundle) })
	}}
}
