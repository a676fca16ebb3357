package message

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Limits of lists.
const (
	pageSize    = 50
	maxPage     = 200
	maxWaiting  = 200
	afterNewest = int64(1) << 62
)

func (f Filter) clean() (Filter, error) {
	var p fault.Problems
	if f.Template != "" && !slices.Contains(Templates(), f.Template) {
		p.Add("template", "fault.unknown-code")
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

// List gives a page of the messages that the actor may read, newest first.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code, f Filter) (Page, error) {
	var page Page
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, readable, err := s.enter(tx, who, code)
		if err != nil {
			return err
		}
		page.Standing = st
		messages, next, err := cut(tx, st, readable, f)
		if err != nil {
			return err
		}
		page.Next = next
		if page.Items, err = items(tx, st, readable, messages); err != nil {
			return err
		}
		if page.Counts, err = counts(tx, st.Operation.Number, readable, who); err != nil {
			return err
		}
		open, err := OpenWarnings(tx, st, readable)
		page.Counts.Open = open.All
		return err
	})
	if err == nil {
		err = s.noteItems(page.Standing, page.Items)
	}
	if err != nil {
		return Page{}, fmt.Errorf("message.read: %w", err)
	}
	return page, nil
}

// enter is the gate of every query: where the reader stands, and what its
// organisation may read.
func (s *Store) enter(tx *db.Tx, who access.Actor, code operation.Code) (operation.Standing, db.List, error) {
	st, err := operation.Enter(tx, s.source.Now(), who, code, access.MessageRead)
	if err != nil {
		return st, nil, err
	}
	readable, err := st.Readable(tx)
	return st, readable, err
}

// cut gives a page of messages, and Filter.Before of the next one; 0: this is
// the last.
func cut(tx *db.Tx, st operation.Standing, readable db.List, f Filter) (messages []Message, next int64, err error) {
	if f, err = f.clean(); err != nil {
		return nil, 0, err
	}
	if messages, err = list(tx, st, readable, f); err != nil || int64(len(messages)) <= f.Limit {
		return messages, 0, err
	}
	messages = messages[:f.Limit]
	return messages, messages[f.Limit-1].Seq, nil
}

// list gives one message more than the limit if there is one.
func list(tx *db.Tx, st operation.Standing, readable db.List, f Filter) ([]Message, error) {
	author := ""
	if f.Mine {
		author = st.Who.Person
	}
	if !f.Open {
		return db.All(tx, selectPage, scan, st.Operation.Number, readable, st.Who.Organisation, f.Before, f.Organisation, author,
			f.Template, f.Limit+1)
	}
	if f.Template != "" && f.Template != Warning {
		return nil, nil
	}
	own, err := toOwn(tx, st)
	if err != nil {
		return nil, err
	}
	return db.All(tx, selectOpen, scan, st.Operation.Number, readable, st.Who.Organisation, st.Now, own, f.Before, f.Organisation, author, f.Limit+1)
}

// Waiting gives the warnings that wait for the feedback of the actor's
// organisation, at most 200, the most urgent first.
func (s *Store) Waiting(ctx context.Context, who access.Actor, code operation.Code) ([]Item, error) {
	var out []Item
	var st operation.Standing
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		var readable db.List
		if st, readable, err = s.enter(tx, who, code); err != nil {
			return err
		}
		messages, err := Waits(tx, st, readable)
		if err != nil {
			return err
		}
		out, err = items(tx, st, readable, messages)
		return err
	})
	if err == nil {
		err = s.noteItems(st, out)
	}
	if err != nil {
		return nil, fmt.Errorf("message.read: %w", err)
	}
	return out, nil
}

// items adds to messages what their reader may know of them.
func items(tx *db.Tx, st operation.Standing, readable db.List, messages []Message) ([]Item, error) {
	var numbers, organisations db.List
	var authors []string
	for _, m := range messages {
		numbers = append(numbers, m.Seq)
		if !slices.Contains(organisations, m.Organisation) {
			organisations = append(organisations, m.Organisation)
		}
		if !slices.Contains(authors, m.Author) {
			authors = append(authors, m.Author)
		}
	}
	if len(messages) == 0 {
		return nil, nil
	}
	from, err := organisation.These(tx, organisations)
	if err != nil {
		return nil, err
	}
	people, err := person.These(tx, authors)
	if err != nil {
		return nil, err
	}
	answers, err := replies(tx, st.Operation.Number, readable, numbers)
	if err != nil {
		return nil, err
	}
	hung, err := files(tx, st, readable, messages)
	if err != nil {
		return nil, err
	}
	forms, err := formsOf(tx, st.Operation.Number, messages)
	if err != nil {
		return nil, err
	}
	if messages, err = ownWhole(tx, st, messages); err != nil {
		return nil, err
	}
	out := make([]Item, len(messages))
	own, err := toOwn(tx, st)
	if err != nil {
		return nil, err
	}
	owed, err := Owed(tx, st.Operation.Number, messages, st.Now)
	if err != nil {
		return nil, err
	}
	for i, m := range messages {
		waits := slices.Contains(readable, m.Asked) && (m.Organisation != st.Who.Organisation || slices.Contains(own, m.Asked))
		out[i] = item(st, waits, m, answers, owed[m.Seq])
		out[i].From, out[i].AuthorName, out[i].Files = from[m.Organisation], people[m.Author].Name, hung[m.Seq]
		out[i].Form = m.formIn(forms)
	}
	return out, nil
}

// item says of one message what follows from its answers; isAsked: the reader's
// organisation owes one.
func item(st operation.Standing, isAsked bool, m Message, answers []reply, asked []int64) Item {
	own := st.Who.Organisation
	out := Item{Message: conceal(st, m), Mine: m.Author == st.Who.Person && m.Organisation == own}
	any := false
	for _, r := range answers {
		if r.answers != m.Seq {
			continue
		}
		out.Replies += r.count
		any = any || r.feedback
		out.Answered = out.Answered || r.organisation == own && (r.feedback || m.Template != Warning)
		if r.feedback && slices.Contains(asked, r.organisation) {
			out.Heard++
		}
	}
	if m.Template == Warning && m.Taken.State == "" {
		out.Waits = isAsked && !out.Answered && !m.Expired(st.Now)
		out.Open = out.Waits || !isAsked && !any && !m.Expired(st.Now)
		out.Overdue = out.Open && m.Overdue(st.Now)
	}
	if known(st) {
		out.Asked = len(asked)
	} else {
		out.Heard = 0
	}
	return out
}

// known tells whether the reader may know who the members are. Right holders and
// observers may not.
func known(st operation.Standing) bool { return st.May(access.OperationPeople) }

// conceal takes out the organisations that a message names, for readers who may
// not know the members.
func conceal(st operation.Standing, m Message) Message {
	m.To = Conceal(st, m.To)
	return m
}

// toOwn lists the audiences that owe an answer to a warning of their own organisation,
// as far as the actor does: in a practice, to whoever leads it.
func toOwn(tx *db.Tx, st operation.Standing) (db.List, error) {
	if st.Operation.Kind != operation.KindPractice || st.Side() != access.Enforcement {
		return db.List{}, nil
	}
	return audience.Naming(tx, st.Operation.Number, st.Who.Organisation)
}
