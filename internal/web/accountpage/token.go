package accountpage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) tokenRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/me/token", Command: access.SessionToken}, Handle: s.tokenForm},
		{Route: door.Route{Method: "POST", Pattern: "/me/token", Command: access.SessionToken, Limit: frame.SmallForm}, Handle: s.tokenIssue},
		{Route: door.Route{Method: "GET", Pattern: "/me/systems", Command: access.HomeRead}, Handle: s.systems},
	}
}

func (s site) tokenForm(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.tokenPage(w, r, v, nil, nil)
}

// tokenPage asks for a token, with what was typed.
func (s site) tokenPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	p := s.Page(r, v, v.Printer.T("token.title"), v.Printer.T("account.title"))
	p.Path, p.Error = "/me/token", wrong != nil
	form := kit.FormOf(frame.Keep(typed), wrong)
	form.Labels = frame.Labels(p, "token.", "name", "password")
	return frame.Show(w, r, frame.FormStatus(wrong), tokenPage(p, form, v.Session))
}

// tokenIssue shows the new token: this once, and never again.
func (s site) tokenIssue(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	token, made, err := s.Sessions.Issue(r.Context(), v.Session, r.PostFormValue("name"), r.PostFormValue("password"))
	if frame.Refused(err) {
		return s.tokenPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("token.made"), v.Printer.T("account.title"))
	p.Path = "/me/token"
	return frame.Show(w, r, http.StatusOK, tokenMadePage(p, token, made))
}

// systems shows the door for other systems.
func (s site) systems(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	p := s.Page(r, v, v.Printer.T("api.page.title"))
	p.Wide = true
	return frame.Show(w, r, http.StatusOK, systemsPage(p, s.Described(p.Printer)))
}

// tokenDays is how long a token lives.
const tokenDays = int64(session.TokenLife / (24 * 3600 * 1e9))
