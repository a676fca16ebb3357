package publication

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// How much a report may hold.
const (
	MaxTitle    = 200   // characters
	MaxText     = 40000 // of a chapter, and of each part of a contribution
	MaxNote     = 2000  // of a version, and the words of a clearance
	MaxSections = 60
	MaxFigures  = 20  // of a section
	MaxCases    = 50  // that a contribution names
	maxDays     = 366 // how far ahead administrations are asked
)

func missing(err error) error {
	if errors.Is(err, db.ErrNone) {
		return fault.Missing()
	}
	return err
}

// dayFrom refuses what is no local day from a first one on, at most so many later.
func dayFrom(path, day, first string, most int) error {
	t, err := time.Parse(time.DateOnly, day)
	switch last, _ := time.Parse(time.DateOnly, first); {
	case day == "":
		return fault.At(path, "fault.required")
	case err != nil:
		return fault.At(path, "fault.not-a-date")
	case day < first || t.After(last.AddDate(0, 0, most)):
		return fault.At(path, "report.day-range", fault.Args{"from": i18n.Day(first), "to": i18n.Day(last.AddDate(0, 0, most).Format(time.DateOnly))})
	}
	return nil
}

// cleaned is a text fit to be stored; what is wrong is noted at its path.
func cleaned(p *fault.Problems, path, s string, most int, clean func(string, int) (string, error)) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	s, err := clean(s, most)
	if f, bad := errors.AsType[*fault.Fault](err); bad {
		p.Add(path, f.Key, f.Args)
	}
	return strings.TrimSpace(s)
}

