package operation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Limits of a page of the journal.
const (
	journalPage    = 30
	journalPageMax = 200
	// later is how many entries about one thing are looked at to tell whether
	// it has been taken back; beyond that its content is not shown.
	later = 500
)

// Line is an entry with the names behind its actor.
type Line struct {
	journal.Entry
	Person person.Person             // zero when the system acted
	From   organisation.Organisation // whose hat was worn
}

// JournalPage is a part of a journal, newest first.
type JournalPage struct {
	Standing      Standing
	Lines         []Line
	Next          int64 // Filter.Before of the next page; 0: this is the last
	Size          int64 // entries of the whole journal: no secret among its readers
	Whole         bool  // the reader sees every entry
	Verbs         []string
	Organisations []organisation.Organisation // that are or were members
}

// JournalEntry is one entry with its proof and, for who may read it, its content.
type JournalEntry struct {
	Standing Standing
	Line     Line
	Whole    bool
	Audience audience.Value              // zero: every reader of the journal
	Readers  []organisation.Organisation // named in the audience, beside its sides
	Leaf     string                      // the canonical text that the tree hashes
	Proof    journal.Proof
	Content  string // why Before and After are given or not: ContentShown and the others
	Matches  bool   // the content is what the entry's digest promised
	Before   json.RawMessage
	After    json.RawMessage
}

// What became of an entry's content for its reader.
const (
	ContentShown  = "shown"
	ContentErased = "erased" // at the end of retention; the proof still holds
	ContentClosed = "closed" // not for this reader
)

// Journal gives a page of the operation's journal. The coordination side, and
// with it the auditors there, sees every entry; others those of their own
// organisation and those whose audience they may read.
func (s *Store) Journal(ctx context.Context, who access.Actor, code Code, f journal.Filter) (JournalPage, error) {
	var p JournalPage
	if f.Limit <= 0 {
		f.Limit = journalPage
	}
	f.Limit = min(f.Limit, journalPageMax)
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if p.Standing, err = Enter(tx, s.source.Now(), who, code, access.JournalRead); err != nil {
			return err
		}
		op, limit := p.Standing.Operation.Number, f.Limit
		f.Limit++
		entries, err := p.Standing.entries(tx, f)
		if err != nil {
			return err
		}
		if int64(len(entries)) > limit {
			entries = entries[:limit]
			p.Next = entries[limit-1].Seq
		}
		if p.Lines, err = lines(tx, entries); err != nil {
			return err
		}
		if p.Size, err = journal.Size(tx, op); err != nil {
			return err
		}
		p.Whole = p.Standing.readsWhole()
		if p.Verbs, err = p.Standing.verbs(tx); err != nil {
			return err
		}
		p.Organisations = []organisation.Organisation{p.Standing.Organisation}
		if p.Whole || p.Standing.May(access.OperationPeople) {
			p.Organisations, err = everMembers(tx, op)
		}
		return err
	})
	if err != nil {
		return JournalPage{}, fault.In(string(access.JournalRead), err)
	}
	return p, nil
}

// readsWhole tells whether the journal lies open as a whole. It takes the side,
// not only the role: every contact point may make its own people auditors.
func (s Standing) readsWhole() bool { return s.Side() == access.Coordination }

func (s Standing) entries(tx *db.Tx, f journal.Filter) ([]journal.Entry, error) {
	if s.readsWhole() {
		return journal.List(tx, s.Operation.Number, f)
	}
	readable, err := s.Readable(tx)
	if err != nil {
		return nil, err
	}
	return journal.Visible(tx, s.Operation.Number, f, s.Who.Organisation, readable)
}

// verbs lists what the journal may be narrowed to. For who does not read it
// whole these are all that there are, so that the list says nothing of what others did.
func (s Standing) verbs(tx *db.Tx) ([]string, error) {
	if s.readsWhole() {
		return journal.Verbs(tx, s.Operation.Number)
	}
	var out []string
	for _, v := range []access.Permission{access.MessageAnswer, access.MessageRecall, access.MessageRedact, access.MessageSend, access.OperationAccept, access.OperationAssign,
		access.OperationEnd, access.OperationInvite, access.OperationOpen, access.SeizureAmend, access.SeizureRecall, access.SeizureRelate,
		access.SeizureRelease, access.SeizureReport, access.SeizureSave, access.SeizureWithdraw,
		access.DocumentPublish, access.DocumentRevise, access.DocumentWithdraw,
		access.WarningAcknowledge, access.WarningAssign, access.WarningEscalate, access.WarningForward, access.WarningRemind} {
		out = append(out, string(v))
	}
	return out, nil
}

func lines(tx *db.Tx, entries []journal.Entry) ([]Line, error) {
	var actors []string
	var numbers []int64
	for _, e := range entries {
		actors = append(actors, e.Actor)
		if !slices.Contains(numbers, e.Organisation) {
			numbers = append(numbers, e.Organisation)
		}
	}
	people, err := person.These(tx, actors)
	if err != nil {
		return nil, err
	}
	from, err := organisation.These(tx, numbers)
	if err != nil {
		return nil, err
	}
	out := make([]Line, len(entries))
	for i, e := range entries {
		out[i] = Line{Entry: e, Person: people[e.Actor], From: from[e.Organisation]}
	}
	return out, nil
}

