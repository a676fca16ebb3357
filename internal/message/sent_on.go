package message

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Router is who sends a warning on where its originator's own address allows it.
const Router = "warning-router"

// SentOn is a warning that was sent on to one more organisation, which reads it
// and owes an answer from then on.
type SentOn struct {
	Seq          int64 `json:",omitempty"`
	Message      int64 // number of the warning
	Organisation int64 // to whom
	Feedback     int64 // number of the feedback that said whither the goods moved; 0: none
	Audience     int64 // of the warning from now on
	Asked        int64
	Was          int64  `json:",omitempty"` // Asked before the first sending on; the entry has it, no row: erasing the message must not hide who was asked
	Author       string // as journals call the actor
	At           time.Time
}

// Whither lists the enforcement members of a country now, without some.
func Whither(tx *db.Tx, op int64, country string, without ...int64) ([]organisation.Organisation, error) {
	if country == "" {
		return nil, nil
	}
	members, err := operation.Members(tx, op)
	var out []organisation.Organisation
	for _, m := range members {
		if m.Membership.Side == access.Enforcement && m.Organisation.Country == country && !slices.Contains(without, m.Organisation.Number) {
			out = append(out, m.Organisation)
		}
	}
	return out, err
}

// moveOn hands a warning to the next country, as a feedback says that the goods
// have gone there. It is an act of the system, and only where that country reads
// the warning already: whoever answers may not widen what the originator
// restricted. Others are offered to the originator and coordination (package warning).
func (s *Store) moveOn(tx *db.Tx, st operation.Standing, w, feedback Message) error {
	if w.Template != Warning || w.Taken.State != "" || feedback.Template != Feedback || feedback.Outcome != "moved-on" {
		return nil
	}
	next, err := Whither(tx, st.Operation.Number, feedback.Profile.Destination, w.Organisation, feedback.Organisation)
	if err != nil || len(next) == 0 {
		return err
	}
	readers, err := audience.Readers(tx, st.Operation.Number, w.Audience, st.Now)
	if err != nil {
		return err
	}
	st.Who = access.Actor{System: Router, Organisation: w.Organisation}
	for _, o := range next {
		if !slices.Contains(readers, o.Number) {
			continue
		}
		if w, err = SendOn(tx, s.journal, st, w, o.Number, feedback.Seq); err != nil {
			return err
		}
	}
	return nil
}

// SendOn has one more organisation read a warning and owe an answer to it, and
// gives the warning as it is then. Once is enough: again changes nothing.
func SendOn(tx *db.Tx, j *journal.Journal, st operation.Standing, w Message, to, feedback int64) (Message, error) {
	op := st.Operation.Number
	done, err := SentOnTo(tx, op, w.Seq)
	if err != nil || slices.ContainsFunc(done, func(s SentOn) bool { return s.Organisation == to }) {
		return w, err
	}
	members, err := audience.Sides(tx, op, st.Now)
	if err != nil {
		return w, err
	}
	with, was := map[string]string{}, int64(0)
	if len(done) == 0 {
		v, err := audience.Of(tx, op, w.Asked)
		if err != nil {
			return w, err
		}
		was, with["was"] = w.Asked, v.String()
	}
	for _, part := range []struct {
		name   string
		number *int64
	}{{"audience", &w.Audience}, {"asked", &w.Asked}} {
		v, err := audience.Of(tx, op, *part.number)
		if err != nil {
			return w, err
		}
		if !v.Has(to, members[to]) {
			v.Organisations = append(slices.Clone(v.Organisations), to)
		}
		if *part.number, err = audience.Intern(tx, op, v); err != nil {
			return w, err
		}
		with[part.name] = v.String()
	}
	made := SentOn{Message: w.Seq, Organisation: to, Feedback: feedback, Audience: w.Audience, Asked: w.Asked, Was: was, Author: st.Who.Name(), At: st.Now}
	made.Seq, err = j.Append(tx, st.Entry(access.WarningForward, "message/"+string(w.ID), w.Audience), journal.Content{After: made, With: with})
	if err != nil {
		return w, err
	}
	if _, err = tx.Exec(insertSentOn, append([]any{op}, made.args()...)...); err != nil {
		return w, err
	}
	if _, err = tx.Exec(widen, op, w.Seq, w.Audience, w.Asked); err != nil {
		return w, err
	}
	return w, follow(tx, op, w)
}

// follow gives what hangs on a warning, and the words by which it is found, the
// audience that it has now.
func follow(tx *db.Tx, op int64, w Message) error {
	if err := index(tx, op, w); err != nil {
		return err
	}
	if err := consignment.Move(tx, op, w.Seq, w.Audience); err != nil {
		return err
	}
	return attachment.Move(tx, op, w.Seq, w.Audience)
}

// SentOnBy gives what some entries sent on, by their numbers.
func SentOnBy(tx *db.Tx, op int64, entries db.List) (map[int64]SentOn, error) {
	out := map[int64]SentOn{}
	if len(entries) == 0 {
		return out, nil
	}
	all, err := db.All(tx, selectSentOnBy, scanSentOn, op, entries)
	for _, s := range all {
		out[s.Seq] = s
	}
	return out, err
}

// SentOnTo lists to whom a warning was sent on, oldest first.
func SentOnTo(tx *db.Tx, op, seq int64) ([]SentOn, error) {
	return db.All(tx, selectSentOn, scanSentOn, op, db.List{seq})
}

const sentOnColumns = `seq, message, organisation, feedback, audience, asked, author, at`

var (
	insertSentOn   = db.Statement(`insert into message_sent_on (operation, ` + sentOnColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	selectSentOn   = db.Statement(`select ` + sentOnColumns + ` from message_sent_on where operation = $1 and message {in $2} order by seq`)
	selectSentOnBy = db.Statement(`select ` + sentOnColumns + ` from message_sent_on where operation = $1 and seq {in $2} order by seq`)
	auditSentOn    = db.Statement(`select ` + sentOnColumns + ` from message_sent_on where operation = $1 order by seq`)
	widen          = db.Statement(`update message set audience = $3, asked = $4 where operation = $1 and seq = $2`)
)

func (s SentOn) args() []any {
	return []any{s.Seq, s.Message, s.Organisation, s.Feedback, s.Audience, s.Asked, s.Author, s.At}
}

func scanSentOn(row db.Scanner) (SentOn, error) {
	var s SentOn
	err := row.Scan(&s.Seq, &s.Message, &s.Organisation, &s.Feedback, &s.Audience, &s.Asked, &s.Author, db.Time(&s.At))
	return s, err
}
