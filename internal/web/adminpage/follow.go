package adminpage

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/learnt"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) followRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/o/{op}/follow", Command: access.OperationFollow}, Handle: s.followShow},
		{Route: door.Route{Method: "POST", Pattern: "/o/{op}/follow", Command: access.OperationFollow, Limit: frame.SmallForm}, Handle: s.follow},
	}
}

// following is the earlier operation that a form of opening takes as its pattern; nil:
// there is none.
type following struct {
	operation.Pattern
	lessons   []learnt.Item
	templates []template.Definition // that the earlier operation made or changed
	starts    string
}

func (f *following) heading(p *kit.Page) kit.Heading {
	if f == nil {
		return kit.Heading{Eyebrow: p.T("admin.title"), Title: p.T("admin.opening"), Lede: p.T("admin.opening.lede")}
	}
	return kit.Heading{Eyebrow: f.Standing.Operation.Name, Title: p.T("admin.follow"), Lede: p.T("admin.follow.lede")}
}

func (f *following) action() string {
	if f == nil {
		return "/admin/operations/new"
	}
	return f.back() + "follow"
}

func (f *following) back() string {
	if f == nil {
		return "/admin/"
	}
	return "/o/" + string(f.Standing.Operation.Code) + "/"
}

// pattern reads what the earlier operation gives to a new one.
func (s site) pattern(r *http.Request, v *frame.Visit) (*following, error) {
	ctx, who, code := r.Context(), v.Actor(), frame.CodeOf(r)
	p, err := s.Operations.Follow(ctx, who, code)
	if err != nil {
		return nil, err
	}
	f := &following{Pattern: p}
	page, err := s.Learnt.List(ctx, who, code, learnt.Filter{State: learnt.StillOpen})
	if err != nil {
		return nil, err
	}
	f.lessons = page.Items
	_, all, err := s.Templates.List(ctx, who, code)
	for _, d := range all {
		if d.Version > 0 && !d.Retired {
			f.templates = append(f.templates, d)
		}
	}
	return f, err
}

func (s site) followShow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, err := s.pattern(r, v)
	if err != nil {
		return err
	}
	if !access.May(v.Actor(), access.OperationOpen) {
		p := s.Inside(r, v, f.Standing, v.Printer.T("admin.follow"))
		return frame.Show(w, r, http.StatusOK, mayNotFollowPage(p))
	}
	if f.starts = r.URL.Query().Get("starts"); f.starts == "" {
		f.starts = f.Standing.Operation.Again(f.Standing.Today())
	}
	return s.openingPage(w, r, v, f.typed(s.Source.ID(), v.Actor().Person), f, nil)
}

// typed is the form as the earlier operation fills it. A new one has its own code.
func (f *following) typed(id, director string) url.Values {
	o := f.Standing.Operation
	typed := url.Values{"id": {id}, "kind": {o.Kind}, "name": {o.Name}, "purpose": {o.Purpose}, "language": {o.Language}, "sponsor": {o.Sponsor},
		"time_zone": {o.TimeZone}, "handling": {o.Handling.Text}, "organisation": {string(f.Standing.Organisation.ID)}, "director": {director},
		"categories": o.Scope.Categories, "hs": {strings.Join(o.Scope.HS, " ")}, "asks": {written(o.Scope.Asks.Fields)}, "subs": {written(o.Scope.Asks.Subs)},
		"batch": {"one"}, "counting.phase": {o.Counting.Phase}, "counting.statuses": o.Counting.Statuses, "templates": {"yes"}, "names": {"yes"}}
	if o.Scope.Asks.Each {
		typed.Set("batch", "each")
	}
	for name, on := range map[string]bool{"checked": o.Counting.Checked, "genuine": o.Counting.Genuine, "doubles": o.Counting.Doubles} {
		if on {
			typed.Add("counting", name)
		}
	}
	for lang, words := range o.Counting.Words {
		typed.Set("words."+lang, words)
	}
	phases := o.Shifted(f.starts)
	typed.Set("rows", strconv.Itoa(min(len(phases), mostPhases)))
	for i, ph := range phases {
		at := "phases." + strconv.Itoa(i) + "."
		typed.Set(at+"kind", ph.Kind)
		typed.Set(at+"name", ph.Name)
		typed.Set(at+"starts", ph.Starts)
		typed.Set(at+"ends", ph.Ends)
	}
	for _, m := range f.Members {
		typed.Add("members", member(m))
	}
	for _, l := range f.lessons {
		typed.Add("lessons", carried(l))
	}
	return typed
}

