package warning

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Open is the outcome of a warning to which the reader may read no feedback yet.
const Open = "open"

// Outcomes lists the outcomes of the ledger: open, then those of feedback.
func Outcomes() []string { return append([]string{Open}, codelist.Feedback.Codes()...) }

// LeastControlled is how many controlled warnings a hit rate needs: of fewer it
// would say more about chance than about a source.
const LeastControlled = 5

// Limits of a page of the ledger.
const (
	pageSize    = 50
	maxPage     = 200
	afterNewest = int64(1) << 62
)

// Filter narrows the ledger; empty values do not.
type Filter struct {
	State    string // of States
	Outcome  string // of Outcomes
	Source   string // codelist.WarningSource
	Category string // codelist.Category
	Before   int64  // warnings with a smaller number; 0: from the newest
	Limit    int64  // at most 200; 0: 50
	// OpenFirst puts the warnings that are open for the reader into Ledger.Open,
	// all of them, with the first page.
	OpenFirst bool
}

// Entry is one warning in the ledger, as far as its reader may read.
type Entry struct {
	message.Item
	Outcome      string // of Outcomes
	Expired      bool
	Acknowledged int // asked organisations that acknowledged or answered; for who does not oversee it, its own only
	Escalated    bool
	Post         string // of the reader's organisation
	Answers      []Answer
	unseen       bool // nobody has acknowledged it
}

// Answer is one feedback.
type Answer struct {
	message.Message
	From organisation.Organisation
}

// Rate is how often warnings of one kind led to a find.
type Rate struct {
	Value      string // a code; empty: not stated
	Warnings   int64
	Controlled int64 // whose outcome is hit or clean
	Hits       int64
}

// Known tells whether there are enough for a rate.
func (r Rate) Known() bool { return r.Controlled >= LeastControlled }

// Percent is the rate, rounded to a whole number.
func (r Rate) Percent() int64 { return (200*r.Hits + r.Controlled) / max(2*r.Controlled, 1) }

// The dimensions of rates.
const (
	BySource     = "source"
	ByCategory   = "category"
	ByConveyance = "conveyance"
	ByProvenance = "provenance"
)

// Dimensions lists the dimensions of rates in their usual order.
func Dimensions() []string { return []string{BySource, ByCategory, ByConveyance, ByProvenance} }

// Ledger is a part of the warnings and what became of them.
type Ledger struct {
	Standing operation.Standing
	Open     []Entry // with Filter.OpenFirst: to answer first, then overdue, then soonest due
	Items    []Entry // newest first; with Filter.OpenFirst without those in Open
	Next     int64   // Filter.Before of the next page; 0: this is the last
	Counts   map[string]int64
	All      int64
	Rates    map[string][]Rate // by dimension, most controlled first; whatever the filter
}

func (f Filter) clean() (Filter, error) {
	var p fault.Problems
	for _, c := range []struct {
		path, code string
		known      func(string) bool
	}{
		{"state", f.State, func(c string) bool { return slices.Contains(States(), c) }},
		{"outcome", f.Outcome, func(c string) bool { return slices.Contains(Outcomes(), c) }},
		{"source", f.Source, codelist.WarningSource.Has}, {"category", f.Category, codelist.Category.Has},
	} {
		if c.code != "" && !c.known(c.code) {
			p.Add(c.path, "fault.unknown-code")
		}
	}
	if f.Before <= 0 {
		f.Before = afterNewest
	}
	if f.Limit <= 0 {
		f.Limit = pageSize
	}
	f.Limit = min(f.Limit, maxPage)
	return f, p.Fault()
}

func (f Filter) takes(e Entry, st operation.Standing) bool {
	return (f.State == "" || e.Item.Open && e.is(f.State, st)) && (f.Outcome == "" || e.Outcome == f.Outcome) && (f.Source == "" || e.Source == f.Source) &&
		(f.Category == "" || e.Profile.Category == f.Category)
}

