package pack

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Limits of a question.
const (
	MaxQuery = 200 // characters that are looked at
	MaxFound = 50
	maxWords = 5
)

// Hit is a code with the list that says so.
type Hit struct {
	Entry
	Language string // of Label; empty: a name that is not translated
	List     string // name of the list
	Edition  string // of the list
	Core     bool   // built in
}

// Query asks for codes of a kind. Edition may be empty: of any. Words ask for
// what holds all of them; without words, Below asks for what stands directly
// below a code, empty: at the top.
type Query struct {
	Kind, Edition, Words, Below, Lang string
	Limit                             int
}

// Found is the answer to a Query.
type Found struct {
	Hits  []Hit
	Above map[string]Hit // by code: what stands above any of them, and above Below, itself included
	More  bool           // there are more than Limit
	Whole bool           // a list was loaded, not only what is built in
}

// list is a place to look in: a loaded list or a built-in one.
type list struct {
	Pack
	file *File // nil: in the tables
	rank int   // 0: in the reader's language, 1: in English, 2: in another
}

// lists are those to look in, the best first: the reader's language before
// English before others, loaded ones before what is built in, the newest first.
func lists(tx *db.Tx, kind, edition, lang string) ([]list, error) {
	packs, err := All(tx)
	if err != nil {
		return nil, err
	}
	var out []list
	add := func(p Pack, f *File) {
		if p.Kind == kind && (edition == "" || f != nil || p.Edition == edition) {
			out = append(out, list{Pack: p, file: f, rank: rank(p.Language, lang)})
		}
	}
	slices.Reverse(packs)
	for _, p := range packs {
		add(p, nil)
	}
	for i, f := range core() {
		add(f.Pack, &core()[i])
	}
	slices.SortStableFunc(out, func(a, b list) int { return cmp.Compare(a.rank, b.rank) })
	return out, nil
}

func rank(of, reader string) int {
	base := func(tag string) string { b, _, _ := strings.Cut(tag, "-"); return b }
	switch base(of) {
	case base(reader), "":
		return 0
	case "en":
		return 1
	}
	return 2
}

func (l list) hit(e Entry) Hit {
	return Hit{Entry: e, Language: l.Language, List: l.Name, Edition: l.Edition, Core: l.file != nil}
}

func (l list) one(tx *db.Tx, code string) (Entry, error) {
	if l.file == nil {
		return db.One(tx, selectItem, scanEntry, l.Number, code)
	}
	if i, ok := slices.BinarySearchFunc(l.file.Entries, code, func(e Entry, code string) int { return strings.Compare(e.Code, code) }); ok {
		return l.file.Entries[i], nil
	}
	return Entry{}, db.ErrNone
}

func (l list) below(tx *db.Tx, code string, limit int) ([]Entry, error) {
	if l.file == nil {
		return db.All(tx, selectBelow, scanEntry, l.Number, code, int64(limit))
	}
	var out []Entry
	for _, e := range l.file.Entries {
		if e.Parent == code && len(out) < limit {
			out = append(out, e)
		}
	}
	return out, nil
}

func (l list) find(tx *db.Tx, words []string, limit int) ([]Entry, error) {
	if l.file != nil {
		return l.file.find(words, limit), nil
	}
	args := []any{l.Number}
	for i := range maxWords {
		pattern := "%"
		if i < len(words) {
			pattern = "%" + words[i] + "%"
		}
		args = append(args, pattern)
	}
	// What is looked for holds letters, digits and marks only: nothing to escape.
	args = append(args, strings.ToUpper(words[0]), "% "+strings.Join(words, " ")+"%", "% "+words[0]+"%", int64(limit))
	return db.All(tx, selectFound, scanEntry, args...)
}

// sortByRank orders rows as selectFound does.
func sortByRank(all []Entry, words []string) {
	at := func(e Entry) int {
		text := e.words()
		switch {
		case e.Code == strings.ToUpper(words[0]):
			return 0
		case strings.Contains(text, " "+strings.Join(words, " ")):
			return 1
		case strings.Contains(text, " "+words[0]):
			return 2
		}
		return 3
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return cmp.Or(cmp.Compare(at(a), at(b)), strings.Compare(a.Code, b.Code)) })
}

