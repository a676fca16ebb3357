package textindex

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Kind is what a record is. Who may read one kind need not read another.
type Kind int64

// The kinds.
const (
	Message  Kind = 1
	Case     Kind = 2
	Document Kind = 3
	Product  Kind = 4
)

// Place is where a record stands and who reads it.
type Place struct {
	Operation, Seq int64
	Kind           Kind
	Audience       int64
	// Keys name the readers, apart by spaces: letters and digits, at most a few.
	// Whoever reads the audience looks under one of them. Empty: the audience's number.
	Keys string
}

// seqBits is how much of a row's number is the record's: 2^40 entries of one
// journal, 2^23 operations.
const seqBits = 40

func (p Place) row() int64 { return p.Operation<<seqBits | p.Seq }

// under is what stands before a word for those whom a key names. So words of what
// somebody may not read are other words to the engine: it does not come across
// them, and what is asked takes no longer however many there are. The dot is in
// no word of a text.
func under(operation int64, k Kind, key string) string {
	return strconv.FormatInt(operation, 36) + "k" + strconv.FormatInt(int64(k), 10) + key + "·"
}

func numberKey(audience int64) string { return "n" + strconv.FormatInt(audience, 10) }

func (p Place) keys() []string {
	if p.Keys == "" {
		return []string{numberKey(p.Audience)}
	}
	return strings.Fields(p.Keys)
}

// kept are the words of a row as the engine keeps them, each under every key.
func (r row) kept() []string {
	var out []string
	size := 0
	for _, key := range r.keys() {
		before := under(r.Operation, r.Kind, key)
		for _, w := range r.words {
			if size += len(before) + len(w); size > maxKept {
				return out
			}
			out = append(out, before+w)
		}
	}
	return out
}

// row is a row on its way to the end of the batch. Without words it is dropped.
type row struct {
	Place
	words []string
	drop  bool
}

// Put keeps the words of a record's texts, in place of what it had: also when its
// audience has changed, for a row of an index without content is written whole.
func Put(tx *db.Tx, p Place, texts ...string) {
	db.Batched(tx, batch, row{Place: p, words: words(texts)}, write)
}

// Drop takes a record out of the index.
func Drop(tx *db.Tx, p Place) { db.Batched(tx, batch, row{Place: p, drop: true}, write) }

const batch = "textindex"

// write puts the rows of a batch in ascending order, each once: FTS5 begins a new
// segment whenever a row's number is not greater than the last.
func write(tx *db.Tx, rows []row) error {
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.row(), b.row()) })
	for i, r := range rows {
		if i+1 < len(rows) && rows[i+1].row() == r.row() {
			continue // the later one counts
		}
		if err := r.write(tx); err != nil {
			return err
		}
	}
	return nil
}

// Scope is where to look: kinds and audiences that the reader may read.
type Scope struct {
	Operation int64
	Kinds     []Kind
	Audiences db.List
	Keys      []string // under which what stands in the audiences is found; nil: their numbers
	Before    int64    // records with a smaller number; 0: from the newest
}

// atOnce bounds the keys of one statement, for each kind.
const atOnce = 24

// Match gives the numbers of records that may hold what is looked for, newest
// first, at most limit. It is for reading: what a batch has put is not there yet.
// What it costs depends on what the reader may read, not on what is hidden.
func Match(tx *db.Tx, s Scope, q Query, limit int) ([]int64, error) {
	if q.Empty() || len(s.Kinds) == 0 || len(s.Audiences) == 0 {
		return nil, nil
	}
	if s.Before <= 0 || s.Before > 1<<seqBits {
		s.Before = 1 << seqBits
	}
	if s.Keys == nil {
		for _, a := range s.Audiences {
			s.Keys = append(s.Keys, numberKey(a))
		}
	}
	out, whole, err := s.newest(tx, q, limit)
	if err != nil || whole {
		return out, err
	}
	for some := range slices.Chunk(s.Keys, atOnce) {
		s.Keys = some // each record stands under one of them with all of its words
		found, err := s.match(tx, q, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.SortFunc(out, func(a, b int64) int { return cmp.Compare(b, a) })
	out = slices.Compact(out)
	return out[:min(len(out), limit)], nil
}

// before lists what stands before the words that the reader looks for.
func (s Scope) before() []string {
	var out []string
	for _, k := range s.Kinds {
		for _, key := range s.Keys {
			out = append(out, under(s.Operation, k, key))
		}
	}
	return out
}

// maxTerms bounds what the engine looks for; the rest is found in the records.
const maxTerms = 32

// dialect is how an engine writes a search for words.
type dialect struct {
	word          func(text string, begins bool) string
	and, or       string
	opens, closes string
}

// expression asks for the words of every term, each under any of the keys that
// stand before it: of long queries, for the first words.
func (q Query) expression(d dialect, before []string) string {
	any := func(w string, begins bool) string {
		out := make([]string, len(before))
		for i, b := range before {
			out[i] = d.word(b+w, begins)
		}
		return d.opens + strings.Join(out, d.or) + d.closes
	}
	var terms []string
	n := 0
	for _, t := range q.terms {
		if n += len(t.words); len(terms) > 0 && n > maxTerms {
			break
		}
		var words []string
		for i, w := range t.words[:min(len(t.words), maxTerms)] {
			word := any(w, t.begins && i == len(t.words)-1)
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
		text := d.opens + strings.Join(words, d.and) + d.closes
		if t.whole != "" {
			text = d.opens + text + d.or + any(t.whole, t.begins) + d.closes
		}
		terms = append(terms, text)
	}
	return strings.Join(terms, d.and)
}
