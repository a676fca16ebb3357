package workshoppage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// stepPreview is the button that only shows who would read it.
const stepPreview = "preview"

// usualLanguages are offered as boxes, others one at a time: those of the WCO and of the
// largest administrations stand first in the list.
const usualLanguages = 10

// writing is a workshop that is planned or amended.
type writing struct {
	standing operation.Standing
	members  []operation.Member
	kinds    []string
	form     kit.Form
	reach    *message.Preview
	amended  *view // nil: a new one
	action   string
	back     string
}

// own tells whether it is for the host's own people only: coordination says of every
// workshop for whom it is, of a national one of its own, too.
func (m writing) own() bool {
	side := m.standing.Side()
	if m.amended != nil && m.amended.Workshop.Organisation != m.standing.Organisation.Number {
		for _, x := range m.members {
			if x.Organisation.Number == m.amended.Workshop.Organisation {
				side = x.Membership.Side
			}
		}
	}
	return side != access.Coordination
}

// labels names the fields of the forms for the summary of what is wrong.
func labels(p *kit.Page) map[string]string {
	return frame.Labels(p, "workshoppage.field.", "kind", "title", "aim", "language", "languages", "sponsor", "place", "country", "address",
		"zone", "starts", "ends", "nominate-by", "to", "reason", "name", "person", "post", "day", "from", "until", "about", "room", "ref", "session", "typed")
}

// writing is the form in an operation, for whoever may plan there.
func (s site) writing(r *http.Request, v *frame.Visit, code operation.Code) (writing, *kit.Page, error) {
	page, err := s.Workshops.List(r.Context(), v.Actor(), code)
	if err != nil {
		return writing{}, nil, err
	}
	if !page.MayPlan {
		return writing{}, nil, fault.Missing()
	}
	m := writing{standing: page.Standing, kinds: page.Kinds, action: base + "new?" + url.Values{"operation": {string(code)}}.Encode(), back: base}
	if m.members, err = s.KnownMembers(r.Context(), v.Actor(), m.standing); err != nil {
		return m, nil, err
	}
	p := s.Inside(r, v, m.standing, v.Printer.T("workshoppage.plan"), v.Printer.T("workshoppage.title"))
	return m, p, nil
}

// planAsk asks in which operation, where there are several, and then for the plan.
func (s site) planAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code := operation.Code(r.URL.Query().Get("operation"))
	if code == "" {
		open, err := s.plannedIn(r, v)
		if err != nil {
			return err
		}
		if len(open) > 1 {
			return frame.Show(w, r, http.StatusOK, wherePage(s.Page(r, v, v.Printer.T("workshoppage.plan")), open))
		}
		code = open[0].Code
	}
	m, p, err := s.writing(r, v, code)
	if err != nil {
		return err
	}
	values := url.Values{"id": {s.Source.ID()}, "kind": {m.kinds[0]}, "language": {frame.WrittenIn(v)}, "languages": {frame.WrittenIn(v)},
		"zone": {m.standing.Operation.TimeZone}, "to": {"enforcement"}}
	if m.own() {
		values.Set("zone", m.standing.Organisation.TimeZone)
	}
	return s.writePage(w, r, v, p, m, values, nil)
}

// plannedIn are the operations in which the reader may plan, by name; Missing: none.
func (s site) plannedIn(r *http.Request, v *frame.Visit) ([]operation.Operation, error) {
	in, err := s.standings(r, v)
	var open []operation.Operation
	for _, o := range in {
		if may(o, access.WorkshopPlan) {
			open = append(open, o.Operation)
		}
	}
	if err == nil && len(open) == 0 {
		err = fault.Missing()
	}
	slices.SortFunc(open, func(a, b operation.Operation) int { return v.Printer.Compare(a.Name, b.Name) })
	return open, err
}

func (s site) writePage(w http.ResponseWriter, r *http.Request, v *frame.Visit, p *kit.Page, m writing, values url.Values, wrong error) error {
	if wrong != nil && !frame.Refused(wrong) {
		return wrong
	}
	m.form = kit.FormOf(values, wrong)
	m.form.Labels = labels(p)
	p.Error = wrong != nil
	if m.reach == nil {
		if err := s.preview(r, v, &m, values); err != nil {
			return err
		}
	}
	return frame.Show(w, r, frame.FormStatus(wrong), writePage(p, m))
}

