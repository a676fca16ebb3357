package quarantine

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const auditColumns = columns + `, closed`

// auditPage is small, for one row may hold MaxContent.
const auditPage = 50

var auditKept = db.Statement(`select ` + auditColumns + ` from quarantine where operation = $1 and seq >= $2 order by seq limit $3`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "quarantine"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows what was dealt with.
type Replay struct {
	closed  map[int64]time.Time
	unknown bool // an entry that dealt with something has lost its content
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay { return &Replay{closed: map[int64]time.Time{}} }

// Take takes the next entry; false: nothing was kept or dealt with.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	switch access.Permission(act.Verb) {
	case access.QuarantineKeep:
		a.Owe(act.Seq, "quarantine")
		return true
	case access.QuarantineClose:
	default:
		return false
	}
	var k Kept
	if act.Erased {
		r.unknown = true
	} else if err := json.Unmarshal(act.Before, &k); err != nil {
		a.Bad(act, err)
	} else {
		r.closed[k.Seq] = act.At
	}
	return true
}

// Check holds everything that was kept against the entry that kept it.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	for from := int64(math.MinInt64); ; {
		rows, err := db.All(tx, auditKept, db.Raw(9), a.Operation, from, auditPage)
		if err != nil {
			return err
		}
		var seqs []int64
		for _, row := range rows {
			seqs = append(seqs, row.Number(0))
		}
		acts, err := a.Acts(tx, seqs)
		if err != nil {
			return err
		}
		for _, row := range rows {
			a.Compared("quarantine")
			r.check(a, acts[row.Number(0)], row)
		}
		if len(rows) < auditPage {
			return nil
		}
		from = seqs[len(seqs)-1] + 1
	}
}

func (r *Replay) check(a *journal.Audit, act journal.Act, row db.Row) {
	seq := row.Number(0)
	key := fmt.Sprint(seq)
	switch {
	case !a.Pay(seq, "quarantine"):
		a.Found(seq, "quarantine", key, "invented: the entry kept nothing")
		return
	case act.Erased:
		return
	}
	var k Kept
	if err := json.Unmarshal(act.After, &k); err != nil {
		a.Bad(act, err)
		return
	}
	sum := sha256.Sum256([]byte(row.Text(6)))
	content := row.Text(6)
	if hex.EncodeToString(sum[:]) != k.Digest { // the entry holds the digest only
		content += "?"
	}
	closed := any(db.Null(r.closed[seq]))
	if r.unknown {
		closed = row[8]
	}
	want := db.RowOf(seq, k.Organisation, k.Author, k.Kind, k.Record, k.Digest, content, k.At, closed)
	a.Differs(seq, "quarantine", key, row.Differs(want, auditColumns))
}
