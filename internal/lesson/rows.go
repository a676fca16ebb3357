package lesson

import (
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

const (
	lessonColumns  = `operation, seq, organisation, id, audience, state, newest, body`
	versionColumns = `operation, seq, lesson, number, at, body`
	attemptColumns = `operation, seq, lesson, organisation, person, id, done, body`
	answerColumns  = `operation, attempt, number, seq, lesson, question, body`
)

var (
	putLesson = db.Statement(`insert into lesson (` + lessonColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (operation, seq) do update set audience = excluded.audience, state = excluded.state, newest = excluded.newest, body = excluded.body`)
	selectOwn     = db.Statement(`select body from lesson where operation = $1 and organisation = $2 and id = $3`)
	selectNamed   = db.Statement(`select body from lesson where operation = $1 and audience {in $2} and id = $3 order by seq`)
	selectAnybody = db.Statement(`select body from lesson where operation = $1 and id = $2 order by seq limit 1`)
	selectOpen    = db.Statement(`select body from lesson where operation = $1 and audience {in $2} and state = 'published' order by newest desc limit 500`)
	selectHeld    = db.Statement(`select body from lesson where operation = $1 and organisation {in $2} order by seq desc limit 500`)
	selectThese   = db.Statement(`select body from lesson where operation = $1 and seq {in $2} order by seq`)

	insertVersion = db.Statement(`insert into lesson_version (` + versionColumns + `) values ($1, $2, $3, $4, $5, $6)`)
	selectVersion = db.Statement(`select body from lesson_version where operation = $1 and lesson = $2 and number = $3`)

	putAttempt = db.Statement(`insert into lesson_attempt (` + attemptColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (operation, seq) do update set done = excluded.done, body = excluded.body`)
	selectAttempt  = db.Statement(`select body from lesson_attempt where operation = $1 and person = $2 and id = $3`)
	selectMineAt   = db.Statement(`select body from lesson_attempt where operation = $1 and lesson = $2 and person = $3 and organisation = $4 order by seq`)
	selectFrom     = db.Statement(`select body from lesson_attempt where operation = $1 and organisation = $2 order by seq`)
	selectAt       = db.Statement(`select body from lesson_attempt where operation = $1 and lesson = $2 and person = $3 order by seq`)
	selectFinished = db.Statement(`select body from lesson_attempt where operation = $1 and lesson = $2 and done > 0 and done < $3 order by done, seq`)

	insertAnswer  = db.Statement(`insert into lesson_answer (` + answerColumns + `) values ($1, $2, $3, $4, $5, $6, $7)`)
	selectAnswers = db.Statement(`select body from lesson_answer where operation = $1 and attempt {in $2} order by attempt, number`)
)

func (l Lesson) args(op int64) []any {
	return []any{op, l.Seq, l.Organisation, string(l.ID), l.Audience, l.State, l.Newest, db.Encoded(l)}
}

func (v Version) args(op int64) []any {
	return []any{op, v.Seq, v.Lesson, v.Number, v.At, db.Encoded(v)}
}

func (a Attempt) args(op int64) []any {
	done := int64(0)
	if !a.Done.IsZero() {
		done = a.Done.UnixMicro()
	}
	return []any{op, a.Seq, a.Lesson, a.Organisation, string(a.Person), string(a.ID), done, db.Encoded(a)}
}

func (a Answer) args(op int64) []any {
	return []any{op, a.Attempt, a.Number, a.Seq, a.Lesson, a.Question, db.Encoded(a)}
}

func exec(tx *db.Tx, q db.SQL, args []any) error {
	_, err := tx.Exec(q, args...)
	return err
}

func versionOf(tx *db.Tx, op, lesson, number int64) (Version, error) {
	return db.One(tx, selectVersion, db.Decoded[Version], op, lesson, number)
}

// answersOf gives the answers of some attempts, by attempt and number.
func answersOf(tx *db.Tx, op int64, attempts ...int64) (map[int64]map[int64]Answer, error) {
	out := map[int64]map[int64]Answer{}
	if len(attempts) == 0 {
		return out, nil
	}
	all, err := db.All(tx, selectAnswers, db.Decoded[Answer], op, db.List(attempts))
	for _, a := range all {
		if out[a.Attempt] == nil {
			out[a.Attempt] = map[int64]Answer{}
		}
		out[a.Attempt][a.Number] = a
	}
	return out, err
}

// Result is what somebody made of a lesson under one hat.
type Result struct {
	Lesson       ID
	Seq          int64  // of the lesson
	Title        string // in its main language
	Language     string
	Person       person.ID
	Organisation int64 // whose hat the learner wore
	Attempts     int64
	Last         Attempt // that was finished; zero: none was
}

// ResultsOf gives what some people made of some lessons, by lesson and person. Whose
// results a reader may see is for the caller to say. Of several lessons with one id it
// is the first: who copies another's id later on is not meant.
func ResultsOf(tx *db.Tx, lessons []ID, people []person.ID) ([]Result, error) {
	library, err := operation.ByCode(tx, operation.Library)
	if errors.Is(err, db.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Result
	for _, id := range lessons {
		l, err := db.One(tx, selectAnybody, db.Decoded[Lesson], library.Number, string(id))
		if errors.Is(err, db.ErrNone) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			all, err := db.All(tx, selectAt, db.Decoded[Attempt], library.Number, l.Seq, string(p))
			if err != nil {
				return nil, err
			}
			some, err := gathered(tx, library.Number, all)
			if err != nil {
				return nil, err
			}
			out = append(out, some...)
		}
	}
	return out, nil
}

// gathered are attempts by lesson, person and hat, in the order of the first of each.
func gathered(tx *db.Tx, op int64, all []Attempt) ([]Result, error) {
	type key struct {
		lesson, organisation int64
		person               person.ID
	}
	at, versions := map[key]int{}, map[int64]Version{}
	var out []Result
	for _, a := range all {
		k := key{a.Lesson, a.Organisation, a.Person}
		i, is := at[k]
		if !is {
			i = len(out)
			at[k] = i
			out = append(out, Result{Seq: a.Lesson, Person: a.Person, Organisation: a.Organisation})
		}
		r := &out[i]
		r.Attempts++
		if !a.Done.IsZero() {
			r.Last = a
		}
		v, err := versions[a.Lesson], error(nil)
		if v.Number != a.Version {
			if v, err = versionOf(tx, op, a.Lesson, a.Version); err != nil {
				return nil, err
			}
			versions[a.Lesson] = v
		}
		r.Title, r.Language = v.Title.In(v.Language, v.Language)
	}
	return out, identified(tx, op, out)
}

// identified puts in the ids of lessons.
func identified(tx *db.Tx, op int64, all []Result) error {
	var seqs db.List
	for _, r := range all {
		seqs = append(seqs, r.Seq)
	}
	if len(seqs) == 0 {
		return nil
	}
	lessons, err := db.All(tx, selectThese, db.Decoded[Lesson], op, seqs)
	ids := map[int64]ID{}
	for _, l := range lessons {
		ids[l.Seq] = l.ID
	}
	for i := range all {
		all[i].Lesson = ids[all[i].Seq]
	}
	return err
}

// Titled is a lesson as another thing names it.
type Titled struct {
	ID       ID
	From     organisation.ID // its holder
	Title    string
	Language string
}

// Readable gives a lesson that the actor may read in the library, as a workshop names
// it; Missing otherwise.
func Readable(tx *db.Tx, st operation.Standing, id ID) (Titled, error) {
	k, err := look(tx, st)
	if err != nil {
		return Titled{}, err
	}
	l, v, err := k.named(Name{ID: id})
	if err != nil {
		return Titled{}, err
	}
	if v.Number == 0 {
		return Titled{}, fault.Missing()
	}
	of, err := organisation.One(tx, l.Organisation)
	t := Titled{ID: l.ID, From: of.ID}
	t.Title, t.Language = v.Title.In(v.Language, v.Language)
	return t, err
}