// List gives a part of the ledger: the warnings that the actor may read, what
// became of each as far as it may read, and the rates of hits among them.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code, f Filter) (Ledger, error) {
	var l Ledger
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		l = Ledger{}
		if l.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.MessageRead); err != nil {
			return err
		}
		if f, err = f.clean(); err != nil {
			return err
		}
		readable, err := l.Standing.Readable(tx)
		if err != nil {
			return err
		}
		all, err := entries(tx, l.Standing, readable)
		if err != nil {
			return err
		}
		l.fill(all, f)
		return nil
	})
	if err != nil {
		return Ledger{}, fmt.Errorf("message.read: %w", err)
	}
	return l, nil
}

// entries are all warnings that may be read, newest first.
func entries(tx *db.Tx, st operation.Standing, readable db.List) ([]Entry, error) {
	op := st.Operation.Number
	warnings, err := message.Warnings(tx, op, readable)
	if err != nil {
		return nil, err
	}
	items, err := message.Describe(tx, st, readable, warnings)
	if err != nil {
		return nil, err
	}
	feedbacks, err := message.Feedbacks(tx, op, readable)
	if err != nil {
		return nil, err
	}
	to := map[int64][]message.Message{}
	var writers, numbers []int64
	for _, f := range feedbacks {
		to[f.Answers] = append(to[f.Answers], f)
		writers = append(writers, f.Organisation)
	}
	slices.Sort(writers)
	bodies, err := organisation.These(tx, slices.Compact(writers))
	if err != nil {
		return nil, err
	}
	for _, w := range warnings {
		numbers = append(numbers, w.Seq)
	}
	done, err := acts(tx, op, numbers...)
	if err != nil {
		return nil, err
	}
	did := map[int64][]Act{}
	for _, a := range done {
		did[a.Message] = append(did[a.Message], a)
	}
	owed, err := message.Owed(tx, op, warnings, st.Now)
	if err != nil {
		return nil, err
	}
	slices.Reverse(items)
	out := make([]Entry, len(items))
	for i, item := range items {
		v := view{message: item.Message, acts: did[item.Seq], feedbacks: to[item.Seq], asked: owed[item.Seq]}
		out[i] = v.entry(st, item)
		for _, f := range v.feedbacks {
			out[i].Answers = append(out[i].Answers, Answer{f, bodies[f.Organisation]})
		}
	}
	return out, nil
}

func (v view) entry(st operation.Standing, item message.Item) Entry {
	e := Entry{Item: item, Outcome: message.Outcome(v.feedbacks), Expired: v.message.Expired(st.Now)}
	if e.Outcome == "" {
		e.Outcome = Open
	}
	e.unseen = v.newest(Acknowledge) == nil
	full := v.overseer(st)
	for _, n := range v.asked {
		if (full || n == st.Who.Organisation) && (v.acknowledged(n) || v.answered(n)) {
			e.Acknowledged++
		}
	}
	e.Escalated = full && v.newest(Escalate) != nil
	if p := v.post(st.Who.Organisation); p != nil {
		e.Post = p.Post
	}
	return e
}

func (l *Ledger) fill(all []Entry, f Filter) {
	l.Counts, l.All = map[string]int64{}, int64(len(all))
	l.Rates = rates(all)
	for _, e := range all {
		l.Counts[e.Outcome]++
		switch {
		case !f.takes(e, l.Standing):
		case f.OpenFirst && e.Item.Open:
			if f.Before == afterNewest {
				l.Open = append(l.Open, e)
			}
		case e.Seq >= f.Before || l.Next != 0:
		case int64(len(l.Items)) == f.Limit:
			l.Next = l.Items[f.Limit-1].Seq
		default:
			l.Items = append(l.Items, e)
		}
	}
	slices.SortStableFunc(l.Open, func(a, b Entry) int {
		switch {
		case a.Waits != b.Waits:
			return first(a.Waits)
		case a.Overdue != b.Overdue:
			return first(a.Overdue)
		}
		return a.ReplyDue.Compare(b.ReplyDue)
	})
}

