package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

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
	CaseFields
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
		o := caseVersionOut{Version: v.Version, Number: v.Seq, Act: v.Verb, Author: v.Author, At: v.At, Reason: v.Reason, Changed: []string{}, CaseFields: fieldsOf(v.Draft)}
		if o.Reason == "-" { // of acts that need no reason
			o.Reason = ""
		}
		if i > 0 {
			if o.Changed, err = differing(out[i-1].CaseFields, o.CaseFields); err != nil {
				return nil, err
			}
		}
		out = append(out, o)
	}
	return out, nil
}

// differing lists the paths in which two versions differ, sorted.
func differing(a, b CaseFields) ([]string, error) {
	x, err := leaves(a)
	if err != nil {
		return nil, err
	}
	y, err := leaves(b)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for path, value := range x {
		if other, ok := y[path]; !ok || other != value {
			out = append(out, path)
		}
	}
	for path := range y {
		if _, ok := x[path]; !ok {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out, nil
}

// leaves are the values of a case by their path; lines are numbered from 1.
func leaves(f CaseFields) (map[string]string, error) {
	text, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		return nil, err
	}
	out := map[string]string{}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		under := func(name string) string {
			if at == "" {
				return name
			}
			return at + "." + name
		}
		switch v := v.(type) {
		case map[string]any:
			for name, part := range v {
				walk(under(name), part)
			}
		case []any:
			for i, part := range v {
				walk(under(strconv.Itoa(i+1)), part)
			}
		case string:
			out[at] = v
		case float64:
			out[at] = strconv.FormatFloat(v, 'f', -1, 64)
		case bool:
			out[at] = strconv.FormatBool(v)
		}
	}
	walk("", tree)
	return out, nil
}
