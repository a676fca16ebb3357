package workshoppage

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// letter is an invitation on paper, to one administration, in one language.
type letter struct {
	view
	to      organisation.Organisation // zero: its name is written by hand
	tally   participant.Tally
	all     []organisation.Organisation // whom the reader may address
	printer *i18n.Printer               // of the letter's language
	origin  string                      // where this site answers
}

// letter shows it: the host to any administration that it is for, a contact point to its
// own. A language that the house does not speak is English.
func (s site) letter(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, _, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if !o.letters() {
		return fault.Missing()
	}
	p := s.inside(r, v, o, v.Printer.T("workshoppage.invitation"), o.Title)
	m := addressed(r, p, o)
	m.origin = origin(r, s.Proxied)
	lang := i18n.Lang(r.URL.Query().Get("lang"))
	if lang == "" && m.to.Number != 0 {
		lang = i18n.Lang(frame.BaseLanguage(m.to.Language))
	}
	if !i18n.Offered(lang) {
		lang = i18n.English
	}
	m.printer = s.Printer(o.Standing, lang)
	return frame.Show(w, r, http.StatusOK, letterPage(p, m))
}

// addressed is the letter to whom an address names; a contact point's is to its own.
func addressed(r *http.Request, p *kit.Page, o view) letter {
	m := letter{view: o}
	if o.Hosts {
		m.all = byName(p, o.Readers)
	} else {
		m.to, m.tally = o.Standing.Organisation, o.Own
	}
	for _, one := range m.all {
		if string(one.ID) == r.URL.Query().Get("to") {
			m.to = one
		}
	}
	for _, seat := range o.Seats {
		if m.to.Number != 0 && seat.Of.Number == m.to.Number {
			m.tally = seat.Tally
		}
	}
	return m
}

// origin is how a browser calls this site.
func origin(r *http.Request, proxied bool) string {
	if r.TLS != nil || proxied {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// t says a text of the house in the letter's language.
func (m letter) t(key string, args ...fault.Args) string { return m.printer.T(key, args...) }

// name is whom the letter addresses, in its language.
func (m letter) name() string { return m.to.Called(string(m.printer.Lang())) }

// asks is the sentence about places.
func (m letter) asks() string {
	day := i18n.Day(lastDay(m.Workshop))
	if m.tally.Counted && m.tally.Places > 0 {
		return m.t("workshoppage.letter.places", fault.Args{"count": m.tally.Places, "day": day})
	}
	return m.t("workshoppage.letter.open", fault.Args{"day": day})
}

// what is the sentence that invites.
func (m letter) what() string {
	return m.t("workshoppage.letter.what", fault.Args{"title": m.Title, "operation": m.Standing.Operation.Name,
		"kind": i18n.Code{List: codelist.WorkshopKind.Name(), Code: m.Kind}})
}

// rows are the facts of the letter, label and value.
func (m letter) rows() [][2]string {
	out := [][2]string{{m.t("workshoppage.field.when"), m.printer.Range(m.Starts, m.Ends)}}
	if m.Place != "" {
		place := m.Place
		if m.Country != "" {
			place = m.t("workshoppage.place-in", fault.Args{"place": m.Place, "country": m.printer.Country(m.Country)})
		}
		out = append(out, [2]string{m.t("workshoppage.field.place"), place})
	}
	if m.Address != "" {
		out = append(out, [2]string{m.t("workshoppage.field.address"), m.Address})
	}
	var langs []string
	for _, l := range m.Languages {
		langs = append(langs, m.printer.Language(frame.BaseLanguage(l)))
	}
	out = append(out, [2]string{m.t("workshoppage.field.languages"), m.printer.List(langs)})
	if m.Sponsor != "" {
		out = append(out, [2]string{m.t("workshoppage.field.sponsor"), m.Sponsor})
	}
	return out
}

// who are the speakers of a session, in a line.
func (m letter) who(t workshop.Talk) string {
	var out []string
	for n, k := range t.Speakers {
		words := k.Name
		if t.From[n].Number != 0 {
			words = m.t("workshoppage.letter.speaker", fault.Args{"name": k.Name, "organisation": t.From[n].Called(string(m.printer.Lang()))})
		}
		out = append(out, words)
	}
	return m.printer.List(out)
}

// zoneLine says whose hours those of the agenda are.
func (m letter) zoneLine() string {
	return m.t("workshoppage.zone", fault.Args{"zone": zoneWords(m.Workshop)})
}

// links are the languages that the letter may have.
func (m letter) links() []kit.NavItem {
	var out []kit.NavItem
	for _, l := range i18n.Languages() {
		at := m.at("/invitation?lang=" + string(l))
		if len(m.all) > 0 && m.to.ID != "" {
			at += "&to=" + string(m.to.ID)
		}
		out = append(out, kit.NavItem{Label: l.Name(), Href: at, Icon: string(l), Current: l == m.printer.Lang()})
	}
	return out
}

// calendar is the file for the reader's own calendar.
func (s site) calendar(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, _, err := s.opened(r, v)
	if err != nil {
		return err
	}
	var sessions []workshop.Session
	for _, t := range o.Talks {
		sessions = append(sessions, t.Session)
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="workshop-%s.ics"`, strings.ReplaceAll(o.Starts, "-", "")))
	_, _ = w.Write(workshop.Calendar(o.Workshop, sessions, o.Host.Called(string(v.Printer.Lang())))) // the reader may have gone
	return nil
}
