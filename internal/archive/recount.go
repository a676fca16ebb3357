package archive

import (
	"maps"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// classes names the figure of cases by class among the answers of a version.
const classes = "classes"

// answers gives every answer of a version by its figure, the two that each version has
// among them.
func answers(v publication.Version) map[string]analysis.Answer {
	out := maps.Clone(v.Answers)
	if out == nil {
		out = map[string]analysis.Answer{}
	}
	out[publication.Official], out[classes] = v.Official, v.Classes
	return out
}

// recount answers every question of a version anew, slowly and obviously, of cases as
// they stood.
func recount(o operation.Operation, v publication.Version, cases []seizure.Case) map[string]analysis.Answer {
	out := map[string]analysis.Answer{}
	ask := func(id string, q analysis.Question) {
		a := analysis.Tally(o, q, cases)
		a.AsOf = v.AsOf
		out[id] = a
	}
	for _, s := range v.Sections {
		for _, f := range s.Figures {
			ask(f.ID, f.Question)
		}
	}
	ask(publication.Official, analysis.Question{Group: analysis.ByAll})
	ask(classes, analysis.Question{Group: analysis.ByClass, Where: map[string]string{caselist.Class: analysis.EveryClass}})
	return out
}

// difference is a number of a figure that was made again and is another.
type difference struct{ figure, cell, said, made string }

// differences compares what a version says with what was made again, number by number.
func differences(said, made map[string]analysis.Answer) (out []difference) {
	ids := slices.Concat(slices.Collect(maps.Keys(said)), slices.Collect(maps.Keys(made)))
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		x, y := cells(said[id]), cells(made[id])
		if _, both := made[id]; !both || said[id].Question.Group == "" {
			out = append(out, difference{figure: id, cell: "the figure"})
			continue
		}
		keys := slices.Concat(slices.Collect(maps.Keys(x)), slices.Collect(maps.Keys(y)))
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			if x[key] != y[key] {
				out = append(out, difference{id, key, x[key], y[key]})
			}
		}
	}
	return out
}

// cells are the numbers of an answer, by what a finding calls them.
func cells(a analysis.Answer) map[string]string {
	out := map[string]string{}
	put := func(name string, cases int64, totals map[string]int64) {
		out[name+", cases"] = strconv.FormatInt(cases, 10)
		for unit, micro := range totals {
			out[name+", "+unit] = i18n.Decimal(micro)
		}
	}
	put("the whole", a.Cases, a.Totals)
	for _, g := range a.Groups {
		name := strconv.Quote(g.Value)
		if a.Question.Split != "" {
			name += " and " + strconv.Quote(g.Split)
		}
		put(name, g.Cases, g.Totals)
	}
	return out
}
