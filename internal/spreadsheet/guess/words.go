package guess

import (
	_ "embed"
	"sync"

	"github.com/BurntSushi/toml"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
)

//go:embed vocabulary.toml
var vocabularyFile string

// vocabulary is what the words of collectors mean, in plain text (sheet.Plain).
type vocabulary struct {
	headings  map[string][]string          // field to names of its column
	values    map[string]map[string]string // code list to word to code
	languages map[string][]string          // language to words of headings
}

// whole begins the entries of codes, which only a whole cell can be: many are words
// of some language, too.
const whole = "="

// words is read once; a mistake in the embedded file is caught by a test.
var words = sync.OnceValue(func() *vocabulary {
	var file struct {
		Headings  map[string][]string
		Values    map[string]map[string][]string
		Languages map[string][]string
	}
	if _, err := toml.Decode(vocabularyFile, &file); err != nil {
		panic("guess: vocabulary.toml: " + err.Error())
	}
	v := &vocabulary{headings: map[string][]string{}, values: map[string]map[string]string{}, languages: file.Languages}
	for field, names := range file.Headings {
		for _, name := range names {
			v.headings[field] = append(v.headings[field], sheet.Plain(name))
		}
	}
	for list, entries := range file.Values {
		v.values[list] = map[string]string{}
		for code, names := range entries {
			for _, name := range names {
				v.values[list][sheet.Plain(name)] = code
			}
		}
		codes, _ := codelist.Named(list)
		for _, code := range codes.Codes() {
			v.values[list][whole+sheet.Plain(code)] = code
		}
	}
	return v
})

// valuesOf gives the words of a code list: those of the vocabulary, or, where it
// has none, the labels of the list.
func valuesOf(list string) map[string]string {
	if known := words().values[list]; known != nil {
		return known
	}
	return typed.Labels(list)
}
