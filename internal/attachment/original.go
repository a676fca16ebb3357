package attachment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/picture"
)

const ruleColumns = `seq, kept, author, at`

var (
	insertRule  = db.Statement(`insert into original_rule (operation, ` + ruleColumns + `) values ($1, $2, $3, $4, $5)`)
	selectRule  = db.Statement(`select ` + ruleColumns + ` from original_rule where operation = $1 order by seq desc limit 1`)
	selectRules = db.Statement(`select ` + ruleColumns + ` from original_rule where operation = $1 order by seq`)
)

// Rule says whether an operation keeps pictures as they came beside what was made
// of them. Nobody has said so: it does not.
type Rule struct {
	Seq    int64 `json:",omitempty"` // of the entry that says so
	Kept   bool
	Author string // person's UUID
	At     time.Time
}

func scanRule(row db.Scanner) (Rule, error) {
	var r Rule
	err := row.Scan(&r.Seq, &r.Kept, &r.Author, db.Time(&r.At))
	return r, err
}

func ruleOf(tx *db.Tx, op int64) (Rule, error) {
	r, err := db.One(tx, selectRule, scanRule, op)
	if errors.Is(err, db.ErrNone) {
		return Rule{}, nil
	}
	return r, err
}

// Rule tells whether originals are kept, to whoever may upload.
func (s *Store) Rule(ctx context.Context, who access.Actor, code operation.Code) (operation.Standing, Rule, error) {
	var st operation.Standing
	var r Rule
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.AttachmentUpload); err != nil {
			return err
		}
		r, err = ruleOf(tx, st.Operation.Number)
		return err
	})
	if err != nil {
		return st, Rule{}, fmt.Errorf("%s: %w", access.AttachmentUpload, err)
	}
	return st, r, nil
}

// Retain says whether originals are kept from now on; what was kept before stays.
// Who directs the operation does. The same again changes nothing.
func (s *Store) Retain(ctx context.Context, who access.Actor, code operation.Code, kept bool) error {
	err := s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.AttachmentRetain)
		if err != nil {
			return err
		}
		old, err := ruleOf(tx, st.Operation.Number)
		if err != nil {
			return err
		}
		if old.Kept == kept {
			return db.Unchanged
		}
		r := Rule{Kept: kept, Author: who.Person, At: st.Now}
		subject := "operation/" + string(st.Operation.ID)
		if r.Seq, err = s.journal.Append(tx, st.Entry(access.AttachmentRetain, subject, 0), journal.Content{Before: old, After: r}); err != nil {
			return err
		}
		_, err = tx.Exec(insertRule, st.Operation.Number, r.Seq, r.Kept, r.Author, r.At)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.AttachmentRetain, err)
	}
	return nil
}

// keepOriginal keeps the bytes that came, where the operation wants so. whole: the
// same bytes, already put away; or the zero value.
func (s *Store) keepOriginal(ctx context.Context, st operation.Standing, a *Attachment, content []byte, whole blob.Stored) error {
	var r Rule
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		r, err = ruleOf(tx, st.Operation.Number)
		return err
	})
	switch {
	case err != nil || !r.Kept:
		return err
	case whole.Name != "":
		a.Original = whole.Name
		return nil
	}
	p, err := s.lock(st, picture.Rendered{Content: content})
	a.Original = p.Blob
	return err
}

// ruled notes what an entry said about originals.
func (r *Replay) ruled(a *journal.Audit, act journal.Act) {
	var rule Rule
	if act.Erased {
		r.rules.Unknown(strconv.FormatInt(act.Seq, 10))
	} else if err := json.Unmarshal(act.After, &rule); err != nil {
		a.Bad(act, err)
	} else {
		r.rules.Put(act.Seq, strconv.FormatInt(act.Seq, 10), act.Seq, rule.Kept, act.Actor, act.At)
	}
}

func (r *Replay) auditRules(tx *db.Tx, a *journal.Audit) error {
	rows, err := db.All(tx, selectRules, db.Raw(4), a.Operation)
	if err == nil {
		r.rules.Check(a, rows, func(row db.Row) string { return strconv.FormatInt(row.Number(0), 10) })
	}
	return err
}
