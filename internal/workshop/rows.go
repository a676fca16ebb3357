package workshop

import (
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
)

const (
	columns         = `operation, seq, id, organisation, audience, kind, state, starts, ends, body`
	sessionColumns  = `operation, seq, workshop, id, audience, starts, state, body`
	materialColumns = `operation, seq, workshop, id, session, audience, kind, ref, removed, body`
)

var (
	putWorkshop = db.Statement(`insert into workshop (` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (operation, seq) do update set audience = excluded.audience, kind = excluded.kind, state = excluded.state,
			starts = excluded.starts, ends = excluded.ends, body = excluded.body`)
	selectByID     = db.Statement(`select body from workshop where operation = $1 and id = $2`)
	selectReadable = db.Statement(`select body from workshop where operation = $1 and audience {in $2} order by starts desc, seq desc`)
	selectHolding  = db.Statement(`select operation from workshop where id = $1 order by operation`)
	selectNumbered = db.Statement(`select body from workshop where operation = $1 and seq {in $2} order by seq`)

	putSession = db.Statement(`insert into workshop_session (` + sessionColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (operation, seq) do update set audience = excluded.audience, starts = excluded.starts, state = excluded.state, body = excluded.body`)
	selectSessions   = db.Statement(`select body from workshop_session where operation = $1 and workshop = $2 and audience {in $3} order by starts, seq`)
	countSessions    = db.Statement(`select workshop, count(*) from workshop_session where operation = $1 and audience {in $2} and state = '' group by workshop`)
	selectAgenda     = db.Statement(`select body from workshop_session where operation = $1 and workshop = $2 order by starts, seq`)
	selectSessionSeq = db.Statement(`select body from workshop_session where operation = $1 and seq {in $2} order by seq`)

	putMaterial = db.Statement(`insert into workshop_material (` + materialColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (operation, seq) do update set audience = excluded.audience, removed = excluded.removed, body = excluded.body`)
	selectMaterials = db.Statement(`select body from workshop_material where operation = $1 and workshop = $2 order by seq`)
)

func (w Workshop) args(op int64) []any {
	return []any{op, w.Seq, string(w.ID), w.Organisation, w.Audience, w.Kind, w.State, w.Starts, w.Ends, db.Encoded(w)}
}

func (s Session) args(op int64) []any {
	return []any{op, s.Seq, s.Workshop, string(s.ID), s.Audience, s.Starts, s.State, db.Encoded(s)}
}

func (m Material) args(op int64) []any {
	return []any{op, m.Seq, m.Workshop, string(m.ID), m.Session, m.Audience, m.Kind, m.Ref, m.Removed, db.Encoded(m)}
}

// Find gives a workshop that the actor may read; Missing: it is not for this reader.
func Find(tx *db.Tx, st operation.Standing, id ID) (Workshop, error) {
	if !st.May(access.WorkshopRead) {
		return Workshop{}, fault.Missing()
	}
	w, err := ByID(tx, st.Operation.Number, id)
	if errors.Is(err, db.ErrNone) {
		return w, fault.Missing()
	}
	if err != nil {
		return w, err
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return Workshop{}, err
	}
	if !slices.Contains(readable, w.Audience) {
		return Workshop{}, fault.Missing()
	}
	return w, nil
}

// ByID gives a workshop, whoever may read it; db.ErrNone: there is none.
func ByID(tx *db.Tx, op int64, id ID) (Workshop, error) {
	return db.One(tx, selectByID, db.Decoded[Workshop], op, string(id))
}

// These gives workshops by their numbers, whoever may read them: for housekeeping.
func These(tx *db.Tx, op int64, seqs db.List) (map[int64]Workshop, error) {
	out := map[int64]Workshop{}
	if len(seqs) == 0 {
		return out, nil
	}
	all, err := db.All(tx, selectNumbered, db.Decoded[Workshop], op, seqs)
	for _, w := range all {
		out[w.Seq] = w
	}
	return out, err
}

// All gives the workshops of an operation that the actor may read, the latest first.
func All(tx *db.Tx, st operation.Standing) ([]Workshop, error) {
	if !st.May(access.WorkshopRead) {
		return nil, nil
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	return db.All(tx, selectReadable, db.Decoded[Workshop], st.Operation.Number, readable)
}

// Sessions gives those sessions that the actor may read, in their order, cancelled
// ones among them (Session.On).
func Sessions(tx *db.Tx, st operation.Standing, w Workshop) ([]Session, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	return db.All(tx, selectSessions, db.Decoded[Session], st.Operation.Number, w.Seq, readable)
}

// AgendaOf gives the sessions that take place, in their order, as an organisation reads
// them now, whoever asks; Missing: it does not read the workshop.
func AgendaOf(tx *db.Tx, op int64, w Workshop, organisation int64) ([]Session, error) {
	readable, err := audience.Open(tx, op, organisation)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(readable, w.Audience) {
		return nil, fault.Missing()
	}
	all, err := db.All(tx, selectSessions, db.Decoded[Session], op, w.Seq, readable)
	return slices.DeleteFunc(all, func(x Session) bool { return !x.On() }), err
}

// agenda gives all sessions, whoever may read them.
func agenda(tx *db.Tx, op, workshopSeq int64) ([]Session, error) {
	return db.All(tx, selectAgenda, db.Decoded[Session], op, workshopSeq)
}

// Of gives the workshop of a participant, if the actor may read it.
func Of(tx *db.Tx, st operation.Standing, p participant.Participant) (Workshop, error) {
	by, err := These(tx, st.Operation.Number, db.List{p.Workshop})
	if err != nil {
		return Workshop{}, err
	}
	return Find(tx, st, by[p.Workshop].ID)
}
