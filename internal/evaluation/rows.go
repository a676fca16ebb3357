package evaluation

import (
	"encoding/hex"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

const (
	columns       = `operation, seq, workshop, audience, closes, closed, body`
	answerColumns = `operation, evaluation, person, seq, organisation, audience, version, body`
)

var (
	putEvaluation = db.Statement(`insert into evaluation (` + columns + `) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (operation, seq) do update set audience = excluded.audience, closes = excluded.closes, closed = excluded.closed, body = excluded.body`)
	selectOf   = db.Statement(`select body from evaluation where operation = $1 and workshop = $2`)
	selectPast = db.Statement(`select operation, body from evaluation where closed = 0 and closes < $1 order by operation, seq`)
	auditForms = db.Statement(`select ` + columns + ` from evaluation where operation = $1 order by seq`)
	putAnswer  = db.Statement(`insert into evaluation_answer (` + answerColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (operation, evaluation, person) do update set seq = excluded.seq, organisation = excluded.organisation, audience = excluded.audience,
			version = excluded.version, body = excluded.body`)
	selectAnswer  = db.Statement(`select body from evaluation_answer where operation = $1 and evaluation = $2 and person = $3`)
	selectAnswers = db.Statement(`select body from evaluation_answer where operation = $1 and evaluation = $2 order by person`)
	countAnswers  = db.Statement(`select count(*) from evaluation_answer where operation = $1 and evaluation = $2`)
	auditAnswers  = db.Statement(`select ` + answerColumns + ` from evaluation_answer where operation = $1 order by evaluation, person`)
	insertKey     = db.Statement(`insert into evaluation_key (operation, evaluation, secret) values ($1, $2, $3)`)
	selectKey     = db.Statement(`select secret from evaluation_key where operation = $1 and evaluation = $2`)
	dropKey       = db.Statement(`delete from evaluation_key where operation = $1 and evaluation = $2`)
)

func (e Evaluation) args(op int64) []any {
	return []any{op, e.Seq, e.Workshop, e.Audience, e.Closes, e.Ended.Entry, db.Encoded(e)}
}

func (a Answer) args(op, seq int64) []any {
	return []any{op, a.Evaluation, string(a.Person), seq, a.Organisation, a.Audience, a.Version, db.Encoded(a)}
}

// of gives the evaluation of a workshop; none: false.
func of(tx *db.Tx, op, workshopSeq int64) (Evaluation, bool, error) {
	e, err := db.One(tx, selectOf, db.Decoded[Evaluation], op, workshopSeq)
	if errors.Is(err, db.ErrNone) {
		return Evaluation{}, false, nil
	}
	return e, err == nil, err
}

// answerOf gives what somebody answered, sealed; none: false.
func answerOf(tx *db.Tx, op int64, e Evaluation, who person.ID) (Answer, bool, error) {
	a, err := db.One(tx, selectAnswer, db.Decoded[Answer], op, e.Seq, string(who))
	if errors.Is(err, db.ErrNone) {
		return Answer{}, false, nil
	}
	return a, err == nil, err
}

// keyOf gives the key of an evaluation; none: nil, as where an operation came from
// another instance.
func keyOf(tx *db.Tx, op int64, e Evaluation) (secret, error) {
	text, err := db.One(tx, selectKey, db.Text, op, e.Seq)
	if errors.Is(err, db.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return hex.DecodeString(text)
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "evaluation"},
			{Name: "evaluation_answer"},
			{Name: "evaluation_key",
				Unsaid: "opens answers while an evaluation lasts, and is in no journal so that it can be gone for good; without it answers stay shut (decision 62)",
				Stays:  "opens what people answered in confidence while an evaluation lasts; its results leave once it has ended"},
		},
		Operation: newReplay,
	}
}

// Replay follows an operation's journal and knows which rows should stand.
type Replay struct {
	forms   journal.Kept[Evaluation]
	answers journal.Kept[Answer]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{
		forms: journal.Kept[Evaluation]{Table: "evaluation", Columns: columns, All: auditForms, Width: 7,
			Verbs: []string{string(access.EvaluationAsk), string(access.EvaluationClose)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row:   func(op, _ int64, e Evaluation) (string, []any) { return journal.Key(e.Seq), e.args(op) }},
		answers: journal.Kept[Answer]{Table: "evaluation_answer", Columns: answerColumns, All: auditAnswers, Width: 8,
			Verbs: []string{string(access.EvaluationAnswer)},
			Of:    func(row db.Row) string { return journal.Key(row.Number(1), row.Text(2)) },
			Row: func(op, seq int64, a Answer) (string, []any) {
				return journal.Key(a.Evaluation, string(a.Person)), a.args(op, seq)
			}},
	}
}

// Take takes the next entry; false: it is about no evaluation.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	return r.forms.Take(a, act) || r.answers.Take(a, act)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	if err := r.forms.Check(tx, a); err != nil {
		return err
	}
	return r.answers.Check(tx, a)
}
