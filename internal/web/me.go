package web

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

var meRoutes = []row{
	{door.Route{Method: "GET", Pattern: "/me", Command: access.PersonSettle}, meShow},
	{door.Route{Method: "POST", Pattern: "/me/preferences", Command: access.PersonSettle, Limit: small}, meSettle},
	{door.Route{Method: "POST", Pattern: "/theme", Command: access.PersonSettle, Limit: small}, meTheme},
	{door.Route{Method: "GET", Pattern: "/me/password", Command: access.PersonSettle}, mePassword},
	{door.Route{Method: "POST", Pattern: "/me/password", Command: access.PersonSettle, Limit: small}, mePasswordChange},
	{door.Route{Method: "POST", Pattern: "/me/sessions/end", Command: access.SessionEnd, Limit: small}, meSessionEnd},
}

func meShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	me := v.session.Person
	typed := url.Values{"language": {me.Language}, "theme": {me.Theme}, "density": {me.Density}}
	return s.mePage(w, r, v, typed, nil)
}

// mePage shows the account, with the preferences as typed.
func (s *Site) mePage(w http.ResponseWriter, r *http.Request, v *visit, typed url.Values, wrong error) error {
	sessions, err := s.Sessions.List(r.Context(), v.session)
	if err != nil {
		return err
	}
	p := s.page(r, v, v.printer.T("account.title"))
	p.Path, p.Error = "/me", wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = labels(p, "account.", "language", "theme", "density")
	return show(w, r, formStatus(wrong), accountPage(p, form, v.session, sessions))
}

func meSettle(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	f := person.Preferences{Language: r.PostFormValue("language"), Theme: r.PostFormValue("theme"), Density: r.PostFormValue("density")}
	if _, err := s.People.Settle(r.Context(), v.actor(), f); err != nil {
		if !refused(err) {
			return err
		}
		return s.mePage(w, r, v, r.PostForm, err)
	}
	keepLanguage(w, r, f.Language)
	return seeOther(w, r, "/me", "settled")
}

// meTheme is the switch in the menu: one of the two is sent, the other stays.
func meTheme(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	me := v.session.Person
	f := person.Preferences{Language: me.Language, Theme: me.Theme, Density: me.Density}
	for name, into := range map[string]*string{"theme": &f.Theme, "density": &f.Density} {
		if r.PostForm.Has(name) {
			if *into = r.PostFormValue(name); *into == "" {
				*into = "auto"
			}
		}
	}
	if _, err := s.People.Settle(r.Context(), v.actor(), f); err != nil {
		return err
	}
	return seeOther(w, r, local(r.PostFormValue("back")), "")
}

func mePassword(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.passwordPage(w, r, v, nil)
}

func (s *Site) passwordPage(w http.ResponseWriter, r *http.Request, v *visit, wrong error) error {
	p := s.page(r, v, v.printer.T("account.password"), v.printer.T("account.title"))
	p.Error = wrong != nil
	form := kit.FormOf(nil, wrong)
	form.Labels = labels(p, "account.", "old", "password", "again")
	return show(w, r, formStatus(wrong), passwordPage(p, form, v.session.Kind == session.Password))
}

// mePasswordChange ends every session of the person; this browser gets a new one.
func mePasswordChange(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	fresh := r.PostFormValue("password")
	err := mismatch(fresh, r.PostFormValue("again"))
	if err == nil {
		err = s.People.ChangePassword(r.Context(), v.actor(), r.PostFormValue("old"), fresh)
	}
	if refused(err) || fault.Is(err, fault.TooMany) {
		return s.passwordPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	token, made, err := s.Sessions.SignIn(r.Context(), v.session.Person.Login, fresh, r.UserAgent())
	if err != nil {
		return err
	}
	if _, err := s.Sessions.Switch(r.Context(), made, v.actor().Organisation); err != nil {
		return err
	}
	door.SetToken(w, r, token)
	return seeOther(w, r, "/me", "password")
}

func meSessionEnd(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	list, err := s.Sessions.List(r.Context(), v.session)
	if err != nil {
		return err
	}
	wanted := session.ID(r.PostFormValue("session"))
	for _, one := range list {
		if one.ID != wanted && (wanted != "others" || one.Current) {
			continue
		}
		if err := s.Sessions.End(r.Context(), v.session, one.ID); err != nil {
			return err
		}
		if one.Current {
			door.SetToken(w, r, "")
			return seeOther(w, r, "/signin", "")
		}
	}
	return seeOther(w, r, "/me", "session-ended")
}

// mismatch is the problem of a new password typed twice, differently.
func mismatch(password, again string) error {
	if password == again {
		return nil
	}
	var p fault.Problems
	p.Add("again", "fault.password-mismatch")
	return p.Fault()
}

// refused tells whether a form comes back with what was typed.
func refused(err error) bool { return fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) }

// formStatus is the status of a form that is shown, perhaps again.
func formStatus(wrong error) int {
	if wrong == nil {
		return http.StatusOK
	}
	return door.Status(wrong)
}

// labels names the fields of a form for its summary.
func labels(p *kit.Page, prefix string, names ...string) map[string]string {
	out := map[string]string{}
	for _, n := range names {
		out[n] = p.T(prefix + n)
	}
	return out
}

// keepLanguage keeps the reader's choice on this browser too.
func keepLanguage(w http.ResponseWriter, r *http.Request, to string) {
	if i18n.Offered(i18n.Lang(to)) {
		http.SetCookie(w, &http.Cookie{Name: languageCookie, Value: to, Path: "/", MaxAge: 365 * 24 * 3600,
			HttpOnly: true, Secure: door.Secure(r), SameSite: http.SameSiteLaxMode})
	}
}