// preview asks who would read it. A form that names nobody who may is left without.
func (s site) preview(r *http.Request, v *frame.Visit, m *writing, values url.Values) error {
	if m.own() {
		return nil
	}
	reach, err := s.Messages.Preview(r.Context(), v.Actor(), m.standing.Operation.Code, message.Draft{Template: message.General, To: addressOf(values, m.members)})
	if err == nil {
		m.reach = &reach
	} else if fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) {
		err = nil
	}
	return err
}

// addressOf reads for whom it is. Members are known by their ids here.
func addressOf(values url.Values, members []operation.Member) audience.Address {
	to := frame.AddressOf(values, members)
	to.Apart = false // who coordinates sees every workshop
	return to
}

// read is the form as a draft.
func read(f url.Values, m writing) workshop.Draft {
	d := workshop.Draft{ID: workshop.ID(f.Get("id")), Kind: f.Get("kind"), Title: f.Get("title"), Aim: lines(f.Get("aim")), Language: f.Get("language"),
		Sponsor: f.Get("sponsor"), Place: f.Get("place"), Country: f.Get("country"), Address: strings.TrimSpace(f.Get("address")), Zone: strings.TrimSpace(f.Get("zone")),
		Starts: f.Get("starts"), Ends: f.Get("ends"), NominateBy: f.Get("nominate-by")}
	for _, l := range append(slices.Clone(f["languages"]), f.Get("more_language")) {
		if l != "" && !slices.Contains(d.Languages, l) {
			d.Languages = append(d.Languages, l)
		}
	}
	if !m.own() {
		d.To = addressOf(f, m.members)
	}
	return d
}

func (s site) plan(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	code := operation.Code(r.URL.Query().Get("operation"))
	m, p, err := s.writing(r, v, code)
	if err != nil {
		return err
	}
	if previews(r) {
		return s.previewed(w, r, v, p, m)
	}
	made, wrong := s.Workshops.Plan(r.Context(), v.Actor(), code, read(r.PostForm, m))
	if wrong == nil {
		return frame.SeeOther(w, r, href(made.ID, ""), "workshop-planned")
	}
	values := frame.Keep(r.PostForm)
	if fault.Is(wrong, fault.Conflict) {
		values.Set("id", s.Source.ID()) // goes on as a new one
	}
	return s.writePage(w, r, v, p, m, values, wrong)
}

// previews tells whether only who would read it is asked for.
func previews(r *http.Request) bool { return frame.Partial(r) || r.PostForm.Get("step") == stepPreview }

// previewed shows who would read it: to a script the part, to others the whole form.
func (s site) previewed(w http.ResponseWriter, r *http.Request, v *frame.Visit, p *kit.Page, m writing) error {
	if !frame.Partial(r) {
		return s.writePage(w, r, v, p, m, r.PostForm, nil)
	}
	if err := s.preview(r, v, &m, r.PostForm); err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, readers(p, m))
}

// amending is the form of a workshop that stands already.
func (s site) amending(r *http.Request, v *frame.Visit) (writing, *kit.Page, error) {
	o, code, err := s.opened(r, v)
	if err != nil {
		return writing{}, nil, err
	}
	if !o.amends() {
		return writing{}, nil, fault.Missing()
	}
	m := writing{standing: o.Standing, kinds: []string{o.Kind}, amended: &o, action: o.at("/edit"), back: o.at("")}
	page, err := s.Workshops.List(r.Context(), v.Actor(), code)
	if err != nil {
		return m, nil, err
	}
	for _, k := range page.Kinds {
		if k != o.Kind && (k == workshop.National) == (o.Kind == workshop.National) {
			m.kinds = append(m.kinds, k)
		}
	}
	m.members, err = s.KnownMembers(r.Context(), v.Actor(), o.Standing)
	return m, s.inside(r, v, o, v.Printer.T("workshoppage.amend"), o.Title), err
}

func (s site) amendAsk(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.amending(r, v)
	if err != nil {
		return err
	}
	return s.writePage(w, r, v, p, m, valuesOf(m), nil)
}

