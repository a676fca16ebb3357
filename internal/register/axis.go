package register

import (
	"slices"
	"strings"
)

// axis is one of the two dimensions of groups, made ready: a case, or each item of
// it, has a place on it, and a place has a name.
type axis struct {
	size int
	name func(place int) string
	kind int
	fill func(rows []int32, keys []uint64, times uint64) // adds the places of cases; nil: items have places
	met  []uint32                                        // of brands: the spelling that comes first, by fold
}

// What has a place on an axis.
const (
	ofCases = iota
	ofCategories
	ofBrands
	ofViolations
)

// axis makes a dimension ready; one that is not known is a single group.
func (c *columns) axis(by string) axis {
	if d := slices.Index(coded[:singles], by); d >= 0 {
		return c.single(d)
	}
	switch by {
	case Category:
		words := c.words[singles]
		return axis{size: len(words), kind: ofCategories, name: func(p int) string { return words[p] }}
	case Violation:
		words := c.words[singles+1]
		return axis{size: len(words), kind: ofViolations, name: func(p int) string { return words[p] }}
	case Brand:
		met, brands := make([]uint32, len(c.items.folded)), c.items.brands
		return axis{size: len(met), kind: ofBrands, met: met, name: func(p int) string { return brands[met[p]] }}
	case ByRoute:
		return c.routes()
	case ByDay:
		return c.times(func(day string) string { return day })
	case ByWeek:
		return c.times(WeekOf)
	case ByMonth:
		return c.times(MonthOf)
	}
	return axis{size: 1, name: func(int) string { return "" }, fill: func([]int32, []uint64, uint64) {}}
}

func (c *columns) single(dimension int) axis {
	column, words := c.values[dimension], c.words[dimension]
	return axis{size: len(words), name: func(p int) string { return words[p] }, fill: func(rows []int32, keys []uint64, times uint64) {
		for i, at := range rows {
			keys[i] += uint64(column[at]) * times
		}
	}}
}

func (c *columns) routes() axis {
	from, to := slices.Index(coded, Origin), slices.Index(coded, Destination)
	origins, destinations, width := c.values[from], c.values[to], uint64(len(c.words[to]))
	return axis{size: len(c.words[from]) * int(width),
		name: func(p int) string { return Route(c.words[from][p/int(width)], c.words[to][p%int(width)]) },
		fill: func(rows []int32, keys []uint64, times uint64) {
			for i, at := range rows {
				keys[i] += (uint64(origins[at])*width + uint64(destinations[at])) * times
			}
		}}
}

// times groups days.
func (c *columns) times(of func(day string) string) axis {
	var names []string
	places, at := make([]uint32, len(c.calendar)), map[string]uint32{}
	for i, day := range c.calendar {
		name := of(day)
		p, known := at[name]
		if !known {
			p = uint32(len(names))
			at[name] = p
			names = append(names, name)
		}
		places[i] = p
	}
	days := c.days
	return axis{size: len(names), name: func(p int) string { return names[p] }, fill: func(rows []int32, keys []uint64, times uint64) {
		for i, at := range rows {
			keys[i] += uint64(places[days[at]]) * times
		}
	}}
}

// rank gives the places that are used an order by name, and their names.
func (a *axis) rank(used []bool) (ranks []int32, names []string) {
	ranks, names = make([]int32, a.size), make([]string, a.size)
	var places []int32
	for p, is := range used {
		if is {
			names[p] = a.name(p)
			places = append(places, int32(p))
		}
	}
	slices.SortFunc(places, func(x, y int32) int { return strings.Compare(names[x], names[y]) })
	for rank, p := range places {
		ranks[p] = int32(rank)
	}
	return ranks, names
}
