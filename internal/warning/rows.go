package warning

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const columns = `seq, message, kind, organisation, author, post, person, at`

var (
	insertAct     = db.Statement(`insert into warning_act (operation, ` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	selectActs    = db.Statement(`select ` + columns + ` from warning_act where operation = $1 and message {in $2} order by seq`)
	selectOfKind  = db.Statement(`select ` + columns + ` from warning_act where operation = $1 and kind = $2 order by seq`)
	selectOwnActs = db.Statement(`select ` + columns + ` from warning_act where operation = $1 and kind = $2 and organisation = $3 order by seq`)
)

func (a Act) args() []any {
	return []any{a.Seq, a.Message, a.Kind, a.Organisation, a.Author, a.Post, a.Person, a.At}
}

func scan(row db.Scanner) (Act, error) {
	var a Act
	err := row.Scan(&a.Seq, &a.Message, &a.Kind, &a.Organisation, &a.Author, &a.Post, &a.Person, db.Time(&a.At))
	return a, err
}

func acts(tx *db.Tx, op int64, messages ...int64) ([]Act, error) {
	return db.All(tx, selectActs, scan, op, db.List(messages))
}

// verbs are the permissions behind the kinds: the verbs of their entries.
var verbs = map[string]access.Permission{Acknowledge: access.WarningAcknowledge, Assign: access.WarningAssign, Remind: access.WarningRemind,
	Half: access.WarningRemind, Due: access.WarningRemind, Escalate: access.WarningEscalate}

// keep appends an act to the journal and writes its row. It is told to the
// organisation that it concerns, to coordination where that reads the message, and
// to the originator, unless that may not know who the members are or the act is an
// assignment.
func keep(tx *db.Tx, j *journal.Journal, st operation.Standing, m message.Message, a Act) error {
	op := st.Operation.Number
	a.Message, a.Author, a.At = m.Seq, st.Who.Name(), st.Now
	of, err := audience.Of(tx, op, m.Audience)
	if err != nil {
		return err
	}
	sides, err := audience.Sides(tx, op, st.Now)
	if err != nil {
		return err
	}
	v := audience.Own(a.Organisation)
	if slices.Contains(of.Sides, access.Coordination) {
		v = v.With(access.Coordination)
	}
	if s := sides[m.Organisation]; a.Kind != Assign && m.Organisation != a.Organisation && (s == access.Coordination || s == access.Enforcement) {
		v.Organisations = append(v.Organisations, m.Organisation)
	}
	aud, err := audience.Intern(tx, op, v)
	if err != nil {
		return err
	}
	e := st.Entry(verbs[a.Kind], "warning/"+string(m.ID), aud)
	if a.Seq, err = j.Append(tx, e, journal.Content{After: a, With: map[string]string{"audience": v.String()}}); err != nil {
		return err
	}
	_, err = tx.Exec(insertAct, append([]any{op}, a.args()...)...)
	return err
}

// Acknowledged gives by whom, and when, some messages were acknowledged.
func Acknowledged(tx *db.Tx, op int64, messages ...int64) ([]Act, error) {
	if len(messages) == 0 {
		return nil, nil
	}
	all, err := acts(tx, op, messages...)
	return slices.DeleteFunc(all, func(a Act) bool { return a.Kind != Acknowledge }), err
}

// Unacknowledged counts those of some warnings that nobody has acknowledged.
func Unacknowledged(tx *db.Tx, op int64, warnings db.List) (int64, error) {
	if len(warnings) == 0 {
		return 0, nil
	}
	acts, err := db.All(tx, selectActs, scan, op, warnings)
	if err != nil {
		return 0, err
	}
	seen := map[int64]bool{}
	for _, a := range acts {
		if a.Kind == Acknowledge {
			seen[a.Message] = true
		}
	}
	return int64(len(warnings) - len(seen)), nil
}
