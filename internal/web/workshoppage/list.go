package workshoppage

import (
	"net/http"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// listed is a workshop of the list, on its own today.
type listed struct {
	workshop.Item
	today string
}

func (l listed) state() string { return stateOf(l.Workshop, l.today) }

// listView is training at a glance.
type listView struct {
	mine    []listed // where the reader takes part or is host, the next first
	others  []listed
	past    []listed // the latest first
	tasks   []kit.Task
	links   []kit.Link
	planIn  []operation.Operation
	primary *kit.Button
}

func (l listView) empty() bool { return len(l.mine)+len(l.others)+len(l.past) == 0 }

// standings are the operations that the reader takes part in.
func (s site) standings(r *http.Request, v *frame.Visit) (map[operation.Code]operation.Summary, error) {
	all, err := s.Operations.List(r.Context(), v.Actor(), operation.KindOperation)
	out := map[operation.Code]operation.Summary{}
	for _, o := range all {
		if o.Membership.State == operation.Accepted {
			out[o.Operation.Code] = o
		}
	}
	return out, err
}

func may(o operation.Summary, p access.Permission) bool {
	return access.Within(o.Membership.Side, o.Roles, p)
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	p := s.Page(r, v, v.Printer.T("workshoppage.title"))
	p.Styles = append(p.Styles, "training.css")
	l, err := s.glance(r, v, p)
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, listPage(p, l))
}

// glance is all that the page shows.
func (s site) glance(r *http.Request, v *frame.Visit, p *kit.Page) (listView, error) {
	in, err := s.standings(r, v)
	if err != nil {
		return listView{}, err
	}
	items, err := s.Workshops.Everywhere(r.Context(), v.Actor())
	if err != nil {
		return listView{}, err
	}
	l := sorted(items, s.Source.Now())
	if err := s.tasks(r, v, p, &l, in); err != nil {
		return l, err
	}
	for _, o := range in {
		if may(o, access.WorkshopPlan) {
			l.planIn = append(l.planIn, o.Operation)
		}
	}
	if l.primary == nil && len(l.planIn) > 0 {
		l.primary = &kit.Button{Label: p.T("workshoppage.plan"), Href: base + "new"}
	}
	library, err := s.Operations.Read(r.Context(), v.Actor(), operation.Library)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return l, err
	}
	l.links = s.own(p, in, err == nil && library.May(access.LessonRead))
	return l, nil
}

// sorted puts workshops where they belong on the page.
func sorted(items []workshop.Item, now time.Time) listView {
	var l listView
	for _, i := range items {
		one := listed{i, now.In(zoneNamed(i.Zone)).Format(time.DateOnly)}
		switch {
		case one.state() == stateOver || one.state() == workshop.Cancelled && i.Ends < one.today:
			l.past = append(l.past, one)
		case i.Mine != "" && i.Mine != participant.Withdrawn || i.Hosts:
			l.mine = append(l.mine, one)
		default:
			l.others = append(l.others, one)
		}
	}
	slices.Reverse(l.mine) // they come the latest first
	slices.Reverse(l.others)
	return l
}

// tasks are what waits for the reader, of all workshops that are not over.
func (s site) tasks(r *http.Request, v *frame.Visit, p *kit.Page, l *listView, in map[operation.Code]operation.Summary) error {
	for _, i := range slices.Concat(l.mine, l.others) {
		if i.Workshop.State != workshop.Called {
			continue
		}
		if i.Nominates(s.Source.Now()) && may(in[i.Operation.Code], access.WorkshopNominate) && frame.Wants(i.Own) && !i.Hosts {
			l.tasks = append(l.tasks, kit.Task{Label: i.Title, Href: href(i.ID, "/nominate"), State: p.T("workshoppage.task.nominate"), Tone: kit.Warn,
				Hint: p.T("workshoppage.nominate-until", fault.Args{"day": p.Printer.Day(lastDay(i.Workshop))})})
			if l.primary == nil {
				l.primary = &kit.Button{Label: p.T("workshoppage.nominate"), Href: href(i.ID, "/nominate")}
			}
		}
		if i.Hosts || i.Mine == participant.Confirmed {
			if err := s.within(r, v, p, l, i); err != nil {
				return err
			}
		}
	}
	for _, i := range slices.Concat(l.mine, l.past) { // a form stays open when people have gone home
		t, open, err := s.EvaluationTask(r, v, p, i.Item)
		if err != nil {
			return err
		}
		if open {
			l.tasks = append(l.tasks, t)
		}
	}
	return nil
}

