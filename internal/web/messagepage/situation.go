package messagepage

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// prefill puts the figures of a day into a message that begins with
// ?situation=DAY: a situation report, to be read over and sent.
func (s site) prefill(r *http.Request, v *frame.Visit, p *kit.Page, m messageWriting) error {
	day := r.URL.Query().Get("situation")
	if day == "" || m.ask.Base != message.SituationReport {
		return nil
	}
	figures, err := s.Results.Situation(r.Context(), v.Actor(), frame.CodeOf(r), day)
	if err != nil {
		return err
	}
	m.form.Values.Set("subject", frame.SituationSubject(p.Printer, figures))
	m.form.Values.Set("body", frame.SituationText(p.Printer, figures))
	m.form.Values.Set("language", string(p.Printer.Lang()))
	return nil
}
