package usagepage

import (
	"net/http"
	"net/url"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/massupload"
	"github.com/tidewaiter/tidewaiter/internal/usage"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/p/usage/{$}", Command: access.ProductUsage, Rate: door.Searches}, Handle: s.usage},
		{Route: door.Route{Method: "GET", Pattern: "/p/consent", Command: access.ProductConsent}, Handle: s.consentAsk},
		{Route: door.Route{Method: "POST", Pattern: "/p/consent", Command: access.ProductConsent, Limit: frame.SmallForm}, Handle: s.consent},
		{Route: door.Route{Method: "GET", Pattern: "/p/import", Command: access.ProductSave}, Handle: s.start},
		{Route: door.Route{Method: "POST", Pattern: "/p/import", Command: access.ProductSave, Rate: door.Searches, Limit: massupload.MaxFile + 1<<20}, Stream: true, Handle: s.hand},
		{Route: door.Route{Method: "GET", Pattern: "/p/import/template.xlsx", Command: access.ProductSave}, Handle: s.template},
		{Route: door.Route{Method: "GET", Pattern: "/p/import/rows", Command: access.ProductSave, Rate: door.Searches}, Handle: s.look},
		{Route: door.Route{Method: "POST", Pattern: "/p/import/rows", Command: access.ProductSave, Rate: door.Searches, Limit: frame.SmallForm}, Handle: s.step},
	}
}

func (s site) usage(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	u, err := s.Usages.View(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, usagePage(s.InLibrary(r, v, u.Standing, v.Printer.T("usage.title")), u))
}

// consentView is what an administration decided, and the form to decide anew.
type consentView struct {
	usage.Decided
	form kit.Form
}

func (s site) consentAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, err := s.Usages.Decided(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	values := url.Values{}
	for name, on := range map[string]bool{"openings": d.Now.Openings, "figures": d.Now.Figures} {
		if on {
			values.Set(name, "1")
		}
	}
	return frame.Show(w, r, http.StatusOK, consentPage(s.InLibrary(r, v, d.Standing, v.Printer.T("usage.consent.title")), consentView{d, kit.FormOf(values, nil)}))
}

func (s site) consent(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	_, err := s.Usages.Consent(r.Context(), v.Actor(), usage.Consenting{Openings: r.PostForm.Get("openings") != "", Figures: r.PostForm.Get("figures") != ""})
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/p/consent", "consent-saved")
}
