package detention

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Disclosing is what is said to tell a right holder something.
type Disclosing struct {
	ID        string // UUID; the same again is the same act; empty: one is made
	Clock     int64  // number of the clock that the writer saw
	Fields    []string
	Request   string // who asked for it, when and how
	Basis     string // empty: the profile's own for these fields
	Purpose   string
	Officer   person.ID       // who decided
	To        organisation.ID // a right holder that takes part; empty: Addressee
	Addressee string          // somebody who does not take part

	line int // of goods that is told of; 0: all
}

// Disclose is the act of telling a right holder exactly the chosen fields of a
// case: a copy of them is made and kept. Nothing is sent. What the profile does not
// allow at this stage is refused. The same id again is the same act; with other
// content it is a Conflict. Paths are id, fields, request, basis, purpose, officer,
// to, addressee.
func (s *Store) Disclose(ctx context.Context, who access.Actor, code operation.Code, ref string, d Disclosing) (Disclosure, error) {
	var made Disclosure
	if d.ID == "" {
		d.ID = s.source.ID()
	}
	err := s.write(ctx, who, code, access.DetentionDisclose, func(tx *db.Tx, st operation.Standing) error {
		w, err := s.open(tx, st, ref, d.Clock)
		if err != nil {
			return err
		}
		old, err := db.One(tx, selectDisclosed, scanDisclosure, st.Operation.Number, who.Organisation, d.ID)
		if err == nil { // done before, whatever the stage is by now
			made = old
			return old.says(tx, st, d)
		}
		if !errors.Is(err, db.ErrNone) {
			return err
		}
		made, err = s.disclose(tx, st, w, d)
		return err
	})
	return made, err
}

func (s *Store) disclose(tx *db.Tx, st operation.Standing, w work, d Disclosing) (Disclosure, error) {
	if w.of.State != seizure.Reported && w.of.State != seizure.Released {
		return Disclosure{}, fault.Of(fault.Conflict, "detention.not-reported")
	}
	made, err := w.disclosure(tx, st, d)
	if err != nil {
		return made, err
	}
	if made.Seq, _, err = s.record(tx, st, access.DetentionDisclose, subject(w.of), w.clock.Organisation, made); err != nil {
		return made, err
	}
	return made, put(tx, st.Operation.Number, insertDisclosure, made.args())
}

// says: an act that was done before is not done again; another one under its id is
// refused.
func (d Disclosure) says(tx *db.Tx, st operation.Standing, asked Disclosing) error {
	var to Disclosure
	if err := to.address(tx, st, &fault.Problems{}, asked); err != nil {
		return err
	}
	fields := slices.DeleteFunc(codelist.DisclosureField.Codes(), func(f string) bool { return !slices.Contains(asked.Fields, f) })
	if d.Clock != asked.Clock || !slices.Equal(d.Fields, fields) || d.Request != strings.TrimSpace(asked.Request) || d.Purpose != asked.Purpose ||
		d.Officer != string(asked.Officer) || asked.Basis != "" && d.Basis != strings.TrimSpace(asked.Basis) ||
		d.Recipient != to.Recipient || d.Addressee != to.Addressee {
		return fault.Of(fault.Conflict, "detention.id-taken")
	}
	return db.Unchanged
}

func (w work) disclosure(tx *db.Tx, st operation.Standing, d Disclosing) (Disclosure, error) {
	var p fault.Problems
	stage := w.course.Stage()
	out := Disclosure{Clock: w.clock.Seq, ID: d.ID, Organisation: w.clock.Organisation, Stage: stage, Version: w.of.Version, Purpose: d.Purpose,
		Officer: string(d.Officer), Author: st.Who.Person, At: st.Now}
	if !source.ValidID(d.ID) {
		p.Add("id", "fault.not-an-id")
	}
	out.Fields, out.Basis = chosen(&p, w.law.MayTell(stage), d)
	out.Told = Copied(w.of, out.Fields, d.line)
	out.Request = cleanText(&p, "request", d.Request, MaxRequest, true)
	if !codelist.DisclosurePurpose.Has(d.Purpose) {
		p.Add("purpose", "detention.purpose")
	}
	people, err := colleagues(tx, st)
	if err != nil {
		return out, err
	}
	if !slices.ContainsFunc(people, func(c person.Person) bool { return c.ID == d.Officer }) {
		p.Add("officer", "detention.officer")
	}
	if err := out.address(tx, st, &p, d); err != nil {
		return out, err
	}
	return out, p.Fault()
}

// chosen are the fields in the list's order, and the basis on which they are told.
func chosen(p *fault.Problems, may map[string]string, d Disclosing) ([]string, string) {
	var fields []string
	bases := map[string]bool{}
	for _, f := range codelist.DisclosureField.Codes() {
		if !slices.Contains(d.Fields, f) {
			continue
		}
		basis, ok := may[f]
		if !ok {
			p.Add("fields", "detention.not-yet")
		}
		fields, bases[basis] = append(fields, f), true
	}
	if len(fields) == 0 || len(fields) != len(d.Fields) {
		p.Add("fields", "detention.fields")
	}
	if d.Basis != "" {
		return fields, cleanText(p, "basis", d.Basis, maxBasis, false)
	}
	delete(bases, "")
	return fields, strings.Join(slices.Sorted(maps.Keys(bases)), "; ")
}

