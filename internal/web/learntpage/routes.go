package learntpage

import (
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// form is the limit of a form of many answers.
const form = 1 << 20

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return slices.Concat(s.lessons(), s.evaluations())
}

func (s site) lessons() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/learnt/{$}", Command: access.LearntRead}, Handle: s.list},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/learnt/new", Command: access.LearntRecord}, Handle: s.write},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/learnt/new", Command: access.LearntRecord, Limit: frame.SmallForm}, Handle: s.record},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/learnt/{id}", Command: access.LearntRead}, Handle: s.show},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/learnt/{id}", Command: access.LearntSettle, Limit: frame.SmallForm}, Handle: s.settle},
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/learnt/{id}/amend", Command: access.LearntAmend}, Handle: s.change},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/learnt/{id}/amend", Command: access.LearntAmend, Limit: frame.SmallForm}, Handle: s.amend},
	}
}

func (s site) evaluations() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/evaluation", Command: access.WorkshopRead}, Handle: s.evaluation},
		{Route: door.Route{Method: "POST", Pattern: "/t/{id}/evaluation", Command: access.EvaluationAnswer, Limit: form}, Handle: s.answer},
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/evaluation/ask", Command: access.EvaluationAsk}, Handle: s.asking},
		{Route: door.Route{Method: "POST", Pattern: "/t/{id}/evaluation/ask", Command: access.EvaluationAsk, Limit: frame.SmallForm}, Handle: s.ask},
		{Route: door.Route{Method: "POST", Pattern: "/t/{id}/evaluation/close", Command: access.EvaluationClose, Limit: frame.SmallForm}, Handle: s.close},
		{Route: door.Route{Method: "GET", Pattern: "/t/{id}/evaluation/results", Command: access.EvaluationRead}, Handle: s.results},
	}
}

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
