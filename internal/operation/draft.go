package operation

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Draft is what is written to open an operation.
type Draft struct {
	ID           ID
	Code         Code
	Kind         string
	Name         string
	Purpose      string
	Language     string
	Sponsor      string
	TimeZone     string
	Scope        Scope
	Counting     Counting
	Handling     string // text of the first version
	Names        map[string]map[string]string
	Banner       string
	Phases       []Phase
	Organisation organisation.ID // the directing body
	Director     person.ID       // one of its people
}

var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Check says what is wrong with a draft.
func (d Draft) Check() error {
	var p fault.Problems
	if !codeForm.MatchString(string(d.Code)) || len(d.Code) < 3 || len(d.Code) > 40 {
		p.Add("code", "operation.code-form")
	}
	if !slices.Contains([]string{KindOperation, KindLibrary, KindPractice}, d.Kind) {
		p.Add("kind", "fault.unknown-code")
	}
	checkText(&p, "name", d.Name, 120, true)
	checkText(&p, "purpose", d.Purpose, 4000, false)
	checkText(&p, "sponsor", d.Sponsor, 200, false)
	checkText(&p, "handling", d.Handling, 8000, true)
	if _, err := time.LoadLocation(d.TimeZone); err != nil || d.TimeZone == "" || d.TimeZone == "Local" {
		p.Add("time_zone", "fault.unknown-code")
	}
	if d.Organisation == "" {
		p.Add("organisation", "fault.required")
	}
	if d.Director == "" {
		p.Add("director", "fault.required")
	}
	checkPhases(&p, d.Phases, d.Counting.Phase)
	return p.Fault()
}

func checkText(p *fault.Problems, path, text string, limit int, required bool) {
	switch {
	case required && strings.TrimSpace(text) == "":
		p.Add(path, "fault.required")
	case len([]rune(text)) > limit:
		p.Add(path, "fault.too-long", fault.Args{"max": int64(limit)})
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' }):
		p.Add(path, "fault.control-character")
	}
}

func checkPhases(p *fault.Problems, phases []Phase, counted string) {
	if len(phases) == 0 {
		p.Add("phases", "fault.required")
	}
	found := counted == ""
	for _, ph := range phases {
		a, errA := time.Parse(time.DateOnly, ph.Starts)
		b, errB := time.Parse(time.DateOnly, ph.Ends)
		switch {
		case errA != nil || errB != nil:
			p.Add("phases", "fault.not-a-date")
		case b.Before(a):
			p.Add("phases", "operation.phase-backwards")
		case b.Sub(a) > 30*365*24*time.Hour:
			p.Add("phases", "fault.out-of-range")
		}
		if !slices.Contains(PhaseKinds(), ph.Kind) {
			p.Add("phases", "fault.unknown-code")
		}
		found = found || ph.Kind == counted
	}
	if !found {
		p.Add("counting", "operation.counting-phase-missing")
	}
}

// PhaseKinds lists the kinds of phase in their usual order.
func PhaseKinds() []string {
	return []string{"plan", "training", "operational", "follow-up", "evaluation", "closed"}
}
