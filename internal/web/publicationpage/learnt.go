package publicationpage

import (
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// lessons puts in the operation's lessons learnt, where the chapter is that of lessons
// and its reader reads them.
func (s site) lessons(r *http.Request, v *frame.Visit, c *chapter) error {
	if c.Kind != publication.Lessons {
		return nil
	}
	page, err := s.Learnt.List(r.Context(), v.Actor(), frame.CodeOf(r), learnt.Filter{})
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	c.learnt = page.Items
	slices.SortStableFunc(c.learnt, func(a, b learnt.Item) int { return cmp.Compare(a.Seq, b.Seq) })
	return err
}

// offered are the lessons that may be put in and do not stand in a text yet.
func (c chapter) offered(text string) (out []learnt.Item) {
	for _, l := range c.learnt {
		if l.Told() && !strings.Contains(text, publication.LessonMark(l.Seq)) {
			out = append(out, l)
		}
	}
	return out
}

// insert puts the offered lessons at the end of the text that was typed; where the
// chapter stands in an edition whose readers may not read them, it says so.
func (c chapter) insert(p *kit.Page, typed url.Values) error {
	if !publication.ForCustoms(typed["editions"]) {
		var wrong fault.Problems
		wrong.Add("editions", "report.lessons-for-customs")
		return wrong.Fault()
	}
	field := "texts." + c.Report.Language
	text := strings.TrimSpace(lines(typed.Get(field)))
	for _, l := range c.offered(text) {
		text = strings.TrimSpace(text + "\n\n" + told(p, l))
	}
	typed.Set(field, text)
	return nil
}

// told is a lesson as text of a chapter: what its author wrote stays words, whatever
// signs are in it.
func told(p *kit.Page, l learnt.Item) string {
	owner, due := p.T("learnt.nobody"), p.T("learnt.no-day")
	if l.Owner.Number != 0 {
		owner = frame.Called(p, l.Owner)
	}
	if l.Due != "" {
		due = p.Printer.Day(l.Due)
	}
	parts := []string{"### " + unmarked(l.Title) + " " + publication.LessonMark(l.Seq), unmarked(l.Happened)}
	if l.Proposed != "" {
		parts = append(parts, "**"+p.T("learnt.field.proposed")+"**", unmarked(l.Proposed))
	}
	return strings.Join(append(parts, p.T("publicationpage.lesson-follow", fault.Args{"owner": unmarked(owner), "due": due, "state": p.Printer.Code(codelist.LearntState.Name(), l.State)})), "\n\n")
}

var (
	signs    = regexp.MustCompile("[\\\\`*_{}\\[\\]<>#|~]")
	ordinal  = regexp.MustCompile(`(?m)^(\s*\d+)([.)])`)
	listSign = regexp.MustCompile(`(?m)^(\s*)([-+=])`)
)

// unmarked takes from words what Markdown would read in them.
func unmarked(s string) string {
	s = signs.ReplaceAllString(s, `\$0`)
	return listSign.ReplaceAllString(ordinal.ReplaceAllString(s, `$1\$2`), `$1\$2`)
}

// reportPage prints in the language of the report, where the program speaks it.
func (s site) reportPage(c chapter, p *kit.Page) *kit.Page {
	other := *p
	if lang := i18n.Lang(c.Report.Language); slices.Contains(i18n.Languages(), lang) {
		other.Printer = s.Printer(c.Standing, lang)
	}
	return &other
}

// traced lead from the marks in the chapter's texts to their lessons.
func (c chapter) traced(p *kit.Page) (out []kit.Link) {
	for _, l := range c.learnt {
		if !c.marks(l) {
			continue
		}
		out = append(out, kit.Link{Label: publication.LessonMark(l.Seq) + " " + l.Title,
			Href: p.Operation.Href + "learnt/" + string(l.ID) + "?" + url.Values{"of": {string(l.By.ID)}}.Encode()})
	}
	return out
}

// stale are marks of lessons that may not be told any more: dropped since, or for
// coordination only.
func (c chapter) stale() (out []string) {
	for _, l := range c.learnt {
		if c.marks(l) && !l.Told() {
			out = append(out, publication.LessonMark(l.Seq))
		}
	}
	return out
}

func (c chapter) marks(l learnt.Item) bool {
	for _, text := range c.Texts {
		if strings.Contains(text, publication.LessonMark(l.Seq)) {
			return true
		}
	}
	return false
}

func (c chapter) offeredCount() int64 {
	return int64(len(c.offered(c.form.Value("texts." + c.Report.Language))))
}

// inserted shows the form again with the lessons in its text. Nothing is saved.
func (s site) inserted(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	c, p, err := s.chapter(r, v, access.ReportWrite)
	if err != nil {
		return err
	}
	typed := frame.Keep(r.PostForm)
	typed.Del("insert")
	return s.editPage(w, r, v, typed, publication.Written{}, c.insert(s.reportPage(c, p), typed))
}
