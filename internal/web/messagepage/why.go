package messagepage

import (
	"net/http"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// messageWhy says in words why others can see a message.
func (s site) messageWhy(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return fault.Missing()
	}
	why, err := s.Messages.Why(r.Context(), v.Actor(), frame.CodeOf(r), seq)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, why.Standing, v.Printer.T("why.title"))
	return frame.Show(w, r, http.StatusOK, frame.WhyPage(p, frame.LetterTitle(p, why.Message), frame.MessageHref(p.Operation.Href, why.Message.Seq),
		p.T("why.back-message"), why.Readers))
}
