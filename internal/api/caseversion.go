package api

import (
	"net/http"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/api/caseitem"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// caseVersionOut is one version of a case.
type caseVersionOut struct {
	Version int64     `json:"version"`
	Number  int64     `json:"number"` // index in the journal of the entry that made it
	Act     string    `json:"act"`    // seizure.report, seizure.amend, ...
	Author  string    `json:"author"` // UUID of a person, or system:NAME
	At      time.Time `json:"at"`     // UTC
	Reason  string    `json:"reason"`
	Changed []string  `json:"changed"` // paths of the fields that differ from the version before: goods.2.brand
	caseitem.Fields
}

// caseVersions gives every version that the reader may see, oldest first.
func (d *Door) caseVersions(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	n := seizure.Name{ID: seizure.ID(id), Organisation: organisation.ID(r.URL.Query().Get("organisation"))}
	_, found, _, err := d.Seizures.Find(r.Context(), c.who(), code(r), n)
	if err != nil {
		return err
	}
	f, err := d.Seizures.Read(r.Context(), c.who(), code(r), found.Reference)
	if err != nil {
		return err
	}
	items, err := versionsOf(f)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, list[caseVersionOut]{Items: items})
}

// versionsOf are the versions of a case with what each changed.
func versionsOf(f seizure.File) (out []caseVersionOut, err error) {
	out = []caseVersionOut{}
	for i, v := range f.Versions {
		o := caseVersionOut{Version: v.Version, Number: v.Seq, Act: v.Verb, Author: v.Author, At: v.At, Reason: v.Reason, Changed: []string{}, Fields: caseitem.Of(v.Draft)}
		if o.Reason == "-" { // of acts that need no reason
			o.Reason = ""
		}
		if i > 0 {
			if o.Changed, err = caseitem.Differing(out[i-1].Fields, o.Fields); err != nil {
				return nil, err
			}
		}
		out = append(out, o)
	}
	return out, nil
}
