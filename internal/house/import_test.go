package house_test

import (
	"slices"
	"strings"
	"testing"
)

// The floors. A room may import what stands in its line of beneath, and what
// those may import, through as many lines as it takes.
var (
	// ground knows nothing of customs.
	ground = []string{"fault", "source", "access", "picture", "db", "db/line", "db/migrate", "journal", "following", "live", "job", "blob", "textindex", "likeness", "i18n", "codelist", "certificate", "mail", "nominal", "barcode", "rendition", "suppress", "icalendar"}
	first  = []string{
		"organisation", "person", "session", "audience", "operation", "attachment", "consignment",
		"goods", "template", "message", "document", "seizure", "product", "alert", "lesson", "participant", "workshop", "nomination", "attendance", "evaluation", "learnt",
		"nilreport", "task", "roster", "pack", "legal", "holder", "protection", "contact",
	}
	second = []string{"practice", "course", "effect", "analysis", "connection", "watchlist", "situation", "edition", "archive", "proofread", "inquiry", "inspection", "usage", "massupload", "quarantine", "register", "caselist", "coverage", "review", "warning", "reading", "withdrawal", "watch", "notice", "detention", "casefile", "results", "links", "publication", "search", "spreadsheet", "spreadsheet/guess", "spreadsheet/form", "export", "intake", "offline", "evidence", "keeping", "verify"}

	// pages are the rooms of the web door: none knows another.
	pages = []string{"web/analysispage", "web/connectionpage", "web/publicationpage", "web/accountpage", "web/adminpage", "web/messagepage", "web/operationpage", "web/casepart", "web/reportpage", "web/seizurepage", "web/dailypage", "web/searchpage", "web/warningpage", "web/withdrawalpage", "web/documentpage", "web/codepage", "web/detentionpage", "web/duplicatepage", "web/importpage", "web/inquirypage", "web/alertpage", "web/protectionpage", "web/productpage", "web/inspectpage", "web/usagepage", "web/holderpage", "web/workshoppage", "web/attendancepage", "web/lessonpage", "web/practicepage", "web/effectpage", "web/learntpage"}

	beneath = map[string][]string{
		"fault": {}, "source": {}, "access": {"fault"},
		"db": {"access", "fault", "source"}, "db/migrate": {"db"}, "db/line": {},
		"journal": {"db", "source", "i18n"}, "following": {"journal"}, "live": {"journal"}, "job": {"journal", "source"}, "mail": {"i18n", "source"}, "textindex": {"journal"}, "likeness": {"journal"},
		"blob": {"fault", "source"}, "picture": {"fault", "likeness"}, "barcode": {"picture", "codelist", "i18n", "fault"}, "certificate": {"source"}, "nominal": {}, "codelist": {"fault"}, "i18n": {"fault", "codelist"},
		// backup keeps and makes whole databases; who runs the machine calls it, no door does.
		"backup": {"verify", "db/line"},

		"organisation": ground,
		"person":       {"organisation"}, "audience": {"organisation"},
		"session": {"person"}, "operation": {"audience", "person"},
		"attachment": {"operation", "reading"}, "consignment": {"operation"},
		"holder":  {"operation", "attachment"}, // who right holders are, who speaks for them, what they own
		"product": {"holder", "barcode"},       // sheets that make an officer see the fake
		"contact": {"holder"},                  // the directory: whom to ask, by brand, country, language
		// whether a brand is protected in a country: rights, applications for action, what customs may do
		"protection": {"holder", "legal"},
		"pack":       ground,                        // lists of codes that are loaded
		"template":   {"operation"},                 // what messages ask for
		"legal":      {"i18n", "codelist", "fault"}, // counts the days that the law gives; pure
		"message":    {"attachment", "consignment", "template", "reading"}, "goods": {"codelist", "fault", "i18n"}, "seizure": {"attachment", "consignment", "goods", "operation", "reading"},
		"document":    {"message"},                                        // its audience is that of a message that begins a thread
		"reading":     {"journal", "access"},                              // who has read what: those whose content it is note it
		"withdrawal":  {"message", "seizure", "quarantine"},               // takes back what stands in all three
		"inquiry":     {"detention", "product"},                           // asks right holders whether goods are genuine, and keeps what it tells them as a disclosure
		"lesson":      {"product"},                                        // product identification, taught from sheets
		"participant": {"operation"},                                      // who takes part in a workshop, on how many places: rows and how they are counted
		"workshop":    {"document", "lesson", "icalendar", "participant"}, // training around an operation: agenda, materials, invitations
		"nomination":  {"workshop"},                                       // administrations name whom they send, and the host answers
		"attendance":  {"workshop"},                                       // who was there, and certificates of it
		"evaluation":  {"attendance"},                                     // what participants say of a workshop
		"learnt":      {"workshop"},                                       // lessons learnt, with owner and state, carried on
		"practice":    {"attendance", "seizure", "nilreport", "warning"},  // tasks on the real screens, where nothing is real
		"course":      {"attendance", "seizure"},                          // whom trained trainers taught at home
		"effect":      {"course", "caselist", "review"},                   // what training changed
		"alert":       {"product", "consignment", "message"},              // what to look for now

		"spreadsheet/sheet": {"fault", "i18n"}, "spreadsheet/typed": {"spreadsheet/sheet", "codelist"}, "spreadsheet/workbook": {"spreadsheet/sheet"},
		"spreadsheet/outcome": {"goods", "spreadsheet/workbook"}, // what became of a sheet
		"spreadsheet":         {"spreadsheet/typed", "spreadsheet/outcome", "seizure", "product"},
		"spreadsheet/form":    {"spreadsheet"}, // the product's own sheet
		"spreadsheet/guess":   {"spreadsheet/form"},
		"export":              {"spreadsheet/form", "caselist"},         // cases as a file, by the filter of their list
		"intake":              {"spreadsheet/guess", "seizure", "blob"}, // sheets that come in through a page
		"links":               {"consignment", "seizure", "message"},
		"watch":               {"operation", "live"}, // what a member is told of the journal as it grows
		"nilreport":           {"operation"}, "task": {"operation"}, "roster": {"operation"},
		"review":     {"seizure", "reading"},                                   // what those who answer for a case say of it
		"register":   {"seizure", "following"},                                 // an operation's cases by their codes, in memory
		"caselist":   {"register"},                                             // an operation's cases as people go through them
		"detention":  {"seizure", "legal"},                                     // the legal clock of a case
		"massupload": {"product", "spreadsheet/workbook", "spreadsheet/typed"}, // sheets from the rows of a workbook
		"usage":      {"inspection"},                                           // what right holders may know of the use of their sheets
		"inspection": {"seizure", "product"},                                   // covert features of a sheet, opened to an officer with the goods at hand
		"coverage":   {"nilreport", "seizure"},                                 // who reported on which day: cases and nil reports side by side
		"quarantine": {"operation"},                                            // what was refused of messages and cases, which stand beside it
		"warning":    {"message"},                                              // the life of a warning beside what is said in its thread
		"results":    {"seizure", "message", "quarantine", "coverage", "task", "warning", "withdrawal"}, "offline": {"seizure", "message", "product"},
		"casefile": {"seizure", "message", "inquiry"}, "search": {"message", "seizure", "document", "product"},
		"evidence":  {"seizure", "message"},                                                                                                                                    // takes one case out of the house, with what proves it
		"verify":    {"keeping", "db/migrate"},                                                                                                                                 // has each package compare its own rows, and knows which schema this program has
		"notice":    {"workshop", "learnt", "publication", "product", "review", "message", "seizure", "document", "detention", "inquiry", "alert", "watchlist", "job", "mail"}, // what matters to whom, of messages and cases
		"rendition": {"spreadsheet/workbook"}, "suppress": {}, "icalendar": {},
		"analysis":    {"caselist", "results"},                           // questions of cases: groups, sums, comparisons
		"connection":  {"links", "caselist"},                             // what connects cases, and what people say of it
		"watchlist":   {"connection", "spreadsheet/sheet"},               // values that raise an alert when they are seen again
		"situation":   {"results"},                                       // what was issued of a day
		"publication": {"proofread"},                                     // the final report: texts, figures, versions, clearance
		"edition":     {"publication", "rendition", "suppress", "usage"}, // what of a version is for whom, and as which file
		"archive":     {"verify", "edition", "notice", "db/line"},        // a whole operation as a file, and again
		"proofread":   {"analysis", "nominal"},                           // numbers, names and claims in what people write about results

		// what every package keeps in tables: a line each
		"keeping": {
			"alert",
			"analysis",
			"attachment",
			"attendance",
			"audience",
			"caselist",
			"connection",
			"consignment",
			"contact",
			"course",
			"detention",
			"document",
			"edition",
			"evaluation",
			"evidence",
			"holder",
			"inquiry",
			"inspection",
			"intake",
			"job",
			"journal",
			"learnt",
			"lesson",
			"likeness",
			"message",
			"nilreport",
			"notice",
			"operation",
			"organisation",
			"pack",
			"person",
			"practice",
			"product",
			"protection",
			"publication",
			"quarantine",
			"reading",
			"review",
			"roster",
			"seizure",
			"session",
			"situation",
			"task",
			"template",
			"textindex",
			"usage",
			"warning",
			"watchlist",
			"withdrawal",
			"workshop",
		},

		"story":          append(slices.Clone(first), "spreadsheet", "story/name", "story/life", "story/paper", "story/sheet", "story/chapter", "story/training"),
		"story/life":     nil,
		"story/paper":    nil,                                           // its documents, and the files that they are: data
		"story/sheet":    nil,                                           // its product sheets, and the pictures in them: data and drawing
		"story/training": nil,                                           // its workshops, courses and lessons learnt: data
		"story/chapter":  nil,                                           // what its people write into the final report: data
		"story/name":     nil,                                           // invented names of people: data
		"story/tell":     append(slices.Concat(first, second), "story"), // puts the story in through the commands
		"door":           append(slices.Concat(first, second), "fault", "access", "i18n", "live"),
		"web":            pages, "api": {"api/sheetitem", "api/describe", "api/caseitem", "api/clockitem", "api/alertitem", "api/inquiryitem", "api/analysisitem", "api/connectionitem", "api/effectitem", "api/workshopitem"}, "api/effectitem": {"effect"}, "api/workshopitem": {"attendance", "effect"}, "api/analysisitem": {"analysis"}, "api/connectionitem": {"connection"}, "api/inquiryitem": {"api/clockitem", "inquiry"}, "api/alertitem": {"alert"}, "api/caseitem": {"seizure"}, "api/sheetitem": {"product"}, "api/clockitem": {"detention"}, "api/describe": {"door"},
		"web/frame":       append(slices.Concat(first, second), "door", "web/kit", "web/static"),
		"web/accountpage": {"web/frame"}, "web/adminpage": {"web/frame"}, "web/messagepage": {"web/frame"},
		"web/operationpage": {"web/frame"}, "web/casepart": {"web/frame"}, "web/reportpage": {"web/casepart"}, "web/seizurepage": {"web/casepart"},
		"web/dailypage": {"web/frame"}, "web/searchpage": {"web/frame"}, "web/warningpage": {"web/frame"}, "web/withdrawalpage": {"web/frame"}, "web/documentpage": {"web/frame"}, "web/codepage": {"web/frame"}, "web/detentionpage": {"web/frame"}, "web/duplicatepage": {"web/frame"}, "web/importpage": {"web/frame"}, "web/inquirypage": {"web/frame"}, "web/alertpage": {"web/frame"}, "web/protectionpage": {"web/frame"},
		"web/analysispage": {"web/frame"}, "web/connectionpage": {"web/frame"}, "web/publicationpage": {"web/frame"},
		"web/productpage": {"web/frame"}, "web/inspectpage": {"web/frame"}, "web/usagepage": {"web/frame"}, "web/holderpage": {"web/frame"},
		"web/workshoppage": {"web/frame"}, "web/attendancepage": {"web/frame"}, "web/lessonpage": {"web/frame"}, "web/practicepage": {"web/frame"}, "web/effectpage": {"web/frame"}, "web/learntpage": {"web/frame"},
		"web/static": {}, "web/kit": {"web/static", "i18n", "codelist", "fault"}, "web/kit/gallery": {"web/kit"},
		"doctor": {"certificate", "db/migrate", "source"}, // looks at an instance from outside
		"server": append(slices.Concat(ground, first, second), "door", "web", "api", "story", "story/tell"),
		"cmd":    append(slices.Concat(ground, first, second), "bench", "bench/world", "server", "backup", "doctor", "story", "story/tell"),

		// A measuring stick: servers of its own that it starts from the same binary. Nothing
		// that serves people imports it, and the bare server knows the product's content only.
		"bench/limit": {"db"}, "bench/world": {"server"}, "bench/weight": {}, "bench/bare": {"bench/limit", "bench/world", "source"},
		"bench": {"bench/limit", "bench/bare", "bench/world", "bench/weight", "server"},

		"i18n/gen": {}, // a program that makes data files
		// For tests only; see TestOnlyTestsImportTestHelpers.
		"db/dbtest": {"db/migrate"}, "browsertest": {}, "mail/mailtest": {"mail"}, "house": {},
		"operation/operationtest": {"operation"}, "message/messagetest": {"message"}, "nomination/nominationtest": {"nomination", "operation/operationtest", "verify"}, "holder/holdertest": {"holder"}, "product/producttest": {"product", "operation/operationtest", "source"},
		"server/servertest": {"server"},                           // the story, told once for all tests
		"web/webtest":       {"server/servertest", "browsertest"}, // serves the story to tests of pages
		"web/tour":          {},                                   // tests that walk through all pages
	}

	// never are arrows that would pass through a permitted line.
	never = map[string][]string{
		"door": {"db", "db/migrate"}, "web": {"db", "db/migrate", "story"}, "api": {"db", "db/migrate", "story"},
		"web/frame": {"db", "db/migrate", "story"}, "web/accountpage": {"db", "db/migrate", "story"}, "web/adminpage": {"db", "db/migrate", "story"},
		"web/messagepage": {"db", "db/migrate", "story"}, "web/operationpage": {"db", "db/migrate", "story"},
		"web/casepart": {"db", "db/migrate", "story"}, "web/reportpage": {"db", "db/migrate", "story"},
		"web/seizurepage": {"db", "db/migrate", "story"},
		"web/dailypage":   {"db", "db/migrate", "story"},
		"web/searchpage":  {"db", "db/migrate", "story"},
		"web/warningpage": {"db", "db/migrate", "story"}, "web/documentpage": {"db", "db/migrate", "story"}, "web/codepage": {"db", "db/migrate", "story"}, "web/duplicatepage": {"db", "db/migrate", "story"}, "web/importpage": {"db", "db/migrate", "story"}, "web/productpage": {"db", "db/migrate", "story"},
		"web/detentionpage": {"db", "db/migrate", "story"}, "web/inquirypage": {"db", "db/migrate", "story"},
		"web/alertpage": {"db", "db/migrate", "story"}, "web/protectionpage": {"db", "db/migrate", "story"},
		"web/holderpage": {"db", "db/migrate", "story"}, "web/analysispage": {"db", "db/migrate", "story"}, "web/connectionpage": {"db", "db/migrate", "story"}, "web/publicationpage": {"db", "db/migrate", "story"},
		"web/workshoppage": {"db", "db/migrate", "story"}, "web/attendancepage": {"db", "db/migrate", "story"}, "web/lessonpage": {"db", "db/migrate", "story"}, "web/practicepage": {"db", "db/migrate", "story"}, "web/effectpage": {"db", "db/migrate", "story"}, "web/learntpage": {"db", "db/migrate", "story"},
		"web/kit": {"db", "db/migrate"}, "story": {"db", "db/migrate"}, "story/tell": {"db", "db/migrate"},
	}
)

