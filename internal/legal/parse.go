package legal

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Limits of a profile that somebody wrote.
const (
	MaxProfile = 64 << 10 // bytes
	maxSteps   = 40
	maxDays    = 400
	maxNote    = 2000
)

// file is a profile as it is written.
type file struct {
	Code       string   `toml:"code"`
	Name       string   `toml:"name"`
	Language   string   `toml:"language"`
	Source     string   `toml:"source"`
	Author     string   `toml:"author"`
	Checker    string   `toml:"checker"`
	Date       string   `toml:"date"`
	Note       string   `toml:"note"`
	Rights     []string `toml:"rights"`
	Directions []string `toml:"directions"`
	Payer      string   `toml:"payer"`
	Arrival    string   `toml:"arrival"`
	Closes     string   `toml:"closes"`

	ExOfficio   allowance    `toml:"ex_officio"`
	Application allowance    `toml:"application"`
	Small       *small       `toml:"small"`
	Steps       []step       `toml:"step"`
	Disclosures []disclosure `toml:"disclosure"`
	Letters     []letter     `toml:"letter"`
}

type allowance struct {
	Allowed    bool   `toml:"allowed"`
	Perishable bool   `toml:"perishable"`
	Basis      string `toml:"basis"`
}

type small struct {
	Units       int64    `toml:"units"`
	Grams       int64    `toml:"grams"`
	Conveyances []string `toml:"conveyances"`
	Basis       string   `toml:"basis"`
}

type step struct {
	Code                string   `toml:"code"`
	Title               string   `toml:"title"`
	Kinds               []string `toml:"kinds"`
	Who                 string   `toml:"who"`
	From                string   `toml:"from"`
	Needs               string   `toml:"needs"`
	MetBy               []string `toml:"met_by"`
	Promptly            bool     `toml:"promptly"`
	Days                int      `toml:"days"`
	Unit                string   `toml:"unit"`
	PerishableDays      int      `toml:"perishable_days"`
	NotPerishable       bool     `toml:"not_perishable"`
	ExtensionDays       int      `toml:"extension_days"`
	ExtensionPerishable bool     `toml:"extension_perishable"`
	Basis               string   `toml:"basis"`
	Unread              bool     `toml:"unread"`
	Passed              string   `toml:"passed"`
}

type disclosure struct {
	Stage  string   `toml:"stage"`
	Fields []string `toml:"fields"`
	Basis  string   `toml:"basis"`
	Unread bool     `toml:"unread"`
}

type letter struct {
	Kind     string `toml:"kind"`
	Language string `toml:"language"`
	Title    string `toml:"title"`
	Body     string `toml:"body"`
}

// ParseProfile reads a profile from TOML. Its errors are faults whose field path
// is the key in the file, lists counted from 1; keys that nobody knows are refused,
// because a misspelt one would change a deadline silently.
func ParseProfile(data []byte) (Profile, error) {
	if len(data) > MaxProfile {
		return Profile{}, fault.Of(fault.TooLarge, "legal.too-large")
	}
	var f file
	meta, err := toml.NewDecoder(bytes.NewReader(data)).Decode(&f)
	if err != nil {
		if pe, ok := errors.AsType[toml.ParseError](err); ok {
			return Profile{}, fault.Of(fault.Invalid, "legal.toml", fault.Args{"line": int64(pe.Position.Line), "detail": pe.Message}).Because(err)
		}
		return Profile{}, fault.Of(fault.Invalid, "legal.toml-type", fault.Args{"detail": err.Error()}).Because(err)
	}
	var c check
	for _, key := range meta.Undecoded() {
		c.problems.Add(key.String(), "legal.unknown-key", fault.Args{"name": key.String()})
	}
	p := c.profile(f)
	if err := c.problems.Fault(); err != nil {
		wrong, _ := errors.AsType[*fault.Fault](err)
		wrong.Key = "legal.invalid"
		return Profile{}, wrong
	}
	return p, nil
}

