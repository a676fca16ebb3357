package template_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/template"
)

func TestChanges(t *testing.T) {
	line := func(key string) template.Field { return template.Field{Key: key, Kind: template.Line} }
	form := func(fields ...template.Field) template.Definition { return template.Definition{Fields: fields} }
	needed, hidden, code := line("a"), line("a"), template.Field{Key: "a", Kind: template.Code, List: "country"}
	needed.Required, hidden.Hidden = true, true
	choice := func(codes ...string) template.Field {
		f := template.Field{Key: "a", Kind: template.Choice}
		for _, c := range codes {
			f.Choices = append(f.Choices, template.Option{Code: c})
		}
		return f
	}
	for name, c := range map[string]struct {
		older, newer template.Definition
		want         []string
	}{
		"nothing":         {form(line("a"), line("b")), form(line("a"), line("b")), nil},
		"order":           {form(line("a"), line("b")), form(line("b"), line("a")), nil},
		"one more":        {form(line("a")), form(line("b"), line("a")), []string{"b added"}},
		"one less":        {form(line("a"), line("b")), form(line("b")), []string{"a gone"}},
		"hidden":          {form(line("a")), form(hidden), []string{"a gone"}},
		"shown":           {form(hidden), form(line("a")), []string{"a added"}},
		"hidden both":     {form(hidden), form(hidden), nil},
		"needed":          {form(line("a")), form(needed), []string{"a needed"}},
		"optional":        {form(needed), form(line("a")), []string{"a optional"}},
		"another kind":    {form(line("a")), form(code), []string{"a other"}},
		"another choice":  {form(choice("x")), form(choice("x", "y")), []string{"a other"}},
		"the same choice": {form(choice("x", "y")), form(choice("x", "y")), nil},
		"everything else": {form(line("a")), form(line("b")), []string{"b added", "a gone"}},
	} {
		var got []string
		for _, one := range c.newer.Changes(c.older) {
			got = append(got, fmt.Sprint(one.Field.Key, " ", one.What))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
