package sheet

import (
	"fmt"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Heading is one column of the sheet at hand.
type Heading struct {
	Typed string // as it stands, without blanks around it
	Name  string // how a mapping calls it: folded, "[2]" behind the second of a name, "#4" without one
}

// Headings names the columns of a row of headings.
func Headings(cells []string) []Heading {
	for len(cells) > 0 && Trim(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	total := map[string]int{}
	for _, c := range cells {
		total[i18n.Fold(c)]++
	}
	seen := map[string]int{}
	list := make([]Heading, len(cells))
	for i, c := range cells {
		h := Heading{Typed: strings.Join(strings.Fields(c), " "), Name: i18n.Fold(c)}
		seen[h.Name]++
		switch {
		case h.Name == "":
			h.Name = fmt.Sprintf("#%d", i+1)
			h.Typed = h.Name
		case total[h.Name] > 1:
			h.Typed = fmt.Sprintf("%s [%d]", h.Typed, seen[h.Name])
			h.Name = fmt.Sprintf("%s [%d]", h.Name, seen[h.Name])
		}
		list[i] = h
	}
	return list
}
