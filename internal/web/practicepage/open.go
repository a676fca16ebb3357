package practicepage

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// ownTasks is how many tasks of one's own the form of a new practice offers, and
// ownFacts how many expected values each.
const (
	ownTasks = 2
	ownFacts = 6
)

func (s site) opening(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.openPage(w, r, v, values(s, v), nil)
}

func (s site) openPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	d, err := s.desk(r, v)
	if err != nil {
		return err
	}
	if !d.MayOpen {
		return fault.Missing()
	}
	p := s.inside(r, v, d, v.Printer.T("practicepage.open"))
	form := kit.FormOf(values, wrong)
	form.Labels = frame.Labels(p, "practicepage.field.", "name", "language", "tasks")
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), openPage(p, openView{d, form}))
}

func (s site) open(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code, id, err := s.workshopOf(r, v)
	if err != nil {
		return err
	}
	d, paths := s.draft(r.PostForm, v)
	_, err = s.Practices.Open(r.Context(), v.Actor(), code, id, d)
	switch {
	case err == nil:
		if err := s.seed(r, v, code, id); err != nil {
			return err
		}
		return frame.SeeOther(w, r, frame.ExerciseHref(id), "practice-opened")
	case frame.Refused(err):
		return s.openPage(w, r, v, frame.Keep(r.PostForm), placedAt(err, paths))
	}
	return err
}

// placedAt says what is wrong with tasks at the fields of the form that they came from.
func placedAt(wrong error, paths map[string]string) error {
	f, ok := frame.AsFault(wrong)
	if !ok {
		return wrong
	}
	moved := *f
	moved.Fields = slices.Clone(f.Fields)
	for i, x := range moved.Fields {
		if to := paths[x.Path]; to != "" {
			moved.Fields[i].Path = to
		}
	}
	return &moved
}

// draft reads the form of a new practice: ready-made tasks with their place in the
// order, and own ones after them. Paths lead from those of the draft to the form's.
func (s site) draft(f url.Values, v *frame.Visit) (d practice.Draft, paths map[string]string) {
	lang := f.Get("language")
	d, paths = practice.Draft{ID: practice.ID(f.Get("id")), Name: f.Get("name"), Language: lang, Handling: v.Printer.T("practice.handling"), Names: practice.Names()}, map[string]string{}
	type placed struct {
		at int
		practice.Task
	}
	var all []placed
	for _, t := range practice.ReadyTasks() {
		if n, err := strconv.Atoi(strings.TrimSpace(f.Get("order." + t.Ready))); err == nil && n > 0 {
			all = append(all, placed{n, t})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	for _, t := range all {
		d.Tasks = append(d.Tasks, t.Task)
	}
	for i := range ownTasks {
		at := "own." + strconv.Itoa(i+1) + "."
		if t, slots, ok := ownTask(f, at, lang); ok {
			d.Tasks = append(d.Tasks, t)
			to := "tasks." + strconv.Itoa(len(d.Tasks)) + "."
			paths[to+"title"], paths[to+"text"], paths[to+"expect.1"] = at+"title", at+"text", at+"1.value"
			for n, slot := range slots {
				paths[to+"expect."+strconv.Itoa(n+1)] = slot + "value"
			}
		}
	}
	return d, paths
}

// ownTask reads one task of the trainer's own, and where in the form each value stood;
// ok is false where nothing was written.
func ownTask(f url.Values, at, lang string) (t practice.Task, slots []string, ok bool) {
	title, text := strings.TrimSpace(f.Get(at+"title")), strings.TrimSpace(strings.ReplaceAll(f.Get(at+"text"), "\r\n", "\n"))
	if title == "" && text == "" {
		return t, nil, false
	}
	t = practice.Task{Kind: practice.Report, Title: map[string]string{lang: title}, Text: map[string]string{lang: text}}
	for i := range ownFacts {
		one := at + strconv.Itoa(i+1) + "."
		path, value := f.Get(one+"path"), strings.TrimSpace(f.Get(one+"value"))
		if path == "" && value == "" {
			continue
		}
		e := practice.Expected{Path: path, Value: value, Unit: f.Get(one + "unit"), Hint: strings.TrimSpace(f.Get(one + "hint"))}
		if path == "goods.quantity" {
			n, _ := strconv.ParseInt(i18n.WesternDigits(value), 10, 48)
			e.Micro = n * 1_000_000
		}
		t.Expect, slots = append(t.Expect, e), append(slots, one)
	}
	return t, slots, true
}

// seedAgain writes what tasks rest on, where that did not work when it was due.
func (s site) seedAgain(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code, id, err := s.workshopOf(r, v)
	if err != nil {
		return err
	}
	if err := s.seed(r, v, code, id); err != nil {
		return err
	}
	return frame.SeeOther(w, r, frame.ExerciseHref(id), "practice-seeded")
}

// seed writes what tasks rest on: warnings of the practice's own coordination, and
// cases that are there already. It is in the language of the practice.
func (s site) seed(r *http.Request, v *frame.Visit, code operation.Code, id workshop.ID) error {
	p, all, err := s.Practices.Seeds(r.Context(), v.Actor(), code, id)
	if err != nil {
		return err
	}
	words := i18n.NewPrinter(i18n.Match("", p.Language))
	for _, one := range all {
		if one.Case {
			err = s.seedCase(r, v, p, one, words)
		} else {
			err = s.seedWarning(r, v, p, one, words)
		}
		if err != nil && !fault.Is(err, fault.Conflict) { // it is there, and says something else by now
			return err
		}
	}
	return nil
}

func (s site) seedWarning(r *http.Request, v *frame.Visit, p practice.Practice, one practice.Seed, words *i18n.Printer) error {
	_, err := s.Messages.Send(r.Context(), v.Actor(), p.Code, one.Warning(p, words))
	return err
}

func (s site) seedCase(r *http.Request, v *frame.Visit, p practice.Practice, one practice.Seed, words *i18n.Printer) error {
	_, err := s.Seizures.Report(r.Context(), v.Actor(), p.Code, one.Found(p, words))
	return err
}
