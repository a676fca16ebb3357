package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/api"
	"github.com/tidewaiter/tidewaiter/internal/archive"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/barcode"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/coverage"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
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
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/live"
	"github.com/tidewaiter/tidewaiter/internal/mail"
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
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/register"
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
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Config is what an instance needs to know, read once in cmd.
type Config struct {
	Data     string // directory of the instance
	Database string // postgres://...; empty: SQLite in the data directory
	KeyFile  string // private key that signs checkpoints and receipts; empty: keys/journal.key in the data directory, made if missing
	// ContentKeyFile wraps the keys of attachments; empty: keys/content.key in the data directory, made if missing.
	ContentKeyFile string
	Attachments    attachment.Limits // 0: attachment.Usual
	Scanner        string            // program that looks at uploads; empty: none
	Version        string
	Proxied        bool // a proxy in front ends TLS
	Streams        int  // live streams that one person may have open; 0: door.PersonStreams
	Log            *slog.Logger
	Relay          mail.Relay // that takes e-mail; without a host none is sent
	// RateFactor multiplies every limit of rate; 0 is 1.
	RateFactor float64
}

// database is the address of the instance's database.
func (c Config) database() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "tidewaiter.db")
}

// private makes a new SQLite file readable by nobody else, also in a directory
// that is open to others; SQLite gives its log the same rights.
func (c Config) private() error {
	if c.Database != "" {
		return nil
	}
	f, err := os.OpenFile(filepath.Join(c.Data, "tidewaiter.db"), os.O_CREATE|os.O_RDWR, 0o600)
	switch {
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fault.Of(fault.Unavailable, "fault.read-only").Because(err)
	case errors.Is(err, syscall.ENOSPC):
		return fault.Of(fault.Unavailable, "fault.disk-full").Because(err)
	case err != nil:
		return fmt.Errorf("server: database: %w", err)
	}
	return f.Close()
}

// watch logs, once each, that the database begins to refuse work and that it
// takes writes again; each request says it to its own reader.
func (c Config) watch(trouble error) {
	if trouble != nil {
		c.Log.Error("the database refuses work", "error", trouble)
		return
	}
	c.Log.Info("the database takes writes again")
}

// App is one opened instance.
type App struct {
	Config        Config
	Demo          *Demo // nil unless the data directory holds a demonstration
	Clock         *source.Source
	Names         map[string]map[i18n.Lang]string // of countries and areas, as this instance calls them
	DB            *db.DB
	Signer        *journal.Signer
	Sessions      *session.Store
	People        *person.Store
	Organisations *organisation.Store
	Operations    *operation.Store
	Messages      *message.Store
	Seizures      *seizure.Store
	Results       *results.Store
	Searches      *search.Store
	Quarantine    *quarantine.Store
	Links         *links.Store
	Attachments   *attachment.Store
	Vault         *blob.Vault
	disk          *blob.Disk
	NilReports    *nilreport.Store
	Reviews       *review.Store
	cases         *register.Register // for lists, questions and the report
	CaseLists     *caselist.Store
	Coverage      *coverage.Store
	Tasks         *task.Store
	Rosters       *roster.Store
	Warnings      *warning.Store
	Analyses      *analysis.Store
	Publications  *publication.Store
	Editions      *edition.Store
	Situations    *situation.Store
	Detentions    *detention.Store
	Inquiries     *inquiry.Store
	Inspections   *inspection.Store
	Usages        *usage.Store
	MassUploads   *massupload.Store
	Templates     *template.Store
	Documents     *document.Store
	Products      *product.Store
	Barcodes      *barcode.Reader
	Exports       *export.Store
	Intake        *intake.Store
	Readings      *reading.Log
	Withdrawals   *withdrawal.Store
	Packs         *pack.Store
	Evidence      *evidence.Store
	Holders       *holder.Store
	Contacts      *contact.Store
	Protections   *protection.Store
	Alerts        *alert.Store
	Attendances   *attendance.Store
	Archives      *archive.Store
	Connections   *connection.Store
	Watchlists    *watchlist.Store
	Courses       *course.Store
	Effects       *effect.Store
	Evaluations   *evaluation.Store
	Learnt        *learnt.Store
	Lessons       *lesson.Store
	Workshops     *workshop.Store
	Nominations   *nomination.Store
	Practices     *practice.Store
	Live          *live.Hub
	Watches       *watch.Store
	Notices       *notice.Store
	Jobs          *job.Queue
	Post          *mail.Sender // nil: no e-mail
	seats         *door.Seats  // for live streams, of both doors
	cursors       *door.Cursors
	Limits        *door.Limiter
	Gate          *door.Gate
	Metrics       *Metrics
}

// Open opens the data directory, made if missing, and brings the schema up to
// date. A demonstration's clock goes on from where it stood.
func Open(ctx context.Context, c Config) (*App, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("server: data directory: %w", err)
	}
	demo, err := readDemo(c.Data)
	if err != nil {
		return nil, err
	}
	clock := source.Real()
	if demo != nil {
		clock = demo.clock()
	}
	if err := c.private(); err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, c.database())
	if err != nil {
		return nil, err
	}
	return build(ctx, c, demo, clock, d)
}

