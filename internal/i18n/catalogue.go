package i18n

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed catalogue/*/*.toml
var embedded embed.FS

// segment is a piece of a text: words, or the name of an argument.
type segment struct {
	text string
	arg  string
}

// pattern is a text cut at its placeholders.
type pattern []segment

// entry is what stands behind one key: other is always there.
type entry struct {
	forms map[string]pattern // by CLDR plural form
	file  string
}

// catalogue is one language's texts.
type catalogue struct {
	lang    Lang
	entries map[string]entry
	plurals *pluralRule
}

var pluralForms = []string{"zero", "one", "two", "few", "many", "other"}

// load reads all files of a language. Faults do not stop it: what can be read
// is kept, so that one bad line never takes a whole language away.
func load(fsys fs.FS, lang Lang) (*catalogue, error) {
	c := &catalogue{lang: lang, entries: map[string]entry{}, plurals: newPluralRule(lang)}
	files, err := fs.Glob(fsys, path.Join("catalogue", string(lang), "*.toml"))
	if err != nil {
		return c, fmt.Errorf("i18n.load: %w", err)
	}
	var errs []error
	for _, file := range files {
		errs = append(errs, c.read(fsys, file)...)
	}
	return c, errors.Join(errs...)
}

func (c *catalogue) read(fsys fs.FS, file string) (errs []error) {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return []error{fmt.Errorf("i18n.load: %w", err)}
	}
	raw := map[string]any{}
	if err := toml.Unmarshal(b, &raw); err != nil {
		return []error{fmt.Errorf("i18n.load %s: %w", file, err)}
	}
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		if before, ok := c.entries[key]; ok {
			errs = append(errs, fmt.Errorf("i18n.load %s: key %q stands in %s already", file, key, before.file))
			continue
		}
		e, err := parseEntry(raw[key])
		if err != nil {
			errs = append(errs, fmt.Errorf("i18n.load %s: key %q: %w", file, key, err))
			continue
		}
		if c.lang == French {
			e = e.bound()
		}
		e.file = file
		c.entries[key] = e
	}
	return errs
}

func parseEntry(v any) (entry, error) {
	e := entry{forms: map[string]pattern{}}
	switch v := v.(type) {
	case string:
		v2, err := parsePattern(v)
		e.forms["other"] = v2
		return e, err
	case map[string]any:
		for form, text := range v {
			s, ok := text.(string)
			if !ok || !slices.Contains(pluralForms, form) {
				return e, fmt.Errorf(`%q is no plural form; keys are written flat and quoted: "a.b.c" = "..."`, form)
			}
			p, err := parsePattern(s)
			if err != nil {
				return e, err
			}
			e.forms[form] = p
		}
		if _, ok := e.forms["other"]; !ok {
			return e, errors.New(`the plural form "other" is missing`)
		}
		return e, nil
	}
	return e, fmt.Errorf("is a %T, not a text", v)
}

// parsePattern cuts a text at its {name} placeholders.
func parsePattern(s string) (pattern, error) {
	if strings.TrimSpace(s) == "" {
		return nil, errors.New("the text is empty")
	}
	var p pattern
	for s != "" {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			if strings.IndexByte(s, '}') >= 0 {
				return nil, errors.New("a } without {")
			}
			return append(p, segment{text: s}), nil
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 || strings.IndexByte(s[:open], '}') >= 0 {
			return nil, errors.New("{ and } do not pair")
		}
		name := s[open+1 : open+end]
		if !placeholderName(name) {
			return nil, fmt.Errorf("{%s} is no placeholder: use lower-case letters, digits and _", name)
		}
		if open > 0 {
			p = append(p, segment{text: s[:open]})
		}
		p = append(p, segment{arg: name})
		s = s[open+end+1:]
	}
	return p, nil
}

func placeholderName(s string) bool {
	if s == "" {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return true
}

type loaded struct {
	once sync.Once
	cat  *catalogue
	err  error
}

var catalogues = map[Lang]*loaded{English: {}, French: {}, Arabic: {}, PseudoLong: {}, PseudoMirror: {}}

// catalogueOf reads a language the first time it is asked for.
func catalogueOf(lang Lang) *catalogue {
	l, ok := catalogues[lang]
	if !ok {
		l = catalogues[English]
		lang = English
	}
	l.once.Do(func() {
		if lang != lang.data() {
			l.cat, l.err = pseudoCatalogue(catalogueOf(lang.data()), lang), nil
			return
		}
		l.cat, l.err = load(embedded, lang)
	})
	return l.cat
}

// Check reads every catalogue and tells what is wrong with them; nil is the
// normal answer, which a test of this package holds the build to.
func Check() error {
	var errs []error
	for _, lang := range launch {
		catalogueOf(lang)
		errs = append(errs, catalogues[lang].err)
	}
	return errors.Join(errs...)
}

// Keys lists all keys of a language, sorted; for tests of completeness.
func Keys(lang Lang) []string {
	return slices.Sorted(maps.Keys(catalogueOf(lang).entries))
}

// form gives the pattern for a count written as digits ("3", "0.5").
func (c *catalogue) form(e entry, count string) pattern {
	if len(e.forms) > 1 && count != "" {
		if p, ok := e.forms[c.plurals.form(count)]; ok {
			return p
		}
	}
	return e.forms["other"]
}
