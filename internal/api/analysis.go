package api

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/api/analysisitem"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

func (d *Door) analysis(w http.ResponseWriter, r *http.Request, c *call) error {
	q, reporter, err := questionOf(r.URL.Query())
	if err != nil {
		return err
	}
	v, err := d.Analyses.Answer(r.Context(), c.who(), code(r), q, reporter)
	if err != nil {
		return err
	}
	text, err := analysisitem.JSON(v, string(reporter))
	if err != nil {
		return err
	}
	return written(w, http.StatusOK, text)
}

// questionOf reads a question strictly: a filter that is misspelt would otherwise
// count everything. Each stands as a parameter of its own or as filter=name:value.
func questionOf(v url.Values) (q analysis.Question, reporter organisation.ID, err error) {
	q = analysis.Question{Group: v.Get("group"), Split: v.Get("split"), Where: map[string]string{}}
	if q.Group == "" {
		q.Group = analysis.ByAll
	}
	var wrong fault.Problems
	set := func(name, value string) {
		switch {
		case !slices.Contains(ofQuestion[3:], name):
			wrong.Add("filter", "api.unknown-field")
		case q.Where[name] != "":
			wrong.Add(name, "api.duplicate-field")
		}
		q.Where[name] = value
	}
	for _, name := range ofQuestion[3:] {
		if v.Get(name) != "" {
			set(name, v.Get(name))
		}
	}
	for _, f := range v[repeated] {
		name, value, ok := strings.Cut(f, ":")
		if !ok || value == "" {
			wrong.Add("filter", "api.filter")
			continue
		}
		set(name, value)
	}
	if id, ok := q.Where["reporter"]; ok {
		reporter = organisation.ID(id)
		delete(q.Where, "reporter")
		if !source.ValidID(id) {
			wrong.Add("reporter", "fault.malformed-id")
		}
	}
	if f, ok := errors.AsType[*fault.Fault](errors.Join(wrong.Fault())); ok {
		return q, "", refused(http.StatusBadRequest, "api.query", f.Fields...)
	}
	if f, ok := errors.AsType[*fault.Fault](q.Check()); ok {
		for i := range f.Fields {
			f.Fields[i].Path = strings.TrimPrefix(f.Fields[i].Path, "where.")
		}
		return q, "", refused(http.StatusBadRequest, "api.query", f.Fields...)
	}
	return q, reporter, nil
}
