package practice

import (
	"errors"
	"math"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/warning"
)

// Limits of what is looked at.
const (
	mostCases    = 5000
	mostMessages = 2000
	pageOfCases  = 500
)

// Item is one task as somebody stands with it. Everything but when it was begun is
// told by the records that they wrote.
type Item struct {
	Task    Task
	Begun   time.Time // zero: not yet
	from    int64     // number of the step that began it: what counts came after
	Remarks []Remark  // none: nothing was written yet
	Case    string    // reference of the case that was judged
	Message int64     // number of the message that was judged, or is to be answered
	Done    bool
}

// look is what stands in a practice, as some organisation may read it.
type look struct {
	practice Practice
	of       operation.Operation
	tasks    []Task
	steps    []Step
	cases    []seizure.Case    // newest first
	answers  []message.Message // feedback, newest first
	letters  []message.Message // newest first
	seeds    map[string]int64  // numbers of warnings, by name
	acks     []warning.Act
	nothing  []nilreport.Report
	known    string // reference of the case that is there already
	bodies   map[int64]organisation.Organisation
}

func lookAt(tx *db.Tx, p Practice, o operation.Operation, reader int64) (*look, error) {
	l := &look{practice: p, of: o, seeds: map[string]int64{}, bodies: map[int64]organisation.Organisation{}}
	op := o.Number
	readable, err := audience.Open(tx, op, reader)
	if err != nil {
		return nil, err
	}
	if l.tasks, err = db.All(tx, selectTasks, db.Decoded[Task], op); err != nil {
		return nil, err
	}
	if l.steps, err = db.All(tx, selectSteps, db.Decoded[Step], op); err != nil {
		return nil, err
	}
	for before := int64(math.MaxInt64); len(l.cases) < mostCases; {
		page, err := seizure.Back(tx, op, readable, before, pageOfCases)
		if err != nil {
			return nil, err
		}
		l.cases = append(l.cases, page...)
		if len(page) < pageOfCases {
			break
		}
		before = page[len(page)-1].Seq
	}
	if err := l.uncopied(tx); err != nil {
		return nil, err
	}
	if l.letters, err = message.Latest(tx, op, readable, mostMessages); err != nil {
		return nil, err
	}
	if l.answers, err = message.Feedbacks(tx, op, readable); err != nil {
		return nil, err
	}
	return l, errors.Join(l.rest(tx, readable), l.seeded(tx, readable))
}

// uncopied leaves out the cases of a replay: whoever plays its days has not written them.
func (l *look) uncopied(tx *db.Tx) error {
	days, err := db.All(tx, selectDays, db.Decoded[Day], l.of.Number)
	if err != nil {
		return err
	}
	copies := map[seizure.ID]bool{}
	for _, d := range days {
		for _, c := range d.Cases {
			copies[c.ID] = true
		}
	}
	l.cases = slices.DeleteFunc(l.cases, func(c seizure.Case) bool { return copies[c.ID] })
	return nil
}

func (l *look) rest(tx *db.Tx, readable db.List) (err error) {
	if len(l.of.Phases) == 0 {
		return nil
	}
	first, last := l.of.Phases[0].Starts, l.of.Phases[len(l.of.Phases)-1].Ends
	l.nothing, err = nilreport.Between(tx, l.of.Number, readable, first, last)
	return err
}

// seeded finds what the practice's own coordination wrote.
func (l *look) seeded(tx *db.Tx, readable db.List) error {
	all, err := message.Warnings(tx, l.of.Number, readable)
	if err != nil {
		return err
	}
	var numbers []int64
	for _, s := range seeds(l.practice, l.tasks, Round(l.steps)) {
		for _, m := range all {
			if !s.Case && string(m.ID) == s.ID {
				l.seeds[s.Name] = m.Seq
				numbers = append(numbers, m.Seq)
			}
		}
	}
	if l.acks, err = warning.Acknowledged(tx, l.of.Number, numbers...); err != nil {
		return err
	}
	c, err := seizure.Named(tx, l.of.Number, l.practice.Organisation, seizure.ID(seedID(l.practice.ID, cases[0], 1)))
	if errors.Is(err, db.ErrNone) {
		return nil
	}
	l.known = c.Reference
	return err
}

