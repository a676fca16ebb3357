package pack

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

// What is built in: our own words for the Harmonized System in three languages,
// and places.
var (
	//go:embed core/hs.csv
	coreHS []byte
	//go:embed core/places.csv
	corePlaces []byte
)

// coreName is what built-in lists are called; no pack may be.
const coreName = "core"

// CoreEdition is the edition of what is built in: chapters and headings that are
// the same in every edition of the Harmonized System since 2012.
const CoreEdition = "built-in"

// core reads the built-in lists, once.
var core = sync.OnceValue(func() []File {
	places, err := Read(bytes.NewReader(corePlaces), Pack{})
	if err != nil {
		panic("pack: core/places.csv: " + err.Error())
	}
	rows, err := csv.NewReader(bytes.NewReader(coreHS)).ReadAll()
	if err != nil {
		panic("pack: core/hs.csv: " + err.Error())
	}
	files := []File{places}
	for column, lang := range rows[0][1:] {
		f := File{Pack: Pack{Kind: HS, Name: coreName, Edition: CoreEdition, Language: lang, Source: places.Source, Licence: places.Licence}}
		at := map[string]int{}
		for i, row := range rows[1:] {
			own := []string{row[0], row[column+1]}
			s := shape{own: true, code: 0, label: 1, parent: -1, other: -1, subdivision: -1, functions: -1, coord: -1, place: -1}
			if err := f.row(s, own, at, int64(i+2)); err != nil {
				panic("pack: core/hs.csv: " + err.Error())
			}
		}
		f.seal()
		files = append(files, f)
	}
	return files
})

// find gives the rows of a built-in list that hold every word.
func (f File) find(words []string, limit int) []Entry {
	var out []Entry
	for _, e := range f.Entries {
		text := e.words()
		holds := true
		for _, w := range words {
			holds = holds && strings.Contains(text, w)
		}
		if holds {
			out = append(out, e)
		}
	}
	sortByRank(out, words)
	return out[:min(limit, len(out))]
}
