package operation

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Asks are what cases of an operation are asked for beside the short form: the
// sections by commodity.
type Asks struct {
	Fields map[string][]string `json:"fields,omitempty"` // fields of a line of goods by category; a category that is not here has those of the house
	Subs   map[string][]string `json:"subs,omitempty"`   // the operation's own sub-categories, in its words, by category
	Each   bool                `json:"each,omitempty"`   // a batch of mail is one case for each item; otherwise one case for all
}

// GoodsFields are those that an operation may ask for.
var GoodsFields = []string{"verdict", "violations", "hazard", "holder", "ipr", "hs", "batch", "value", "sub"}

// usual is what a category is asked for where the operation says nothing.
var usual = map[string][]string{
	"PHA": {"violations", "hazard", "batch"}, "MED": {"violations", "hazard", "batch"}, "COS": {"hazard", "batch"},
	"FOO": {"violations", "hazard", "batch"}, "DRK": {"violations", "hazard", "batch"}, "ALC": {"violations", "batch", "value"},
	"TOB": {"violations", "value"}, "SPA": {"hazard", "holder"}, "ELE": {"hazard"}, "TOY": {"hazard"}, "WIL": {"violations", "hs"},
}

// Of gives the fields that a line of a category is asked for.
func (a Asks) Of(category string) []string {
	if fields, ok := a.Fields[category]; ok {
		return slices.Clone(fields)
	}
	return slices.Clone(usual[category])
}

// Limits of what an operation asks for.
const (
	maxSubs = 50 // of one category
	maxSub  = 80 // characters
)

// check notes what is wrong: fields that there are not, categories that there are
// not, words that are none.
func (a Asks) check(p *fault.Problems) {
	for category, fields := range a.Fields {
		if !codelist.Category.Has(category) || slices.ContainsFunc(fields, func(f string) bool { return !slices.Contains(GoodsFields, f) }) {
			p.Add("asks", "fault.unknown-code", fault.Args{"value": category})
		}
	}
	for category, words := range a.Subs {
		switch {
		case !codelist.Category.Has(category):
			p.Add("subs", "fault.unknown-code", fault.Args{"value": category})
		case len(words) > maxSubs:
			p.Add("subs", "fault.too-many-items", fault.Args{"max": int64(maxSubs)})
		case slices.ContainsFunc(words, badWords):
			p.Add("subs", "operation.sub-form", fault.Args{"max": int64(maxSub)})
		}
	}
}

func badWords(s string) bool {
	clean, err := i18n.CleanLine(s, maxSub)
	return err != nil || clean != s || strings.TrimSpace(s) == "" || utf8.RuneCountInString(s) > maxSub
}
