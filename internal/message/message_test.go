package message_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/message"
)

func goodDraft() message.Draft {
	return message.Draft{ID: "01890a5d-ac96-774b-bcce-b302099a8057", Template: message.General, Subject: "Briefing", Body: "At eight.",
		Language: "en", TLP: "AMBER", To: audience.Address{Sides: []access.Side{access.Enforcement}}}
}

func goodWarning() message.Draft {
	d := goodDraft()
	d.Template, d.ReplyDue = message.Warning, start.Add(time.Hour)
	return d
}

func goodFeedback() message.Draft {
	d := goodDraft()
	d.Template, d.Outcome, d.Answers, d.Subject, d.Body, d.To = message.Feedback, "hit", 7, "", "", audience.Address{}
	return d
}

func TestCheck(t *testing.T) {
	general, warning, feedback := goodDraft, goodWarning, goodFeedback
	for name, c := range map[string]struct {
		from   func() message.Draft
		change func(d *message.Draft)
		want   string // path: key, or nothing
	}{
		"general":              {general, func(*message.Draft) {}, ""},
		"warning":              {warning, func(*message.Draft) {}, ""},
		"feedback":             {feedback, func(*message.Draft) {}, ""},
		"answer":               {general, func(d *message.Draft) { d.Answers, d.Subject, d.To = 7, "", audience.Address{} }, ""},
		"regional language":    {general, func(d *message.Draft) { d.Language = "pt-BR" }, ""},
		"Arabic with marks":    {general, func(d *message.Draft) { d.Body = "حاوية \u200fMSKU\u200f" }, ""},
		"longest body":         {general, func(d *message.Draft) { d.Body = strings.Repeat("ж", message.MaxBody) }, ""},
		"no id":                {general, func(d *message.Draft) { d.ID = "" }, "id: fault.not-an-id"},
		"id in capitals":       {general, func(d *message.Draft) { d.ID = message.ID(strings.ToUpper(string(d.ID))) }, "id: fault.not-an-id"},
		"template":             {general, func(d *message.Draft) { d.Template = "seizure" }, "template: fault.unknown-code"},
		"no subject":           {general, func(d *message.Draft) { d.Subject = "  " }, "subject: fault.required"},
		"subject of two lines": {general, func(d *message.Draft) { d.Subject = "a\nb" }, "subject: fault.control-character"},
		"subject overridden":   {general, func(d *message.Draft) { d.Subject = "a\u202eb" }, "subject: fault.direction-character"},
		"subject too long":     {general, func(d *message.Draft) { d.Subject = strings.Repeat("a", 201) }, "subject: fault.too-long"},
		"no body":              {general, func(d *message.Draft) { d.Body = " \n" }, "body: fault.required"},
		"body with NUL":        {general, func(d *message.Draft) { d.Body = "a\x00" }, "body: fault.control-character"},
		"body not UTF-8":       {general, func(d *message.Draft) { d.Body = "a\xff" }, "body: fault.not-utf8"},
		"body too long":        {general, func(d *message.Draft) { d.Body = strings.Repeat("a", message.MaxBody+1) }, "body: fault.too-long"},
		"no language":          {general, func(d *message.Draft) { d.Language = "" }, "language: fault.language"},
		"not a language":       {general, func(d *message.Draft) { d.Language = "xx-klingon" }, "language: fault.language"},
		"no TLP":               {general, func(d *message.Draft) { d.TLP = "" }, "tlp: message.tlp"},
		"TLP 1.0":              {general, func(d *message.Draft) { d.TLP = "WHITE" }, "tlp: message.tlp"},
		"to nobody":            {general, func(d *message.Draft) { d.To = audience.Address{} }, "to: message.to"},
		"to an unknown side":   {general, func(d *message.Draft) { d.To.Sides[0] = "press" }, "to: message.to-unknown"},
		"to too many":          {general, func(d *message.Draft) { d.To.Organisations = numbers(301) }, "to: fault.too-many-items"},
		"to 300":               {general, func(d *message.Draft) { d.To.Organisations = numbers(300) }, ""},
		"apart and with": {general, func(d *message.Draft) { d.To.Apart, d.To.Sides = true, []access.Side{access.Coordination} },
			"apart: message.apart"},
		"answers below zero":      {general, func(d *message.Draft) { d.Answers = -1 }, "answers: fault.not-an-id"},
		"general with outcome":    {general, func(d *message.Draft) { d.Outcome = "hit" }, "outcome: message.outcome-of-feedback"},
		"general with due":        {general, func(d *message.Draft) { d.ReplyDue = start.Add(time.Hour) }, "reply_due: message.due-of-warning"},
		"general with profile":    {general, func(d *message.Draft) { d.Profile.Category = "PHA" }, "category: message.profile-of-warning"},
		"warning without due":     {warning, func(d *message.Draft) { d.ReplyDue = time.Time{} }, "reply_due: message.due"},
		"due now":                 {warning, func(d *message.Draft) { d.ReplyDue = start }, "reply_due: message.due-past"},
		"due a microsecond later": {warning, func(d *message.Draft) { d.ReplyDue = start.Add(time.Microsecond) }, ""},
		"due in a year":           {warning, func(d *message.Draft) { d.ReplyDue = start.Add(message.MaxDue) }, ""},
		"due later":               {warning, func(d *message.Draft) { d.ReplyDue = start.Add(message.MaxDue + time.Microsecond) }, "reply_due: message.due-far"},
		"request without due":     {general, func(d *message.Draft) { d.Template = message.Request }, ""},
		"request due in a day":    {general, func(d *message.Draft) { d.Template, d.ReplyDue = message.Request, start.Add(24*time.Hour) }, ""},
		"general that expires":    {general, func(d *message.Draft) { d.Expires = start.Add(time.Hour) }, "category: message.profile-of-warning"},
		"general with arrival":    {general, func(d *message.Draft) { d.Arrival.Place = "Qasr" }, "category: message.profile-of-warning"},
		"warning of a shipment": {warning, func(d *message.Draft) {
			d.Expires, d.Source, d.Urgent = start.Add(time.Hour), "risk-profile", true
			d.Arrival = message.Arrival{At: start.Add(-time.Hour), Place: "Port of Qasr", Zone: "Asia/Bangkok"}
		}, ""},
		"expired":               {warning, func(d *message.Draft) { d.Expires = start }, "expires: message.expires-past"},
		"expires too late":      {warning, func(d *message.Draft) { d.Expires = start.Add(message.MaxDue + 1000) }, "expires: message.moment-far"},
		"arrives too late":      {warning, func(d *message.Draft) { d.Arrival.At = start.Add(message.MaxDue + 1000) }, "arrival: message.moment-far"},
		"place of two lines":    {warning, func(d *message.Draft) { d.Arrival.Place = "a\nb" }, "arrival_place: fault.control-character"},
		"no such zone":          {warning, func(d *message.Draft) { d.Arrival.Zone = "Asia/Atlantis" }, "arrival_zone: message.zone"},
		"local zone":            {warning, func(d *message.Draft) { d.Arrival.Zone = "Local" }, "arrival_zone: message.zone"},
		"no such source":        {warning, func(d *message.Draft) { d.Source = "rumour" }, "source: fault.unknown-code"},
		"unknown field":         {general, func(d *message.Draft) { d.Fields = message.Fields{"x": "y"} }, "fields.x: message.field-unknown"},
		"warning that answers":  {warning, func(d *message.Draft) { d.Answers = 7 }, "answers: message.warning-begins"},
		"unknown category":      {warning, func(d *message.Draft) { d.Profile.Category = "GUN" }, "category: fault.unknown-code"},
		"unknown destination":   {warning, func(d *message.Draft) { d.Profile.Destination = "UK" }, "destination: fault.unknown-code"},
		"feedback on nothing":   {feedback, func(d *message.Draft) { d.Answers, d.To, d.Subject = 0, goodDraft().To, "x" }, "answers: message.feedback-of-warning"},
		"feedback, no outcome":  {feedback, func(d *message.Draft) { d.Outcome = "" }, "outcome: message.outcome"},
		"feedback, odd outcome": {feedback, func(d *message.Draft) { d.Outcome = "seized" }, "outcome: message.outcome"},
		"not checked, why":      {feedback, func(d *message.Draft) { d.Outcome = "not-checked" }, "body: message.reason"},
		"not checked, said":     {feedback, func(d *message.Draft) { d.Outcome, d.Body = "not-checked", "Gone." }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := c.from()
			c.change(&d)
			if got := problems(d.Check(start)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func numbers(n int) (out []int64) {
	for i := range n {
		out = append(out, int64(i+1))
	}
	return out
}

// problems gives "path: key" of every field, or of the fault as a whole.
func problems(err error) string {
	if err == nil {
		return ""
	}
	f, ok := err.(*fault.Fault)
	if !ok {
		return "not a fault: " + err.Error()
	}
	var out []string
	for _, p := range f.Fields {
		out = append(out, p.Path+": "+p.Key)
	}
	return strings.Join(out, ", ")
}

// FuzzCheck: whatever is typed is answered with problems that have a text, and
// what is taken can be shown.
func FuzzCheck(f *testing.F) {
	f.Add("general", "Briefing", "At eight.", "en", "AMBER", "enforcement", int64(0), "", int64(0))
	f.Add("warning", "A\u202eb", "x\x00", "zz", "WHITE", "press", int64(-3), "hit", int64(1)<<62)
	f.Add("feedback", "", "", "ar-EG-u-nu-latn", "RED", "", int64(9), "not-checked", int64(-1)<<63)
	known := map[string]bool{}
	for _, k := range i18n.Keys(i18n.English) {
		known[k] = true
	}
	f.Fuzz(func(t *testing.T, template, subject, body, language, tlp, side string, answers int64, outcome string, due int64) {
		d := message.Draft{ID: goodDraft().ID, Template: template, Subject: subject, Body: body, Language: language, TLP: tlp,
			Answers: answers, Outcome: outcome, ReplyDue: time.UnixMicro(due)}
		if side != "" {
			d.To.Sides = []access.Side{access.Side(side)}
		}
		err := d.Check(start)
		if err == nil {
			if !utf8.ValidString(subject+body) || utf8.RuneCountInString(subject) > 40*message.MaxSubject ||
				strings.ContainsRune(subject+body, 0) || !slices.Contains(message.Templates(), template) {
				t.Errorf("taken: %+v", d)
			}
			return
		}
		if !fault.Is(err, fault.Invalid) {
			t.Fatalf("not Invalid: %v", err)
		}
		for _, p := range err.(*fault.Fault).Fields {
			if !known[p.Key] {
				t.Errorf("%s: no text for %s", p.Path, p.Key)
			}
		}
	})
}

func TestOutcome(t *testing.T) {
	for _, c := range []struct{ said, want string }{
		{"", ""},
		{"1 clean", "clean"},
		{"1 clean, 2 hit", "hit"},
		{"1 hit, 1 clean", "clean"}, // the newest of an organisation
		{"1 not-checked, 2 not-arrived", "not-arrived"},
		{"1 moved-on, 2 surveillance, 3 clean", "surveillance"},
		{"1 released, 2 moved-on", "released"},
	} {
		if got := message.Outcome(said(c.said)); got != c.want {
			t.Errorf("%q: got %q, want %q", c.said, got, c.want)
		}
	}
}

// said makes feedbacks of "organisation outcome, ...", oldest first.
func said(text string) (out []message.Message) {
	for i, one := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' }) {
		f := strings.Fields(one)
		out = append(out, message.Message{Seq: int64(i + 1), Organisation: int64(f[0][0] - '0'), Template: message.Feedback, Outcome: f[1]})
	}
	return out
}

// TestOutcomeIsStable: the order of reading changes nothing, what is no feedback
// changes nothing, and with any feedback there is an outcome that somebody gave.
func TestOutcomeIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "n")
		var all []message.Message
		for i := range n {
			all = append(all, message.Message{Seq: int64(i + 1), Organisation: rapid.Int64Range(1, 4).Draw(t, "from"), Template: message.Feedback,
				Outcome: rapid.SampledFrom(codelist.Feedback.Codes()).Draw(t, "outcome")})
		}
		want := message.Outcome(all)
		if !slices.ContainsFunc(all, func(m message.Message) bool { return m.Outcome == want }) {
			t.Fatalf("nobody said %q", want)
		}
		more := append(rapid.Permutation(all).Draw(t, "order"), message.Message{Seq: 99, Organisation: 1, Template: message.General})
		if got := message.Outcome(more); got != want {
			t.Fatalf("in another order %q, not %q", got, want)
		}
	})
}

func TestOverdue(t *testing.T) {
	m := message.Message{ReplyDue: start}
	for _, c := range []struct {
		after time.Duration
		want  bool
	}{{-time.Microsecond, false}, {0, true}, {time.Hour, true}} {
		if got := m.Overdue(start.Add(c.after)); got != c.want {
			t.Errorf("%v after it is due: %v", c.after, got)
		}
	}
	if (message.Message{}).Overdue(start) {
		t.Error("a message that asks nothing is overdue")
	}
}
