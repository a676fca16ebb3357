package analysis

import (
	"context"
	"fmt"
	"io"
	"reflect"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Reference is what was published of an earlier operation, as its publisher printed
// it: what was not published is not here, what does not add up is left as it is, and a
// unit of which the file does not say what it means stays a word.
type Reference struct {
	Seq        int64    `json:"seq,omitempty"` // of the entry that first loaded it; 0 in that entry
	ID         string   `json:"id"`            // in its file
	Name       string   `json:"name"`
	Subject    string   `json:"subject,omitempty"`
	Start      string   `json:"start,omitempty"` // as published: 2012-07-11, 2017-02, 2019; empty: not known
	End        string   `json:"end,omitempty"`
	DateNote   string   `json:"date_note,omitempty"` // what is the matter with the dates
	Days       *int64   `json:"days,omitempty"`
	Members    *int64   `json:"members,omitempty"`     // administrations that took part
	Cases      *int64   `json:"cases,omitempty"`       // nil: not published
	CasesLabel string   `json:"cases_label,omitempty"` // what the publisher counts: seizures, containers
	Totals     []Amount `json:"totals,omitempty"`
	TotalsNote string   `json:"totals_note,omitempty"`
	Precision  string   `json:"precision"` // exact; otherwise the publisher's wording: nothing is computed from it
	Parts      []Part   `json:"parts,omitempty"`
	Conflicts  []string `json:"conflicts,omitempty"` // where sources disagree
	Notes      string   `json:"notes,omitempty"`
	Sources    []string `json:"sources"` // addresses

	Organisation int64     `json:"organisation"` // that loaded it
	Person       string    `json:"person"`
	At           time.Time `json:"at"`
	Dropped      bool      `json:"dropped,omitempty"`
}

// Amount is a published quantity.
type Amount struct {
	Unit  string `json:"unit,omitempty"` // codelist.Unit where the file says what its word means
	Word  string `json:"word"`           // as printed: pieces, cigarettes
	Micro int64  `json:"micro,string"`
}

// Part is what was published of one value of a dimension.
type Part struct {
	Dimension string   `json:"dimension"`       // ByCategory, ByOrigin or ByConveyance
	Label     string   `json:"label"`           // as printed
	Value     string   `json:"value,omitempty"` // its code, where there is no doubt
	Cases     *int64   `json:"cases,omitempty"`
	Amounts   []Amount `json:"amounts,omitempty"`
	Share     *int64   `json:"share,omitempty"`    // millionths of a hundredth: 79 % is 79000000
	ShareOf   string   `json:"share_of,omitempty"` // "cases" where the publisher says so
}

// Exact tells whether figures were published as they are.
func (r Reference) Exact() bool { return r.Precision == "exact" }

// Loaded says what became of a file.
type Loaded struct{ New, Changed, Same int }

// Load loads published figures of earlier operations from a file of the form of
// docs/reference/earlier-operations.md. One that stands already is replaced by what
// the file says of it now; the same again changes nothing.
func (s *Store) Load(ctx context.Context, who access.Actor, code operation.Code, file io.Reader) (Loaded, error) {
	var out Loaded
	all, wrong := ReadReferences(file) // outside the unit, which may run twice; told only to who may load
	err := s.write(ctx, who, code, access.ReferenceLoad, func(tx *db.Tx, st operation.Standing) (err error) {
		if wrong != nil {
			return wrong
		}
		out, err = s.load(tx, st, all)
		return err
	})
	return out, err
}

func (s *Store) load(tx *db.Tx, st operation.Standing, all []Reference) (out Loaded, err error) {
	stored, err := db.All(tx, selectEarlier, db.Decoded[Reference], st.Operation.Number)
	if err != nil {
		return out, err
	}
	known := map[string]Reference{}
	for _, r := range stored {
		known[r.ID] = r
	}
	for _, r := range all {
		r.Organisation, r.Person, r.At = st.Who.Organisation, st.Who.Person, st.Now
		old, there := known[r.ID]
		switch r.Seq = old.Seq; {
		case !there || old.Dropped:
			out.New++
		case r.says(old):
			out.Same++
			continue
		default:
			out.Changed++
		}
		if err := s.putReference(tx, st, access.ReferenceLoad, r); err != nil {
			return out, err
		}
	}
	if out.New+out.Changed == 0 {
		return out, db.Unchanged
	}
	return out, nil
}

// says tells whether the same was published.
func (r Reference) says(old Reference) bool {
	r.Seq, r.Organisation, r.Person, r.At, r.Dropped = old.Seq, old.Organisation, old.Person, old.At, old.Dropped
	return reflect.DeepEqual(r, old)
}

func (s *Store) putReference(tx *db.Tx, st operation.Standing, verb access.Permission, r Reference) error {
	v := audience.Own(st.Who.Organisation).With(access.Coordination, access.Enforcement)
	aud, err := audience.Intern(tx, st.Operation.Number, v)
	if err != nil {
		return err
	}
	seq, err := s.journal.Append(tx, st.Entry(verb, "earlier/"+r.ID, aud), journal.Content{After: r, With: map[string]string{"audience": v.String()}})
	if err != nil {
		return err
	}
	if r.Seq == 0 {
		r.Seq = seq
	}
	_, err = tx.Exec(putEarlier, r.args(st.Operation.Number)...)
	return err
}

// Unload drops the figures of an earlier operation.
func (s *Store) Unload(ctx context.Context, who access.Actor, code operation.Code, id string) error {
	return s.write(ctx, who, code, access.ReferenceDrop, func(tx *db.Tx, st operation.Standing) error {
		all, err := referencesOf(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.ID == id {
				r.Dropped, r.At = true, st.Now
				return s.putReference(tx, st, access.ReferenceDrop, r)
			}
		}
		return fault.Missing()
	})
}

// References gives the earlier operations that were loaded, by name.
func (s *Store) References(ctx context.Context, who access.Actor, code operation.Code) (all []Reference, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.AnalysisRead)
		if err == nil {
			all, err = referencesOf(tx, st.Operation.Number)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", access.AnalysisRead, err)
	}
	return all, nil
}