// Lookup tells what a code means in an edition (empty: in any), in the reader's
// language if a list has it, else in English, else in any; db.ErrNone when no
// list knows it.
func Lookup(tx *db.Tx, kind, edition, code, lang string) (Hit, error) {
	code, ok := codeOf(kind, code)
	if !ok {
		return Hit{}, db.ErrNone
	}
	all, err := lists(tx, kind, edition, lang)
	if err != nil {
		return Hit{}, err
	}
	return first(tx, all, code)
}

func first(tx *db.Tx, all []list, code string) (Hit, error) {
	for _, l := range all {
		if e, err := l.one(tx, code); !errors.Is(err, db.ErrNone) {
			return l.hit(e), err
		}
	}
	return Hit{}, db.ErrNone
}

// Find gives the codes that hold every word, each once: those in the reader's
// language first, and of any other its words in the reader's language where a
// list has them. It finds by codes and by the beginning or any part of words.
func Find(tx *db.Tx, kind, edition, words, lang string, limit int) ([]Hit, error) {
	all, err := lists(tx, kind, edition, lang)
	if err != nil {
		return nil, err
	}
	return find(tx, all, asked(kind, words), limit)
}

// asked cuts a question into words; the first ones count. A code of the
// Harmonized System may be written with points.
func asked(kind, text string) []string {
	if r := []rune(text); len(r) > MaxQuery {
		text = string(r[:MaxQuery])
	}
	words := strings.Fields(plain(text))
	if joined := strings.Join(words, ""); kind == HS && joined != "" && strings.Trim(joined, "0123456789") == "" {
		return []string{joined}
	}
	return words[:min(maxWords, len(words))]
}

func find(tx *db.Tx, all []list, words []string, limit int) ([]Hit, error) {
	if len(words) == 0 || limit <= 0 {
		return nil, nil
	}
	return gather(tx, all, min(limit, MaxFound+1), func(l list, limit int) ([]Entry, error) { return l.find(tx, words, limit) })
}

// gather collects from list to list until there are enough.
func gather(tx *db.Tx, all []list, limit int, from func(l list, limit int) ([]Entry, error)) ([]Hit, error) {
	var out []Hit
	seen := map[string]bool{}
	for _, l := range all {
		rows, err := from(l, limit)
		if err != nil {
			return nil, err
		}
		for _, e := range rows {
			if seen[e.Code] || len(out) == limit {
				continue
			}
			seen[e.Code] = true
			h := l.hit(e)
			if l.rank > 0 { // what it says in a better language
				if h, err = first(tx, all, e.Code); err != nil {
					return nil, err
				}
			}
			out = append(out, h)
		}
	}
	return out, nil
}

// look answers a Query.
func look(tx *db.Tx, q Query) (Found, error) {
	all, err := lists(tx, q.Kind, q.Edition, q.Lang)
	if err != nil {
		return Found{}, err
	}
	out := Found{Above: map[string]Hit{}}
	for _, l := range all {
		out.Whole = out.Whole || l.file == nil
	}
	limit := min(q.Limit, MaxFound)
	if words := asked(q.Kind, q.Words); len(words) > 0 {
		out.Hits, err = find(tx, all, words, limit+1)
	} else if q.Kind == HS && strings.TrimSpace(q.Words) == "" {
		limit = 2 * MaxFound // a chapter has up to 97 headings
		below, _ := codeOf(HS, q.Below)
		out.Hits, err = gather(tx, all, limit, func(l list, limit int) ([]Entry, error) { return l.below(tx, below, limit) })
		slices.SortFunc(out.Hits, func(a, b Hit) int { return strings.Compare(a.Code, b.Code) })
		if err == nil {
			err = out.climb(tx, all, below)
		}
	}
	if out.More = len(out.Hits) > limit; out.More {
		out.Hits = out.Hits[:limit]
	}
	for _, h := range out.Hits {
		if err == nil {
			err = out.climb(tx, all, h.Parent)
		}
	}
	return out, err
}

// climb notes what a code and those above it mean.
func (f *Found) climb(tx *db.Tx, all []list, code string) error {
	for ; code != ""; code = above(HS, code) {
		if _, known := f.Above[code]; known {
			return nil
		}
		h, err := first(tx, all, code)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		f.Above[code] = h // of no list: the zero Hit
	}
	return nil
}
