package attendancepage

import (
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// hours are minutes as hours with one decimal.
func hours(p *kit.Page, minutes int64) string {
	const tenth = 100_000
	return p.Printer.Micro((minutes*1_000_000/60 + tenth/2) / tenth * tenth)
}

// when is a session's beginning as the workshop's clock shows it.
func when(p *kit.Page, w workshop.Workshop, s workshop.Session) string {
	from, _ := attendance.Span(w, s)
	return p.Printer.Time(from, from.Location())
}

// current is the session whose list is wanted first: the one that runs or comes next,
// else the last.
func current(s attendance.Sheet) (workshop.Session, bool) {
	for _, x := range s.Sessions {
		if _, to := attendance.Span(s.Workshop, x); s.Standing.Now.Before(to.Add(attendance.After)) {
			return x, true
		}
	}
	if n := len(s.Sessions); n > 0 {
		return s.Sessions[n-1], true
	}
	return workshop.Session{}, false
}

func listHref(s attendance.Sheet, x workshop.Session, more string) string {
	return "/t/" + string(s.Workshop.ID) + "/attendance/" + string(x.ID) + more
}

func paperHref(id, certificate workshop.ID, more string) string {
	return "/t/" + string(id) + "/certificates/" + string(certificate) + more
}

// there counts who was at a session.
func there(s attendance.Sheet, x workshop.Session) (n int64) {
	for _, r := range s.Rows {
		if _, is := r.Marks[x.Seq]; is {
			n++
		}
	}
	return n
}

// me is the row of the reader, if confirmed.
func me(s attendance.Sheet) (attendance.Row, bool) {
	for _, r := range s.Rows {
		if r.Mine && r.Participant.State == participant.Confirmed {
			return r, true
		}
	}
	return attendance.Row{}, false
}

// running tells whether today is a day of the workshop.
func running(s attendance.Sheet) bool {
	today := s.Workshop.Day(s.Standing.Now)
	return s.Workshop.State == workshop.Called && s.Workshop.Starts <= today && today <= s.Workshop.Ends
}

// would are those to whom certificates would be given for half of the sessions, those
// whose certificate says less than they attended since, and how many have one or had one.
func (g giving) would() (half, grown, had int64) {
	for _, r := range g.Rows {
		switch {
		case r.Grown:
			grown++
		case len(r.Certificates) > 0:
			had++
		case r.Participant.State == participant.Confirmed && len(r.Marks) > 0 && g.Share(r) >= attendance.Half:
			half++
		}
	}
	return half, grown, had
}

// sessionTable is the agenda with how many were there.
func sessionTable(p *kit.Page, s attendance.Sheet) kit.Table {
	t := kit.Table{Caption: p.T("attendancepage.sessions"), Columns: []kit.Column{{Head: p.T("attendancepage.session"), Lead: true}, {Head: p.T("attendancepage.when")}}}
	if s.Whole {
		t.Columns = append(t.Columns, kit.Column{Head: p.T("attendancepage.there"), Numeric: true})
	} else if _, is := me(s); is {
		t.Columns = append(t.Columns, kit.Column{Head: p.T("attendancepage.i")})
	}
	if s.Hosts {
		t.Columns = append(t.Columns, kit.Column{Head: p.T("attendancepage.do"), Hide: true})
	}
	for _, x := range s.Sessions {
		cells := []templ.Component{kit.UserWords(s.Workshop.Language, x.Title), apart(when(p, s.Workshop, x))}
		if s.Whole {
			cells = append(cells, kit.Of(p, there(s, x), int64(len(s.Rows))))
		} else if r, is := me(s); is {
			m, here := r.Marks[x.Seq]
			cells = append(cells, presence(p, m, here))
		}
		if s.Hosts {
			cells = append(cells, listLink(p, s, x))
		}
		t.Rows = append(t.Rows, kit.TableRow{Cells: cells, ID: "s-" + string(x.ID)})
	}
	return t
}

// peopleTable is who was there, and certificates.
func peopleTable(p *kit.Page, s attendance.Sheet) kit.Table {
	t := kit.Table{Caption: p.T("attendancepage.people"), Columns: []kit.Column{{Head: p.T("attendancepage.name"), Lead: true}, {Head: p.T("attendancepage.from")},
		{Head: p.T("attendancepage.attended"), Numeric: true}, {Head: p.T("attendancepage.hours"), Numeric: true}, {Head: p.T("attendancepage.certificate")}}}
	for _, r := range s.Rows {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{kit.UserWords("", r.Participant.Name), kit.UserWords("", frame.Called(p, r.Of)),
			kit.Of(p, int64(len(r.Marks)), int64(len(s.Sessions))), apart(hours(p, r.Minutes)), certificateCell(p, s, r)}})
	}
	return t
}

