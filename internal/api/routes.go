package api

import (
	"net/http"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/api/alertitem"
	"github.com/tidewaiter/tidewaiter/internal/api/analysisitem"
	"github.com/tidewaiter/tidewaiter/internal/api/clockitem"
	"github.com/tidewaiter/tidewaiter/internal/api/connectionitem"
	"github.com/tidewaiter/tidewaiter/internal/api/describe"
	"github.com/tidewaiter/tidewaiter/internal/api/effectitem"
	"github.com/tidewaiter/tidewaiter/internal/api/sheetitem"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

// Limits of bodies: the longest message, and a case of many lines.
const (
	messageBody = 512 << 10
	caseBody    = 4 << 20
)

// row is a row of the table: what is said of it, and what answers it.
type row struct {
	describe.Route
	handle handler
}

// list is a page of a list. Next is the cursor of the next page, empty on the last.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"`
}

var (
	ofMessage = []string{"limit", "cursor", "template", "open"}
	ofWarning = []string{"limit", "cursor", "outcome", "source", "category"}
	ofCase    = []string{"limit", "cursor", "q", "category", "country", "conveyance", "status", "state", "counted", "from", "to",
		"violation", "brand", "direction", "origin", "destination", "detection", "post", "reporter", "photos", "waits", "mine"}
	ofQuestion = []string{"group", "split", "filter", "category", "country", "class", "state", "reporter", "violation", "brand", "conveyance", "direction",
		"origin", "destination", "detection", "status", "from", "to"}
	ofDocument = []string{"limit", "cursor", "kind"}
	ofProduct  = []string{"limit", "cursor", "code", "q", "category", "brand"}
	ofJournal  = []string{"limit", "cursor", "verb"}
	whose      = []string{"organisation"}
	ofFile     = []string{"organisation", "variant"}
)

// table is every route of this door.
func (d *Door) table() []row {
	const op = Prefix + "operations/{code}"
	rows := slices.Concat(d.reads(op), d.writes(op), d.uploads(op), d.inquiryRoutes(), d.workshopRoutes(op))
	for i := range rows {
		rows[i].handle = knowing(rows[i].Query, rows[i].handle)
		switch rows[i].Name {
		case "case", "nil-report":
			rows[i].ETag = true
		case "events":
			rows[i].Stream, rows[i].Out, rows[i].Rate = true, eventOut{}, door.Streams
		case "cases", "messages", "documents", "warnings", "journal", "search", "products", "inquiries", "analysis", "links", "conditions", "training-effect":
			rows[i].Rate = door.Searches
		}
	}
	return rows
}

// at is one route.
func at(method, pattern string, command access.Permission, limit int64) door.Route {
	return door.Route{Method: method, Pattern: pattern, Command: command, Limit: limit}
}

// reads are the routes that change nothing.
func (d *Door) reads(op string) []row {
	get := func(name, pattern string, command access.Permission, query []string, out any, h handler) row {
		return row{describe.Route{Route: at(http.MethodGet, pattern, command, 0), Name: name, Query: query, Out: out}, h}
	}
	return []row{
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
		get("versions", op+"/cases/{id}/versions", access.SeizureRead, whose, list[caseVersionOut]{}, d.caseVersions),
		get("case-clock", op+"/cases/{id}/clock", access.DetentionRead, whose, clockitem.Clock{}, d.caseClock),
		get("results", op+"/results", access.ResultsRead, nil, resultsOut{}, d.results),
		get("analysis", op+"/analysis", access.AnalysisRead, ofQuestion, analysisitem.Answer{}, d.analysis),
		get("journal", op+"/journal", access.JournalRead, ofJournal, list[EntryOut]{}, d.journal),
		get("entry", op+"/journal/{seq}", access.JournalRead, nil, provenOut{}, d.entry),
		get("events", op+"/events", access.OperationRead, []string{"after"}, nil, d.events),
		get("coverage", op+"/coverage", access.CoverageRead, []string{"from", "to"}, list[coverageOut]{}, d.coverage),
		get("nil-report", op+"/nil-reports/{day}", access.NilReportSend, nil, nilReportOut{}, d.getNilReport),
		get("quarantine", op+"/quarantine", access.QuarantineRead, nil, list[keptOut]{}, d.quarantine),
		get("consignments", op+"/consignments", access.OperationRead, []string{"mark"}, carriersOut{}, d.consignments),
		get("links", op+"/links", access.ConnectionRead, []string{"case", "organisation", "depth"}, connectionitem.Chart{}, d.links),
		get("conditions", op+"/watch/conditions", access.WatchRead, nil, watchlist.Conditions{}, d.conditions),
		get("training-effect", op+"/training/effect", access.EffectRead, nil, effectitem.TrainingEffect{}, d.trainingEffect),
		get("templates", op+"/templates", access.MessageRead, nil, list[templateOut]{}, d.templates),
		get("documents", op+"/documents", access.DocumentRead, ofDocument, list[documentOut]{}, d.documents),
		get("document", op+"/documents/{id}", access.DocumentRead, whose, documentOut{}, d.document),
		get("alerts", Prefix+"alerts", access.AlertRead, []string{"limit", "cursor", "open"}, list[alertitem.Alert]{}, d.alerts),
		get("readers", op+"/messages/{id}/readers", access.OperationPeople, whose, readersOut{}, d.readers),
		get("products", Prefix+"products", access.ProductRead, ofProduct, list[sheetitem.Product]{}, d.products),
		get("product", Prefix+"products/{id}", access.ProductRead, whose, sheetitem.ProductSheet{}, d.product),
		get("description", Prefix+"openapi.json", door.Public, []string{"lang"}, nil, d.description),
	}
}

