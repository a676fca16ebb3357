package seizurepage

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// caseWhy says in words why others can see a case.
func (s site) caseWhy(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	why, err := s.Seizures.Why(r.Context(), v.Actor(), frame.CodeOf(r), r.PathValue("ref"))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, why.Standing, v.Printer.T("why.title"))
	return frame.Show(w, r, http.StatusOK, frame.WhyPage(p, why.Case.Reference, p.Operation.Href+"c/"+why.Case.Reference,
		p.T("why.back-case"), why.Readers))
}
