package inquirypage

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func tone(v inquiry.View) kit.Tone {
	switch v.State {
	case inquiry.Open:
		return kit.Warn
	case inquiry.Answered:
		return kit.Good
	}
	return kit.Neutral
}

func (l listing) lede(p *kit.Page) string {
	if l.Holds {
		return p.T("inquirypage.list-holder")
	}
	return p.T("inquirypage.list-lede")
}

// links are the choices of the list.
func (l listing) links(p *kit.Page) []kit.Link {
	var out []kit.Link
	for _, s := range choices {
		href := "/inquiries/"
		label := p.T("inquirypage.all")
		if s == inquiry.Late {
			label = p.T("inquirypage.late")
		} else if s != "" {
			label = p.Printer.Code(codelist.InquiryState.Name(), s)
		}
		if s != "" {
			href += "?state=" + s
		}
		out = append(out, kit.Link{Label: label, Href: href})
	}
	return out
}

// here is the address of the choice that is shown.
func (l listing) here() string {
	if l.state == "" {
		return "/inquiries/"
	}
	return "/inquiries/?state=" + l.state
}

func (l listing) next() string {
	return "/inquiries/?" + url.Values{"state": {l.state}, "after": {string(l.Items[len(l.Items)-1].ID)}}.Encode()
}

func (l listing) rows(p *kit.Page) []kit.TableRow {
	var out []kit.TableRow
	for _, v := range l.Items {
		to := kit.Text(p.T("inquirypage.who-handles"))
		if v.Holder != 0 {
			to = kit.UserWords("", frame.Called(p, v.To))
		}
		row := kit.TableRow{Cells: []templ.Component{itemLink(p, v), kit.UserWords("", frame.Called(p, v.From)), to, due(p, v), standing(p, v)}}
		if v.IsLate {
			row.Tone = kit.Bad
		}
		out = append(out, row)
	}
	return out
}

// lede says until when an answer is due, or what it is.
func (m view) lede(p *kit.Page) string {
	args := fault.Args{"day": i18n.Day(m.Day.String()), "zone": m.Zone, "organisation": frame.Called(p, m.From)}
	switch {
	case m.State == inquiry.Withdrawn:
		return p.T("inquirypage.was-withdrawn", args)
	case m.Answer() != nil:
		args["verdict"] = p.Printer.Code(codelist.InquiryVerdict.Name(), m.Answer().Verdict)
		return p.T("inquirypage.answered-lede", args)
	case m.IsLate:
		return p.T("inquirypage.late-lede", args)
	}
	return p.T("inquirypage.due-lede", args)
}

func pictureName(p *kit.Page, n int) string {
	return p.T("inquirypage.picture", fault.Args{"number": int64(n)})
}

// pictures are those of an inquiry, by the way that both sides have.
func pictures(p *kit.Page, m view) []kit.File {
	var out []kit.File
	for n, a := range m.Files {
		out = append(out, fileOf(p, m.base+"/pictures/"+strconv.Itoa(n+1), n+1, a))
	}
	return out
}

func fileOf(p *kit.Page, href string, n int, a attachment.Attachment) kit.File {
	return kit.File{Name: pictureName(p, n), Href: href, Thumb: href + "?variant=thumbnail", Width: a.Thumbnail.Width, Height: a.Thumbnail.Height, Size: a.Main.Size}
}

// goodsRows are what was told, and nothing else.
func goodsRows(p *kit.Page, v inquiry.View) []kit.Row {
	var out []kit.Row
	if v.Holder == 0 || len(v.Told) == 0 {
		out = append(out, kit.Row{Label: p.T("inquirypage.field.category"), Value: kit.Listed(p, codelist.Category.Name(), v.Category)})
		if v.Code != "" {
			out = append(out, kit.Row{Label: p.T("inquirypage.field.code"), Value: kit.Code(v.Code)})
		}
	}
	for _, t := range v.Told {
		if t.Field == "photo" {
			continue
		}
		out = append(out, kit.Row{Label: toldLabel(p, t), Value: toldValue(p, t)})
	}
	if v.Sheet.ID != "" {
		row := kit.Row{Label: p.T("inquirypage.sheet"), Value: kit.UserWords("", v.Sheet.Title)}
		if slices.ContainsFunc(p.Nav, func(n kit.NavItem) bool { return strings.HasPrefix(n.Href, "/p/") }) { // who looks nothing up has no page of it
			row.Href, row.Action = "/p/"+v.Sheet.ID, p.T("inquirypage.open-sheet")
		}
		out = append(out, row)
	}
	return out
}

