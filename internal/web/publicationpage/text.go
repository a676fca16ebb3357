package publicationpage

import (
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// written are the blocks of a text with the values of the figures that it names.
func written(p *kit.Page, text, lang string, answers map[string]analysis.Answer, official analysis.Answer) []rendition.Block {
	filled, _ := publication.Fill(text, func(place publication.Place) (string, bool) {
		g, ok := publication.Look(place, answers, official)
		if !ok {
			return "", false
		}
		return placed(p, place.Unit, g), true
	})
	return markdown(filled, lang)
}

// placed is the value of a figure in a sentence.
func placed(p *kit.Page, unit string, g analysis.Group) string {
	switch unit {
	case "":
		return saidOf(p, g.Cases, g.Totals)
	case publication.Cases:
		return p.Printer.Number(g.Cases)
	}
	return p.Printer.Micro(g.Totals[unit])
}

// saidOf is cases and quantities in one sentence.
func saidOf(p *kit.Page, cases int64, t results.Totals) string {
	if len(t) == 0 {
		return p.T("publicationpage.said.cases", fault.Args{"count": cases})
	}
	return p.T("publicationpage.said", fault.Args{"cases": p.T("publicationpage.said.cases", fault.Args{"count": cases}), "totals": p.Printer.Totals(t)})
}

// markdown is what somebody typed; its first headings are those of the level at which
// it is shown.
func markdown(text, lang string) []rendition.Block { return rendition.Markdown(text, lang, 0) }
