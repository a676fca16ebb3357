package describe

import "github.com/tidewaiter/tidewaiter/internal/door"

// Door is what is described.
type Door struct {
	Routes  []Route
	Problem any // zero value of the answer to what fails
	MaxPage int // most items of a page
}

// Route is one row of the table: what door.Route says, and what goes in and out.
// Its texts are api.route.NAME in the catalogues.
type Route struct {
	door.Route
	Name    string   // operationId, and the key of its texts
	Query   []string // parameters that it knows
	In      any      // zero value of the body; nil: none
	Takes   string   // media type of a body that is no JSON
	Out     any      // zero value of the answer; nil: none
	Created bool     // 201 for what is new, 200 for the same again
	ETag    bool     // answers carry ETag
	Match   bool     // takes If-Match
	Stream  bool     // answers with server-sent events, each an Out
	File    bool     // answers with a file
	Tus     []string // heads of the protocol of uploads that it takes; none: another route
	Errors  []int    // statuses beside those that follow from the above
}