// check collects what is wrong with a file while it becomes a profile.
type check struct{ problems fault.Problems }

func (c *check) profile(f file) Profile {
	p := Profile{Code: f.Code, Language: c.language("language", f.Language), Date: f.Date, Payer: f.Payer, Arrival: f.Arrival, Closes: f.Closes}
	if len(f.Code) > 40 || !codePattern(f.Code) {
		c.problems.Add("code", "legal.code")
	}
	p.Name = c.line("name", f.Name, true)
	p.Source = c.line("source", f.Source, true)
	p.Author = c.line("author", f.Author, true)
	p.Checker = c.line("checker", f.Checker, false)
	if p.Checker != "" && p.Checker == p.Author {
		c.problems.Add("checker", "legal.same-person")
	}
	p.Note = c.text("note", f.Note)
	if _, ok := ParseDay(f.Date); !ok {
		c.problems.Add("date", "legal.date")
	}
	p.Rights = c.codes("rights", codelist.IPRType, f.Rights)
	p.Directions = c.codes("directions", codelist.Direction, f.Directions)
	c.code("payer", codelist.ClockPayer, f.Payer)
	if p.Arrival == "" {
		p.Arrival = SameDay
	}
	c.code("arrival", codelist.ClockArrival, p.Arrival)
	if f.Closes != "" && !TimeOfDay(f.Closes) {
		c.problems.Add("closes", "legal.time")
	}
	p.ExOfficio, p.Application = c.allowance("ex_officio", f.ExOfficio), c.allowance("application", f.Application)
	p.Small = c.small(f.Small)
	if len(f.Steps) > maxSteps || len(f.Disclosures) > maxSteps || len(f.Letters) > maxSteps {
		c.problems.Add("step", "legal.too-many", fault.Args{"most": int64(maxSteps)})
		return p
	}
	for i, s := range f.Steps {
		p.Steps = append(p.Steps, c.step(fmt.Sprintf("step.%d.", i+1), s, f.Steps[:i]))
	}
	if !p.ExOfficio.Allowed && !p.Application.Allowed && p.Small == nil {
		c.problems.Add("application", "legal.no-procedure")
	}
	for i, d := range f.Disclosures {
		at := fmt.Sprintf("disclosure.%d.", i+1)
		c.code(at+"stage", codelist.ClockStage, d.Stage)
		p.Disclosures = append(p.Disclosures, Disclosure{Stage: d.Stage, Fields: c.codes(at+"fields", codelist.DisclosureField, d.Fields),
			Basis: c.line(at+"basis", d.Basis, true), Unread: d.Unread})
	}
	for i, l := range f.Letters {
		p.Letters = append(p.Letters, c.letter(fmt.Sprintf("letter.%d.", i+1), l))
	}
	return p
}

func (c *check) allowance(at string, a allowance) Allowance {
	return Allowance{Allowed: a.Allowed, Perishable: a.Perishable, Basis: c.line(at+".basis", a.Basis, false)}
}

func (c *check) small(s *small) *SmallRule {
	if s == nil {
		return nil
	}
	if s.Units < 0 || s.Grams < 0 || s.Units == 0 && s.Grams == 0 || s.Units > 1e6 || s.Grams > 1e9 {
		c.problems.Add("small.units", "legal.small")
	}
	return &SmallRule{Units: s.Units, Grams: s.Grams, Conveyances: c.codes("small.conveyances", codelist.Conveyance, s.Conveyances),
		Basis: c.line("small.basis", s.Basis, false)}
}

