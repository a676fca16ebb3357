package workshoppage

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// What the buttons of the form of a session do.
const (
	actNext       = "next" // save, and go on with the next one
	actAddSpeaker = "add-speaker"
	actRemove     = "remove-" // and the number of the speaker
)

// slotting is a session that is added or amended.
type slotting struct {
	view
	talk    *workshop.Talk // nil: a new one
	members []operation.Member
	form    kit.Form
}

func (m slotting) action() string {
	if m.talk != nil {
		return m.at("/sessions/" + string(m.talk.ID))
	}
	return m.at("/sessions/new")
}

// slotting is the form, for whoever may write the agenda.
func (s site) slotting(r *http.Request, v *frame.Visit) (slotting, error) {
	o, _, err := s.opened(r, v)
	if err != nil {
		return slotting{}, err
	}
	m := slotting{view: o}
	if !o.amends() {
		return m, fault.Missing()
	}
	if id := r.PathValue("session"); id != "" {
		i := slices.IndexFunc(o.Talks, func(t workshop.Talk) bool { return string(t.ID) == id && t.On() })
		if i < 0 {
			return m, fault.Missing()
		}
		m.talk = &o.Talks[i]
	}
	m.members, err = s.KnownMembers(r.Context(), v.Actor(), o.Standing)
	return m, err
}

func (s site) slotPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, m slotting, values url.Values, wrong error) error {
	if wrong != nil && !frame.Refused(wrong) {
		return wrong
	}
	title := v.Printer.T("workshoppage.session-add")
	if m.talk != nil {
		title = m.talk.Title
	}
	p := s.inside(r, v, m.view, title, m.Title)
	m.form = kit.FormOf(values, pathed(wrong, slotPaths()))
	m.form.Labels = labels(p)
	for n := 1; n <= speakers(values); n++ {
		at := "speakers." + strconv.Itoa(n) + "."
		for _, f := range []string{"name", "function", "organisation"} {
			m.form.Labels[at+f] = p.T("workshoppage.speaker-field", fault.Args{"number": int64(n), "field": p.T("workshoppage.speaker." + f)})
		}
	}
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), slotPage(p, m))
}

// slotPaths are the fields in which what a draft holds is typed: hours without their day,
// and speakers counted from one.
func slotPaths() map[string]string {
	out := map[string]string{"starts": "from", "ends": "until", "speakers": "speakers.1.name"}
	for n := range workshop.MaxSpeakers {
		at, to := "speakers."+strconv.Itoa(n)+".", "speakers."+strconv.Itoa(n+1)+"."
		for _, f := range []string{"name", "function", "organisation"} {
			out[at+f] = to + f
		}
		out[at+"person"] = to + "name"
	}
	return out
}

// sessionNew begins where the last session of the agenda ends.
func (s site) sessionNew(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, err := s.slotting(r, v)
	if err != nil {
		return err
	}
	values := url.Values{"id": {s.Source.ID()}, "day": {m.Starts}, "from": {"09:00"}, "until": {"10:30"}, "speakers.1.name": {""}}
	for _, t := range m.Talks {
		d, c, _ := cut(t.Ends)
		if day := values.Get("day"); t.On() && (d > day || d == day && c > values.Get("from")) {
			values.Set("day", d)
			values.Set("from", c)
			values.Set("until", later(c))
		}
	}
	return s.slotPage(w, r, v, m, values, nil)
}

// later is an hour after a time of day; the same day.
func later(c string) string {
	t, err := time.Parse("15:04", c)
	if err != nil || t.Hour() == 23 {
		return ""
	}
	return t.Add(time.Hour).Format("15:04")
}

func (s site) sessionAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, err := s.slotting(r, v)
	if err != nil {
		return err
	}
	t := m.talk
	values := url.Values{"version": {strconv.FormatInt(t.Version, 10)}, "title": {t.Title}, "about": {t.About}, "room": {t.Room}, "speakers.1.name": {""}}
	day, from, _ := cut(t.Starts)
	values.Set("day", day)
	values.Set("from", from)
	values.Set("until", clock(t.Ends))
	for n, k := range t.Speakers {
		at := "speakers." + strconv.Itoa(n+1) + "."
		values.Set(at+"name", k.Name)
		values.Set(at+"function", k.Function)
		values.Set(at+"organisation", string(t.From[n].ID))
		values.Set(at+"person", string(k.Person))
	}
	return s.slotPage(w, r, v, m, values, nil)
}

var speakerName = regexp.MustCompile(`^speakers\.([1-9][0-9]?)\.`)

