package casepart

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// Base is the address of the operation's cases.
func Base(code operation.Code) string { return "/o/" + string(code) + "/c/" }

// Address is the address of one case.
func Address(code operation.Code, ref string) string { return Base(code) + ref }

// badReference says that a number cannot be right because of its check letter.
// That betrays nothing: it is true of the number alone.
var badReference = fault.Of(fault.NotFound, "seizure.check-letter")

// Reference takes the case number of an address or a field, forgiving case
// and spaces.
func Reference(typed string) (string, error) {
	ref, ok := seizure.ValidReference(typed)
	if ok {
		return ref, nil
	}
	if ref != "" {
		return "", badReference
	}
	return "", fault.Missing()
}

// Read opens the case of an address.
func Read(s *frame.Site, r *http.Request, v *frame.Visit) (seizure.File, error) {
	ref, err := Reference(r.PathValue("ref"))
	if err != nil {
		return seizure.File{}, err
	}
	return s.Seizures.Read(r.Context(), v.Actor(), frame.CodeOf(r), ref)
}

// actions are the pages on which something is done with a case, in the
// order in which they are offered.
var actions = []struct {
	name string
	need access.Permission
	own  bool                      // only for the organisation that reported
	when func(c seizure.Case) bool // the state in which it makes sense
}{
	{"release", access.SeizureRelease, true, func(c seizure.Case) bool { return c.State == seizure.Reported }},
	{"amend", access.SeizureAmend, true, IsOut},
	{"status", access.SeizureAmend, true, IsOut},
	{"recall", access.SeizureRecall, true, func(c seizure.Case) bool { return c.State == seizure.Released }},
	{"withdraw", access.SeizureWithdraw, true, func(c seizure.Case) bool { return c.State != seizure.Withdrawn }},
	{"check", access.ReviewCheck, false, IsOut},
	{"return", access.ReviewReturn, false, IsOut},
	{"double", access.SeizureRelate, false, IsOut},
}

// IsOut tells whether a case is reported and not withdrawn.
func IsOut(c seizure.Case) bool {
	return c.State == seizure.Reported || c.State == seizure.Released
}

// May tells whether a page of an action is offered to this reader.
func May(f seizure.File, name string) bool {
	for _, a := range actions {
		if a.name == name {
			return f.Standing.May(a.need) && (!a.own || f.Own()) && a.when(f.Case) && reviews(f, a.need)
		}
	}
	return false
}

// reviews tells whether an act is no review, or one that this reader may say.
func reviews(f seizure.File, need access.Permission) bool {
	return need != access.ReviewCheck && need != access.ReviewReturn || review.May(f.Standing, f.Case)
}

// Offered names the pages of what this reader may do with a case now, in the
// order in which they are offered.
func Offered(f seizure.File) (out []string) {
	for _, a := range actions {
		if May(f, a.name) {
			out = append(out, a.name)
		}
	}
	return out
}

// Find opens a case by a number that somebody typed.
func Find(s *frame.Site, r *http.Request, v *frame.Visit, typed string) (seizure.File, error) {
	ref, err := Reference(typed)
	if err != nil {
		return seizure.File{}, err
	}
	return s.Seizures.Read(r.Context(), v.Actor(), frame.CodeOf(r), ref)
}

// AsField turns a fault about a case number into one of the field it was typed in.
func AsField(path string, err error) error {
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