// byLanguage are texts by language without those that are empty.
func byLanguage(p *fault.Problems, path string, all map[string]string, most int, clean func(string, int) (string, error)) map[string]string {
	var out map[string]string
	for _, lang := range slices.Sorted(maps.Keys(all)) {
		at := path + "." + lang
		text := cleaned(p, at, all[lang], most, clean)
		if text == "" {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		out[i18n.CleanLanguage(p, at, lang)] = text
	}
	return out
}

var (
	figureForm  = regexp.MustCompile(`^f[1-9][0-9]{0,3}$`)
	sectionForm = regexp.MustCompile(`^own[1-9][0-9]{0,3}$`)
)

// clean is the draft as a section beside all others of the report.
func (d SectionDraft) clean(all []Written) (Section, error) {
	var p fault.Problems
	out := Section{ID: d.ID, Kind: d.Kind, Title: byLanguage(&p, "title", d.Title, MaxTitle, i18n.CleanLine), Texts: byLanguage(&p, "texts", d.Texts, MaxText, i18n.CleanBody)}
	known := slices.ContainsFunc(all, func(w Written) bool { return w.ID == d.ID })
	switch {
	case known:
	case d.ID != "" && !sectionForm.MatchString(d.ID):
		return out, fault.Missing()
	case !slices.Contains(Kinds(), d.Kind):
		p.Add("kind", "fault.unknown-code", fault.Args{"value": d.Kind})
	case d.Kind != Own:
		out.ID = d.Kind
	case d.ID == "":
		out.ID = "own" + nextNumber(all, func(w Written) []string { return []string{w.ID} }, "own")
	}
	if !known && len(all) >= MaxSections {
		p.Add("kind", "fault.too-many-items", fault.Args{"max": int64(MaxSections)})
	}
	if d.Kind == Own && len(out.Title) == 0 {
		p.Add("title", "fault.required")
	}
	for _, e := range []string{Enforcement, Holder, Public} {
		if slices.Contains(d.Editions, e) {
			out.Editions = append(out.Editions, e)
		}
	}
	if slices.ContainsFunc(d.Editions, func(e string) bool { return !slices.Contains(out.Editions, e) }) {
		p.Add("editions", "fault.unknown-code", fault.Args{"value": strings.Join(d.Editions, ", ")})
	}
	if len(out.Editions) == 0 {
		out.Editions = []string{}
	}
	out.lessons(&p)
	out.Figures = d.figures(&p, out.ID, all)
	return out, p.Fault()
}

// figures are those of a draft, each with an ID that no other section has.
func (d SectionDraft) figures(p *fault.Problems, section string, all []Written) []Figure {
	others := slices.DeleteFunc(slices.Clone(all), func(w Written) bool { return w.ID == section })
	taken := map[string]bool{}
	for _, w := range others {
		for _, f := range w.Figures {
			taken[f.ID] = true
		}
	}
	if len(d.Figures) > MaxFigures {
		p.Add("figures", "fault.too-many-items", fault.Args{"max": int64(MaxFigures)})
		return nil
	}
	next, _ := strconv.Atoi(nextNumber(append(slices.Clone(all), Written{Section: Section{Figures: d.Figures}}), func(w Written) (ids []string) {
		for _, f := range w.Figures {
			ids = append(ids, f.ID)
		}
		return ids
	}, "f"))
	var out []Figure
	for i, f := range d.Figures {
		at := fmt.Sprintf("figures.%d", i)
		switch {
		case f.ID == "":
			f.ID = "f" + strconv.Itoa(next)
			next++
		case !figureForm.MatchString(f.ID) || taken[f.ID]:
			p.Add(at+".id", "report.figure-taken", fault.Args{"value": f.ID})
		}
		taken[f.ID] = true
		f.Title = byLanguage(p, at+".title", f.Title, MaxTitle, i18n.CleanLine)
		if !slices.Contains([]string{ShowNumber, ShowTable, ShowBars, ShowLine}, f.Show) {
			p.Add(at+".show", "fault.unknown-code", fault.Args{"value": f.Show})
		}
		if wrong, bad := errors.AsType[*fault.Fault](f.Question.Check()); bad {
			for _, w := range wrong.Fields {
				p.Add(at+".question."+w.Path, w.Key, w.Args)
			}
		}
		if len(f.Question.Where) == 0 {
			f.Question.Where = nil
		}
		out = append(out, f)
	}
	return out
}

// nextNumber is the first free one behind every name of the form prefix and number.
func nextNumber(all []Written, names func(Written) []string, prefix string) string {
	most := 0
	for _, w := range all {
		for _, name := range names(w) {
			if text, is := strings.CutPrefix(name, prefix); is {
				if n, err := strconv.Atoi(text); err == nil && n > most {
					most = n
				}
			}
		}
	}
	return strconv.Itoa(most + 1)
}

// clean is the draft as a contribution; own says whether a reference is one of the
// organisation's own cases.
func (d ContributionDraft) clean(own func(ref string) error) (Contribution, error) {
	var p fault.Problems
	out := Contribution{Language: i18n.CleanLanguage(&p, "language", d.Language), Done: d.Done,
		Challenges: cleaned(&p, Challenges, d.Challenges, MaxText, i18n.CleanBody), Lessons: cleaned(&p, Lessons, d.Lessons, MaxText, i18n.CleanBody),
		Interest: cleaned(&p, Interest, d.Interest, MaxText, i18n.CleanBody)}
	for _, typed := range d.Cases {
		ref, ok := seizure.ValidReference(typed)
		if strings.TrimSpace(typed) == "" || slices.Contains(out.Cases, ref) {
			continue
		}
		if err := own(ref); !ok || fault.Is(err, fault.NotFound) {
			p.Add("cases", "report.no-own-case", fault.Args{"value": typed})
		} else if err != nil {
			return out, err
		}
		out.Cases = append(out.Cases, ref)
	}
	if len(out.Cases) > MaxCases {
		p.Add("cases", "fault.too-many-items", fault.Args{"max": int64(MaxCases)})
	}
	if d.Done && out.Challenges+out.Lessons+out.Interest == "" && len(out.Cases) == 0 {
		p.Add(Challenges, "report.nothing-said")
	}
	return out, p.Fault()
}

// clean is a clearance fit to be stored, on a local day.
func (c Clearance) clean(today string) (Clearance, error) {
	var p fault.Problems
	if c.Words = cleaned(&p, "words", c.Words, MaxNote, i18n.CleanBody); c.Words == "" {
		c.Language = ""
	} else {
		c.Language = i18n.CleanLanguage(&p, "language", c.Language)
	}
	switch c.State {
	case Cleared, Embargoes:
	case Dissents:
		if c.Words == "" {
			p.Add("words", "fault.required")
		}
	default:
		p.Add("state", "fault.unknown-code", fault.Args{"value": c.State})
	}
	if c.State != Embargoes {
		c.Until = ""
	} else if wrong, bad := errors.AsType[*fault.Fault](dayFrom("until", c.Until, nextDay(today), MaxEmbargo)); bad {
		p.Add("until", wrong.Fields[0].Key, wrong.Fields[0].Args)
	}
	return c, p.Fault()
}

func nextDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
}
