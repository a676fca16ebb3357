package warning

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// view is one message with what was done about it.
type view struct {
	message        message.Message
	readers, asked []int64 // without the originator, but for one that is asked
	acts           []Act
	feedbacks      []message.Message // to this message, oldest first
}

func viewOf(tx *db.Tx, op int64, m message.Message, readable db.List, at time.Time) (view, error) {
	v := view{message: m}
	readers, err := audience.Readers(tx, op, m.Audience, at)
	if err != nil {
		return v, err
	}
	if m.Template == message.Warning && m.Taken.State == "" {
		if v.asked, err = message.Owing(tx, op, m, at); err != nil {
			return v, err
		}
		all, err := message.FeedbacksTo(tx, op, db.List{m.Seq})
		if err != nil {
			return v, err
		}
		for _, f := range all {
			if slices.Contains(readable, f.Audience) {
				v.feedbacks = append(v.feedbacks, f)
			}
		}
	}
	v.readers = slices.DeleteFunc(readers, func(n int64) bool { return n == m.Organisation && !slices.Contains(v.asked, n) })
	v.acts, err = acts(tx, op, m.Seq)
	return v, err
}

func (v view) asks() []int64 { return asks(v.message, v.readers, v.asked) }

func (v view) answered(org int64) bool {
	return slices.ContainsFunc(v.feedbacks, func(f message.Message) bool { return f.Organisation == org })
}

func (v view) did(kind string, org int64) bool {
	return slices.ContainsFunc(v.acts, func(a Act) bool { return a.Kind == kind && a.Organisation == org })
}

func (v view) acknowledged(org int64) bool { return v.did(Acknowledge, org) }

func (v view) silent(now time.Time) []int64 {
	if v.message.Expired(now) {
		return nil
	}
	return silent(v.message, v.readers, v.asked, v.acknowledged, v.answered)
}

// newest is the last act of a kind; nil: none.
func (v view) newest(kind string) *Act {
	for i := len(v.acts) - 1; i >= 0; i-- {
		if v.acts[i].Kind == kind {
			return &v.acts[i]
		}
	}
	return nil
}

// post is where an organisation deals with it now; nil: not assigned.
func (v view) post(org int64) *Act {
	for i := len(v.acts) - 1; i >= 0; i-- {
		if v.acts[i].Kind == Assign && v.acts[i].Organisation == org {
			return &v.acts[i]
		}
	}
	return nil
}

// offers lists to whom the warning can be sent on.
func (v view) offers(tx *db.Tx, st operation.Standing) ([]Offer, error) {
	var out []Offer
	for _, f := range v.feedbacks {
		if f.Outcome != "moved-on" {
			continue
		}
		next, err := message.Whither(tx, st.Operation.Number, f.Profile.Destination, append(slices.Clone(v.asked), v.message.Organisation)...)
		if err != nil {
			return nil, err
		}
		for _, o := range next {
			if !slices.ContainsFunc(out, func(e Offer) bool { return e.Organisation.Number == o.Number }) {
				out = append(out, Offer{o, f})
			}
		}
	}
	return out, nil
}

// Account tells how a message stands, as far as the actor may know.
func (s *Store) Account(ctx context.Context, who access.Actor, code operation.Code, seq int64) (Account, error) {
	var a Account
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		w, err := s.open(tx, who, code, access.MessageRead, seq)
		if err != nil {
			return err
		}
		a, err = w.account(tx)
		return err
	})
	if err != nil {
		return Account{}, fmt.Errorf("message.read: %w", err)
	}
	return a, nil
}

// names are those behind an account.
type names struct {
	bodies map[int64]organisation.Organisation
	people map[string]person.Person
}

func (w work) names(tx *db.Tx) (names, error) {
	var n names
	var people []string
	numbers := slices.Concat(w.readers, w.asked, []int64{w.st.Who.Organisation})
	for _, a := range w.acts {
		people = append(people, a.Author, a.Person)
	}
	for _, f := range w.feedbacks {
		numbers = append(numbers, f.Organisation)
	}
	slices.Sort(numbers)
	slices.Sort(people)
	var err error
	if n.bodies, err = organisation.These(tx, slices.Compact(numbers)); err != nil {
		return n, err
	}
	n.people, err = person.These(tx, slices.Compact(people))
	return n, err
}

