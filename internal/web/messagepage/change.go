package messagepage

import (
	"net/http"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// stepRenew goes on in the newest version of a form.
const stepRenew = "renew"

// changes tells what became of a form since it was opened. A writer who wants to
// goes on in the newest version, with what was typed; else the version in which the
// form was opened holds, and what was written in it can be sent.
func (s site) changes(r *http.Request, v *frame.Visit, ask *template.Definition) ([]template.Change, error) {
	if r.Method != http.MethodPost || ask.Name == "" {
		return nil, nil
	}
	newest, err := s.Templates.Read(r.Context(), v.Actor(), frame.CodeOf(r), ask.Name, template.Newest)
	if err != nil || newest.Version == ask.Version || newest.Retired {
		return nil, err
	}
	if r.PostForm.Get("step") == stepRenew {
		*ask = newest
		r.PostForm.Set("version", strconv.FormatInt(newest.Version, 10))
		return nil, nil
	}
	return newest.Changes(*ask), nil
}
