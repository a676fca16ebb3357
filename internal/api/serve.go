package api

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/barcode"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/coverage"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/effect"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/search"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/warning"
	"github.com/tidewaiter/tidewaiter/internal/watch"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Prefix is where the door stands.
const Prefix = "/api/v1/"

// Door is the door for other systems. All fields are set where the server is built.
type Door struct {
	Sessions    *session.Store
	Operations  *operation.Store
	Messages    *message.Store
	Documents   *document.Store
	Products    *product.Store
	Barcodes    *barcode.Reader
	Alerts      *alert.Store
	Connections *connection.Store
	Watchlists  *watchlist.Store
	Effects     *effect.Store
	Workshops   *workshop.Store
	Attendances *attendance.Store
	Seizures    *seizure.Store
	Results     *results.Store
	Searches    *search.Store
	Watches     *watch.Store
	Quarantine  *quarantine.Store
	Links       *links.Store
	Attachments *attachment.Store
	NilReports  *nilreport.Store
	CaseLists   *caselist.Store
	Analyses    *analysis.Store
	Coverage    *coverage.Store
	Warnings    *warning.Store
	Detentions  *detention.Store
	Inquiries   *inquiry.Store
	Templates   *template.Store
	Withdrawals *withdrawal.Store
	Signer      *journal.Signer // of receipts
	Cursors     *door.Cursors
	Seats       *door.Seats
	Limits      *door.Limiter // nil: no limits of rate
	Gate        *door.Gate    // nil: as many at once as come
	Proxied     bool          // a proxy in front ends TLS
	Version     string
	Log         *slog.Logger
}

// call is one request: who asks, and how to speak to them.
type call struct {
	session session.Session
	printer *i18n.Printer
	token   string
}

func (c *call) who() access.Actor { return c.session.Actor }

// handler answers one route. An error is answered by the door.
type handler func(w http.ResponseWriter, r *http.Request, c *call) error

// Handler serves the table.
func (d *Door) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, row := range d.table() {
		mux.Handle(row.Method+" "+row.Pattern, d.serve(row))
	}
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.fail(w, r, &call{printer: printer(r)}, refused(http.StatusForbidden, "api.cross-origin"))
	}))
	return door.Scheme(door.Secured(guard.Handler(d.found(mux)), policy), d.Proxied)
}

// found answers what no row answers in the door's own form, with what is allowed
// where only the method is wrong.
func (d *Door) found(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		c := &call{printer: printer(r)}
		probe := header{http.Header{}, 0}
		mux.ServeHTTP(&probe, r)
		if probe.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", probe.Header().Get("Allow"))
			d.fail(w, r, c, refused(http.StatusMethodNotAllowed, "api.method"))
			return
		}
		d.fail(w, r, c, fault.Missing())
	})
}

// header is a response of which only the head matters.
type header struct {
	h      http.Header
	status int
}

func (h *header) Header() http.Header         { return h.h }
func (h *header) Write(b []byte) (int, error) { return len(b), nil }
func (h *header) WriteHeader(status int)      { h.status = status }

// policy: whatever a browser makes of an answer, it loads nothing.
const policy = "default-src 'none'; frame-ancestors 'none'"

// serve runs one row of the table: limits, session, handler, error.
func (d *Door) serve(row row) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{printer: printer(r)}
		if strings.HasPrefix(r.PathValue("code"), operation.PracticePrefix) {
			w.Header().Set(practising, "true")
		}
		leave, err := d.Gate.Enter(row.Route.Route)
		if err != nil {
			d.fail(w, r, c, err)
			return
		}
		defer leave()
		if err := d.admit(w, r, c, row); err != nil {
			d.fail(w, r, c, err)
			return
		}
		if err := row.handle(w, r, c); err != nil {
			d.fail(w, r, c, err)
		}
	})
}

// admit tells who asks, and whether not too often; both before the body is read.
func (d *Door) admit(w http.ResponseWriter, r *http.Request, c *call, row row) error {
	var unknown error
	if row.Command != door.Public {
		unknown = d.identify(r, c, row)
	}
	if err := d.Limits.Admit(r, c.who().Person, row.Route.Route); err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, row.Limit)
	return unknown
}

// identify tells who asks. A browser's cookie may read; only what no other site
// can make a browser send may write: a token, or the head of an upload.
func (d *Door) identify(r *http.Request, c *call, row row) error {
	c.token = door.Token(r)
	ours := row.Tus != nil && r.Header.Get("Tus-Resumable") != ""
	if !ours && r.Method != http.MethodGet && r.Method != http.MethodHead && r.Header.Get("Authorization") == "" {
		return refused(http.StatusUnauthorized, "api.token-needed")
	}
	var err error
	if c.session, err = d.Sessions.Resolve(r.Context(), c.token); err != nil {
		return err
	}
	if lang := c.session.Person.Language; r.Header.Get("Accept-Language") == "" && lang != "" {
		c.printer = i18n.NewPrinter(i18n.Match("", lang))
	}
	return nil
}

// printer speaks the language that the caller asks for.
func printer(r *http.Request) *i18n.Printer {
	return i18n.NewPrinter(i18n.Match(r.Header.Get("Accept-Language"), ""))
}

// answer writes a value as JSON.
func answer(w http.ResponseWriter, status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return written(w, status, b)
}

// practising is the head of every answer in a practice: of the code, whoever asks and
// whether or not it exists.
const practising = "Tidewaiter-Practice"

// written answers with JSON that is written already.
func written(w http.ResponseWriter, status int, b []byte) error {
	w.Header().Set("Content-Type", "application/json")
	if w.Header().Get(practising) != "" { // kept as a file it says what it is of
		b = operation.Practised(b)
	}
	w.WriteHeader(status)
	_, _ = w.Write(append(b, '\n')) // the caller may have gone
	return nil
}

// code is the operation that a request names.
func code(r *http.Request) operation.Code { return operation.Code(r.PathValue("code")) }