// within are the tasks of one workshop that its host or its participants have.
func (s site) within(r *http.Request, v *frame.Visit, p *kit.Page, l *listView, i listed) error {
	opened, err := s.Workshops.Read(r.Context(), v.Actor(), i.Operation.Code, i.ID)
	if err != nil {
		return err
	}
	o := view{Opened: opened}
	if n := o.nominated(); n > 0 && o.MayConfirm {
		l.tasks = append(l.tasks, kit.Task{Label: i.Title, Href: o.at("/participants"), State: p.T("workshoppage.task.confirm"), Tone: kit.Warn,
			Hint: p.T("workshoppage.nominated", fault.Args{"count": int64(n)})})
	}
	if o.running() && o.MayAmend && s.Leads(o.Standing, "/t/{id}/attendance") {
		l.tasks = append(l.tasks, kit.Task{Label: i.Title, Href: o.at("/attendance"), State: p.T("workshoppage.task.attendance"), Tone: kit.Info, Hint: p.T("workshoppage.runs")})
	}
	if i.Mine != participant.Confirmed {
		return nil
	}
	todo, err := s.supplied(r, v, o, i.Operation.Code)
	for _, m := range todo {
		if m.href != "" && m.Kind != workshop.MaterialDocument {
			l.tasks = append(l.tasks, kit.Task{Label: m.Title, Href: m.href, State: p.T("workshoppage.task." + m.Kind), Tone: kit.Info, Hint: i.Title})
		}
	}
	return err
}

// own are the reader's other pages of training, as far as they answer; lessons do to
// who stands in the library.
func (s site) own(p *kit.Page, in map[operation.Code]operation.Summary, lessons bool) []kit.Link {
	var out []kit.Link
	for _, l := range []struct {
		pattern, at, key string
		open             bool
	}{
		{"/t/certificates", "/t/certificates", "my-certificates", true}, {"/lessons/{$}", "/lessons/", "lessons", lessons},
		{"/certificates/{$}", "/certificates/", "check", true},
	} {
		if l.open && s.Serves(l.pattern) {
			out = append(out, kit.Link{Label: p.T("workshoppage.link." + l.key), Href: l.at})
		}
	}
	for _, o := range in {
		for _, l := range []struct{ pattern, more, key string }{{"/o/{op}/courses/{$}", "courses/", "courses"}, {"/o/{op}/learnt/{$}", "learnt/", "learnt"}, {"/o/{op}/effect/{$}", "effect/", "effect"}} {
			if s.rowMay(o, l.pattern) {
				out = append(out, kit.Link{Label: p.T("workshoppage.link-in", fault.Args{"page": p.T("workshoppage.link." + l.key), "name": o.Operation.Name}), Href: "/o/" + string(o.Operation.Code) + "/" + l.more})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b kit.Link) int { return p.Printer.Compare(a.Label, b.Label) })
	return out
}

// rowMay is Leads for an operation of a list.
func (s site) rowMay(o operation.Summary, pattern string) bool {
	return s.Leads(operation.Standing{Operation: o.Operation, Membership: o.Membership, Roles: o.Roles}, pattern)
}

// line are the words below the title of a workshop in the list.
func line(p *kit.Page, l listed) []string {
	out := []string{p.Printer.Range(l.Starts, l.Ends), where(p, l.Workshop)}
	if langs := languageList(p, l.Languages); langs != "" {
		out = append(out, langs)
	}
	return append(out, l.Operation.Name)
}

// tags are the kind of a workshop, where it stands, and the reader's own part.
func tags(p *kit.Page, l listed) []kit.Task {
	tone, word := stateTag(p, l.Workshop, l.today)
	out := []kit.Task{{State: p.Printer.Code(codelist.WorkshopKind.Name(), l.Kind), Tone: kit.Neutral}, {State: word, Tone: tone}}
	if l.Mine != "" {
		out = append(out, kit.Task{State: p.T(mineKey(l.Mine, l.state() == stateOver)), Tone: partTone(l.Mine)})
	} else if l.Hosts {
		out = append(out, kit.Task{State: p.T("workshoppage.hosts"), Tone: kit.Neutral})
	}
	return out
}

func className(l listed, first bool) string {
	switch state := l.state(); {
	case state == stateOver:
		return "over"
	case state == workshop.Cancelled:
		return "cancelled"
	case first:
		return "next"
	}
	return ""
}