// address says to whom it was told: one right holder that takes part, or somebody
// who is named.
func (d *Disclosure) address(tx *db.Tx, st operation.Standing, p *fault.Problems, from Disclosing) error {
	if from.To == "" {
		var err error
		if d.Addressee, err = i18n.CleanName(from.Addressee); err != nil {
			f, _ := errors.AsType[*fault.Fault](err)
			p.Add("addressee", f.Key, f.Args)
		}
		return nil
	}
	all, err := holders(tx, st)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(o organisation.Organisation) bool { return o.ID == from.To })
	if i < 0 {
		p.Add("to", "detention.to")
		return nil
	}
	d.Recipient = all[i].Number
	if from.Addressee != "" {
		p.Add("addressee", "detention.one-addressee")
	}
	return nil
}

// Copied is what is told of a case, or of one of its lines of goods from 1, with what
// stands on the goods. The fields that name people and firms, samples and pictures
// are not copied: of them it says that they were given.
func Copied(c seizure.Case, fields []string, line int) []Told {
	out := []Told{}
	for _, f := range fields {
		n := len(out)
		switch f {
		case "nature", "quantity":
			for i, l := range c.Goods {
				if line == 0 || line == i+1 {
					out = append(out, ofLine(f, i+1, l, line > 0)...)
				}
			}
		case "origin":
			out = stated(out, f, codelist.Country.Name(), c.Origin)
		case "destination":
			out = stated(out, f, codelist.Country.Name(), c.Destination)
		case "procedure":
			out = stated(out, f, codelist.Direction.Name(), c.Direction)
		}
		if len(out) == n {
			out = append(out, Told{Field: f})
		}
	}
	return out
}

// The marks that stand on goods, as Told.List names them.
const (
	Brand = "brand"
	GTIN  = "gtin"
	HS    = "hs"
	Batch = "batch"
)

func ofLine(field string, n int, l goods.Line, marks bool) (out []Told) {
	if field == "quantity" {
		for _, q := range l.Quantities {
			out = append(out, Told{Field: field, Line: n, Micro: q.Micro, Unit: q.Unit})
		}
		return out
	}
	out = append(out, Told{Field: field, Line: n, List: codelist.Category.Name(), Code: l.Category, Text: l.Description})
	for _, mark := range [][2]string{{Brand, l.Brand}, {GTIN, l.GTIN}, {HS, l.HS}, {Batch, l.Batch}} {
		if marks && mark[1] != "" {
			out = append(out, Told{Field: field, Line: n, List: mark[0], Text: mark[1]})
		}
	}
	return out
}

func stated(out []Told, field, list string, c goods.Coded) []Told {
	if !c.Stated() {
		return out
	}
	return append(out, Told{Field: field, List: list, Code: c.Code, Text: c.Typed})
}

// Receive enters that the addressee has confirmed what it was told, once.
func (s *Store) Receive(ctx context.Context, who access.Actor, code operation.Code, ref string, disclosure int64, day, note string) error {
	return s.write(ctx, who, code, access.DetentionReceive, func(tx *db.Tx, st operation.Standing) error {
		of, err := ownCase(tx, st, ref)
		if err != nil {
			return err
		}
		clocks, err := db.All(tx, selectOfCase, scanClock, st.Operation.Number, of.Seq)
		if err != nil {
			return err
		}
		for _, c := range clocks {
			all, err := disclosures(tx, st.Operation.Number, c.Seq)
			if err != nil {
				return err
			}
			if i := slices.IndexFunc(all, func(d Disclosure) bool { return d.Seq == disclosure }); i >= 0 {
				return s.receive(tx, st, of, all[i], day, note)
			}
		}
		return fault.Missing()
	})
}

func (s *Store) receive(tx *db.Tx, st operation.Standing, of seizure.Case, d Disclosure, day, note string) error {
	if d.Receipt != nil {
		return db.Unchanged
	}
	r, err := s.rule(tx, st, of.Organisation)
	if err != nil {
		return err
	}
	var p fault.Problems
	row := Receipt{Disclosure: d.Seq, Day: r.day(&p, day, ""), Author: st.Who.Person, At: st.Now}
	row.Note = cleanText(&p, "note", note, MaxReason, false)
	if told, _ := r.calendar.Local(d.At); row.Day != 0 && row.Day < told {
		p.Add("day", "detention.before-told")
	}
	if err := p.Fault(); err != nil {
		return err
	}
	if row.Seq, _, err = s.record(tx, st, access.DetentionReceive, subject(of), of.Organisation, row); err != nil {
		return err
	}
	return put(tx, st.Operation.Number, insertReceipt, row.args())
}

// Letters lists the kinds of letter that a clock calls for.
func Letters(kind string) []string {
	if kind == legal.Small {
		return []string{"small"}
	}
	return []string{"declarant", "holder"}
}
