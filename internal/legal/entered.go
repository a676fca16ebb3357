package legal

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Limits of a calendar that somebody enters.
const (
	MaxHolidays = 1000
	maxYears    = 50
)

// Entered is a calendar as people type it.
type Entered struct {
	Zone     string
	Weekend  []string // 0 (Sunday) to 6
	Holidays string   // a line each: a date, and perhaps a name behind it
	Worked   string   // dates
	Years    string   // for which the holidays are complete
	Source   string
}

// Calendar reads what was typed. Paths of its faults are zone, weekend, holidays,
// worked, years, source.
func (e Entered) Calendar() (Calendar, error) {
	var p fault.Problems
	c := Calendar{Zone: e.Zone}
	if _, err := time.LoadLocation(e.Zone); err != nil || e.Zone == "" || e.Zone == "Local" {
		p.Add("zone", "legal.zone")
	}
	for _, w := range e.Weekend {
		n, err := strconv.Atoi(w)
		if err != nil || n < 0 || n > 6 {
			p.Add("weekend", "legal.weekend")
			break
		}
		if !slices.Contains(c.Weekend, time.Weekday(n)) {
			c.Weekend = append(c.Weekend, time.Weekday(n))
		}
	}
	slices.Sort(c.Weekend)
	if len(c.Weekend) > 6 {
		p.Add("weekend", "legal.weekend")
	}
	c.Holidays = holidays(&p, e.Holidays)
	c.Worked = days(&p, e.Worked)
	for _, h := range c.Holidays {
		if slices.Contains(c.Worked, h.Day) {
			p.Add("worked", "legal.both", fault.Args{"day": h.Day.String()})
			break
		}
	}
	c.Years = years(&p, e.Years)
	var err error
	if c.Source, err = i18n.CleanLine(e.Source, 500); err != nil {
		if len(c.Holidays) > 0 || strings.TrimSpace(e.Source) != "" {
			f, _ := errors.AsType[*fault.Fault](err)
			p.Add("source", f.Key, f.Args)
		}
	}
	return c, p.Fault()
}

func holidays(p *fault.Problems, text string) []Closed {
	var out []Closed
	for i, line := range lines(text) {
		if line == "" {
			continue
		}
		date, name, _ := strings.Cut(line, " ")
		day, ok := ParseDay(date)
		twice := slices.ContainsFunc(out, func(h Closed) bool { return h.Day == day })
		name = strings.TrimSpace(name)
		var err error
		if name != "" {
			name, err = i18n.CleanName(name)
		}
		if !ok || twice || err != nil || len(out) == MaxHolidays {
			p.Add("holidays", "legal.holiday", fault.Args{"line": int64(i + 1)})
			return nil
		}
		out = append(out, Closed{Day: day, Name: name})
	}
	slices.SortFunc(out, func(a, b Closed) int { return cmp.Compare(a.Day, b.Day) })
	return out
}

func lines(text string) []string {
	out := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := range out {
		out[i] = strings.TrimSpace(strings.ReplaceAll(out[i], "\t", " "))
	}
	return out
}

func days(p *fault.Problems, text string) []Day {
	var out []Day
	for _, s := range strings.FieldsFunc(text, separates) {
		day, ok := ParseDay(s)
		if !ok || len(out) == MaxHolidays {
			p.Add("worked", "legal.worked")
			return nil
		}
		if !slices.Contains(out, day) {
			out = append(out, day)
		}
	}
	slices.Sort(out)
	return out
}

func years(p *fault.Problems, text string) []int {
	var out []int
	for _, s := range strings.FieldsFunc(text, separates) {
		y, err := strconv.Atoi(s)
		if err != nil || y < 1971 || y > 2200 || len(out) == maxYears {
			p.Add("years", "legal.years")
			return nil
		}
		if !slices.Contains(out, y) {
			out = append(out, y)
		}
	}
	slices.Sort(out)
	return out
}

func separates(r rune) bool { return strings.ContainsRune(" \t\r\n,;،、", r) }

// Typed gives a calendar as people would type it.
func (c Calendar) Typed() Entered {
	e := Entered{Zone: c.Zone, Source: c.Source}
	for _, w := range c.Weekend {
		e.Weekend = append(e.Weekend, strconv.Itoa(int(w)))
	}
	var b strings.Builder
	for _, h := range c.Holidays {
		b.WriteString(strings.TrimSpace(h.Day.String()+" "+h.Name) + "\n")
	}
	e.Holidays = b.String()
	var worked, known []string
	for _, d := range c.Worked {
		worked = append(worked, d.String())
	}
	for _, y := range c.Years {
		known = append(known, strconv.Itoa(y))
	}
	e.Worked, e.Years = strings.Join(worked, " "), strings.Join(known, " ")
	return e
}
