package learntpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

func workshopOf(r *http.Request) workshop.ID { return workshop.ID(r.PathValue("id")) }

func workshopHref(w workshop.Workshop) string { return "/t/" + string(w.ID) }

// located finds the operation of the workshop in the address.
func (s site) located(r *http.Request, v *frame.Visit) (operation.Code, error) {
	return s.Workshops.Locate(r.Context(), v.Actor(), workshopOf(r))
}

func (s site) look(r *http.Request, v *frame.Visit) (evaluation.Opened, *kit.Page, error) {
	code, err := s.located(r, v)
	if err != nil {
		return evaluation.Opened{}, nil, err
	}
	o, err := s.Evaluations.Read(r.Context(), v.Actor(), code, workshopOf(r))
	if err != nil {
		return o, nil, err
	}
	return o, s.Inside(r, v, o.Standing, v.Printer.T("evaluation.title"), o.Workshop.Title), nil
}

// evaluation is what its reader does with it: whoever asks sees how far it is, a
// participant answers, a speaker reads results.
func (s site) evaluation(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, p, err := s.look(r, v)
	if err != nil {
		return err
	}
	switch {
	case o.MayAsk && !(o.MayAnswer && r.URL.Query().Has("answer")):
		return frame.Show(w, r, http.StatusOK, askedPage(p, o))
	case o.MayAnswer && o.Asked:
		return s.answerPage(w, r, p, o, said(o.Own), 0, nil)
	}
	return frame.SeeOther(w, r, r.URL.Path+"/results", "")
}

// answering is the form of a participant at one of its screens.
type answering struct {
	evaluation.Opened
	form    kit.Form
	screens []screen
	at      int
}

func (s site) answerPage(w http.ResponseWriter, r *http.Request, p *kit.Page, o evaluation.Opened, typed url.Values, at int, wrong error) error {
	m := answering{Opened: o, form: kit.FormOf(typed, wrong), screens: screens(o)}
	m.at = min(max(at, 0), max(len(m.screens)-1, 0))
	if f, ok := frame.AsFault(wrong); ok && len(f.Fields) > 0 {
		m.at = max(0, slices.IndexFunc(m.screens, func(x screen) bool {
			return slices.ContainsFunc(x, func(a asked) bool { return a.name() == f.Fields[0].Path })
		}))
	}
	m.form.Labels = map[string]string{}
	for _, x := range m.screens {
		for _, a := range x {
			m.form.Labels[a.name()] = a.label(p, o.Evaluation)
		}
	}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), answerPage(p, m))
}

// answer goes from screen to screen with what was said so far in the form, and sends
// it from the last one.
func (s site) answer(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, p, err := s.look(r, v)
	if err != nil {
		return err
	}
	if !o.MayAnswer {
		return fault.Missing()
	}
	f := frame.Keep(r.PostForm)
	at, _ := strconv.Atoi(f.Get("screen")) // none is the first
	switch {
	case f.Has("next"):
		return s.answerPage(w, r, p, o, f, at+1, nil)
	case f.Has("back"):
		return s.answerPage(w, r, p, o, f, at-1, nil)
	}
	err = s.Evaluations.Answer(r.Context(), v.Actor(), o.Standing.Operation.Code, o.Workshop.ID, read(o, f))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, r.URL.Path, "evaluation-answered")
	case frame.Refused(err):
		return s.answerPage(w, r, p, o, f, at, err)
	}
	return err
}

// said is what stands already, as the form has it.
func said(all []evaluation.Said) url.Values {
	f := url.Values{}
	for _, s := range all {
		if s.Words != "" {
			f.Set(s.Path(), s.Words)
		}
		for _, n := range s.Values {
			f.Add(s.Path(), strconv.Itoa(n))
		}
	}
	return f
}

// read is the one conversion of the form.
func read(o evaluation.Opened, f url.Values) []evaluation.Said {
	var out []evaluation.Said
	for _, x := range screens(o) {
		for _, a := range x {
			one := evaluation.Said{Question: a.Key, Session: a.session.ID}
			for _, typed := range f[a.name()] {
				if a.Kind == evaluation.Text {
					one.Words = lines(typed)
				} else if n, err := strconv.Atoi(typed); err == nil {
					one.Values = append(one.Values, n)
				} else if typed != "" {
					one.Values = append(one.Values, -1) // refused by the store
				}
			}
			if one.Words != "" || len(one.Values) > 0 {
				out = append(out, one)
			}
		}
	}
	return out
}