// body gives an organisation, read once.
func (l *look) body(tx *db.Tx, number int64) (organisation.Organisation, error) {
	if o, ok := l.bodies[number]; ok {
		return o, nil
	}
	o, err := organisation.One(tx, number)
	l.bodies[number] = o
	return o, err
}

// items gives all tasks as one person stands with them.
func (l *look) items(tx *db.Tx, person string, own int64) ([]Item, error) {
	body, err := l.body(tx, own)
	if err != nil {
		return nil, err
	}
	out := make([]Item, len(l.tasks))
	for i, t := range l.tasks {
		since := begun(l.steps, person, t.Number)
		t.Expect = l.resolved(t.Expect, since.At, body)
		out[i] = Item{Task: t, Begun: since.At, from: since.Seq}
	}
	l.judgeCases(out, person)
	for i := range out {
		if it := &out[i]; !it.Begun.IsZero() {
			l.judgeOther(it, person, own, body)
			it.Done = Done(it.Remarks)
		}
	}
	return out, nil
}

// resolved puts in what stands for something else: the day, the own country, the case
// that is there.
func (l *look) resolved(all []Expected, since time.Time, body organisation.Organisation) []Expected {
	var out []Expected
	for _, e := range all {
		switch {
		case e.Path == "day" && e.Value == Today:
			e.Value = nilreport.Today(body, since)
		case e.Path == "country" && e.Value == Own:
			e.Value = body.Country
		case e.Path == "reference":
			e.Value = l.known
		}
		if e.Value != "" {
			out = append(out, e)
		}
	}
	return out
}

// judgeCases gives each of somebody's cases to the task that it is most like, and
// judges of each task the newest of the best.
func (l *look) judgeCases(items []Item, person string) {
	for _, c := range l.cases {
		if c.Author != person {
			continue
		}
		best, most := -1, -1.0
		var said []Remark
		for i, it := range items {
			if it.Task.Kind != Report && it.Task.Kind != Release || it.Begun.IsZero() || c.Seq < it.from {
				continue
			}
			all := Judge(it.Task.Expect, OfCase(c, it.Task.Expect))
			right, of := Count(all)
			if share := float64(right) / float64(max(of, 1)); share > most {
				best, most, said = i, share, all
			}
		}
		if best < 0 {
			continue
		}
		it := &items[best]
		if right, _ := Count(said); it.Remarks == nil || right > first(Count(it.Remarks)) {
			it.Remarks, it.Case = said, c.Reference
		}
	}
}

func first(n, _ int) int { return n }

// by tells who did what an administration does once for all its people: the learner, or
// a colleague.
func by(author, person string) string {
	if author == person {
		return "yes"
	}
	return Colleague
}

// judgeOther judges what is no case.
func (l *look) judgeOther(it *Item, person string, own int64, body organisation.Organisation) {
	switch it.Task.Kind {
	case Acknowledge:
		it.Message = l.seeds["seen"]
		for _, a := range l.acks {
			if a.Message == it.Message && a.Organisation == own {
				it.Remarks = Judge(it.Task.Expect, Values{"acknowledged": {Text: by(a.Author, person)}})
			}
		}
	case Answer:
		it.Message = l.seeds["answer"]
		for _, m := range l.answers {
			if m.Author == person && m.Answers == it.Message && m.Seq > it.from && it.Remarks == nil {
				it.Remarks = Judge(it.Task.Expect, OfMessage(m))
			}
		}
	case NilReport:
		for _, r := range l.nothing {
			if r.Organisation == own && r.Day >= nilreport.Today(body, it.Begun) && (r.Author == person || it.Remarks == nil) {
				it.Remarks = Judge(it.Task.Expect, Values{"nil": {Text: by(r.Author, person)}})
			}
		}
	case Double:
		for _, m := range l.letters {
			if m.Author == person && m.Outcome == "" && m.Seq > it.from && it.Remarks == nil {
				it.Remarks, it.Message = Judge(it.Task.Expect, OfMessage(m)), m.Seq
			}
		}
	}
}
