package edition

import (
	"context"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/proofread"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// PressView is the press release in one language.
type PressView struct {
	Standing  operation.Standing
	Whole     bool // the reader coordinates
	Press     Press
	Written   bool            // by somebody; otherwise made from the figures
	Newest    int64           // version: the text may be of an older one
	Generated PressDraft      // from the newest version
	Wrong     []proofread.Hit // in the title, a line end and the body
	Document  rendition.Document
}

// Checked is the text that Wrong has its places in.
func (d PressDraft) Checked() string { return d.Title + "\n" + d.Body }

// Press gives the press release in a language: what was written or, before that, what is
// made from the newest version. Coordination reads it; every member once the public
// edition of its version was given out.
func (s *Store) Press(ctx context.Context, who access.Actor, code operation.Code, lang string) (PressView, error) {
	var v PressView
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		v = PressView{}
		if v.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.EditionRead); err != nil {
			return err
		}
		return s.press(tx, &v, lang)
	})
	return v, fault.In(access.EditionRead, err)
}

func (s *Store) press(tx *db.Tx, v *PressView, lang string) error {
	st := v.Standing
	v.Whole = st.Side() == access.Coordination
	p := s.printer(st.Operation, lang)
	written, err := db.One(tx, selectPress, scanPress, st.Operation.Number, string(p.Lang()))
	if err != nil && !errors.Is(err, db.ErrNone) {
		return err
	}
	v.Written = err == nil
	if !v.Whole {
		_, was, err := issuedOne(tx, st.Operation.Number, written.Number, publication.Public, 0)
		if err != nil || !was || !v.Written {
			return errors.Join(err, fault.Missing())
		}
		v.Press = written
		v.Document = PressDocument(Material{Operation: st.Operation}, v.Press, p)
		return nil
	}
	m, shown, err := s.public(tx, st, 0)
	if err != nil {
		return err
	}
	v.Newest, v.Generated = m.Version.Number, WritePressText(m, shown, p)
	v.Press = Press{Language: string(p.Lang()), PressDraft: v.Generated}
	if v.Written {
		v.Press = written
	}
	if v.Press.Number != m.Version.Number {
		if m, shown, err = s.public(tx, st, v.Press.Number); err != nil {
			return err
		}
	}
	v.Wrong = CheckPress(m.Version, shown, v.Press.Checked())
	v.Document = PressDocument(m, v.Press, p)
	return nil
}

// public is what the public may see of a version: as it was given out, or as it would be.
func (s *Store) public(tx *db.Tx, st operation.Standing, number int64) (Material, suppress.Published, error) {
	w := Wanted{Number: number, Kind: publication.Public}
	m, err := s.material(tx, st, &w)
	if err != nil {
		return m, suppress.Published{}, err
	}
	if given, was, err := issuedOne(tx, st.Operation.Number, w.Number, w.Kind, 0); err != nil || was {
		return m, given.Figures, err
	}
	shown, _ := Figures(m, publication.Public)
	return m, shown, nil
}

// WritePress keeps the press release in a language as coordination wants it to read. edit
// is of the text that the writer saw, 0 for one that nobody has written yet: somebody
// else's change in between is a Conflict. The same again changes nothing.
func (s *Store) WritePress(ctx context.Context, who access.Actor, code operation.Code, lang string, d PressDraft, edit int64) (now Press, err error) {
	err = s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := s.coordinating(tx, who, code, access.PressWrite)
		if err != nil {
			return err
		}
		if err := d.clean(lang); err != nil {
			return err
		}
		if v, err := publication.VersionOf(tx, st.Operation.Number, d.Number); errors.Is(err, db.ErrNone) {
			return fault.Of(fault.NotFound, "edition.no-version")
		} else if err != nil {
			return err
		} else {
			d.Number = v.Number
		}
		now, err = db.One(tx, selectPress, scanPress, st.Operation.Number, lang)
		switch {
		case err != nil && !errors.Is(err, db.ErrNone):
			return err
		case err == nil && now.PressDraft == d:
			return db.Unchanged
		case now.Edit != edit:
			p, err := person.These(tx, []string{now.Author})
			return errors.Join(err, fault.Of(fault.Conflict, "report.changed", fault.Args{"who": p[now.Author].Name, "at": now.At}))
		}
		now = Press{Language: lang, PressDraft: d, Author: who.Person, At: st.Now, Edit: edit + 1}
		return s.keep(tx, st, access.PressWrite, "press/"+lang, now, func(seq int64) error {
			now.Seq = seq
			_, err := tx.Exec(insertPress, now.args(st.Operation.Number)...)
			return err
		})
	})
	return now, fault.In(access.PressWrite, err)
}

func (d *PressDraft) clean(lang string) error {
	var p fault.Problems
	if !i18n.Offered(i18n.Lang(lang)) {
		p.Add("language", "fault.unknown-code", fault.Args{"value": lang})
	}
	var err error
	if d.Title, err = i18n.CleanName(d.Title); err != nil {
		note(&p, "title", err)
	}
	if d.Body, err = i18n.CleanText(d.Body); err != nil {
		note(&p, "body", err)
	} else if d.Body == "" {
		p.Add("body", "fault.required")
	}
	return p.Fault()
}

func note(p *fault.Problems, path string, err error) {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
	}
}
