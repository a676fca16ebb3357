package textindex

import "strings"

// Version is the number of the segmenter and of the form in which words are kept:
// with another one every index is made again.
const Version = 2

// Bounds of what is indexed. longest is characters of a word, of which the rest
// is not looked at; maxWords is bytes of one record's words, maxKept of these
// under all keys, fewer than PostgreSQL's limit of 1 MiB allows. No record that the
// rules take reaches it.
const (
	longest  = 64
	maxWords = 400 << 10
	maxKept  = 1000 << 10
)

// token is a word of a text.
type token struct {
	text       string
	at         int  // place among the words of the text
	start, end int  // bytes of the text
	beside     bool // a part or a whole of a code: it stands beside the words and in no phrase
}

// segment cuts a text into words, in their order; those beside come after.
func segment(text string) []token {
	glyphs := fold(text)
	s := &segmenter{glyphs: glyphs}
	for i := 0; i < len(glyphs); {
		c := classOf(glyphs[i].r)
		j := i + 1
		for j < len(glyphs) && classOf(glyphs[j].r) == c {
			j++
		}
		switch c {
		case letter:
			s.word(i, j)
		case dense:
			s.pairs(i, j)
		}
		i = j
	}
	s.codes()
	return append(s.words, s.beside...)
}

type segmenter struct {
	glyphs []glyph
	words  []token
	beside []token
	parts  []part
}

func (s *segmenter) text(i, j int) string {
	var b strings.Builder
	for _, g := range s.glyphs[i:min(j, i+longest)] {
		b.WriteRune(g.r)
	}
	return b.String()
}

func (s *segmenter) token(i, j int) token {
	return token{text: s.text(i, j), at: len(s.words), start: s.glyphs[i].start, end: s.glyphs[j-1].end}
}

// word takes a word, and the parts of one in which letters and digits meet.
func (s *segmenter) word(i, j int) {
	at := len(s.words)
	s.words = append(s.words, s.token(i, j))
	first := len(s.parts)
	for from := i; from < j; {
		k := from + 1
		for k < j && isDigit(s.glyphs[k].r) == isDigit(s.glyphs[from].r) {
			k++
		}
		s.parts = append(s.parts, part{from: from, to: k, at: at, digits: isDigit(s.glyphs[from].r)})
		from = k
	}
	if len(s.parts)-first < 2 {
		return
	}
	for _, p := range s.parts[first:] {
		if p.to-p.from > 1 {
			t := s.token(p.from, p.to)
			t.at, t.beside = at, true
			s.beside = append(s.beside, t)
		}
	}
}

// pairs takes a run of a script without spaces: each letter with the next, and
// the last alone, so that one letter is found as the beginning of a word.
func (s *segmenter) pairs(i, j int) {
	for ; i < j; i++ {
		s.words = append(s.words, s.token(i, min(i+2, j)))
	}
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// words are the distinct words of texts as the index keeps them.
func words(texts []string) []string {
	seen := map[string]bool{}
	var out []string
	size := 0
	for _, text := range texts {
		for _, t := range segment(text) {
			if seen[t.text] || size+len(t.text) > maxWords {
				continue
			}
			seen[t.text] = true
			size += len(t.text)
			out = append(out, t.text)
		}
	}
	return out
}
