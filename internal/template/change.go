package template

import "slices"

// Change is what one field of a template became in a newer version.
type Change struct {
	Field Field  // as the newer version has it; of Gone, as the older one had it
	What  string // one of the kinds of change
}

// The kinds of change that matter to somebody who is filling in a form.
const (
	Added    = "added"
	Gone     = "gone"
	Needed   = "needed"   // it may no longer be left out
	Optional = "optional" // it may now be left out
	Other    = "other"    // it holds something else: another kind, list or choices
)

// Changes tells what became of the fields of an older version of the template,
// in the order of the newer one; what is gone stands last. Order and words do not
// count: nothing that was typed is touched by them.
func (d Definition) Changes(older Definition) []Change {
	var out []Change
	for _, f := range d.Fields {
		before, asked := older.Field(f.Key)
		asked = asked && !before.Hidden
		switch {
		case f.Hidden:
		case !asked:
			out = append(out, Change{f, Added})
		case f.Kind != before.Kind || f.List != before.List || !slices.EqualFunc(f.Choices, before.Choices, sameCode):
			out = append(out, Change{f, Other})
		case f.Required && !before.Required:
			out = append(out, Change{f, Needed})
		case !f.Required && before.Required:
			out = append(out, Change{f, Optional})
		}
	}
	for _, f := range older.Fields {
		if !f.Hidden && !d.Shown(f.Key) {
			out = append(out, Change{f, Gone})
		}
	}
	return out
}

func sameCode(a, b Option) bool { return a.Code == b.Code }
