package workshop

import (
	"context"
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Supply names a document, a lesson or a practice as material. It is listed for who
// reads the workshop, or the session that it is for, and what is named. The same draft
// again is the same material; its id with other content is a Conflict. A practice is the
// workshop's own: any other is Missing. Paths are id, session, kind, ref.
func (s *Store) Supply(ctx context.Context, who access.Actor, code operation.Code, id ID, d MaterialDraft) (made Material, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	err = s.standing(ctx, who, code, id, access.WorkshopSupply, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		all, err := db.All(tx, selectMaterials, db.Decoded[Material], st.Operation.Number, w.Seq)
		if err != nil {
			return err
		}
		m, wrong := s.supplied(tx, st, w, d)
		i := slices.IndexFunc(all, func(o Material) bool { return o.ID == d.ID })
		switch {
		case i >= 0 && wrong == nil && all[i].says(m):
			made = all[i]
			return db.Unchanged
		case i >= 0:
			return fault.Of(fault.Conflict, "workshop.id-taken")
		case wrong != nil:
			return wrong
		case slices.ContainsFunc(all, func(o Material) bool { return o.says(m) }):
			return fault.At("ref", "workshop.supplied-already")
		case len(all) >= MaxMaterials:
			return fault.Of(fault.Conflict, "workshop.materials-full", fault.Args{"max": int64(MaxMaterials)})
		}
		if m.Seq, err = s.note(tx, st, access.WorkshopSupply, m.EntrySubject(), m.Audience, nil, m); err != nil {
			return err
		}
		made = m
		_, err = tx.Exec(putMaterial, m.args(st.Operation.Number)...)
		return err
	})
	if err != nil {
		return Material{}, err
	}
	return made, nil
}

// says tells whether a material is what was written again.
func (m Material) says(o Material) bool {
	return !m.Removed && m.Session == o.Session && m.Kind == o.Kind && m.Ref == o.Ref && m.Number == o.Number
}

// supplied makes a material of a draft.
func (s *Store) supplied(tx *db.Tx, st operation.Standing, w Workshop, d MaterialDraft) (m Material, err error) {
	if err := d.clean(); err != nil {
		return m, err
	}
	m = Material{Workshop: w.Seq, ID: d.ID, Kind: d.Kind, Ref: d.Ref, At: st.Now}
	if d.Session != "" {
		x, err := anItem(tx, st, w, d.Session)
		if err != nil {
			return m, orProblem(err, "session", "workshop.no-such-session")
		}
		m.Session = x.Seq
	}
	switch d.Kind {
	case MaterialDocument:
		doc, err := document.Readable(tx, st, document.ID(d.Ref))
		if err != nil {
			return m, orProblem(err, "ref", "workshop.no-such-document")
		}
		if !doc.InUse() {
			return m, fault.At("ref", "workshop.no-such-document")
		}
		m.Number, m.Title = doc.Seq, doc.Title
	case MaterialLesson:
		l, err := lessonOf(tx, st, d.Ref)
		if err != nil {
			return m, orProblem(err, "ref", "workshop.no-such-lesson")
		}
		of, err := organisation.ByID(tx, l.From)
		if err != nil {
			return m, err
		}
		m.Number, m.Title = of.Number, l.Title
	case MaterialPractice:
		if m.Title, err = s.practiceNamed(tx, st, w, operation.ID(d.Ref)); err != nil {
			return m, err
		}
	}
	c, err := circleOf(tx, st, w)
	if err != nil {
		return m, err
	}
	m.Audience, err = readersOf(tx, st, w, c, m)
	return m, err
}

// lessonOf is a lesson that the actor may read in the library.
func lessonOf(tx *db.Tx, st operation.Standing, id string) (lesson.Titled, error) {
	library, err := operation.Enter(tx, st.Now, st.Who, operation.Library, access.LessonRead)
	if err != nil {
		return lesson.Titled{}, err
	}
	return lesson.Readable(tx, library, lesson.ID(id))
}

// practiceNamed is the name of the workshop's own practice. Another one does not exist
// here, whoever takes part in it.
func (s *Store) practiceNamed(tx *db.Tx, st operation.Standing, w Workshop, id operation.ID) (string, error) {
	if s.Practice == nil {
		return "", fault.Missing()
	}
	own, err := s.Practice(tx, st.Operation.Number, w.ID)
	if err == nil && own != id {
		err = fault.Missing()
	}
	if err != nil {
		return "", orMissing(err)
	}
	o, err := operation.ByID(tx, id)
	if err != nil {
		return "", orMissing(err)
	}
	takes, err := operation.Takes(tx, o.Number, st.Who.Organisation)
	if err == nil && (!takes || o.Kind != operation.KindPractice) {
		err = fault.Missing()
	}
	return o.Name, err
}

