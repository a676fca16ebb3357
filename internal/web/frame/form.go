package frame

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// Limits of forms, in bytes.
const (
	SmallForm = 64 << 10
	LargeForm = 4 << 20 // a case of many lines
)

// CodeOf is the operation named in the address; what names none is of the library.
func CodeOf(r *http.Request) operation.Code {
	if code := r.PathValue("op"); code != "" {
		return operation.Code(code)
	}
	return operation.Library
}

// Partial tells whether a script asks for a part of the page only. Going back in
// the history takes the whole.
func Partial(r *http.Request) bool {
	return r.Header.Get("HX-Request") != "" && r.Header.Get("HX-History-Restore-Request") != "true"
}

// AsFault gives the fault that an error is.
func AsFault(err error) (*fault.Fault, bool) { return errors.AsType[*fault.Fault](err) }

// Refused tells whether a form comes back with what was typed: also when the
// disk is full, since pages can still be read.
func Refused(err error) bool {
	return fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) || fault.Is(err, fault.Unavailable)
}

// FormStatus is the status of a form that is shown, perhaps again.
func FormStatus(wrong error) int {
	if wrong == nil {
		return http.StatusOK
	}
	return door.Status(wrong)
}

// Labels names the fields of a form for its summary.
func Labels(p *kit.Page, prefix string, names ...string) map[string]string {
	out := map[string]string{}
	for _, n := range names {
		out[n] = p.T(prefix + n)
	}
	return out
}

// WholeNumber reads a number of a form; key says what is wrong with another text.
func WholeNumber(path, text, key string) (int64, error) {
	n, err := i18n.ParseInt(text)
	if err != nil {
		var p fault.Problems
		p.Add(path, key)
		return 0, p.Fault()
	}
	return n, nil
}

// secrets are the fields of forms about passwords that do not say so themselves.
var secrets = []string{"old", "again"}

// Keep is what of a form may travel on: all but passwords.
func Keep(form url.Values) url.Values {
	out := url.Values{}
	for name, values := range form {
		if !strings.Contains(name, "password") && !slices.Contains(secrets, name) {
			out[name] = values
		}
	}
	return out
}