// below gives every room that a room may import.
func below(room string) map[string]bool {
	may := map[string]bool{}
	var walk func(string)
	walk = func(from string) {
		for _, to := range beneath[from] {
			if !may[to] {
				may[to] = true
				walk(to)
			}
		}
	}
	walk(room)
	for _, to := range never[room] {
		delete(may, to)
	}
	return may
}

func TestArrowsPointDown(t *testing.T) {
	for room := range beneath {
		if below(room)[room] {
			t.Fatalf("the table of rooms has a circle through %s", room)
		}
	}
	w := newWall(t, "import what stands below (the table in import_test.go); two rooms that want each other have a missing third above them, or are one", importExceptions)
	for _, s := range parsed(t) {
		if s.test {
			continue
		}
		room := s.room()
		if _, known := beneath[room]; !known {
			w.broken(s.path, "the room %q is not in the table of rooms", room)
			continue
		}
		may := below(room)
		for _, path := range s.imports() {
			to, ours := strings.CutPrefix(path, module+"/")
			if ours && !may[roomOf(to)] {
				w.broken(s.path+" -> "+roomOf(to), "%s may not import %s", room, roomOf(to))
			}
		}
	}
}

// keepers are the rooms that alone may import something from outside.
var keepers = map[string][]string{
	"database/sql":                                 {"db", "bench/bare", "bench/limit"}, // a bare server is the driver without db
	"database/sql/driver":                          {"db"},
	"modernc.org/sqlite":                           {"db"},
	"github.com/jackc/pgx/v5":                      {"db", "db/dbtest", "live"},
	"github.com/pressly/goose/v3":                  {"db"},
	"github.com/a-h/templ":                         append(slices.Clone(pages), "web/frame", "web/kit", "web/kit/gallery"),
	"github.com/spf13/cobra":                       {"cmd"},
	"github.com/nicksnyder/go-i18n/v2":             {"i18n"},
	"github.com/chromedp/chromedp":                 {"browsertest"},
	"github.com/chromedp/cdproto":                  {"browsertest"},
	"golang.org/x/mod/sumdb/tlog":                  {"journal", "evidence"}, // whose proofs travel
	"golang.org/x/mod/sumdb/note":                  {"journal"},
	"golang.org/x/time/rate":                       {"door"},
	"golang.org/x/image":                           {"picture", "likeness", "story/sheet"},
	"github.com/prometheus":                        {"server"},
	"github.com/wneessen/go-mail":                  {"mail"},
	"github.com/yuin/goldmark":                     {"rendition"}, // its parser only
	"github.com/BurntSushi/toml":                   {"i18n", "spreadsheet", "spreadsheet/typed", "spreadsheet/guess", "legal", "cmd"},
	"github.com/xuri/excelize/v2":                  {"spreadsheet/workbook"},
	"github.com/makiuchi-d/gozxing":                {"barcode"},
	"golang.org/x/crypto/argon2":                   {"person", "session"},
	"filippo.io/age":                               {"backup", "blob"},
	"testing":                                      {"db/dbtest", "browsertest", "mail/mailtest", "web/webtest", "server/servertest", "operation/operationtest", "message/messagetest", "nomination/nominationtest", "holder/holdertest", "product/producttest"},
	module + "/internal/db/dbtest":                 {},
	module + "/internal/browsertest":               {"web/webtest"},
	module + "/internal/web/webtest":               {},
	module + "/internal/server/servertest":         {"web/webtest"},
	module + "/internal/mail/mailtest":             {},
	"math/rand/v2":                                 {"source", "story", "lesson"},    // seeded: worlds that can be made again, questions that an attempt keeps the seed of
	"net/http/httptest":                            {"mail/mailtest", "web/webtest"}, // servers on loopback
	module + "/internal/operation/operationtest":   {"product/producttest", "nomination/nominationtest"},
	module + "/internal/product/producttest":       {},
	module + "/internal/message/messagetest":       {},
	module + "/internal/holder/holdertest":         {},
	module + "/internal/nomination/nominationtest": {},
	"github.com/google/go-cmp":                     {},
	"pgregory.net/rapid":                           {},
	"github.com/rogpeppe/go-internal":              {},
	"github.com/google/uuid":                       {"source"},
	"os/exec":                                      {"browsertest", "db/dbtest", "bench", "server"}, // its own binary; the scanner of uploads
	"crypto/rand":                                  {"source", "db/dbtest"},
	"unsafe":                                       {},
	"html/template":                                {},
	"text/template":                                {},
	"github.com/evanw/esbuild":                     {},
	"golang.org/x/text/language/display":           {"i18n"}, // its names are those of CLDR 32
}

