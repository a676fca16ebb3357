package analysis

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Tally answers a question of cases at hand, slowly and obviously. It applies the
// operation's counting rule itself, and takes no class from those who hand it cases.
// AsOf is the caller's to set.
func Tally(o operation.Operation, q Question, cases []seizure.Case) Answer {
	cases = slices.Clone(cases)
	slices.SortStableFunc(cases, func(a, b seizure.Case) int { return cmp.Compare(a.Seq, b.Seq) })
	a := Answer{Question: q, Totals: results.Totals{}, Groups: []Group{}}
	spelt := spellings{}
	groups := map[[2]string]*Group{}
	for _, c := range cases {
		if c.Class = c.ClassIn(o); !Matches(q, c) {
			continue
		}
		lines := meant(q, c)
		a.Cases++
		for _, l := range lines {
			add(a.Totals, l)
		}
		for place, of := range placed(q, c, lines, spelt) {
			g := groups[place]
			if g == nil {
				g = &Group{Value: place[0], Split: place[1], Totals: results.Totals{}}
				groups[place] = g
			}
			g.Cases++
			for _, l := range of {
				add(g.Totals, l)
			}
		}
	}
	for _, g := range groups {
		a.Groups = append(a.Groups, *g)
	}
	a.order()
	return a
}

// Matches tells whether a question is about a case, by the class that the case says.
func Matches(q Question, c seizure.Case) bool {
	for name, value := range q.where() {
		if !holds(c, name, value) {
			return false
		}
	}
	return true
}

func holds(c seizure.Case, name, value string) bool {
	line := func(is func(l goods.Line) bool) bool { return slices.ContainsFunc(c.Goods, is) }
	switch name {
	case caselist.Category, caselist.Violation, caselist.Brand:
		return line(func(l goods.Line) bool { return lineHolds(l, name, value) })
	case caselist.From:
		return c.Day >= value
	case caselist.To:
		return c.Day != "" && c.Day <= value
	case caselist.State:
		return c.State == value
	}
	for dimension, filter := range filterOf {
		if filter == name {
			return valueOf(c, dimension) == value
		}
	}
	return false
}

func lineHolds(l goods.Line, name, value string) bool {
	switch name {
	case caselist.Category:
		return l.Category == value
	case caselist.Violation:
		return slices.Contains(l.Violations, value)
	case caselist.Brand:
		return i18n.Fold(l.Brand) == i18n.Fold(value)
	}
	return true
}

// meant are the lines that pass every filter of lines.
func meant(q Question, c seizure.Case) (out []goods.Line) {
	for _, l := range c.Goods {
		passes := true
		for name, value := range q.Where {
			passes = passes && lineHolds(l, name, value)
		}
		if passes {
			out = append(out, l)
		}
	}
	return out
}

// valueOf is a case's value of a dimension of cases; empty for one of lines.
func valueOf(c seizure.Case, dimension string) string {
	switch dimension {
	case ByCountry:
		return c.Country
	case ByOrigin:
		return c.Origin.Code
	case ByDestination:
		return c.Destination.Code
	case ByRoute:
		return register.Route(c.Origin.Code, c.Destination.Code)
	case ByConveyance:
		return c.Conveyance.Code
	case ByDirection:
		return c.Direction.Code
	case ByDetection:
		return c.Detection.Code
	case ByStatus:
		return c.Status
	case ByReporter:
		return strconv.FormatInt(c.Organisation, 10)
	case ByClass:
		return c.Class
	case ByDay:
		return c.Day
	case ByWeek:
		return register.WeekOf(c.Day)
	case ByMonth:
		return register.MonthOf(c.Day)
	}
	return ""
}

// spellings are those under which brands were met first, by how they fold.
type spellings map[string]string

func (s spellings) first(brand string) string {
	folded := i18n.Fold(brand)
	if folded == "" {
		return ""
	}
	if _, met := s[folded]; !met {
		s[folded] = brand
	}
	return s[folded]
}

// valuesOf are the values of a line, each once; one of a case is also its lines'.
func valuesOf(c seizure.Case, l goods.Line, dimension string, spelt spellings) []string {
	switch dimension {
	case ByCategory:
		return []string{l.Category}
	case ByBrand:
		return []string{spelt.first(l.Brand)}
	case ByViolation:
		if len(l.Violations) == 0 {
			return []string{""}
		}
		all := slices.Clone(l.Violations)
		slices.Sort(all)
		return slices.Compact(all)
	}
	return []string{valueOf(c, dimension)}
}

// placed says in which groups a case stands, each with its lines there. A case of
// whose lines none is meant stands where what says nothing does.
func placed(q Question, c seizure.Case, lines []goods.Line, spelt spellings) map[[2]string][]goods.Line {
	out := map[[2]string][]goods.Line{}
	for _, l := range lines {
		for _, value := range valuesOf(c, l, q.Group, spelt) {
			for _, split := range valuesOf(c, l, q.Split, spelt) {
				out[[2]string{value, split}] = append(out[[2]string{value, split}], l)
			}
		}
	}
	if len(out) == 0 {
		out[[2]string{valueOf(c, q.Group), valueOf(c, q.Split)}] = nil
	}
	return out
}

func add(t results.Totals, l goods.Line) {
	for _, q := range l.Quantities {
		t[q.Unit] += q.Micro
	}
}

// order puts groups in their order.
func (a *Answer) order() {
	byTime := OverTime(a.Question.Group)
	slices.SortFunc(a.Groups, func(x, y Group) int {
		if byTime {
			return cmp.Or(cmp.Compare(x.Value, y.Value), cmp.Compare(y.Cases, x.Cases), cmp.Compare(x.Split, y.Split))
		}
		return cmp.Or(cmp.Compare(y.Cases, x.Cases), cmp.Compare(x.Value, y.Value), cmp.Compare(x.Split, y.Split))
	})
}

// LeftOut is what a shortened answer does not show.
type LeftOut struct {
	Groups int64          `json:"groups"`
	Cases  int64          `json:"cases"` // of those groups, together: a case that stands in two of them is two
	Totals results.Totals `json:"totals"`
}

// Cut keeps the first groups, and says exactly what is left out.
func (a Answer) Cut(most int) (Answer, LeftOut) {
	out := LeftOut{Totals: results.Totals{}}
	if len(a.Groups) <= most {
		return a, out
	}
	for _, g := range a.Groups[most:] {
		out.Groups++
		out.Cases += g.Cases
		for unit, micro := range g.Totals {
			out.Totals[unit] += micro
		}
	}
	a.Groups = a.Groups[:most:most]
	return a, out
}
