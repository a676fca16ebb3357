package inspection

import (
	"context"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const verb = string(access.ProductInspect)

// Store does what officers do with covert features.
type Store struct {
	// Readings is told what was read; nil: nobody keeps a log of it.
	Readings *reading.Log

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
	files   *attachment.Store
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source, files *attachment.Store) *Store {
	return &Store{db: d, journal: j, source: s, files: files}
}

// Open opens the covert features of a sheet to the actor, for a day. The same again
// is the same inspection (fresh: false); its id with other words is a Conflict. A
// case that is not a reported one of the actor's own organisation, or that the actor
// may not read, is refused at the field case in the words for what does not exist.
func (s *Store) Open(ctx context.Context, who access.Actor, d Opening) (i Inspection, fresh bool, err error) {
	if d.ID == "" {
		d.ID = ID(s.source.ID())
	}
	i, err = s.goods(ctx, who, d)
	if err == nil {
		i, fresh, err = s.open(ctx, who, d.Sheet, i)
	}
	return i, fresh, fault.In(verb, err)
}

// goods checks what goods are meant. It reads the operation of a case apart, so that
// no write of the library ever waits for that operation's journal.
func (s *Store) goods(ctx context.Context, who access.Actor, d Opening) (i Inspection, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		now := s.source.Now()
		st, err := operation.Enter(tx, now, who, operation.Library, access.ProductInspect)
		if err != nil {
			return err
		}
		if _, err := product.Readable(tx, st, d.Sheet); err != nil {
			return err
		}
		if d, err = d.clean(); err != nil {
			return err
		}
		i = Inspection{ID: d.ID, Organisation: who.Organisation, Person: who.Person, Kind: d.Kind, Number: d.Number, Place: d.Place}
		if d.Kind != OfCase {
			return nil
		}
		c, op, err := ofCase(tx, st, d)
		i.Within, i.Seizure = op, c.Seq
		return err
	})
	return i, err
}

// ofCase gives a case whose goods may be inspected.
func ofCase(tx *db.Tx, library operation.Standing, d Opening) (seizure.Case, int64, error) {
	st, err := operation.Enter(tx, library.Now, library.Who, d.Operation, access.SeizureRead)
	var c seizure.Case
	if err == nil {
		c, err = seizure.Readable(tx, st, d.Case)
	}
	unknown := fault.Is(err, fault.NotFound) ||
		err == nil && (st.Operation.Kind == operation.KindPractice || c.Organisation != library.Who.Organisation || c.Redacted != "" || c.State != seizure.Reported && c.State != seizure.Released)
	if unknown {
		var p fault.Problems
		p.Add("case", "inspection.case")
		return seizure.Case{}, 0, p.Fault()
	}
	return c, st.Operation.Number, err
}

func (s *Store) open(ctx context.Context, who access.Actor, name product.Name, i Inspection) (out Inspection, fresh bool, err error) {
	err = s.db.Write(ctx, string(operation.Library), func(tx *db.Tx) error {
		out, fresh = i, false
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, access.ProductInspect)
		if err != nil {
			return err
		}
		sheet, err := covert(tx, st, name)
		if err != nil {
			return err
		}
		out.Product, out.At, out.Until = sheet.Seq, st.Now, st.Now.Add(Runs)
		old, err := db.One(tx, selectByID, scan, st.Operation.Number, who.Organisation, string(i.ID))
		switch {
		case err == nil && old.same(out):
			out = old
			return db.Unchanged
		case err == nil:
			return fault.Of(fault.Conflict, "inspection.id-taken")
		case !errors.Is(err, db.ErrNone):
			return err
		}
		fresh = true
		out.Seq, err = s.record(tx, st, sheet, out)
		return err
	})
	return out, fresh, err
}

// covert gives a published sheet that the actor may read and that has covert features.
func covert(tx *db.Tx, st operation.Standing, name product.Name) (product.Sheet, error) {
	sheet, err := product.Readable(tx, st, name)
	if err != nil {
		return sheet, err
	}
	if sheet.State != product.Published {
		return sheet, fault.Missing()
	}
	_, err = part(tx, st, sheet)
	return sheet, err
}

// part gives the covert features of a sheet; Missing: it has none.
func part(tx *db.Tx, st operation.Standing, sheet product.Sheet) (product.Part, error) {
	p, err := product.PartOf(tx, st.Operation.Number, sheet.Seq, product.Covert)
	if errors.Is(err, db.ErrNone) || err == nil && len(p.Features)+len(p.Pairs) == 0 {
		err = fault.Missing()
	}
	return p, err
}

