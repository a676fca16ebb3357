package lesson

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// attempts are those of one learner under one hat at one lesson, in their order, with
// what was answered.
type attempts struct {
	all  []Attempt
	said map[int64]map[int64]Answer // by attempt and number
}

// attempts gives those of the actor at a lesson.
func (k *looking) attempts(l Lesson) (attempts, error) {
	var out attempts
	op := k.st.Operation.Number
	var err error
	out.all, err = db.All(k.tx, selectMineAt, db.Decoded[Attempt], op, l.Seq, k.st.Who.Person, k.st.Who.Organisation)
	if err != nil {
		return out, err
	}
	var seqs db.List
	for _, a := range out.all {
		seqs = append(seqs, a.Seq)
	}
	out.said, err = answersOf(k.tx, op, seqs...)
	return out, err
}

// open is the attempt that has a question left; nil: there is none. Where the sheets of
// all that were left went out of use, nothing is left.
func (t attempts) open(k *looking) (*Attempt, error) {
	for i := len(t.all) - 1; i >= 0; i-- {
		a := t.all[i]
		if !a.Done.IsZero() {
			continue
		}
		v, err := versionOf(k.tx, k.st.Operation.Number, a.Lesson, a.Version)
		if err != nil {
			return nil, err
		}
		gone, err := k.gone(v)
		if err != nil {
			return nil, err
		}
		if a.next(v, t.said[a.Seq], gone) > 0 {
			return &a, nil
		}
	}
	return nil, nil
}

// last is the newest attempt with no question left; nil: there is none.
func (t attempts) last(k *looking) (*Attempt, error) {
	open, err := t.open(k)
	if err != nil {
		return nil, err
	}
	for i := len(t.all) - 1; i >= 0; i-- {
		a := t.all[i]
		if a.Answered > 0 && (open == nil || a.Seq != open.Seq) {
			return &a, nil
		}
	}
	return nil, nil
}

// since counts those that began after a moment.
func (t attempts) since(moment time.Time) int {
	n := 0
	for _, a := range t.all {
		if a.Began.After(moment) {
			n++
		}
	}
	return n
}

// right are the questions that the learner answered rightly the last time they were
// asked, by their keys.
func (t attempts) right() map[string]bool {
	out := map[string]bool{}
	for _, a := range t.all { // attempts and answers in their order: what was said last holds
		for n := range a.Drawn {
			if said, is := t.said[a.Seq][int64(n+1)]; is {
				out[said.Question] = said.Right
			}
		}
	}
	return out
}
