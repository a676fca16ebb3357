// Package connectionitem is what connects a case as other systems read it.
package connectionitem

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Chart is what connects one case with others, of those that the reader may read.
type Chart struct {
	Case    LinkedCase `json:"case"`
	Depth   int        `json:"depth"`
	Steps   []Step     `json:"steps"`
	Links   []Link     `json:"links"`    // by step, the strongest first
	Hidden  []Link     `json:"hidden"`   // somebody said that they are no connection
	LeftOut []LeftOut  `json:"left_out"` // what very many cases share, or is known to be good
}

// Step tells how many cases one step found, and how many of them are listed.
type Step struct {
	Found int `json:"found"`
	Shown int `json:"shown"`
}

// LinkedCase names a case.
type LinkedCase struct {
	ID           seizure.ID      `json:"id"`
	Reference    string          `json:"reference"`
	Organisation organisation.ID `json:"organisation"` // that reported it
}

// Link is a case that is connected with another.
type Link struct {
	Case     LinkedCase `json:"case"`
	Via      string     `json:"via"` // reference of the case on which it hangs
	Step     int        `json:"step"`
	Strength string     `json:"strength"` // strong, likely, possible
	Points   int64      `json:"points"`
	Reasons  []Reason   `json:"reasons"`
	Said     *Judgement `json:"judgement,omitempty"`
}

// Fact is something that cases share.
type Fact struct {
	Kind  string            `json:"kind"`
	Value string            `json:"value,omitempty"`
	Codes []connection.Code `json:"codes,omitempty"`
	Cases int64             `json:"cases"` // of those that the reader may read share it
}

// Reason is one thing that two cases share, with what it counts.
type Reason struct {
	Fact
	Points int64 `json:"points"`
	Differ int   `json:"differing_bits,omitempty"` // of pictures: of 64
}

// LeftOut is a fact that says too little.
type LeftOut struct {
	Fact
	Good bool `json:"known_good"`
}

// Judgement is what somebody said of a connection.
type Judgement struct {
	State        string          `json:"state"` // confirmed, hidden
	Reason       string          `json:"reason"`
	Organisation organisation.ID `json:"organisation"`
	At           time.Time       `json:"at"` // UTC
}

// Of is a chart as its reader may know it.
func Of(c connection.Chart) Chart {
	out := Chart{Case: LinkedCase{c.Case.ID, c.Case.Reference, c.From.ID}, Depth: c.Depth, Steps: []Step{}, Links: links(c, c.Links), Hidden: links(c, c.Hidden),
		LeftOut: []LeftOut{}}
	for _, s := range c.Steps {
		out.Steps = append(out.Steps, Step{s.Found, s.Shown})
	}
	for _, l := range c.LeftOut {
		out.LeftOut = append(out.LeftOut, LeftOut{fact(l.Fact, l.Cases), l.Good})
	}
	return out
}

func links(c connection.Chart, all []connection.Link) []Link {
	out := []Link{}
	for _, l := range all {
		x := Link{Case: LinkedCase{l.Case.ID, l.Case.Reference, l.From.ID}, Via: c.Reference(l.Via), Step: l.Depth, Strength: l.Strength.String(), Points: l.Points, Reasons: []Reason{}}
		for _, r := range l.Reasons {
			x.Reasons = append(x.Reasons, Reason{fact(r.Fact, r.Cases), r.Points, r.Differ})
		}
		if s := l.Said; s != nil {
			x.Said = &Judgement{s.State, s.Reason, s.By.ID, s.At.UTC()}
		}
		out = append(out, x)
	}
	return out
}

func fact(f connection.Fact, cases int64) Fact {
	return Fact{Kind: f.Kind, Value: f.Value, Codes: f.Codes, Cases: cases}
}
