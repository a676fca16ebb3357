package journal

import (
	"encoding/hex"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

var (
	openHead = db.Statement(`insert into journal_head (operation, size) values ($1, 0) on conflict (operation) do nothing`)
	// The update takes the row's lock on PostgreSQL; SQLite has one writer anyway.
	lockHead   = db.Statement(`update journal_head set size = size + 0 where operation = $1 returning size`)
	setHead    = db.Statement(`update journal_head set size = $2 where operation = $1`)
	selectSize = db.Statement(`select size from journal_head where operation = $1`)

	insertEntry = db.Statement(`insert into journal (operation, seq, at, actor, organisation, verb, subject, audience, digest)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	insertContent = db.Statement(`insert into journal_content (operation, seq, salt, content) values ($1, $2, $3, $4)`)
	insertHash    = db.Statement(`insert into journal_hash (operation, idx, hash) values ($1, $2, $3)`)
	selectHashes  = db.Statement(`select idx, hash from journal_hash where operation = $1 and idx {in $2}`)

	selectEntry   = db.Statement(`select ` + entryColumns + ` from journal where operation = $1 and seq = $2`)
	selectEntries = db.Statement(`select ` + entryColumns + ` from journal
		where operation = $1 and seq < $2 and ($3 = '' or verb = $3) and ($4 = '' or subject = $4)
		and ($5 = 0 or organisation = $5) and ($6 = '' or actor = $6)
		order by seq desc limit $7`)
	selectVisible = db.Statement(`select ` + entryColumns + ` from journal
		where operation = $1 and seq < $2 and ($3 = '' or verb = $3) and ($4 = '' or subject = $4)
		and ($5 = 0 or organisation = $5) and ($6 = '' or actor = $6)
		and (organisation = $8 or audience {in $9})
		order by seq desc limit $7`)
	selectContent = db.Statement(`select salt, content from journal_content where operation = $1 and seq = $2`)
	selectVerbs   = db.Statement(`select distinct verb from journal where operation = $1 order by verb`)

	countEntries        = db.Statement(`select count(*) from journal where operation = $1`)
	selectSpan          = db.Statement(`select ` + entryColumns + ` from journal where operation = $1 and seq >= $2 order by seq limit $3`)
	selectContentSpan   = db.Statement(`select seq, salt, content from journal_content where operation = $1 and seq >= $2 and seq <= $3`)
	selectHashSpan      = db.Statement(`select idx, hash from journal_hash where operation = $1 and idx >= $2 and idx <= $3`)
	selectHashesBeyond  = db.Statement(`select idx from journal_hash where operation = $1 and (idx < 0 or idx >= $2) order by idx limit $3`)
	selectThese         = db.Statement(`select ` + entryColumns + ` from journal where operation = $1 and seq {in $2}`)
	selectTheseContents = db.Statement(`select seq, salt, content from journal_content where operation = $1 and seq {in $2}`)
)

const entryColumns = `operation, seq, at, actor, organisation, verb, subject, audience, digest`

func scanEntry(row db.Scanner) (Entry, error) {
	var e Entry
	err := row.Scan(&e.Operation, &e.Seq, db.Time(&e.At), &e.Actor, &e.Organisation, &e.Verb, &e.Subject, &e.Audience, &e.Digest)
	return e, err
}

func insert(tx *db.Tx, a appended) error {
	if _, err := tx.Exec(insertEntry, a.Operation, a.Seq, a.At, a.Actor, a.Organisation, a.Verb, a.Subject, a.Audience, a.Digest); err != nil {
		return err
	}
	_, err := tx.Exec(insertContent, a.Operation, a.Seq, a.salt, a.content)
	return err
}

type numberedHash struct {
	index int64
	hash  tlog.Hash
}

func scanHash(row db.Scanner) (numberedHash, error) {
	var s numberedHash
	var text string
	if err := row.Scan(&s.index, &text); err != nil {
		return s, err
	}
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(s.hash) {
		return s, fmt.Errorf("journal: stored hash %d is damaged", s.index)
	}
	copy(s.hash[:], b)
	return s, nil
}

type numberedContent struct {
	seq int64
	Stored
}

func scanContent(row db.Scanner) (numberedContent, error) {
	var c numberedContent
	err := row.Scan(&c.seq, &c.Salt, &c.Content)
	return c, err
}

// entryOf reads a row of entryColumns.
func entryOf(r db.Row) Entry {
	return Entry{Operation: r.Number(0), Seq: r.Number(1), At: time.UnixMicro(r.Number(2)).UTC(), Actor: r.Text(3),
		Organisation: r.Number(4), Verb: r.Text(5), Subject: r.Text(6), Audience: r.Number(7), Digest: r.Text(8)}
}