func TestEachDependencyHasItsRoom(t *testing.T) {
	w := newWall(t, "go through the room that keeps it (keepers in import_test.go); clock, ids and randomness come from source", keeperExceptions)
	for _, s := range parsed(t) {
		if s.test {
			continue
		}
		for _, path := range s.imports() {
			for kept, rooms := range keepers {
				if (path == kept || strings.HasPrefix(path, kept+"/") && !strings.HasPrefix(kept, "testing")) && !slices.Contains(rooms, s.room()) {
					w.broken(s.room()+" -> "+kept, "%s imports %s", s.path, path)
				}
			}
		}
	}
}

func TestNoRoomIsACupboard(t *testing.T) {
	cupboards := []string{
		"util", "utils", "common", "helper", "helpers", "types", "models", "model", "services", "service",
		"misc", "base", "shared", "lib", "core", "tools", "entities", "repository", "controllers",
	}
	w := newWall(t, "name the package by what people talk about", nil)
	for _, s := range parsed(t) {
		for _, part := range strings.Split(s.dir, "/") {
			if slices.Contains(cupboards, part) {
				w.broken(s.dir, "%q says nothing about what lives there", part)
			}
		}
		if name := s.ast.Name.Name; slices.Contains(cupboards, strings.TrimSuffix(name, "_test")) {
			w.broken(s.path, "package %s says nothing about what lives there", name)
		}
	}
}
