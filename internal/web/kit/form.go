package kit

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Form is what was typed (or stands already) and what is wrong with it. The
// zero Form is empty and without problems. Forms go out with novalidate: the
// server checks, so that the words are the same with and without scripts.
type Form struct {
	Values url.Values        // by field name; kept exactly as typed
	Fault  *fault.Fault      // nil: nothing wrong
	Labels map[string]string // by field name, for the summary: "Quantity: fill in this field"
}

// FormOf makes a form from values and the error of a command, which may be nil
// or not a fault.
func FormOf(values url.Values, err error) Form {
	f := Form{Values: values}
	if fa, ok := asFault(err); ok {
		f.Fault = fa
	}
	return f
}

// Value is the first value of a field.
func (f Form) Value(name string) string { return f.Values.Get(name) }

// Has tells whether value is among those of a field: a ticked box.
func (f Form) Has(name, value string) bool {
	for _, v := range f.Values[name] {
		if v == value {
			return true
		}
	}
	return false
}

// problems of one field. Path "goods.2.quantity" also answers for the parts
// of a compound field when asked with both names.
func (f Form) problems(names ...string) []fault.Field {
	if f.Fault == nil {
		return nil
	}
	var out []fault.Field
	for _, p := range f.Fault.Fields {
		for _, n := range names {
			if p.Path == n {
				out = append(out, p)
			}
		}
	}
	return out
}

// Field is what the single-value fields share. Texts are in the reader's
// language already.
type Field struct {
	Name         string // the form's name and the path of its problems: "goods.2.quantity"
	Label        string
	Hint         string
	Optional     bool   // adds "(optional)"; everything else is needed
	Type         string // of Text: "text" when empty; "email", "tel", "url", "password", "search", "number"
	Autocomplete string // tokens of HTML, "one-time-code"
	InputMode    string // "numeric", "decimal"
	Code         bool   // a reference or code: left to right, monospaced, no spelling help
	Width        string // "xs" (4 characters), "s" (10), "m" (20); empty: the full measure
	Rows         int    // of Textarea; 4 when 0
	MaxLength    int    // 0: no limit in the browser
	Options      []Option
	Blank        string // of Select: the words of the empty choice; empty: none
	Inline       bool   // of Radios and Checkboxes: side by side where there is room
	Disabled     bool
	List         []string // suggestions for Text
	Lang         string   // in which it is to be written, where that is known
	Min, Max     string   // of DateField, yyyy-mm-dd
	Autofocus    bool
}

// Option is one choice.
type Option struct {
	Value    string
	Label    string
	Hint     string
	Group    string // of Select: neighbours with the same group stand together
	Disabled bool
}

// FieldID is the id of a field's control, to which the error summary leads:
// "goods.2.quantity" becomes "f-goods-2-quantity".
func FieldID(name string) string {
	var b strings.Builder
	b.WriteString("f-")
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			b.WriteRune(r)
		default:
			b.WriteByte('-')
		}
	}
	return b.String()
}

func optionID(name string, i int) string {
	if i == 0 {
		return FieldID(name) // the summary leads to the first choice
	}
	return FieldID(name) + "-" + strconv.Itoa(i+1)
}

// describedBy joins the ids of hint and problem that exist.
func describedBy(name string, hint bool, wrong bool) string {
	var ids []string
	if hint {
		ids = append(ids, FieldID(name)+"-hint")
	}
	if wrong {
		ids = append(ids, FieldID(name)+"-error")
	}
	return strings.Join(ids, " ")
}

// groups cuts options into runs with the same group.
func groups(options []Option) [][]Option {
	var out [][]Option
	for i, o := range options {
		if i == 0 || options[i-1].Group != o.Group {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], o)
	}
	return out
}

func inputType(d Field) string {
	if d.Type == "" {
		return "text"
	}
	return d.Type
}

// inputAttributes are those that text, textarea, select, date and file share.
func inputAttributes(f Form, d Field) templ.Attributes {
	at := templ.Attributes{}
	set := func(name, value string) {
		if value != "" {
			at[name] = value
		}
	}
	set("autocomplete", d.Autocomplete)
	set("inputmode", d.InputMode)
	if d.Width != "" {
		set("class", "w-"+d.Width)
	}
	if d.MaxLength > 0 {
		set("maxlength", strconv.Itoa(d.MaxLength))
	}
	wrong := len(f.problems(d.Name)) > 0
	set("aria-describedby", describedBy(d.Name, d.Hint != "", wrong))
	if wrong {
		set("aria-invalid", "true")
	}
	if d.Code {
		at["class"] = strings.TrimSpace("code " + "w-" + d.Width)
		if d.Width == "" {
			at["class"] = "code"
		}
		set("dir", "ltr")
		set("spellcheck", "false")
		set("autocapitalize", "off")
	}
	if !d.Code && d.Type == "" {
		set("dir", "auto")
	}
	if d.Lang != "" { // what begins with a name in other letters stands as its language does
		set("lang", d.Lang)
		set("dir", i18n.Lang(d.Lang).Dir())
	}
	if len(d.List) > 0 {
		set("list", FieldID(d.Name)+"-list")
	}
	at["disabled"] = d.Disabled
	at["autofocus"] = d.Autofocus
	return at
}

// summaryLine names the field before what is wrong with it: ten times "fill in
// this field" would help nobody.
func summaryLine(p *Page, f Form, q fault.Field) string {
	text := p.T(q.Key, q.Args)
	if name := f.Labels[q.Path]; name != "" {
		return p.T("component.summary-line", fault.Args{"field": name, "problem": text})
	}
	return text
}
