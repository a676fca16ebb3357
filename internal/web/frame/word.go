package frame

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// Called is an organisation's name for this reader.
func Called(p *kit.Page, o organisation.Organisation) string {
	return o.Called(string(p.Printer.Lang()))
}

// OrganisationRows are what is known of an organisation.
func OrganisationRows(p *kit.Page, o organisation.Organisation) []kit.Row {
	rows := []kit.Row{{Label: p.T("people.kind"), Value: kit.Listed(p, "organisation-kind", o.Kind)}}
	if o.Country != "" {
		rows = append(rows, kit.Row{Label: p.T("people.country"), Value: kit.Country(p, o.Country)})
	}
	return append(rows, kit.Row{Label: p.T("people.time-zone"), Value: kit.Code(o.TimeZone)},
		kit.Row{Label: p.T("people.own-name"), Value: kit.UserWords(o.Language, o.Name)})
}

// PhaseName is a phase's own name, or that of its kind.
func PhaseName(p *kit.Page, ph operation.Phase) string {
	if ph.Name != "" {
		return ph.Name
	}
	return p.Printer.Code("phase-kind", ph.Kind)
}

// Phases lists the calendar of an operation.
func Phases(p *kit.Page, o operation.Operation) []kit.Row {
	var out []kit.Row
	for _, ph := range o.Phases {
		out = append(out, kit.Row{Label: PhaseName(p, ph), Value: kit.Text(p.Printer.Range(ph.Starts, ph.Ends))})
	}
	return out
}

// Words is a text that somebody wrote in a language nobody noted: within a line,
// or of several lines.
func Words(text string) templ.Component {
	if strings.Contains(text, "\n") {
		return kit.UserText("", text)
	}
	return kit.UserWords("", text)
}

// Controls tells whether the reader's organisation controls goods: right holders
// and observers neither warn nor give feedback.
func Controls(st operation.Standing) bool {
	return st.Side() == access.Coordination || st.Side() == access.Enforcement
}

// TemplateName names the kind of a message.
func TemplateName(p *kit.Page, template string) string {
	if !slices.Contains(message.Templates(), template) {
		return template
	}
	return p.T("message.template." + template)
}

// LetterClass is the edge of colour of a message; its words say the same.
func LetterClass(m message.Message) string {
	switch {
	case m.Template == message.Warning:
		return "warn"
	case m.Template == message.Feedback && m.Outcome == "hit":
		return "good"
	case m.Template == message.Feedback:
		return "info"
	}
	return "neutral"
}

// LetterTitle is the subject of a message; an answer may have none.
func LetterTitle(p *kit.Page, m message.Message) string {
	if m.Subject != "" {
		return m.Subject
	}
	if m.Taken.State != "" {
		return p.T("withdrawal." + m.Taken.State)
	}
	return p.T("messagepage.answer-without-subject")
}

// MessageHref is the address of a message; base is that of its operation.
func MessageHref(base string, seq int64) string { return base + "m/" + strconv.FormatInt(seq, 10) }

// DocumentHref is the address of a document; base is that of its operation.
func DocumentHref(base string, seq int64) string {
	return base + "documents/" + strconv.FormatInt(seq, 10)
}

// WarningHref is where the acts about a warning or an urgent message stand.
func WarningHref(base string, seq int64) string {
	return base + "warnings/" + strconv.FormatInt(seq, 10)
}

// TLPValue is a label as the page's parts name it.
func TLPValue(code string) string { return strings.ToLower(code) }

// BaseLanguage is the language of a BCP 47 tag, without its region.
func BaseLanguage(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return base
}
