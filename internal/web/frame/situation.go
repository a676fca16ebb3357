package frame

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/results"
)

// namedGroups is how many categories and countries a situation report names.
const namedGroups = 5

// SituationSubject is the subject of a situation report.
func SituationSubject(p *i18n.Printer, s results.Situation) string {
	return p.T("situation.subject", fault.Args{"day": i18n.Day(s.Day)})
}

// SituationText is a situation report in the writer's language: the figures of the
// day, then those since the start. Who is silent is for coordination and the
// country itself, and a message goes to others: it says nothing of silence.
func SituationText(p *i18n.Printer, s results.Situation) string {
	var lines []string
	add := func(key string, args ...fault.Args) { lines = append(lines, p.T(key, args...)) }
	add("situation.text.day", fault.Args{"day": i18n.Day(s.Day)})
	add("situation.text.cases", fault.Args{"count": s.OfDay.Cases})
	if s.OfDay.Cases > 0 {
		add("situation.text.totals", fault.Args{"totals": p.Totals(s.OfDay.Totals)})
		add("situation.text.categories", fault.Args{"list": groupList(p, s.OfDay.Categories, func(c string) string { return p.Code("category", c) })})
		add("situation.text.countries", fault.Args{"list": groupList(p, s.OfDay.Countries, p.Country)})
	}
	if s.Whole {
		add("situation.text.nil", fault.Args{"count": s.Today.NilReports, "controls": s.Today.Controls})
	}
	add("situation.text.warnings", fault.Args{"count": s.Sent})
	lines = append(lines, "")
	add("situation.text.since")
	add("situation.text.cases", fault.Args{"count": s.Since.Cases})
	add("situation.text.totals", fault.Args{"totals": p.Totals(s.Since.Totals)})
	if s.Whole {
		add("situation.text.nil", fault.Args{"count": s.ToDate.NilReports, "controls": s.ToDate.Controls})
	}
	add("situation.text.all-warnings", fault.Args{"count": s.Warnings, "open": s.Open.All})
	return strings.Join(lines, "\n")
}

// groupList names the largest groups with their cases.
func groupList(p *i18n.Printer, groups []results.Group, label func(string) string) string {
	var out []string
	for i, g := range groups {
		if i == namedGroups {
			break
		}
		name := label(g.Value)
		if g.Value == "" {
			name = p.T("overview.unknown")
		}
		out = append(out, p.T("situation.text.group", fault.Args{"name": name, "count": g.Cases}))
	}
	return p.List(out)
}
