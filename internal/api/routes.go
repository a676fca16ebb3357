package api

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
)

// Limits of bodies: the longest message, and a case of many lines.
const (
	messageBody = 512 << 10
	caseBody    = 4 << 20
)

// row is a row of the table: what door.Route says, what answers it, and what the
// description says of it. Its texts are api.route.NAME in the catalogues.
type row struct {
	door.Route
	name    string   // operationId, and the key of its texts
	query   []string // parameters that it knows
	in      any      // zero value of the body; nil: none
	out     any      // zero value of the answer; nil: see stream
	created bool     // 201 for what is new, 200 for the same again
	etag    bool     // answers carry ETag
	match   bool     // takes If-Match
	stream  bool     // answers with server-sent events
	file    bool     // answers with a file
	tus     []string // headers of the protocol of uploads that it takes; none: another route
	handle  handler
}

// list is a page of a list. Next is the cursor of the next page, empty on the last.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"`
}

var (
	ofMessage  = []string{"limit", "cursor", "template", "open"}
	ofWarning  = []string{"limit", "cursor", "outcome", "source", "category"}
	ofCase     = []string{"limit", "cursor", "q", "category", "country", "conveyance", "status", "state", "counted", "from", "to"}
	ofDocument = []string{"limit", "cursor", "kind"}
	ofJournal  = []string{"limit", "cursor", "verb"}
	whose      = []string{"organisation"}
	ofFile     = []string{"organisation", "variant"}
)

// table is every route of this door.
func (d *Door) table() []row {
	const op = Prefix + "operations/{code}"
	get := func(name, pattern string, command access.Permission, query []string, out any, h handler) row {
		return row{Route: door.Route{Method: http.MethodGet, Pattern: pattern, Command: command}, name: name, query: query, out: out, handle: h}
	}
	rows := []row{
		get("me", Prefix+"me", access.HomeRead, nil, caller{}, d.me),
		get("operations", Prefix+"operations", access.HomeRead, nil, list[operationOut]{}, d.operations),
		get("search", Prefix+"search", access.SearchFind, []string{"q", "operation", "limit", "cursor"}, list[hitOut]{}, d.search),
		get("operation", op, access.OperationRead, nil, operationOut{}, d.operation),
		get("members", op+"/members", access.OperationPeople, nil, list[memberOut]{}, d.members),
		get("messages", op+"/messages", access.MessageRead, ofMessage, list[messageOut]{}, d.messages),
		get("message", op+"/messages/{id}", access.MessageRead, whose, messageOut{}, d.message),
		get("warnings", op+"/warnings", access.MessageRead, ofWarning, list[warningOut]{}, d.warnings),
		get("cases", op+"/cases", access.SeizureRead, ofCase, list[caseOut]{}, d.cases),
		get("case", op+"/cases/{id}", access.SeizureRead, whose, caseOut{}, d.getCase),
		get("results", op+"/results", access.ResultsRead, nil, resultsOut{}, d.results),
		get("journal", op+"/journal", access.JournalRead, ofJournal, list[EntryOut]{}, d.journal),
		get("entry", op+"/journal/{seq}", access.JournalRead, nil, provenOut{}, d.entry),
		get("events", op+"/events", access.OperationRead, []string{"after"}, nil, d.events),
		get("coverage", op+"/coverage", access.CoverageRead, []string{"from", "to"}, list[coverageOut]{}, d.coverage),
		get("quarantine", op+"/quarantine", access.QuarantineRead, nil, list[keptOut]{}, d.quarantine),
		get("consignments", op+"/consignments", access.OperationRead, []string{"mark"}, carriersOut{}, d.consignments),
		get("templates", op+"/templates", access.MessageRead, nil, list[templateOut]{}, d.templates),
		get("documents", op+"/documents", access.DocumentRead, ofDocument, list[documentOut]{}, d.documents),
		get("document", op+"/documents/{id}", access.DocumentRead, whose, documentOut{}, d.document),
		get("readers", op+"/messages/{id}/readers", access.OperationPeople, whose, readersOut{}, d.readers),
		get("description", Prefix+"openapi.json", door.Public, []string{"lang"}, nil, d.description),
	}
	rows = append(rows,
		row{Route: door.Route{Method: http.MethodPut, Pattern: op + "/messages/{id}", Command: access.MessageSend, Limit: messageBody},
			name: "put-message", in: MessageIn{}, out: messageOut{}, created: true, handle: d.putMessage},
		row{Route: door.Route{Method: http.MethodPut, Pattern: op + "/cases/{id}", Command: access.SeizureReport, Limit: caseBody},
			name: "put-case", in: caseIn{}, out: caseOut{}, created: true, etag: true, match: true, handle: d.putCase},
		row{Route: door.Route{Method: http.MethodPost, Pattern: op + "/messages/{id}/recall", Command: access.MessageRecall, Limit: messageBody},
			name: "recall-message", query: whose, in: recallIn{}, out: messageOut{}, handle: d.recallMessage},
		row{Route: door.Route{Method: http.MethodDelete, Pattern: op + "/quarantine/{seq}", Command: access.QuarantineClose},
			name: "close-quarantine", handle: d.closeQuarantine},
	)
	rows = append(rows, d.uploads(op)...)
	for i := range rows {
		rows[i].handle = knowing(rows[i].query, rows[i].handle)
		switch rows[i].name {
		case "case":
			rows[i].etag = true
		case "events":
			rows[i].stream, rows[i].Rate = true, door.Streams
		case "cases", "messages", "documents", "warnings", "journal", "search":
			rows[i].Rate = door.Searches
		}
	}
	return rows
}

// uploads are the routes of attachments. The head Tus-Resumable, which no other
// site can have a browser send, lets a signed-in page upload, too.
func (d *Door) uploads(op string) []row {
	tus := func(method, pattern string, command access.Permission, limit int64, name string, headers []string, h handler) row {
		return row{Route: door.Route{Method: method, Pattern: pattern, Command: command, Limit: limit}, name: name,
			tus: append([]string{"Tus-Resumable"}, headers...), handle: speaking(h)}
	}
	one := op + "/uploads/{id}"
	return []row{
		{Route: door.Route{Method: http.MethodGet, Pattern: op + "/attachments/{id}", Command: access.AttachmentRead}, name: "attachment", query: ofFile,
			file: true, handle: d.getAttachment},
		{Route: door.Route{Method: http.MethodOptions, Pattern: op + "/uploads", Command: door.Public, Rate: door.Reads}, name: "upload-options",
			tus: []string{}, handle: d.uploadOptions},
		tus(http.MethodPost, op+"/uploads", access.AttachmentUpload, 0, "begin-upload", []string{"Upload-Length", "Upload-Metadata"}, d.beginUpload),
		tus(http.MethodHead, one, access.AttachmentUpload, 0, "upload-progress", nil, d.uploadProgress),
		tus(http.MethodPatch, one, access.AttachmentUpload, pieceBody, "append-upload", []string{"Upload-Offset", "Upload-Checksum"}, d.appendUpload),
		tus(http.MethodDelete, one, access.AttachmentDiscard, 0, "discard-upload", nil, d.discardUpload),
	}
}

// knowing has a handler refuse parameters that its row does not name.
func knowing(query []string, h handler) handler {
	return func(w http.ResponseWriter, r *http.Request, c *call) error {
		if err := asked(r, query); err != nil {
			return err
		}
		return h(w, r, c)
	}
}

// Routes lists the table, for tests and for the reference.
func Routes() []door.Route {
	var out []door.Route
	for _, r := range new(Door).table() {
		out = append(out, r.Route)
	}
	return out
}
