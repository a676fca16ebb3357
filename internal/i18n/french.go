package i18n

import "strings"

// tied keeps a sign of French on the line of its word, with the spaces that its
// typography sets there.
var tied = strings.NewReplacer(" :", "\u00a0:", " »", "\u00a0»", "« ", "«\u00a0", " ;", "\u202f;", " ?", "\u202f?", " !", "\u202f!")

// bound is an entry of the French catalogue as it is printed: texts are written there
// with plain spaces.
func (e entry) bound() entry {
	for _, p := range e.forms {
		for i := range p {
			p[i].text = tied.Replace(p[i].text)
		}
	}
	return e
}
