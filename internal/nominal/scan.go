package nominal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scan is one look at one text. It works on a copy in which digits of every
// script are 0 to 9, wide letters narrow, all dashes and blanks plain, and what is
// not seen left out; at gives for each byte of the copy where it came from.
type scan struct {
	text  string
	from  string // the text as it came
	at    []int
	words []word
	goods []bool // by byte: of a number by which goods travel, or of a date
	hits  []Hit
	east  bool // some of it is written in Thai, Chinese, Japanese or Korean
	dial  bool // there are digits
	steps int  // how often a word was looked at; a test counts them
}

// word is a run of letters, or of letters and digits, or one sign.
type word struct {
	start, end int
	text       string // as in the copy
	low        string // lower case
	space      bool   // a blank stands before it
	line       bool   // a new line begins with it
	sign       bool
	digits     bool // holds a digit
}

func newScan(text string) *scan {
	s := &scan{from: text}
	s.copy(text)
	s.split()
	s.goods = make([]bool, len(s.text))
	for _, form := range goodsForms {
		for _, at := range form.FindAllStringIndex(s.text, -1) {
			for i := at[0]; i < at[1]; i++ {
				s.goods[i] = true
			}
		}
	}
	return s
}

func (s *scan) copy(text string) {
	var b strings.Builder
	b.Grow(len(text))
	s.at = make([]int, 0, len(text)+1)
	for i, r := range text {
		if r == utf8.RuneError || unicode.Is(unicode.Cf, r) {
			continue
		}
		s.east = s.east || r >= 0x2e80 || r >= 0x0e00 && r <= 0x0e7f
		before := b.Len()
		b.WriteRune(plain(r))
		for range b.Len() - before {
			s.at = append(s.at, i)
		}
	}
	s.text = b.String()
	s.dial = strings.ContainsAny(s.text, "0123456789")
}

// width is how many bytes of the text a byte of the copy came from.
func (s *scan) width(i int) int {
	_, n := utf8.DecodeRuneInString(s.from[s.at[i]:])
	return n
}

func plain(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case unicode.Is(unicode.Nd, r):
		n := rune(0)
		for n < 9 && unicode.Is(unicode.Nd, r-n-1) {
			n++
		}
		return '0' + n
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xff01 + '!'
	case r >= 0x2010 && r <= 0x2015 || r == 0x2212:
		return '-'
	case r == 0x2019 || r == 0x2018 || r == 0x02bc:
		return '\''
	case r == 0x2028 || r == 0x2029:
		return '\n'
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// split cuts the copy into words. An apostrophe, a point or a hyphen between
// letters of a name stays in the word: O'Brien, г-н, Jean-Pierre.
func (s *scan) split() {
	space, line := false, true
	for i := 0; i < len(s.text); {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		switch {
		case r == '\n' || r == '\r':
			space, line = true, true
			i += n
			continue
		case unicode.IsSpace(r):
			space = true
			i += n
			continue
		}
		w := word{start: i, space: space, line: line}
		if part(r) {
			i = s.wordEnd(i)
		} else {
			i, w.sign = i+n, true
		}
		w.end = i
		w.text = s.text[w.start:w.end]
		w.low = strings.ToLower(w.text)
		w.digits = strings.ContainsAny(w.text, "0123456789")
		s.words = append(s.words, w)
		space, line = false, false
	}
}

func part(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || r >= '0' && r <= '9' }

func (s *scan) wordEnd(i int) int {
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if !part(r) {
			next, _ := utf8.DecodeRuneInString(s.text[i+n:])
			if r != '\'' && r != '-' || !unicode.IsLetter(next) {
				break
			}
		}
		i += n
	}
	return i
}

// word gives a word, or none beyond the ends.
func (s *scan) word(i int) word {
	s.steps++
	if i < 0 || i >= len(s.words) {
		return word{sign: true, line: true}
	}
	return s.words[i]
}

// ofGoods tells whether a place is a number by which goods travel, or a date.
func (s *scan) ofGoods(start, end int) bool { return s.goods[start] && s.goods[end-1] }
