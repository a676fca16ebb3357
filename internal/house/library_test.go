package house_test

import (
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/protection"
)

// shown is what the right holder has in the library.
type shown struct {
	vetting, mandate holder.ID
	brand            holder.BrandID
	contact          contact.ID
	sheet            product.Item // with covert features, for all customs
	application      protection.ApplicationID
	alert            alert.ID // of coordination, for all customs
}

// where is the operation in which a permission means something.
func where(p access.Permission) operation.Code {
	if access.Holds(true, p) && !access.Holds(false, p) {
		return operation.Library
	}
	return the
}

// openLibrary finds what stands in the story's library, and has its people make there
// what the commands are tried on.
func (h *hall) openLibrary() {
	ctx, who := h.t.Context(), h.who("right-holder")
	own, err := h.app.Products.Find(ctx, who, product.Query{Own: true, Limit: 100})
	h.must(err)
	for _, i := range own.Items {
		o, err := h.app.Products.Read(ctx, h.who("officer"), product.Name{ID: i.ID, From: h.body("right-holder").ID}, 0)
		if err == nil && o.Covert {
			h.shown.sheet, h.shown.brand = i, i.Of.ID
		}
	}
	v, err := h.app.Holders.Apply(ctx, who, h.application())
	h.must(err)
	m, err := h.app.Holders.Grant(ctx, who, h.granting())
	h.must(err)
	c, err := h.app.Contacts.Set(ctx, who, "", 0, desk())
	h.must(err)
	a, _, err := h.app.Protections.File(ctx, who, h.filing())
	h.must(err)
	raised, _, err := h.app.Alerts.Issue(ctx, h.who("coordinator"), h.raising())
	h.must(err)
	h.shown.vetting, h.shown.mandate, h.shown.contact, h.shown.application, h.shown.alert = v.ID, m.ID, c.ID, a.ID, raised.ID
}

// name is the sheet of the right holder that has covert features.
func (h *hall) name() product.Name {
	return product.Name{ID: h.shown.sheet.ID, From: h.body("right-holder").ID}
}

func (h *hall) day(days int) string {
	return h.app.Clock.Now().AddDate(0, 0, days).Format(time.DateOnly)
}

func (h *hall) filing() protection.Draft {
	return protection.Draft{ID: protection.ApplicationID(fresh()), Brands: []holder.BrandID{h.shown.brand}, Country: "XA", Since: h.day(0), Until: h.day(300), Contact: "The desk."}
}

func (h *hall) raising() alert.Draft {
	return alert.Draft{ID: alert.ID(fresh()), Kind: "trend", Level: "urgent", Title: "Seals", Look: "Flat seals.", Do: "Open the carton.", Language: "en", Until: h.day(20), All: true}
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
