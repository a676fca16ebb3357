package publication

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// LessonMark stands behind a lesson learnt that was put into a chapter and leads back to
// it, by the number of its entry in the journal: "[L41]".
func LessonMark(entry int64) string { return fmt.Sprintf("[L%d]", entry) }

var lessonMark = regexp.MustCompile(`\[L[0-9]+\]`)

// ForCustoms tells whether editions are read by administrations and coordination only:
// those for whom lessons learnt are.
func ForCustoms(editions []string) bool {
	return !slices.ContainsFunc(editions, func(e string) bool { return e != Enforcement })
}

// lessons refuses lessons learnt in a chapter that others read, too.
func (s Section) lessons(p *fault.Problems) {
	if !ForCustoms(s.Editions) && lessonMark.MatchString(fmt.Sprint(s.Texts)) {
		p.Add("editions", "report.lessons-for-customs")
	}
}
