package suppress

import (
	"cmp"
	"slices"
)

// Rule says what is too small to be shown.
type Rule struct {
	Cases           int64 // a cell of fewer cases is hidden
	Administrations int64 // and so is one of fewer administrations
}

// The rule for what everybody may read. One or two cases: whoever knows one of them
// (a carrier, an importer, the right holder who was asked) would know the other; three
// is the least that statistical offices show. One administration: its figure is its own,
// and it has not published it. A cell without cases is shown: that nothing was found
// tells of nobody's case.
const (
	LeastCases           = 3
	LeastAdministrations = 2
)

// Everybody is the rule for what everybody may read.
func Everybody() Rule { return Rule{Cases: LeastCases, Administrations: LeastAdministrations} }

// Cell is one line of figures: cases, and a number for each unit. They are shown or
// hidden together.
type Cell struct {
	Key             string           `json:"key"` // what is counted; the same in all tables, editions and versions
	Cases           int64            `json:"cases"`
	Values          map[string]int64 `json:"values,omitempty"`          // by unit
	Administrations int64            `json:"administrations,omitempty"` // behind it
	Fixed           bool             `json:"fixed,omitempty"`           // shown whatever else is hidden: the official figure
	Keep            int              `json:"keep,omitempty"`            // cells of less are hidden first for the sake of others
	Silent          bool             `json:"silent,omitempty"`          // stands in no table, but lines of a table add up to it
	Hidden          bool             `json:"hidden,omitempty"`
	Small           bool             `json:"small,omitempty"`  // hidden for itself, not for the sake of others
	Tables          []string         `json:"tables,omitempty"` // in which it stands; a fixed one may stand in none
}

func (c Cell) shown() bool { return !c.Hidden && !c.Silent }

// Sum says that parts make up a whole. A table does not name the lines that it hides: as
// soon as it hides one, a line that is not there may be hidden, or nothing.
type Sum struct {
	Whole   string   `json:"whole"`
	By      string   `json:"by"` // the dimension of the parts; a whole has one Sum by each
	Parts   []string `json:"parts"`
	Overlap string   `json:"overlap,omitempty"` // what is counted in several parts, so that they do not add up
	Tables  []string `json:"tables"`            // that say so
}

// What may overlap in a Sum.
const (
	OverlapCases = "cases" // a case is in several parts, a quantity in one
	OverlapAll   = "all"
)

// Published is all figures that one edition of one version shows and hides.
type Published struct {
	Version  int64    `json:"version"`
	Cells    []Cell   `json:"cells"`
	Sums     []Sum    `json:"sums"`
	Withheld []string `json:"withheld,omitempty"` // tables that are left out whole
}

// Weak is a hidden cell that what was published before bounds more narrowly than it
// should be, and that nothing could be hidden for any more.
type Weak struct {
	Key     string `json:"key"`
	Version int64  `json:"version"`
}

// Hide decides what of an edition is hidden, against all that was published before, and
// tells what stays weak. What was hidden before stays hidden. Where hiding lines cannot
// keep one from being computed, as when one line alone is new in a version, tables are
// withheld whole: then nobody can say which line it was.
func Hide(p Published, before []Published, rule Rule) (Published, []Weak) {
	for {
		done, weak, tables := hide(p, before, rule)
		if len(tables) == 0 {
			return done, weak
		}
		p = p.without(tables)
	}
}

func hide(p Published, before []Published, rule Rule) (Published, []Weak, []string) {
	p = primary(p, before, rule)
	partner, stays := map[string]bool{}, map[string]bool{} // hidden for others; shown again
	out := computed(p, before)
	given := map[string]bool{}
	for {
		s := newSystem(p, before, out)
		for key := range stays {
			s.free[s.of[name{key, p.Version}]] = false
		}
		keys, more := s.exact(given)
		if !more {
			keys, more = s.narrow(given)
		}
		if !more && !p.useless(s, partner, stays) {
			return p, s.weak(), s.open(p)
		}
		for _, key := range keys {
			p.set(key, true)
			partner[key] = true
		}
	}
}

// useless shows again what was hidden for the sake of others and can be computed all the
// same.
func (p *Published) useless(s *system, partner, stays map[string]bool) (shown bool) {
	for _, d := range s.determined() {
		if n := s.names[d.of]; partner[n.key] && n.version == p.Version && s.protected[d.of] {
			p.set(n.key, false)
			delete(partner, n.key)
			stays[n.key] = true
			shown = true
		}
	}
	return shown
}

// open are the tables of an edition without which a hidden cell could not be computed.
func (s *system) open(p Published) []string {
	for _, d := range s.determined() {
		if !s.protected[d.of] {
			continue
		}
		of := s.names[d.of].key
		for _, sum := range p.Sums {
			if sum.Whole == of || slices.Contains(sum.Parts, of) {
				return sum.Tables
			}
		}
		for _, sum := range p.Sums {
			return sum.Tables
		}
	}
	return nil
}

// without withholds tables.
func (p Published) without(tables []string) Published {
	out := Published{Version: p.Version, Withheld: append(slices.Clone(p.Withheld), tables...)}
	slices.Sort(out.Withheld)
	left := func(of []string) []string {
		return slices.DeleteFunc(slices.Clone(of), func(t string) bool { return slices.Contains(tables, t) })
	}
	for _, c := range p.Cells {
		if rest := left(c.Tables); c.Fixed || len(rest) > 0 {
			c.Tables = rest
			out.Cells = append(out.Cells, c)
		}
	}
	for _, s := range p.Sums {
		if s.Tables = left(s.Tables); len(s.Tables) > 0 {
			out.Sums = append(out.Sums, s)
		}
	}
	return out
}

// computed is what follows from what was published before. Hiding it now hides nothing.
func computed(p Published, before []Published) map[name]bool {
	p.Cells = slices.Clone(p.Cells)
	for i := range p.Cells {
		p.Cells[i].Silent = true
	}
	s, out := newSystem(p, before, nil), map[name]bool{}
	for _, d := range s.determined() {
		out[s.names[d.of]] = true
	}
	return out
}

// primary hides what is too small, and what was hidden before.
func primary(p Published, before []Published, rule Rule) Published {
	p.Cells = slices.Clone(p.Cells)
	hidden := map[string]bool{}
	for _, b := range before {
		for _, c := range b.Cells {
			hidden[c.Key] = hidden[c.Key] || c.Hidden
		}
	}
	for i, c := range p.Cells {
		p.Cells[i].Small = c.Cases > 0 && (c.Cases < rule.Cases || c.Administrations < rule.Administrations)
		p.Cells[i].Hidden = hidden[c.Key] || p.Cells[i].Small
	}
	return p
}

func (p *Published) set(key string, hidden bool) {
	for i := range p.Cells {
		if p.Cells[i].Key == key {
			p.Cells[i].Hidden = hidden
		}
	}
}

// Find gives a cell by its key.
func (p Published) Find(key string) (Cell, bool) {
	i := slices.IndexFunc(p.Cells, func(c Cell) bool { return c.Key == key })
	if i < 0 {
		return Cell{}, false
	}
	return p.Cells[i], true
}

func (s *system) weak() (out []Weak) {
	bounds := s.allBounds()
	for v, n := range s.names {
		if s.protected[v] && s.cells[v].Small && !s.wide(v, bounds) {
			out = append(out, Weak{Key: n.key, Version: n.version})
		}
	}
	slices.SortFunc(out, func(a, b Weak) int {
		return cmp.Or(cmp.Compare(a.Version, b.Version), cmp.Compare(a.Key, b.Key))
	})
	return out
}
