package api

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/api/describe"
	"github.com/tidewaiter/tidewaiter/internal/api/inquiryitem"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// inquiryRoutes are the questions to right holders, of all operations.
func (d *Door) inquiryRoutes() []row {
	one := Prefix + "inquiries/{id}"
	return []row{
		{describe.Route{Route: at(http.MethodGet, Prefix+"inquiries", access.InquiryRead, 0), Name: "inquiries", Query: []string{"limit", "cursor", "state"},
			Out: list[inquiryitem.Inquiry]{}}, d.inquiries},
		{describe.Route{Route: at(http.MethodGet, one, access.InquiryRead, 0), Name: "inquiry", Out: inquiryitem.Inquiry{}}, d.inquiry},
		{describe.Route{Route: at(http.MethodGet, one+"/pictures/{place}", access.InquiryRead, 0), Name: "inquiry-picture", Query: []string{"variant"}, File: true}, d.inquiryPicture},
		{describe.Route{Route: at(http.MethodPut, one, access.InquiryAsk, messageBody), Name: "put-inquiry", In: inquiryitem.InquiryDraft{}, Out: inquiryitem.Inquiry{}, Created: true}, d.putInquiry},
	}
}

// inquiries gives a page of them. Its cursor is the id of the last, which the reader has.
func (d *Door) inquiries(w http.ResponseWriter, r *http.Request, c *call) error {
	limit, err := limitOf(r)
	if err != nil {
		return err
	}
	f := inquiry.Filter{State: r.URL.Query().Get("state"), After: inquiry.ID(r.URL.Query().Get("cursor")), Limit: int(limit)}
	if f.State != "" && !slices.Contains([]string{inquiry.Open, inquiry.Answered, inquiry.Withdrawn, inquiry.Late}, f.State) {
		return refused(http.StatusBadRequest, "api.query", fault.Field{Path: "state", Key: "fault.unknown-code"})
	}
	if f.After != "" && !source.ValidID(string(f.After)) {
		return refused(http.StatusBadRequest, "fault.malformed-id")
	}
	p, err := d.Inquiries.List(r.Context(), c.who(), f)
	if err != nil {
		return err
	}
	out := list[inquiryitem.Inquiry]{Items: []inquiryitem.Inquiry{}}
	for _, v := range p.Items {
		out.Items = append(out.Items, inquiryitem.Of(v, Prefix))
	}
	if p.More {
		out.Next = string(p.Items[len(p.Items)-1].ID)
	}
	return answer(w, http.StatusOK, out)
}

func (d *Door) inquiry(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	v, err := d.Inquiries.Read(r.Context(), c.who(), inquiry.ID(id))
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, inquiryitem.Of(v, Prefix))
}

func (d *Door) inquiryPicture(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	place, err := strconv.Atoi(r.PathValue("place"))
	if err != nil {
		return fault.Missing()
	}
	door.Slowly(w, source.Real().Now())
	o, err := d.Inquiries.Picture(r.Context(), c.who(), inquiry.ID(id), place, attachment.Variant(r.URL.Query().Get("variant")))
	if err != nil {
		return err
	}
	return door.File(w, o)
}

// putInquiry asks, takes back or answers, by what the body says.
func (d *Door) putInquiry(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	var in inquiryitem.InquiryDraft
	if _, err = read(r, &in); err != nil {
		return err
	}
	made, err := d.doInquiry(r, c, id, in)
	if err != nil {
		return err
	}
	v, err := d.Inquiries.Read(r.Context(), c.who(), inquiry.ID(id))
	if err != nil {
		return err
	}
	out := inquiryitem.Of(v, Prefix)
	if made.Entry.Verb != "" {
		out.Receipt = d.Signer.Receipt(string(in.Operation), made.Entry, !v.Asked)
	}
	return answer(w, created(made.Fresh && in.Answer == nil && in.Legal == nil), out)
}

// doInquiry chooses the command.
func (d *Door) doInquiry(r *http.Request, c *call, id string, in inquiryitem.InquiryDraft) (inquiry.Inquiry, error) {
	switch {
	case in.Answer != nil || in.Legal != nil:
		return d.answerInquiry(r, c, inquiry.ID(id), in)
	case in.Withdraws != "":
		return inquiry.Inquiry{}, d.Inquiries.Withdraw(r.Context(), c.who(), in.Operation, inquiry.ID(id), in.Withdraws)
	case in.Operation == operation.Library:
		return d.Inquiries.Request(r.Context(), c.who(), in.Request(id))
	}
	return d.ask(r, c, id, in)
}

func (d *Door) ask(r *http.Request, c *call, id string, in inquiryitem.InquiryDraft) (inquiry.Inquiry, error) {
	_, s, _, err := d.Seizures.Find(r.Context(), c.who(), in.Operation, seizure.Name{ID: in.Case, Organisation: c.session.Organisation.ID})
	if err != nil {
		return inquiry.Inquiry{}, err
	}
	return d.Inquiries.Ask(r.Context(), c.who(), in.Operation, s.Reference, in.Draft(id))
}

// answerInquiry says what the goods are, what is done about them in law, or both.
func (d *Door) answerInquiry(r *http.Request, c *call, id inquiry.ID, in inquiryitem.InquiryDraft) (made inquiry.Inquiry, err error) {
	if in.Answer != nil {
		made, err = d.Inquiries.Answer(r.Context(), c.who(), in.Operation, id, in.Answer.Draft())
	}
	if err == nil && in.Legal != nil {
		made, err = d.Inquiries.Reply(r.Context(), c.who(), in.Operation, id, in.Legal.Draft())
	}
	return made, err
}