// writes are the routes that change something, uploads apart.
func (d *Door) writes(op string) []row {
	return []row{
		{describe.Route{Route: at(http.MethodPut, op+"/messages/{id}", access.MessageSend, messageBody),
			Name: "put-message", In: MessageIn{}, Out: messageOut{}, Created: true}, d.putMessage},
		{describe.Route{Route: at(http.MethodPut, op+"/cases/{id}", access.SeizureReport, caseBody),
			Name: "put-case", In: caseIn{}, Out: caseOut{}, Created: true, ETag: true, Match: true}, d.putCase},
		{describe.Route{Route: at(http.MethodPut, op+"/cases/{id}/photos/{file}", access.SeizureAttach, messageBody), Name: "put-photo", In: photoIn{}, Out: photoOut{}}, d.putPhoto},
		{describe.Route{Route: at(http.MethodPut, op+"/nil-reports/{day}", access.NilReportSend, messageBody),
			Name: "put-nil-report", In: nilReportIn{}, Out: nilReportOut{}, ETag: true, Match: true}, d.putNilReport},
		{describe.Route{Route: at(http.MethodDelete, op+"/nil-reports/{day}", access.NilReportWithdraw, 0),
			Name: "withdraw-nil-report", Match: true, Errors: []int{http.StatusPreconditionRequired}}, d.withdrawNilReport},
		{describe.Route{Route: at(http.MethodPost, op+"/messages/{id}/recall", access.MessageRecall, messageBody),
			Name: "recall-message", Query: whose, In: recallIn{}, Out: messageOut{}}, d.recallMessage},
		{describe.Route{Route: at(http.MethodPost, Prefix+"products/decode", access.ProductRead, photoBody), Name: "decode-photo", Takes: "image/jpeg",
			Out: decodedOut{}, Errors: []int{http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity}}, d.decodePhoto},
		{describe.Route{Route: at(http.MethodDelete, op+"/quarantine/{seq}", access.QuarantineClose, 0), Name: "close-quarantine"}, d.closeQuarantine},
	}
}

// uploads are the routes of attachments. The head Tus-Resumable, which no other
// site can have a browser send, lets a signed-in page upload, too.
func (d *Door) uploads(op string) []row {
	tus := func(r describe.Route, h handler, headers ...string) row {
		r.Tus = append([]string{"Tus-Resumable"}, headers...)
		return row{r, speaking(h)}
	}
	one := op + "/uploads/{id}"
	begun := []int{http.StatusConflict, http.StatusPreconditionFailed, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity}
	piece := describe.Route{Route: at(http.MethodPatch, one, access.AttachmentUpload, pieceBody), Name: "append-upload", Takes: pieceType,
		Errors: append([]int{http.StatusUnsupportedMediaType, tusMismatch}, begun...)}
	options := at(http.MethodOptions, op+"/uploads", door.Public, 0)
	options.Rate = door.Reads
	return []row{
		{describe.Route{Route: at(http.MethodGet, op+"/attachments/{id}", access.AttachmentRead, 0), Name: "attachment", Query: ofFile, File: true}, d.getAttachment},
		{describe.Route{Route: options, Name: "upload-options", Tus: []string{}}, d.uploadOptions},
		tus(describe.Route{Route: at(http.MethodPost, op+"/uploads", access.AttachmentUpload, 0), Name: "begin-upload", Errors: begun},
			d.beginUpload, "Upload-Length", "Upload-Metadata"),
		tus(describe.Route{Route: at(http.MethodHead, one, access.AttachmentUpload, 0), Name: "upload-progress"}, d.uploadProgress),
		tus(piece, d.appendUpload, "Upload-Offset", "Upload-Checksum"),
		tus(describe.Route{Route: at(http.MethodDelete, one, access.AttachmentDiscard, 0), Name: "discard-upload"}, d.discardUpload),
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
		out = append(out, r.Route.Route)
	}
	return out
}

// Described is what the description is made of.
func Described() describe.Door {
	d := describe.Door{Problem: problem{}, MaxPage: maxPage}
	for _, r := range new(Door).table() {
		d.Routes = append(d.Routes, r.Route)
	}
	return d
}

func (d *Door) description(w http.ResponseWriter, r *http.Request, c *call) error {
	p := c.printer
	if lang := r.URL.Query().Get("lang"); lang != "" {
		p = i18n.NewPrinter(i18n.Match("", lang))
	}
	return answer(w, http.StatusOK, Described().Document(p, d.Version))
}
