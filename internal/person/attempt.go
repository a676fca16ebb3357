package person

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// How many passwords may be tried for one login, and in what time. The same
// holds for logins that nobody has.
const (
	MaxFailures   = 10
	FailureWindow = 15 * time.Minute
)

var (
	// Bounded on both sides: a clock that was set back must not lock anyone out for long.
	countFailures  = db.Statement(`select count(*) from signin_failure where login = $1 and at > $2 and at < $3`)
	insertFailure  = db.Statement(`insert into signin_failure (id, login, at) values ($1, $2, $3)`)
	deleteFailures = db.Statement(`delete from signin_failure where login = $1`)
	cleanFailures  = db.Statement(`delete from signin_failure where at <= $1 or at >= $2`)
)

// Attempt counts one try of a password before it is compared, so that tries at
// the same time cannot slip past the limit. It answers fault.TooMany when there
// were too many. id is a new UUID.
func Attempt(tx *db.Tx, id, login string, at time.Time) error {
	key := HashSecret(Fold(login))
	n, err := db.One(tx, countFailures, db.Int64, key, at.Add(-FailureWindow), at.Add(FailureWindow))
	if err != nil {
		return err
	}
	if n >= MaxFailures {
		return fault.Of(fault.TooMany, "fault.too-many")
	}
	_, err = tx.Exec(insertFailure, id, key, at)
	return err
}

// Forgive forgets the tries of a login: the password was right.
func Forgive(tx *db.Tx, login string) error {
	_, err := tx.Exec(deleteFailures, HashSecret(Fold(login)))
	return err
}

// ForgetAttempts removes tries that no longer count.
func ForgetAttempts(tx *db.Tx, at time.Time) error {
	_, err := tx.Exec(cleanFailures, at.Add(-FailureWindow), at.Add(FailureWindow))
	return err
}
