package accountpage

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) signInRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/signin", Command: door.Public}, Handle: s.signInShow},
		{Route: door.Route{Method: "POST", Pattern: "/signin", Command: door.Public, Limit: frame.LargeForm, Rate: door.SignIns}, Handle: s.signIn},
		{Route: door.Route{Method: "POST", Pattern: "/signin/persona", Command: door.Public, Limit: frame.LargeForm, Rate: door.SignIns}, Handle: s.signInPersona},
		{Route: door.Route{Method: "POST", Pattern: "/signout", Command: door.Public, Limit: frame.SmallForm}, Handle: s.signOut},
		{Route: door.Route{Method: "GET", Pattern: "/language", Command: door.Public}, Handle: s.language},
		{Route: door.Route{Method: "POST", Pattern: "/hat", Command: access.SessionSwitch, Limit: frame.SmallForm}, Handle: s.switchHat},
	}
}

func (s site) signInShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if v.Actor().Known() {
		return frame.SeeOther(w, r, "/", "")
	}
	return s.signInPage(w, r, v, http.StatusOK, signInForm{back: local(r.URL.Query().Get("back"))}, nil)
}

// signInPage shows the door, with what is wrong with the last try.
func (s site) signInPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, status int, f signInForm, wrong error) error {
	var personas []session.Persona
	if s.Demo {
		var err error
		if personas, err = s.Sessions.Personas(r.Context()); err != nil {
			return err
		}
	}
	p := s.Page(r, v, v.Printer.T("web.sign-in.title"))
	p.Path = "/signin" // a switch of language must not repeat a form
	p.Error = wrong != nil
	form := kit.FormOf(url.Values{"login": {r.PostFormValue("login")}}, wrong)
	return frame.Show(w, r, status, signInPage(p, f, form, personas))
}

func (s site) signIn(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := signInForm{back: local(r.PostFormValue("back")), kept: r.PostFormValue("kept")}
	token, _, err := s.Sessions.SignIn(r.Context(), r.PostFormValue("login"), r.PostFormValue("password"), r.UserAgent())
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooMany) {
		return s.signInPage(w, r, v, door.Status(err), f, err)
	}
	if err != nil {
		return err
	}
	return s.enter(w, r, token, f)
}

func (s site) signInPersona(w http.ResponseWriter, r *http.Request, _ *frame.Visit) error {
	f := signInForm{back: local(r.PostFormValue("back")), kept: r.PostFormValue("kept")}
	token, _, err := s.Sessions.SignInAs(r.Context(), r.PostFormValue("persona"), r.UserAgent())
	if err != nil {
		return err
	}
	return s.enter(w, r, token, f)
}

// Expired asks for a sign-in and keeps what was typed: the form travels along,
// hidden, and is offered again afterwards. Passwords do not.
func Expired(f *frame.Site) frame.Handler { return site{f}.expired }

func (s site) expired(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	kept := ""
	if r.Method == http.MethodPost {
		kept = frame.Keep(r.PostForm).Encode()
	}
	ended := door.Token(r) != "" || kept != ""
	return s.signInPage(w, r, v, http.StatusUnauthorized, signInForm{back: r.URL.RequestURI(), kept: kept, expired: ended}, nil)
}

// enter gives the browser its session and goes on where it was, or offers what
// was typed before the session ended.
func (s site) enter(w http.ResponseWriter, r *http.Request, token string, f signInForm) error {
	door.SetToken(w, r, token)
	kept, err := url.ParseQuery(f.kept)
	if err != nil || len(kept) == 0 {
		return frame.SeeOther(w, r, f.back, "")
	}
	v, err := s.Begin(r, token)
	if err != nil {
		return err
	}
	v.Guard(w)
	p := s.Page(r, v, v.Printer.T("web.resume.title"))
	p.Path = "/"
	return frame.Show(w, r, http.StatusOK, resumePage(p, f.back, kept))
}

func (s site) signOut(w http.ResponseWriter, r *http.Request, _ *frame.Visit) error {
	if err := s.Sessions.SignOut(r.Context(), door.Token(r)); err != nil && !fault.Is(err, fault.Unauthenticated) {
		return err
	}
	door.SetToken(w, r, "")
	return frame.SeeOther(w, r, "/signin", "")
}

// language keeps the reader's choice on this browser; the profile keeps it on
// all of them.
func (site) language(w http.ResponseWriter, r *http.Request, _ *frame.Visit) error {
	keepLanguage(w, r, r.URL.Query().Get("to"))
	return frame.SeeOther(w, r, local(r.URL.Query().Get("back")), "")
}

func (s site) switchHat(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	for _, h := range v.Session.Hats {
		if string(h.Organisation.ID) == r.PostFormValue("hat") {
			if _, err := s.Sessions.Switch(r.Context(), v.Session, h.Organisation.Number); err != nil {
				return err
			}
			return frame.SeeOther(w, r, "/", "") // the other hat may not see the page it was on
		}
	}
	return fault.Missing()
}

// local takes an address of this site only; anything else leads home.
func local(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(to, "/") ||
		strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}
