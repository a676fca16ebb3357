package dailypage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/task"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) taskRoutes() []frame.Route {
	return []frame.Route{
		get("tasks/{$}", access.TaskRead, s.tasks),
		get("tasks/new", access.TaskGive, s.taskWrite),
		post("tasks/new", access.TaskGive, s.taskGive),
		get("tasks/{seq}", access.TaskRead, s.taskShow),
		post("tasks/{seq}/owner", access.TaskAssign, s.taskAssign),
		post("tasks/{seq}/done", access.TaskFinish, s.taskFinish),
		post("tasks/{seq}/drop", access.TaskDrop, s.taskDrop),
	}
}

// scopes are the lists that a reader chooses among: coordination reads all.
func scopes(page task.Page) []string {
	if page.Standing.Side() == access.Coordination {
		return []string{task.All, task.Ours, task.Mine}
	}
	return []string{task.Ours, task.Mine}
}

func (s site) tasks(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	st, err := s.Operations.Read(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	scope := r.URL.Query().Get("whose")
	if scope == "" && st.Side() == access.Coordination {
		scope = task.All
	} else if scope != task.Mine && scope != task.All {
		scope = task.Ours
	}
	page, err := s.Tasks.List(r.Context(), v.Actor(), frame.CodeOf(r), scope)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, page.Standing, v.Printer.T("task.title"))
	return frame.Show(w, r, http.StatusOK, tasksPage(p, page, scope))
}

// taskItems are the lines of a list.
func taskItems(p *kit.Page, page task.Page) []kit.Task {
	var out []kit.Task
	for _, t := range page.Tasks {
		out = append(out, kit.Task{Label: t.Title, Hint: taskHint(p, t), Href: taskHref(p, t.Seq), State: taskState(p, t), Tone: taskTone(t)})
	}
	return out
}

func taskHref(p *kit.Page, seq int64) string {
	return p.Operation.Href + "tasks/" + strconv.FormatInt(seq, 10)
}

func taskHint(p *kit.Page, t task.Listed) string {
	args := fault.Args{"organisation": bodyName(p, t.For.Country, frame.Called(p, t.For)), "day": i18n.Day(t.Due), "owner": t.OwnedBy}
	if t.OwnedBy == "" {
		return p.T("task.hint-nobody", args)
	}
	return p.T("task.hint", args)
}

func taskState(p *kit.Page, t task.Listed) string {
	if t.Late {
		return p.T("overview.state.overdue")
	}
	return p.T("task.state." + t.State)
}

func taskTone(t task.Listed) kit.Tone {
	switch {
	case t.Late:
		return kit.Bad
	case t.State == task.Open:
		return kit.Warn
	case t.State == task.Done:
		return kit.Good
	}
	return kit.Neutral
}

func (s site) taskWrite(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.taskForm(w, r, v, url.Values{"id": {s.Source.ID()}, "language": {string(v.Printer.Lang())}}, nil)
}

func (s site) taskForm(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	page, err := s.Tasks.List(r.Context(), v.Actor(), frame.CodeOf(r), task.Mine)
	if err != nil {
		return err
	}
	if !page.Standing.May(access.TaskGive) {
		return fault.Missing()
	}
	if fault.Is(wrong, fault.Conflict) {
		typed.Set("id", s.Source.ID()) // goes on as a new one
	}
	p := s.Inside(r, v, page.Standing, v.Printer.T("task.new"), v.Printer.T("task.title"))
	p.Error = wrong != nil
	form := kit.FormOf(typed, wrong)
	form.Labels = frame.Labels(p, "task.field.", "organisation", "title", "body", "language", "due", "owner")
	return frame.Show(w, r, frame.FormStatus(wrong), taskFormPage(p, page, form))
}

func (s site) taskGive(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	d := task.Draft{ID: task.ID(f.Get("id")), Title: f.Get("title"), Body: f.Get("body"), Language: f.Get("language"), Due: f.Get("due"), Owner: f.Get("owner")}
	var err error
	if d.Organisation, err = frame.WholeNumber("organisation", f.Get("organisation"), "fault.choose-one"); err == nil {
		_, err = s.Tasks.Give(r.Context(), v.Actor(), frame.CodeOf(r), d)
	}
	if frame.Refused(err) {
		return s.taskForm(w, r, v, f, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, base(r)+"tasks/", "task-given")
}

func (s site) taskShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.taskPage(w, r, v, nil, nil)
}

func (s site) taskPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	seq, err := number(r)
	if err != nil {
		return err
	}
	page, err := s.Tasks.Read(r.Context(), v.Actor(), frame.CodeOf(r), seq)
	if err != nil {
		return err
	}
	t := page.Tasks[0]
	p := s.Inside(r, v, page.Standing, t.Title, v.Printer.T("task.title"))
	p.Error = wrong != nil
	if typed == nil {
		typed = url.Values{"owner": {t.Owner}}
	}
	typed.Set("version", strconv.FormatInt(t.Version, 10)) // what is sent next has seen this
	form := kit.FormOf(typed, wrong)
	form.Labels = frame.Labels(p, "task.field.", "owner", "note")
	return frame.Show(w, r, frame.FormStatus(wrong), taskShowPage(p, page, form))
}

// taskDid ends a form about one task.
func (s site) taskDid(w http.ResponseWriter, r *http.Request, v *frame.Visit, err error, done string) error {
	if frame.Refused(err) {
		return s.taskPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, base(r)+"tasks/"+r.PathValue("seq"), done)
}

func (s site) taskAssign(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := number(r)
	if err == nil {
		_, err = s.Tasks.Assign(r.Context(), v.Actor(), frame.CodeOf(r), seq, version(r), r.PostFormValue("owner"))
	}
	return s.taskDid(w, r, v, err, "task-assigned")
}

func (s site) taskFinish(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := number(r)
	if err == nil {
		_, err = s.Tasks.Finish(r.Context(), v.Actor(), frame.CodeOf(r), seq, version(r), r.PostFormValue("note"))
	}
	return s.taskDid(w, r, v, err, "task-done")
}

func (s site) taskDrop(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	seq, err := number(r)
	if err == nil {
		_, err = s.Tasks.Drop(r.Context(), v.Actor(), frame.CodeOf(r), seq, version(r), r.PostFormValue("note"))
	}
	return s.taskDid(w, r, v, err, "task-dropped")
}

// personOptions are people to choose from, by name.
func personOptions(people []person.Person) []kit.Option {
	var out []kit.Option
	for _, o := range people {
		out = append(out, kit.Option{Value: string(o.ID), Label: o.Name})
	}
	return out
}
