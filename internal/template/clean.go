package template

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Limits of a template.
const (
	MaxFields     = 60
	MaxChoices    = 40
	MaxLabel      = 100       // characters of a title, a label, a choice
	MaxHint       = 400       // characters of a help or a hint
	MaxTexts      = 30        // languages of a text
	MaxDefinition = 256 << 10 // bytes of a definition as Parse reads it
)

var (
	nameForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)
	keyForm  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	codeForm = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9_-]{0,39}$`)
)

// Parse reads a definition from JSON, as String writes it. Nothing of it has been
// checked but its form.
func Parse(text string) (Definition, error) {
	var d Definition
	if len(text) > MaxDefinition {
		return d, errors.New("template: too long")
	}
	r := json.NewDecoder(strings.NewReader(text))
	r.DisallowUnknownFields()
	if err := r.Decode(&d); err != nil {
		return Definition{}, fmt.Errorf("template: %w", err)
	}
	if _, err := r.Token(); err != io.EOF {
		return Definition{}, errors.New("template: something follows the definition")
	}
	return d, nil
}

// String is the definition as JSON.
func (d Definition) String() string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		panic("template: " + err.Error()) // texts and numbers only
	}
	return strings.TrimSpace(b.String())
}

// Clean gives a definition as it is stored, and says what is wrong with it. Paths
// are name, base, title, help, retired, fields, and fields.KEY with .label,
// .hint, .choices, .list below it.
func (d Definition) Clean() (Definition, error) {
	var p fault.Problems
	if _, ok := standing[d.Base]; !ok {
		p.Add("base", "fault.unknown-code")
		return d, p.Fault()
	}
	if !nameForm.MatchString(d.Name) || d.Own() && slices.Contains(Bases(), d.Name) || d.Name == "new" {
		p.Add("name", "template.name")
	}
	d.Title, d.Help = cleanLines(&p, "title", d.Title, MaxLabel), cleanLines(&p, "help", d.Help, MaxHint)
	switch {
	case d.Own() && len(d.Title) == 0:
		p.Add("title", "fault.required")
	case !d.Own() && (len(d.Title) > 0 || d.Retired):
		p.Add("title", "template.built-in-stays")
	}
	fields := slices.Clone(d.Fields)
	d.Fields = nil
	for _, f := range fields {
		if d.place(f.Key) >= 0 {
			p.Add("fields."+f.Key, "template.field-twice")
			continue
		}
		d.Fields = append(d.Fields, f.clean(&p, d.Base))
	}
	d.complete()
	if len(d.Fields) > MaxFields {
		p.Add("fields", "fault.too-many-items", fault.Args{"max": int64(MaxFields)})
	}
	if p.Fault() == nil && len(d.String()) > MaxDefinition {
		p.Add("fields", "template.too-large")
	}
	return d, p.Fault()
}

// complete puts in what the base brings along and the definition does not name:
// hidden, or where it is always needed, as it stands.
func (d *Definition) complete() {
	for _, key := range standing[d.Base] {
		if d.place(key) < 0 {
			fixed := Fixed(d.Base, key)
			d.Fields = append(d.Fields, Field{Key: key, Kind: Standing, Required: fixed, Hidden: !fixed})
		}
	}
}

func (f Field) clean(p *fault.Problems, base string) Field {
	path := "fields." + f.Key
	if slices.Contains(standing[base], f.Key) {
		fixed := Fixed(base, f.Key)
		hidden := f.Hidden && !fixed
		return Field{Key: f.Key, Kind: Standing, Hidden: hidden, Required: fixed || f.Required && !hidden && !Plain(f.Key)}
	}
	if r, ok := readyField(f.Key); ok {
		r.Required = f.Required
		return r
	}
	if !keyForm.MatchString(f.Key) || reserved(f.Key) {
		p.Add(path, "template.field-key")
		return f
	}
	if !slices.Contains(OwnKinds(), f.Kind) {
		p.Add(path, "template.field-kind")
	}
	f.Hidden = false
	f.Label, f.Hint = cleanLines(p, path+".label", f.Label, MaxLabel), cleanLines(p, path+".hint", f.Hint, MaxHint)
	if len(f.Label) == 0 {
		p.Add(path+".label", "fault.required")
	}
	if f.Kind != Code {
		f.List = ""
	} else if l, ok := codelist.Named(f.List); !ok || l.Len() == 0 {
		p.Add(path+".list", "fault.unknown-code")
	}
	f.cleanChoices(p, path+".choices")
	return f
}

func (f *Field) cleanChoices(p *fault.Problems, path string) {
	choices := f.Choices
	f.Choices = nil
	if f.Kind != Choice {
		return
	}
	switch {
	case len(choices) == 0:
		p.Add(path, "template.no-choices")
	case len(choices) > MaxChoices:
		p.Add(path, "fault.too-many-items", fault.Args{"max": int64(MaxChoices)})
		return
	}
	for _, o := range choices {
		if !codeForm.MatchString(o.Code) || slices.ContainsFunc(f.Choices, func(e Option) bool { return e.Code == o.Code }) {
			p.Add(path, "template.choice-code")
			return
		}
		if o.Label = cleanLines(p, path, o.Label, MaxLabel); len(o.Label) == 0 {
			p.Add(path, "fault.required")
			return
		}
		f.Choices = append(f.Choices, o)
	}
}

// cleanLines cleans a text in all its languages; what is empty is left out.
func cleanLines(p *fault.Problems, path string, t Text, limit int) Text {
	out := Text{}
	if len(t) > MaxTexts {
		p.Add(path, "fault.too-many-items", fault.Args{"max": int64(MaxTexts)})
		return nil
	}
	for lang, words := range t {
		if strings.TrimSpace(words) == "" {
			continue
		}
		tag, err := language.Parse(lang)
		base, _ := tag.Base()
		if err != nil || tag.String() != lang || !codelist.Language.Has(base.String()) {
			p.Add(path, "fault.language")
			continue
		}
		line, err := i18n.CleanLine(words, limit)
		if err != nil {
			note(p, path, err)
			continue
		}
		out[lang] = line
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// note takes a text's fault over to its field.
func note(p *fault.Problems, path string, err error) {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
		return
	}
	p.Add(path, "fault.malformed")
}
