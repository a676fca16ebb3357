package practicepage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// site is the shared site with what these pages do. Its methods with w, r and a visit
// are the doors.
type site struct{ *frame.Site }

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	const at = "/t/{id}/exercise/"
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: at + "{$}", Command: access.PracticeRead}, Handle: s.list},
		{Route: door.Route{Method: "GET", Pattern: at + "new", Command: access.PracticeOpen}, Handle: s.opening},
		{Route: door.Route{Method: "POST", Pattern: at + "new", Command: access.PracticeOpen, Limit: frame.LargeForm}, Handle: s.open},
		{Route: door.Route{Method: "POST", Pattern: at + "seed", Command: access.PracticeOpen, Limit: frame.SmallForm}, Handle: s.seedAgain},
		{Route: door.Route{Method: "POST", Pattern: at + "reset", Command: access.PracticeReset, Limit: frame.SmallForm}, Handle: s.reset},
		{Route: door.Route{Method: "GET", Pattern: at + "progress", Command: access.PracticeWatch}, Handle: s.progress},
		{Route: door.Route{Method: "GET", Pattern: at + "replay", Command: access.PracticeRead}, Handle: s.replay},
		{Route: door.Route{Method: "POST", Pattern: at + "replay", Command: access.PracticePrepare, Limit: frame.SmallForm}, Handle: s.prepare},
		{Route: door.Route{Method: "POST", Pattern: at + "replay/next", Command: access.PracticeAdvance, Limit: frame.SmallForm}, Handle: s.next},
		{Route: door.Route{Method: "GET", Pattern: at + "{n}", Command: access.PracticeRead}, Handle: s.task},
		{Route: door.Route{Method: "POST", Pattern: at + "{n}", Command: access.PracticeJoin, Limit: frame.SmallForm}, Handle: s.begin},
	}
}

// workshopOf gives the workshop that an address names, and its operation.
func (s site) workshopOf(r *http.Request, v *frame.Visit) (operation.Code, workshop.ID, error) {
	id := workshop.ID(r.PathValue("id"))
	code, err := s.Workshops.Locate(r.Context(), v.Actor(), id)
	return code, id, err
}

// desk reads the practice of the workshop in the address.
func (s site) desk(r *http.Request, v *frame.Visit) (practice.Desk, error) {
	code, id, err := s.workshopOf(r, v)
	if err != nil {
		return practice.Desk{}, err
	}
	return s.Practices.Read(r.Context(), v.Actor(), code, id)
}

// inside is the frame of these pages: in the operation of the workshop.
func (s site) inside(r *http.Request, v *frame.Visit, d practice.Desk, title string) *kit.Page {
	p := s.Inside(r, v, d.Standing, title, d.Workshop.Title)
	p.Styles = append(p.Styles, "practice.css")
	return p
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, err := s.desk(r, v)
	if err != nil {
		return err
	}
	p := s.inside(r, v, d, v.Printer.T("practicepage.title"))
	return frame.Show(w, r, http.StatusOK, listPage(p, listView{d}))
}

func (s site) task(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	d, err := s.desk(r, v)
	if err != nil {
		return err
	}
	it, err := itemOf(d, r.PathValue("n"))
	if err != nil {
		return err
	}
	p := s.inside(r, v, d, "")
	title, _, _ := frame.TaskWords(p, it.Task)
	p.Title[0] = title
	return frame.Show(w, r, http.StatusOK, taskPage(p, taskView{d, it}))
}

// itemOf is the task that an address names, where its reader may know it.
func itemOf(d practice.Desk, number string) (practice.Item, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(d.Items) || !d.Learns {
		return practice.Item{}, fault.Missing()
	}
	return d.Items[n-1], nil
}

func (s site) begin(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code, id, err := s.workshopOf(r, v)
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(r.PathValue("n"), 10, 64)
	if err != nil {
		return fault.Missing()
	}
	if err := s.Practices.Join(r.Context(), v.Actor(), code, id, n); err != nil {
		return err
	}
	return frame.SeeOther(w, r, frame.ExerciseHref(id)+r.PathValue("n"), "practice-begun")
}

// tidy withdraws the reader's cases that do not count any more, so that lists are fresh;
// what cannot be withdrawn stays.
func (s site) tidy(r *http.Request, v *frame.Visit, code operation.Code, id workshop.ID) error {
	in, left, err := s.Practices.Leftovers(r.Context(), v.Actor(), code, id)
	if err != nil {
		return err
	}
	for _, c := range left {
		if _, err := s.Seizures.Withdraw(r.Context(), v.Actor(), in, c.Seq, c.Version, v.Printer.T("practice.begun-again")); err != nil && !frame.Refused(err) && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

// reset begins again: one task, all of one's own, or for everybody.
func (s site) reset(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code, id, err := s.workshopOf(r, v)
	if err != nil {
		return err
	}
	n, _ := strconv.ParseInt(r.PostForm.Get("task"), 10, 64)
	everybody := r.PostForm.Get("all") != ""
	if err := s.Practices.Reset(r.Context(), v.Actor(), code, id, n, everybody); err != nil {
		return err
	}
	if err := s.tidy(r, v, code, id); err != nil {
		return err
	}
	if everybody {
		if err := s.seed(r, v, code, id); err != nil {
			return err
		}
		return frame.SeeOther(w, r, frame.ExerciseHref(id)+"progress", "practice-reset-all")
	}
	to := frame.ExerciseHref(id)
	if n > 0 {
		to += strconv.FormatInt(n, 10)
	}
	return frame.SeeOther(w, r, to, "practice-reset")
}

func (s site) progress(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code, id, err := s.workshopOf(r, v)
	if err != nil {
		return err
	}
	all, err := s.Practices.Watch(r.Context(), v.Actor(), code, id)
	if err != nil {
		return err
	}
	p := s.inside(r, v, all.Desk, v.Printer.T("practicepage.progress"))
	p.Wide = true
	return frame.Show(w, r, http.StatusOK, progressPage(p, all))
}

// values are the empty form of a new practice.
func values(s site, v *frame.Visit) url.Values {
	out := url.Values{"id": {s.Source.ID()}, "name": {v.Printer.T("practicepage.usual-name")}, "language": {string(v.Printer.Lang())}, "own": {"1"}}
	for i, t := range practice.ReadyTasks() {
		out.Set("order."+t.Ready, strconv.Itoa(i+1))
	}
	return out
}
