package frame

import (
	"net/http"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// InLibrary is the frame of a page of the library: its second bar leads to what the
// reader may do there, at addresses that name no operation.
func (s *Site) InLibrary(r *http.Request, v *Visit, st operation.Standing, titles ...string) *kit.Page {
	p := s.Page(r, v, titles...)
	p.Operation = &kit.Operation{Code: string(operation.Library), Name: p.T("web.library")}
	holders := "web.library.holders"
	if st.Side() == access.RightHolderSide {
		holders = "web.library.own-rights"
	}
	for _, n := range []struct {
		need        access.Permission
		label, href string
	}{
		{access.ProductRead, "web.library.products", "/p/"},
		{access.LessonRead, "web.library.lessons", "/lessons/"},
		{access.AlertRead, "web.library.alerts", "/alerts/"},
		{access.ProtectionRead, "web.library.applications", "/applications/"},
		{access.ProtectionRead, "web.library.measures", "/measures/"},
		{access.InquiryRead, "web.library.inquiries", "/inquiries/"},
		{access.HolderRead, holders, "/holders/"},
		{access.ContactRead, "web.library.contacts", "/contacts/"},
	} {
		if st.May(n.need) && (n.href != "/measures/" || st.Side() != access.RightHolderSide) {
			p.Operation.Nav = append(p.Operation.Nav, kit.NavItem{Label: p.T(n.label), Href: n.href, Current: strings.HasPrefix(r.URL.Path, n.href)})
		}
	}
	if len(p.Operation.Nav) > 0 {
		p.Operation.Href = p.Operation.Nav[0].Href
	}
	return p
}
