package search

import (
	"cmp"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// findIn gives at most limit hits of one operation, the newest before a number.
func findIn(tx *db.Tx, st operation.Standing, words textindex.Query, before int64, limit int) (line, error) {
	l := line{operation: st.Operation.Number}
	readable, err := st.Readable(tx)
	if err != nil {
		return l, err
	}
	keys, err := st.Keys(tx, readable)
	if err != nil {
		return l, err
	}
	scope := textindex.Scope{Operation: st.Operation.Number, Kinds: kindsOf(st), Audiences: readable, Keys: keys, Before: before}
	for seen := 0; seen < looked; {
		step := limit + 1 - len(l.hits)
		numbers, err := textindex.Match(tx, scope, words, step)
		if err != nil {
			return l, err
		}
		hits, err := read(tx, st, scope, numbers, words)
		if err != nil {
			return l, err
		}
		for _, h := range hits {
			if len(l.hits) == limit {
				l.rest = h.Seq + 1
				return l, nil
			}
			l.hits = append(l.hits, h)
		}
		if len(numbers) < step {
			l.rest = 0
			return l, nil
		}
		seen += len(numbers)
		scope.Before = numbers[len(numbers)-1]
		l.rest = scope.Before
	}
	return l, nil
}

// read gives the candidates that stand in the reader's audiences and hold the
// words, newest first.
func read(tx *db.Tx, st operation.Standing, scope textindex.Scope, numbers db.List, words textindex.Query) ([]Hit, error) {
	var out []Hit
	if len(numbers) == 0 {
		return nil, nil
	}
	if slices.Contains(scope.Kinds, textindex.Message) {
		all, err := message.These(tx, scope.Operation, scope.Audiences, numbers)
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			if marks, found := words.Find(m.Texts()...); found {
				out = append(out, ofMessage(st, m, marks))
			}
		}
	}
	if slices.Contains(scope.Kinds, textindex.Case) {
		all, err := seizure.These(tx, scope.Operation, scope.Audiences, numbers)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			if words.In(c.Texts()...) {
				out = append(out, ofCase(st, c, words))
			}
		}
	}
	if slices.Contains(scope.Kinds, textindex.Document) {
		all, err := document.These(tx, scope.Operation, scope.Audiences, numbers)
		if err != nil {
			return nil, err
		}
		for _, d := range all {
			if words.In(d.Texts()...) {
				out = append(out, ofDocument(st, d, words))
			}
		}
	}
	slices.SortFunc(out, func(a, b Hit) int { return cmp.Compare(b.Seq, a.Seq) })
	return out, nil
}

// ofMessage: the first two texts of a message are its subject and its body.
func ofMessage(st operation.Standing, m message.Message, marks [][]textindex.Span) Hit {
	return Hit{Kind: Message, Operation: st.Operation, Seq: m.Seq, ID: string(m.ID), Organisation: organisation.Organisation{Number: m.Organisation},
		Subject: m.Subject, Template: m.Template, Language: m.Language, At: m.Written,
		Title: pieces(m.Subject, marks[0]), Snippet: around(m.Body, marks[1])}
}

func ofCase(st operation.Standing, c seizure.Case, words textindex.Query) Hit {
	texts := []string{c.Remarks}
	for _, l := range c.Goods {
		texts = append(texts, join(l.Brand, l.Description))
	}
	texts = append(texts, join(c.Place, c.Carrier))
	return Hit{Kind: Case, Operation: st.Operation, Seq: c.Seq, ID: string(c.ID), Organisation: organisation.Organisation{Number: c.Organisation},
		Reference: c.Reference, Language: c.Language, At: c.Reported, Title: pieces(c.Reference, words.Marks(c.Reference)), Snippet: snippet(words, texts...)}
}

func ofDocument(st operation.Standing, d document.Worded, words textindex.Query) Hit {
	return Hit{Kind: Document, Operation: st.Operation, Seq: d.Seq, ID: string(d.ID), Organisation: organisation.Organisation{Number: d.Organisation},
		Subject: d.Title, Template: d.Document.Kind, Language: d.Language, At: d.Published,
		Title: pieces(d.Title, words.Marks(d.Title)), Snippet: snippet(words, d.Notes...)}
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}
