package message

import (
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// What package warning asks of messages. All of it is restricted by the audiences
// that are given.

var (
	selectWarnings  = db.Statement(`select ` + columns + ` from message where operation = $1 and template = 'warning' and state = '' and audience {in $2} order by seq`)
	selectFeedbacks = db.Statement(`select ` + columns + ` from message where operation = $1 and template = 'feedback' and state = '' and audience {in $2}
		and answers is not null order by seq`)
	selectFeedbacksTo = db.Statement(`select ` + columns + ` from message where operation = $1 and template = 'feedback' and state = '' and answers {in $2} order by seq`)
	selectUrgent      = db.Statement(`select ` + columns + ` from message where operation = $1 and urgent and state = '' and audience {in $2}
		and (organisation <> $3 or asked {in $4}) order by seq`)
	// Half of the time to answer has passed; what was due long ago is left in peace.
	selectAwaiting = db.Statement(`select operation from message where template = 'warning' and state = '' and reply_due > $2
		and (expires is null or expires > $1) and written + (reply_due - written) / 2 <= $1 group by operation order by operation`)
	selectAwaited = db.Statement(`select ` + columns + ` from message where operation = $1 and template = 'warning' and state = '' and reply_due > $3
		and (expires is null or expires > $2) and written + (reply_due - written) / 2 <= $2 order by seq`)
)

// One gives a message that may be read; Missing otherwise.
func One(tx *db.Tx, op int64, readable db.List, seq int64) (Message, error) {
	m, err := one(tx, op, readable, seq)
	if errors.Is(err, db.ErrNone) {
		return m, fault.Missing()
	}
	return m, err
}

// Warnings lists the warnings that may be read, oldest first.
func Warnings(tx *db.Tx, op int64, readable db.List) ([]Message, error) {
	return db.All(tx, selectWarnings, scan, op, readable)
}

// Feedbacks lists the feedback that may be read, oldest first.
func Feedbacks(tx *db.Tx, op int64, readable db.List) ([]Message, error) {
	return db.All(tx, selectFeedbacks, scan, op, readable)
}

// FeedbacksTo lists all feedback to some warnings, whoever may read it: for the
// system, which decides whom to remind and tells nobody what was said.
func FeedbacksTo(tx *db.Tx, op int64, warnings db.List) ([]Message, error) {
	return db.All(tx, selectFeedbacksTo, scan, op, warnings)
}

// Urgent lists the urgent messages of others that may be read.
func Urgent(tx *db.Tx, st operation.Standing, readable db.List) ([]Message, error) {
	own, err := toOwn(tx, st)
	if err != nil {
		return nil, err
	}
	return db.All(tx, selectUrgent, scan, st.Operation.Number, readable, st.Who.Organisation, own)
}

// Waits lists the warnings that wait for the feedback of the actor's organisation, at
// most 200.
func Waits(tx *db.Tx, st operation.Standing, readable db.List) ([]Message, error) {
	own, err := toOwn(tx, st)
	if err != nil {
		return nil, err
	}
	return db.All(tx, selectWaiting, scan, st.Operation.Number, readable, st.Who.Organisation, st.Now, own, maxWaiting)
}

// Awaiting lists the operations with a warning that holds, whose time to answer
// is half over at a moment, and was not over long before it.
func Awaiting(tx *db.Tx, now, long time.Time) ([]int64, error) {
	return db.All(tx, selectAwaiting, db.Int64, now, long)
}

// Awaited lists these warnings of one operation.
func Awaited(tx *db.Tx, op int64, now, long time.Time) ([]Message, error) {
	return db.All(tx, selectAwaited, scan, op, now, long)
}

// Owing lists who owes an answer to a warning at a moment.
func Owing(tx *db.Tx, op int64, m Message, at time.Time) ([]int64, error) {
	owed, err := Owed(tx, op, []Message{m}, at)
	return owed[m.Seq], err
}

// Owed is Owing of many messages, by their numbers: the readers of what they are Asked,
// without who warns unless that is named there: see begin. Whole operations address a
// few audiences, and each is looked up once.
func Owed(tx *db.Tx, op int64, messages []Message, at time.Time) (map[int64][]int64, error) {
	type asked struct{ readers, named []int64 }
	all, out := map[int64]asked{0: {}}, make(map[int64][]int64, len(messages))
	for _, m := range messages {
		a, known := all[m.Asked]
		if !known {
			v, err := audience.Of(tx, op, m.Asked)
			if err == nil {
				a.named = v.Organisations
				a.readers, err = audience.Readers(tx, op, m.Asked, at)
			}
			if err != nil {
				return nil, err
			}
			all[m.Asked] = a
		}
		out[m.Seq] = a.readers
		if !slices.Contains(a.named, m.Organisation) {
			out[m.Seq] = slices.DeleteFunc(slices.Clone(a.readers), func(n int64) bool { return n == m.Organisation })
		}
	}
	return out, nil
}

// Known tells whether a reader may know who the members are.
func Known(st operation.Standing) bool { return known(st) }

// Describe adds to messages what their reader may know of them.
func Describe(tx *db.Tx, st operation.Standing, readable db.List, messages []Message) ([]Item, error) {
	return items(tx, st, readable, messages)
}
