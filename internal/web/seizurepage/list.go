package seizurepage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/results"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// caseFilters are the names of the filter, as they stand in addresses.
var caseFilters = []string{"class", "state", "organisation", "country", "category", "conveyance", "status", "from", "to"}

// caseStates are the states in which a case may be listed.
var caseStates = []string{seizure.Saved, seizure.Reported, seizure.Released, seizure.Withdrawn}

// caseListView is the list of cases as one reader sees it.
type caseListView struct {
	seizure.Page
	base    string
	query   url.Values // of the filter alone, cleaned
	chips   []kit.Chip
	figures *results.Figures // nil when a filter is chosen
	drafts  []seizure.Case
	waiting []seizure.Case
	first   bool     // the first page
	ask     kit.Form // "open by number", when it was refused
}

func (s site) caseList(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	var ask kit.Form
	if typed := r.URL.Query().Get("ref"); typed != "" {
		f, err := s.findCase(r, v, typed)
		if err == nil {
			return frame.SeeOther(w, r, caseAddress(frame.CodeOf(r), f.Case.Reference), "")
		}
		ask = kit.FormOf(r.URL.Query(), asField("ref", err))
	}
	view, err := s.listed(r, v)
	if err != nil {
		return err
	}
	p := s.Inside(r, v, view.Standing, v.Printer.T("casepage.cases"))
	p.Wide, p.Error = true, ask.Fault != nil
	frame.Fresh(p, "cases")
	view.ask, view.chips = ask, view.chipList(p)
	switch {
	case frame.Partial(r):
		return frame.Show(w, r, http.StatusOK, caseListPart(p, view))
	case p.Error:
		return frame.Show(w, r, http.StatusUnprocessableEntity, caseListPage(p, view))
	}
	return frame.Show(w, r, http.StatusOK, caseListPage(p, view))
}

// listed is the list that the address asks for, with what stands beside it.
func (s site) listed(r *http.Request, v *frame.Visit) (caseListView, error) {
	filter, query := caseFilter(r.URL.Query())
	page, err := s.Seizures.List(r.Context(), v.Actor(), frame.CodeOf(r), filter)
	if err != nil {
		return caseListView{}, err
	}
	view := caseListView{Page: page, base: caseBase(frame.CodeOf(r)), query: query, first: filter.Before == 0}
	err = s.besideList(r, v, &view)
	return view, err
}

// findCase opens a case by a number that somebody typed.
func (s site) findCase(r *http.Request, v *frame.Visit, typed string) (seizure.File, error) {
	ref, err := caseReference(typed)
	if err != nil {
		return seizure.File{}, err
	}
	return s.Seizures.Read(r.Context(), v.Actor(), frame.CodeOf(r), ref)
}

// asField turns a fault about a case number into one of the field it was typed in.
func asField(path string, err error) error {
	f, ok := frame.AsFault(err)
	if !ok || len(f.Fields) > 0 {
		return err
	}
	key := f.Key
	if f.Kind == fault.NotFound && key == "fault.not-found" {
		key = "seizure.no-such-number"
	}
	return &fault.Fault{Kind: fault.Invalid, Key: "fault.invalid", Fields: []fault.Field{{Path: path, Key: key}}}
}

// besideList adds what stands above the whole list: figures, and what waits.
func (s site) besideList(r *http.Request, v *frame.Visit, view *caseListView) error {
	if !view.first || len(view.query) > 0 {
		return nil
	}
	code, st := view.Standing.Operation.Code, view.Standing
	if st.May(access.ResultsRead) {
		_, f, err := s.Results.Read(r.Context(), v.Actor(), code)
		if err != nil {
			return err
		}
		view.figures = &f
	}
	var err error
	if st.May(access.SeizureSave) {
		if view.drafts, err = s.Seizures.Mine(r.Context(), v.Actor(), code, seizure.Saved); err != nil {
			return err
		}
		view.waiting, err = s.Seizures.Mine(r.Context(), v.Actor(), code, seizure.Reported)
	}
	return err
}

// caseFilter reads the filter of an address; what cannot be is left out, so that
// the chips never promise more than the list keeps.
func caseFilter(q url.Values) (seizure.Filter, url.Values) {
	var f seizure.Filter
	clean := url.Values{}
	take := func(name string, into *string, valid func(string) bool) {
		if value := q.Get(name); value != "" && valid(value) {
			*into = value
			clean.Set(name, value)
		}
	}
	in := func(list []string) func(string) bool {
		return func(s string) bool { return slices.Contains(list, s) }
	}
	day := func(s string) bool { _, err := time.Parse(time.DateOnly, s); return err == nil }
	take("class", &f.Class, in(append([]string{seizure.Counted}, seizure.Classes()...)))
	take("state", &f.State, in(caseStates))
	take("country", &f.Country, codelist.Country.Has)
	take("category", &f.Category, codelist.Category.Has)
	take("conveyance", &f.Conveyance, codelist.Conveyance.Has)
	take("status", &f.Status, codelist.Outcome.Has)
	take("from", &f.From, day)
	take("to", &f.To, day)
	if n, err := strconv.ParseInt(q.Get("organisation"), 10, 64); err == nil && n > 0 {
		f.Organisation = n
		clean.Set("organisation", strconv.FormatInt(n, 10))
	}
	if n, err := strconv.ParseInt(q.Get("before"), 10, 64); err == nil && n > 0 {
		f.Before = n
	}
	return f, clean
}

