package reportpage

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
)

// Parts of a form that repeat: lines of goods, places of the route, steps of
// custody. Their fields are named group.number.field.

// measures is how many measures a line can have: each unit once.
var measures = codelist.Unit.Len()

// measureNames are the fields of the m-th measure of a line.
func measureNames(at string, m int) (quantity, unit, basis string) {
	if m == 1 {
		return at + "quantity", at + "unit", at + "basis"
	}
	n := "." + strconv.Itoa(m)
	return at + "quantity" + n, at + "unit" + n, at + "basis" + n
}

// laterMeasures are the names of the second measure of a line and those after it.
var laterMeasures = func() (out []string) {
	for m := 2; m <= measures; m++ {
		quantity, unit, basis := measureNames("", m)
		out = append(out, quantity, unit, basis)
	}
	return out
}()

// caseRepeats are the groups that repeat; a form has at least one line of goods.
var caseRepeats = []string{"goods", "legs", "custody"}

var repeatName = regexp.MustCompile(`^(goods|legs|custody)\.([1-9][0-9]{0,5})\.`)

// groupNumbers are the numbers in a group of a form, in order.
func groupNumbers(form url.Values, group string) []int {
	seen := map[int]bool{}
	var out []int
	for name := range form {
		if m := repeatName.FindStringSubmatch(name); m != nil && m[1] == group {
			if n, err := strconv.Atoi(m[2]); err == nil && !seen[n] {
				seen[n] = true
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

// groupCount is how often a group of a form repeats that tidyLines has renumbered.
func groupCount(form url.Values, group string) int { return len(groupNumbers(form, group)) }

// lineCount is the number of goods lines of a form that tidyLines has renumbered.
func lineCount(form url.Values) int { return groupCount(form, "goods") }

// tidyLines numbers what repeats from 1 without gaps. Members in which nothing
// was written are left out when empty is false, but one line of goods stays;
// without ("goods.7.") is left out in any case.
func tidyLines(form url.Values, empty bool, without string) url.Values {
	out := url.Values{}
	for name, values := range form {
		if !repeatName.MatchString(name) {
			out[name] = values
		}
	}
	for _, group := range caseRepeats {
		n := 0
		for _, old := range groupNumbers(form, group) {
			at := group + "." + strconv.Itoa(old) + "."
			if at == without || !empty && !written(form, at) {
				continue
			}
			n++
			for name, values := range form {
				if rest, ok := strings.CutPrefix(name, at); ok {
					out[group+"."+strconv.Itoa(n)+"."+rest] = values
				}
			}
		}
		if n == 0 && group == "goods" {
			out.Set("goods.1.category", "")
		}
	}
	return out
}

// written tells whether anything was typed or chosen in a member of a group; a
// verdict alone comes with every line, and says nothing.
func written(form url.Values, at string) bool {
	for name, values := range form {
		if strings.HasPrefix(name, at) && name != at+"verdict" && strings.TrimSpace(strings.Join(values, "")) != "" {
			return true
		}
	}
	return false
}

// editLines adds or removes what an act names ("add-legs", "remove-goods.2");
// any other act leaves the form as it was typed. focus is the new member.
func editLines(values url.Values, act string) (edited url.Values, focus string) {
	without := ""
	if rest, ok := strings.CutPrefix(act, "remove-"); ok {
		without = rest + "."
	}
	values = tidyLines(values, true, without)
	group, ok := strings.CutPrefix(act, "add-")
	if !ok || !slices.Contains(caseRepeats, group) {
		return values, ""
	}
	focus = group + "." + strconv.Itoa(groupCount(values, group)+1) + "."
	if group == "goods" {
		values.Set(focus+"category", "")
	} else {
		values.Set(focus+"kind", "")
	}
	return values, focus
}
