package frame

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"mime"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/barcode"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/coverage"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/effect"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/export"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/massupload"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/pack"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/protection"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/roster"
	"github.com/tidewaiter/tidewaiter/internal/search"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/situation"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/task"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/usage"
	"github.com/tidewaiter/tidewaiter/internal/warning"
	"github.com/tidewaiter/tidewaiter/internal/watch"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
	"github.com/tidewaiter/tidewaiter/internal/web/static"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Site is the door for browsers. All fields are set where the server is built.
type Site struct {
	Sessions      *session.Store
	People        *person.Store
	Organisations *organisation.Store
	Operations    *operation.Store
	Messages      *message.Store
	Seizures      *seizure.Store
	Results       *results.Store
	Searches      *search.Store
	Watches       *watch.Store
	Quarantine    *quarantine.Store
	Notices       *notice.Store
	Links         *links.Store
	Attachments   *attachment.Store
	NilReports    *nilreport.Store
	Reviews       *review.Store
	CaseLists     *caselist.Store
	Coverage      *coverage.Store
	Tasks         *task.Store
	Rosters       *roster.Store
	Warnings      *warning.Store
	Situations    *situation.Store
	Analyses      *analysis.Store
	Editions      *edition.Store
	Detentions    *detention.Store
	Inquiries     *inquiry.Store
	Inspections   *inspection.Store
	Usages        *usage.Store
	Publications  *publication.Store
	MassUploads   *massupload.Store
	Templates     *template.Store
	Documents     *document.Store
	Products      *product.Store
	Barcodes      *barcode.Reader
	Exports       *export.Store
	Intake        *intake.Store
	Withdrawals   *withdrawal.Store
	Packs         *pack.Store
	Evidence      *evidence.Store
	Holders       *holder.Store
	Contacts      *contact.Store
	Protections   *protection.Store
	Alerts        *alert.Store
	Connections   *connection.Store
	Watchlists    *watchlist.Store
	Courses       *course.Store
	Effects       *effect.Store
	Workshops     *workshop.Store
	Nominations   *nomination.Store
	Practices     *practice.Store
	Attendances   *attendance.Store
	Evaluations   *evaluation.Store
	Learnt        *learnt.Store
	Lessons       *lesson.Store
	Seats         *door.Seats
	Cursors       *door.Cursors
	Source        *source.Source // the clock that pages show: a story's, in a demonstration
	Names         map[string]map[i18n.Lang]string
	Demo          bool
	Proxied       bool // a proxy in front ends TLS
	Version       string
	Log           *slog.Logger
	Limits        *door.Limiter // nil: no limits of rate
	Gate          *door.Gate    // nil: as many at once as come
	Ready         func(ctx context.Context) error
	rows          map[string]Route // by method and pattern: what this server answers
	// Described is the door for other systems, for the page that shows it.
	Described func(p *i18n.Printer) door.Description
}

// Visit is one request: who asks, and how to speak to them.
type Visit struct {
	Session session.Session // zero when nobody is signed in
	Printer *i18n.Printer
	nonce   string
	refused []fault.Field // of files that came with the form
}

// Actor is who asks; the zero Actor when nobody is signed in.
func (v *Visit) Actor() access.Actor { return v.Session.Actor }

// Handler answers one route: a door. An error is shown by the site.
type Handler func(w http.ResponseWriter, r *http.Request, v *Visit) error

// Route is a row of the table of routes, with what answers it.
type Route struct {
	door.Route
	Files  bool // its form may bring files
	Stream bool // its form brings a file that the handler reads as it comes
	Handle Handler
}

// Handler serves the rows of all rooms. Expired answers whoever is not signed in
// and asks for a page that is not public.
func (s *Site) Handler(rows []Route, expired Handler) http.Handler {
	mux := http.NewServeMux()
	s.rows = make(map[string]Route, len(rows))
	for _, row := range rows {
		s.rows[row.Method+" "+row.Pattern] = row
		mux.Handle(row.Method+" "+row.Pattern, s.serve(row, expired))
	}
	mux.Handle("GET "+static.Prefix, static.Handler())
	mux.HandleFunc("GET /healthz", s.health)
	mux.Handle("/", s.serve(Route{Route: door.Route{Command: door.Public}, Handle: notFound}, expired))
	guard := http.NewCrossOriginProtection()
	return door.Scheme(door.Secured(guard.Handler(mux), policy("")), s.Proxied)
}

func (s *Site) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if err := s.Ready(r.Context()); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// policy is the Content-Security-Policy of a page (ux.md 2.1).
func policy(nonce string) string {
	script := "'self'"
	if nonce != "" {
		script += " 'nonce-" + nonce + "'"
	}
	return "default-src 'none'; script-src " + script + "; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " +
		"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; " +
		"require-trusted-types-for 'script'; trusted-types htmx app"
}