// marks are the kinds of mark that stand on goods.
var marks = []string{detention.Brand, detention.GTIN, detention.HS, detention.Batch}

func toldLabel(p *kit.Page, t detention.Told) string {
	for _, m := range marks {
		if t.List == m {
			return p.T("inquirypage.mark." + m)
		}
	}
	return p.Printer.Code(codelist.DisclosureField.Name(), t.Field)
}

func toldValue(p *kit.Page, t detention.Told) templ.Component {
	switch {
	case t.Unit != "":
		return kit.Quantity(p, t.Micro, t.Unit)
	case t.List == detention.GTIN || t.List == detention.HS || t.List == detention.Batch:
		return kit.Code(t.Text)
	case t.Code != "" && t.Text != "":
		return kit.Join(kit.Listed(p, t.List, t.Code), kit.UserWords("", t.Text))
	case t.List == codelist.Country.Name() && t.Code != "":
		return kit.Country(p, t.Code)
	case t.Code != "":
		return kit.Listed(p, t.List, t.Code)
	case t.Text != "":
		return kit.UserWords("", t.Text)
	}
	return nil
}

// rows are what is known of the question itself.
func (m view) rows(p *kit.Page) []kit.Row {
	out := checkRows(p, m.View)
	if m.Reference != "" {
		href := "/o/" + string(m.Operation.Code) + "/c/" + m.Reference
		out = append(out, kit.Row{Label: p.T("inquirypage.case"), Value: kit.Code(m.Reference), Href: href, Action: p.T("inquirypage.open-case")})
	}
	if who := m.People[m.Author].Name; who != "" {
		out = append(out, kit.Row{Label: p.T("inquirypage.by"), Value: kit.UserWords("", who)})
	}
	return append(out, kit.Row{Label: p.T("inquirypage.asked"), Value: kit.When(p, m.At)})
}

func checkRows(p *kit.Page, v inquiry.View) []kit.Row {
	to := kit.Text(p.T("inquirypage.who-handles"))
	if v.Holder != 0 {
		to = kit.UserWords("", frame.Called(p, v.To))
	}
	out := []kit.Row{{Label: p.T("inquirypage.column.from"), Value: kit.UserWords("", frame.Called(p, v.From))}, {Label: p.T("inquirypage.column.to"), Value: to},
		{Label: p.T("inquirypage.due"), Value: due(p, v)}}
	if v.Step != "" {
		out = append(out, kit.Row{Label: p.T("inquirypage.by-law"), Value: kit.Listed(p, codelist.ClockStep.Name(), v.Step)})
	}
	return out
}

// history are answers and legal replies, the newest first.
func (m view) history(p *kit.Page) []kit.Event {
	var out []kit.Event
	for n := len(m.Answers) - 1; n >= 0; n-- {
		a := m.Answers[n]
		e := kit.Event{At: a.At, Who: m.who(p, a.Organisation, a.Author), Title: p.Printer.Code(codelist.InquiryVerdict.Name(), a.Verdict), Body: answerBody(p, a), Tone: kit.Info}
		if n < len(m.Answers)-1 {
			e.Tone = kit.Neutral
		}
		out = append(out, e)
	}
	for n := len(m.Replies) - 1; n >= 0; n-- {
		r := m.Replies[n]
		out = append(out, kit.Event{At: r.At, Who: m.who(p, r.Organisation, r.Author), Title: p.T("inquirypage.reply"), Body: replyBody(p, r)})
	}
	return out
}

func (m view) who(p *kit.Page, organisation int64, person string) string {
	name := frame.Called(p, m.Answerers[organisation])
	if n := m.People[person].Name; n != "" {
		name += " · " + n
	}
	return name
}

