package bench

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/bench/world"
)

// Report is the outcome of a run. docs/reference/bench.md describes its JSON.
type Report struct {
	Tidewaiter string     `json:"tidewaiter"`
	Go         string     `json:"go"`
	Engine     string     `json:"engine"`
	At         time.Time  `json:"at"`
	Took       float64    `json:"took_seconds"`
	Machine    Machine    `json:"machine"`
	World      WorldSaid  `json:"world"`
	Rounds     []Round    `json:"rounds"`
	Figures    []*Figure  `json:"figures"`
	Ratios     []*Ratio   `json:"ratios"`
	NotRun     []NotRun   `json:"not_run"`
	Profiles   []string   `json:"profiles,omitempty"`
	index      figureByID // figures by what they are
}

type figureByID map[Key]*Figure

// Machine is where the run happened.
type Machine struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
	CPUs int    `json:"cpus"`
}

// WorldSaid is the world that the run used.
type WorldSaid struct {
	world.Size
	Lines int     `json:"lines"`
	Made  bool    `json:"made"`         // in this run
	Took  float64 `json:"made_seconds"` // 0 when it was there
}

// Round is one turn of all subjects.
type Round struct {
	Took   float64 `json:"took_seconds"`
	Load   string  `json:"load"`   // the machine's load averages at the end, where the system tells
	Others float64 `json:"others"` // CPUs that processes other than these took, on average; -1: unknown
}

// Key says what a figure is of.
type Key struct {
	Workload string `json:"workload"`     // W1 to W9
	Name     string `json:"name"`         // what is measured
	Of       string `json:"of"`           // ours, bare, limit
	At       string `json:"at,omitempty"` // such as "16 writers"
}

// Figure is a measured value, round by round.
type Figure struct {
	Key
	Unit    string    `json:"unit"`
	Median  float64   `json:"median"`
	Least   float64   `json:"least"`
	Most    float64   `json:"most"`
	Samples []float64 `json:"samples"`
	*Goal
}

// Ratio is one figure through another, formed within each round.
type Ratio struct {
	Workload string    `json:"workload"`
	Name     string    `json:"name"`
	At       string    `json:"at,omitempty"`
	To       string    `json:"to"` // what is divided by: bare, or which limit
	Median   float64   `json:"median"`
	Least    float64   `json:"least"`
	Most     float64   `json:"most"`
	Samples  []float64 `json:"samples"`
	*Goal
}

// Goal is where a median should be.
type Goal struct {
	Bound  float64 `json:"goal"`
	AtMost bool    `json:"at_most"` // else at least
	Met    bool    `json:"met"`
}

// NotRun is something that a run could have measured and did not.
type NotRun struct {
	Workload string `json:"workload"`
	What     string `json:"what"`
	Why      string `json:"why"`
}

// add notes a value of this round.
func (r *Report) add(k Key, unit string, value float64) {
	if r.index == nil {
		r.index = figureByID{}
	}
	f := r.index[k]
	if f == nil {
		f = &Figure{Key: k, Unit: unit}
		r.index[k] = f
		r.Figures = append(r.Figures, f)
	}
	f.Samples = append(f.Samples, value)
}

func (r *Report) skip(workload, what, why string) {
	n := NotRun{workload, what, why}
	if !slices.Contains(r.NotRun, n) {
		r.NotRun = append(r.NotRun, n)
	}
}

func atLeast(x float64) *Goal { return &Goal{Bound: x} }
func atMost(x float64) *Goal  { return &Goal{Bound: x, AtMost: true} }

func (g *Goal) judge(median float64) {
	if g != nil {
		g.Met = g.AtMost && median <= g.Bound || !g.AtMost && median >= g.Bound
	}
}

// finish computes medians, ratios and whether goals are met.
func (r *Report) finish(p plan) {
	for _, f := range r.Figures {
		f.Median, f.Least, f.Most = spread(f.Samples)
		if f.Goal == nil {
			f.Goal = goalOf(f.Key)
		}
		f.Goal.judge(f.Median)
	}
	for _, d := range ratiosOf(r.Engine, p) {
		a, b := r.index[d.of], r.index[d.to]
		if a == nil || b == nil {
			continue
		}
		out := &Ratio{Workload: d.of.Workload, Name: d.name, At: d.of.At, To: d.said, Goal: d.goal}
		for i := range min(len(a.Samples), len(b.Samples)) {
			if b.Samples[i] > 0 {
				out.Samples = append(out.Samples, a.Samples[i]/b.Samples[i])
			}
		}
		if len(out.Samples) == 0 {
			continue
		}
		out.Median, out.Least, out.Most = spread(out.Samples)
		out.Goal.judge(out.Median)
		r.Ratios = append(r.Ratios, out)
	}
	slices.SortStableFunc(r.Figures, func(a, b *Figure) int { return cmp.Compare(a.Workload, b.Workload) })
}

// spread gives median, least and most.
func spread(values []float64) (median, least, most float64) {
	if len(values) == 0 {
		return 0, 0, 0
	}
	s := slices.Sorted(slices.Values(values))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2, s[0], s[len(s)-1]
}

// percentile gives the value below which p of 100 lie, in milliseconds.
func percentile(took []time.Duration, p float64) float64 {
	if len(took) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(took))
	i := min(int(math.Ceil(p/100*float64(len(s))))-1, len(s)-1)
	return milliseconds(s[max(i, 0)])
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
