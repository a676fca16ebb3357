package template

import (
	"slices"
)

// The templates that stand from the beginning.
const (
	General         = "general"
	Warning         = "warning"
	Feedback        = "feedback"
	Request         = "request"
	SituationReport = "situation-report"
)

// Bases lists what a template can behave like, in their usual order.
func Bases() []string { return []string{General, Warning, Feedback, Request, SituationReport} }

// Kind is what a field holds.
type Kind string

// The kinds of fields, and how a value of each is written.
const (
	Standing Kind = "standing"  // brought along by the base: a member of the message, not one of its fields
	Line     Kind = "text"      // one line
	Long     Kind = "long-text" // several lines
	Code     Kind = "code"      // a code of Field.List
	Choice   Kind = "choice"    // the code of one of Field.Choices
	YesNo    Kind = "yes-no"    // "yes" or "no"
	Number   Kind = "number"    // a whole number, 0 to 10^12
	Quantity Kind = "quantity"  // a number and a unit of codelist.Unit: "12.5 KGM"
	Date     Kind = "date"      // "2017-02-06"
	Moment   Kind = "moment"    // "2017-02-06T14:30Z", always UTC
	HS       Kind = "hs"        // 2 to 10 digits of the Harmonized System, an even number of them
	IMO      Kind = "imo"       // a ship's IMO number: 7 digits, the last of which checks
)

// OwnKinds lists the kinds of field that an operation can make itself.
func OwnKinds() []Kind {
	return []Kind{Line, Long, Choice, Code, YesNo, Number, Quantity, Date, Moment}
}

// Text is what somebody wrote, by language (BCP 47).
type Text map[string]string

// In is the text for a reader of a language, and the language it is written in:
// the reader's, else English, else the first there is.
func (t Text) In(lang string) (words, written string) {
	for _, l := range []string{lang, "en"} {
		if t[l] != "" {
			return t[l], l
		}
	}
	for l := range t {
		if written == "" || l < written {
			written = l
		}
	}
	return t[written], written
}

// Option is a choice of a field's own list.
type Option struct {
	Code  string
	Label Text
}

// Field is one thing that a template asks for.
type Field struct {
	Key      string
	Kind     Kind
	List     string   `json:",omitempty"` // of Code: name of a code list
	Choices  []Option `json:",omitempty"` // of Choice
	Label    Text     `json:",omitempty"` // of an operation's own field; others are named by the catalogues
	Hint     Text     `json:",omitempty"` // of an operation's own field
	Required bool     `json:",omitempty"`
	Hidden   bool     `json:",omitempty"` // of a Standing one that is not asked for
}

// Own tells whether the operation made the field itself.
func (f Field) Own() bool { return len(f.Label) > 0 }

// Definition is one version of a template.
type Definition struct {
	Version int64 `json:",omitempty"` // in the operation; 0: as built in
	Name    string
	Base    string
	Title   Text    `json:",omitempty"` // of an operation's own template
	Help    Text    `json:",omitempty"`
	Fields  []Field `json:",omitempty"` // in order
	Retired bool    `json:",omitempty"` // not offered any more
}

// Own tells whether the operation made the template itself.
func (d Definition) Own() bool { return d.Name != d.Base }

// Field finds a field by its key.
func (d Definition) Field(key string) (Field, bool) {
	if i := d.place(key); i >= 0 {
		return d.Fields[i], true
	}
	return Field{}, false
}

func (d Definition) place(key string) int {
	return slices.IndexFunc(d.Fields, func(f Field) bool { return f.Key == key })
}

// Shown tells whether a form of this template asks for a field.
func (d Definition) Shown(key string) bool {
	f, ok := d.Field(key)
	return ok && !f.Hidden
}

// standing are the fields that a base brings along. Those that stand first here
// and are needed whatever an operation thinks are always required.
var standing = map[string][]string{
	General: {"urgent"},
	Warning: {"reply_due", "arrival", "expires", "source", "category", "conveyance", "provenance", "destination", "urgent"},
	// Outcome and reply due are what makes a feedback, and a warning.
	Feedback:        {"outcome"},
	Request:         {"reply_due", "urgent"},
	SituationReport: {"urgent"},
}

// Fixed tells whether a base's field can be neither hidden nor left out.
func Fixed(base, key string) bool {
	return base == Warning && key == "reply_due" || base == Feedback && key == "outcome"
}

// Plain tells whether a base's field cannot be required: a tick that must be set
// says nothing.
func Plain(key string) bool { return key == "urgent" }

// BuiltIn gives a base as it stands from the beginning.
func BuiltIn(base string) (Definition, bool) {
	keys, ok := standing[base]
	if !ok {
		return Definition{}, false
	}
	d := Definition{Name: base, Base: base}
	for _, key := range keys {
		d.Fields = append(d.Fields, Field{Key: key, Kind: Standing, Required: Fixed(base, key)})
	}
	return d, true
}

// ready are the fields that an operation can add with one choice (domain.md 2.3).
var ready = []Field{
	{Key: "handling", Kind: Code, List: "handling"}, {Key: "source_grading", Kind: Code, List: "source-grading"},
	{Key: "information_grading", Kind: Code, List: "information-grading"},
	{Key: "event_date", Kind: Date}, {Key: "event_place", Kind: Line}, {Key: "direction", Kind: Code, List: "direction"},
	{Key: "detection", Kind: Code, List: "detection"},
	{Key: "hs", Kind: HS}, {Key: "hs_edition", Kind: Code, List: "hs-edition"}, {Key: "brand", Kind: Line},
	{Key: "ipr_type", Kind: Code, List: "ipr-type"}, {Key: "quantity", Kind: Quantity}, {Key: "gtin", Kind: Line},
	{Key: "verdict", Kind: Code, List: "verdict"}, {Key: "concealment", Kind: Code, List: "concealment"}, {Key: "cover_load", Kind: Line},
	{Key: "loading_place", Kind: Line}, {Key: "transit_country", Kind: Code, List: "country"}, {Key: "unloading_place", Kind: Line},
	{Key: "vessel", Kind: Line}, {Key: "imo", Kind: IMO}, {Key: "voyage", Kind: Line}, {Key: "flight", Kind: Line},
	{Key: "vehicle", Kind: Line}, {Key: "carrier", Kind: Line}, {Key: "waybill", Kind: Line}, {Key: "container", Kind: Line},
	{Key: "containers", Kind: Number}, {Key: "seal", Kind: Line}, {Key: "weight", Kind: Quantity},
	{Key: "loading_status", Kind: Code, List: "loading-status"}, {Key: "sample_taken", Kind: YesNo},
}

// Ready lists the fields that can be added with one choice, in their usual order.
func Ready() []Field { return slices.Clone(ready) }

func readyField(key string) (Field, bool) {
	if i := slices.IndexFunc(ready, func(f Field) bool { return f.Key == key }); i >= 0 {
		return ready[i], true
	}
	return Field{}, false
}

// reserved tells whether a key means something already, so that no field of an
// operation's own may have it.
func reserved(key string) bool {
	if _, ok := readyField(key); ok {
		return true
	}
	for _, keys := range standing {
		if slices.Contains(keys, key) {
			return true
		}
	}
	return slices.Contains([]string{"id", "to", "apart", "organisation", "region", "language", "subject", "body", "tlp", "template",
		"version", "fields", "answers", "step", "as"}, key)
}
