package house_test

import (
	"maps"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// shown is what the right holder has in the library.
type shown struct {
	vetting, mandate holder.ID
	brand            holder.BrandID
	contact          contact.ID
}

// where is the operation in which a permission means something.
func where(p access.Permission) operation.Code {
	if access.Holds(true, p) && !access.Holds(false, p) {
		return operation.Library
	}
	return the
}

// openLibrary has the right holder show in the story's library what the commands are
// tried on.
func (h *hall) openLibrary() {
	ctx := h.t.Context()
	who := h.who("right-holder")
	v, err := h.app.Holders.Apply(ctx, who, h.application())
	h.must(err)
	b, err := h.app.Holders.RegisterBrand(ctx, who, "", holder.BrandDraft{ID: holder.BrandID(fresh()), Name: "Orvanelle Fleur", Categories: []string{"COS"}})
	h.must(err)
	m, err := h.app.Holders.Grant(ctx, who, h.granting())
	h.must(err)
	c, err := h.app.Contacts.Set(ctx, who, "", 0, desk())
	h.must(err)
	h.shown = shown{v.ID, m.ID, b.ID, c.ID}
}

// deed has the right holder upload a document to the library.
func (h *hall) deed() attachment.ID {
	a, err := h.app.Attachments.Receive(h.t.Context(), h.who("right-holder"), operation.Library, attachment.Draft{ID: attachment.ID(fresh()), Name: "d.pdf"},
		strings.NewReader("%PDF-1.4\n"))
	h.must(err)
	return a.ID
}

func (h *hall) application() holder.Application {
	return holder.Application{ID: holder.ID(fresh()), Register: "RCS", Extract: "552 120 222", Country: "FR", Files: []attachment.ID{h.deed()}}
}

func (h *hall) granting() holder.Granting {
	day := h.app.Clock.Now().AddDate(1, 0, 0).Format("2006-01-02")
	return holder.Granting{ID: holder.ID(fresh()), Representative: h.body("rival-right-holder").ID, Since: day, Until: day, Files: []attachment.ID{h.deed()}}
}

func desk() contact.Draft {
	return contact.Draft{ID: contact.ID(fresh()), Desk: "Brand protection", Languages: []string{"fr"}, Email: "desk@example.org"}
}

// Reviewed, too: the commands of the library.
func init() {
	own := func(args ...any) func(*hall) []any {
		return func(h *hall) []any { return append([]any{h.body("right-holder").ID}, args...) }
	}
	maps.Copy(trials, map[string]trial{
		"holder.List":  {args: none, need: access.HolderRead, by: "right-holder"},
		"holder.Read":  {args: own(), need: access.HolderRead, by: "director"},
		"holder.Apply": {args: func(h *hall) []any { return []any{h.application()} }, need: access.HolderApply, by: "right-holder"},
		"holder.Vet": {args: func(h *hall) []any {
			return own(h.shown.vetting, h.app.Clock.Now().AddDate(1, 0, 0).Format("2006-01-02"))(h)
		}, need: access.HolderVet, by: "director"},
		"holder.Revoke":        {args: func(h *hall) []any { return own(h.shown.vetting, "because")(h) }, need: access.HolderRevoke, by: "director", late: 1},
		"holder.Grant":         {args: func(h *hall) []any { return []any{h.granting()} }, need: access.MandateGrant, by: "right-holder"},
		"holder.Check":         {args: func(h *hall) []any { return own(h.shown.mandate)(h) }, need: access.MandateCheck, by: "director"},
		"holder.RevokeMandate": {args: func(h *hall) []any { return own(h.shown.mandate, "because")(h) }, need: access.MandateRevoke, by: "right-holder", late: 1},
		"holder.RegisterBrand": {args: func(*hall) []any {
			return []any{organisation.ID(""), holder.BrandDraft{ID: holder.BrandID(fresh()), Name: "Fleur", Categories: []string{"COS"}}}
		}, need: access.BrandRegister, by: "right-holder"},
		"holder.AmendBrand": {args: func(h *hall) []any {
			return own(h.shown.brand, int64(1), holder.BrandDraft{Name: "Orvanelle Fleurs", Categories: []string{"COS"}})(h)
		}, need: access.BrandAmend, by: "right-holder"},
		"contact.List": {args: func(*hall) []any { return []any{contact.Filter{}} }, need: access.ContactRead, by: "officer"},
		"contact.Read": {args: func(h *hall) []any { return own(h.shown.contact)(h) }, need: access.ContactRead, by: "officer"},
		"contact.Set":  {args: own(int64(0), desk()), need: access.ContactSet, by: "right-holder"},
		"contact.Test": {args: func(h *hall) []any { return own(h.shown.contact, true, "")(h) }, need: access.ContactTest, by: "officer"},
		"contact.Drop": {args: func(h *hall) []any { return own(h.shown.contact)(h) }, need: access.ContactDrop, by: "right-holder", late: 1},
	})
}
