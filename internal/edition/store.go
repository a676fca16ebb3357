package edition

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// Store gives editions out, and reads them.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	// Names are what the instance calls countries and areas; may be nil.
	Names map[string]map[i18n.Lang]string
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// Wanted names an edition.
type Wanted struct {
	Number int64  // of the version; 0: the newest
	Kind   string // of Kinds
	Holder int64  // organisation, of a right holder's edition
}

// Reading is an edition as one reader finds it.
type Reading struct {
	Standing operation.Standing
	Wanted
	Issued   bool // given out; otherwise a preview for coordination
	Given    Issued
	Weak     []suppress.Weak // only for coordination: see Issued.Weak
	Embargo  publication.Held
	Document rendition.Document
}

// Issue gives an edition to those whom it is for, in some languages. Coordination does,
// and not under an embargo. The same again changes nothing.
func (s *Store) Issue(ctx context.Context, who access.Actor, code operation.Code, w Wanted, langs []string) (made Issued, err error) {
	err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		made = Issued{}
		st, err := s.coordinating(tx, who, code, access.EditionIssue)
		if err != nil {
			return err
		}
		m, err := s.material(tx, st, &w)
		if err != nil {
			return err
		}
		held, err := s.embargo(tx, st, w.Number)
		if err != nil {
			return err
		}
		if old, was, err := issuedOne(tx, st.Operation.Number, w.Number, w.Kind, w.Holder); err != nil || was {
			made = old
			return errors.Join(err, db.Unchanged)
		}
		if held.Until != "" {
			return fault.Of(fault.Conflict, "edition.embargo", fault.Args{"day": i18n.Day(held.Until)})
		}
		if made, err = s.make(m, st, w, langs); err != nil {
			return err
		}
		return s.keep(tx, st, access.EditionIssue, fmt.Sprintf("edition/%d/%s/%d", w.Number, w.Kind, w.Holder), made, func(seq int64) error {
			made.Seq = seq
			_, err := tx.Exec(insertIssued, made.args(st.Operation.Number)...)
			return err
		})
	})
	return made, fault.In(access.EditionIssue, err)
}

// make composes an edition in all its languages.
func (s *Store) make(m Material, st operation.Standing, w Wanted, langs []string) (Issued, error) {
	made := Issued{Number: w.Number, Kind: w.Kind, Holder: w.Holder, Own: m.Own, Readable: m.Readable, Author: st.Who.Person, At: st.Now, Documents: map[string]rendition.Document{}}
	made.Figures, made.Weak = Figures(m, w.Kind)
	for _, lang := range langs {
		if !i18n.Offered(i18n.Lang(lang)) {
			return made, fault.At("languages", "fault.unknown-code", fault.Args{"value": lang})
		}
		d := Compose(m, w.Kind, made.Figures, s.printer(st.Operation, lang))
		d.Words = nil
		made.Documents[lang] = d
	}
	if len(made.Documents) == 0 {
		return made, fault.At("languages", "fault.required", nil)
	}
	return made, nil
}

// keep appends an entry and puts its row. Only coordination reads the entry itself, which
// holds what an edition hides; who may read the edition is Read's to say.
func (s *Store) keep(tx *db.Tx, st operation.Standing, verb access.Permission, subject string, content any, put func(seq int64) error) error {
	v := audience.Value{Sides: []access.Side{access.Coordination}}
	aud, err := audience.Intern(tx, st.Operation.Number, v)
	if err != nil {
		return err
	}
	seq, err := s.journal.Append(tx, st.Entry(verb, subject, aud), journal.Content{After: content, With: map[string]string{"audience": v.String()}})
	if err != nil {
		return err
	}
	return put(seq)
}

func (s *Store) coordinating(tx *db.Tx, who access.Actor, code operation.Code, need access.Permission) (operation.Standing, error) {
	st, err := operation.Enter(tx, s.source.Now(), who, code, need)
	if err == nil && st.Side() != access.Coordination {
		err = fault.Missing()
	}
	return st, err
}