// kindWords is what sort of workshop it was.
func kindWords(p *kit.Page, kind string) string {
	return p.Printer.Code(codelist.WorkshopKind.Name(), kind)
}

// where is the place on a certificate.
func where(p *kit.Page, place, country string) string {
	switch {
	case place == "":
		return p.T("attendancepage.online")
	case country == "":
		return place
	}
	return p.T("attendancepage.place", fault.Args{"place": place, "country": p.Printer.Country(country)})
}

// printedRows are what the paper shows, the name as it was typed.
func printedRows(p *kit.Page, c checking) []kit.Row {
	m := c.Paper
	return []kit.Row{
		{Label: p.T("attendancepage.name"), Value: kit.UserWords("", c.form.Value("name"))},
		{Label: p.T("attendancepage.from"), Value: kit.UserWords("", m.From)},
		{Label: p.T("attendancepage.workshop"), Value: kit.Join(kit.UserWords(m.Language, m.Title), kit.Text("·"), kit.Text(kindWords(p, m.Kind)))},
		{Label: p.T("attendancepage.when"), Value: apart(p.Printer.Range(m.Starts, m.Ends))},
		{Label: p.T("attendancepage.where"), Value: kit.UserWords("", where(p, m.Place, m.Country))},
		{Label: p.T("attendancepage.host"), Value: kit.UserWords("", m.Host)},
		{Label: p.T("attendancepage.attended"), Value: kit.Say(p, "attendancepage.how-much", fault.Args{"count": m.Sessions, "of": m.Of, "hours": hours(p, m.Minutes)})},
		{Label: p.T("attendancepage.certificate"), Value: kit.Say(p, "attendancepage.given-on", fault.Args{"day": p.Printer.Day(m.Day)})},
	}
}

// until says until when a code is good, on the workshop's clock.
func until(p *kit.Page, s attendance.Sheet, c attendance.Code) string {
	zone, err := time.LoadLocation(s.Workshop.Zone)
	if err != nil {
		zone = time.UTC
	}
	return p.T("attendancepage.until", fault.Args{"clock": p.Printer.Clock(c.Until, zone)})
}

// ownKey says of whom the reader sees the attendance.
func ownKey(s attendance.Sheet) string {
	if len(s.Rows) == 1 && s.Rows[0].Mine {
		return "attendancepage.only-you"
	}
	return "attendancepage.only-own"
}

func mineTable(p *kit.Page, all []attendance.Own) kit.Table {
	t := kit.Table{Caption: p.T("attendancepage.mine"), Hidden: true, Columns: []kit.Column{{Head: p.T("attendancepage.workshop"), Lead: true}, {Head: p.T("attendancepage.when")},
		{Head: p.T("attendancepage.number")}, {Head: p.T("attendancepage.state")}}}
	for _, c := range all {
		t.Rows = append(t.Rows, kit.TableRow{Cells: []templ.Component{mineLink(c), apart(p.Printer.Range(c.Starts, c.Ends)), kit.Code(c.Number), standing(p, c)}})
	}
	return t
}
