package nominal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestName  = 5 // words
	longestLabel = 4 // words
)

// names finds names in scripts that part words by blanks.
func (s *scan) names() {
	for i := range s.words {
		w := s.word(i)
		if w.sign {
			s.labelled(i)
			continue
		}
		switch {
		case titles[w.low] && (w.low != "ms" || w.text == "Ms"): // MS is a motor ship
			s.titled(i)
		case w.text == "M" && s.word(i+1).text == "." && s.word(i+2).space: // M. Dupont
			s.titled(i)
		case arabicTitles[w.low]:
			s.arabicTitled(i)
		case given[w.low]:
			s.givenName(i)
		case strings.HasSuffix(w.low, "вич") || strings.HasSuffix(w.low, "вна") || strings.HasSuffix(w.low, "вича") || strings.HasSuffix(w.low, "вны"):
			s.patronymic(i)
		case isInitial(w.text):
			s.initials(i)
		case roles[w.low]:
			s.role(i)
		}
	}
}

// capital tells whether a word is written as a name: it begins with a capital
// letter, or its script has none. Numbers are no names.
func capital(w word) bool {
	r, _ := utf8.DecodeRuneInString(w.text)
	return !w.sign && !w.digits && (unicode.IsUpper(r) || unicode.Is(unicode.Arabic, r))
}

func isInitial(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return n == len(text) && unicode.IsUpper(r)
}

// run tells where a name ends that begins with word i: capital words, particles
// and initials, on one line.
func (s *scan) run(i, most int) (end, names int) {
	end = i
	for n := i; n < len(s.words) && n < i+most; n++ {
		w := s.word(n)
		switch {
		case n > i && w.line || n > i && !w.space && s.word(n-1).text != ".":
			return end, names
		case capital(w) && !particles[w.low]:
			if isInitial(w.text) && s.word(n+1).text == "." {
				n++
				most++
			} else {
				names++
			}
			end = n + 1
		case particles[w.low] && n > i:
			if capital(w) {
				end = n + 1
			}
		case particles[w.low]:
		default:
			return end, names
		}
	}
	return end, names
}

func (s *scan) named(from, to int, why string) {
	if to > from {
		s.hit(Name, s.words[from].start, s.words[to-1].end, why)
	}
}

// titled looks behind a title.
func (s *scan) titled(i int) {
	from := i + 1
	if s.word(from).text == "." {
		from++
	}
	first := s.word(from)
	if first.line || !capital(first) && !particles[first.low] || notNames[first.low] {
		return
	}
	switch prev := s.word(i - 1); {
	case s.word(i).line:
	case things[prev.low]: // MV Dr Hassan
		return
	case s.word(i).low == "sr" && capital(prev), s.word(i).low == "гр" && prev.digits: // John Smith Sr; 200 grams
		return
	}
	if to, names := s.run(from, longestName); names > 0 {
		s.named(from, to, ByTitle)
	}
}

// arabicTitled looks behind an Arabic title, which has no capital letter to help.
func (s *scan) arabicTitled(i int) {
	first := s.word(i + 1)
	if first.line || !capital(first) || posts[first.low] || bodies[first.low] || things[first.low] {
		return
	}
	to := i + 2
	for to < i+1+longestName && s.word(to).space && !s.word(to).line && capital(s.word(to)) && !posts[s.word(to).low] &&
		(given[s.word(to).low] || particles[s.word(to).low] || particles[s.word(to-1).low] || strings.HasPrefix(s.word(to).low, "ال")) {
		to++
	}
	s.named(i+1, to, ByTitle)
}

// labelled looks at a colon, or what is like one: whether a label stands before it
// and a name behind.
func (s *scan) labelled(i int) {
	if w := s.word(i); w.text != ":" && w.text != "=" || i == 0 {
		return
	}
	label := ""
	found, one := 0, false
	for n := 1; n <= longestLabel && i-n >= 0 && !s.word(i-n).sign; n++ {
		label = strings.TrimRight(s.word(i-n).low+" "+label, " ")
		if labels[label] {
			found, one = n, oneName[label]
		}
		if s.word(i - n).line {
			break
		}
	}
	before := s.word(i - found - 1)
	if found == 0 || !s.word(i-found).line && ofThings[before.low] {
		return
	}
	from := i + 1
	if titles[s.word(from).low] || s.word(from).line {
		return // its title says so, or nothing stands there
	}
	to, names := s.run(from, longestName+1)
	if names == 0 || names == 1 && !one || s.body(from, to) {
		return
	}
	s.named(from, to, ByLabel)
}

