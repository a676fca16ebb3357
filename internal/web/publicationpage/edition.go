package publicationpage

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

func (s site) editionRoutes() []frame.Route { return nil }

func (s site) issued(w http.ResponseWriter, r *http.Request, v *frame.Visit, st operation.Standing) error {
	p := s.inside(r, v, st, v.Printer.T("publicationpage.title"))
	return frame.Show(w, r, http.StatusOK, issuedPage(p))
}
