package practice

import (
	_ "embed" // the ready-made tasks
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// The kinds of task (codelist.PracticeTask).
const (
	Report      = "report"      // a case from a scenario
	Release     = "release"     // a case, first as a draft
	Answer      = "answer"      // a warning
	Acknowledge = "acknowledge" // a warning
	NilReport   = "nil-report"  // a day without a case
	Double      = "double"      // finds the case that is there already
)

// Kinds lists the kinds of task in their usual order.
func Kinds() []string { return []string{Report, Answer, Acknowledge, NilReport, Release, Double} }

// Fields lists what may be expected of a case.
func Fields() []string {
	return []string{"day", "country", "direction", "conveyance", "detection", "concealment", "origin", "destination", "status",
		"goods.category", "goods.brand", "goods.hs", "goods.quantity", "goods.verdict"}
}

//go:embed ready.json
var readyData []byte

var ready = func() []Task {
	var all []Task
	if err := json.Unmarshal(readyData, &all); err != nil {
		panic(fmt.Sprintf("ready-made tasks: %v", err)) // of this program's own file
	}
	return all
}()

// ReadyTasks are the tasks that come with the product, in their order.
func ReadyTasks() []Task { return slices.Clone(ready) }

func readyNamed(name string) (Task, bool) {
	i := slices.IndexFunc(ready, func(t Task) bool { return t.Ready == name })
	if i < 0 {
		return Task{}, false
	}
	return ready[i], true
}

// Draft is what a trainer writes to open a practice.
type Draft struct {
	ID       ID
	Name     string                       // of the practice; shown above every page
	Language string                       // of the name, and of what its coordination writes
	Handling string                       // what a member accepts by beginning: that nothing here is real
	Names    map[string]map[string]string // labels of administrations in a replay, by code and language
	Tasks    []Task                       // in their order: ready-made ones by name, or own ones
}

// Check says what is wrong with a draft. Paths are id, name, language and tasks.N,
// from 1, with title, text and expect.M, from 1, below.
func (d Draft) Check() error {
	_, err := d.clean()
	return err
}

func (d Draft) clean() (Draft, error) {
	var p fault.Problems
	var err error
	if d.Name, err = i18n.CleanLine(d.Name, MaxTitle); err != nil || strings.TrimSpace(d.Name) == "" {
		p.Add("name", "fault.required")
	}
	switch {
	case len(d.Tasks) == 0:
		p.Add("tasks", "practice.no-task")
	case len(d.Tasks) > MaxTasks:
		p.Add("tasks", "fault.too-many-items", fault.Args{"max": int64(MaxTasks)})
	}
	d.Tasks = slices.Clone(d.Tasks)
	for i, t := range d.Tasks {
		if t.Ready != "" {
			of, known := readyNamed(t.Ready)
			if !known {
				p.Add(fmt.Sprintf("tasks.%d", i+1), "fault.unknown-code")
			}
			t = of
		} else {
			t = t.clean(&p, fmt.Sprintf("tasks.%d.", i+1))
		}
		t.Seq, t.Number = 0, int64(i+1)
		d.Tasks[i] = t
	}
	return d, p.Fault()
}

// clean cleans a trainer's own task. It describes a case: what warns, and what is
// there already, comes with the ready-made ones.
func (t Task) clean(p *fault.Problems, at string) Task {
	if t.Kind != Report && t.Kind != Release && t.Kind != NilReport {
		p.Add(at+"kind", "fault.choose-one")
	}
	title, text := map[string]string{}, map[string]string{}
	for lang := range t.Text {
		if !slices.Contains([]string{"en", "fr", "ar"}, lang) {
			p.Add(at+"text", "fault.unknown-code")
			continue
		}
		title[lang] = cleaned(p, at+"title", t.Title[lang], MaxTitle, i18n.CleanLine)
		text[lang] = cleaned(p, at+"text", t.Text[lang], MaxText, i18n.CleanBody)
	}
	if len(text) == 0 {
		p.Add(at+"text", "fault.required")
	}
	t.Title, t.Text = title, text
	if len(t.Expect) > MaxFacts {
		p.Add(at+"expect", "fault.too-many-items", fault.Args{"max": int64(MaxFacts)})
		return t
	}
	if len(t.Expect) == 0 && t.Kind != NilReport {
		p.Add(at+"expect.1", "practice.no-fact")
	}
	t.Expect = slices.Clone(t.Expect)
	for i, e := range t.Expect {
		path := fmt.Sprintf("%sexpect.%d", at, i+1)
		e.Value = cleaned(p, path, e.Value, MaxTitle, i18n.CleanLine)
		if e.Hint != "" {
			e.Hint = cleaned(p, path, e.Hint, MaxTitle, i18n.CleanLine)
		}
		if wrong := e.wrong(); wrong != "" && e.Value != "" {
			p.Add(path, wrong)
		}
		t.Expect[i] = e
	}
	return t
}

// codes are the lists from which expected values come.
var codes = map[string]codelist.List{"direction": codelist.Direction, "conveyance": codelist.Conveyance, "detection": codelist.Detection,
	"concealment": codelist.Concealment, "status": codelist.Outcome, "goods.category": codelist.Category, "goods.verdict": codelist.Verdict,
	"country": codelist.Country, "origin": codelist.Country, "destination": codelist.Country}

var hsForm = regexp.MustCompile(`^[0-9]{2,10}$`)

// wrong says why nobody could ever write what is expected; empty: one can.
func (e Expected) wrong() string {
	list, coded := codes[e.Path]
	_, err := time.Parse(time.DateOnly, e.Value)
	switch {
	case !slices.Contains(Fields(), e.Path):
		return "practice.no-field"
	case coded && !list.Has(e.Value) && (e.Path != "country" || e.Value != Own):
		return "practice.no-code"
	case e.Path == "day" && err != nil && e.Value != Today:
		return "practice.no-day"
	case e.Path == "goods.hs" && !hsForm.MatchString(e.Value):
		return "practice.no-hs"
	case e.Path == "goods.quantity" && (e.Micro <= 0 || e.Unit == ""):
		return "practice.no-quantity"
	}
	return ""
}

func cleaned(p *fault.Problems, path, text string, limit int, clean func(string, int) (string, error)) string {
	out, err := clean(text, limit)
	if err != nil || strings.TrimSpace(out) == "" {
		p.Add(path, "fault.required")
	}
	return out
}

// opening is the draft of the practice's operation, with what the parent asks of cases
// and how it counts.
func (d Draft) opening(parent operation.Operation, first, last string) operation.Draft {
	names := maps.Clone(d.Names)
	if names == nil {
		names = map[string]map[string]string{}
	}
	for code, by := range parent.Names {
		if names[code] == nil {
			names[code] = by
		}
	}
	counting := parent.Counting
	counting.Words = nil // they name the days of the parent
	if counting.Phase != "" {
		counting.Phase = "operational"
	}
	hex := strings.ReplaceAll(string(d.ID), "-", "")
	return operation.Draft{ID: operation.ID(d.ID), Code: operation.Code(operation.PracticePrefix + "-" + hex[len(hex)-8:]), Kind: operation.KindPractice,
		Name: d.Name, Language: d.Language, TimeZone: parent.TimeZone, Scope: parent.Scope, Counting: counting, Handling: d.Handling, Names: names,
		Banner: Banner, Phases: []operation.Phase{{Kind: "operational", Starts: first, Ends: last}}}
}
