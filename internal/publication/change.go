package publication

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// changes says what a version says otherwise than one before. was and is are the
// cases as they stood in each, by number: those at least that are not the same in both.
func changes(o operation.Operation, a, b Version, was, is map[int64]seizure.Case) []Change {
	out := caseChanges(o, a, b, was, is)
	out = append(out, figureChanges(Official, a.Official, b.Official)...)
	for _, id := range figureIDs(a, b) {
		x, had := a.Answers[id]
		y, has := b.Answers[id]
		switch {
		case !had:
			out = append(out, Change{Kind: ChangedFigure, Subject: id, After: strconv.FormatInt(y.Cases, 10)})
		case !has:
			out = append(out, Change{Kind: ChangedFigure, Subject: id, Before: strconv.FormatInt(x.Cases, 10)})
		default:
			out = append(out, figureChanges(id, x, y)...)
		}
	}
	return append(out, textChanges(a, b)...)
}

// Differences is that of two versions, for who makes them again offline.
func Differences(o operation.Operation, a, b Version, was, is map[int64]seizure.Case) []Change {
	return changes(o, a, b, was, is)
}

// moved lists the cases that are not the same in two versions, by number, with the
// version of the case that each report counted; 0: not at all.
func moved(a, b Version) map[int64][2]int64 {
	out := map[int64][2]int64{}
	before := map[int64]Basis{}
	for _, x := range a.Basis {
		before[x.Seq] = x
	}
	for _, y := range b.Basis {
		x := before[y.Seq]
		if x != y {
			out[y.Seq] = [2]int64{x.Version, y.Version}
		}
		delete(before, y.Seq)
	}
	for seq, x := range before {
		out[seq] = [2]int64{x.Version, 0}
	}
	return out
}

func caseChanges(o operation.Operation, a, b Version, was, is map[int64]seizure.Case) (out []Change) {
	for seq := range moved(a, b) {
		x, had := was[seq]
		y, has := is[seq]
		switch {
		case !had:
			out = append(out, Change{Kind: ChangedCase, Subject: y.Reference, After: y.Class})
		case !has:
			out = append(out, Change{Kind: ChangedCase, Subject: x.Reference, Before: x.Class})
		default:
			out = append(out, caseChange(o, x, y)...)
		}
	}
	slices.SortStableFunc(out, func(x, y Change) int { return cmp.Compare(x.Subject, y.Subject) })
	return out
}

// caseDimensions are those of which others follow.
func caseDimensions() []string {
	return []string{analysis.ByClass, analysis.ByDay, analysis.ByCountry, analysis.ByStatus, analysis.ByOrigin, analysis.ByDestination, analysis.ByCategory, analysis.ByBrand,
		analysis.ByViolation, analysis.ByConveyance, analysis.ByDirection, analysis.ByDetection}
}

// caseChange says in which pieces of figures two states of a case differ.
func caseChange(o operation.Operation, x, y seizure.Case) (out []Change) {
	say := func(value, before, after string) {
		if before != after {
			out = append(out, Change{Kind: ChangedCase, Subject: y.Reference, Value: value, Before: before, After: after})
		}
	}
	of := func(dimension string, c seizure.Case) analysis.Answer {
		return analysis.Tally(o, analysis.Question{Group: dimension, Where: everyClass()}, []seizure.Case{c})
	}
	before, after := of(analysis.ByAll, x), of(analysis.ByAll, y)
	for _, unit := range units(before.Totals, after.Totals) {
		say(unit, decimal(before.Totals, unit), decimal(after.Totals, unit))
	}
	for _, dimension := range caseDimensions() {
		if dimension == analysis.ByBrand && x.Redacted+y.Redacted != "" {
			continue // erased, not corrected
		}
		p, q := of(dimension, x), of(dimension, y)
		say(dimension, values(p), values(q))
		if values(p) != values(q) {
			continue
		}
		for _, g := range p.Groups {
			h, _ := cell(q, g.Value, g.Split)
			for _, unit := range units(g.Totals, h.Totals) {
				if before.Totals[unit] == after.Totals[unit] {
					say(dimension+"|"+g.Value+"|"+unit, decimal(g.Totals, unit), decimal(h.Totals, unit))
				}
			}
		}
	}
	return out
}

