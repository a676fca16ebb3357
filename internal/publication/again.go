package publication

import (
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Again makes the figures of a version anew from cases as they stood, for whoever
// trusts nobody: with the same sections, as of the same index.
func Again(o operation.Operation, v Version, cases []seizure.Case) Version {
	v.count(o, cases)
	return v
}

// Differences says what a version says otherwise than the one before, from the cases
// behind each, by number.
func Differences(o operation.Operation, before, v Version, was, is map[int64]seizure.Case) []Change {
	return changes(o, before, v, was, is)
}

// FigureDifferences says in which cells two makings of the same version differ.
func FigureDifferences(said, made Version) []Change {
	out := figureChanges(Official, said.Official, made.Official)
	out = append(out, figureChanges(classes, said.Classes, made.Classes)...)
	for _, id := range figureIDs(said, made) {
		x, had := said.Answers[id]
		y, has := made.Answers[id]
		if !had || !has {
			out = append(out, Change{Kind: ChangedFigure, Subject: id})
			continue
		}
		out = append(out, figureChanges(id, x, y)...)
	}
	return out
}

// classes names the figure of cases by class in FigureDifferences.
const classes = "classes"
