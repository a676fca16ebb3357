package weight

// Budget is a bound on one thing, in bytes as they travel or in requests. Target
// is where it should be, Limit what it must not pass.
type Budget struct {
	Target int64
	Limit  int64
}

const kb = 1000

// The budgets of a page. Networks of 50 kbit/s are real: 80 KB take 13 seconds there.
var (
	First          = Budget{50 * kb, 80 * kb}
	FirstRequests  = Budget{7, 7}
	Repeat         = Budget{12 * kb, 20 * kb}
	RepeatRequests = Budget{2, 2}
	Form           = Budget{4 * kb, 6 * kb}
	List           = Budget{8 * kb, 15 * kb}
	Dashboard      = Budget{15 * kb, 20 * kb}
	Styles         = Budget{8 * kb, 12 * kb}
	Scripts        = Budget{24 * kb, 32 * kb}
)

// Page is a page of the demonstration that is weighed.
type Page struct {
	Name    string
	Persona string // who opens it; empty: nobody is signed in
	Path    string
	HTML    Budget
	Known   string // why its HTML passes the limit, where that is known and has been looked at
}

// operation is the address of the operation that the demonstration tells.
const operation = "/o/action-ipr-ap-2/"

// Pages are those that officers open every day.
func Pages() []Page {
	return []Page{
		{"sign-in", "", "/signin", Form, ""},
		{"home", "officer", "/", List, ""},
		{"overview", "coordinator", operation, Dashboard, ""},
		{"overview of an officer", "officer", operation, Dashboard, ""},
		{"messages", "officer", operation + "m/", List, ""},
		{"cases", "officer", operation + "c/", List, ""},
		{"new case", "officer", operation + "c/new", Form, countryLists},
		{"new warning", "coordinator", operation + "m/new/warning", Form, countryLists},
		{"journal", "director", operation + "journal/", List, ""},
	}
}

// countryLists: the whole page stays below every other budget.
const countryLists = "several lists of all countries, by name in the reader's language, which work without scripts"

// Weight is what opening a page cost.
type Weight struct {
	HTML           int64 `json:"html"` // bytes
	Styles         int64 `json:"styles"`
	Scripts        int64 `json:"scripts"`
	Other          int64 `json:"other"`
	Requests       int64 `json:"requests"`
	Repeat         int64 `json:"repeat"` // bytes when opened again
	RepeatRequests int64 `json:"repeat_requests"`
	Foreign        int64 `json:"foreign"` // requests to other hosts
}

// First is all that the first view takes, in bytes.
func (w Weight) First() int64 { return w.HTML + w.Styles + w.Scripts + w.Other }

// Line is one judged number of a weight.
type Line struct {
	What string
	Unit string // B or requests
	Has  int64
	Budget
}

// Lines sets a weight beside the budgets of its page.
func (w Weight) Lines(p Page) []Line {
	return []Line{
		{"first view", "B", w.First(), First}, {"first view", "requests", w.Requests, FirstRequests},
		{"repeat view", "B", w.Repeat, Repeat}, {"repeat view", "requests", w.RepeatRequests, RepeatRequests},
		{"HTML", "B", w.HTML, p.HTML}, {"styles", "B", w.Styles, Styles}, {"scripts", "B", w.Scripts, Scripts},
		{"other hosts", "requests", w.Foreign, Budget{0, 0}},
	}
}
