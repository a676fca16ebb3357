package lesson

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// The kinds of question (codelist.QuestionKind). Each has two answers, one of them
// right.
const (
	PairKind    = "pair"    // two pictures of the same thing: which is the fake?
	PictureKind = "picture" // one picture: genuine or fake?
	FeatureKind = "feature" // two descriptions of a feature: which is of genuine goods?
	HintKind    = "hint"    // one description of a feature: genuine or fake?
)

// Kinds lists them in their usual order.
func Kinds() []string { return []string{PairKind, PictureKind, FeatureKind, HintKind} }

// The answers of every question. Of a picture or a hint the first is "genuine", the
// second "fake"; of a pair or a feature they are the two things that are shown.
const (
	First  = "1"
	Second = "2"
)

// Question is one that may be drawn. It copies what it shows.
type Question struct {
	Key     string        // the same for the same question in every version
	Subject string        // the pair or feature that it is about: asked once an attempt
	Sheet   int           // its place in Version.Sheets
	Kind    string        //
	Number  int           // of the pair or the feature on its sheet, from 1
	Pair    product.Pair  `json:",omitzero"`  // of a pair or a picture
	Title   product.Text  `json:",omitempty"` // of a feature
	Genuine product.Text  `json:",omitempty"`
	Fake    product.Text  `json:",omitempty"`
	Spots   []NumberedAt  `json:",omitempty"` // where features are on the pair
	Shown   *product.Pair `json:",omitempty"` // of a feature or a hint: a pair on which it is, for after the answer
}

// NumberedAt is where a numbered feature is on the pair of a question.
type NumberedAt struct {
	Feature int
	At      product.Spot
}

// questions makes all questions that a sheet gives. A pair of which one side is missing
// gives none: who has only ever seen genuine pictures asked learns to say "genuine". A
// feature without the words of the fake gives none, for the same reason.
func questions(sheet product.ID, at int, c product.Content, kinds []string) []Question {
	var out []Question
	for i, p := range c.Pairs {
		if p.Genuine == "" || p.Fake == "" {
			continue
		}
		q := Question{Sheet: at, Number: i + 1, Pair: p, Spots: spotsOn(c, i+1)}
		q.Subject = keyOf(sheet, "pair", p.Genuine, p.Fake)
		out = append(out, q.as(kinds, PairKind, PictureKind)...)
	}
	for i, f := range c.Features {
		if !shareLanguage(f.Genuine, f.Fake) {
			continue
		}
		q := Question{Sheet: at, Number: i + 1, Title: f.Title, Genuine: f.Genuine, Fake: f.Fake}
		q.Subject = keyOf(sheet, "feature", f.Title, f.Genuine, f.Fake)
		q.Shown, q.Spots = shownOn(c, f, i+1)
		out = append(out, q.as(kinds, FeatureKind, HintKind)...)
	}
	return out
}

// as is the question in each of two ways of asking that the maker chose.
func (q Question) as(chosen []string, ways ...string) []Question {
	var out []Question
	for _, kind := range ways {
		if slices.Contains(chosen, kind) {
			one := q
			one.Kind, one.Key = kind, kind+"-"+q.Subject
			out = append(out, one)
		}
	}
	return out
}

// spotsOn are the features that are somewhere on a pair.
func spotsOn(c product.Content, pair int) []NumberedAt {
	var out []NumberedAt
	for i, f := range c.Features {
		for _, s := range f.Spots {
			if s.Pair == pair {
				out = append(out, NumberedAt{i + 1, s})
			}
		}
	}
	return out
}

// shownOn is the first pair on which a feature is.
func shownOn(c product.Content, f product.Feature, n int) (*product.Pair, []NumberedAt) {
	for _, s := range f.Spots {
		if s.Pair >= 1 && s.Pair <= len(c.Pairs) {
			p := c.Pairs[s.Pair-1]
			return &p, []NumberedAt{{n, s}}
		}
	}
	return nil, nil
}

// shareLanguage tells whether two texts say something in one language: descriptions
// in two languages would tell by their language which is which.
func shareLanguage(a, b product.Text) bool {
	for l, words := range a {
		if words != "" && b[l] != "" {
			return true
		}
	}
	return false
}

// Both gives both descriptions of a feature in one language: the reader's, else the
// sheet's, else any that both have.
func (q Question) Both(language, main string) (genuine, fake, in string) {
	shared := product.Text{}
	for l := range q.Genuine {
		if q.Fake[l] != "" {
			shared[l] = q.Genuine[l]
		}
	}
	genuine, in = shared.In(language, main)
	return genuine, q.Fake[in], in
}

func keyOf(sheet product.ID, kind string, of ...any) string {
	b, err := json.Marshal(append([]any{sheet, kind}, of...))
	if err != nil {
		panic(err) // plain data
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// Pictures lists the attachments that a question may show.
func (q Question) Pictures() []attachment.ID {
	var out []attachment.ID
	pairs := []product.Pair{q.Pair}
	if q.Shown != nil {
		pairs = append(pairs, *q.Shown)
	}
	for _, p := range pairs {
		for _, id := range []attachment.ID{p.Genuine, p.Fake} {
			if id != "" {
				out = append(out, id)
			}
		}
	}
	return out
}

// Supply is how many questions one attempt at a lesson can have at most: as many as
// there are pairs and features to ask about.
func Supply(all []Question) int {
	seen := map[string]bool{}
	for _, q := range all {
		seen[q.Subject] = true
	}
	return len(seen)
}
