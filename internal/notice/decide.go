package notice

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/review"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// sieve decides on the entries of one journal. What it looks up it keeps: a batch
// has few audiences and few organisations.
type sieve struct {
	tx        *db.Tx
	now       time.Time
	operation int64
	wanted    []subscribed
	readers   map[int64][]int64            // by audience
	people    map[int64][]operation.Reader // by organisation
	told      []row
}

// decide gives the notices of some entries of one journal. Of a practice nobody is
// told: what waits there stands on its own pages, and no letter ever speaks of it.
func decide(tx *db.Tx, now time.Time, op int64, entries []journal.Entry) ([]row, error) {
	if o, err := operation.ByNumber(tx, op); err != nil || o.Kind == operation.KindPractice {
		return nil, err
	}
	s := &sieve{tx: tx, now: now, operation: op, readers: map[int64][]int64{}, people: map[int64][]operation.Reader{}}
	var numbers, forwards, versions, alarms db.List
	fresh := slices.DeleteFunc(slices.Clone(entries), func(e journal.Entry) bool { return e.At.Before(now.Add(-News)) })
	for _, e := range fresh {
		if isMessage(e) {
			numbers = append(numbers, e.Seq)
		} else if isForward(e) {
			forwards = append(forwards, e.Seq)
		} else if isVersion(e) {
			versions = append(versions, e.Seq)
		} else if isAlarm(e) {
			alarms = append(alarms, e.Seq)
		}
	}
	on, err := message.SentOnBy(tx, op, forwards)
	if err != nil {
		return nil, err
	}
	for _, f := range on {
		numbers = append(numbers, f.Message)
	}
	messages, err := s.messages(numbers)
	if err != nil || len(fresh) == 0 {
		return nil, err
	}
	if s.wanted, err = db.All(tx, selectSubscriptions, scanSubscription, op); err != nil {
		return nil, err
	}
	if err := errors.Join(s.library(fresh, versions), s.alarms(fresh, alarms), s.inquiries(fresh), s.alerts(fresh), s.sheets(fresh), s.reports(fresh), s.workshops(fresh)); err != nil {
		return nil, err
	}
	for _, e := range fresh {
		if m, ok := messages[e.Seq]; ok && isMessage(e) {
			err = s.message(e, m, messages)
		} else if f, ok := on[e.Seq]; ok {
			err = s.sentOn(e, messages[f.Message], f.Organisation)
		} else if e.Verb == string(access.ReviewReturn) {
			err = s.returned(e)
		} else if showsCase(e) && len(s.wanted) > 0 {
			err = s.seizure(e)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := s.watched(fresh, messages); err != nil { // last: what is urgent besides is told as that
		return nil, err
	}
	return s.told, nil
}

func isMessage(e journal.Entry) bool {
	return e.Verb == string(access.MessageSend) || e.Verb == string(access.MessageAnswer)
}

// isForward: a warning that one more organisation owes an answer to.
func isForward(e journal.Entry) bool { return e.Verb == string(access.WarningForward) }

// isVersion: a document that is new, or newer.
func isVersion(e journal.Entry) bool {
	return e.Verb == string(access.DocumentPublish) || e.Verb == string(access.DocumentRevise)
}

// isAlarm: a deadline that ends soon, or has ended.
func isAlarm(e journal.Entry) bool { return e.Verb == string(access.DetentionWarn) }

// alarms tells those who keep the clock: its organisation's contact points, and
// who started it.
func (s *sieve) alarms(entries []journal.Entry, numbers db.List) error {
	all, err := detention.Alarms(s.tx, s.operation, numbers)
	if err != nil {
		return err
	}
	for _, e := range entries {
		w, ok := all[e.Seq]
		if !ok {
			continue
		}
		people, err := s.peopleOf(w.Of.Organisation)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.May(access.DetentionAdopt) || p.May(access.DetentionRead) && string(p.Person) == w.Of.Author {
				s.keep(e, e.Seq, p, Clock)
			}
		}
	}
	return nil
}

// library tells the readers of documents of new versions.
func (s *sieve) library(entries []journal.Entry, numbers db.List) error {
	versions, documents, err := document.Versions(s.tx, s.operation, numbers)
	if err != nil {
		return err
	}
	for _, e := range entries {
		v, ok := versions[e.Seq]
		of := documents[v.Document]
		if !ok || !of.InUse() { // taken out of use before anybody was told
			continue
		}
		readers, err := s.readersOf(of.Audience)
		if err != nil {
			return err
		}
		for _, org := range readers {
			people, err := s.peopleOf(org)
			if err != nil {
				return err
			}
			for _, p := range people {
				if p.May(access.DocumentRead) {
					s.keep(e, v.Seq, p, Document)
				}
			}
		}
	}
	return nil
}

// showsCase: the verbs after which somebody may read of a case what they could
// not read before.
func showsCase(e journal.Entry) bool {
	return slices.Contains([]string{string(access.SeizureReport), string(access.SeizureRelease), string(access.SeizureAmend)}, e.Verb)
}

// messages gives messages by number, with those that they answer and the
// beginnings of their threads.
func (s *sieve) messages(numbers db.List) (map[int64]message.Message, error) {
	out := map[int64]message.Message{}
	for range 2 {
		if len(numbers) == 0 {
			return out, nil
		}
		all, err := message.Several(s.tx, s.operation, numbers)
		if err != nil {
			return nil, err
		}
		before := map[int64]bool{}
		for _, m := range all {
			out[m.Seq] = m
		}
		for _, m := range all {
			for _, n := range []int64{m.Answers, m.Thread} {
				if _, has := out[n]; !has && n != 0 {
					before[n] = true
				}
			}
		}
		numbers = slices.Sorted(maps.Keys(before))
	}
	return out, nil
}

func (s *sieve) readersOf(aud int64) ([]int64, error) {
	if all, ok := s.readers[aud]; ok {
		return all, nil
	}
	all, err := audience.Readers(s.tx, s.operation, aud, s.now)
	s.readers[aud] = all
	return all, err
}

func (s *sieve) peopleOf(organisation int64) ([]operation.Reader, error) {
	if all, ok := s.people[organisation]; ok {
		return all, nil
	}
	all, err := operation.ReadersOf(s.tx, s.operation, organisation, s.now)
	s.people[organisation] = all
	return all, err
}

// keep adds a notice, unless the person did it.
func (s *sieve) keep(e journal.Entry, seq int64, r operation.Reader, reason string) {
	if string(r.Person) != e.Actor {
		s.told = append(s.told, row{person: string(r.Person), organisation: r.Organisation, operation: s.operation, seq: seq, reason: reason, at: e.At})
	}
}

// sentOn tells the one organisation to which a warning was sent on.
func (s *sieve) sentOn(e journal.Entry, m message.Message, org int64) error {
	if m.Seq == 0 || m.Taken.State != "" {
		return nil
	}
	people, err := s.peopleOf(org)
	if err != nil {
		return err
	}
	for _, p := range people {
		if reason := (letter{urgent: m.Urgent, waits: true, addressed: true}).reason(p); reason != "" {
			s.keep(e, m.Seq, p, reason)
		}
	}
	return nil
}

func (s *sieve) message(e journal.Entry, m message.Message, all map[int64]message.Message) error {
	if m.Taken.State != "" {
		return nil // taken back before anybody was told
	}
	readers, err := s.readersOf(m.Audience)
	if err != nil {
		return err
	}
	var asked []int64
	if m.Asked != 0 {
		if asked, err = s.readersOf(m.Asked); err != nil {
			return err
		}
	}
	g := goodsOfMessage(m)
	for _, org := range readers {
		of := letter{urgent: m.Urgent, waits: org != m.Organisation && slices.Contains(asked, org),
			addressed: org != m.Organisation && slices.Contains(m.To.Organisations, org)}
		for _, n := range []int64{m.Answers, m.Thread} {
			if before, ok := all[n]; ok && n != m.Seq && before.Organisation == org {
				of.authors = append(of.authors, before.Author)
			}
		}
		of.matches = s.matches(org, g)
		if !of.matters() {
			continue
		}
		people, err := s.peopleOf(org)
		if err != nil {
			return err
		}
		for _, p := range people {
			if reason := of.reason(p); reason != "" {
				s.keep(e, m.Seq, p, reason)
			}
		}
	}
	return nil
}

// letter is what a message is to one organisation that reads it.
type letter struct {
	urgent, waits, addressed bool
	authors, matches         []string // people: who wrote what it answers, who subscribed
}

func (l letter) matters() bool {
	return l.urgent || l.waits || l.addressed || len(l.authors)+len(l.matches) > 0
}

// reason is the strongest reason why it matters to a person; empty: it does not.
func (l letter) reason(p operation.Reader) string {
	switch {
	case !p.May(access.MessageRead):
		return ""
	case l.urgent:
		return Urgent
	case l.waits && p.May(access.MessageAnswer):
		return Waits
	case slices.Contains(l.authors, string(p.Person)):
		return Answer
	case l.addressed:
		return Addressed
	case slices.Contains(l.matches, string(p.Person)):
		return Match
	}
	return ""
}

// matches lists the people of an organisation one of whose subscriptions fits.
func (s *sieve) matches(organisation int64, g goods) []string {
	var out []string
	for _, w := range s.wanted {
		if w.organisation == organisation && w.fits(g) && !slices.Contains(out, w.person) {
			out = append(out, w.person)
		}
	}
	return out
}

// returned tells the author of a case, and whoever answers for its organisation,
// that it came back to be corrected.
func (s *sieve) returned(e journal.Entry) error {
	c, err := review.Of(s.tx, s.operation, e.Seq)
	if errors.Is(err, db.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	people, err := s.peopleOf(c.Organisation)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.May(access.SeizureAmend) && (string(p.Person) == c.Author || p.May(access.ReviewReturn)) {
			s.keep(e, c.Seq, p, Back)
		}
	}
	return nil
}

// seizure tells subscribers of a case that they can read now. The case is looked
// up as it stands: what was recalled meanwhile is told to nobody.
func (s *sieve) seizure(e journal.Entry) error {
	_, id, _ := strings.Cut(e.Subject, "/")
	c, err := seizure.Named(s.tx, s.operation, e.Organisation, seizure.ID(id))
	if errors.Is(err, db.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	readers, err := s.readersOf(c.Audience)
	if err != nil {
		return err
	}
	g := goodsOfCase(c)
	for _, org := range readers {
		matches := s.matches(org, g)
		if len(matches) == 0 {
			continue
		}
		people, err := s.peopleOf(org)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.May(access.SeizureRead) && slices.Contains(matches, string(p.Person)) && string(p.Person) != c.Author {
				s.keep(e, c.Seq, p, Case)
			}
		}
	}
	return nil
}
