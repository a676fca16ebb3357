package lesson

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// clean notes what is wrong with a plan and gives it as it is stored. Sheets keep the
// order in which they were chosen, questions their usual one.
func (p Plan) clean(wrong *fault.Problems) Plan {
	p.Language = cleanLanguage(wrong, "language", p.Language)
	p.Title = cleanText(wrong, "title", p.Title, MaxTitle, true)
	p.Aim = cleanText(wrong, "aim", p.Aim, MaxText, false)
	if p.Title[p.Language] == "" {
		wrong.Add("title", "fault.required")
	}
	var sheets []Chosen
	for i, c := range p.Sheets {
		if slices.ContainsFunc(sheets, func(o Chosen) bool { return o.Sheet == c.Sheet }) {
			continue
		}
		if !source.ValidID(string(c.Sheet)) {
			wrong.Add(at("sheets", i), "lesson.no-sheet")
		}
		c.Explain = cleanText(wrong, at("explain", i), c.Explain, MaxText, false)
		sheets = append(sheets, c)
	}
	switch p.Sheets = sheets; {
	case len(sheets) == 0:
		wrong.Add("sheets", "lesson.choose-sheets")
	case len(sheets) > MaxSheets:
		wrong.Add("sheets", "lesson.too-many-sheets", fault.Args{"count": int64(MaxSheets)})
	}
	var kinds []string
	for _, k := range Kinds() {
		if slices.Contains(p.Kinds, k) {
			kinds = append(kinds, k)
		}
	}
	if len(kinds) == 0 || slices.ContainsFunc(p.Kinds, func(k string) bool { return !slices.Contains(Kinds(), k) }) {
		wrong.Add("kinds", "lesson.choose-kinds")
	}
	p.Kinds = kinds
	if p.Minutes < 1 || p.Minutes > MaxMinutes {
		wrong.Add("minutes", "lesson.between", fault.Args{"least": int64(1), "most": int64(MaxMinutes)})
	}
	if p.Questions < 1 || p.Questions > MaxQuestions {
		wrong.Add("questions", "lesson.between", fault.Args{"least": int64(1), "most": int64(MaxQuestions)})
	}
	return p
}

func at(path string, i int) string { return fmt.Sprintf("%s.%d", path, i+1) }

func cleanLanguage(wrong *fault.Problems, path, typed string) string {
	tag, err := language.Parse(typed)
	base, _ := tag.Base()
	if err != nil || len(typed) > 35 || !codelist.Language.Has(base.String()) {
		wrong.Add(path, "lesson.language")
		return typed
	}
	return tag.String()
}

// cleanText cleans a text in each of its languages; what is empty is left out.
func cleanText(wrong *fault.Problems, path string, t product.Text, most int, line bool) product.Text {
	out := product.Text{}
	for tag, words := range t {
		if words = strings.TrimSpace(words); words == "" {
			continue
		}
		var err error
		if line {
			words, err = i18n.CleanLine(words, most)
		} else {
			words, err = i18n.CleanBody(words, most)
		}
		if f, ok := errors.AsType[*fault.Fault](err); ok {
			wrong.Add(path, f.Key, f.Args)
			continue
		} else if err != nil {
			wrong.Add(path, "fault.malformed")
			continue
		}
		out[cleanLanguage(wrong, path, tag)] = words
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func fieldFault(path, key string) error {
	var p fault.Problems
	p.Add(path, key)
	return p.Fault()
}