// asked is one question as it stands in the form.
type asked struct {
	evaluation.Question
	session workshop.Session // zero: of the whole workshop
}

func (a asked) name() string {
	return evaluation.Said{Question: a.Key, Session: a.session.ID}.Path()
}

// screen is what is asked at once on a phone.
type screen []asked

// How many questions stand on one screen, so that the way on is seen without rolling:
// each of a session bears its title, too, and words need room.
const (
	mostWhole    = 2
	mostSessions = 2
	mostWords    = 1
)

// screens are the form in parts: first what is chosen of the whole workshop, then
// session after session, words last.
func screens(o evaluation.Opened) []screen {
	var whole, words, sessions []asked
	for _, q := range o.Evaluation.Questions {
		switch {
		case q.Each:
		case q.Kind == evaluation.Text:
			words = append(words, asked{Question: q})
		default:
			whole = append(whole, asked{Question: q})
		}
	}
	for _, x := range o.Sessions {
		for _, q := range o.Evaluation.Questions {
			if q.Each {
				sessions = append(sessions, asked{q, x})
			}
		}
	}
	var out []screen
	for _, group := range []struct {
		all  []asked
		most int
	}{{whole, mostWhole}, {sessions, mostSessions}, {words, mostWords}} {
		for part := range slices.Chunk(group.all, group.most) {
			out = append(out, part)
		}
	}
	return out
}

// posing is the form of who asks.
type posing struct {
	evaluation.Opened
	form kit.Form
}

// rows of questions that the form has at first beside those that stand, and at most.
func (m posing) rows() int {
	n, err := strconv.Atoi(m.form.Value("rows"))
	if err != nil {
		n = len(evaluation.ReadyMade())
	}
	return min(max(n, 1), evaluation.MaxQuestions)
}

func (s site) asking(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, p, err := s.look(r, v)
	if err != nil {
		return err
	}
	typed := url.Values{"language": {frame.WrittenIn(v)}, "opens": {max(o.Workshop.Ends, o.Today)}, "closes": {later(max(o.Workshop.Ends, o.Today))}}
	all := evaluation.ReadyMade()
	if e := o.Evaluation; o.Asked {
		typed, all = url.Values{"language": {e.Language}, "opens": {e.Opens}, "closes": {e.Closes}, "intro": {e.Intro}, "version": {strconv.FormatInt(e.Version, 10)}}, e.Questions
	}
	typed.Set("rows", strconv.Itoa(len(all)))
	for i, q := range all {
		put(p, typed, i, q)
	}
	return s.posePage(w, r, p, o, typed, nil)
}

// later is a week after a day.
func later(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, 7).Format(time.DateOnly)
}

func (s site) posePage(w http.ResponseWriter, r *http.Request, p *kit.Page, o evaluation.Opened, typed url.Values, wrong error) error {
	if !o.MayAsk {
		return fault.Missing()
	}
	m := posing{o, kit.FormOf(typed, wrong)}
	m.form.Labels = frame.Labels(p, "evaluation.field.", "language", "opens", "closes", "intro", "questions")
	for i := range m.rows() {
		m.form.Labels["questions."+strconv.Itoa(i)] = p.T("evaluation.question", fault.Args{"number": int64(i + 1)})
	}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), posePage(p, m))
}

func (s site) ask(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, p, err := s.look(r, v)
	if err != nil {
		return err
	}
	f := frame.Keep(r.PostForm)
	if f.Has("more") {
		f.Set("rows", strconv.Itoa(posing{form: kit.Form{Values: f}}.rows()+1))
		return s.posePage(w, r, p, o, f, nil)
	}
	_, err = s.Evaluations.Ask(r.Context(), v.Actor(), o.Standing.Operation.Code, o.Workshop.ID, posed(p, f))
	switch {
	case err == nil:
		return frame.SeeOther(w, r, strings.TrimSuffix(r.URL.Path, "/ask"), "evaluation-asked")
	case frame.Refused(err):
		return s.posePage(w, r, p, o, f, err)
	}
	return err
}

func (s site) close(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code, err := s.located(r, v)
	if err != nil {
		return err
	}
	if err := s.Evaluations.Close(r.Context(), v.Actor(), code, workshopOf(r)); err != nil {
		return err
	}
	return frame.SeeOther(w, r, strings.TrimSuffix(r.URL.Path, "/close")+"/results", "evaluation-closed")
}
