package world

import (
	"context"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// insertLetter writes a message as package message does, without an entry of the
// journal: a million commands would take an hour, and nobody verifies this instance.
var insertLetter = db.Statement(`insert into message (operation, seq, id, organisation, author, audience, addressed, asked, template, thread, outcome,
	subject, body, language, tlp, category, conveyance, provenance, destination, written) values
	($1, $2, $3, $4, $5, $6, $7, $8, 'general', $2, '', $9, $10, $11, 'GREEN', '', '', '', '', $12)`)

// firstLetter is the number of the first letter, behind every entry that making
// the operation has appended.
const firstLetter = 100_000

// lettersAtOnce is how many letters share a transaction.
const lettersAtOnce = 2_000

// write fills the operation that is searched, past the commands: the rows of the
// messages and their words in the index, as the commands leave them.
func (m *maker) write(ctx context.Context, d *db.DB, progress func(done, total int)) error {
	var op operation.Operation
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		op, err = operation.ByCode(tx, Words)
		return err
	})
	numbers := map[string]int64{} // audiences by their value
	for from := 0; from < m.size.Searched && err == nil; from += lettersAtOnce {
		err = d.Keep(ctx, func(tx *db.Tx) error {
			for i := from; i < min(from+lettersAtOnce, m.size.Searched); i++ {
				if err := m.letter(tx, op.Number, i, numbers); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil && from/lettersAtOnce%8 == 7 { // as the server does in its idle time
			err = d.Keep(ctx, textindex.Merge)
		}
		if progress != nil {
			progress(from, m.size.Searched)
		}
	}
	return err
}

func (m *maker) letter(tx *db.Tx, op int64, i int, numbers map[string]int64) error {
	l := m.size.Letter(i)
	from := m.members[l.From].Number
	to := audience.Address{Apart: l.Apart}
	if l.To == 0 {
		to.Sides = []access.Side{access.Enforcement}
	} else {
		to.Organisations = []int64{m.members[l.To].Number}
	}
	value, asked := to.Value(from), audience.Value{Sides: to.Sides, Organisations: to.Organisations}
	var all [2]int64
	for k, v := range []audience.Value{value, asked} {
		n, known := numbers[v.String()]
		if !known {
			var err error
			if n, err = audience.Intern(tx, op, v); err != nil {
				return err
			}
			numbers[v.String()] = n
		}
		all[k] = n
	}
	seq := firstLetter + int64(i)
	who := m.actors[l.From][i/m.size.writers()%len(m.actors[l.From])]
	written := time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Second)
	if _, err := tx.Exec(insertLetter, op, seq, id('l', i), from, who.Person, all[0], to.String(), all[1], l.Subject, l.Body, l.Language, written); err != nil {
		return err
	}
	return audience.Index(tx, textindex.Place{Operation: op, Seq: seq, Kind: textindex.Message, Audience: all[0]}, l.Subject, l.Body)
}
