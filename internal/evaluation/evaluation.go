package evaluation

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// The kinds of question (codelist.EvaluationKind).
const (
	Scale  = "scale" // 1 to 5
	Choice = "choice"
	Text   = "text"
)

// Limits.
const (
	Least        = 3 // answers from which on a result is shown
	Steps        = 5 // of a scale
	MaxQuestions = 20
	MaxChoices   = 10
	MaxWords     = 1000 // characters of an answer in words
	maxAnswers   = 4000 // of one person, to all questions of all sessions
	maxDays      = 366  // from the day on which it opens
)

// Question is one question of a form.
type Question struct {
	Key     string // of this form, given by the store
	Kind    string
	Each    bool     `json:",omitempty"` // asked for each session
	Several bool     `json:",omitempty"` // Choice: more than one may be chosen
	Ready   string   `json:",omitempty"` // a ready-made question: its words stand in the catalogues, in every language
	Text    string   `json:",omitempty"` // otherwise
	Low     string   `json:",omitempty"` // what 1 means
	High    string   `json:",omitempty"` // what 5 means
	Choices []string `json:",omitempty"`
}

// readyChoices is how many choices the ready-made questions of that kind have.
const readyChoices = 3

// ReadyMade is the form that an asker begins with. Their words are
// evaluation.ready.NAME in the catalogues.
func ReadyMade() []Question {
	return []Question{
		{Kind: Scale, Ready: "usefulness"}, {Kind: Choice, Ready: "level"}, {Kind: Choice, Ready: "pace"}, {Kind: Scale, Ready: "materials"},
		{Kind: Scale, Ready: "ready"}, {Kind: Text, Ready: "keep"}, {Kind: Text, Ready: "change"},
		{Kind: Scale, Each: true, Ready: "session"},
	}
}

// Options is how many choices a question has.
func (q Question) Options() int {
	switch {
	case q.Kind != Choice:
		return 0
	case q.Ready != "":
		return readyChoices
	}
	return len(q.Choices)
}

// Evaluation is what is asked about one workshop.
type Evaluation struct {
	Seq          int64 // index of the entry that asked
	Workshop     int64 // its number
	Of           workshop.ID
	Organisation int64 // that asks
	Author       string
	At           time.Time
	Audience     int64  // of the newest entry: the workshop's, and once it has ended of who reads results
	Language     string // BCP 47, of what is not ready-made
	Intro        string
	Opens        string // local days of the workshop, both among them
	Closes       string
	Questions    []Question
	Version      int64
	Ended        Ended `json:",omitzero"`
}

// Ended is that an evaluation is over, and what it came to.
type Ended struct {
	At      time.Time // zero: it is not
	Entry   int64
	By      string // person, or the name of the clock
	Answers int64
	Cells   []Cell
}

// Cell is the result of one question, of one session where it was asked for each.
type Cell struct {
	Question string
	Session  workshop.ID `json:",omitempty"`
	N        int64       // who answered it
	Counts   []int64     `json:",omitempty"` // Scale: of 1 to 5; Choice: of its choices. None below Least
	Words    []string    `json:",omitempty"` // none below Least
}

// Enough tells whether a result is shown.
func (c Cell) Enough() bool { return c.N >= Least }

// Mean is the mean of a scale in millionths.
func (c Cell) Mean() int64 {
	var n, sum int64
	for i, count := range c.Counts {
		n, sum = n+count, sum+count*int64(i+1)
	}
	if n == 0 {
		return 0
	}
	return (sum*2e6 + n) / (2 * n)
}

// Median is the median of a scale in millionths.
func (c Cell) Median() int64 {
	var n, seen int64
	for _, count := range c.Counts {
		n += count
	}
	var low, high int64
	for i, count := range c.Counts {
		if seen += count; low == 0 && seen*2 >= n && n > 0 {
			low = int64(i + 1)
		}
		if high == 0 && seen*2 > n {
			high = int64(i + 1)
		}
	}
	return (low + high) * 500_000
}

// EntrySubject is how the journal calls an evaluation.
func (e Evaluation) EntrySubject() string { return "evaluation/" + string(e.Of) }

// The stretches of an evaluation's life.
const (
	Planned = "planned" // its first day has not come
	Open    = "open"
	Over    = "over"  // its last day has passed; results are made in a moment
	Closed  = "ended" // and there they are
)

// State is where an evaluation stands on a local day of the workshop.
func (e Evaluation) State(today string) string {
	switch {
	case !e.Ended.At.IsZero():
		return Closed
	case today > e.Closes:
		return Over
	case today < e.Opens:
		return Planned
	}
	return Open
}

// today is the local day of a workshop.
func today(w workshop.Workshop, now time.Time) string {
	zone, err := time.LoadLocation(w.Zone)
	if err != nil {
		zone = time.UTC
	}
	return now.In(zone).Format(time.DateOnly)
}

// Draft is what is written to ask.
type Draft struct {
	Language  string
	Intro     string
	Opens     string
	Closes    string
	Questions []Question // their keys are given by the store
	Version   int64      // that was altered; 0: none was there
}

