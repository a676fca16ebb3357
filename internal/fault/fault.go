// Package fault says what went wrong in words that a door can show.
//
// A fault carries a kind (which a door turns into a status), the key of a text
// in the catalogues with its arguments, and the problems of single fields. It
// never carries a sentence: the reader's language is known only at the door.
// Any other error is internal: it is logged once and shown as "something went
// wrong here". Wrap with the verb: fmt.Errorf("seizure.report: %w", err).
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is the family of a fault; each door has one table from kind to status.
type Kind int

// The kinds of fault. Internal is what every error is that is not a *Fault.
const (
	Internal        Kind = iota
	Invalid              // what was typed cannot be taken; Fields says where
	NotFound             // does not exist, or not for this reader: the two look the same
	Unauthenticated      // nobody is signed in, or the session has ended
	Conflict             // somebody else was faster; nothing was overwritten
	TooLarge             // more bytes or items than the route takes
	TooMany              // too often; try again later
	Unavailable          // the disk is full, the database is gone: reads may still work
)

// Args are the named values of a text. Values are plain (string, int64,
// time.Time, quantity...); the printer at the door formats them.
type Args map[string]any

// Field is one problem of one field of what was typed.
type Field struct {
	Path string // the field's name in the form, such as "goods.2.quantity"
	Key  string // catalogue key of the problem
	Args Args
}

// Fault is an error that may be shown.
type Fault struct {
	Kind   Kind
	Key    string // catalogue key of the whole, such as "fault.not-found"
	Args   Args
	Fields []Field
	err    error
}

// Error is for logs and tests; people see the text behind Key.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.Key)
	for _, p := range f.Fields {
		fmt.Fprintf(&b, "; %s: %s", p.Path, p.Key)
	}
	if f.err != nil {
		fmt.Fprintf(&b, ": %v", f.err)
	}
	return b.String()
}

// Unwrap gives the cause, for logs.
func (f *Fault) Unwrap() error { return f.err }

// Of makes a fault of a kind with the text behind key.
func Of(kind Kind, key string, args ...Args) *Fault {
	f := &Fault{Kind: kind, Key: key}
	if len(args) > 0 {
		f.Args = args[0]
	}
	return f
}

// Missing is the one answer for what does not exist and for what this reader
// may not see.
func Missing() *Fault { return Of(NotFound, "fault.not-found") }

// Because notes the cause for the log; it is never shown.
func (f *Fault) Because(err error) *Fault {
	g := *f
	g.err = err
	return &g
}

// KindOf tells the kind of any error; nil has none and is a programming error.
func KindOf(err error) Kind {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f.Kind
	}
	return Internal
}

// Is tells whether err is a fault of that kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Problems collects what is wrong with a draft, field by field.
type Problems struct{ fields []Field }

// Add notes one problem of one field.
func (p *Problems) Add(path, key string, args ...Args) {
	f := Field{Path: path, Key: key}
	if len(args) > 0 {
		f.Args = args[0]
	}
	p.fields = append(p.fields, f)
}

// Fault is nil when nothing was noted, otherwise an Invalid fault with all
// fields.
func (p *Problems) Fault() error {
	if len(p.fields) == 0 {
		return nil
	}
	return &Fault{Kind: Invalid, Key: "fault.invalid", Fields: p.fields}
}

// In says in which command something failed; nil stays nil.
func In[T ~string](command T, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", command, err)
	}
	return nil
}

// At is what is wrong with one field of a form.
func At(path, key string, args ...Args) error {
	var p Problems
	p.Add(path, key, args...)
	return p.Fault()
}
