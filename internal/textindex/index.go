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
)

// Place is where a record stands and who reads it.
type Place struct {
	Operation, Seq int64
	Kind           Kind
	Audience       int64
}

// seqBits is how much of a row's number is the record's: 2^40 entries of one
// journal, 2^23 operations.
const seqBits = 40

func (p Place) row() int64 { return p.Operation<<seqBits | p.Seq }

// reader is the word that stands for a kind and an audience of an operation. No
// text holds it: words begin with a letter or digit of a text, and on PostgreSQL
// it stands among them.
func reader(operation int64, k Kind, audience int64) string {
	return strconv.FormatInt(operation, 10) + "k" + strconv.FormatInt(int64(k), 10) + "a" + strconv.FormatInt(audience, 10)
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
	Before    int64 // records with a smaller number; 0: from the newest
}

// atOnce bounds the audiences of one statement.
const atOnce = 100

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
	var out []int64
	for some := range slices.Chunk(s.Audiences, atOnce) {
		s.Audiences = some
		found, err := s.match(tx, q, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.SortFunc(out, func(a, b int64) int { return cmp.Compare(b, a) })
	return out[:min(len(out), limit)], nil
}

func (s Scope) readers() []string {
	var out []string
	for _, k := range s.Kinds {
		for _, a := range s.Audiences {
			out = append(out, reader(s.Operation, k, a))
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

// expression asks for the words of every term: of long queries, of the first and
// longest.
func (q Query) expression(d dialect) string {
	var terms []string
	n := 0
	for _, t := range q.terms {
		if n += len(t.words); len(terms) > 0 && n > maxTerms {
			break
		}
		var words []string
		for i, w := range t.words[:min(len(t.words), maxTerms)] {
			word := d.word(w, t.begins && i == len(t.words)-1)
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
		text := d.opens + strings.Join(words, d.and) + d.closes
		if t.whole != "" {
			text = d.opens + text + d.or + d.word(t.whole, t.begins) + d.closes
		}
		terms = append(terms, text)
	}
	return strings.Join(terms, d.and)
}

func anyOf(d dialect, words []string) string {
	var out []string
	for _, w := range words {
		out = append(out, d.word(w, false))
	}
	return d.opens + strings.Join(out, d.or) + d.closes
}
