package guess

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// distance is the number of letters to add, drop, change or swap with their
// neighbour to make one word of the other (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	n := len(y) + 1
	rows := make([]int, 3*n) // this row and the two before it
	for j := range n {
		rows[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now, last, before := rows[i%3*n:][:n], rows[(i+2)%3*n:][:n], rows[(i+1)%3*n:][:n]
		now[0] = i
		for j := 1; j < n; j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
	}
	return rows[len(x)%3*n+n-1]
}

// slips is how many slips of the keyboard a word of that length may have.
func slips(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 5:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// likeness tells how a value came to its code.
type likeness struct {
	code string
	word string // the word of the vocabulary
	how  string // "", "spelling" or "word"
}

// likely finds the code of a value among words: the word itself, a misspelling
// of it, or a value of a few words one of which it is. Two codes are no code.
func likely(value string, words map[string]string) (likeness, bool) {
	p := sheet.Plain(value)
	if code, ok := words[whole+p]; ok {
		return likeness{code: code, word: p}, true
	}
	if code, ok := words[p]; ok {
		return likeness{code: code, word: p}, code != ""
	}
	if l, ok := misspelt(p, words); ok {
		return l, true
	}
	tokens := strings.Fields(p)
	if len(tokens) > 6 {
		return likeness{}, false // a sentence says more than a code
	}
	var found likeness
	for i := range tokens {
		for j := i + 1; j <= len(tokens); j++ {
			phrase := strings.Join(tokens[i:j], " ")
			code, ok := words[phrase]
			if !ok || code == "" || utf8.RuneCountInString(phrase) < 3 {
				continue
			}
			if found.code != "" && found.code != code {
				return likeness{}, false
			}
			if utf8.RuneCountInString(phrase) > utf8.RuneCountInString(found.word) {
				found = likeness{code, phrase, "word"}
			}
		}
	}
	return found, found.code != ""
}

// misspelt finds the one code whose word is nearest, if it is near enough.
func misspelt(p string, words map[string]string) (likeness, bool) {
	allowed := slips(p)
	if allowed == 0 {
		return likeness{}, false
	}
	var best likeness
	near, clash := allowed+1, false
	for word, code := range words {
		if strings.HasPrefix(word, whole) {
			continue
		}
		if abs(len(word)-len(p)) > 4*allowed || code == "" || slips(word) == 0 {
			continue
		}
		d := distance(p, word)
		switch {
		case d < near, d == near && code == best.code && word < best.word:
			near, best, clash = d, likeness{code, word, "spelling"}, false
		case d == near && code != best.code:
			clash = true
		}
	}
	return best, near <= allowed && !clash
}

func abs(n int) int { return max(n, -n) }

// headingScore tells how well a heading names a field: 100 for the very words,
// less for a misspelling or for words among others.
func headingScore(h string, names []string) int {
	tokens := strings.Fields(h)
	best := 0
	for _, name := range names {
		switch {
		case h == name:
			return 100
		case slips(name) > 0 && slips(h) > 0 && abs(len(h)-len(name)) <= 8 && distance(h, name) <= min(slips(h), slips(name)):
			best = max(best, 80)
		case containsRun(tokens, strings.Fields(name)):
			n := len(strings.Fields(name))
			best = max(best, min(95, 62+8*n)-4*(len(tokens)-n))
		}
	}
	return best
}

func containsRun(tokens, run []string) bool {
	for i := 0; i+len(run) <= len(tokens); i++ {
		if slices.Equal(tokens[i:i+len(run)], run) {
			return true
		}
	}
	return false
}
