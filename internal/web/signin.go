package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

const languageCookie = "language"

var signInRoutes = []row{
	{door.Route{Method: "GET", Pattern: "/signin", Command: door.Public}, signInShow},
	{door.Route{Method: "POST", Pattern: "/signin", Command: door.Public, Limit: large}, signIn},
	{door.Route{Method: "POST", Pattern: "/signin/persona", Command: door.Public, Limit: large}, signInPersona},
	{door.Route{Method: "POST", Pattern: "/signout", Command: door.Public, Limit: small}, signOut},
	{door.Route{Method: "GET", Pattern: "/language", Command: door.Public}, language},
	{door.Route{Method: "POST", Pattern: "/hat", Command: access.SessionSwitch, Limit: small}, switchHat},
}

func signInShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	if v.actor().Known() {
		return seeOther(w, r, "/", "")
	}
	return s.signInPage(w, r, v, http.StatusOK, signInForm{back: local(r.URL.Query().Get("back"))}, nil)
}

// signInPage shows the door, with what is wrong with the last try.
func (s *Site) signInPage(w http.ResponseWriter, r *http.Request, v *visit, status int, f signInForm, wrong error) error {
	var personas []session.Persona
	if s.Demo {
		var err error
		if personas, err = s.Sessions.Personas(r.Context()); err != nil {
			return err
		}
	}
	p := s.page(r, v, v.printer.T("web.sign-in.title"))
	p.Path = "/signin" // a switch of language must not repeat a form
	p.Error = wrong != nil
	form := kit.FormOf(url.Values{"login": {r.PostFormValue("login")}}, wrong)
	return show(w, r, status, signInPage(p, f, form, personas))
}

func signIn(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
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

func signInPersona(s *Site, w http.ResponseWriter, r *http.Request, _ *visit) error {
	f := signInForm{back: local(r.PostFormValue("back")), kept: r.PostFormValue("kept")}
	token, _, err := s.Sessions.SignInAs(r.Context(), r.PostFormValue("persona"), r.UserAgent())
	if err != nil {
		return err
	}
	return s.enter(w, r, token, f)
}

// enter gives the browser its session and goes on where it was, or offers what
// was typed before the session ended.
func (s *Site) enter(w http.ResponseWriter, r *http.Request, token string, f signInForm) error {
	door.SetToken(w, r, token)
	kept, err := url.ParseQuery(f.kept)
	if err != nil || len(kept) == 0 {
		return seeOther(w, r, f.back, "")
	}
	v := &visit{nonce: newNonce()}
	if v.session, err = s.Sessions.Resolve(r.Context(), token); err != nil {
		return err
	}
	v.printer = s.printer(r, v)
	w.Header().Set("Content-Security-Policy", policy(v.nonce))
	p := s.page(r, v, v.printer.T("web.resume.title"))
	p.Path = "/"
	return show(w, r, http.StatusOK, resumePage(p, f.back, kept))
}

func signOut(s *Site, w http.ResponseWriter, r *http.Request, _ *visit) error {
	if err := s.Sessions.SignOut(r.Context(), door.Token(r)); err != nil && !fault.Is(err, fault.Unauthenticated) {
		return err
	}
	door.SetToken(w, r, "")
	return seeOther(w, r, "/signin", "")
}

// language keeps the reader's choice on this browser; the profile keeps it on
// all of them.
func language(_ *Site, w http.ResponseWriter, r *http.Request, _ *visit) error {
	keepLanguage(w, r, r.URL.Query().Get("to"))
	return seeOther(w, r, local(r.URL.Query().Get("back")), "")
}

func switchHat(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	for _, h := range v.session.Hats {
		if string(h.Organisation.ID) == r.PostFormValue("hat") {
			if _, err := s.Sessions.Switch(r.Context(), v.session, h.Organisation.Number); err != nil {
				return err
			}
			return seeOther(w, r, "/", "") // the other hat may not see the page it was on
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
