package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// problem is an error as other systems read it (RFC 9457). Type names the kind
// for programs, Title says it to people in their language.
type problem struct {
	Type   string         `json:"type"` // urn:tidewaiter:KEY
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Number string         `json:"number,omitempty"` // of an internal error, as in the log
	Kept   bool           `json:"kept,omitempty"`   // what was refused is kept for the contact point
	Errors []fieldProblem `json:"errors,omitempty"`
}

// fieldProblem is what is wrong with one field.
type fieldProblem struct {
	Field  string `json:"field"` // path in the body; lines of goods are numbered from 1
	Type   string `json:"type"`
	Detail string `json:"detail"`
}

const urn = "urn:tidewaiter:"

// refusal is a fault with a status of its own, where HTTP knows better than the
// kind of the fault.
type refusal struct {
	*fault.Fault
	status int
	kept   bool
}

func (r *refusal) Unwrap() error { return r.Fault }

// refused makes a refusal of the request's form.
func refused(status int, key string, fields ...fault.Field) *refusal {
	f := fault.Of(fault.Invalid, key)
	f.Fields = fields
	return &refusal{Fault: f, status: status}
}

// fail answers an error: the one place of this door. What is internal is logged
// here, once, and answered without its words.
func (d *Door) fail(w http.ResponseWriter, r *http.Request, c *call, err error) {
	if r.Context().Err() != nil && fault.KindOf(err) == fault.Internal {
		// The caller has gone, or has only closed its side: without an answer that would read as 200.
		err = fault.Of(fault.Unavailable, "fault.unavailable").Because(err)
	}
	p := c.problem(err)
	if p.Status == http.StatusInternalServerError {
		p.Number = cmp.Or(door.Number(r), "-")
		d.Log.Error("request failed", "method", r.Method, "route", r.Pattern, "number", p.Number, "error", err)
	}
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="tidewaiter"`)
	}
	door.Shed(w, err)
	b, _ := json.Marshal(p) // texts and numbers only
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Content-Language", string(c.printer.Lang()))
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(b, '\n')) // the caller may have gone
}

// problem says an error in the caller's language.
func (c *call) problem(err error) problem {
	p := problem{Status: door.Status(err)}
	var own *refusal
	if errors.As(err, &own) {
		p.Status, p.Kept = own.status, own.kept
	}
	f, known := errors.AsType[*fault.Fault](err)
	switch {
	case !known || p.Status == http.StatusInternalServerError:
		f = fault.Of(fault.Internal, "fault.internal")
	case f.Key == "fault.not-found":
		f = fault.Of(fault.NotFound, "api.not-found") // the other text speaks of a page
	}
	p.Type, p.Title = urn+f.Key, c.printer.T(f.Key, f.Args)
	for _, q := range f.Fields {
		p.Errors = append(p.Errors, fieldProblem{q.Path, urn + q.Key, c.printer.T(q.Key, q.Args)})
	}
	return p
}
