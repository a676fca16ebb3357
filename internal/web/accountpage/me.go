package accountpage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) meRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/me", Command: access.PersonSettle}, Handle: s.meShow},
		{Route: door.Route{Method: "POST", Pattern: "/me/preferences", Command: access.PersonSettle, Limit: frame.SmallForm}, Handle: s.meSettle},
		{Route: door.Route{Method: "POST", Pattern: "/theme", Command: access.PersonSettle, Limit: frame.SmallForm}, Handle: s.meTheme},
		{Route: door.Route{Method: "GET", Pattern: "/me/password", Command: access.PersonSettle}, Handle: s.mePassword},
		{Route: door.Route{Method: "POST", Pattern: "/me/password", Command: access.PersonSettle, Limit: frame.SmallForm}, Handle: s.mePasswordChange},
		{Route: door.Route{Method: "POST", Pattern: "/me/sessions/end", Command: access.SessionEnd, Limit: frame.SmallForm}, Handle: s.meSessionEnd},
	}
}

func (s site) meShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	me := v.Session.Person
	typed := url.Values{"language": {me.Language}, "theme": {me.Theme}, "density": {me.Density}}
	return s.mePage(w, r, v, typed, nil)
}

// mePage shows the account, with the preferences as typed.
func (s site) mePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	sessions, err := s.Sessions.List(r.Context(), v.Session)
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("account.title"))
	p.Path, p.Error = "/me", wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = frame.Labels(p, "account.", "language", "theme", "density")
	return frame.Show(w, r, frame.FormStatus(wrong), accountPage(p, form, v.Session, sessions))
}

func (s site) meSettle(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := person.Preferences{Language: r.PostFormValue("language"), Theme: r.PostFormValue("theme"), Density: r.PostFormValue("density")}
	if _, err := s.People.Settle(r.Context(), v.Actor(), f); err != nil {
		if !frame.Refused(err) {
			return err
		}
		return s.mePage(w, r, v, r.PostForm, err)
	}
	keepLanguage(w, r, f.Language)
	return frame.SeeOther(w, r, "/me", "settled")
}

// meTheme is the switch in the menu: one of the two is sent, the other stays.
func (s site) meTheme(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	me := v.Session.Person
	f := person.Preferences{Language: me.Language, Theme: me.Theme, Density: me.Density}
	for name, into := range map[string]*string{"theme": &f.Theme, "density": &f.Density} {
		if r.PostForm.Has(name) {
			if *into = r.PostFormValue(name); *into == "" {
				*into = "auto"
			}
		}
	}
	if _, err := s.People.Settle(r.Context(), v.Actor(), f); err != nil {
		return err
	}
	return frame.SeeOther(w, r, local(r.PostFormValue("back")), "")
}

func (s site) mePassword(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.passwordPage(w, r, v, nil)
}

func (s site) passwordPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	p := s.Page(r, v, v.Printer.T("account.password"), v.Printer.T("account.title"))
	p.Error = wrong != nil
	form := kit.FormOf(nil, wrong)
	form.Labels = frame.Labels(p, "account.", "old", "password", "again")
	return frame.Show(w, r, frame.FormStatus(wrong), passwordPage(p, form, v.Session.Kind == session.Password))
}

// mePasswordChange ends every session of the person; this browser gets a new one.
func (s site) mePasswordChange(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	fresh := r.PostFormValue("password")
	err := mismatch(fresh, r.PostFormValue("again"))
	if err == nil {
		err = s.People.ChangePassword(r.Context(), v.Actor(), r.PostFormValue("old"), fresh)
	}
	if frame.Refused(err) || fault.Is(err, fault.TooMany) {
		return s.passwordPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	token, made, err := s.Sessions.SignIn(r.Context(), v.Session.Person.Login, fresh, r.UserAgent())
	if err != nil {
		return err
	}
	if _, err := s.Sessions.Switch(r.Context(), made, v.Actor().Organisation); err != nil {
		return err
	}
	door.SetToken(w, r, token)
	return frame.SeeOther(w, r, "/me", "password")
}

func (s site) meSessionEnd(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	list, err := s.Sessions.List(r.Context(), v.Session)
	if err != nil {
		return err
	}
	wanted := session.ID(r.PostFormValue("session"))
	for _, one := range list {
		if one.ID != wanted && (wanted != "others" || one.Current) {
			continue
		}
		if err := s.Sessions.End(r.Context(), v.Session, one.ID); err != nil {
			return err
		}
		if one.Current {
			door.SetToken(w, r, "")
			return frame.SeeOther(w, r, "/signin", "")
		}
	}
	return frame.SeeOther(w, r, "/me", "session-ended")
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

// keepLanguage keeps the reader's choice on this browser too.
func keepLanguage(w http.ResponseWriter, r *http.Request, to string) {
	if i18n.Offered(i18n.Lang(to)) {
		http.SetCookie(w, &http.Cookie{Name: frame.LanguageCookie, Value: to, Path: "/", MaxAge: 365 * 24 * 3600,
			HttpOnly: true, Secure: door.Secure(r), SameSite: http.SameSiteLaxMode})
	}
}
