package effectpage

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// field names a field of a row of whom a course reached.
func field(n int, name string) string { return "reach." + strconv.Itoa(n) + "." + name }

// rowsOf is how many rows a form has: as many as it says, or as were filled.
func rowsOf(f url.Values) int {
	n, _ := strconv.Atoi(f.Get("rows")) // what is no number has none
	for name := range f {
		if rest, ok := strings.CutPrefix(name, "reach."); ok {
			number, _, _ := strings.Cut(rest, ".")
			at, _ := strconv.Atoi(number)
			n = max(n, at)
		}
	}
	return min(max(n, 0), course.MaxReach)
}

// labels names the fields for the summary of what is wrong.
func labels(p *kit.Page, rows int) map[string]string {
	out := frame.Labels(p, "coursepage.field.", "title", "language", "starts", "ends", "teacher", "parent", "reports", "topics", "reason")
	for n := 1; n <= rows; n++ {
		for _, name := range []string{"post", "function", "people"} {
			out[field(n, name)] = p.T("coursepage.in-row", fault.Args{"field": p.T("coursepage.field." + name), "row": int64(n)})
		}
	}
	return out
}

// filled is the form of a course as it stands.
func filled(c course.Choices) url.Values {
	o := c.Course
	if o == nil {
		return url.Values{}
	}
	out := url.Values{"version": {strconv.FormatInt(o.Version, 10)}, "title": {o.Title}, "language": {o.Language}, "starts": {o.Starts}, "ends": {o.Ends},
		"teacher": {string(o.Teacher)}, "topics": o.Topics}
	if c.From != nil {
		out.Set("parent", string(c.From.ID))
	}
	if c.On != nil {
		out.Set("reports", string(c.On.ID))
	}
	for i, r := range o.Reach {
		out.Set(field(i+1, "post"), r.Post)
		out.Set(field(i+1, "function"), r.Function)
		out.Set(field(i+1, "people"), strconv.FormatInt(r.People, 10))
	}
	return out
}

// href is the address of a course: its organisation gave it the id, so whoever is of
// another one says whose it is.
func href(p *kit.Page, i course.Item, more string) string {
	at := p.Operation.Href + "courses/" + string(i.ID) + more
	if !i.Mine {
		at += "?" + url.Values{"of": {string(i.Of.ID)}}.Encode()
	}
	return at
}

func teachers(p *kit.Page, all []course.Teacher) []kit.Option {
	var out []kit.Option
	for _, t := range all {
		label := t.Name
		if t.Trained {
			label = p.T("coursepage.teacher-trained", fault.Args{"name": t.Name})
		}
		out = append(out, kit.Option{Value: string(t.ID), Label: label})
	}
	return out
}

func workshops(p *kit.Page, all []workshop.Workshop) []kit.Option {
	var out []kit.Option
	for _, w := range all {
		out = append(out, kit.Option{Value: string(w.ID), Label: p.T("coursepage.workshop", fault.Args{"title": p.Printer.Isolate(w.Title), "day": p.Printer.Day(w.Starts)})})
	}
	return out
}

// days are the days of a course in words.
func days(p *kit.Page, c course.Course) string {
	if c.Ends == c.Starts {
		return p.Printer.Day(c.Starts)
	}
	return p.Printer.Range(c.Starts, c.Ends)
}

func topics(p *kit.Page, c course.Course) string {
	var out []string
	for _, t := range c.Topics {
		out = append(out, p.Printer.Code(codelist.CourseTopic.Name(), t))
	}
	return p.Printer.List(out)
}

// cascadeWords tell whether a course passes on what was learnt at a workshop.
func cascadeWords(p *kit.Page, is bool) string {
	if is {
		return p.T("coursepage.cascade")
	}
	return p.T("coursepage.no-cascade")
}

// stateWords are what happened in a version.
func stateWords(p *kit.Page, v course.Version) string {
	switch {
	case v.State == course.Withdrawn:
		return p.T("coursepage.was-withdrawn")
	case v.Version == 1:
		return p.T("coursepage.was-recorded")
	}
	return p.T("coursepage.was-amended")
}
