package connection

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Limits of a chart.
const (
	MaxDepth = 3
	MaxShown = 40 // cases of one step
)

// Reason is one thing that two cases share.
type Reason struct {
	Fact
	Cases  int64 // of those that the reader may read share it, both among them
	Points int64 // as they count
	Differ int   // of Picture: bits of 64
}

// Said is a judgement with whose it is.
type Said struct {
	Judgement
	By         organisation.Organisation
	MayRetract bool
}

// Link is a case that is connected with another.
type Link struct {
	Case     seizure.Case
	From     organisation.Organisation // that reported it
	Via      int64                     // number of the case on which it hangs
	Depth    int
	Points   int64
	Strength Strength
	Reasons  []Reason // the strongest first
	Said     *Said    // what holds of the two; nil: nobody said anything
	other    int64    // number of Case
}

// LeftOut is a fact that says too little: very many cases share it, or it is known to
// be good.
type LeftOut struct {
	Fact
	Cases int64 // that the reader may read, the one asked about among them
	Good  bool
}

// Step tells how many cases one step found, and how many of them are shown.
type Step struct{ Found, Shown int }

// Chart is what connects one case with others, as far as its reader asked.
type Chart struct {
	Standing operation.Standing
	Case     seizure.Case
	From     organisation.Organisation
	Depth    int
	Links    []Link // by step, the strongest first
	Hidden   []Link // from the case itself, as somebody said
	LeftOut  []LeftOut
	Steps    []Step
	MayJudge bool
	Facts    []Fact // by which lists of values find the case
}

// Of gives the links that hang on a case.
func (c Chart) Of(seq int64) []Link {
	return slices.DeleteFunc(slices.Clone(c.Links), func(l Link) bool { return l.Via != seq })
}

// Reference is that of a case of the chart.
func (c Chart) Reference(seq int64) string {
	for _, l := range c.Links {
		if l.Case.Seq == seq {
			return l.Case.Reference
		}
	}
	return c.Case.Reference
}
