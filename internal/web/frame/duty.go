package frame

import (
	"net/http"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/lesson"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// TrainingTasks are what the workshops of one operation want of their reader now; what
// somebody may not see of them is in no count. Who may not read workshops has none.
func (s *Site) TrainingTasks(r *http.Request, v *Visit, p *kit.Page, st operation.Standing) ([]kit.Task, error) {
	if !st.May(access.WorkshopRead) || !s.Serves("/t/{id}") {
		return nil, nil
	}
	page, err := s.Workshops.List(r.Context(), v.Actor(), st.Operation.Code)
	if err != nil {
		return nil, err
	}
	d := duty{s: s, r: r, v: v, p: p, st: st}
	for _, i := range page.Items {
		if err := d.of(i); err != nil {
			return nil, err
		}
	}
	return d.tasks, nil
}

// duty gathers what workshops want of one reader.
type duty struct {
	s     *Site
	r     *http.Request
	v     *Visit
	p     *kit.Page
	st    operation.Standing
	tasks []kit.Task
	taken map[lesson.ID]bool // nil: not asked yet
}

func (d *duty) add(i workshop.Item, more, state string, tone kit.Tone, hint string) {
	d.tasks = append(d.tasks, kit.Task{Label: i.Title, Href: "/t/" + string(i.ID) + more, State: d.p.T("workshoppage.task." + state), Tone: tone, Hint: hint})
}

func (d *duty) of(i workshop.Item) error {
	if i.State != workshop.Called {
		return nil
	}
	today := i.Day(d.st.Now)
	comes := i.Mine == participant.Confirmed
	if i.Nominates(d.st.Now) && !i.Hosts && d.st.May(access.WorkshopNominate) && Wants(i.Own) {
		d.add(i, "/nominate", "nominate", kit.Warn, d.p.T("workshoppage.nominate-until", fault.Args{"day": d.p.Printer.Day(LastDay(i.Workshop))}))
	}
	if (comes || i.Hosts) && i.Starts <= today && today <= i.Ends {
		d.add(i, "", "runs", kit.Good, d.p.Printer.Range(i.Starts, i.Ends))
	}
	if i.Hosts && !i.Over(d.st.Now) {
		if err := d.waiting(i); err != nil {
			return err
		}
	}
	if !comes {
		return nil
	}
	if !i.Over(d.st.Now) {
		if err := d.lessons(i); err != nil {
			return err
		}
	}
	t, open, err := d.s.EvaluationTask(d.r, d.v, d.p, i)
	if open {
		d.tasks = append(d.tasks, t)
	}
	return err
}

// Wants tells whether an organisation may still name somebody; where nobody is counted
// it is asked until it has.
func Wants(t participant.Tally) bool {
	if t.Counted {
		return t.Left > 0
	}
	return t.Nominated+t.Confirmed+t.Waiting == 0
}

// waiting are the people whom the host has to say yes or no to.
func (d *duty) waiting(i workshop.Item) error {
	o, err := d.s.Workshops.Read(d.r.Context(), d.v.Actor(), d.st.Operation.Code, i.ID)
	if err != nil || !o.MayConfirm {
		return err
	}
	var n int64
	for _, g := range o.Guests {
		if g.State == participant.Nominated {
			n++
		}
	}
	if n > 0 {
		d.add(i, "/participants", "confirm", kit.Warn, d.p.T("workshoppage.nominated", fault.Args{"count": n}))
	}
	return nil
}

// lessons are those of a workshop that the reader has not finished once.
func (d *duty) lessons(i workshop.Item) error {
	o, err := d.s.Workshops.Read(d.r.Context(), d.v.Actor(), d.st.Operation.Code, i.ID)
	if err != nil {
		return err
	}
	var n int64
	for _, m := range o.Materials {
		if m.Kind != workshop.MaterialLesson {
			continue
		}
		if err := d.learn(); err != nil {
			return err
		}
		if taken, readable := d.taken[lesson.ID(m.Ref)]; readable && !taken {
			n++
		}
	}
	if n > 0 {
		d.add(i, "#materials", "lesson", kit.Info, d.p.T("workshoppage.lessons-open", fault.Args{"count": n}))
	}
	return nil
}

// learn asks once which lessons the reader can take, and which of them it has.
func (d *duty) learn() error {
	if d.taken != nil {
		return nil
	}
	d.taken = map[lesson.ID]bool{}
	all, err := d.s.Lessons.List(d.r.Context(), d.v.Actor(), lesson.Filter{})
	if fault.Is(err, fault.NotFound) { // not in the library
		return nil
	}
	for _, l := range all.Items {
		if l.State == lesson.Published && all.MayTake {
			d.taken[l.ID] = l.Last != nil
		}
	}
	return err
}

// EvaluationTask is the form of a workshop, while it is open and its reader, who came,
// has not answered.
func (s *Site) EvaluationTask(r *http.Request, v *Visit, p *kit.Page, i workshop.Item) (t kit.Task, open bool, err error) {
	if i.Mine != participant.Confirmed || i.Starts > i.Day(s.Source.Now()) {
		return t, false, nil
	}
	o, err := s.Evaluations.Read(r.Context(), v.Actor(), i.Operation.Code, i.ID)
	if fault.Is(err, fault.NotFound) {
		return t, false, nil
	}
	if err != nil || !o.MayAnswer || o.Answered || o.State != evaluation.Open {
		return t, false, err
	}
	return kit.Task{Label: i.Title, Href: "/t/" + string(i.ID) + "/evaluation", State: p.T("workshoppage.task.evaluation"), Tone: kit.Warn,
		Hint: p.T("workshoppage.evaluate-until", fault.Args{"day": p.Printer.Day(o.Evaluation.Closes)})}, true, nil
}

// LastDay is the last day on which people are nominated: where none was said, the one
// before it begins.
func LastDay(w workshop.Workshop) string {
	if w.NominateBy != "" {
		return w.NominateBy
	}
	if first, err := time.Parse(time.DateOnly, w.Starts); err == nil {
		return first.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	return w.Starts
}