// printer is that of a language, with what the instance and the operation call countries.
func (s *Store) printer(o operation.Operation, lang string) *i18n.Printer {
	own := map[string]map[i18n.Lang]string{}
	for code, by := range o.Names {
		own[code] = map[i18n.Lang]string{}
		for l, name := range by {
			own[code][i18n.Lang(l)] = name
		}
	}
	return i18n.NewPrinter(i18n.Lang(lang), i18n.WithNames(s.Names), i18n.WithNames(own))
}

func (s *Store) embargo(tx *db.Tx, st operation.Standing, number int64) (publication.Held, error) {
	all, err := publication.ClearancesOf(tx, st.Operation.Number, number)
	return publication.Embargo(all, st.Today()), err
}

// Read gives an edition in a language, as it was given out or, to coordination before
// that, as it would be. The edition for enforcement is for administrations and
// coordination; a right holder's for itself and who acts for all of its brands; the
// public's for every member. What is not for the reader does not exist.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, w Wanted, lang string) (Reading, error) {
	var r Reading
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		r = Reading{}
		if r.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.EditionRead); err != nil {
			return err
		}
		return s.read(tx, &r, w, lang)
	})
	return r, fault.In(access.EditionRead, err)
}

func (s *Store) read(tx *db.Tx, r *Reading, w Wanted, lang string) error {
	st := r.Standing
	whole := st.Side() == access.Coordination
	if may, err := mayRead(tx, st, w); err != nil || !may {
		return errors.Join(err, missing(may))
	}
	if w.Number == 0 && !whole {
		all, err := IssuedOf(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		for _, i := range all {
			if i.Kind == w.Kind && i.Holder == w.Holder {
				w.Number = max(w.Number, i.Number)
			}
		}
		if w.Number == 0 {
			return fault.Missing()
		}
	}
	if !whole {
		if _, was, err := issuedOne(tx, st.Operation.Number, w.Number, w.Kind, w.Holder); err != nil || !was {
			return errors.Join(err, missing(was))
		}
	}
	return s.fill(tx, r, w, lang, whole)
}

func missing(found bool) error {
	if found {
		return nil
	}
	return fault.Missing()
}

func (s *Store) fill(tx *db.Tx, r *Reading, w Wanted, lang string, whole bool) error {
	st := r.Standing
	m, err := s.material(tx, st, &w)
	if err != nil {
		return err
	}
	r.Wanted = w
	given, was, err := issuedOne(tx, st.Operation.Number, w.Number, w.Kind, w.Holder)
	if err != nil {
		return err
	}
	p := s.printer(st.Operation, lang)
	r.Issued, r.Given = was, given
	switch d, kept := given.Documents[string(p.Lang())]; {
	case kept:
		r.Document = d
		r.Document.Words = Words(p)
	case was:
		m.Own = given.Own
		r.Document = Compose(m, w.Kind, given.Figures, p)
	default:
		shown, weak := Figures(m, w.Kind)
		r.Weak = weak
		r.Document = Compose(m, w.Kind, shown, p)
	}
	if whole {
		if was {
			r.Weak = given.Weak
		}
		r.Embargo, err = s.embargo(tx, st, w.Number)
		return err
	}
	r.Given.Figures, r.Given.Documents, r.Given.Weak, r.Given.Own = suppress.Published{}, nil, nil, nil // what is hidden stays here
	return nil
}

// mayRead tells whether an edition is for the reader, once it was given out.
func mayRead(tx *db.Tx, st operation.Standing, w Wanted) (bool, error) {
	if st.Side() == access.Coordination {
		return true, nil
	}
	switch w.Kind {
	case publication.Public:
		return true, nil
	case publication.Enforcement:
		return st.Side() == access.Enforcement, nil
	case publication.Holder:
		acting, err := holder.For(tx, st)
		return slices.ContainsFunc(acting, func(a holder.Acting) bool {
			return a.Holder.Number == w.Holder && len(a.Brands) == 0 && len(a.Countries) == 0
		}), err
	}
	return false, nil
}