func orMissing(err error) error {
	if errors.Is(err, db.ErrNone) {
		return fault.Missing()
	}
	return err
}

func orProblem(err error, path, key string) error {
	if errors.Is(err, db.ErrNone) || fault.Is(err, fault.NotFound) {
		return fault.At(path, key)
	}
	return err
}

// readersOf is who may know of a material: who reads where it hangs, and what it is.
// Lessons come from right holders, and practice is for who controls goods: other right
// holders and observers do not learn of them.
func readersOf(tx *db.Tx, st operation.Standing, w Workshop, c circle, m Material) (int64, error) {
	op := st.Operation.Number
	value := c.value
	if m.Session != 0 {
		all, err := db.All(tx, selectSessionSeq, db.Decoded[Session], op, db.List{m.Session})
		if err != nil || len(all) == 0 {
			return 0, errors.Join(err, db.ErrNone)
		}
		if value, err = audience.Of(tx, op, all[0].Audience); err != nil {
			return 0, err
		}
	}
	switch m.Kind {
	case MaterialDocument:
		entry, err := document.AudienceOf(tx, op, m.Number)
		if err != nil {
			return 0, err
		}
		readers, err := audience.Of(tx, op, entry)
		if err != nil {
			return 0, err
		}
		value = c.both(value, readers)
	case MaterialLesson:
		value = c.both(value, c.apart(m.Number))
	default:
		value = c.both(value, c.apart())
	}
	return audience.Intern(tx, op, value)
}

// Remove takes a material off the list. Again changes nothing.
func (s *Store) Remove(ctx context.Context, who access.Actor, code operation.Code, id, material ID) error {
	return s.hosted(ctx, who, code, id, access.WorkshopSupply, func(tx *db.Tx, st operation.Standing, w Workshop) error {
		all, err := db.All(tx, selectMaterials, db.Decoded[Material], st.Operation.Number, w.Seq)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(m Material) bool { return m.ID == material })
		switch {
		case i < 0:
			return fault.Missing()
		case all[i].Removed:
			return db.Unchanged
		}
		next := all[i]
		next.Removed = true
		return s.keepMaterial(tx, st, access.WorkshopSupply, all[i], next)
	})
}

func (s *Store) keepMaterial(tx *db.Tx, st operation.Standing, verb access.Permission, before, m Material) error {
	m.At = st.Now
	if _, err := s.note(tx, st, verb, m.EntrySubject(), m.Audience, before, m); err != nil {
		return err
	}
	_, err := tx.Exec(putMaterial, m.args(st.Operation.Number)...)
	return err
}

// resupply gives materials the audience that they have once a workshop or a session is
// for others.
func (s *Store) resupply(tx *db.Tx, st operation.Standing, w Workshop, c circle) error {
	all, err := db.All(tx, selectMaterials, db.Decoded[Material], st.Operation.Number, w.Seq)
	if err != nil {
		return err
	}
	for _, m := range all {
		next := m
		if next.Audience, err = readersOf(tx, st, w, c, m); err != nil {
			return err
		}
		if next.Audience == m.Audience || m.Removed {
			continue
		}
		if err := s.keepMaterial(tx, st, access.WorkshopAmend, m, next); err != nil {
			return err
		}
	}
	return nil
}

// Materials gives what a workshop names, of what the actor may read now.
func Materials(tx *db.Tx, st operation.Standing, w Workshop) ([]Material, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	all, err := db.All(tx, selectMaterials, db.Decoded[Material], st.Operation.Number, w.Seq)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(m Material) bool { return m.Removed || !slices.Contains(readable, m.Audience) })
	var numbers db.List
	for _, m := range all {
		if m.Kind == MaterialDocument {
			numbers = append(numbers, m.Number)
		}
	}
	open, err := document.Open(tx, st, numbers)
	if err != nil {
		return nil, err
	}
	var out []Material
	for _, m := range all {
		switch m.Kind {
		case MaterialDocument:
			d, is := open[m.Number]
			if !is {
				continue
			}
			m.Title = d.Title
		case MaterialLesson:
			l, err := lessonOf(tx, st, m.Ref)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			m.Title = l.Title
		}
		out = append(out, m)
	}
	return out, nil
}
