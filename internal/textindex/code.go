package textindex

// part is a run of letters or of digits inside a word.
type part struct {
	from, to int // characters
	at       int // place of its word
	digits   bool
}

// Bounds of a code that is joined over its hyphens.
const (
	maxParts = 12
	maxCode  = 40
)

// codes puts a whole beside the words of each code that is written in several:
// chains over hyphens and strokes that hold a digit, and the forms that are
// written with spaces.
func (s *segmenter) codes() {
	for i := 0; i < len(s.parts); {
		n := s.chain(i)
		s.whole(i, n)
		i += n
	}
	for i := range s.parts {
		for _, form := range []func(int) int{s.container, s.postal, s.waybill} {
			if n := form(i); n > 1 {
				s.whole(i, n)
			}
		}
	}
}

// join is what stands between a part and the one before it.
type join int

const (
	far     join = iota
	none         // letters and digits of one word
	hyphen       // one hyphen or stroke
	spacing      // one space
)

func (s *segmenter) joinOf(i int) join {
	if i == 0 || i >= len(s.parts) {
		return far
	}
	before, p := s.parts[i-1], s.parts[i]
	switch p.from - before.to {
	case 0:
		return none
	case 1:
		switch s.glyphs[before.to].r {
		case '-', '/', '_', '‐', '‑', '‒', '–', '−':
			return hyphen
		case ' ':
			return spacing
		}
	}
	return far
}

// chain tells how many parts from i on hang together without a space.
func (s *segmenter) chain(i int) int {
	n := 1
	for j := s.joinOf(i + n); j == none || j == hyphen; j = s.joinOf(i + n) {
		n++
	}
	return n
}

// whole puts the parts, joined, beside the words, if they are several words and
// hold a digit.
func (s *segmenter) whole(i, n int) {
	first, last := s.parts[i], s.parts[i+n-1]
	if first.at == last.at || n > maxParts {
		return
	}
	text, digits := "", false
	for _, p := range s.parts[i : i+n] {
		text += s.text(p.from, p.to)
		digits = digits || p.digits
	}
	if digits && len(text) <= maxCode {
		s.beside = append(s.beside, token{text: text, at: first.at, start: s.glyphs[first.from].start, end: s.glyphs[last.to-1].end, beside: true})
	}
}

// begins tells whether a part begins a word.
func (s *segmenter) begins(i int) bool { return i < len(s.parts) && s.joinOf(i) != none }

// letters tells whether part i is so many letters.
func (s *segmenter) letters(i, n int) bool {
	return i < len(s.parts) && !s.parts[i].digits && s.parts[i].to-s.parts[i].from == n
}

// digits tells how many parts from i on, near each other, hold exactly n digits.
func (s *segmenter) digits(i, n int) int {
	for k := 0; i+k < len(s.parts) && s.parts[i+k].digits && s.joinOf(i+k) != far; k++ {
		if n -= s.parts[i+k].to - s.parts[i+k].from; n <= 0 {
			if n == 0 {
				return k + 1
			}
			break
		}
	}
	return 0
}

// ends tells whether the word ends before part i.
func (s *segmenter) ends(i int) bool { return i >= len(s.parts) || s.joinOf(i) != none }

// container: ISO 6346, four letters and seven digits.
func (s *segmenter) container(i int) int {
	if n := s.digits(i+1, 7); n > 0 && s.begins(i) && s.letters(i, 4) && s.ends(i+1+n) {
		return 1 + n
	}
	return 0
}

// postal: UPU S10, two letters, nine digits, two letters.
func (s *segmenter) postal(i int) int {
	n := s.digits(i+1, 9)
	if n > 0 && s.begins(i) && s.letters(i, 2) && s.letters(i+1+n, 2) && s.joinOf(i+1+n) != far && s.ends(i+2+n) {
		return 2 + n
	}
	return 0
}

// waybill: IATA, three digits and eight.
func (s *segmenter) waybill(i int) int {
	if !s.begins(i) || !s.parts[i].digits || s.parts[i].to-s.parts[i].from != 3 {
		return 0
	}
	if n := s.digits(i+1, 8); n > 0 && s.ends(i+1+n) {
		return 1 + n
	}
	return 0
}
