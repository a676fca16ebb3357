package operation

import "slices"

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
