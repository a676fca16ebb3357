package frame

import (
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// kindWords are the words for the kinds of numbers in every language, folded.
var kindWords = sync.OnceValue(func() map[string]string {
	words := map[string]string{}
	for _, lang := range i18n.Languages() {
		p := i18n.NewPrinter(lang)
		for _, kind := range codelist.Consignment.Codes() {
			words[i18n.Fold(p.Code(codelist.Consignment.Name(), kind))] = kind
		}
	}
	for _, kind := range codelist.Consignment.Codes() {
		words[kind] = kind
	}
	return words
})

// said cuts the word for a kind, in any language, from the beginning of a line.
func said(line string) (kind, rest string, ok bool) {
	word, rest, ok := strings.Cut(strings.ReplaceAll(line, "：", ":"), ":")
	kind = kindWords()[i18n.Fold(word)]
	return kind, strings.TrimSpace(rest), ok && kind != ""
}

// ReadMarks reads the field of numbers, one a line; blank lines are none.
func ReadMarks(text string) []consignment.Mark {
	var out []consignment.Mark
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if kind, value, ok := said(line); ok {
			out = append(out, consignment.Mark{Kind: kind, Value: value})
		} else {
			out = append(out, consignment.Parse(line))
		}
		if len(out) > consignment.MaxListed {
			return out // one too many: the draft says so
		}
	}
	return out
}

// MarkLines writes what was listed into the field: ReadMarks of it gives the same.
func MarkLines(marks []consignment.Mark) string {
	var lines []string
	for _, m := range consignment.Listed(marks) {
		if _, _, ok := said(m.Value); ok || consignment.Parse(m.Value) != (consignment.Mark{Kind: m.Kind, Value: m.Value}) {
			lines = append(lines, m.Kind+": "+m.Value)
		} else {
			lines = append(lines, m.Value)
		}
	}
	return strings.Join(lines, "\n")
}

// Spoken writes the kinds in a field of numbers in the reader's language.
func Spoken(p *kit.Page, text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		if kind, rest, ok := said(line); ok {
			lines[i] = p.Printer.Code(codelist.Consignment.Name(), kind) + ": " + rest
		}
	}
	return strings.Join(lines, "\n")
}

// checkedMarks are the numbers of a field as they would be kept.
func checkedMarks(text string) []consignment.Mark {
	var p fault.Problems
	return consignment.Clean(&p, "marks", ReadMarks(text))
}

// whyFailed says why a check digit does not hold; empty when it does, or there is none.
func whyFailed(p *kit.Page, m consignment.Mark) string {
	c, has := m.Checked()
	switch {
	case !has || c.OK:
		return ""
	case c.Want != "":
		return p.T(c.Reason, fault.Args{"want": c.Want})
	}
	return p.T(c.Reason)
}

// MarkWords are numbers with what they are, in one text.
func MarkWords(p *kit.Page, marks []consignment.Mark) string {
	var out []string
	for _, m := range marks {
		out = append(out, p.Printer.Code(codelist.Consignment.Name(), m.Kind)+" "+p.Printer.Isolate(m.Value))
	}
	return strings.Join(out, " · ")
}

// values are the numbers alone.
func values(p *kit.Page, marks []consignment.Mark) string {
	var out []string
	for _, m := range marks {
		out = append(out, m.Value)
	}
	return p.Printer.List(out)
}

// RecordForm is the form of the address that a page of a record has within its
// operation: where linking goes back to.
var RecordForm = regexp.MustCompile(`^(m/[0-9]{1,18}|c/[A-Z0-9-]{1,40})$`)

// recordPath is the address of a record within its operation.
func recordPath(r links.Record) string {
	if r.Case != nil {
		return "c/" + r.Case.Reference
	}
	return strings.TrimPrefix(MessageHref("", r.Message.Seq), "/")
}

// recordName is what a record is called in a sentence.
func recordName(p *kit.Page, r links.Record) string {
	if r.Case != nil {
		return p.T("consignment.case", fault.Args{"reference": r.Case.Reference})
	}
	return LetterTitle(p, *r.Message)
}

// Beside is the part of a record's page about its consignment.
type Beside struct {
	links.Consignment
	Base   string // of the operation
	Record int64
	Path   string // of the page within the operation
}

// Beside asks what belongs to the same consignment as a record that the reader
// may read.
func (s *Site) Beside(r *http.Request, v *Visit, p *kit.Page, record int64, path string) (Beside, error) {
	c, err := s.Links.Of(r.Context(), v.Actor(), CodeOf(r), record)
	return Beside{Consignment: c, Base: p.Operation.Href, Record: record, Path: path}, err
}