// written writes what byCategory reads.
func written(by map[string][]string) string {
	var lines []string
	for _, code := range slices.Sorted(maps.Keys(by)) {
		lines = append(lines, code+": "+strings.Join(by[code], ", "))
	}
	return strings.Join(lines, "\n")
}

// member is how the form names an organisation with its side.
func member(m operation.Member) string {
	return string(m.Organisation.ID) + "/" + string(m.Membership.Side)
}

// carried is how the form names a lesson learnt: with whom it comes from.
func carried(l learnt.Item) string { return string(l.ID) + "/" + string(l.By.ID) }

// follow opens the new operation and brings into it what was ticked. Sent again, it
// goes on where it stopped: the form's id is the operation's.
func (s site) follow(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f, err := s.pattern(r, v)
	if err != nil {
		return err
	}
	if !access.May(v.Actor(), access.OperationOpen) {
		return fault.Missing()
	}
	typed := frame.Keep(r.PostForm)
	if f.starts = typed.Get("phases.0.starts"); typed.Has("more") {
		typed.Set("rows", strconv.Itoa(min(phaseRows(typed)+1, mostPhases)))
		return s.openingPage(w, r, v, typed, f, nil)
	}
	err = s.opened(r, v, f, typed)
	switch {
	case err == nil && typed.Get("director") != v.Actor().Person:
		return frame.SeeOther(w, r, "/admin/", "opened") // who opened it is no member of it
	case err == nil:
		return frame.SeeOther(w, r, "/o/"+typed.Get("code")+"/people/", "followed")
	case frame.Refused(err):
		return s.openingPage(w, r, v, typed, f, err)
	}
	return err
}

// opened opens the operation and brings into it what was ticked.
func (s site) opened(r *http.Request, v *frame.Visit, f *following, typed url.Values) error {
	if err := f.elsewhere(typed, v.Actor().Person); err != nil {
		return err
	}
	d := openingDraft(typed)
	if typed.Has("names") {
		d.Names = f.Standing.Operation.Names
	}
	made, err := s.Operations.Open(r.Context(), v.Actor(), d)
	if err != nil {
		return err
	}
	return s.bring(r, v, f, typed, made.Code)
}

// elsewhere refuses to invite and to carry where somebody else directs: only who
// directs an operation does that in it.
func (f *following) elsewhere(typed url.Values, own string) error {
	if typed.Get("director") == own || len(typed["members"])+len(typed["lessons"]) == 0 && !(typed.Has("templates") && len(f.templates) > 0) {
		return nil
	}
	var p fault.Problems
	p.Add("director", "admin.follow.director")
	return p.Fault()
}

// bring invites who was ticked and carries on lessons and templates. Whoever was
// invited already, or has accepted, is passed over.
func (s site) bring(r *http.Request, v *frame.Visit, f *following, typed url.Values, into operation.Code) error {
	ctx, who := r.Context(), v.Actor()
	for _, m := range f.Members {
		if !slices.Contains(typed["members"], member(m)) {
			continue
		}
		err := s.Operations.Invite(ctx, who, into, organisation.ID(m.Organisation.ID), m.Membership.Side)
		if err != nil && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	if typed.Has("templates") {
		for _, d := range f.templates {
			d.Version = 0
			if _, err := s.Templates.Amend(ctx, who, into, d); err != nil && !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
				return err // what stands there already was brought before
			}
		}
	}
	var names []learnt.Name
	for _, chosen := range typed["lessons"] {
		id, of, _ := strings.Cut(chosen, "/")
		names = append(names, learnt.Name{ID: learnt.ID(id), Of: organisation.ID(of)})
	}
	if len(names) == 0 {
		return nil
	}
	_, err := s.Learnt.Carry(ctx, who, f.Standing.Operation.Code, names, into)
	return err
}
