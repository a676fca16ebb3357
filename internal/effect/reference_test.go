package effect_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/effect"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// slow says the same as Tally in the most obvious way: it asks every question of all
// observations anew. For an organisation and a post; "*" is all posts.
type slow struct {
	observed  []effect.Observation
	answers   []effect.Answer
	trainings []effect.Training
}

func (s slow) first(organisation int64, post string) string {
	var days []string
	for _, t := range s.trainings {
		for _, p := range t.People {
			if t.Organisation == organisation && (post == "*" || seizure.PostKey(p.Post) == post) {
				days = append(days, t.Day)
			}
		}
		for _, r := range t.Reach {
			if t.Organisation == organisation && (post == "*" || seizure.PostKey(r.Post) == post) {
				days = append(days, t.Day)
			}
		}
	}
	if len(days) == 0 {
		return ""
	}
	return slices.Min(days)
}

// people are those of the last training of each person, and all that courses reached.
func (s slow) people(organisation int64, post string) (attended, reached int64) {
	last := map[string]int{}
	order := slices.Clone(s.trainings)
	for i, t := range order {
		for _, p := range t.People {
			if j, known := last[p.Key]; t.Organisation == organisation && (!known || order[j].Day <= t.Day) {
				last[p.Key] = i
			}
		}
	}
	for key, i := range last {
		at := ""
		for _, p := range order[i].People {
			if p.Key == key {
				at = seizure.PostKey(p.Post)
			}
		}
		if post == "*" || at == post {
			attended++
		}
	}
	for _, t := range s.trainings {
		for _, r := range t.Reach {
			if t.Organisation == organisation && (post == "*" || seizure.PostKey(r.Post) == post) {
				reached += r.People
			}
		}
	}
	return attended, reached
}

// count counts the cases of a side that are so, of those of which it is known.
func (s slow) count(organisation int64, post, first string, after bool, known, is func(effect.Observation) bool) (sh effect.Share) {
	for _, o := range s.observed {
		isAfter := first != "" && o.Day >= first
		if o.Organisation != organisation || post != "*" && o.Post != post || isAfter != after || !known(o) {
			continue
		}
		sh.Whole++
		if is(o) {
			sh.Part++
		}
	}
	return sh
}

func every(effect.Observation) bool { return true }

// lines say a row in short: what Tally may leave open (spelling, withheld posts) is
// looked at by itself.
func (s slow) line(organisation int64, post string) string {
	first := s.first(organisation, post)
	attended, reached := s.people(organisation, post)
	b, a := s.count(organisation, post, first, false, every, every).Whole, s.count(organisation, post, first, true, every, every).Whole
	out := fmt.Sprint(organisation, " ", post, " ", attended, "+", reached, " ", first, " ", b, "|", a)
	switch {
	case first == "":
		return out + " " + effect.Untrained
	case b == 0:
		return out + " " + effect.NoBefore
	case attended+reached < effect.LeastPeople:
		return out + " " + effect.FewPeople
	case b < effect.LeastCases || a < effect.LeastCases:
		return out + " " + effect.FewCases
	}
	asked := func(o effect.Observation) bool { return o.Asked > 0 }
	for _, m := range []struct {
		name      string
		known, is func(effect.Observation) bool
	}{{effect.Complete, asked, func(o effect.Observation) bool { return o.Asked == o.Filled }}, {effect.Failed, asked, func(o effect.Observation) bool { return o.Failed }},
		{effect.Returned, every, func(o effect.Observation) bool { return o.Returned }}, {effect.Prompt, every, func(o effect.Observation) bool { return o.Days < 2 }},
		{effect.Counted, every, func(o effect.Observation) bool { return o.Counts }}} {
		before, after := s.count(organisation, post, first, false, m.known, m.is), s.count(organisation, post, first, true, m.known, m.is)
		out += said(m.name, before, after)
	}
	return out
}

func said(name string, before, after effect.Share) string {
	if before.Whole < effect.LeastCases || after.Whole < effect.LeastCases {
		before.Part, after.Part = 0, 0
	}
	return fmt.Sprint(" ", name, before, after)
}

func line(r effect.Row, post string) string {
	out := fmt.Sprint(r.Organisation, " ", post, " ", r.Attended, "+", r.Reached, " ", r.First, " ", r.Before.Cases, "|", r.After.Cases)
	if r.Why != "" {
		return out + " " + r.Why
	}
	for _, m := range r.Measures {
		if m.Name != effect.Warnings {
			out += fmt.Sprint(" ", m.Name, m.Before, m.After)
		}
	}
	return out
}

