package lesson

import (
	"cmp"
	"crypto/sha256"
	"math/rand/v2"
	"slices"
)

// Drawn is a question as it was drawn for an attempt.
type Drawn struct {
	Question int  // its place in Version.Questions
	Swap     bool // the right answer is the second
}

// RightOption is the right answer.
func (d Drawn) RightOption() string {
	if d.Swap {
		return Second
	}
	return First
}

// FakeFirst tells of a pair whether the fake is shown first: it is asked for.
func (d Drawn) FakeFirst() bool { return !d.Swap }

// ShowsFake tells of a picture or a hint whether the fake is shown.
func (d Drawn) ShowsFake() bool { return d.Swap }

// draw draws n of the questions that are not out, or fewer where there are not so many
// to ask about. The same seed draws the same.
//
// What the learner has not answered rightly yet comes first. Then sheets get equally
// many, then kinds, and chance decides the rest. A pair or a feature is asked about once:
// a question must not give the answer to another. Right answers stand first and second
// equally often in each kind, as far as numbers are even, and at random places.
func draw(all []Question, out func(sheet int) bool, right map[string]bool, n int, seed string) []Drawn {
	r := rand.New(rand.NewChaCha8(sha256.Sum256([]byte(seed))))
	order := r.Perm(len(all)) // the chance that decides between equals
	sheets, kinds, used := map[int]int{}, map[string]int{}, map[string]bool{}
	var chosen []int
	for len(chosen) < n {
		best := -1
		for _, i := range order {
			q := all[i]
			if used[q.Subject] || out(q.Sheet) {
				continue
			}
			if best < 0 || cmp.Or(rank(right[q.Key])-rank(right[all[best].Key]), sheets[q.Sheet]-sheets[all[best].Sheet], kinds[q.Kind]-kinds[all[best].Kind]) < 0 {
				best = i
			}
		}
		if best < 0 {
			break
		}
		q := all[best]
		chosen = append(chosen, best)
		used[q.Subject] = true
		sheets[q.Sheet]++
		kinds[q.Kind]++
	}
	r.Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
	return sides(r, all, chosen)
}

// sides says of each chosen question where its right answer stands.
func sides(r *rand.Rand, all []Question, chosen []int) []Drawn {
	places := map[string][]int{} // of each kind, in the order of the kinds
	for at, i := range chosen {
		places[all[i].Kind] = append(places[all[i].Kind], at)
	}
	out := make([]Drawn, len(chosen))
	odd := r.IntN(2) == 0 // the one that is left over of a kind stands on this side, of the next kind on the other
	kinds := Kinds()
	r.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	for _, kind := range kinds {
		at := slices.Clone(places[kind])
		r.Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
		for n, place := range at {
			out[place] = Drawn{chosen[place], n%2 == 0}
		}
		if len(at)%2 == 1 {
			out[at[len(at)-1]].Swap = odd
			odd = !odd
		}
	}
	return out
}

func rank(last bool) int {
	if last {
		return 1
	}
	return 0
}
