package seizure

import (
	"context"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// Feed is a page of cases for other systems, newest first: a Page without the
// counts that only people look at.
type Feed struct {
	Standing      operation.Standing
	Items         []Case
	Organisations map[int64]organisation.Organisation
	Next          int64 // Filter.Before of the next page; 0: this is the last
}

// walked bounds how many cases are looked through for words at once.
const walked = 5000

// Feed gives a page of the cases that the actor may read, by filter. words keeps
// those that hold every word in their number, place, carrier, remarks, brands or
// descriptions, whatever the case; a page may then hold fewer than the limit, or
// none, and Next still leads on.
func (s *Store) Feed(ctx context.Context, who access.Actor, code operation.Code, f Filter, words string) (Feed, error) {
	var out Feed
	f = f.normal()
	sought := strings.Fields(i18n.Fold(words))
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		out = Feed{}
		if out.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.SeizureRead); err != nil {
			return err
		}
		list, err := out.Standing.Readable(tx)
		if err != nil {
			return err
		}
		if err := out.walk(tx, list, f, sought); err != nil {
			return err
		}
		out.Organisations, err = organisationsOf(tx, out.Items)
		return err
	})
	if err == nil {
		err = s.note(out.Standing, reading.Exported, out.Items...)
	}
	if err != nil {
		return Feed{}, named(access.SeizureRead, err)
	}
	return out, nil
}

// walk fills a page. Without words that is one statement.
func (p *Feed) walk(tx *db.Tx, readable db.List, f Filter, sought []string) error {
	want, step := f.Limit, f.Limit+1
	if len(sought) > 0 {
		step = walked / 10
	}
	for seen := 0; ; {
		found, err := page(tx, p.Standing.Operation.Number, readable, f, step)
		if err != nil {
			return err
		}
		for _, c := range found {
			if len(p.Items) == want {
				p.Next = f.Before // the last one that was looked at
				return nil
			}
			f.Before = c.Seq
			if c.holds(sought) {
				p.Items = append(p.Items, c)
			}
		}
		if len(found) < step {
			return nil
		}
		if seen += len(found); seen >= walked {
			p.Next = f.Before
			return nil
		}
	}
}

// holds tells whether every folded word occurs somewhere in the case.
func (c Case) holds(sought []string) bool {
	if len(sought) == 0 {
		return true
	}
	var b strings.Builder
	for _, text := range []string{c.Reference, c.Place, c.Carrier, c.Remarks} {
		b.WriteString(text + "\n")
	}
	for _, l := range c.Goods {
		b.WriteString(l.Brand + "\n" + l.Description + "\n")
	}
	text := i18n.Fold(b.String())
	for _, w := range sought {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
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
		list, err := st.Readable(tx)
		if err != nil {
			return err
		}
		writers, err := operation.EverMembers(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		all, err := db.All(tx, selectNamed, scanCase, st.Operation.Number, list, n.ID, writers)
		if err != nil {
			return err
		}
		by, err := organisationsOf(tx, all)
		if err != nil {
			return err
		}
		found, err = pick(all, by, who.Organisation, n.Organisation)
		from = by[found.Organisation]
		return err
	})
	if err == nil {
		err = s.note(st, reading.Exported, found)
	}
	if err != nil {
		return st, Case{}, from, named(access.SeizureRead, err)
	}
	return st, found, from, nil
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
