package reportpage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// numbersView is what an organisation drew and has not used.
type numbersView struct {
	Standing operation.Standing
	numbers  []seizure.Number
	form     kit.Form
	action   string
}

func (s site) numbersShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.numbersPage(w, r, v, http.StatusOK, url.Values{"count": {"10"}}, nil)
}

func (s site) numbersPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, status int, values url.Values, wrong error) error {
	st, numbers, err := s.Seizures.Numbers(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	p := s.Inside(r, v, st, v.Printer.T("casepage.numbers"))
	p.Error = wrong != nil
	view := numbersView{Standing: st, numbers: numbers, form: kit.FormOf(values, wrong), action: r.URL.Path}
	view.form.Labels = map[string]string{"count": p.T("casepage.numbers.count")}
	return frame.Show(w, r, status, numbersPage(p, view))
}

func (s site) numbersDraw(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	values := frame.Keep(r.PostForm)
	n, err := strconv.Atoi(i18n.WesternDigits(strings.TrimSpace(values.Get("count"))))
	if err != nil {
		n = 0 // refused by the command
	}
	if _, err := s.Seizures.Reserve(r.Context(), v.Actor(), frame.CodeOf(r), n); err != nil {
		if !frame.Refused(err) {
			return err
		}
		return s.numbersPage(w, r, v, http.StatusUnprocessableEntity, values, err)
	}
	return frame.SeeOther(w, r, r.URL.Path, "numbers-drawn")
}
