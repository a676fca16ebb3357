package inquiry

import (
	"errors"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

const columns = `seq, organisation, id, holder, request, seizure, audience, state, due, at, body`

var (
	selectOwn = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and organisation = $2 and id = $3`)
	// An id is its originator's own: two may have given the same.
	selectID      = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and id = $2 and audience {in $3} order by seq`)
	selectNamed   = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and id = $2 order by seq`)
	selectOfCase  = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and seizure = $2 and audience {in $3} order by seq`)
	selectAllCase = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and seizure = $2 order by seq`)
	countOfCase   = db.Statement(`select count(*) from inquiry where operation = $1 and seizure = $2`)
	selectParts   = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and request = $2 order by seq`)
	selectPage    = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and audience {in $2} and (state = $3 or $3 = '')
		and (at < $4 or at = $4 and id < $5) order by at desc, id desc limit $6`)
	selectOpen     = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and audience {in $2} and state = 'open' and holder <> 0 order by seq`)
	selectReadable = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and audience {in $2} and holder <> 0 order by seq`)
	selectWaiting  = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and state = 'open' and holder <> 0 and due < $2 order by seq`)
	selectBusy     = db.Statement(`select distinct operation from inquiry where state = 'open' and holder <> 0 and due < $1 order by operation`)
	selectNumber   = db.Statement(`select ` + columns + ` from inquiry where operation = $1 and seq = $2`)
	put            = db.Statement(`insert into inquiry (operation, ` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		on conflict (operation, seq) do update set audience = excluded.audience, state = excluded.state, body = excluded.body`)
)

func (i Inquiry) args() []any {
	return []any{i.Seq, i.Organisation, string(i.ID), i.Holder, i.Request, i.Seizure, i.Audience, i.State, i.Due, i.At, db.Encoded(i)}
}

// The body says all; the columns beside it are for finding and for order.
func scan(row db.Scanner) (i Inquiry, err error) {
	var seq, organisation, holder, request, seizure, audience, due, at int64
	var id, state string
	err = row.Scan(&seq, &organisation, &id, &holder, &request, &seizure, &audience, &state, &due, &at, db.Decode(&i))
	return i, err
}

// store appends what was done to the journal and writes the row.
func (s *Store) store(tx *db.Tx, st operation.Standing, verb access.Permission, i Inquiry) (Inquiry, error) {
	v := i.value()
	var err error
	if i.Audience, err = audience.Intern(tx, st.Operation.Number, v); err != nil {
		return i, err
	}
	e, err := s.journal.Record(tx, st.Entry(verb, i.subject(), i.Audience), journal.Content{After: i, With: map[string]string{"audience": v.String()}})
	if err != nil {
		return i, err
	}
	i = i.made(e.Seq)
	i.Entry, i.Fresh = e, true
	_, err = tx.Exec(put, append([]any{st.Operation.Number}, i.args()...)...)
	return i, err
}

// again is a record whose entry did before what is asked now.
func (i Inquiry) again(tx *db.Tx, op, entry int64) (Inquiry, error) {
	e, err := journal.One(tx, op, entry)
	i.Entry = e
	return i, err
}

func (i Inquiry) subject() string { return "inquiry/" + string(i.ID) }

// OfEntries gives the inquiries of which entries of the journal speak, for housekeeping,
// which decides by audience.
func OfEntries(tx *db.Tx, op int64, seqs db.List) (map[int64]Inquiry, error) {
	out := map[int64]Inquiry{}
	for _, seq := range seqs {
		e, err := journal.One(tx, op, seq)
		if errors.Is(err, db.ErrNone) {
			continue
		}
		if err != nil {
			return nil, err
		}
		id, ok := strings.CutPrefix(e.Subject, "inquiry/")
		if !ok {
			continue
		}
		all, err := db.All(tx, selectNamed, scan, op, id)
		if err != nil {
			return nil, err
		}
		if n := slices.IndexFunc(all, func(i Inquiry) bool { return slices.Contains(i.entries(), seq) }); n >= 0 {
			out[seq] = all[n]
		}
	}
	return out, nil
}

// IsRecord tells whether a number is that of an inquiry, whose pictures are its own.
func IsRecord(tx *db.Tx, op, seq int64) (bool, error) {
	_, err := db.One(tx, selectNumber, scan, op, seq)
	if errors.Is(err, db.ErrNone) {
		return false, nil
	}
	return err == nil, err
}

// Erase takes away what inquiries about a case say once the case's content is erased. It
// gives the numbers of those that have pictures, and the entries of the journal that
// hold what was said.
func Erase(tx *db.Tx, op, seizure int64) (records, entries []int64, err error) {
	all, err := db.All(tx, selectAllCase, scan, op, seizure)
	for _, i := range all {
		told, err := journal.List(tx, op, journal.Filter{Subject: i.subject(), Limit: journal.AuditPage})
		if err != nil {
			return nil, nil, err
		}
		for _, e := range told {
			if slices.Contains(i.entries(), e.Seq) {
				entries = append(entries, e.Seq)
			}
		}
		records = append(records, i.Seq)
		i = i.coded()
		if _, err := tx.Exec(put, append([]any{op}, i.args()...)...); err != nil {
			return nil, nil, err
		}
	}
	return records, entries, err
}

// Visible is OfEntries for what the actor may see.
func Visible(tx *db.Tx, st operation.Standing, entries db.List) (map[int64]Inquiry, error) {
	if len(entries) == 0 || !st.May(access.InquiryRead) {
		return nil, nil
	}
	d, err := deskOf(tx, st)
	if err != nil {
		return nil, err
	}
	all, err := OfEntries(tx, st.Operation.Number, entries)
	for entry, i := range all {
		if !slices.Contains(d.readable, i.Audience) || !d.sees(i) {
			delete(all, entry)
		}
	}
	return all, err
}
