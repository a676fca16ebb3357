package seizure

import (
	"context"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// Feed is a page of cases for other systems, newest first: a Page without the
// counts that only people look at.
type Feed struct {
	Standing      operation.Standing
	Items         []Case
	Organisations map[int64]organisation.Organisation
	Next          int64 // Filter.Before of the next page; 0: this is the last
}

// looked bounds how many cases are looked at for words at once.
const looked = 1000

// Feed gives a page of the cases that the actor may read, by filter. What words
// look for is as in textindex.Parse; a page may then hold fewer cases than the
// limit, or none, and Next still leads on.
func (s *Store) Feed(ctx context.Context, who access.Actor, code operation.Code, f Filter, words string) (Feed, error) {
	var out Feed
	f = f.normal()
	q, err := textindex.Parse(words)
	if err != nil {
		return Feed{}, fault.In(access.SeizureRead, err)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		out = Feed{}
		if out.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.SeizureRead); err != nil {
			return err
		}
		list, err := out.Standing.Readable(tx)
		if err != nil {
			return err
		}
		fill := out.fill
		if words != "" {
			fill = func(tx *db.Tx, list db.List, f Filter) error { return out.find(tx, list, f, q) }
		}
		if err := fill(tx, list, f); err != nil {
			return err
		}
		if out.Organisations, err = organisationsOf(tx, out.Items); err != nil {
			return err
		}
		return WithPhotos(tx, out.Standing, out.Items)
	})
	if err == nil {
		err = s.note(out.Standing, reading.Exported, out.Items...)
	}
	if err != nil {
		return Feed{}, fault.In(access.SeizureRead, err)
	}
	return out, nil
}

func (p *Feed) fill(tx *db.Tx, readable db.List, f Filter) (err error) {
	p.Items, err = page(tx, p.Standing.Operation.Number, readable, f, f.Limit+1)
	if len(p.Items) > f.Limit {
		p.Items = p.Items[:f.Limit]
		p.Next = p.Items[f.Limit-1].Seq
	}
	return err
}

// find fills a page with cases that hold words: those that the index names, by
// filter, and then looked at.
func (p *Feed) find(tx *db.Tx, readable db.List, f Filter, q textindex.Query) error {
	const step = looked / 10
	op := p.Standing.Operation.Number
	keys, err := p.Standing.Keys(tx, readable)
	if err != nil {
		return err
	}
	scope := textindex.Scope{Operation: op, Kinds: []textindex.Kind{textindex.Case}, Audiences: readable, Keys: keys, Before: f.Before}
	for seen := 0; ; seen += step {
		numbers, err := textindex.Match(tx, scope, q, step)
		if err != nil || len(numbers) == 0 {
			return err
		}
		if seen >= looked {
			p.Next = scope.Before
			return nil
		}
		found, err := db.All(tx, selectAmong, scanCase, append(f.args(op, readable, step), db.List(numbers))...)
		if err != nil {
			return err
		}
		for _, c := range found {
			if !c.in(f, q) {
				continue
			}
			if len(p.Items) == f.Limit {
				p.Next = p.Items[f.Limit-1].Seq
				return nil
			}
			p.Items = append(p.Items, c)
		}
		scope.Before = numbers[len(numbers)-1]
	}
}

// in tells what selectAmong does not: the category, and whether the words are there.
func (c Case) in(f Filter, q textindex.Query) bool {
	return (f.Category == "" || slices.ContainsFunc(c.Goods, func(l goods.Line) bool { return l.Category == f.Category })) && q.In(c.Texts()...)
}

// Name is how a case is called outside: by its originator and the id that it was
// given there.
type Name struct {
	ID           ID
	Organisation organisation.ID
}

// Find gives the case that its originator calls id. An empty organisation means
// the one case of that id that the actor may read, its own first.
func (s *Store) Find(ctx context.Context, who access.Actor, code operation.Code, n Name) (operation.Standing, Case, organisation.Organisation, error) {
	var st operation.Standing
	var found Case
	var from organisation.Organisation
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.SeizureRead); err != nil {
			return err
		}
		if found, from, err = called(tx, st, n); err != nil {
			return err
		}
		one := []Case{found}
		err = WithPhotos(tx, st, one)
		found = one[0]
		return err
	})
	if err == nil {
		err = s.note(st, reading.Exported, found)
	}
	if err != nil {
		return st, Case{}, from, fault.In(access.SeizureRead, err)
	}
	return st, found, from, nil
}

// Called gives the case that its originator calls so, or whose reference it is, if the
// actor may read it.
func Called(tx *db.Tx, st operation.Standing, n Name) (Case, error) {
	if !source.ValidID(string(n.ID)) {
		return Readable(tx, st, string(n.ID))
	}
	c, _, err := called(tx, st, n)
	return c, err
}

func called(tx *db.Tx, st operation.Standing, n Name) (Case, organisation.Organisation, error) {
	none := organisation.Organisation{}
	list, err := st.Readable(tx)
	if err != nil {
		return Case{}, none, err
	}
	writers, err := operation.EverMembers(tx, st.Operation.Number)
	if err != nil {
		return Case{}, none, err
	}
	all, err := db.All(tx, selectNamed, scanCase, st.Operation.Number, list, n.ID, writers)
	if err != nil {
		return Case{}, none, err
	}
	by, err := organisationsOf(tx, all)
	if err != nil {
		return Case{}, none, err
	}
	c, err := pick(all, by, st.Who.Organisation, n.Organisation)
	return c, by[c.Organisation], err
}

// pick chooses among cases of one id: that of the originator asked for, else the
// actor's own, else the only one.
func pick(all []Case, by map[int64]organisation.Organisation, own int64, from organisation.ID) (Case, error) {
	for _, c := range all {
		if from != "" && by[c.Organisation].ID == from || from == "" && c.Organisation == own {
			return c, nil
		}
	}
	switch {
	case from != "" || len(all) == 0:
		return Case{}, fault.Missing()
	case len(all) > 1:
		var p fault.Problems
		p.Add("organisation", "message.say-whose")
		return Case{}, p.Fault()
	}
	return all[0], nil
}

// selectNamed: naming the writers lets the index of ids serve, which begins with them.
var selectNamed = db.Statement(`select ` + columns + ` from seizure
	where operation = $1 and organisation {in $4} and id = $3 and audience {in $2} order by seq`)
