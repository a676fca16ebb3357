package workshoppage

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// view is one workshop as its reader sees it.
type view struct {
	workshop.Opened
	zone      *time.Location // of the workshop
	part      *workshop.Guest
	materials []material
	leads     func(pattern string) bool

	evaluated   bool        // its evaluation answers this reader
	attended    bool        // it is over, and the reader was there
	certificate workshop.ID // of the reader; empty: none is good
}

// material is what a workshop hands out, with where it stands.
type material struct {
	workshop.Material
	href    string
	version int64  // of a document
	session string // title of the session that it is for
}

// at is the address of a page about the workshop.
func (o view) at(more string) string { return href(o.ID, more) }

func href(id workshop.ID, more string) string { return base + string(id) + more }

// opened finds the workshop that an address names, for whoever may read it.
func (s site) opened(r *http.Request, v *frame.Visit) (view, operation.Code, error) {
	id := workshop.ID(r.PathValue("id"))
	code, err := s.Workshops.Locate(r.Context(), v.Actor(), id)
	if err != nil {
		return view{}, "", err
	}
	opened, err := s.Workshops.Read(r.Context(), v.Actor(), code, id)
	if err != nil {
		return view{}, "", err
	}
	o := view{Opened: opened, zone: zoneNamed(opened.Zone)}
	o.leads = func(pattern string) bool { return s.Leads(o.Standing, pattern) }
	for i, g := range o.Guests {
		if g.Person != "" && string(g.Person) == o.Standing.Who.Person && (o.part == nil || g.State != participant.Withdrawn) {
			o.part = &o.Guests[i]
		}
	}
	return o, code, nil
}

// inside is the frame of a page about the workshop.
func (s site) inside(r *http.Request, v *frame.Visit, o view, titles ...string) *kit.Page {
	p := s.Inside(r, v, o.Standing, append(titles, v.Printer.T("workshoppage.title"))...)
	p.Styles = append(p.Styles, "training.css")
	return p
}

func (s site) show(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, code, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if o.materials, err = s.supplied(r, v, o, code); err != nil {
		return err
	}
	if err = s.after(r, v, &o, code); err != nil {
		return err
	}
	s.Opened(r, v, code, o.Seq)
	return frame.Show(w, r, http.StatusOK, showPage(s.inside(r, v, o, o.Title), o))
}

