package publication

import (
	"context"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// read is the frame of every query here.
func (s *Store) read(ctx context.Context, who access.Actor, code operation.Code, fn func(tx *db.Tx, st operation.Standing) error) error {
	return fault.In(access.ReportRead, s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.ReportRead)
		if err != nil {
			return err
		}
		if st.Side() != access.Coordination && st.Side() != access.Enforcement {
			return fault.Missing()
		}
		return fn(tx, st)
	}))
}

// Read gives the report as the actor may find it.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code) (d Desk, err error) {
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		d = Desk{Standing: st, Whole: st.Side() == access.Coordination, Today: st.Today(), Live: map[string]analysis.Answer{}}
		return d.fill(tx, s)
	})
	return d, err
}

func (d *Desk) fill(tx *db.Tx, s *Store) (err error) {
	op := d.Standing.Operation.Number
	var r Report
	if r, d.Open, err = ReportOf(tx, op); err != nil {
		return err
	}
	if d.Whole {
		d.Report = r
		if d.Sections, d.Removed, err = sectionsOf(tx, op, r); err != nil {
			return err
		}
		if err := d.live(tx, s); err != nil {
			return err
		}
	} else {
		d.Report = Report{Language: r.Language, Due: r.Due, Asked: r.Asked}
	}
	if d.Versions, err = VersionsOf(tx, op); err != nil {
		return err
	}
	members, err := administrations(tx, op)
	if err != nil {
		return err
	}
	if err := d.contributions(tx, members); err != nil {
		return err
	}
	if len(d.Versions) > 0 {
		if d.Clearings, err = clearings(tx, d.Standing, members, d.Versions[0]); err != nil {
			return err
		}
	}
	return d.names(tx)
}

// live answers every figure of the cases as the reader finds them now.
func (d *Desk) live(tx *db.Tx, s *Store) (err error) {
	for _, w := range d.Sections {
		for _, f := range w.Figures {
			if d.Live[f.ID], err = analysis.Of(tx, s.cases, d.Standing, f.Question); err != nil {
				return err
			}
		}
	}
	d.Official, err = analysis.Of(tx, s.cases, d.Standing, analysis.Question{Group: analysis.ByAll})
	return err
}

// contributions tells how far each administration is: to these themselves, of their own.
func (d *Desk) contributions(tx *db.Tx, members []operation.Member) error {
	op := d.Standing.Operation.Number
	for _, m := range members {
		n := m.Organisation.Number
		own := n == d.Standing.Who.Organisation
		if !d.Whole && !own {
			continue
		}
		a := Asking{Organisation: n, State: NotAsked}
		c, err := ContributionOf(tx, op, n)
		if err != nil {
			return err
		}
		if c.Edit > 0 && (own || c.Done) {
			a.Contribution = &c
		}
		switch late := d.Report.Due != "" && d.Today > d.Report.Due; {
		case c.Done:
			a.State = Done
		case late:
			a.State = Late
		case c.Edit > 0:
			a.State = Drafted
		case d.Report.Due != "":
			a.State = Asked
		}
		d.Contributions = append(d.Contributions, a)
	}
	return nil
}

// clearings tells how each administration stands to a version: to these themselves,
// of their own. What somebody that left since said of it stays.
func clearings(tx *db.Tx, st operation.Standing, members []operation.Member, h Head) ([]Clearing, error) {
	standing, err := ClearancesOf(tx, st.Operation.Number, h.Number)
	if err != nil {
		return nil, err
	}
	var out []Clearing
	for _, m := range members {
		out = append(out, Clearing{Organisation: m.Organisation.Number})
	}
	for _, c := range standing {
		i := slices.IndexFunc(out, func(x Clearing) bool { return x.Organisation == c.Organisation })
		if i < 0 {
			out = append(out, Clearing{Organisation: c.Organisation})
			i = len(out) - 1
		}
		out[i].Word = &c
	}
	for i, x := range out {
		out[i].Late = h.ClearBy != "" && st.Today() > h.ClearBy && (x.Word == nil || x.Word.Number != h.Number)
	}
	if st.Side() != access.Coordination {
		out = slices.DeleteFunc(out, func(x Clearing) bool { return x.Organisation != st.Who.Organisation })
	}
	return out, nil
}

// names looks up the organisations and people of the desk.
func (d *Desk) names(tx *db.Tx) (err error) {
	var orgs []int64
	people := []string{d.Report.Author}
	for _, w := range slices.Concat(d.Sections, d.Removed) {
		people = append(people, w.Author)
	}
	for _, c := range d.Contributions {
		if orgs = append(orgs, c.Organisation); c.Contribution != nil {
			people = append(people, c.Contribution.Author)
		}
	}
	for _, c := range d.Clearings {
		if orgs = append(orgs, c.Organisation); c.Word != nil {
			people = append(people, c.Word.Author)
		}
	}
	for _, h := range d.Versions {
		people = append(people, h.Author)
	}
	d.Organisations, d.People, err = called(tx, orgs, people)
	return err
}

func called(tx *db.Tx, orgs []int64, people []string) (map[int64]organisation.Organisation, map[string]person.Person, error) {
	slices.Sort(orgs)
	by, err := organisation.These(tx, slices.Compact(orgs))
	if err != nil {
		return nil, nil, err
	}
	who, err := person.These(tx, people)
	return by, who, err
}

// Version gives a version; number 0 is the newest.
func (s *Store) Version(ctx context.Context, who access.Actor, code operation.Code, number int64) (out Reading, err error) {
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		out = Reading{Standing: st, Whole: st.Side() == access.Coordination}
		if out.Version, err = VersionOf(tx, st.Operation.Number, number); err != nil {
			return missing(err)
		}
		members, err := administrations(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		if out.Clearings, err = clearings(tx, st, members, out.Version.head()); err != nil {
			return err
		}
		people, orgs, words := []string{out.Version.Author}, []int64{}, []Clearance{}
		for _, c := range out.Clearings {
			if orgs = append(orgs, c.Organisation); c.Word != nil {
				people, words = append(people, c.Word.Author), append(words, *c.Word)
			}
		}
		out.Embargo = Embargo(words, st.Today())
		for _, c := range out.Version.Contributions {
			orgs = append(orgs, c.Organisation)
		}
		var last Version
		if !out.Whole && out.Version.Number > 1 {
			if last, err = VersionOf(tx, st.Operation.Number, out.Version.Number-1); err != nil {
				return err
			}
		}
		if err := only(tx, st, &out.Version, last); err != nil {
			return err
		}
		for _, b := range out.Version.Basis {
			orgs = append(orgs, b.Organisation)
		}
		out.Organisations, out.People, err = called(tx, orgs, people)
		return err
	})
	return out, err
}

// Compare tells what version b says otherwise than version a: to whoever does not
// coordinate, of cases only those that it may read now.
func (s *Store) Compare(ctx context.Context, who access.Actor, code operation.Code, a, b int64) (out []Change, err error) {
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		x, err := VersionOf(tx, st.Operation.Number, max(a, -1))
		if err != nil {
			return missing(err)
		}
		y, err := VersionOf(tx, st.Operation.Number, max(b, -1))
		if err != nil {
			return missing(err)
		}
		if y.Changes, err = between(tx, st.Operation, x, y); err != nil {
			return err
		}
		err = only(tx, st, &y, x)
		out = y.Changes
		return err
	})
	return out, err
}
