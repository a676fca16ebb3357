package lesson

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// However often a holder looks, no figure ever moves by fewer than five learners, and
// none stands for fewer.
func TestFiguresMoveByCrowds(t *testing.T) {
	v := Version{Sheets: []Copied{{Sheet: "s"}}}
	for i := range 6 {
		v.Questions = append(v.Questions, Question{Key: fmt.Sprint("q", i)})
	}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		var all []learner
		was := Figures{}
		for range 40 {
			l := learner{country: []string{"XA", "XA", "XB", "XC", ""}[r.IntN(5)]}
			for _, q := range r.Perm(len(v.Questions))[:1+r.IntN(4)] {
				l.said = append(l.said, Answer{Question: v.Questions[q].Key, Right: r.IntN(3) > 0})
			}
			all = append(all, l)
			now := figuresOf(all, v)
			if moved := now.Learners - was.Learners; moved != 0 && moved != Crowd || now.Learners != int64(len(all)/Crowd*Crowd) {
				t.Fatalf("seed %d: learners from %d to %d of %d", seed, was.Learners, now.Learners, len(all))
			}
			rest := now.Learners
			for _, c := range now.Countries {
				if rest -= c.Learners; c.Learners < Crowd || c.Learners%Crowd != 0 {
					t.Fatalf("seed %d: %+v", seed, c)
				}
			}
			if rest < 0 || rest%Crowd != 0 { // what is left over of all countries is no smaller crowd
				t.Fatalf("seed %d: %d are left over", seed, rest)
			}
			compare(t, was, now, all, v)
			was = now
		}
	}
}

// compare holds figures of questions against those before them, and against a slow way
// of counting.
func compare(t *testing.T, was, now Figures, all []learner, v Version) {
	t.Helper()
	before := map[string]QuestionFigure{}
	for _, q := range was.Questions {
		before[q.Question.Key] = q
	}
	shown := map[string]bool{}
	for _, q := range now.Questions {
		b := before[q.Question.Key]
		shown[q.Question.Key] = true
		if moved := q.Asked - b.Asked; moved%Crowd != 0 || moved == 0 && q.Missed != b.Missed || moved < 0 || q.Missed-b.Missed > moved {
			t.Fatalf("a question from %d/%d to %d/%d", b.Missed, b.Asked, q.Missed, q.Asked)
		}
		asked, missed, pending := int64(0), int64(0), int64(0)
		for n, l := range all {
			for _, a := range l.said {
				if n < int(now.Learners) && a.Question == q.Question.Key {
					if !a.Right {
						pending++
					}
					if asked++; asked%Crowd == 0 {
						missed, pending = missed+pending, 0
					}
				}
			}
		}
		if asked = asked / Crowd * Crowd; asked != q.Asked || missed != q.Missed {
			t.Fatalf("a question %d/%d, counted slowly %d/%d", q.Missed, q.Asked, missed, asked)
		}
	}
	for key := range before {
		if !shown[key] {
			t.Fatalf("question %s went away", key)
		}
	}
}