func (w work) account(tx *db.Tx) (Account, error) {
	st, own := w.st, w.st.Who.Organisation
	a := Account{Standing: st, Asks: slices.Contains(w.asks(), own), Full: w.overseer(st)}
	n, err := w.names(tx)
	if err != nil {
		return a, err
	}
	a.Mine = w.receipt(n, own)
	a.MayAcknowledge = a.Asks && a.Mine == nil && st.May(access.WarningAcknowledge)
	if p := w.post(own); p != nil {
		a.Own = n.post(*p)
	}
	a.MayAssign = slices.Contains(w.asked, own) && st.May(access.WarningAssign) && !w.message.Expired(st.Now)
	if a.MayAssign {
		if a.People, err = colleagues(tx, st); err != nil {
			return a, err
		}
	}
	w.watched(&a, n)
	if err := w.sentOn(tx, &a); err != nil || !a.Full {
		return a, err
	}
	w.oversee(&a, n)
	if st.May(access.WarningForward) {
		a.Offers, err = w.offers(tx, st)
	}
	return a, err
}

// oversee adds what only an overseer sees.
func (w work) oversee(a *Account, n names) {
	st := w.st
	for _, org := range w.asks() {
		if r := w.receipt(n, org); r != nil {
			a.Done = append(a.Done, *r)
		} else {
			a.Missing = append(a.Missing, n.bodies[org])
		}
		if p := w.post(org); p != nil && st.Side() == access.Coordination && org != st.Who.Organisation {
			a.Posts = append(a.Posts, *n.post(*p))
		}
	}
	for _, org := range w.silent(st.Now) {
		a.Silent = append(a.Silent, n.bodies[org])
	}
	if r := w.newest(Remind); r != nil {
		a.Reminded = r.At
	}
	if e := w.newest(Escalate); e != nil {
		a.Escalate = e.At
	}
	a.MayRemind = len(a.Silent) > 0 && st.May(access.WarningRemind) && (a.Reminded.IsZero() || st.Now.Sub(a.Reminded) >= RemindEvery)
}

// receipt says that an organisation has taken notice; nil: it has not.
func (w work) receipt(n names, org int64) *Receipt {
	for _, act := range w.acts {
		if act.Kind == Acknowledge && act.Organisation == org {
			return &Receipt{Organisation: n.bodies[org], Name: n.people[act.Author].Name, At: act.At}
		}
	}
	for _, f := range w.feedbacks {
		if f.Organisation == org {
			return &Receipt{Organisation: n.bodies[org], At: f.Written, Answered: true}
		}
	}
	return nil
}

func (n names) post(a Act) *Post {
	return &Post{Organisation: n.bodies[a.Organisation], Post: a.Post, Person: a.Person, Name: n.people[a.Person].Name,
		By: n.people[a.Author].Name, At: a.At}
}

// watched says who follows the goods and wants nobody to act: of each
// organisation its newest feedback counts.
func (w work) watched(a *Account, n names) {
	newest := map[int64]message.Message{}
	for _, f := range w.feedbacks {
		newest[f.Organisation] = f
	}
	for _, f := range w.feedbacks {
		if newest[f.Organisation].Seq == f.Seq && f.Outcome == "surveillance" {
			a.Watched = append(a.Watched, n.bodies[f.Organisation])
		}
	}
}

func (w work) sentOn(tx *db.Tx, a *Account) error {
	if w.message.Template != message.Warning {
		return nil
	}
	all, err := message.SentOnTo(tx, w.st.Operation.Number, w.message.Seq)
	if err != nil {
		return err
	}
	var numbers []int64
	for _, s := range all {
		a.ToMe = a.ToMe || s.Organisation == w.st.Who.Organisation
		if message.Known(w.st) {
			numbers = append(numbers, s.Organisation)
		}
	}
	bodies, err := organisation.These(tx, numbers)
	for _, n := range numbers {
		a.SentOn = append(a.SentOn, bodies[n])
	}
	return err
}