// record appends the entry, for the officer's organisation and coordination, and
// writes the row.
func (s *Store) record(tx *db.Tx, st operation.Standing, sheet product.Sheet, i Inspection) (int64, error) {
	v := audience.Own(i.Organisation).With(access.Coordination)
	aud, err := audience.Intern(tx, st.Operation.Number, v)
	if err != nil {
		return 0, err
	}
	i.Seq, err = s.journal.Append(tx, st.Entry(access.ProductInspect, sheet.EntrySubject(), aud),
		journal.Content{After: i, With: map[string]string{"audience": v.String()}})
	if err == nil {
		_, err = tx.Exec(insert, i.args(st.Operation.Number)...)
	}
	return i.Seq, err
}

// Read gives the covert features of a sheet while an inspection of the actor's runs,
// and notes that they were read; without one it says that nothing is open. Missing:
// the actor may not read the sheet, or it has no covert features.
func (s *Store) Read(ctx context.Context, who access.Actor, name product.Name) (View, error) {
	v, err := s.look(ctx, who, name)
	if err == nil && v.Part != nil {
		err = s.note(v)
	}
	if err != nil {
		return View{}, fault.In(verb, err)
	}
	return v, nil
}

func (s *Store) note(v View) error {
	return s.Readings.Note(v.Standing.Operation.Number, v.Standing.Who.Person, v.Standing.Who.Organisation, reading.Covert, reading.Opened, v.Sheet.Seq)
}

func (s *Store) look(ctx context.Context, who access.Actor, name product.Name) (v View, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, operation.Library, access.ProductInspect)
		if err != nil {
			return err
		}
		v = View{Standing: st}
		if v.Sheet, err = covert(tx, st, name); err != nil {
			return err
		}
		i, err := db.One(tx, selectRunning, scan, st.Operation.Number, who.Person, v.Sheet.Seq, who.Organisation, st.Now)
		if errors.Is(err, db.ErrNone) {
			return nil
		}
		if err != nil || !i.Open(st.Now) {
			return err
		}
		return opened(tx, &v, i)
	})
	return v, err
}

// opened adds what an inspection that runs opens.
func opened(tx *db.Tx, v *View, i Inspection) error {
	st := v.Standing
	p, err := part(tx, st, v.Sheet)
	if err != nil {
		return err
	}
	v.Running, v.Part, v.Mark = &i, &p, MarkOf(st.Who.Person, st.Organisation, st.Now)
	if v.Pictures, err = pictures(tx, st.Operation.Number, v.Sheet, p); err != nil || i.Kind != OfCase {
		return err
	}
	return ofWhich(tx, v, i)
}

// pictures gives those of a part that are there, in their order. Most are for the
// holder's own side; one that the sheet shows, too, is for the readers of that.
func pictures(tx *db.Tx, library int64, sheet product.Sheet, p product.Part) ([]attachment.Attachment, error) {
	all, err := attachment.Of(tx, library, db.List{p.Audience, sheet.Audience}, db.List{sheet.Seq})
	var out []attachment.Attachment
	for _, id := range (product.Content{Pairs: p.Pairs}).Pictures() {
		for _, a := range all[sheet.Seq] {
			if a.ID == id {
				out = append(out, a)
				break
			}
		}
	}
	return out, err
}

// ofWhich names the case, where its reader may still read it.
func ofWhich(tx *db.Tx, v *View, i Inspection) error {
	o, err := operation.ByNumber(tx, i.Within)
	if err != nil {
		return err
	}
	st, err := operation.Enter(tx, v.Standing.Now, v.Standing.Who, o.Code, access.SeizureRead)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	c, err := seizure.Numbered(tx, i.Within, i.Seizure)
	if err != nil {
		return err
	}
	if c, err = seizure.Readable(tx, st, c.Reference); fault.Is(err, fault.NotFound) {
		return nil
	}
	v.Within, v.Case = string(o.Code), c.Reference
	return err
}

// Picture gives one covert picture of a sheet, by its number from 1, drawn anew with
// the reader's mark. Missing, where Read would give no pictures.
func (s *Store) Picture(ctx context.Context, who access.Actor, name product.Name, n int) ([]byte, error) {
	v, err := s.look(ctx, who, name)
	if err == nil && (v.Part == nil || n < 1 || n > len(v.Pictures)) {
		err = fault.Missing()
	}
	if err == nil {
		err = s.note(v)
	}
	if err != nil {
		return nil, fault.In(verb, err)
	}
	b, err := s.files.Marked(ctx, v.Standing, v.Pictures[n-1], v.Mark)
	return b, fault.In(verb, err)
}