// body tells whether the words, or those behind them on the line, name a company.
func (s *scan) body(from, to int) bool {
	for n := from; n < to+3; n++ {
		w := s.word(n)
		beyond := n >= to
		if beyond && (w.line || w.sign && w.text != "." && w.text != "&" && w.text != "," || n > to && !w.sign && !capital(w)) {
			return false
		}
		if bodies[w.low] || !beyond && things[w.low] || w.text == "&" {
			return true
		}
		if beyond && !w.sign && !capital(w) {
			return false
		}
	}
	return false
}

// role looks behind a word for somebody of whom a name follows at once.
func (s *scan) role(i int) {
	first := s.word(i + 1)
	if !first.space || first.line || !capital(first) || makes[s.word(i).low+" "+first.low] {
		return
	}
	if to, names := s.run(i+1, longestName); names >= 2 && !s.body(i+1, to) && !titles[first.low] {
		s.named(i+1, to, ByLabel)
	}
}

// givenName looks at a given name that many people bear: with another name behind
// it, or a family name in capitals before it.
func (s *scan) givenName(i int) {
	w := s.word(i)
	if !capital(w) || s.isThing(i) {
		return
	}
	if prev := s.word(i - 1); w.space && !w.line && !prev.sign && len(prev.text) > 3 && prev.text == strings.ToUpper(prev.text) && capital(prev) &&
		w.text != strings.ToUpper(w.text) && !bodies[prev.low] && !things[prev.low] && !titles[prev.low] { // DIALLO Mamadou
		s.named(i-1, i+1, ByGiven)
		return
	}
	arabic := unicode.Is(unicode.Arabic, []rune(w.text)[0])
	to, names := s.run(i, longestName)
	if arabic {
		to, names = s.arabicRun(i)
	}
	if names >= 2 && !s.body(i, to) {
		s.named(i, to, ByGiven)
	}
}

// arabicRun is run for a script without capital letters: what goes on must be a
// given name, a particle with what follows it, or a word with the article.
func (s *scan) arabicRun(i int) (end, names int) {
	end, names = i+1, 1
	for n := i + 1; n < i+longestName && s.word(n).space && !s.word(n).line; n++ {
		w := s.word(n)
		if !capital(w) || posts[w.low] {
			break
		}
		if !given[w.low] && !particles[w.low] && !particles[s.word(n-1).low] && !(strings.HasPrefix(w.low, "ال") && len([]rune(w.low)) > 4) {
			break
		}
		if !particles[w.low] {
			end, names = n+1, names+1
		}
	}
	return end, names
}

// isThing tells whether the words around a given name make it the name of a thing:
// a vessel, a place, a trade mark.
func (s *scan) isThing(i int) bool {
	for n := 1; n <= 3; n++ {
		w := s.word(i - n)
		if s.word(i - n + 1).line {
			break
		}
		if things[w.low] || w.low == "v" && s.word(i-n-1).text == "/" { // M/V
			return true
		}
	}
	two := s.word(i).low + " " + s.word(i+1).low
	return makes[two] || makes[two+" "+s.word(i+2).low] || makes[s.word(i-1).low+" "+s.word(i).low] || things[s.word(i+1).low] || things[s.word(i+2).low] && !s.word(i+2).line
}

// patronymic looks at a word that ends as Russian patronymics do.
func (s *scan) patronymic(i int) {
	w, prev := s.word(i), s.word(i-1)
	if !capital(w) || !w.space || w.line || !capital(prev) || len([]rune(w.text)) < 6 {
		return
	}
	from, to := i-1, i+1
	if before := s.word(i - 2); prev.space && !prev.line && capital(before) {
		from--
	} else if next := s.word(i + 1); next.space && !next.line && capital(next) {
		to++
	}
	s.named(from, to, ByForm)
}

// initials looks at Иванов И. И. and И. И. Иванов; in Latin letters such initials
// are those of companies as often.
func (s *scan) initials(i int) {
	w := s.word(i)
	if r, _ := utf8.DecodeRuneInString(w.text); !unicode.Is(unicode.Cyrillic, r) || s.word(i+1).text != "." || !isInitial(s.word(i+2).text) || s.word(i+3).text != "." {
		return
	}
	if prev := s.word(i - 1); w.space && !w.line && capital(prev) && len([]rune(prev.text)) > 2 {
		s.named(i-1, i+4, ByForm)
	} else if next := s.word(i + 4); !next.line && capital(next) && len([]rune(next.text)) > 2 {
		s.named(i, i+5, ByForm)
	}
}
