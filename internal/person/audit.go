package person

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

const hatColumns = `person, organisation, position, contact_point, since, until`

var (
	auditPeople = db.Statement(`select ` + columns + `, password from person order by number`)
	auditHats   = db.Statement(`select ` + hatColumns + ` from hat order by person, organisation`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{
		Tables: []journal.Table{
			{Name: "person", Instance: true, Leaves: journal.InPart},
			{Name: "hat", Instance: true, Leaves: journal.InPart},
			{Name: "invitation", Unsaid: "housekeeping: links that end by themselves",
				Stays: "one-time links: credentials", Unsaved: "a one-time link that was used after the backup must not work again"},
			{Name: "signin_failure", Unsaid: "housekeeping: what slows guessing down",
				Stays: "what slows guessing down, counted for minutes", Unsaved: "counted for minutes only"},
		},
		Instance: newReplay,
	}
}

// Replay follows the instance's journal and knows which people should stand, and
// which hats they wear.
type Replay struct {
	people, hats journal.Rows
	now          map[ID]known
	gone         map[ID]bool // somewhere on the way a content was erased
}

// known is a person with what its password looks like from outside.
type known struct {
	Person
	password string // fingerprint
}

// newReplay begins at an empty instance.
func newReplay(*journal.Audit) journal.Replay {
	return &Replay{people: journal.Rows{Table: "person", Columns: columns + ", password"},
		hats: journal.Rows{Table: "hat", Columns: hatColumns}, now: map[ID]known{}, gone: map[ID]bool{}}
}

// fingerprint is what the journal keeps of a stored password: who replaces it
// behind the product's back is found, and nobody can try out passwords on it.
func fingerprint(phc string) string {
	if phc == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(phc))
	return hex.EncodeToString(sum[:])
}

// Take takes the next entry; false: it is none of a person.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	id := ID(strings.TrimPrefix(act.Subject, "person/"))
	read := r.whole
	switch act.Verb {
	case "person.invite": // a link is housekeeping
		return true
	case "person.register", "person.amend":
		read = r.member
	case "person.hat", "person.hat-end":
		read = r.hat
	case "person.redeem", "person.password", "person.suspend", "person.resume", "person.settle":
	default:
		return false
	}
	if act.Erased {
		r.gone[id] = true
		r.people.Unknown(string(id))
		r.hats.Unknown(string(id))
	}
	if r.gone[id] {
		return true
	}
	if err := read(act, id); err != nil {
		a.Bad(act, err)
	}
	return true
}

// whole: the entry holds the person, and the fingerprint of a new password.
func (r *Replay) whole(act journal.Act, id ID) error {
	k := r.now[id]
	if phc, changed := act.With["password"]; changed {
		k.password = phc
	}
	if err := json.Unmarshal(act.After, &k.Person); err != nil {
		return err
	}
	r.put(act.Seq, k)
	return nil
}

func (r *Replay) member(act journal.Act, id ID) error {
	var m Member
	if err := json.Unmarshal(act.After, &m); err != nil {
		return err
	}
	k := r.now[id]
	k.Person = m.Person
	r.put(act.Seq, k)
	if m.Hat.Person != "" {
		r.putHat(act.Seq, m.Hat)
	}
	return nil
}

// hat: the person's version rises with its hats.
func (r *Replay) hat(act journal.Act, id ID) error {
	var h Hat
	if err := json.Unmarshal(act.After, &h); err != nil {
		return err
	}
	r.putHat(act.Seq, h)
	if k, ok := r.now[id]; ok {
		k.Version++
		r.put(act.Seq, k)
	}
	return nil
}

func (r *Replay) put(seq int64, k known) {
	r.now[k.ID] = k
	r.people.Put(seq, string(k.ID), append(k.args(), k.password)...)
}

func (r *Replay) putHat(seq int64, h Hat) {
	r.hats.Put(seq, journal.Key(h.Person, h.Organisation), h.args()...)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	people, err := db.All(tx, auditPeople, db.Raw(13))
	if err != nil {
		return err
	}
	for _, row := range people {
		row[12] = fingerprint(row.Text(12))
	}
	r.people.Check(a, people, func(row db.Row) string { return row.Text(1) })
	hats, err := db.All(tx, auditHats, db.Raw(6))
	r.hats.Check(a, hats, func(row db.Row) string { return journal.Key(row.Text(0), row.Number(1)) })
	return err
}
