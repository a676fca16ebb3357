package course

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

const (
	columns        = `operation, seq, id, organisation, audience, version, state, body`
	versionColumns = `operation, course, version, entry, body`
)

var (
	putCourse = db.Statement(`insert into course (` + columns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (operation, seq) do update set version = excluded.version, state = excluded.state, body = excluded.body`)
	selectOwn      = db.Statement(`select body from course where operation = $1 and organisation = $2 and id = $3`)
	selectNamed    = db.Statement(`select body from course where operation = $1 and id = $2 and audience {in $3} order by seq`)
	selectReadable = db.Statement(`select body from course where operation = $1 and audience {in $2} order by seq`)
	auditCourses   = db.Statement(`select ` + columns + ` from course where operation = $1 order by seq`)

	insertVersion  = db.Statement(`insert into course_version (` + versionColumns + `) values ($1, $2, $3, $4, $5)`)
	selectVersions = db.Statement(`select body from course_version where operation = $1 and course = $2 order by version`)
	auditVersions  = db.Statement(`select ` + versionColumns + ` from course_version where operation = $1 order by course, version`)
)

func (c Course) args(op int64) []any {
	return []any{op, c.Seq, string(c.ID), c.Organisation, c.Audience, c.Version, c.State, db.Encoded(c)}
}

func (c Course) version(op, entry int64) []any {
	return []any{op, c.Seq, c.Version, entry, db.Encoded(c)}
}

// Name names a course: its organisation gave it the id, so whoever is of another one
// says whose it is.
type Name struct {
	ID   ID
	From organisation.ID // empty: one's own
}

// find gives a course that the actor may read; Missing: there is none.
func find(tx *db.Tx, st operation.Standing, n Name) (Course, error) {
	readable, err := st.Readable(tx)
	if err != nil {
		return Course{}, err
	}
	own := st.Who.Organisation
	if n.From != "" {
		of, err := organisation.ByID(tx, n.From)
		if errors.Is(err, db.ErrNone) {
			return Course{}, fault.Missing()
		}
		if err != nil {
			return Course{}, err
		}
		own = of.Number
	}
	all, err := db.All(tx, selectNamed, db.Decoded[Course], st.Operation.Number, string(n.ID), readable)
	for _, c := range all {
		if c.Organisation == own {
			return c, err
		}
	}
	return Course{}, errors.Join(err, fault.Missing())
}

// All gives the courses of an operation that the actor may read, the oldest record
// first, withdrawn ones among them.
func All(tx *db.Tx, st operation.Standing) ([]Course, error) {
	if !st.May(access.CourseRead) {
		return nil, nil
	}
	readable, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	return db.All(tx, selectReadable, db.Decoded[Course], st.Operation.Number, readable)
}

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "course"}, {Name: "course_version"}}, Operation: newReplay}
}

// Replay follows an operation's journal and knows which rows should stand.
type Replay struct{ courses, versions journal.Kept[Course] }

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	verbs := []string{string(access.CourseRecord), string(access.CourseAmend), string(access.CourseWithdraw)}
	numbered := func(c Course, seq int64) Course {
		if c.Seq == 0 {
			c.Seq = seq
		}
		return c
	}
	return &Replay{
		courses: journal.Kept[Course]{Table: "course", Columns: columns, All: auditCourses, Width: 8, Verbs: verbs,
			Of: func(row db.Row) string { return journal.Key(row.Number(1)) },
			Row: func(op, seq int64, c Course) (string, []any) {
				c = numbered(c, seq)
				return journal.Key(c.Seq), c.args(op)
			}},
		versions: journal.Kept[Course]{Table: "course_version", Columns: versionColumns, All: auditVersions, Width: 5, Verbs: verbs,
			Of: func(row db.Row) string { return journal.Key(row.Number(1), row.Number(2)) },
			Row: func(op, seq int64, c Course) (string, []any) {
				c = numbered(c, seq)
				return journal.Key(c.Seq, c.Version), c.version(op, seq)
			}},
	}
}

// Take takes the next entry; false: it is about no course.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	return r.courses.Take(a, act) && r.versions.Take(a, act)
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	if err := r.courses.Check(tx, a); err != nil {
		return err
	}
	return r.versions.Check(tx, a)
}