func (c *check) step(at string, s step, before []step) Step {
	c.code(at+"code", codelist.ClockStep, s.Code)
	if slices.ContainsFunc(before, func(b step) bool {
		return b.Code == s.Code && slices.ContainsFunc(s.Kinds, func(k string) bool { return slices.Contains(b.Kinds, k) })
	}) {
		c.problems.Add(at+"code", "legal.twice")
	}
	c.code(at+"who", codelist.ClockParty, s.Who)
	c.code(at+"from", codelist.ClockEvent, s.From)
	if s.Unit == "" {
		s.Unit = Working
	}
	c.code(at+"unit", codelist.ClockUnit, s.Unit)
	for name, n := range map[string]int{"perishable_days": s.PerishableDays, "extension_days": s.ExtensionDays} {
		if n < 0 || n > maxDays {
			c.problems.Add(at+name, "legal.days", fault.Args{"most": int64(maxDays)})
		}
	}
	if s.Promptly != (s.Days == 0) || s.Days < 0 || s.Days > maxDays {
		c.problems.Add(at+"days", "legal.days", fault.Args{"most": int64(maxDays)})
	}
	if s.Needs != "" {
		c.code(at+"needs", codelist.ClockEvent, s.Needs)
	}
	if s.From == Ended || s.From == Extended {
		c.problems.Add(at+"from", "legal.from")
	}
	return Step{Code: s.Code, Title: c.line(at+"title", s.Title, false), Kinds: c.codes(at+"kinds", codelist.ClockKind, s.Kinds), Who: s.Who,
		From: s.From, Needs: s.Needs, MetBy: c.codes(at+"met_by", codelist.ClockEvent, s.MetBy), Period: Period{Days: s.Days, Unit: s.Unit},
		Perishable: Period{Days: s.PerishableDays, Unit: s.Unit}, NotPerishable: s.NotPerishable,
		Extension: Period{Days: s.ExtensionDays, Unit: s.Unit}, ExtensionPerishable: s.ExtensionPerishable,
		Basis: c.line(at+"basis", s.Basis, true), Unread: s.Unread, Passed: c.text(at+"passed", s.Passed)}
}

func (c *check) letter(at string, l letter) Letter {
	c.code(at+"kind", codelist.ClockLetter, l.Kind)
	out := Letter{Kind: l.Kind, Language: c.language(at+"language", l.Language), Title: c.line(at+"title", l.Title, true), Body: c.text(at+"body", l.Body)}
	if out.Body == "" {
		c.problems.Add(at+"body", "fault.required")
	}
	return out
}

func (c *check) code(at string, list codelist.List, code string) {
	if !list.Has(code) {
		c.problems.Add(at, "legal.not-a-code", fault.Args{"codes": strings.Join(list.Codes(), ", ")})
	}
}

// codes checks a list that must not be empty and holds each code once.
func (c *check) codes(at string, list codelist.List, codes []string) []string {
	if len(codes) == 0 {
		c.problems.Add(at, "fault.required")
	}
	for i, code := range codes {
		if !list.Has(code) || slices.Contains(codes[:i], code) {
			c.problems.Add(at, "legal.not-a-code", fault.Args{"codes": strings.Join(list.Codes(), ", ")})
			break
		}
	}
	return codes
}

func (c *check) line(at, s string, required bool) string {
	if s == "" && !required {
		return ""
	}
	out, err := i18n.CleanLine(s, 500)
	if f, bad := errors.AsType[*fault.Fault](err); bad {
		c.problems.Add(at, f.Key, f.Args)
	}
	return out
}

func (c *check) text(at, s string) string {
	out, err := i18n.CleanBody(s, maxNote*2)
	if f, bad := errors.AsType[*fault.Fault](err); bad {
		c.problems.Add(at, f.Key, f.Args)
	}
	return strings.TrimSpace(out)
}

func (c *check) language(at, s string) string {
	return i18n.CleanLanguage(&c.problems, at, s)
}

// codePattern: lower-case letters, digits and single hyphens between them.
func codePattern(s string) bool {
	return s != "" && !strings.HasPrefix(s, "-") && !strings.HasSuffix(s, "-") && !strings.Contains(s, "--") &&
		!strings.ContainsFunc(s, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') })
}

// TimeOfDay tells whether s is a time of day as 15:04.
func TimeOfDay(s string) bool {
	t, err := time.Parse("15:04", s)
	return err == nil && t.Format("15:04") == s
}
