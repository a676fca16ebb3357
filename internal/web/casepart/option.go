package casepart

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// UnitOptions are the units in the order in which they are read out.
func UnitOptions(p *kit.Page) []kit.Option {
	codes := codelist.Unit.Codes()
	i18n.SortUnits(codes)
	var out []kit.Option
	for _, code := range codes {
		out = append(out, kit.Option{Value: code, Label: p.Printer.Unit(code)})
	}
	return out
}

// OutcomeOptions are the choices of a status.
func OutcomeOptions(p *kit.Page) []kit.Option {
	codes := codelist.Outcome.Codes()
	return frame.SortedOptions(p, codelist.Outcome, slices.Clone(codes))
}

// CategoryOptions are all categories, those of the operation's scope first.
func CategoryOptions(p *kit.Page, o operation.Operation) []kit.Option {
	scope := o.Scope.Categories
	var rest []string
	for _, code := range codelist.Category.Codes() {
		if !slices.Contains(scope, code) {
			rest = append(rest, code)
		}
	}
	out := frame.SortedOptions(p, codelist.Category, scope)
	for i := range out {
		out[i].Group = p.T("casepage.in-scope")
	}
	others := frame.SortedOptions(p, codelist.Category, rest)
	for i := range others {
		if len(scope) > 0 {
			others[i].Group = p.T("casepage.out-of-scope")
		}
	}
	return append(out, others...)
}
