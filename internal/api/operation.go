package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// BodyOut is an organisation.
type BodyOut struct {
	ID           organisation.ID `json:"id"`
	Kind         string          `json:"kind"`
	Country      string          `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Name         string          `json:"name"`
	Abbreviation string          `json:"abbreviation,omitempty"`
}

func body(o organisation.Organisation, lang string) BodyOut {
	return BodyOut{o.ID, o.Kind, o.Country, o.Called(lang), o.Abbreviation}
}

// caller is who asks.
type caller struct {
	Person       string  `json:"person"` // UUID
	Name         string  `json:"name"`
	Language     string  `json:"language"`
	Organisation BodyOut `json:"organisation"` // whose hat is worn
}

func (d *Door) me(w http.ResponseWriter, _ *http.Request, c *call) error {
	p := c.session.Person
	return answer(w, http.StatusOK, caller{string(p.ID), p.Name, p.Language, body(c.session.Organisation, p.Language)})
}

// operationOut is an operation as a member sees it.
type operationOut struct {
	Code     operation.Code    `json:"code"`
	ID       operation.ID      `json:"id"`
	Kind     string            `json:"kind"`
	Name     string            `json:"name"`
	Purpose  string            `json:"purpose,omitempty"`
	Language string            `json:"language"` // of name and purpose
	TimeZone string            `json:"time_zone"`
	State    string            `json:"state"`
	Side     access.Side       `json:"side"`       // on which the caller's organisation stands
	Roles    []access.Role     `json:"roles"`      // the caller's
	Member   string            `json:"membership"` // invited, accepted
	Phases   []operation.Phase `json:"phases"`
}

func outOf(o operation.Operation, m operation.Membership, roles []access.Role) operationOut {
	return operationOut{o.Code, o.ID, o.Kind, o.Name, o.Purpose, o.Language, o.TimeZone, o.State, m.Side,
		append([]access.Role{}, roles...), m.State, append([]operation.Phase{}, o.Phases...)}
}

func (d *Door) operations(w http.ResponseWriter, r *http.Request, c *call) error {
	all, err := d.Operations.List(r.Context(), c.who(), operation.KindOperation, operation.KindLibrary, operation.KindPractice)
	if err != nil {
		return err
	}
	out := list[operationOut]{Items: []operationOut{}}
	for _, s := range all {
		out.Items = append(out.Items, outOf(s.Operation, s.Membership, s.Roles))
	}
	return answer(w, http.StatusOK, out)
}

func (d *Door) operation(w http.ResponseWriter, r *http.Request, c *call) error {
	st, err := d.Operations.Read(r.Context(), c.who(), code(r))
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, outOf(st.Operation, st.Membership, st.Roles))
}

// memberOut is an organisation in an operation.
type memberOut struct {
	BodyOut
	Side  access.Side `json:"side"`
	State string      `json:"state"`           // invited, accepted, ended
	Since time.Time   `json:"since,omitzero"`  // UTC
	Until time.Time   `json:"until,omitzero"`  // UTC
	Count int         `json:"people,omitzero"` // who hold a role
}

func (d *Door) members(w http.ResponseWriter, r *http.Request, c *call) error {
	_, all, err := d.Operations.People(r.Context(), c.who(), code(r))
	if err != nil {
		return err
	}
	out := list[memberOut]{Items: []memberOut{}}
	for _, m := range all {
		o := memberOut{body(m.Organisation, string(c.printer.Lang())), m.Membership.Side, m.Membership.State, m.Membership.Since, m.Membership.Until, 0}
		for _, p := range m.People {
			if len(p.Roles) > 0 {
				o.Count++
			}
		}
		out.Items = append(out.Items, o)
	}
	return answer(w, http.StatusOK, out)
}

func (d *Door) results(w http.ResponseWriter, r *http.Request, c *call) error {
	_, f, err := d.Results.Read(r.Context(), c.who(), code(r))
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, f)
}

// EntryOut is an entry of the journal, without content.
type EntryOut struct {
	Seq          int64           `json:"seq"`
	At           time.Time       `json:"at"`    // UTC
	Actor        string          `json:"actor"` // UUID of a person, or system:NAME
	Organisation organisation.ID `json:"organisation"`
	Verb         string          `json:"verb"`
	Subject      string          `json:"subject"`
	Digest       string          `json:"digest"` // hex SHA-256 of salt and content
}

func entryOf(l operation.Line) EntryOut {
	return EntryOut{l.Seq, l.At, l.Actor, l.From.ID, l.Verb, l.Subject, l.Digest}
}

func (d *Door) journal(w http.ResponseWriter, r *http.Request, c *call) error {
	f := journal.Filter{Verb: r.URL.Query().Get("verb")}
	var err error
	if f.Limit, err = limitOf(r); err != nil {
		return err
	}
	if f.Before, err = d.before(r, operation.Standing{}); err != nil {
		return err
	}
	p, err := d.Operations.Journal(r.Context(), c.who(), code(r), f)
	if err != nil {
		return err
	}
	out := list[EntryOut]{Items: []EntryOut{}, Next: d.next(p.Standing, p.Next)}
	for _, l := range p.Lines {
		out.Items = append(out.Items, entryOf(l))
	}
	return answer(w, http.StatusOK, out)
}

// provenOut is an entry with what proves that it is in the tree.
type provenOut struct {
	EntryOut
	Leaf     string   `json:"leaf"`      // the canonical text that the tree hashes
	LeafHash string   `json:"leaf_hash"` // base64
	Size     int64    `json:"size"`      // entries of the tree
	Root     string   `json:"root"`      // base64
	Proof    []string `json:"proof"`     // base64, from the leaf upwards (RFC 6962, 2.1.1)
}

func (d *Door) entry(w http.ResponseWriter, r *http.Request, c *call) error {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return fault.Missing()
	}
	e, err := d.Operations.JournalEntry(r.Context(), c.who(), code(r), seq)
	if err != nil {
		return err
	}
	out := provenOut{EntryOut: entryOf(e.Line), Leaf: e.Leaf, LeafHash: e.Proof.Leaf.String(), Size: e.Proof.Size, Root: e.Proof.Root.String(), Proof: []string{}}
	for _, h := range e.Proof.Hashes {
		out.Proof = append(out.Proof, h.String())
	}
	return answer(w, http.StatusOK, out)
}

// sealed tells whether a reader gets cursors that say nothing of the volume.
func sealed(st operation.Standing) bool { return st.Side() == access.RightHolderSide }

// next is the cursor of the next page of a list; 0: there is none.
func (d *Door) next(st operation.Standing, before int64) string {
	if before == 0 {
		return ""
	}
	return d.Cursors.Write(st.Operation.Number, before, sealed(st))
}

// page reads which page of a list a request asks for, in an operation whose right
// holders have cursors of their own.
func (d *Door) page(r *http.Request, c *call) (limit, before int64, err error) {
	if limit, err = limitOf(r); err != nil || r.URL.Query().Get("cursor") == "" {
		return limit, 0, err
	}
	st, err := d.Operations.Read(r.Context(), c.who(), code(r))
	if err != nil {
		return limit, 0, err
	}
	before, err = d.before(r, st)
	return limit, before, err
}

// before is the place in a list that a request asks for; 0: the newest.
func (d *Door) before(r *http.Request, st operation.Standing) (int64, error) {
	v := r.URL.Query().Get("cursor")
	if v == "" {
		return 0, nil
	}
	return d.Cursors.Read(st.Operation.Number, v, sealed(st))
}