func everyClass() map[string]string { return map[string]string{"class": analysis.EveryClass} }

func values(a analysis.Answer) string {
	var all []string
	for _, g := range a.Groups {
		all = append(all, g.Value)
	}
	slices.Sort(all)
	return strings.Join(all, ",")
}

func units(a, b results.Totals) []string {
	all := slices.Concat(slices.Collect(maps.Keys(a)), slices.Collect(maps.Keys(b)))
	slices.Sort(all)
	return slices.Compact(all)
}

func decimal(t results.Totals, unit string) string {
	if micro, has := t[unit]; has {
		return i18n.Decimal(micro)
	}
	return ""
}

// figureIDs lists the figures of either version, f2 before f10.
func figureIDs(a, b Version) []string {
	all := slices.Concat(slices.Collect(maps.Keys(a.Answers)), slices.Collect(maps.Keys(b.Answers)))
	slices.SortFunc(all, func(x, y string) int { return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)) })
	return slices.Compact(all)
}

// figureChanges compares each cell and each unit of a figure, and the whole of it.
func figureChanges(id string, a, b analysis.Answer) (out []Change) {
	if db.Encoded(a.Question) != db.Encoded(b.Question) {
		return []Change{{Kind: ChangedFigure, Subject: id, Value: ChangedQuestion, Before: strconv.FormatInt(a.Cases, 10), After: strconv.FormatInt(b.Cases, 10)}}
	}
	x, y := cells(a), cells(b)
	keys := slices.Concat(slices.Collect(maps.Keys(x)), slices.Collect(maps.Keys(y)))
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		if x[key] != y[key] {
			out = append(out, Change{Kind: ChangedFigure, Subject: id, Value: key, Before: x[key], After: y[key]})
		}
	}
	return out
}

// cells are the numbers of an answer, by group, split and unit.
func cells(a analysis.Answer) map[string]string {
	out := map[string]string{}
	put := func(g analysis.Group) {
		at := g.Value + "|" + g.Split + "|"
		out[at] = strconv.FormatInt(g.Cases, 10)
		for unit := range g.Totals {
			out[at+unit] = decimal(g.Totals, unit)
		}
	}
	for _, g := range a.Groups {
		put(g)
	}
	put(analysis.Group{Cases: a.Cases, Totals: a.Totals})
	return out
}

// textChanges compares sections and contributions: that they differ, and how long they are.
func textChanges(a, b Version) (out []Change) {
	x, y := texts(a), texts(b)
	keys := slices.Concat(slices.Collect(maps.Keys(x)), slices.Collect(maps.Keys(y)))
	slices.SortFunc(keys, func(p, q Change) int {
		return cmp.Or(-cmp.Compare(p.Kind, q.Kind), cmp.Compare(p.Subject, q.Subject), cmp.Compare(p.Value, q.Value))
	})
	for _, key := range slices.Compact(keys) {
		before, had := x[key]
		after, has := y[key]
		if had && has && before == after {
			continue
		}
		if had {
			key.Before = strconv.Itoa(utf8.RuneCountInString(before))
		}
		if has {
			key.After = strconv.Itoa(utf8.RuneCountInString(after))
		}
		out = append(out, key)
	}
	return out
}

// texts are the words of a version, by what a Change says of each.
func texts(v Version) map[Change]string {
	out := map[Change]string{}
	for _, s := range v.Sections {
		out[Change{Kind: ChangedText, Subject: s.ID, Value: "editions"}] = strings.Join(s.Editions, ",")
		for lang, text := range s.Texts {
			out[Change{Kind: ChangedText, Subject: s.ID, Value: lang}] = text
		}
		for lang, text := range s.Title {
			out[Change{Kind: ChangedText, Subject: s.ID, Value: "title." + lang}] = text
		}
	}
	for _, c := range v.Contributions {
		out[Change{Kind: ChangedContribution, Subject: of(c.Organisation)}] = strings.Join([]string{c.Challenges, c.Lessons, c.Interest, strings.Join(c.Cases, " ")}, "\n")
	}
	return out
}