func world(t *rapid.T) slow {
	var s slow
	posts := []string{"XAPOR", "Pier  North", "pier north", "", "Lake"}
	day := rapid.Map(rapid.IntRange(1, 28), func(d int) string { return fmt.Sprintf("2017-02-%02d", d) })
	draw := func(name string, from, to int) int { return rapid.IntRange(from, to).Draw(t, name) }
	post := rapid.SampledFrom(posts)
	used := map[int]bool{}
	for i := range draw("trainings", 0, 5) {
		n := effect.Training{Training: course.Training{Organisation: int64(draw("whose", 1, 2)), Number: int64(i), Day: day.Draw(t, "trained")}}
		clear(used)
		for range draw("people", 0, 9) {
			key := draw("who", 0, 9) // the same person never twice at one workshop
			if !used[key] {
				n.People = append(n.People, course.Someone{Key: fmt.Sprint(n.Organisation, " ", key), Post: post.Draw(t, "at")})
			}
			used[key] = true
		}
		for range draw("rows", 0, 2) {
			n.Reach = append(n.Reach, course.Reach{Post: post.Draw(t, "reach"), Function: "mail", People: int64(draw("many", 1, 6))})
		}
		s.trainings = append(s.trainings, n)
	}
	slices.SortStableFunc(s.trainings, func(a, b effect.Training) int { return cmpDays(a.Day, b.Day) })
	least := draw("least", 0, 1) * 150
	for i := range draw("cases", least, 150+least) {
		asked := int64(draw("asked", 0, 3))
		at := post.Draw(t, "where")
		s.observed = append(s.observed, effect.Observation{Case: int64(i), Organisation: int64(draw("reporter", 1, 2)), Post: seizure.PostKey(at), Name: at, Day: day.Draw(t, "day"),
			Asked: asked, Filled: max(0, asked-int64(draw("missing", 0, 1))), Failed: draw("failed", 0, 1) == 1, Returned: draw("returned", 0, 1) == 1,
			Counts: draw("counts", 0, 1) == 1, Days: int64(draw("days", 0, 3))})
	}
	return s
}

func cmpDays(a, b string) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

// Tally says what the obvious way says. A post that is withheld is one that would be
// shown; then, and whatever is shown, the rest of the country is nothing or enough.
func TestTallyIsTheObviousCount(t *testing.T) {
	withheld := 0
	rapid.Check(t, func(t *rapid.T) {
		s := world(t)
		for _, c := range effect.Tally(s.observed, s.answers, s.trainings) {
			if diff := cmp.Diff(s.line(c.Organisation, "*"), line(c.Row, "*")); diff != "" {
				t.Fatal(diff)
			}
			people, before, after := c.People(), c.Before.Cases, c.After.Cases
			var posts effect.Row
			for _, p := range c.Posts {
				posts.Attended, posts.Reached, posts.Before.Cases = posts.Attended+p.Attended, posts.Reached+p.Reached, posts.Before.Cases+p.Cases()
				want := s.line(c.Organisation, p.Post)
				if p.Why == effect.Withheld {
					withheld++
					if p.Measures != nil || p.Before.Fields != (effect.Share{}) || len(want) < 40 {
						t.Fatalf("%+v, %s", p, want)
					}
					continue
				}
				if diff := cmp.Diff(want, line(p, p.Post)); diff != "" {
					t.Fatal(diff)
				}
				if p.Why == "" {
					people -= p.People()
					before -= s.count(c.Organisation, p.Post, c.First, false, every, every).Whole
					after -= s.count(c.Organisation, p.Post, c.First, true, every, every).Whole
				}
			}
			if posts.Attended != c.Attended || posts.Reached != c.Reached || posts.Before.Cases != c.Cases() {
				t.Fatalf("posts add up to %+v, the country is %+v", posts, c.Row)
			}
			if c.Why == "" && before+after > 0 && before+after < c.Cases() && (people < effect.LeastPeople || before < effect.LeastCases || after < effect.LeastCases) {
				t.Fatalf("the rest tells: %d people, %d and %d cases", people, before, after)
			}
			if c.Beside != nil && c.Beside.TrainedCases+c.Beside.OtherCases != c.After.Cases {
				t.Fatalf("beside: %+v of %+v", c.Beside, c.Row)
			}
		}
	})
	if withheld == 0 {
		t.Error("no world withheld anything: it proves nothing of that")
	}
}

// Warnings answered are those of the country; below ten on a side their parts are not
// told.
func TestWarnings(t *testing.T) {
	var s slow
	s.trainings = []effect.Training{{Training: course.Training{Organisation: 1, Day: "2017-02-10", Reach: []course.Reach{{Post: "Pier", Function: "mail", People: 5}}}}}
	for i := range 40 {
		day := []string{"2017-02-09", "2017-02-10"}[i%2]
		s.observed = append(s.observed, effect.Observation{Organisation: 1, Post: "pier", Day: day})
		if i < 19 {
			s.answers = append(s.answers, effect.Answer{Organisation: 1, Day: day, Hit: i%2 == 1})
		}
	}
	last := func() effect.Measure {
		m := effect.Tally(s.observed, s.answers, s.trainings)[0].Measures
		return m[len(m)-1]
	}
	if m := last(); m.Name != effect.Warnings || m.Before != (effect.Share{Whole: 10}) || m.After != (effect.Share{Whole: 9}) || m.Difference.Verdict != effect.NoRatio {
		t.Errorf("nine after: %+v", m)
	}
	s.answers = append(s.answers, effect.Answer{Organisation: 1, Day: "2017-02-11", Hit: true})
	if m := last(); m.After != (effect.Share{Part: 10, Whole: 10}) || m.Difference.Verdict != effect.Higher {
		t.Errorf("ten after: %+v", m)
	}
}
