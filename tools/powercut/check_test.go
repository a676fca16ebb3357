package powercut

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

var (
	selectMessages = db.Statement(`select id, seq, subject, body from message where operation = $1`)
	selectCases    = db.Statement(`select s.id, s.seq, s.state, cast(count(v.version) as text) from seizure s
		left join seizure_version v on v.operation = s.operation and v.seizure = s.seq and v.seq = s.seq where s.operation = $1
		group by s.id, s.seq, s.state`)
	selectHashes = db.Statement(`select hash from journal_hash where operation = $1 order by idx`)
	countLines   = db.Statement(`select count(*) from goods_line where operation = $1`)
)

// verdict is what was found after a cut.
type verdict struct {
	acked, lost, refused int
	corrupt              []string // what is neither there nor absent
}

func (v *verdict) says(format string, args ...any) {
	v.corrupt = append(v.corrupt, fmt.Sprintf(format, args...))
}

// record is a stored message or case.
type record struct {
	seq  int64
	a, b string // subject and body, or state and number of first versions
}

// inspect looks at a copy of the disk: it must open without repair, be sound,
// and hold exactly what was acknowledged.
func (w world) inspect(path, vfs string, d *Disk, h *history) (v verdict) {
	defer Mount(vfs, d.Copy())()
	sound(&v, path, vfs)
	p, err := boot(path, vfs, "", 1)
	if err != nil {
		v.says("does not open: %v", err)
		return v
	}
	err = p.d.Read(context.Background(), func(tx *db.Tx) error {
		messages, err := records(tx, selectMessages, w.number)
		cases, err2 := records(tx, selectCases, w.number)
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		h.compare(&v, messages, cases)
		return errors.Join(w.tree(tx, &v, messages, cases), w.tallies(tx, &v, len(cases)))
	})
	if err = errors.Join(err, p.d.Close()); err != nil {
		v.says("cannot be read: %v", err)
	}
	return v
}

// sound asks SQLite.
func sound(v *verdict, path, vfs string) {
	raw, err := sql.Open(DriverName, "file:"+path+"?vfs="+vfs)
	if err != nil {
		v.says("%v", err)
		return
	}
	defer raw.Close()
	var said string
	if err := raw.QueryRow("pragma integrity_check").Scan(&said); err != nil || said != "ok" {
		v.says("integrity_check: %s %v", said, err)
	}
	if err := raw.QueryRow("pragma foreign_key_check").Scan(&said); !errors.Is(err, sql.ErrNoRows) {
		v.says("foreign_key_check: %s %v", said, err)
	}
}

func records(tx *db.Tx, s db.SQL, operation int64) (map[string]record, error) {
	out := map[string]record{}
	_, err := db.All(tx, s, func(row db.Scanner) (struct{}, error) {
		var id string
		var r record
		err := row.Scan(&id, &r.seq, &r.a, &r.b)
		if _, twice := out[id]; twice {
			return struct{}{}, fmt.Errorf("%s is there twice", id)
		}
		out[id] = r
		return struct{}{}, err
	}, operation)
	return out, err
}

// compare holds what is stored against what was answered.
func (h *history) compare(v *verdict, messages, cases map[string]record) {
	messages, cases = maps.Clone(messages), maps.Clone(cases)
	for _, a := range h.attempts {
		id, stored := "", messages
		if a.message != nil {
			id = string(a.message.ID)
		} else {
			id, stored = string(a.report.ID), cases
		}
		r, found := stored[id]
		delete(stored, id)
		if a.acked {
			v.acked++
		}
		switch {
		case a.acked && !found:
			v.lost++
			continue
		case a.acked && r.seq != a.seq:
			v.says("%s was acknowledged as %d and stands at %d", id, a.seq, r.seq)
		case a.refused && found:
			v.refused++
			v.says("%s was refused and is stored", id)
		case !found:
			continue
		}
		if a.message != nil && (r.a != a.message.Subject || r.b != a.message.Body) {
			v.says("%s is not what was sent", id)
		}
		if a.report != nil && (r.a != string(seizure.Released) || r.b != "1") {
			v.says("case %s is %s with %s first versions", id, r.a, r.b)
		}
	}
	if n := len(messages) + len(cases); n > 0 {
		v.says("%d records that nobody sent", n)
	}
	for _, wrong := range h.wrong {
		v.says("%s", wrong)
	}
}

// tree recomputes the journal: no gap, every content as promised, every stored
// hash, and an entry for each record as there is a record for each entry.
func (w world) tree(tx *db.Tx, v *verdict, messages, cases map[string]record) error {
	size, err := journal.Size(tx, w.number)
	if err != nil {
		return err
	}
	entries, err := journal.List(tx, w.number, journal.Filter{Limit: size + 1000})
	if err != nil {
		return err
	}
	if int64(len(entries)) != size {
		v.says("%d entries in a journal of %d", len(entries), size)
	}
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) (out []tlog.Hash, err error) {
		for _, i := range at {
			out = append(out, hashes[i])
		}
		return out, nil
	})
	written := 0
	for i := range entries {
		e := entries[len(entries)-1-i]
		if e.Seq != int64(i) {
			v.says("entry %d stands at %d", e.Seq, i)
			return nil
		}
		if c, err := journal.ContentOf(tx, w.number, e.Seq); err != nil || !e.Matches(c) {
			v.says("content of entry %d: %v", e.Seq, err)
		}
		more, err := tlog.StoredHashes(e.Seq, e.Leaf(), reader)
		if err != nil {
			return err
		}
		hashes = append(hashes, more...)
		written += recorded(v, e, messages, cases)
	}
	if n := len(messages) + len(cases); n != written {
		v.says("%d records, %d entries that made them", n, written)
	}
	stored, err := db.All(tx, selectHashes, db.Text, w.number)
	if err != nil {
		return err
	}
	if len(stored) != len(hashes) {
		v.says("%d hashes stored, %d computed", len(stored), len(hashes))
		return nil
	}
	for i, s := range stored {
		if s != hex.EncodeToString(hashes[i][:]) {
			v.says("hash %d is wrong", i)
			break
		}
	}
	return nil
}

// recorded is 1 if the entry made a record, which must be there.
func recorded(v *verdict, e journal.Entry, messages, cases map[string]record) int {
	for prefix, stored := range map[string]map[string]record{"message/": messages, "seizure/": cases} {
		if len(e.Subject) > len(prefix) && e.Subject[:len(prefix)] == prefix {
			if r, ok := stored[e.Subject[len(prefix):]]; !ok || r.seq != e.Seq {
				v.says("entry %d says %s, which is not there", e.Seq, e.Subject)
			}
			return 1
		}
	}
	return 0
}

// tallies recounts.
func (w world) tallies(tx *db.Tx, v *verdict, cases int) error {
	stored, err := seizure.Cells(tx, w.number)
	anew, err2 := seizure.Recount(tx, w.number)
	lines, err3 := db.One(tx, countLines, db.Int64, w.number)
	if err := errors.Join(err, err2, err3); err != nil {
		return err
	}
	if !maps.Equal(stored, anew) {
		v.says("the tallies are not what a recount gives")
	}
	if lines != int64(cases) || cases > 0 && len(stored) == 0 {
		v.says("%d lines of goods and %d cells for %d cases", lines, len(stored), cases)
	}
	return nil
}
