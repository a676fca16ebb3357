package effect

import (
	"cmp"
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// The measures of reports, each a share of reports; labels under effect.measure.
const (
	Complete = "complete" // nothing that was asked for is missing
	Failed   = "failed"   // a check failed
	Returned = "returned" // was asked to be corrected
	Prompt   = "prompt"   // reported by the day after the event
	Counted  = "counted"  // counts under the operation's rule
	Warnings = "warnings" // of controlled warnings those that led to a find
)

// Why a row shows no measures; labels under effect.why.
const (
	Untrained = "untrained"  // nobody was trained
	NoBefore  = "no-before"  // nothing happened before the first training
	FewPeople = "few-people" // fewer than LeastPeople were trained
	FewCases  = "few-cases"  // fewer than LeastCases on a side
	NotRead   = "not-read"   // the reader reads no cases
	Withheld  = "withheld"   // country and other posts would tell another post's figures
)

// Training is a training of package course, with the place of its operation.
type Training struct {
	Operation int
	course.Training
}

// Measure is one share before and after. Where the verdict is NoRatio the parts are not
// given.
type Measure struct {
	Name       string     `json:"name"`
	Before     Share      `json:"before"`
	After      Share      `json:"after"`
	Difference Difference `json:"difference"`
}

// Side is what stands on one side of the first training.
type Side struct {
	Cases    int64
	By       map[int]int64 // cases by the place of their operation
	Answered int64         // warnings whose goods were controlled
	Fields   Share         // that say something, of those asked for; zero where nothing is shown
	Median   int64         // days from event to report: the middle one, of two the lower
}

// Row is what followed the training of a country or a post.
type Row struct {
	Organisation  int64
	Post, Name    string // key and spelling; empty: a country, or of a post that nobody named
	Attended      int64  // people at workshops, each once
	Reached       int64  // people reached by courses, added up
	First         string // day from which somebody counts as trained; empty: nobody
	Before, After Side   // by First; where nobody was trained all is before
	Why           string // empty: Measures are given
	Measures      []Measure
}

// People is how many were trained.
func (r Row) People() int64 { return r.Attended + r.Reached }

// Cases is how many released cases there are.
func (r Row) Cases() int64 { return r.Before.Cases + r.After.Cases }

// Beside is what was reported in the same days by posts that had been trained and by
// those that had not: counts, and nothing that follows from them.
type Beside struct {
	TrainedPosts, TrainedCases int64
	OtherPosts, OtherCases     int64
}

// Country is one administration with its posts.
type Country struct {
	Row
	Trainings []Training // the first day first
	Posts     []Row      // trained ones first, then by cases
	Beside    *Beside    // where there is no before
}

// Tally sets observations beside trainings, by organisation and post.
func Tally(observed []Observation, answers []Answer, trainings []Training) []Country {
	by := map[int64]*gathering{}
	at := func(organisation int64) *gathering {
		if by[organisation] == nil {
			by[organisation] = &gathering{organisation: organisation, posts: map[string]*post{}, latest: map[string]seen{}}
		}
		return by[organisation]
	}
	for _, t := range trainings {
		at(t.Organisation).train(t)
	}
	for _, o := range observed {
		g := at(o.Organisation)
		g.observed = append(g.observed, o)
		p := g.post(o.Post, o.Name)
		p.observed = append(p.observed, o)
	}
	for _, a := range answers {
		g := at(a.Organisation)
		g.answers = append(g.answers, a)
	}
	out := []Country{}
	for _, n := range slices.Sorted(maps.Keys(by)) {
		out = append(out, by[n].country())
	}
	return out
}

// gathering is all that is known of one organisation.
type gathering struct {
	organisation int64
	trainings    []Training
	observed     []Observation
	answers      []Answer
	posts        map[string]*post
	latest       map[string]seen // where each person was last, by key
}

type post struct {
	name     string
	first    string
	attended int64
	reached  int64
	observed []Observation
}

type seen struct{ post, day string }

func (g *gathering) post(key, name string) *post {
	if g.posts[key] == nil {
		if key == "" {
			name = "" // a dash
		}
		g.posts[key] = &post{name: name}
	}
	return g.posts[key]
}

func (g *gathering) train(t Training) {
	g.trainings = append(g.trainings, t)
	begin := func(key, name string) *post {
		p := g.post(key, name)
		if p.first == "" || t.Day < p.first {
			p.first = t.Day
		}
		return p
	}
	for _, s := range t.People {
		key := seizure.PostKey(s.Post)
		begin(key, s.Post)
		if was, known := g.latest[s.Key]; !known || was.day <= t.Day {
			g.latest[s.Key] = seen{key, t.Day}
		}
	}
	for _, r := range t.Reach {
		begin(seizure.PostKey(r.Post), r.Post).reached += r.People
	}
}

func (g *gathering) country() Country {
	for _, s := range g.latest {
		g.posts[s.post].attended++
	}
	slices.SortStableFunc(g.trainings, func(a, b Training) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Number, b.Number))
	})
	c := Country{Row: Row{Organisation: g.organisation}, Trainings: g.trainings}
	c.Attended = int64(len(g.latest))
	for _, key := range slices.Sorted(maps.Keys(g.posts)) {
		p := g.posts[key]
		c.Reached += p.reached
		if p.first != "" && (c.First == "" || p.first < c.First) {
			c.First = p.first
		}
		r := Row{Organisation: g.organisation, Post: key, Name: p.name, Attended: p.attended, Reached: p.reached, First: p.first}
		r.measure(p.observed, nil)
		c.Posts = append(c.Posts, r)
	}
	c.Row.measure(g.observed, g.answers)
	g.withhold(&c)
	if c.Why == NoBefore {
		c.Beside = g.beside(c.First)
	}
	slices.SortStableFunc(c.Posts, func(a, b Row) int {
		return cmp.Or(cmp.Compare(untrained(a), untrained(b)), -cmp.Compare(a.Cases(), b.Cases()), cmp.Compare(a.Post, b.Post))
	})
	return c
}

func untrained(r Row) int {
	if r.First == "" {
		return 1
	}
	return 0
}

// beside counts the cases from a day on by whether their post had been trained when
// they happened; a post counts on each side on which it has a case.
func (g *gathering) beside(from string) *Beside {
	b := &Beside{}
	for _, p := range g.posts {
		var trained, other int64
		for _, o := range p.observed {
			switch {
			case o.Day < from:
			case p.first != "" && p.first <= o.Day:
				trained++
			default:
				other++
			}
		}
		b.TrainedCases, b.OtherCases = b.TrainedCases+trained, b.OtherCases+other
		b.TrainedPosts, b.OtherPosts = b.TrainedPosts+min(trained, 1), b.OtherPosts+min(other, 1)
	}
	return b
}
