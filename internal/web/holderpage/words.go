package holderpage

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// firstSheet is where a sheet is begun.
const firstSheet = "/p/new"

// union are the countries in which a right of the European Union protects.
var union = []string{"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL",
	"PT", "RO", "SE", "SI", "SK"}

// eu is how a form calls all of them.
const eu = "EU"

// trimmed is a text without what surrounds it when it is pasted.
func trimmed(s string) string { return strings.TrimSpace(s) }

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// separated are the parts of a typed list: a comma or a space lies between them, in
// any of the scripts of the interface.
func separated(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\r\n,;.،؛、，", r) })
}

// countries reads codes of countries.
func countries(s string) []string {
	var out []string
	for _, code := range separated(s) {
		if code = strings.ToUpper(code); code == eu {
			out = append(out, union...)
			continue
		}
		out = append(out, code)
	}
	return out
}

// shortened are codes of countries as a form shows them.
func shortened(all []string) []string {
	if !holdsUnion(all) {
		return all
	}
	return append([]string{eu}, beside(all)...)
}

func holdsUnion(all []string) bool {
	return !slices.ContainsFunc(union, func(c string) bool { return !slices.Contains(all, c) })
}

func beside(all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(c string) bool { return slices.Contains(union, c) })
}

// named are countries in the reader's words; none: the words of that key.
func named(p *kit.Page, all []string, none string) string {
	if len(all) == 0 {
		return p.T(none)
	}
	var out []string
	if holdsUnion(all) {
		out, all = append(out, p.T("holderpage.eu")), beside(all)
	}
	for _, c := range all {
		out = append(out, p.Printer.Country(c))
	}
	return p.Printer.List(out)
}

// classes reads numbers of classes; what is none is read as one that does not exist.
func classes(s string) []int {
	var out []int
	for _, part := range separated(s) {
		n, err := strconv.Atoi(part)
		if err != nil {
			n = 0
		}
		out = append(out, n)
	}
	return out
}

func numbers(all []int) string {
	var out []string
	for _, n := range all {
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, ", ")
}

// tones of the states.
func tone(state string) kit.Tone {
	switch state {
	case holder.Checked:
		return kit.Good
	case holder.Asked, holder.Later:
		return kit.Info
	case holder.Revoked, holder.Expired:
		return kit.Bad
	}
	return kit.Neutral
}

func days(p *kit.Page, since, until string) string {
	switch {
	case since != "" && until != "":
		return p.Printer.Range(since, until)
	case since != "":
		return p.T("holderpage.from", fault.Args{"day": p.Printer.Day(since)})
	case until != "":
		return p.T("holderpage.until", fault.Args{"day": p.Printer.Day(until)})
	}
	return ""
}

// dialled is a telephone number as a telephone takes it.
func dialled(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// categories are the goods that a brand is on.
func categories(p *kit.Page, b holder.Brand) string {
	var out []string
	for _, c := range b.Categories {
		out = append(out, p.Printer.Code(codelist.Category.Name(), c))
	}
	return p.Printer.List(out)
}

// protected are the countries in which a right protects a brand today.
func protected(p *kit.Page, h holder.Holder, b holder.Brand) string {
	var all []string
	for _, r := range b.Rights {
		for _, c := range r.Countries {
			if !slices.Contains(all, c) && r.Protects(c, h.Standing.Today()) {
				all = append(all, c)
			}
		}
	}
	slices.Sort(all)
	return named(p, all, "holderpage.nowhere")
}

// files are the documents of a record.
func files(p *kit.Page, all []attachment.Attachment) []kit.File {
	var out []kit.File
	for _, a := range all {
		out = append(out, frame.LibraryFile(p, a))
	}
	return out
}

// written is who did something and when; whoever does not coordinate is not told who.
func written(p *kit.Page, h holder.Holder, person string, at time.Time) templ.Component {
	if name := h.Names[person].Name; name != "" {
		return kit.Join(kit.UserWords("", name), kit.Text("·"), kit.When(p, at))
	}
	return kit.When(p, at)
}
