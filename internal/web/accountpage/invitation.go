package accountpage

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) invitationRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/invitation/{token}", Command: door.Public}, Handle: s.invitationShow},
		{Route: door.Route{Method: "POST", Pattern: "/invitation/{token}", Command: door.Public, Limit: frame.SmallForm, Rate: door.SignIns}, Handle: s.invitationRedeem},
	}
}

func (s site) invitationShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.invitationPage(w, r, v, nil)
}

// invitationPage asks the holder of a one-time link for a password. The page
// must not give its address away: it is the right itself.
func (s site) invitationPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	offer, err := s.People.Offered(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("account.invitation"))
	p.Error = wrong != nil
	form := kit.FormOf(nil, wrong)
	form.Labels = frame.Labels(p, "account.", "password", "again")
	return frame.Show(w, r, frame.FormStatus(wrong), invitationPage(p, offer, form, r.URL.Path))
}

// invitationRedeem sets the password; its owner then signs in with it.
func (s site) invitationRedeem(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	password := r.PostFormValue("password")
	err := mismatch(password, r.PostFormValue("again"))
	if err == nil {
		_, err = s.People.Redeem(r.Context(), r.PathValue("token"), password)
	}
	if frame.Refused(err) {
		return s.invitationPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/signin", "password-set")
}
