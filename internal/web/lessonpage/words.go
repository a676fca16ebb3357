package lessonpage

import (
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// titleOf names a lesson as its reader may know it: the version, or what is written.
func titleOf(i lesson.Item, lang string) (text, in string) {
	if i.Says.Number > 0 {
		return i.Says.Title.In(lang, i.Says.Language)
	}
	return i.Plan.Title.In(lang, i.Plan.Language)
}

func (m showView) title(lang string) (text, in string) { return titleOf(m.Item, lang) }

func langOf(p *kit.Page) string { return string(p.Printer.Lang()) }

func (m writing) heading(p *i18n.Printer) string {
	if m.id != "" {
		return p.T("lessonpage.edit")
	}
	return p.T("lessonpage.new")
}

// action is where the form goes.
func (m writing) action() string {
	if m.id != "" {
		return base + m.id + "/edit"
	}
	return base + "new"
}

// sheets are the choices of what a lesson teaches.
func (m writing) sheets(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, s := range m.of.Sheets {
		name, _ := s.Name.In(langOf(p), s.Language)
		out = append(out, kit.Option{Value: string(s.Sheet), Label: name, Hint: p.T("lessonpage.supply", fault.Args{"count": s.Supply})})
	}
	return out
}

// explained are the chosen sheets, of which something may be said.
func (m writing) explained() []lesson.Stock {
	var out []lesson.Stock
	for _, s := range m.of.Sheets {
		if m.form.Has("sheets", string(s.Sheet)) {
			out = append(out, s)
		}
	}
	return out
}

// state says in a word how a lesson stands for its reader.
func state(p *kit.Page, i lesson.Item) (kit.Tone, string) {
	switch {
	case i.State == lesson.Draft:
		return kit.Neutral, p.Printer.Code(codelist.ProductState.Name(), i.State)
	case i.State == lesson.Withdrawn:
		return kit.Bad, p.Printer.Code(codelist.ProductState.Name(), i.State)
	case i.Mine:
		return kit.Good, p.Printer.Code(codelist.ProductState.Name(), i.State)
	case i.Open != nil:
		return kit.Warn, p.T("lessonpage.state.open", fault.Args{"done": i.Open.Answered, "count": int64(len(i.Open.Drawn))})
	case i.Last != nil:
		return kit.Good, p.T("lessonpage.state.done", fault.Args{"right": i.Last.Right, "count": i.Last.Answered})
	}
	return kit.Info, p.T("lessonpage.state.new")
}

// askView is a question, or its answer.
type askView struct {
	lesson.Asked
	lang string
	form kit.Form
}

func (m askView) heading(p *i18n.Printer) string {
	if m.Answer == nil {
		return p.T("lessonpage.ask." + m.Question.Kind)
	}
	if m.Answer.Right {
		return p.T("lessonpage.right")
	}
	return p.T("lessonpage.wrong")
}

// text is a text of the sheet for the reader.
func (m askView) text(t product.Text) (text, in string) { return t.In(m.lang, m.Sheet.Language) }

// picture is a picture of the question; false: it is not shown any more.
func (m askView) picture(id attachment.ID) (attachment.Attachment, bool) {
	a, ok := m.Pictures[id]
	return a, ok && a.IsPicture()
}

// choice is one of the two answers.
type choice struct {
	option  string
	label   string
	alt     string        // of its picture
	picture attachment.ID // empty: words
	text    string
	lang    string
}

// choices are the two answers of a question, as they were drawn.
func (m askView) choices(p *kit.Page) []choice {
	q := m.Question
	out := []choice{{option: lesson.First}, {option: lesson.Second}}
	switch q.Kind {
	case lesson.PairKind:
		out[0].picture, out[1].picture = q.Pair.Fake, q.Pair.Genuine
		if !m.Drawn.FakeFirst() {
			out[0].picture, out[1].picture = out[1].picture, out[0].picture
		}
		out[0].label, out[1].label = p.T("lessonpage.pick.first"), p.T("lessonpage.pick.second")
		out[0].alt, out[1].alt = p.T("lessonpage.alt.first"), p.T("lessonpage.alt.second")
	case lesson.FeatureKind:
		genuine, fake, in := q.Both(m.lang, m.Sheet.Language)
		out[0].text, out[1].text, out[0].lang, out[1].lang = genuine, fake, in, in
		if m.Drawn.Swap {
			out[0].text, out[1].text = out[1].text, out[0].text
		}
		out[0].label, out[1].label = p.T("lessonpage.pick.this-first"), p.T("lessonpage.pick.this-second")
	default:
		out[0].label, out[1].label = p.T("lessonpage.genuine"), p.T("lessonpage.fake")
	}
	return out
}

// shown is the picture of a picture question.
func (m askView) shown() attachment.ID {
	if m.Drawn.ShowsFake() {
		return m.Question.Pair.Fake
	}
	return m.Question.Pair.Genuine
}

// hint is the description of a hint question.
func (m askView) hint() (text, in string) {
	genuine, fake, in := m.Question.Both(m.lang, m.Sheet.Language)
	if m.Drawn.ShowsFake() {
		return fake, in
	}
	return genuine, in
}

// pair is what is shown after the answer; nil: there is none, or no more.
func (m askView) pair() *product.Pair {
	p := m.Question.Shown
	if m.Question.Pair.Genuine != "" {
		p = &m.Question.Pair
	}
	if p == nil {
		return nil
	}
	_, genuine := m.picture(p.Genuine)
	_, fake := m.picture(p.Fake)
	if !genuine && !fake {
		return nil
	}
	return p
}

// nowhere is the place of what is not on a picture.
var nowhere = [2]int{-1, -1}

// lens is one side of the pair with its features marked.
func (m askView) lens(p *kit.Page, a attachment.Attachment, genuine bool) kit.Lens {
	l := kit.Lens{Src: pictureHref(a), Width: a.Main.Width, Height: a.Main.Height, X: 500, Y: 500, Zoom: 1, Alt: p.T("lessonpage.fake")}
	if genuine {
		l.Alt = p.T("lessonpage.genuine")
	}
	for _, s := range m.Question.Spots {
		xy := s.At.Fake
		if genuine {
			xy = s.At.Genuine
		}
		if xy != nowhere {
			l.Pins = append(l.Pins, kit.Pin{Number: int64(s.Feature), X: int64(xy[0]), Y: int64(xy[1]), Diameter: int64(s.At.Diameter), On: true})
		}
	}
	return l
}

// numbered is a feature with its number on the sheet.
type numbered struct {
	number  int64
	feature product.Feature
}

// features are those that the answer speaks of.
func (m askView) features() []numbered {
	var out []numbered
	had := map[int]bool{} // a feature may be at several places of a picture
	add := func(n int) {
		if n >= 1 && n <= len(m.Sheet.Features) && !had[n] {
			had[n] = true
			out = append(out, numbered{int64(n), m.Sheet.Features[n-1]})
		}
	}
	switch m.Question.Kind {
	case lesson.FeatureKind, lesson.HintKind:
		add(m.Question.Number)
	default:
		for _, s := range m.Question.Spots {
			add(s.Feature)
		}
	}
	return out
}

// pictureHref is a picture, at the size for comparing.
func pictureHref(a attachment.Attachment) string {
	return "/o/" + string(operation.Library) + "/a/" + string(a.ID) + "?variant=" + string(attachment.Mid)
}

func sheetHref(c lesson.Copied) string { return "/p/" + string(c.Sheet) }

// what names the thing that a question is about.
func what(p *kit.Page, q lesson.Question, c lesson.Copied) words {
	if len(q.Title) > 0 {
		text, in := q.Title.In(langOf(p), c.Language)
		return words{text, in}
	}
	return words{text: p.T("lessonpage.pair", fault.Args{"number": int64(q.Number)})}
}

// words is words with their language.
type words struct{ text, in string }

func number(n int64) string { return strconv.FormatInt(n, 10) }
