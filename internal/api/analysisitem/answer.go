// Package analysisitem is an answer as other systems read it.
package analysisitem

import (
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/results"
)

// AskedQuestion is what was asked.
type AskedQuestion struct {
	Group string            `json:"group"`
	Split string            `json:"split,omitempty"`
	Where map[string]string `json:"where"` // filters; without class only cases that count
}

// AnswerGroup is one value of what was grouped by.
type AnswerGroup struct {
	Value  string            `json:"value"` // empty: nothing is said of it
	Split  string            `json:"split,omitempty"`
	Cases  int64             `json:"cases"`
	Totals map[string]string `json:"totals"` // by unit, decimals
}

// AnswerRest is what the longest answers do not show.
type AnswerRest struct {
	Groups int64             `json:"groups"`
	Cases  int64             `json:"cases"` // of those groups, together
	Totals map[string]string `json:"totals"`
}

// Answer is what came of a question.
type Answer struct {
	Operation string            `json:"operation"`
	AsOf      int64             `json:"as_of"` // index of the newest entry of the journal
	Question  AskedQuestion     `json:"question"`
	Cases     int64             `json:"cases"` // each once: groups that overlap add up to more
	Totals    map[string]string `json:"totals"`
	Groups    []AnswerGroup     `json:"groups"`
	LeftOut   AnswerRest        `json:"left_out"`
}

// Of is an answer on its way out: organisations by their ids.
func Of(v analysis.View) Answer {
	a := v.Answer
	out := Answer{Operation: string(v.Standing.Operation.Code), AsOf: a.AsOf, Cases: a.Cases, Totals: totals(a.Totals),
		Question: AskedQuestion{Group: a.Question.Group, Split: a.Question.Split, Where: map[string]string{}},
		Groups:   make([]AnswerGroup, 0, len(a.Groups)), LeftOut: AnswerRest{Groups: v.Left.Groups, Cases: v.Left.Cases, Totals: totals(v.Left.Totals)}}
	for key, value := range a.Question.Where {
		if key == "organisation" {
			key, value = analysis.ByReporter, named(v, analysis.ByReporter, value)
		}
		out.Question.Where[key] = value
	}
	for _, g := range a.Groups {
		out.Groups = append(out.Groups, AnswerGroup{Value: named(v, a.Question.Group, g.Value), Split: named(v, a.Question.Split, g.Split), Cases: g.Cases, Totals: totals(g.Totals)})
	}
	return out
}

// named is a value as others read it.
func named(v analysis.View, dimension, value string) string {
	if dimension != analysis.ByReporter {
		return value
	}
	if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		return string(v.Organisations[n].ID)
	}
	return value
}

func totals(t results.Totals) map[string]string {
	out := make(map[string]string, len(t))
	for unit, micro := range t {
		out[unit] = i18n.Decimal(micro)
	}
	return out
}
