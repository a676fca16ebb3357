package effect

import (
	"cmp"
	"slices"
)

// before tells whether a day lies before the row's first training.
func (r Row) before(day string) bool { return r.First == "" || day < r.First }

// measure counts both sides, and gives the measures where enough stands behind them.
func (r *Row) measure(observed []Observation, answers []Answer) {
	var sides [2]sums
	for _, o := range observed {
		sides[r.side(o.Day)].add(o)
	}
	for _, a := range answers {
		s := &sides[r.side(a.Day)]
		s.hits = s.hits.Add(of(a.Hit))
	}
	r.Before, r.After = sides[0].shown(), sides[1].shown()
	switch {
	case r.First == "":
		r.Why = Untrained
	case r.Before.Cases == 0:
		r.Why = NoBefore
	case r.People() < LeastPeople:
		r.Why = FewPeople
	case r.Before.Cases < LeastCases || r.After.Cases < LeastCases:
		r.Why = FewCases
	}
	if r.Why != "" {
		return
	}
	r.Before.Fields, r.After.Fields = sides[0].fields, sides[1].fields
	r.Before.Median, r.After.Median = middle(sides[0].days), middle(sides[1].days)
	for i, name := range measures {
		r.Measures = append(r.Measures, compared(name, sides[0].parts[i], sides[1].parts[i]))
	}
	if answers != nil {
		r.Measures = append(r.Measures, compared(Warnings, sides[0].hits, sides[1].hits))
	}
}

func (r Row) side(day string) int {
	if r.before(day) {
		return 0
	}
	return 1
}

// measures are those that every row has, in the order in which they are shown.
var measures = [...]string{Complete, Failed, Returned, Prompt, Counted}

type sums struct {
	cases  int64
	by     map[int]int64
	fields Share
	parts  [len(measures)]Share
	hits   Share
	days   []int64
}

func of(is bool) Share {
	if is {
		return Share{1, 1}
	}
	return Share{0, 1}
}

func (s *sums) add(o Observation) {
	if s.by == nil {
		s.by = map[int]int64{}
	}
	s.cases++
	s.by[o.Operation]++
	s.days = append(s.days, o.Days)
	s.fields = s.fields.Add(Share{o.Filled, o.Asked})
	if o.Asked > 0 { // of what was erased nobody knows any more
		s.parts[0] = s.parts[0].Add(of(o.Filled == o.Asked))
		s.parts[1] = s.parts[1].Add(of(o.Failed))
	}
	for i, is := range []bool{o.Returned, o.Days <= 1, o.Counts} {
		s.parts[i+2] = s.parts[i+2].Add(of(is))
	}
}

func (s *sums) shown() Side { return Side{Cases: s.cases, By: s.by, Answered: s.hits.Whole} }

func compared(name string, before, after Share) Measure {
	m := Measure{Name: name, Before: before, After: after, Difference: Differ(before, after)}
	if m.Difference.Verdict == NoRatio {
		m.Before.Part, m.After.Part = 0, 0
	}
	return m
}

func middle(all []int64) int64 {
	slices.Sort(all)
	return all[(len(all)-1)/2]
}

// hide takes the figures of a row back to its numbers of observations.
func (r *Row) hide(why string) {
	r.Why, r.Measures = why, nil
	r.Before.Fields, r.After.Fields, r.Before.Median, r.After.Median = Share{}, Share{}, 0, 0
}

// withhold hides posts, the smallest first, until what is left of the country when
// those shown are taken away is nothing, or enough by itself: otherwise country minus
// posts would tell the figures of a post that stand behind too few.
func (g *gathering) withhold(c *Country) {
	if c.Why != "" {
		return
	}
	shown := []int{}
	for i, p := range c.Posts {
		if p.Why == "" {
			shown = append(shown, i)
		}
	}
	slices.SortStableFunc(shown, func(a, b int) int {
		return cmp.Or(cmp.Compare(c.Posts[a].Cases(), c.Posts[b].Cases()), cmp.Compare(c.Posts[a].Post, c.Posts[b].Post))
	})
	for len(shown) > 0 && !g.safe(*c, shown) {
		c.Posts[shown[0]].hide(Withheld)
		shown = shown[1:]
	}
}

// safe tells whether the rest of a country tells nothing that may not be told.
func (g *gathering) safe(c Country, shown []int) bool {
	people, before, after := c.People(), c.Before.Cases, c.After.Cases
	for _, i := range shown {
		people -= c.Posts[i].People()
		for _, o := range g.posts[c.Posts[i].Post].observed {
			if c.before(o.Day) {
				before--
			} else {
				after--
			}
		}
	}
	return before+after == 0 || people >= LeastPeople && before >= LeastCases && after >= LeastCases
}