// everMembers are the organisations of EverMembers.
func everMembers(tx *db.Tx, op int64) ([]organisation.Organisation, error) {
	numbers, err := EverMembers(tx, op)
	if err != nil {
		return nil, err
	}
	by, err := organisation.These(tx, numbers)
	out := make([]organisation.Organisation, 0, len(by))
	for _, n := range numbers {
		out = append(out, by[n])
	}
	return out, err
}

// JournalEntry gives one entry that Journal would list, with its proof. Content
// is for readers of the thing it is about, as it stood and as long as they may
// read it; an auditor's role reads none.
func (s *Store) JournalEntry(ctx context.Context, who access.Actor, code Code, seq int64) (JournalEntry, error) {
	var out JournalEntry
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if out.Standing, err = Enter(tx, s.source.Now(), who, code, access.JournalRead); err != nil {
			return err
		}
		st := out.Standing
		e, err := journal.One(tx, st.Operation.Number, seq)
		if err != nil {
			return missing(err)
		}
		readable, err := st.Readable(tx)
		if err != nil {
			return err
		}
		out.Whole = st.readsWhole()
		if !out.Whole && e.Organisation != who.Organisation && !opens(readable, e.Audience) {
			return fault.Missing()
		}
		named, err := lines(tx, []journal.Entry{e})
		if err != nil {
			return err
		}
		out.Line, out.Leaf = named[0], string(e.Leaf())
		if err := out.audience(tx); err != nil {
			return err
		}
		if out.Proof, err = journal.Prove(tx, e); err != nil {
			return err
		}
		return out.content(tx, readable)
	})
	if err != nil {
		return JournalEntry{}, fmt.Errorf("%s: %w", access.JournalRead, err)
	}
	return out, nil
}

// audience names who may see the entry, for readers who may know the members.
func (j *JournalEntry) audience(tx *db.Tx) (err error) {
	e := j.Line.Entry
	if e.Audience == 0 {
		return nil
	}
	if j.Audience, err = audience.Of(tx, e.Operation, e.Audience); err != nil {
		return err
	}
	if !j.Whole && !j.Standing.May(access.OperationPeople) {
		j.Audience.Organisations = nil
	}
	by, err := organisation.These(tx, j.Audience.Organisations)
	for _, n := range j.Audience.Organisations {
		j.Readers = append(j.Readers, by[n])
	}
	return err
}

// opens tells whether a reader of these audiences may read that one; audience 0
// is every reader of the journal.
func opens(readable db.List, audience int64) bool {
	return audience == 0 || slices.Contains(readable, audience)
}

// content adds what the entry did, as far as its reader may know.
func (j *JournalEntry) content(tx *db.Tx, readable db.List) error {
	e := j.Line.Entry
	stored, err := journal.ContentOf(tx, e.Operation, e.Seq)
	if errors.Is(err, db.ErrNone) {
		j.Content = ContentErased
		return nil
	} else if err != nil {
		return err
	}
	j.Matches = e.Matches(stored)
	if j.Content, err = ContentClosed, nil; !j.Standing.May(SubjectRead(e.Subject)) || !opens(readable, e.Audience) {
		return nil
	}
	var c struct{ Before, After json.RawMessage }
	if err := json.Unmarshal([]byte(stored.Content), &c); err != nil {
		return fmt.Errorf("content of entry %d: %w", e.Seq, err)
	}
	if still, err := j.stillOpen(tx, readable, c.After); err != nil || !still {
		return err
	}
	j.Content, j.Before, j.After = ContentShown, visible(c.Before, readable), visible(c.After, readable)
	return nil
}

// SubjectRead is the permission to read what an entry is about.
func SubjectRead(subject string) access.Permission {
	switch kind, _, _ := strings.Cut(subject, "/"); kind {
	case "report", "contribution", "version", "clearance":
		return access.ReportRead
	case "seizure", "review", "connection", "watch", "sighting":
		return access.SeizureRead
	case "message", "warning": // a warning's own acts carry its message's id
		return access.MessageRead
	case "document":
		return access.DocumentRead
	case "workshop", "workshop-session", "workshop-places", "workshop-participant", "workshop-material":
		return access.WorkshopRead
	case "inquiry":
		return access.InquiryRead
	case "course":
		return access.CourseRead
	case "practice", "practice-task", "practice-step", "practice-day":
		return access.PracticeRead
	case "attendance", "certificate":
		return access.WorkshopRead
	case "attendance-code": // whoever reads it could open one
		return access.AttendanceOpen
	case "evaluation":
		return access.EvaluationRead
	case "evaluation-answer":
		return access.EvaluationAnswer
	case "learnt":
		return access.LearntRead
	case "detention", "legal-setting":
		return access.DetentionRead
	case "lesson":
		return access.LessonRead
	case "lesson-attempt": // of its own organisation's people only, by its audience
		return access.LessonResults
	}
	return access.OperationPeople
}
