package api

import (
	"errors"
	"net/http"
	"net/url"
	"time"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/api/caseitem"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// caseIn is a case as it is written.
type caseIn struct {
	caseitem.Fields
	Draft  bool   `json:"draft,omitempty"`  // only keep it, for one's own organisation
	Reason string `json:"reason,omitempty"` // of an amendment
}

// caseOut is a case as it stands.
type caseOut struct {
	ID           seizure.ID      `json:"id"`
	Organisation organisation.ID `json:"organisation"` // that reported it
	Number       int64           `json:"number"`       // index in the journal
	Reference    string          `json:"reference"`    // speakable, with a check letter
	State        string          `json:"state"`        // draft, reported, released, withdrawn
	Counted      string          `json:"counted"`      // counted, or why not
	Version      int64           `json:"version"`      // as in ETag
	DuplicateOf  int64           `json:"duplicate_of,omitempty"`
	Reported     time.Time       `json:"reported"` // UTC
	Changed      time.Time       `json:"changed"`  // UTC
	caseitem.Fields
	Photos   []photoOut `json:"photos"`             // photos, X-rays and documents, in their order
	Redacted string     `json:"redacted,omitempty"` // why its content was erased for good, as a code
	Receipt  string     `json:"receipt,omitempty"`  // of a write: a signed note
}

// CaseItem is a case as lists give it, for exports.
func CaseItem(c seizure.Case, from organisation.Organisation) any { return outOfCase(c, from.ID) }

func outOfCase(c seizure.Case, from organisation.ID) caseOut {
	return caseOut{ID: c.ID, Organisation: from, Number: c.Seq, Reference: c.Reference, State: c.State, Counted: c.Class, Version: c.Version,
		DuplicateOf: c.DuplicateOf, Reported: c.Reported, Changed: c.Changed, Fields: caseitem.Of(c.Draft), Photos: photosOut(c.Photos), Redacted: c.Redacted}
}

func (d *Door) cases(w http.ResponseWriter, r *http.Request, c *call) error {
	f, err := d.caseFilter(r)
	if err != nil {
		return err
	}
	if narrow, more := narrower(r.URL.Query(), f); more {
		p, err := d.CaseLists.Feed(r.Context(), c.who(), code(r), narrow)
		if err != nil {
			return err
		}
		return d.caseList(w, p.Standing, p.Items, p.Organisations, p.Next)
	}
	p, err := d.Seizures.Feed(r.Context(), c.who(), code(r), f, r.URL.Query().Get("q"))
	if err != nil {
		return err
	}
	return d.caseList(w, p.Standing, p.Items, p.Organisations, p.Next)
}

// caseList answers a page of cases.
func (d *Door) caseList(w http.ResponseWriter, st operation.Standing, items []seizure.Case, from map[int64]organisation.Organisation, next int64) error {
	out := list[caseOut]{Items: []caseOut{}, Next: d.next(st, next)}
	for _, s := range items {
		out.Items = append(out.Items, outOfCase(s, from[s.Organisation].ID))
	}
	return answer(w, http.StatusOK, out)
}

// narrower is the filter with what the list of people can do beside it, by names
// of the API; false: nothing of that is asked for.
func narrower(q url.Values, f seizure.Filter) (caselist.Filter, bool) {
	out := caselist.Filter{Words: q.Get("q"), Codes: map[string]string{}, Brand: q.Get("brand"), Post: q.Get("post"), From: f.From, To: f.To,
		Photos: q.Get("photos") == "true", Waits: q.Get("waits") == "true", Mine: q.Get("mine") == "true",
		Reporter: organisation.ID(q.Get("reporter")), Before: f.Before, Limit: f.Limit}
	more := out.Brand != "" || out.Post != "" || out.Photos || out.Waits || out.Mine || out.Reporter != ""
	for _, name := range []string{caselist.Violation, caselist.Direction, caselist.Origin, caselist.Destination, caselist.Detection} {
		if v := q.Get(name); v != "" {
			out.Codes[name] = v
			more = true
		}
	}
	for name, v := range map[string]string{caselist.State: f.State, caselist.Class: f.Class, caselist.Country: f.Country,
		caselist.Conveyance: f.Conveyance, caselist.Status: f.Status, caselist.Category: f.Category} {
		if v != "" {
			out.Codes[name] = v
		}
	}
	return out, more
}

// days refuses days that are none: compared as texts they would look like an
// answer. A code that no list has narrows to nothing, for cases keep codes that a
// list has lost.
func days(q url.Values) error {
	for _, name := range []string{"from", "to"} {
		if _, err := time.Parse(time.DateOnly, q.Get(name)); q.Get(name) != "" && err != nil {
			return refused(http.StatusBadRequest, "api.query", fault.Field{Path: name, Key: "fault.not-a-date"})
		}
	}
	return nil
}

// maxWords is the longest text that is looked for, in characters.
const maxWords = textindex.MaxQuery

func (d *Door) caseFilter(r *http.Request) (seizure.Filter, error) {
	q := r.URL.Query()
	if utf8.RuneCountInString(q.Get("q")) > maxWords {
		return seizure.Filter{}, refused(http.StatusBadRequest, "api.query", fault.Field{Path: "q", Key: "fault.too-long", Args: fault.Args{"max": int64(maxWords)}})
	}
	if err := days(q); err != nil {
		return seizure.Filter{}, err
	}
	f := seizure.Filter{State: q.Get("state"), Class: q.Get("counted"), Country: q.Get("country"), Conveyance: q.Get("conveyance"),
		Status: q.Get("status"), Category: q.Get("category"), From: q.Get("from"), To: q.Get("to")}
	limit, err := limitOf(r)
	if err != nil {
		return f, err
	}
	f.Limit = int(limit)
	f.Before, err = d.before(r, operation.Standing{}) // right holders list no cases
	return f, err
}

func (d *Door) getCase(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	n := seizure.Name{ID: seizure.ID(id), Organisation: organisation.ID(r.URL.Query().Get("organisation"))}
	_, s, from, err := d.Seizures.Find(r.Context(), c.who(), code(r), n)
	if err != nil {
		return err
	}
	w.Header().Set("ETag", etag(s.Version))
	return answer(w, http.StatusOK, outOfCase(s, from.ID))
}

func (d *Door) putCase(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	var in caseIn
	body, err := read(r, &in)
	if err != nil {
		return err
	}
	s, fresh, err := d.write(r, c, id, in)
	if _, whole := errors.AsType[*refusal](err); fault.Is(err, fault.Conflict) && !whole {
		return d.keep(r, c, quarantine.Case, id, body, err)
	}
	if err != nil {
		return err
	}
	out := outOfCase(s, c.session.Organisation.ID)
	out.Receipt = d.Signer.Receipt(string(code(r)), s.Entry, true) // right holders write no cases
	w.Header().Set("ETag", etag(s.Version))
	return answer(w, created(fresh), out)
}

// write chooses the command: keep a draft, report, or amend the version that
// If-Match names.
func (d *Door) write(r *http.Request, c *call, id string, in caseIn) (s seizure.Case, fresh bool, err error) {
	draft, err := in.Fields.Draft(id)
	if err != nil {
		return s, false, err
	}
	read, known, err := version(r)
	if err != nil {
		return s, false, err
	}
	ctx, who, code := r.Context(), c.who(), code(r)
	switch {
	case in.Draft:
		s, fresh, err = d.Seizures.SaveOnce(ctx, who, code, draft, read)
	case !known:
		return d.Seizures.ReportOnce(ctx, who, code, draft)
	default:
		s, err = d.amend(r, c, draft, read, in.Reason)
	}
	return s, fresh, faster(known, err)
}

// faster makes a failed precondition of a conflict over a version that If-Match
// named: somebody was faster, which is no second content under one id.
func faster(known bool, err error) error {
	if known && fault.Is(err, fault.Conflict) {
		f, _ := errors.AsType[*fault.Fault](err)
		return &refusal{Fault: f, status: http.StatusPreconditionFailed}
	}
	return err
}

func (d *Door) amend(r *http.Request, c *call, draft seizure.Draft, read int64, reason string) (seizure.Case, error) {
	ctx, who, code := r.Context(), c.who(), code(r)
	_, old, _, err := d.Seizures.Find(ctx, who, code, seizure.Name{ID: draft.ID, Organisation: c.session.Organisation.ID})
	if err != nil {
		return seizure.Case{}, err
	}
	draft.Sheet, draft.Reserved = old.Sheet, old.Reserved // what it came from, and its number, stay
	if old.State == seizure.Saved {
		return d.Seizures.ReportSaved(ctx, who, code, draft, read)
	}
	return d.Seizures.Amend(ctx, who, code, old.Seq, read, draft, reason)
}
