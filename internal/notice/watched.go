package notice

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

// The reasons why a record matters to whoever waits for a value that it carries.
const (
	Watched       = "watched"        // a case
	WatchedLetter = "watched-letter" // a message
)

// watched tells the people of organisations of records that carry a value on their
// lists and that they may read now. Nobody else is told, whoever reads the list.
func (s *sieve) watched(entries []journal.Entry, messages map[int64]message.Message) error {
	if !slices.ContainsFunc(entries, func(e journal.Entry) bool { return isMessage(e) || showsCase(e) }) {
		return nil
	}
	o, err := operation.ByNumber(s.tx, s.operation)
	if err != nil {
		return err
	}
	waits, err := watchlist.Waits(s.tx, s.operation, s.now.In(o.Location()).Format(time.DateOnly))
	if err != nil || len(waits) == 0 {
		return err
	}
	by := map[string][]int64{}
	for _, w := range waits {
		by[w.Key] = append(by[w.Key], w.Organisation)
	}
	for _, e := range entries {
		switch {
		case isMessage(e):
			err = s.watchedLetter(e, messages[e.Seq], by)
		case showsCase(e):
			err = s.watchedCase(e, by)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *sieve) watchedLetter(e journal.Entry, m message.Message, by map[string][]int64) error {
	if m.Seq == 0 || m.Taken.State != "" {
		return nil
	}
	marks, err := consignment.Of(s.tx, s.operation, db.List{m.Seq})
	if err != nil {
		return err
	}
	return s.tellWaiting(e, m.Seq, m.Audience, connection.OfMarks(marks[m.Seq]), by, access.MessageRead, WatchedLetter)
}

func (s *sieve) watchedCase(e journal.Entry, by map[string][]int64) error {
	_, id, _ := strings.Cut(e.Subject, "/")
	c, err := seizure.Named(s.tx, s.operation, e.Organisation, seizure.ID(id))
	if errors.Is(err, db.ErrNone) || err == nil && !c.Trace().Out() {
		return nil
	}
	if err != nil {
		return err
	}
	return s.tellWaiting(e, c.Seq, c.Audience, connection.OfCase(c), by, access.SeizureRead, Watched)
}

func (s *sieve) tellWaiting(e journal.Entry, seq, aud int64, facts []connection.Fact, by map[string][]int64, need access.Permission, reason string) error {
	var owners []int64
	for _, f := range facts {
		owners = append(owners, by[f.Key()]...)
	}
	if len(owners) == 0 {
		return nil
	}
	readers, err := s.readersOf(aud)
	if err != nil {
		return err
	}
	slices.Sort(owners)
	for _, org := range slices.Compact(owners) {
		if !slices.Contains(readers, org) {
			continue
		}
		people, err := s.peopleOf(org)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.May(access.WatchRead) && p.May(need) {
				s.keep(e, seq, p, reason)
			}
		}
	}
	return nil
}
