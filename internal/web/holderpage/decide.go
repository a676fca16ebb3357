package holderpage

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// decision is what somebody decides of an application or a mandate, on a page of its
// own that shows what it is about.
type decision struct {
	of, act string // parts of the address, and of the keys of its words
	need    access.Permission
	field   string // that it takes: until, reason, or none
	done    string // key of web.done
	ends    bool   // it takes something away
}

var decisions = []decision{
	{"vettings", "vet", access.HolderVet, "until", "holder-vetted", false},
	{"vettings", "revoke", access.HolderRevoke, "reason", "holder-revoked", true},
	{"mandates", "check", access.MandateCheck, "", "mandate-checked", false},
	{"mandates", "revoke", access.MandateRevoke, "reason", "mandate-revoked", true},
}

func (d decision) pattern() string { return "/holders/{org}/" + d.of + "/{id}/" + d.act }

// key is where its words stand in the catalogues.
func (d decision) key(more string) string {
	return "holderpage." + d.of + "." + d.act + more
}

// take is the command.
func (d decision) take(ctx context.Context, s site, v *frame.Visit, r *http.Request) error {
	who, org, id, f := v.Actor(), of(r), holder.ID(r.PathValue("id")), r.PostForm
	switch d.need {
	case access.HolderVet:
		_, err := s.Holders.Vet(ctx, who, org, id, f.Get("until"))
		return err
	case access.HolderRevoke:
		return s.Holders.Revoke(ctx, who, org, id, lines(f.Get("reason")))
	case access.MandateCheck:
		_, err := s.Holders.Check(ctx, who, org, id)
		return err
	}
	return s.Holders.RevokeMandate(ctx, who, org, id, lines(f.Get("reason")))
}

// deciding is the page of a decision.
type deciding struct {
	holder.Holder
	decision
	id      string
	vetting *holder.Vetting
	mandate *holder.MandateItem
	files   []attachment.Attachment
	form    kit.Form
}

func (s site) decideAsk(d decision) frame.Handler {
	return func(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
		return s.decidePage(w, r, v, d, nil, nil)
	}
}

func (s site) decide(d decision) frame.Handler {
	return func(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
		err := d.take(r.Context(), s, v, r)
		switch {
		case err == nil:
			return frame.SeeOther(w, r, s.after(r, v), d.done)
		case frame.Refused(err):
			return s.decidePage(w, r, v, d, r.PostForm, err)
		}
		return err
	}
}

// after is where one goes on: a representative that has laid its mandate down acts for
// the right holder no more.
func (s site) after(r *http.Request, v *frame.Visit) string {
	if string(of(r)) == string(v.Session.Organisation.ID) {
		return base
	}
	if _, err := s.Holders.Read(r.Context(), v.Actor(), of(r)); err != nil {
		return base
	}
	return base + string(of(r))
}

func (s site) decidePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, d decision, values url.Values, wrong error) error {
	m, p, err := s.about(r, v, d)
	if err != nil {
		return err
	}
	if values == nil {
		values = url.Values{}
		if d.field == "until" {
			values.Set("until", m.Standing.Now.AddDate(1, 0, 0).Format(time.DateOnly))
		}
	}
	m.form = kit.FormOf(values, wrong)
	m.form.Labels = frame.Labels(p, "holderpage.field.", "until", "reason")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), decidePage(p, m))
}

// about finds what is decided. A representative finds its own mandate on its own page.
func (s site) about(r *http.Request, v *frame.Visit, d decision) (deciding, *kit.Page, error) {
	m := deciding{decision: d, id: r.PathValue("id")}
	var p *kit.Page
	var err error
	if m.Holder, p, err = s.holder(r, v, of(r), v.Printer.T(d.key(""))); fault.Is(err, fault.NotFound) && d.need == access.MandateRevoke {
		m.Holder, p, err = s.holder(r, v, "", v.Printer.T(d.key("")))
	}
	if err != nil {
		return m, nil, err
	}
	id := holder.ID(m.id)
	if d.of == "vettings" {
		i := slices.IndexFunc(m.Vettings, func(v holder.Vetting) bool { return v.ID == id })
		if i < 0 || !m.MayVet {
			return m, nil, fault.Missing()
		}
		m.vetting = &m.Vettings[i]
		m.files = m.Files[m.vetting.Seq]
		return m, p, nil
	}
	all := slices.Concat(m.Given, m.Received)
	i := slices.IndexFunc(all, func(x holder.MandateItem) bool { return x.ID == id && x.From.ID == of(r) })
	if i < 0 || !m.Standing.May(d.need) {
		return m, nil, fault.Missing()
	}
	m.mandate = &all[i]
	m.files = m.Files[m.mandate.Seq]
	return m, p, nil
}

// action is the address of the form.
func (m deciding) action() string {
	org := m.Organisation.ID
	if m.mandate != nil {
		org = m.mandate.From.ID
	}
	return base + string(org) + "/" + m.of + "/" + m.id + "/" + m.act
}
