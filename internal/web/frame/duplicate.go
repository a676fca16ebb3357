package frame

import (
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// HintTone is the colour of a hint; its words say the same.
func HintTone(s links.Strength) kit.Tone {
	switch s {
	case links.Strong:
		return kit.Bad
	case links.Likely:
		return kit.Warn
	}
	return kit.Neutral
}

// HintReason says in words what two cases share.
func HintReason(p *kit.Page, r links.Reason) string {
	args := fault.Args{}
	switch r.Kind {
	case links.ByMark:
		args["kind"], args["number"] = p.Printer.Code(codelist.Consignment.Name(), r.Mark.Kind), p.Printer.Isolate(r.Mark.Value)
	case links.ByPicture:
		args["same"] = int64(64 - r.Differ)
	case links.ByBrand:
		args["brand"] = p.Printer.Isolate(r.Brand)
	case links.ByQuantity:
		args["quantity"] = p.Printer.Quantity(r.Quantity.Micro, r.Quantity.Unit)
	}
	return p.T("duplicate.reason."+r.Kind, args)
}

// SettleHref is the page on which two cases stand side by side.
func SettleHref(base, one, other string) string {
	return base + "duplicates/settle?" + url.Values{"one": {one}, "other": {other}}.Encode()
}

// CaseWords names a case by its goods, place and day, in one line.
func CaseWords(p *kit.Page, c seizure.Case) string {
	var parts []string
	seen := map[string]bool{}
	for _, l := range c.Goods {
		if l.Category != "" && !seen[l.Category] {
			seen[l.Category] = true
			parts = append(parts, p.Printer.Code(codelist.Category.Name(), l.Category))
		}
	}
	for _, s := range []string{c.Place, p.Printer.Country(c.Country)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if c.Day != "" {
		parts = append(parts, p.Printer.Day(c.Day))
	}
	out := ""
	for i, s := range parts {
		if i > 0 {
			out += " · "
		}
		out += p.Printer.Isolate(s)
	}
	return out
}