// clean gives the draft as it is stored. Paths are language, intro, opens, closes,
// questions and questions.N (from 0).
func (d Draft) clean(today, closed string) (Draft, error) {
	var p fault.Problems
	d.Language = i18n.CleanLanguage(&p, "language", d.Language)
	d.Intro = i18n.CleanField(&p, "intro", d.Intro, MaxWords, false, i18n.CleanBody)
	d.days(&p, today, closed)
	if len(d.Questions) == 0 {
		p.Add("questions", "fault.required")
	}
	if len(d.Questions) > MaxQuestions {
		p.Add("questions", "fault.too-many-items", fault.Args{"max": int64(MaxQuestions)})
		return d, p.Fault()
	}
	d.Questions = slices.Clone(d.Questions)
	for i, q := range d.Questions {
		d.Questions[i] = q.clean(&p, fmt.Sprintf("questions.%d", i))
		d.Questions[i].Key = fmt.Sprintf("q%d", i+1)
	}
	return d, p.Fault()
}

func (d Draft) days(p *fault.Problems, today, closed string) {
	from, badFrom := time.Parse(time.DateOnly, d.Opens)
	to, badTo := time.Parse(time.DateOnly, d.Closes)
	if badFrom != nil {
		p.Add("opens", "fault.not-a-date")
	}
	switch {
	case badTo != nil:
		p.Add("closes", "fault.not-a-date")
	case badFrom == nil && to.Before(from):
		p.Add("closes", "evaluation.closes-before")
	case d.Closes < today && d.Closes != closed:
		p.Add("closes", "task.due-past")
	case badFrom == nil && to.Sub(from) > maxDays*24*time.Hour:
		p.Add("closes", "fault.out-of-range")
	}
}

func (q Question) clean(p *fault.Problems, path string) Question {
	if !codelist.EvaluationKind.Has(q.Kind) {
		p.Add(path, "fault.choose-one")
		return q
	}
	q.Several = q.Several && q.Kind == Choice
	if q.Ready != "" {
		if !slices.ContainsFunc(ReadyMade(), func(r Question) bool { return r.Ready == q.Ready && r.Kind == q.Kind }) {
			p.Add(path, "fault.choose-one")
		}
		return Question{Kind: q.Kind, Each: q.Each, Ready: q.Ready}
	}
	q.Text = i18n.CleanField(p, path, q.Text, i18n.MaxName, true, i18n.CleanLine)
	if q.Kind != Scale {
		q.Low, q.High = "", ""
	}
	q.Low, q.High = i18n.CleanField(p, path, q.Low, i18n.MaxName, false, i18n.CleanLine), i18n.CleanField(p, path, q.High, i18n.MaxName, false, i18n.CleanLine)
	var choices []string
	for _, c := range q.Choices {
		if c = i18n.CleanField(p, path, c, i18n.MaxName, false, i18n.CleanLine); c != "" && q.Kind == Choice {
			choices = append(choices, c)
		}
	}
	if q.Choices = choices; q.Kind == Choice && (len(choices) < 2 || len(choices) > MaxChoices) {
		p.Add(path, "evaluation.choices", fault.Args{"max": int64(MaxChoices)})
	}
	return q
}

// Said is what somebody said to one question.
type Said struct {
	Question string
	Session  workshop.ID `json:",omitempty"` // where it is asked for each
	Values   []int       `json:",omitempty"` // Scale: 1 to 5; Choice: from 0
	Words    string      `json:",omitempty"`
}

// Path is how a problem names an answer.
func (s Said) Path() string {
	if s.Session != "" {
		return s.Question + "." + string(s.Session)
	}
	return s.Question
}

// cleanSaid gives what somebody said as it is sealed; what was left out is left out.
// The path of what is wrong is that of Said.
func (e Evaluation) cleanSaid(all []Said, sessions []workshop.Session) ([]Said, error) {
	var p fault.Problems
	var out []Said
	seen := map[string]bool{}
	if len(all) > maxAnswers {
		p.Add("answers", "fault.too-many-items", fault.Args{"max": int64(maxAnswers)})
		return nil, p.Fault()
	}
	for _, s := range all {
		i := slices.IndexFunc(e.Questions, func(q Question) bool { return q.Key == s.Question })
		held := slices.ContainsFunc(sessions, func(x workshop.Session) bool { return x.ID == s.Session && x.On() })
		if i < 0 || e.Questions[i].Each != held || s.Session != "" && !held || seen[s.Path()] {
			p.Add("answers", "fault.unknown-code")
			continue
		}
		seen[s.Path()] = true
		if s = e.Questions[i].cleanSaid(&p, s); len(s.Values) > 0 || s.Words != "" {
			out = append(out, s)
		}
	}
	if len(out) == 0 && p.Fault() == nil {
		p.Add("answers", "evaluation.nothing-said")
	}
	return out, p.Fault()
}

func (q Question) cleanSaid(p *fault.Problems, s Said) Said {
	low, high, most := 1, Steps, 1
	switch q.Kind {
	case Text:
		s.Values, s.Words = nil, i18n.CleanField(p, s.Path(), s.Words, MaxWords, false, i18n.CleanBody)
		return s
	case Choice:
		if low, high = 0, q.Options()-1; q.Several {
			most = q.Options()
		}
	}
	s.Words, s.Values = "", slices.Clone(s.Values)
	slices.Sort(s.Values)
	s.Values = slices.Compact(s.Values)
	if len(s.Values) > most || slices.ContainsFunc(s.Values, func(v int) bool { return v < low || v > high }) {
		p.Add(s.Path(), "fault.choose-one")
	}
	return s
}

// Answer is that somebody answered; what, only the key of the evaluation opens.
type Answer struct {
	Evaluation   int64
	Person       person.ID
	Organisation int64
	Audience     int64
	At           time.Time
	Version      int64
	Sealed       []byte
}

// subject says whose answer it is, and of what.
func (a Answer) subject(e Evaluation) string { return "evaluation-answer/" + string(e.Of) }
