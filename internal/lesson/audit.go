package lesson

import (
	"cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditLessons  = db.Statement(`select ` + lessonColumns + ` from lesson where operation = $1 order by seq`)
	auditVersions = db.Statement(`select ` + versionColumns + ` from lesson_version where operation = $1 order by seq`)
	auditAttempts = db.Statement(`select ` + attemptColumns + ` from lesson_attempt where operation = $1 order by seq`)
	auditAnswers  = db.Statement(`select ` + answerColumns + ` from lesson_answer where operation = $1 order by seq`)
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "lesson"}, {Name: "lesson_version"}, {Name: "lesson_attempt"}, {Name: "lesson_answer"}}, Operation: newReplay}
}

// stood is what an entry about a lesson says: how it stands after it, and the version
// that it made.
type stood struct {
	Lesson  Lesson
	Version *Version `json:",omitempty"`
}

// taken is what an entry about an attempt says: how it stands after it, and the answer.
type taken struct {
	Attempt Attempt
	Answer  *Answer `json:",omitempty"`
}

// Replay follows the library's journal and knows which rows should stand.
type Replay struct {
	lessons  journal.Kept[stood]
	versions journal.Kept[stood]
	attempts attemptRows
	answers  journal.Kept[taken]
}

// newReplay begins at an empty operation.
func newReplay(*journal.Audit) journal.Replay {
	of := func(row db.Row) string { return journal.Key(row.Number(1)) }
	take := []string{string(access.LessonTake)}
	return &Replay{attempts: attemptRows{promised: map[int64]string{}},
		lessons: journal.Kept[stood]{Table: "lesson", Columns: lessonColumns, All: auditLessons, Width: 8, Of: of,
			Verbs: []string{string(access.LessonSave), string(access.LessonPublish), string(access.LessonWithdraw)},
			Row: func(op, seq int64, s stood) (string, []any) {
				l := s.after(seq)
				return journal.Key(l.Seq), l.args(op)
			}},
		versions: journal.Kept[stood]{Table: "lesson_version", Columns: versionColumns, All: auditVersions, Width: 6, Of: of,
			Verbs: []string{string(access.LessonPublish)},
			Row: func(op, seq int64, s stood) (string, []any) {
				if s.Version == nil {
					return "", nil
				}
				v := *s.Version
				v.Seq = seq
				return journal.Key(seq), v.args(op)
			}},
		answers: journal.Kept[taken]{Table: "lesson_answer", Columns: answerColumns, All: auditAnswers, Width: 7, Verbs: take,
			Of: func(row db.Row) string { return journal.Key(row.Number(3)) },
			Row: func(op, seq int64, t taken) (string, []any) {
				if t.Answer == nil {
					return "", nil
				}
				a := *t.Answer
				a.Seq = seq
				return journal.Key(seq), a.args(op)
			}},
	}
}

// after is the lesson as it stood after the entry.
func (s stood) after(seq int64) Lesson {
	l := s.Lesson
	l.Seq = cmp.Or(l.Seq, seq)
	if s.Version != nil {
		l.Newest = seq
	}
	return l
}

// after is the attempt as it stood after the entry.
func (t taken) after(seq int64) Attempt {
	t.Attempt.Seq = cmp.Or(t.Attempt.Seq, seq)
	return t.Attempt
}

// Take takes the next entry; false: it is about no lesson.
func (r *Replay) Take(a *journal.Audit, act journal.Act) bool {
	took := r.lessons.Take(a, act)
	took = r.versions.Take(a, act) || took
	took = r.attempts.Take(a, act) || took
	return r.answers.Take(a, act) || took
}

// Check holds the rows against what was replayed.
func (r *Replay) Check(tx *db.Tx, a *journal.Audit) error {
	for _, check := range []func(*db.Tx, *journal.Audit) error{r.lessons.Check, r.versions.Check, r.attempts.Check, r.answers.Check} {
		if err := check(tx, a); err != nil {
			return err
		}
	}
	return nil
}
