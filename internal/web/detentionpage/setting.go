package detentionpage

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// ownProfile is the choice of a profile that the administration wrote itself.
const ownProfile = "own"

// lawView is the law and the calendar of the reader's organisation.
type lawView struct {
	detention.Settings
	base string // address of the pages about it
	form kit.Form
	one  legal.Profile // that a page is about
}

func (s site) settings(r *http.Request, v *frame.Visit, title string) (lawView, *kit.Page, error) {
	all, err := s.Detentions.Settings(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return lawView{}, nil, err
	}
	p := s.Inside(r, v, all.Standing, v.Printer.T(title))
	return lawView{Settings: all, base: p.Operation.Href + "clocks/law"}, p, nil
}

func (s site) law(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	l, p, err := s.settings(r, v, "clock.law")
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, lawPage(p, l))
}

// profile shows one of the profiles that come with the program.
func (s site) profile(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	l, p, err := s.settings(r, v, "clock.profile")
	if err != nil {
		return err
	}
	one, ok := legal.Named(r.PathValue("profile"))
	if !ok {
		return fault.Missing()
	}
	l.one = one
	return frame.Show(w, r, http.StatusOK, profilePage(p, l))
}

func (s site) adoptAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.adoptPage(w, r, v, nil, nil)
}

func (s site) adoptPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, values url.Values, wrong error) error {
	l, p, err := s.settings(r, v, "clock.adopt")
	if err != nil {
		return err
	}
	if !l.MayAdopt {
		return fault.Missing()
	}
	if values == nil {
		values = l.typed()
	}
	if fault.Is(wrong, fault.Conflict) {
		values.Set("seen", strconv.FormatInt(l.newest().Version, 10)) // shown, and goes on after it
	}
	l.form = formOf(p, values, wrong)
	return frame.Show(w, r, frame.FormStatus(wrong), adoptPage(p, l))
}

// newest is the newest version; the zero Setting where there is none.
func (l lawView) newest() detention.Setting {
	if len(l.Versions) == 0 {
		return detention.Setting{}
	}
	return l.Versions[0]
}

// typed is the form of the next version: what the newest says.
func (l lawView) typed() url.Values {
	cal, profile, text := l.Calendar, l.Law.Code, ""
	if n := l.newest(); n.Version > 0 {
		cal, profile, text = n.Calendar, n.Profile, n.Text
	}
	if text != "" {
		profile = ownProfile
	}
	e := cal.Typed()
	return url.Values{"seen": {strconv.FormatInt(l.newest().Version, 10)}, "profile": {profile}, "text": {text}, "zone": {e.Zone}, "weekend": e.Weekend,
		"holidays": {e.Holidays}, "worked": {e.Worked}, "years": {e.Years}, "source": {e.Source}}
}

func (s site) adopt(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostForm
	d := detention.Adopting{Seen: number(f.Get("seen")), Profile: f.Get("profile"), Text: lines(f.Get("text")), Note: lines(f.Get("note")),
		Calendar: legal.Entered{Zone: f.Get("zone"), Weekend: f["weekend"], Holidays: f.Get("holidays"), Worked: f.Get("worked"), Years: f.Get("years"), Source: f.Get("source")}}
	if d.Profile == ownProfile {
		d.Profile = ""
	}
	_, err := s.Detentions.Adopt(r.Context(), v.Actor(), frame.CodeOf(r), d)
	if frame.Refused(err) {
		return s.adoptPage(w, r, v, f, inText(v.Printer, err))
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/clocks/law", "clock-adopted")
}

// inText shows what is wrong inside an own profile at its one field, each problem
// with its place.
func inText(printer *i18n.Printer, err error) error {
	f, ok := frame.AsFault(err)
	if !ok || f.Kind != fault.Invalid {
		return err
	}
	var p fault.Problems
	for _, field := range f.Fields {
		if place, inside := strings.CutPrefix(field.Path, "text."); inside {
			p.Add("text", "clock.in-text", fault.Args{"place": place, "problem": printer.T(field.Key, field.Args)})
			continue
		}
		p.Add(field.Path, field.Key, field.Args)
	}
	return p.Fault()
}

func (s site) check(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	if err := s.Detentions.Check(r.Context(), v.Actor(), frame.CodeOf(r), number(r.PostForm.Get("version"))); err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/o/"+string(frame.CodeOf(r))+"/clocks/law", "clock-checked")
}
