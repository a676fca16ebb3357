package web

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

var invitationRoutes = []row{
	{door.Route{Method: "GET", Pattern: "/invitation/{token}", Command: door.Public}, invitationShow},
	{door.Route{Method: "POST", Pattern: "/invitation/{token}", Command: door.Public, Limit: small}, invitationRedeem},
}

func invitationShow(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.invitationPage(w, r, v, nil)
}

// invitationPage asks the holder of a one-time link for a password. The page
// must not give its address away: it is the right itself.
func (s *Site) invitationPage(w http.ResponseWriter, r *http.Request, v *visit, wrong error) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	offer, err := s.People.Offered(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	p := s.page(r, v, v.printer.T("account.invitation"))
	p.Error = wrong != nil
	form := kit.FormOf(nil, wrong)
	form.Labels = labels(p, "account.", "password", "again")
	return show(w, r, formStatus(wrong), invitationPage(p, offer, form, r.URL.Path))
}

// invitationRedeem sets the password; its owner then signs in with it.
func invitationRedeem(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	password := r.PostFormValue("password")
	err := mismatch(password, r.PostFormValue("again"))
	if err == nil {
		_, err = s.People.Redeem(r.Context(), r.PathValue("token"), password)
	}
	if refused(err) {
		return s.invitationPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, "/signin", "password-set")
}
