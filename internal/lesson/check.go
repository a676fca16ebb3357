package lesson

import (
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// clean notes what is wrong with a plan and gives it as it is stored. Sheets keep the
// order in which they were chosen, questions their usual one.
func (p Plan) clean(wrong *fault.Problems) Plan {
	p.Language = i18n.CleanLanguage(wrong, "language", p.Language)
	p.Title = p.Title.Clean(wrong, "title", MaxTitle, i18n.CleanLine)
	p.Aim = p.Aim.Clean(wrong, "aim", MaxText, i18n.CleanBody)
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
		c.Explain = c.Explain.Clean(wrong, at("explain", i), MaxText, i18n.CleanBody)
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