// first orders what is so before what is not.
func first(so bool) int {
	if so {
		return -1
	}
	return 1
}

// rates counts what was controlled and found, by each dimension.
func rates(all []Entry) map[string][]Rate {
	out := map[string][]Rate{}
	for _, dimension := range Dimensions() {
		by := map[string]Rate{}
		for _, e := range all {
			value := map[string]string{BySource: e.Source, ByCategory: e.Profile.Category, ByConveyance: e.Profile.Conveyance,
				ByProvenance: e.Profile.Provenance}[dimension]
			r := by[value]
			r.Value = value
			r.Warnings++
			if e.Outcome == "hit" || e.Outcome == "clean" {
				r.Controlled++
			}
			if e.Outcome == "hit" {
				r.Hits++
			}
			by[value] = r
		}
		list := make([]Rate, 0, len(by))
		for _, r := range by {
			list = append(list, r)
		}
		slices.SortFunc(list, func(a, b Rate) int {
			if a.Controlled != b.Controlled {
				return int(b.Controlled - a.Controlled)
			}
			return strings.Compare(a.Value, b.Value)
		})
		out[dimension] = list
	}
	return out
}

// Attention is what waits for a reader beside what it is asked to answer.
type Attention struct {
	Acknowledge int64          // urgent messages of others that its organisation has neither acknowledged nor answered
	Unseen      map[int64]bool // numbers of these, and of warnings that wait for it and that it has not acknowledged
	Escalated   int64          // warnings that were escalated to it and still wait for somebody; for coordination
}

// Attention tells what waits for the actor.
func (s *Store) Attention(ctx context.Context, who access.Actor, code operation.Code) (Attention, error) {
	var out Attention
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.MessageRead)
		if err != nil {
			return err
		}
		readable, err := st.Readable(tx)
		if err != nil {
			return err
		}
		out, err = AttentionOf(tx, st, readable)
		return err
	})
	if err != nil {
		return Attention{}, fmt.Errorf("message.read: %w", err)
	}
	return out, nil
}

// AttentionOf counts it.
func AttentionOf(tx *db.Tx, st operation.Standing, readable db.List) (Attention, error) {
	out := Attention{Unseen: map[int64]bool{}}
	op, own := st.Operation.Number, st.Who.Organisation
	urgent, err := message.Urgent(tx, st, readable)
	if err != nil {
		return out, err
	}
	mine, err := db.All(tx, selectOwnActs, scan, op, Acknowledge, own)
	if err != nil {
		return out, err
	}
	waits, err := message.Waits(tx, st, readable)
	if err != nil {
		return out, err
	}
	for _, m := range waits {
		out.Unseen[m.Seq] = !slices.ContainsFunc(mine, func(a Act) bool { return a.Message == m.Seq })
	}
	for _, m := range urgent {
		if m.Expired(st.Now) || slices.ContainsFunc(mine, func(a Act) bool { return a.Message == m.Seq }) {
			continue
		}
		answers, err := message.FeedbacksTo(tx, op, db.List{m.Seq})
		if err != nil {
			return out, err
		}
		if !slices.ContainsFunc(answers, func(f message.Message) bool { return f.Organisation == own }) {
			out.Acknowledge++
			out.Unseen[m.Seq] = true
		}
	}
	if st.Side() != access.Coordination {
		return out, nil
	}
	raised, err := db.All(tx, selectOfKind, scan, op, Escalate)
	if err != nil {
		return out, err
	}
	for _, a := range raised {
		m, err := message.One(tx, op, readable, a.Message)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return out, err
		}
		v, err := viewOf(tx, op, m, readable, st.Now)
		if err != nil {
			return out, err
		}
		if len(v.silent(st.Now)) > 0 {
			out.Escalated++
		}
	}
	return out, nil
}
