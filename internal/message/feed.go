package message

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// Name is how a message is called outside: by its originator and the id that it
// was given there.
type Name struct {
	ID           ID
	Organisation organisation.ID
}

// Sent is a message as other systems are told of it: organisations by their ids,
// and of what it answers the name, if the reader may read that.
type Sent struct {
	Message
	Entry     journal.Entry // that made it; only of what was just delivered
	From      organisation.ID
	Addressed []organisation.ID // To.Organisations
	Replies   *Name             // what it answers; nil: it begins a thread, or the reader may not read that
	Files     []attachment.Attachment
}

// Feed is a page of messages for other systems, newest first: a Page without the
// counts and answers that only people look at.
type Feed struct {
	Standing operation.Standing
	Items    []Sent
	Next     int64 // Filter.Before of the next page; 0: this is the last
}

// Feed gives a page of the messages that the actor may read, newest first.
func (s *Store) Feed(ctx context.Context, who access.Actor, code operation.Code, f Filter) (Feed, error) {
	var out Feed
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, readable, err := s.enter(tx, who, code)
		if err != nil {
			return err
		}
		messages, next, err := cut(tx, st, readable, f)
		if err != nil {
			return err
		}
		out = Feed{Standing: st, Next: next}
		out.Items, err = sent(tx, st, readable, messages)
		return err
	})
	if err == nil {
		err = s.noteSent(out.Standing, reading.Exported, out.Items...)
	}
	if err != nil {
		return Feed{}, fmt.Errorf("message.read: %w", err)
	}
	return out, nil
}

// Find gives the message that its originator calls id. An empty organisation
// means the one message of that id that the actor may read, its own first.
func (s *Store) Find(ctx context.Context, who access.Actor, code operation.Code, n Name) (operation.Standing, Sent, error) {
	var st operation.Standing
	var found Sent
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		var readable db.List
		if st, readable, err = s.enter(tx, who, code); err != nil {
			return err
		}
		found, err = find(tx, st, readable, n)
		return err
	})
	if err == nil {
		err = s.noteSent(st, reading.Exported, found)
	}
	if err != nil {
		return st, Sent{}, fmt.Errorf("message.read: %w", err)
	}
	return st, found, nil
}

// find is Find inside a unit of work.
func find(tx *db.Tx, st operation.Standing, readable db.List, n Name) (Sent, error) {
	writers, err := operation.EverMembers(tx, st.Operation.Number)
	if err != nil {
		return Sent{}, err
	}
	all, err := db.All(tx, selectNamed, scan, st.Operation.Number, readable, n.ID, writers)
	if err != nil {
		return Sent{}, err
	}
	items, err := sent(tx, st, readable, all)
	if err != nil {
		return Sent{}, err
	}
	return pick(items, st.Who.Organisation, n.Organisation)
}

// pick chooses among messages of one id: that of the originator asked for, else
// the actor's own, else the only one.
func pick(items []Sent, own int64, from organisation.ID) (Sent, error) {
	for _, m := range items {
		if from != "" && m.From == from || from == "" && m.Organisation == own {
			return m, nil
		}
	}
	switch {
	case from != "" || len(items) == 0:
		return Sent{}, fault.Missing()
	case len(items) > 1:
		return Sent{}, fault.At("organisation", "message.say-whose")
	}
	return items[0], nil
}

// sent says messages with the ids of organisations and of what they answer.
func sent(tx *db.Tx, st operation.Standing, readable db.List, messages []Message) ([]Sent, error) {
	if err := mark(tx, st.Operation.Number, messages); err != nil {
		return nil, err
	}
	var parents, organisations db.List
	note := func(n int64) {
		if !slices.Contains(organisations, n) {
			organisations = append(organisations, n)
		}
	}
	messages, err := ownWhole(tx, st, messages)
	if err != nil {
		return nil, err
	}
	for i, m := range messages {
		messages[i] = conceal(st, m)
		note(m.Organisation)
		for _, n := range messages[i].To.Organisations {
			note(n)
		}
		if m.Answers != 0 {
			parents = append(parents, m.Answers)
		}
	}
	answered := map[int64]named{}
	if len(parents) > 0 {
		all, err := db.All(tx, selectNames, scanNamed, st.Operation.Number, readable, parents)
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			answered[p.seq] = p
			note(p.organisation)
		}
	}
	by, err := organisation.These(tx, organisations)
	if err != nil {
		return nil, err
	}
	hung, err := files(tx, st, readable, messages)
	if err != nil {
		return nil, err
	}
	out := make([]Sent, len(messages))
	for i, m := range messages {
		out[i] = Sent{Message: m, From: by[m.Organisation].ID, Files: hung[m.Seq]}
		for _, n := range m.To.Organisations {
			out[i].Addressed = append(out[i].Addressed, by[n].ID)
		}
		if p, ok := answered[m.Answers]; ok {
			out[i].Replies = &Name{p.id, by[p.organisation].ID}
		}
	}
	return out, nil
}

type named struct {
	seq, organisation int64
	id                ID
}

func scanNamed(row db.Scanner) (named, error) {
	var n named
	var id string
	err := row.Scan(&n.seq, &id, &n.organisation)
	n.id = ID(id)
	return n, err
}

var (
	// Naming the writers lets the index of ids serve, which begins with them.
	selectNamed = db.Statement(`select ` + columns + ` from message
		where operation = $1 and organisation {in $4} and id = $3 and audience {in $2} order by seq`)
	selectNames = db.Statement(`select seq, id, organisation from message where operation = $1 and audience {in $2} and seq {in $3}`)
)