// serve runs one row of the table: limits, session, handler, error.
func (s *Site) serve(row Route, expired Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		leave, err := s.Gate.Enter(row.Route)
		if err != nil {
			v, _ := s.Begin(r, "") // asks the database nothing
			v.Guard(w)
			s.Fail(w, r, v, err)
			return
		}
		defer leave()
		if row.RateOf() == door.Streams {
			r = door.LongLived(w, r)
		}
		v, err := s.admit(w, r, row)
		if err != nil {
			s.Fail(w, r, v, err)
			return
		}
		answer := row.Handle
		if row.Command != door.Public && !v.Actor().Known() {
			answer = expired
		}
		if err := answer(w, r, v); err != nil {
			s.Fail(w, r, v, err)
		}
	})
}

// admit tells who asks, whether not too often, and reads the form.
func (s *Site) admit(w http.ResponseWriter, r *http.Request, row Route) (*Visit, error) {
	v, err := s.Begin(r, door.Token(r))
	v.Guard(w)
	if err != nil && !fault.Is(err, fault.Unauthenticated) {
		return v, err
	}
	if err := s.Limits.Admit(r, v.Actor().Person, row.Route); err != nil {
		return v, err
	}
	return v, s.body(w, r, v, row)
}

// body bounds the body and reads the form, or leaves it to a handler that streams.
func (s *Site) body(w http.ResponseWriter, r *http.Request, v *Visit, row Route) error {
	switch {
	case row.Files && isFileForm(r):
		r.Body = http.MaxBytesReader(w, r.Body, FileForm)
		return s.readFiles(w, r, v)
	case row.Stream && isFileForm(r):
		r.Body = http.MaxBytesReader(w, r.Body, intake.MaxFile+SmallForm)
		door.Slowly(w, source.Real().Now())
		return nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, row.Limit)
	return readForm(r)
}

// Begin is the visit of whoever holds a token. With an error nobody is signed in,
// and the visit still serves to say so.
func (s *Site) Begin(r *http.Request, token string) (*Visit, error) {
	v := &Visit{nonce: newNonce()}
	held, err := s.Sessions.Resolve(r.Context(), token)
	if err == nil {
		v.Session = held
	}
	v.Printer = s.printer(r, v)
	return v, err
}

// Guard lets the visit's own scripts run, and no others.
func (v *Visit) Guard(w http.ResponseWriter) {
	w.Header().Set("Content-Security-Policy", policy(v.nonce))
}

// readForm takes the form once, so that handlers and the sign-in page that keeps
// what was typed see the same values. Duplicate single values are kept; drafts
// decide which fields may repeat. But for the rows that say so no page sends
// files, so a form comes in one way only, and as net/url allows: 10,000 fields at most.
func readForm(r *http.Request) error {
	if r.Method != http.MethodPost {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); r.ContentLength != 0 && (err != nil || kind != "application/x-www-form-urlencoded") {
		return fault.Of(fault.Invalid, "fault.malformed")
	}
	if err := r.ParseForm(); err != nil {
		if strings.Contains(err.Error(), "too large") {
			return fault.Of(fault.TooLarge, "fault.too-large").Because(err)
		}
		return fault.Of(fault.Invalid, "fault.malformed").Because(err)
	}
	return nil
}

// LanguageCookie is the language chosen on this browser.
const LanguageCookie = "language"

// printer speaks the language that the reader chose, on this browser or in the
// profile, else the browser's own.
func (s *Site) printer(r *http.Request, v *Visit) *i18n.Printer {
	chosen := v.Session.Person.Language
	if c, err := r.Cookie(LanguageCookie); err == nil {
		chosen = c.Value
	}
	return i18n.NewPrinter(i18n.Match(r.Header.Get("Accept-Language"), chosen), i18n.WithNames(s.Names))
}

func newNonce() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails
	return base64.RawStdEncoding.EncodeToString(b)
}

// Show renders a page whole before a byte is sent: a page is never cut off in
// the middle by an error.
func Show(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	var buf bytes.Buffer
	if err := page.Render(r.Context(), &buf); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	body := packed(w, r, &buf)
	w.WriteHeader(status)
	_, _ = body.WriteTo(w) // the reader may have gone
	return nil
}

// SeeOther ends a form that was taken: the browser asks for the page anew. done
// names the sentence that the next page shows: the text web.done.<done>, which
// stands in the catalogue area of the room.
func SeeOther(w http.ResponseWriter, r *http.Request, to, done string) error {
	if done != "" {
		sep := "?"
		if strings.Contains(to, "?") {
			sep = "&"
		}
		to += sep + "done=" + done
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