// with is the address of the list with one value of the filter changed; an empty
// value takes it away. Pages start anew.
func (l caseListView) with(name, value string) string {
	q := url.Values{}
	for k, v := range l.query {
		q[k] = v
	}
	if q.Set(name, value); value == "" {
		q.Del(name)
	}
	if len(q) == 0 {
		return l.base
	}
	return l.base + "?" + q.Encode()
}

// chipList shows what is chosen.
func (l caseListView) chipList(p *kit.Page) []kit.Chip {
	var out []kit.Chip
	for _, name := range caseFilters {
		if value := l.query.Get(name); value != "" {
			out = append(out, kit.Chip{Label: p.T("casepage.filter." + name), Value: l.filterLabel(p, name, value), Remove: l.with(name, "")})
		}
	}
	return out
}

// filterLabel says a value of the filter in words.
func (l caseListView) filterLabel(p *kit.Page, name, value string) string {
	switch name {
	case "class":
		return p.T("casepage.class." + value)
	case "state":
		return p.T("casepage.state." + value)
	case "from", "to":
		return p.Printer.Day(value)
	case "organisation":
		for _, m := range l.Members {
			if strconv.FormatInt(m.Organisation.Number, 10) == value {
				return frame.Called(p, m.Organisation)
			}
		}
		return "–" // took part once, or never: the two look the same
	}
	return p.Printer.Code(caseLists[name].Name(), value)
}

// options are the choices of one field of the filter.
func (l caseListView) options(p *kit.Page, name string) []kit.Option {
	var out []kit.Option
	add := func(values []string) {
		for _, value := range values {
			out = append(out, kit.Option{Value: value, Label: l.filterLabel(p, name, value)})
		}
	}
	switch name {
	case "class":
		add(append([]string{seizure.Counted}, seizure.Classes()...))
	case "state":
		add(caseStates)
	case "organisation":
		add(l.memberNumbers())
	case "country":
		return frame.SortedOptions(p, codelist.Country, l.countries())
	case "category":
		return categoryOptions(p, l.Standing.Operation)
	default:
		return frame.SortedOptions(p, caseLists[name], caseLists[name].Codes())
	}
	if name == "organisation" {
		slices.SortFunc(out, func(a, b kit.Option) int { return p.Printer.Compare(a.Label, b.Label) })
	}
	return out
}

func (l caseListView) memberNumbers() []string {
	var out []string
	for _, m := range l.Members {
		if m.Membership.Side == access.Enforcement || m.Membership.Side == access.Coordination {
			out = append(out, strconv.FormatInt(m.Organisation.Number, 10))
		}
	}
	return out
}

// countries are those that the operation names, those of its members, and the
// one that is chosen.
func (l caseListView) countries() []string {
	seen := map[string]bool{}
	var out []string
	add := func(code string) {
		if codelist.Country.Has(code) && !seen[code] {
			seen[code] = true
			out = append(out, code)
		}
	}
	for code := range l.Standing.Operation.Names {
		add(code)
	}
	for _, m := range l.Members {
		add(m.Organisation.Country)
	}
	add(l.query.Get("country"))
	return out
}

// categoryOptions are all categories, those of the operation's scope first.
func categoryOptions(p *kit.Page, o operation.Operation) []kit.Option {
	scope := o.Scope.Categories
	var rest []string
	for _, code := range codelist.Category.Codes() {
		if !slices.Contains(scope, code) {
			rest = append(rest, code)
		}
	}
	out := frame.SortedOptions(p, codelist.Category, scope)
	for i := range out {
		out[i].Group = p.T("casepage.in-scope")
	}
	others := frame.SortedOptions(p, codelist.Category, rest)
	for i := range others {
		if len(scope) > 0 {
			others[i].Group = p.T("casepage.out-of-scope")
		}
	}
	return append(out, others...)
}

// older is the address of the next page.
func (l caseListView) older() string {
	if l.Next == 0 {
		return ""
	}
	q := url.Values{"before": {strconv.FormatInt(l.Next, 10)}}
	for k, v := range l.query {
		q[k] = v
	}
	return l.base + "?" + q.Encode()
}

// newest leads back to the first page.
func (l caseListView) newest() string {
	if l.first {
		return ""
	}
	return l.with("before", "")
}

// fresh is the list from its newest case on.
func (l caseListView) fresh() string { return l.with("before", "") }

// canReport tells whether the primary button reports.
func (l caseListView) canReport() bool { return l.Standing.May(access.SeizureReport) }

// files leads to the cases of the list as a file, and to where sheets come in.
func (l caseListView) files(p *kit.Page) []kit.Link {
	export := p.Operation.Href + "export"
	if len(l.query) > 0 {
		export += "?" + l.query.Encode()
	}
	out := []kit.Link{{Label: p.T("importpage.export"), Href: export}}
	if l.canReport() {
		out = append(out, kit.Link{Label: p.T("importpage.title"), Href: p.Operation.Href + "import/"})
	}
	return out
}