// valuesOf fills the form from what stands.
func valuesOf(m writing) url.Values {
	o := m.amended.Workshop
	values := url.Values{"version": {strconv.FormatInt(o.Version, 10)}, "kind": {o.Kind}, "title": {o.Title}, "aim": {o.Aim}, "language": {o.Language},
		"languages": o.Languages, "sponsor": {o.Sponsor}, "place": {o.Place}, "country": {o.Country}, "address": {o.Address}, "zone": {o.Zone},
		"starts": {o.Starts}, "ends": {o.Ends}, "nominate-by": {o.NominateBy}, "region": o.To.Regions, "to": {toOf(o.To)}}
	for _, n := range o.To.Organisations {
		for _, x := range m.members {
			if x.Organisation.Number == n {
				values.Add("organisation", string(x.Organisation.ID))
			}
		}
	}
	return values
}

// toOf is the choice of the form that an address is.
func toOf(to audience.Address) string {
	for _, choice := range []string{"enforcement", "observers", "all", "coordination"} {
		same := frame.AddressOf(url.Values{"to": {choice}}, nil)
		if len(to.Organisations)+len(to.Regions) == 0 && slices.Equal(same.Sides, to.Sides) {
			return choice
		}
	}
	return "chosen"
}

func (s site) amend(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	m, p, err := s.amending(r, v)
	if err != nil {
		return err
	}
	if previews(r) {
		return s.previewed(w, r, v, p, m)
	}
	o := m.amended
	_, wrong := s.Workshops.Amend(r.Context(), v.Actor(), o.Standing.Operation.Code, o.ID, read(r.PostForm, m), versionOf(r.PostForm))
	if wrong == nil {
		return frame.SeeOther(w, r, o.at(""), "workshop-amended")
	}
	return s.writePage(w, r, v, p, m, fresher(r.PostForm, wrong, o.Workshop.Version), wrong)
}

// versionOf is the one that the form was written on; what is no number is none.
func versionOf(f url.Values) int64 {
	n, _ := strconv.ParseInt(f.Get("version"), 10, 64)
	return n
}

// fresher keeps what was typed. Where somebody else wrote meanwhile the form says so, and
// goes on from what stands now.
func fresher(f url.Values, wrong error, version int64) url.Values {
	values := frame.Keep(f)
	if fault.Is(wrong, fault.Conflict) {
		values.Set("version", strconv.FormatInt(version, 10))
	}
	return values
}

// kindOptions are the kinds that the writer may plan.
func (m writing) kindOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, o := range frame.ListOptions(p, codelist.WorkshopKind) {
		if slices.Contains(m.kinds, o.Value) {
			out = append(out, o)
		}
	}
	return out
}

// languageBoxes are the usual languages, and those that were chosen already.
func (m writing) languageBoxes(p *kit.Page) []kit.Option {
	codes := slices.Clone(codelist.Language.Codes()[:usualLanguages])
	for _, l := range m.form.Values["languages"] {
		if l != "" && !slices.Contains(codes, l) {
			codes = append(codes, l)
		}
	}
	return frame.SortedOptions(p, codelist.Language, codes)
}

// zones are suggested: those in which members work.
func (m writing) zones() []string {
	out := []string{"UTC", m.standing.Operation.TimeZone, m.standing.Organisation.TimeZone}
	for _, x := range m.members {
		out = append(out, x.Organisation.TimeZone)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// title of the form, and what stands above it.
func (m writing) heading(p *kit.Page) kit.Heading {
	if m.amended != nil {
		return kit.Heading{Eyebrow: p.T("workshoppage.amend"), Title: m.amended.Title, Lang: m.amended.Workshop.Language}
	}
	return kit.Heading{Eyebrow: m.standing.Operation.Name, Title: p.T("workshoppage.plan"), Lede: p.T("workshoppage.plan-lede")}
}

// byName sorts organisations for a reader.
func byName(p *kit.Page, all []organisation.Organisation) []organisation.Organisation {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b organisation.Organisation) int {
		return p.Printer.Compare(frame.Called(p, a), frame.Called(p, b))
	})
	return all
}
