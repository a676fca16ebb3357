package frame

import (
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// SortedOptions are codes of a list to choose from, by their labels.
func SortedOptions(p *kit.Page, list codelist.List, codes []string) []kit.Option {
	codes = slices.Clone(codes)
	label := func(code string) string { return p.Printer.Code(list.Name(), code) }
	p.Printer.SortByLabel(codes, label)
	return options(codes, label)
}

// NamedOptions are those codes of a list that have a name, by that name, and the
// chosen one: codes that nobody has named are nobody's choice.
func NamedOptions(p *kit.Page, list codelist.List, chosen string) []kit.Option {
	return SortedOptions(p, list, slices.DeleteFunc(list.Codes(), func(code string) bool {
		return code != chosen && p.Printer.Code(list.Name(), code) == code
	}))
}

// ListOptions are all codes of a list in the list's own order, which says something.
func ListOptions(p *kit.Page, list codelist.List) []kit.Option {
	return options(list.Codes(), func(code string) string { return p.Printer.Code(list.Name(), code) })
}

// Languages are those that a text may be written in, and the chosen one.
func Languages(p *kit.Page, chosen string) []kit.Option {
	codes := codelist.Language.Codes()
	if chosen != "" && !slices.Contains(codes, chosen) {
		codes = append(codes, chosen)
	}
	p.Printer.SortByLabel(codes, p.Printer.Language)
	return options(codes, p.Printer.Language)
}

func options(codes []string, label func(code string) string) []kit.Option {
	out := make([]kit.Option, 0, len(codes))
	for _, code := range codes {
		out = append(out, kit.Option{Value: code, Label: label(code)})
	}
	return out
}

// OrganisationOptions lists organisations to choose from, by name; value is ByID
// or ByNumber.
func OrganisationOptions(p *kit.Page, list []organisation.Organisation, value func(organisation.Organisation) string) []kit.Option {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b organisation.Organisation) int { return p.Printer.Compare(Called(p, a), Called(p, b)) })
	var out []kit.Option
	for _, o := range list {
		out = append(out, kit.Option{Value: value(o), Label: Called(p, o)})
	}
	return out
}

// ByID and ByNumber are the two ways in which forms name an organisation.
func ByID(o organisation.Organisation) string     { return string(o.ID) }
func ByNumber(o organisation.Organisation) string { return strconv.FormatInt(o.Number, 10) }
