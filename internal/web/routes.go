package web

import (
	"net/http"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/web/accountpage"
	"github.com/tidewaiter/tidewaiter/internal/web/adminpage"
	"github.com/tidewaiter/tidewaiter/internal/web/alertpage"
	"github.com/tidewaiter/tidewaiter/internal/web/analysispage"
	"github.com/tidewaiter/tidewaiter/internal/web/attendancepage"
	"github.com/tidewaiter/tidewaiter/internal/web/codepage"
	"github.com/tidewaiter/tidewaiter/internal/web/connectionpage"
	"github.com/tidewaiter/tidewaiter/internal/web/dailypage"
	"github.com/tidewaiter/tidewaiter/internal/web/detentionpage"
	"github.com/tidewaiter/tidewaiter/internal/web/documentpage"
	"github.com/tidewaiter/tidewaiter/internal/web/duplicatepage"
	"github.com/tidewaiter/tidewaiter/internal/web/effectpage"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/holderpage"
	"github.com/tidewaiter/tidewaiter/internal/web/importpage"
	"github.com/tidewaiter/tidewaiter/internal/web/inquirypage"
	"github.com/tidewaiter/tidewaiter/internal/web/inspectpage"
	"github.com/tidewaiter/tidewaiter/internal/web/learntpage"
	"github.com/tidewaiter/tidewaiter/internal/web/lessonpage"
	"github.com/tidewaiter/tidewaiter/internal/web/messagepage"
	"github.com/tidewaiter/tidewaiter/internal/web/operationpage"
	"github.com/tidewaiter/tidewaiter/internal/web/practicepage"
	"github.com/tidewaiter/tidewaiter/internal/web/productpage"
	"github.com/tidewaiter/tidewaiter/internal/web/protectionpage"
	"github.com/tidewaiter/tidewaiter/internal/web/publicationpage"
	"github.com/tidewaiter/tidewaiter/internal/web/reportpage"
	"github.com/tidewaiter/tidewaiter/internal/web/searchpage"
	"github.com/tidewaiter/tidewaiter/internal/web/seizurepage"
	"github.com/tidewaiter/tidewaiter/internal/web/usagepage"
	"github.com/tidewaiter/tidewaiter/internal/web/warningpage"
	"github.com/tidewaiter/tidewaiter/internal/web/withdrawalpage"
	"github.com/tidewaiter/tidewaiter/internal/web/workshoppage"
)

// table is every route of this door: the rows of its rooms.
func table(s *frame.Site) []frame.Route {
	return slices.Concat(accountpage.Routes(s), adminpage.Routes(s), dailypage.Routes(s), messagepage.Routes(s), operationpage.Routes(s), seizurepage.Routes(s), reportpage.Routes(s), searchpage.Routes(s),
		warningpage.Routes(s), duplicatepage.Routes(s), analysispage.Routes(s), connectionpage.Routes(s), effectpage.Routes(s),
		detentionpage.Routes(s),
		inquirypage.Routes(s),
		documentpage.Routes(s), importpage.Routes(s),
		productpage.Routes(s), lessonpage.Routes(s),
		alertpage.Routes(s), practicepage.Routes(s), protectionpage.Routes(s), inspectpage.Routes(s), usagepage.Routes(s),
		withdrawalpage.Routes(s),
		publicationpage.Routes(s),
		attendancepage.Routes(s),
		holderpage.Routes(s),
		workshoppage.Routes(s),
		learntpage.Routes(s),
		codepage.Routes(s))
}

// Handler serves the whole site.
func Handler(s *frame.Site) http.Handler { return s.Handler(table(s), accountpage.Expired(s)) }

// Routes lists the table, for tests and for the reference.
func Routes() []door.Route {
	rows := table(nil) // nobody answers
	out := make([]door.Route, 0, len(rows))
	for _, r := range rows {
		out = append(out, r.Route)
	}
	return out
}
