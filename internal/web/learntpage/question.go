package learntpage

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// ready is the prefix of the words of ready-made questions in the catalogues.
const ready = "evaluation.ready."

// text is what a question asks, in the reader's language where it is ready-made.
func text(p *kit.Page, q evaluation.Question) string {
	if q.Ready != "" {
		return p.T(ready + q.Ready)
	}
	return p.Printer.Isolate(q.Text)
}

// ends are what the ends of a scale mean.
func ends(p *kit.Page, q evaluation.Question) (low, high string) {
	if q.Ready != "" {
		return p.T(ready + q.Ready + ".low"), p.T(ready + q.Ready + ".high")
	}
	return p.Printer.Isolate(q.Low), p.Printer.Isolate(q.High)
}

// choice is what one choice of a question says.
func choice(p *kit.Page, q evaluation.Question, i int) string {
	if q.Ready != "" {
		return p.T(ready + q.Ready + "." + strconv.Itoa(i+1))
	}
	return p.Printer.Isolate(q.Choices[i])
}

// label is a question in the summary of what is wrong.
func (a asked) label(p *kit.Page, _ evaluation.Evaluation) string {
	if a.session.ID != "" {
		return p.T("evaluation.of-session", fault.Args{"question": text(p, a.Question), "session": a.session.Title})
	}
	return text(p, a.Question)
}

// hint says what the ends of a scale mean.
func (a asked) hint(p *kit.Page) string {
	low, high := ends(p, a.Question)
	if a.Kind != evaluation.Scale || low == "" && high == "" {
		return ""
	}
	return p.T("evaluation.scale", fault.Args{"low": low, "high": high, "first": int64(1), "last": int64(evaluation.Steps)})
}

func (a asked) options(p *kit.Page) []kit.Option {
	var out []kit.Option
	if a.Kind == evaluation.Scale {
		for n := range evaluation.Steps {
			out = append(out, kit.Option{Value: strconv.Itoa(n + 1), Label: p.Printer.Number(int64(n + 1))})
		}
		return out
	}
	for i := range a.Options() {
		out = append(out, kit.Option{Value: strconv.Itoa(i), Label: choice(p, a.Question, i)})
	}
	return out
}

// field is the field of a question in the form of who answers.
func (a asked) field(p *kit.Page) kit.Field {
	return kit.Field{Name: a.name(), Label: a.label(p, evaluation.Evaluation{}), Hint: a.hint(p), Options: a.options(p), Optional: true, Inline: a.Kind == evaluation.Scale || a.Options() <= 3 && !a.Several,
		Rows: 3, MaxLength: evaluation.MaxWords}
}

// put writes a question into the form of who asks, in the words of its reader.
func put(p *kit.Page, f url.Values, i int, q evaluation.Question) {
	at := "questions." + strconv.Itoa(i)
	low, high := "", ""
	if q.Kind == evaluation.Scale {
		low, high = plain(p, q, ".low", q.Low), plain(p, q, ".high", q.High)
	}
	var choices []string
	for n := range q.Options() {
		words := ""
		if q.Ready == "" {
			words = q.Choices[n]
		}
		choices = append(choices, plain(p, q, "."+strconv.Itoa(n+1), words))
	}
	f.Set(at, plain(p, q, "", q.Text))
	f.Set(at+".kind", kindOf(q))
	f.Set(at+".low", low)
	f.Set(at+".high", high)
	f.Set(at+".choices", strings.Join(choices, "\n"))
	if q.Each {
		f.Set(at+".each", "yes")
	}
}

// plain are the words of a part of a question, without marks of direction.
func plain(p *kit.Page, q evaluation.Question, part, own string) string {
	if q.Ready != "" {
		return p.T(ready + q.Ready + part)
	}
	return own
}

// several is the choice of a question with choices of which more than one may be made.
const several = "several"

func kindOf(q evaluation.Question) string {
	if q.Several {
		return several
	}
	return q.Kind
}

// posed is the one conversion of the form of who asks. A row without words is none. A
// ready-made question whose words nobody touched stays ready-made: everybody reads it in
// their own language.
func posed(p *kit.Page, f url.Values) evaluation.Draft {
	d := evaluation.Draft{Language: f.Get("language"), Intro: lines(f.Get("intro")), Opens: f.Get("opens"), Closes: f.Get("closes")}
	d.Version, _ = strconv.ParseInt(f.Get("version"), 10, 64) // none is none
	for i := range (posing{form: kit.Form{Values: f}}).rows() {
		at := "questions." + strconv.Itoa(i)
		q := evaluation.Question{Kind: f.Get(at + ".kind"), Each: f.Get(at+".each") != "", Text: strings.TrimSpace(f.Get(at)), Low: f.Get(at + ".low"), High: f.Get(at + ".high")}
		if q.Text == "" {
			continue
		}
		if q.Kind == several {
			q.Kind, q.Several = evaluation.Choice, true
		}
		for line := range strings.Lines(lines(f.Get(at + ".choices"))) {
			if line = strings.TrimSpace(line); line != "" {
				q.Choices = append(q.Choices, line)
			}
		}
		d.Questions = append(d.Questions, untouched(p, q))
	}
	return d
}

// untouched is the ready-made question that a row still is, or the row.
func untouched(p *kit.Page, q evaluation.Question) evaluation.Question {
	for _, r := range evaluation.ReadyMade() {
		was := url.Values{}
		r.Each = q.Each
		put(p, was, 0, r)
		var choices []string
		if r.Kind == evaluation.Choice {
			choices = strings.Split(was.Get("questions.0.choices"), "\n")
		}
		same := q.Kind == r.Kind && !q.Several && q.Text == was.Get("questions.0")
		if r.Kind == evaluation.Scale {
			same = same && q.Low == was.Get("questions.0.low") && q.High == was.Get("questions.0.high")
		}
		if same && (r.Kind != evaluation.Choice || slices.Equal(q.Choices, choices)) {
			return r
		}
	}
	return q
}
