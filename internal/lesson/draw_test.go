package lesson

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

func words(s string) product.Text { return product.Text{"en": s} }

// taught is a sheet with pairs and features to ask about, and some that give no question.
func taught(pairs, features int) product.Content {
	c := product.Content{Language: "en", Pairs: []product.Pair{{Genuine: "lonely"}}, Features: []product.Feature{{Title: words("Half"), Genuine: words("only genuine")}}}
	for i := range pairs {
		c.Pairs = append(c.Pairs, product.Pair{Genuine: attachment.ID(fmt.Sprint("g", i)), Fake: attachment.ID(fmt.Sprint("f", i))})
	}
	for i := range features {
		c.Features = append(c.Features, product.Feature{Title: words(fmt.Sprint("Feature ", i)), Genuine: words("good"), Fake: words("bad")})
	}
	return c
}

func pool(sheets, pairs, features int) []Question {
	var all []Question
	for s := range sheets {
		all = append(all, questions(product.ID(fmt.Sprint("sheet", s)), s, taught(pairs, features), Kinds())...)
	}
	return all
}

func none(int) bool { return false }

// Questions are made of what has both sides, in both ways that the maker chose.
func TestQuestions(t *testing.T) {
	if n, s := len(pool(2, 3, 2)), Supply(pool(2, 3, 2)); n != 20 || s != 10 {
		t.Errorf("%d questions about %d things", n, s)
	}
	if all := questions("s", 0, taught(2, 2), []string{HintKind}); len(all) != 2 || all[0].Number != 2 || all[0].Kind != HintKind {
		t.Errorf("hints only: %+v", all)
	}
	torn := product.Content{Features: []product.Feature{{Title: words("Seal"), Genuine: product.Text{"en": "round"}, Fake: product.Text{"fr": "plat"}}}}
	if all := questions("s", 0, torn, Kinds()); len(all) != 0 {
		t.Errorf("descriptions in two languages make a question: %+v", all)
	}
	c := taught(1, 1)
	c.Features[1].Spots = []product.Spot{{Pair: 2, Genuine: [2]int{100, 200}, Fake: [2]int{-1, -1}, Diameter: 80}}
	all := questions("s", 0, c, Kinds())
	if len(all[0].Spots) != 1 || all[0].Spots[0].Feature != 2 || all[2].Shown == nil || all[2].Shown.Genuine != "g0" {
		t.Errorf("where the feature is: %+v", all)
	}
	// The same question keeps its key whatever stands around it.
	c.Features = append([]product.Feature{{Title: words("New"), Genuine: words("a"), Fake: words("b")}}, c.Features...)
	if again := questions("s", 3, c, Kinds()); again[0].Key != all[0].Key || again[4].Key != all[2].Key {
		t.Errorf("keys %v, then %v", all, again)
	}
}

// What an attempt must be whatever the seed.
func TestDrawRules(t *testing.T) {
	all := pool(3, 3, 3)
	right := map[string]bool{}
	for _, q := range all {
		if q.Sheet == 0 {
			right[q.Key] = true // all of one sheet is known
		}
	}
	for seed := range 300 {
		name := fmt.Sprint("seed ", seed)
		got := draw(all, none, nil, 9, name)
		if !reflect.DeepEqual(got, draw(all, none, nil, 9, name)) {
			t.Fatal("the same seed draws otherwise")
		}
		sheets, subjects, swaps := map[int]int{}, map[string]bool{}, map[string]int{}
		total := 0
		for _, d := range got {
			q := all[d.Question]
			if subjects[q.Subject] {
				t.Fatalf("%s: one thing twice", name)
			}
			subjects[q.Subject] = true
			sheets[q.Sheet]++
			if d.Swap {
				swaps[q.Kind]++
				total++
			} else {
				swaps[q.Kind]--
				total--
			}
		}
		if len(got) != 9 || sheets[0] != 3 || sheets[1] != 3 || sheets[2] != 3 {
			t.Fatalf("%s: sheets %v", name, sheets)
		}
		for kind, n := range swaps {
			if n < -1 || n > 1 {
				t.Fatalf("%s: %s leans by %d", name, kind, n)
			}
		}
		if total < -1 || total > 1 {
			t.Fatalf("%s: answers lean by %d", name, total)
		}
		for _, d := range draw(all, none, right, 12, name) {
			if all[d.Question].Sheet == 0 {
				t.Fatalf("%s: asks what is known while the rest is not", name)
			}
		}
		for _, d := range draw(all, func(s int) bool { return s == 1 }, nil, 12, name) {
			if all[d.Question].Sheet == 1 {
				t.Fatalf("%s: asks of a sheet that is out", name)
			}
		}
	}
	if n := len(draw(all, none, nil, 30, "x")); n != 18 {
		t.Errorf("%d questions about 18 things", n)
	}
	if n := len(draw(all, none, right, 18, "x")); n != 18 {
		t.Errorf("%d questions where some are known", n)
	}
}

// chi is Pearson's statistic of counts that should be equal.
func chi(counts []int) float64 {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	want, x := float64(sum)/float64(len(counts)), 0.0
	for _, n := range counts {
		x += (float64(n) - want) * (float64(n) - want) / want
	}
	return x
}

// limit is above what chance gives once in some ten thousand times (Wilson and Hilferty).
func limit(cells int) float64 {
	k := float64(cells - 1)
	return k * math.Pow(1-2/(9*k)+3.8*math.Sqrt(2/(9*k)), 3)
}

// Over many seeds every question is drawn equally often, at every place, and its right
// answer stands on either side equally often; so at every place of the attempt.
func TestDrawIsFair(t *testing.T) {
	const seeds, n = 6000, 5
	all := pool(2, 2, 2)
	drawn, second, atPlace := make([]int, len(all)), make([][]int, len(all)), make([][]int, n)
	sheetAt, follows := make([][]int, n), make([]int, 4)
	for i := range second {
		second[i] = make([]int, 2)
	}
	for i := range atPlace {
		atPlace[i], sheetAt[i] = make([]int, 2), make([]int, 2)
	}
	for seed := range seeds {
		last := -1
		for place, d := range draw(all, none, nil, n, fmt.Sprint(seed)) {
			side := rank(d.Swap)
			drawn[d.Question]++
			second[d.Question][side]++
			atPlace[place][side]++
			sheetAt[place][all[d.Question].Sheet]++
			if last >= 0 {
				follows[2*last+side]++
			}
			last = side
		}
	}
	check := func(what string, counts []int) {
		t.Helper()
		if x, most := chi(counts), limit(len(counts)); x > most {
			t.Errorf("%s: %v, chi-square %.1f over %.1f", what, counts, x, most)
		}
	}
	check("questions", drawn)
	for i := range second {
		check(fmt.Sprint("right answer of question ", i), second[i])
	}
	for i := range atPlace {
		check(fmt.Sprint("right answer at place ", i), atPlace[i])
		check(fmt.Sprint("sheet at place ", i), sheetAt[i])
	}
	// What follows what is no coin - sides are balanced within an attempt - but it does not lean.
	if lean := math.Abs(float64(follows[1]-follows[2])) / float64(seeds); lean > 0.05 {
		t.Errorf("second after first %d times, first after second %d", follows[1], follows[2])
	}
}