func replyRows(p *kit.Page, r inquiry.Reply) []kit.Row {
	var out []kit.Row
	for _, said := range [][2]string{{"infringes", r.Infringes}, {"destruction", r.Destruction}, {"proceedings", r.Proceedings}, {"costs", r.Costs}} {
		if said[1] != "" {
			out = append(out, kit.Row{Label: p.T("inquirypage.field." + said[0]), Value: kit.Listed(p, codelist.InquirySays.Name(), said[1])})
		}
	}
	return append(out, kit.Row{Label: p.T("inquirypage.field.day"), Value: kit.Day(p, r.Day)})
}

func numbers(p *kit.Page, all []int) string {
	var out []string
	for _, n := range all {
		out = append(out, p.Printer.Number(int64(n)))
	}
	return strings.Join(out, " · ")
}

func partTasks(p *kit.Page, m view) []kit.Task {
	var out []kit.Task
	for _, v := range m.Parts {
		t := kit.Task{Label: frame.Called(p, v.To), Href: frame.InquiryHref(string(v.ID)), State: p.Printer.Code(codelist.InquiryState.Name(), v.State), Tone: tone(v)}
		if a := v.Answer(); a != nil {
			t.State = p.Printer.Code(codelist.InquiryVerdict.Name(), a.Verdict)
		}
		out = append(out, t)
	}
	return out
}

// amendHref leads to the case's own form with the verdict in it.
func (m view) amendHref() string {
	at := "goods." + strconv.Itoa(m.Line) + "."
	return "/o/" + string(m.Operation.Code) + "/c/" + m.Reference + "/amend?" +
		url.Values{at + "verdict": {m.Answer().GoodsVerdict()}, at + "verdict_by": {"right-holder"}}.Encode()
}

func (m asking) holders(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, o := range m.Holders {
		out = append(out, kit.Option{Value: string(o.ID), Label: frame.Called(p, o)})
	}
	return out
}

// sheets are named with whose they are: without scripts all stand in one list.
func (m asking) sheets(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, i := range m.Sheets {
		name, _ := i.Content.Name.In(string(p.Printer.Lang()), i.Content.Language)
		out = append(out, kit.Option{Value: string(i.ID), Label: p.Printer.Isolate(name) + " · " + p.Printer.Isolate(frame.Called(p, i.Holder))})
	}
	return out
}

func (m asking) lines(p *kit.Page) []kit.Option {
	var out []kit.Option
	for n, l := range m.Case.Goods {
		out = append(out, kit.Option{Value: strconv.Itoa(n + 1), Label: p.Printer.Code(codelist.Category.Name(), l.Category), Hint: strings.Trim(l.Brand+" · "+l.Description, " ·")})
	}
	return out
}

func (m asking) fields(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, f := range m.tellable() {
		out = append(out, kit.Option{Value: f, Label: p.Printer.Code(codelist.DisclosureField.Name(), f)})
	}
	return out
}

func (m asking) thumbs(p *kit.Page) []kit.File {
	var out []kit.File
	for n, photo := range m.showable() {
		f := frame.FileOf(p, photo.File)
		f.Name = pictureName(p, n+1)
		out = append(out, f)
	}
	return out
}

func (m asking) photos(p *kit.Page) []kit.Option {
	var out []kit.Option
	for n, photo := range m.showable() {
		out = append(out, kit.Option{Value: string(photo.File.ID), Label: pictureName(p, n+1), Hint: photo.Caption})
	}
	return out
}

func (m asking) stage(p *kit.Page) string {
	return p.T("inquirypage.hint.fields", fault.Args{"stage": p.Printer.Code(codelist.ClockStage.Name(), m.Telling.Stage)})
}

func (m asking) dueHint(p *kit.Page) string {
	if m.Telling.Due == 0 {
		return p.T("inquirypage.hint.due")
	}
	return p.T("inquirypage.hint.due-law", fault.Args{"day": i18n.Day(m.Telling.Due.String())})
}

func blackLinks(p *kit.Page, m asking) []kit.Link {
	var out []kit.Link
	for _, f := range m.held {
		out = append(out, kit.Link{Label: p.T("attachment.blacken", fault.Args{"name": f.Name}), Href: f.Black})
	}
	return out
}