// after puts in what other rooms know of the reader and the workshop: does its evaluation
// answer, and was the reader there.
func (s site) after(r *http.Request, v *frame.Visit, o *view, code operation.Code) error {
	_, err := s.Evaluations.Read(r.Context(), v.Actor(), code, o.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	o.evaluated = err == nil
	if o.part == nil || o.Today <= o.Ends {
		return nil
	}
	sheet, err := s.Attendances.Sheet(r.Context(), v.Actor(), code, o.ID)
	if err != nil {
		return err
	}
	for _, row := range sheet.Rows {
		if row.Mine && row.Participant.State == participant.Confirmed {
			c, good := row.Certificate()
			if good {
				o.certificate = c.ID
			}
			o.attended = good || len(row.Marks) > 0
		}
	}
	return nil
}

// titleOf is the title of a lesson in the reader's language; what the workshop has of it
// where the lesson cannot be read.
func (s site) titleOf(r *http.Request, v *frame.Visit, m workshop.Material) (string, error) {
	l, err := s.Lessons.Read(r.Context(), v.Actor(), lesson.Name{ID: lesson.ID(m.Ref)})
	if fault.Is(err, fault.NotFound) {
		return m.Title, nil
	}
	title, _ := l.Says.Title.In(string(v.Printer.Lang()), l.Says.Language)
	return cmp.Or(title, m.Title), err
}

// supplied says where each material stands; the store gives those only that the reader
// may open.
func (s site) supplied(r *http.Request, v *frame.Visit, o view, code operation.Code) ([]material, error) {
	var out []material
	for _, m := range o.Materials {
		one := material{Material: m}
		if i := slices.IndexFunc(o.Talks, func(t workshop.Talk) bool { return t.Seq == m.Session }); m.Session != 0 && i >= 0 {
			one.session = o.Talks[i].Title
		}
		switch m.Kind {
		case workshop.MaterialDocument:
			d, err := s.Documents.ReadNamed(r.Context(), v.Actor(), code, document.Name{ID: document.ID(m.Ref)})
			if err != nil {
				continue // withdrawn from the reader since
			}
			one.href, one.version = frame.DocumentHref("/o/"+string(code)+"/", d.Seq), d.Version
		case workshop.MaterialLesson:
			title, err := s.titleOf(r, v, m)
			if err != nil {
				return nil, err
			}
			one.Title, one.href = title, s.ifServed("/lessons/{id}", "/lessons/"+m.Ref)
		case workshop.MaterialPractice:
			one.href = s.ifServed("/t/{id}/exercise/{$}", o.at("/exercise/"))
		}
		out = append(out, one)
	}
	return out, nil
}

// ifServed is an address, where a page answers at its pattern.
func (s site) ifServed(pattern, address string) string {
	if s.Serves(pattern) {
		return address
	}
	return ""
}

// presses are the buttons in the head of the page, what is due first: the only filled one.
func (o view) presses(p *kit.Page) []kit.Button {
	var out []kit.Button
	add := func(when bool, key, more string) {
		if when {
			out = append(out, kit.Button{Label: p.T("workshoppage." + key), Href: o.at(more)})
		}
	}
	on := o.Workshop.State != workshop.Cancelled
	add(o.MayConfirm && o.nominated() > 0, "people-confirm", "/participants")
	add(o.MayNominate, "nominate", "/nominate")
	add(o.MayCall && o.Workshop.State == workshop.Planned && len(o.Talks) > 0, "call", "/call")
	add(o.MayAmend && on && len(o.Talks) == 0, "session-add", "/sessions/new")
	add(o.part != nil && o.part.State == participant.Confirmed && o.running() && o.leads("/t/{id}/here"), "here", "/here")
	if len(out) > 0 {
		out[0].Kind = kit.Primary
	}
	add(o.MayAmend && on, "amend", "/edit")
	if on && (o.part == nil || o.part.State != participant.Confirmed) { // else it stands below "You have a place"
		out = append(out, kit.Button{Label: p.T("workshoppage.calendar"), Kind: kit.Quiet, Href: o.at("/calendar.ics")})
	}
	return out
}

// seats are the administrations of which there is something to say.
func (o view) seats() []workshop.Seat {
	var out []workshop.Seat
	for _, s := range o.Seats {
		if s.Places+s.Nominated+s.Confirmed+s.Waiting > 0 {
			out = append(out, s)
		}
	}
	return out
}

// nominated is how many nominees wait for a word of the host.
func (o view) nominated() (n int) {
	for _, g := range o.Guests {
		if g.State == participant.Nominated {
			n++
		}
	}
	return n
}

// links are the pages of other rooms about this workshop that answer this reader.
func (o view) links(p *kit.Page) []kit.Link {
	var out []kit.Link
	takes := o.MayAmend || o.part != nil && o.part.State == participant.Confirmed
	teaches := o.Standing.May(access.WorkshopAmend) && o.Standing.Who.Organisation == o.Workshop.Organisation // coordination alone does not read how people did
	for _, l := range []struct {
		pattern, more, key string
		open               bool
	}{
		{"/t/{id}/attendance", "/attendance", "attendance", takes},
		{"/t/{id}/exercise/{$}", "/exercise/", "exercise", true},
		{"/t/{id}/evaluation", "/evaluation", "evaluation", o.evaluated},
		{"/t/{id}/results/lessons", "/results/lessons", "results", teaches},
		{"/t/{id}/certify", "/certify", "certificates", o.MayAmend},
	} {
		if l.open && o.leads(l.pattern) {
			out = append(out, kit.Link{Label: p.T("workshoppage.link." + l.key), Href: o.at(l.more)})
		}
	}
	code := "/o/" + string(o.Standing.Operation.Code) + "/"
	for _, l := range []struct{ pattern, more, key string }{{"/o/{op}/courses/{$}", "courses/", "courses"}, {"/o/{op}/learnt/{$}", "learnt/", "learnt"}, {"/o/{op}/effect/{$}", "effect/", "effect"}} {
		if o.leads(l.pattern) {
			out = append(out, kit.Link{Label: p.T("workshoppage.link." + l.key), Href: code + l.more})
		}
	}
	return out
}

// day is the sessions of one day.
type day struct {
	day   string
	talks []workshop.Talk
}

// days are the sessions by day, in their order.
func (o view) days() []day {
	var out []day
	for _, t := range o.Talks {
		d, _, _ := cut(t.Starts)
		if len(out) == 0 || out[len(out)-1].day != d {
			out = append(out, day{day: d})
		}
		last := &out[len(out)-1]
		last.talks = append(last.talks, t)
	}
	return out
}

// begins is the moment of the first session that takes place.
func (o view) begins() (time.Time, bool) {
	for _, t := range o.Talks {
		if at := o.moment(t.Starts); t.On() && !at.IsZero() {
			return at, true
		}
	}
	return time.Time{}, false
}

// running tells whether today is a day of the workshop.
func (o view) running() bool {
	return o.Workshop.State == workshop.Called && o.Starts <= o.Today && o.Today <= o.Ends
}

// isOn tells whether a session runs now.
func (o view) isOn(t workshop.Talk) bool {
	now := o.Standing.Now
	return o.Workshop.State != workshop.Cancelled && t.On() && !now.Before(o.moment(t.Starts)) && now.Before(o.moment(t.Ends))
}

// moment reads an hour that is local in the workshop's zone.
func (o view) moment(local string) time.Time { return momentIn(local, o.zone) }

// amends tells whether the reader may change a workshop that was not cancelled.
func (o view) amends() bool { return o.MayAmend && o.Workshop.State != workshop.Cancelled }

// letters tells whether the reader is shown letters of invitation: the host those of
// all, a contact point its own.
func (o view) letters() bool {
	return o.Workshop.State != workshop.Cancelled && (o.Hosts || o.Standing.May(access.WorkshopNominate))
}

// lede is when and where, in one line.
func lede(p *kit.Page, o view) string {
	return p.T("workshoppage.when-where", fault.Args{"when": p.Printer.Range(o.Starts, o.Ends), "where": where(p, o.Workshop)})
}
