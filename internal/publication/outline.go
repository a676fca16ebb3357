package publication

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
)

// Own is the kind of a section that is not of the outline: it has a Title.
const Own = "own"

// The chapters in which contributions of administrations are printed.
const (
	Interest   = "interest"
	Challenges = "challenges"
	Lessons    = "lessons"
)

var (
	everybody = []string{Enforcement, Holder, Public}
	customs   = []string{Enforcement}
)

func figure(id, show, group, split string) Figure {
	return Figure{ID: id, Show: show, Question: analysis.Question{Group: group, Split: split}}
}

// every is the figure of all cases, those that do not count included, and why.
func every(id string) Figure {
	f := figure(id, ShowTable, analysis.ByClass, "")
	f.Question.Where = map[string]string{"class": "all"}
	return f
}

// Outline is the report before anybody has written: the standard chapters in their
// order (domain.md 4.4), the editions that each stands in, and figures. The ID of a
// section is its kind; its heading stands under report.section.KIND.
func Outline() []Section {
	chapter := func(kind string, editions []string, figures ...Figure) Section {
		return Section{ID: kind, Kind: kind, Editions: slices.Clone(editions), Figures: figures}
	}
	return []Section{
		chapter("aim", everybody),
		chapter("legal", everybody),
		chapter("intelligence", customs), // sources, and indicators of risk
		chapter("participants", everybody),
		chapter("scope", everybody),
		chapter("method", everybody), // its phases and tools
		chapter("coordination", customs),
		chapter("holders", everybody), // cooperation with right holders
		chapter("results", everybody, figure("f1", ShowNumber, analysis.ByAll, ""), figure("f2", ShowLine, analysis.ByDay, "")),
		chapter("outcome", customs, every("f3"), figure("f4", ShowTable, analysis.ByStatus, "")),
		chapter("categories", everybody, figure("f5", ShowBars, analysis.ByCategory, ""), figure("f6", ShowTable, analysis.ByViolation, "")),
		chapter("countries", customs, figure("f7", ShowTable, analysis.ByCountry, ""), figure("f8", ShowTable, analysis.ByReporter, "")),
		chapter("provenance", customs, figure("f9", ShowBars, analysis.ByOrigin, ""), figure("f10", ShowTable, analysis.ByRoute, ""), figure("f12", ShowTable, analysis.ByCategory, analysis.ByConveyance)), // many small cells: for the public they would hide the great ones
		chapter("conveyance", everybody, figure("f11", ShowBars, analysis.ByConveyance, "")),
		chapter("detection", customs, figure("f13", ShowTable, analysis.ByDetection, "")),
		chapter("brands", customs, figure("f14", ShowTable, analysis.ByBrand, "")),
		chapter(Interest, customs),
		chapter(Challenges, customs),
		chapter(Lessons, customs),
		chapter("annexes", customs),
	}
}

// Kinds lists the kinds of sections: those of the outline, and Own.
func Kinds() []string {
	var out []string
	for _, s := range Outline() {
		out = append(out, s.Kind)
	}
	return append(out, Own)
}