// build makes the stores of an opened database, which it closes if it fails.
func build(ctx context.Context, c Config, demo *Demo, clock *source.Source, d *db.DB) (*App, error) {
	d.Watch(c.watch)
	names, err := readNames(c.Data)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := migrate.Up(ctx, d); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	signer, err := c.signer()
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	vault, disk, err := c.OpenVault()
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	cursors, err := door.NewCursors(signer.Secret("cursors"))
	if err != nil {
		return nil, errors.Join(err, disk.Close(), d.Close())
	}
	j := journal.New(source.Real()) // salts that nobody may foresee, also in a story
	hub := live.New(d, clock, audience.Readers, c.Log)
	j.Grew = hub.Grew
	people := person.NewStore(d, j, clock)
	a := &App{
		Config: c, Demo: demo, Clock: clock, Names: names, DB: d, Signer: signer,
		Sessions:      session.NewStore(d, j, source.Real(), people.Hasher(), session.Options{Demo: demo != nil}),
		People:        people,
		Organisations: organisation.NewStore(d, j, clock),
		Operations:    operation.NewStore(d, j, clock),
		Messages:      message.NewStore(d, j, clock),
		Seizures:      seizure.NewStore(d, j, clock),
		Results:       results.NewStore(d, clock),
		Searches:      search.NewStore(d, clock),
		Quarantine:    quarantine.NewStore(d, j, clock),
		Links:         links.NewStore(d, j, clock),
		Attachments:   c.attachments(attachment.NewStore(d, j, clock, vault)),
		Vault:         vault, disk: disk,
		Readings:    reading.NewLog(d, journal.New(source.Real()), clock), // a journal that nobody listens to
		Withdrawals: withdrawal.NewStore(d, j, clock),
		Live:        hub, Watches: watch.NewStore(d, clock, hub),
		seats:   &door.Seats{Max: c.Streams},
		cursors: cursors,
		Limits:  door.NewLimiter(source.Real(), c.RateFactor, c.Proxied),
		Gate:    door.NewGate(0, 0),
	}
	a.daily(j)
	a.sheets(j)
	a.stock(j)
	a.result(j)
	a.training(j)
	a.holders(j)
	a.tells()
	a.binds()
	return a, nil
}

// daily makes the stores of what goes on beside messages and cases.
func (a *App) daily(j *journal.Journal) {
	d, clock := a.DB, a.Clock
	a.NilReports = nilreport.NewStore(d, j, clock)
	a.Reviews = review.NewStore(d, j, clock)
	a.Coverage = coverage.NewStore(d, clock)
	a.Tasks = task.NewStore(d, j, clock)
	a.Rosters = roster.NewStore(d, j, clock)
	a.Warnings = warning.NewStore(d, j, clock)
	a.Templates = template.NewStore(d, j, clock)
	a.Documents = document.NewStore(d, j, clock)
	a.Products = product.NewStore(d, j, clock)
	a.Barcodes = barcode.NewReader(barcode.AtOnce)
	a.Detentions = detention.NewStore(d, j, clock)
	a.Inquiries = inquiry.NewStore(d, j, clock, a.Detentions, a.Attachments)
	a.cases = register.New()
	a.CaseLists = caselist.NewStore(d, clock, a.cases)
	a.Packs = pack.NewStore(d, j, clock)
	a.Evidence = evidence.NewStore(d, j, clock, a.Vault)
}

// holders makes the stores of right holders' information.
func (a *App) holders(j *journal.Journal) {
	a.Holders = holder.NewStore(a.DB, j, a.Clock)
	a.Contacts = contact.NewStore(a.DB, j, a.Clock)
	a.Protections = protection.NewStore(a.DB, j, a.Clock)
	a.Alerts = alert.NewStore(a.DB, j, a.Clock)
}

// sheets builds what brings cases in from files, and hands them out.
func (a *App) sheets(j *journal.Journal) {
	a.Exports = export.NewStore(a.CaseLists)
	a.Exports.Item = api.CaseItem
	a.Intake = intake.NewStore(a.DB, j, a.Clock, a.Vault, a.Seizures)
}

// Close writes what was read last, waits for running writes and closes the database.
func (a *App) Close() error {
	return errors.Join(a.Readings.Flush(context.Background()), a.DB.Close(), a.disk.Close())
}

// namesFile overrides names of countries and areas for the whole instance.
const namesFile = "names.toml"

func readNames(data string) (map[string]map[i18n.Lang]string, error) {
	text, err := os.ReadFile(filepath.Join(data, namesFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("server: names: %w", err)
	}
	names, err := i18n.ParseNames(text)
	if err != nil {
		return nil, fmt.Errorf("server: %s: %w", filepath.Join(data, namesFile), err)
	}
	return names, nil
}