// speakers is how many speakers a form asks for.
func speakers(f url.Values) (n int) {
	for name := range f {
		if m := speakerName.FindStringSubmatch(name); m != nil {
			i, _ := strconv.Atoi(m[1])
			n = max(n, i)
		}
	}
	return min(n, workshop.MaxSpeakers)
}

// edited is the form after a button that adds or removes a speaker; ok: one was pressed.
func edited(f url.Values) (out url.Values, ok bool) {
	act := f.Get("act")
	without, _ := strconv.Atoi(strings.TrimPrefix(act, actRemove))
	if act != actAddSpeaker && without == 0 {
		return f, false
	}
	out, n := url.Values{}, 0
	for name, values := range f {
		if !speakerName.MatchString(name) {
			out[name] = values
		}
	}
	for i := 1; i <= speakers(f); i++ {
		if i == without {
			continue
		}
		n++
		for _, field := range []string{"name", "function", "organisation", "person"} {
			out.Set("speakers."+strconv.Itoa(n)+"."+field, f.Get("speakers."+strconv.Itoa(i)+"."+field))
		}
	}
	if act == actAddSpeaker || n == 0 {
		out.Set("speakers."+strconv.Itoa(n+1)+".name", "")
	}
	return out, true
}

// readSession is the form as a draft. The numbers of the speakers in it are those of the
// draft: one without a name is left out only at the end.
func readSession(f url.Values) workshop.SessionDraft {
	day := frame.ClockDigits(f.Get("day"))
	d := workshop.SessionDraft{ID: workshop.ID(f.Get("id")), Title: f.Get("title"), About: lines(f.Get("about")), Room: f.Get("room"),
		Starts: day + "T" + frame.ClockDigits(f.Get("from")), Ends: day + "T" + frame.ClockDigits(f.Get("until"))}
	for n := 1; n <= speakers(f); n++ {
		at := "speakers." + strconv.Itoa(n) + "."
		d.Speakers = append(d.Speakers, workshop.SpeakerDraft{Name: strings.TrimSpace(f.Get(at + "name")), Function: f.Get(at + "function"),
			Organisation: organisation.ID(f.Get(at + "organisation")), Person: person.ID(f.Get(at + "person"))})
	}
	for n := len(d.Speakers); n > 0 && d.Speakers[n-1] == (workshop.SpeakerDraft{}); n-- {
		d.Speakers = d.Speakers[:n-1]
	}
	return d
}

func (s site) sessionAdd(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.sessionSave(w, r, v, func(m slotting, d workshop.SessionDraft) error {
		_, err := s.Workshops.AddSession(r.Context(), v.Actor(), m.Standing.Operation.Code, m.ID, d)
		return err
	})
}

func (s site) sessionAmend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.sessionSave(w, r, v, func(m slotting, d workshop.SessionDraft) error {
		_, err := s.Workshops.AmendSession(r.Context(), v.Actor(), m.Standing.Operation.Code, m.ID, m.talk.ID, d, versionOf(r.PostForm))
		return err
	})
}

// sessionSave ends both forms.
func (s site) sessionSave(w http.ResponseWriter, r *http.Request, v *frame.Visit, save func(slotting, workshop.SessionDraft) error) error {
	m, err := s.slotting(r, v)
	if err != nil {
		return err
	}
	if values, ok := edited(r.PostForm); ok {
		return s.slotPage(w, r, v, m, values, nil)
	}
	wrong := save(m, readSession(r.PostForm))
	if wrong == nil {
		if r.PostForm.Get("act") == actNext {
			return frame.SeeOther(w, r, m.at("/sessions/new"), "session-saved")
		}
		return frame.SeeOther(w, r, m.at(""), "session-saved")
	}
	return s.slotPage(w, r, v, m, s.keptSlot(m, r.PostForm, wrong), wrong)
}

// keptSlot is what was typed of a session, for the form again.
func (s site) keptSlot(m slotting, f url.Values, wrong error) url.Values {
	values := frame.Keep(f)
	if m.talk != nil {
		values = fresher(values, wrong, m.talk.Version)
	} else if fault.Is(wrong, fault.Conflict) {
		values.Set("id", s.Source.ID())
	}
	if speakers(values) == 0 {
		values.Set("speakers.1.name", "")
	}
	return values
}

func (s site) sessionDrop(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, err := s.slotting(r, v)
	if err != nil {
		return err
	}
	if err := s.Workshops.DropSession(r.Context(), v.Actor(), m.Standing.Operation.Code, m.ID, m.talk.ID); err != nil {
		return err
	}
	return frame.SeeOther(w, r, m.at(""), "session-dropped")
}

// functionOptions say what a speaker is.
func functionOptions(p *kit.Page) []kit.Option {
	return frame.ListOptions(p, codelist.SpeakerFunction)
}
