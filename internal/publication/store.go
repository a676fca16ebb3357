package publication

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what coordination and administrations do about the final report.
type Store struct {
	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

func named(verb access.Permission, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return nil
}

var errNotYet = errors.New("not yet")

// Open begins the report from the outline, in a language of the product. Whoever
// coordinates does. The same again changes nothing.
func (s *Store) Open(ctx context.Context, who access.Actor, code operation.Code, language string) (Report, error) {
	return Report{}, named(access.ReportOpen, errNotYet)
}

// Write writes one section, or a new one. edit is of the section as the writer saw
// it, 0 for a new one: somebody else's change in between is a Conflict
// (report.changed, with who and at) and now is the section as it stands, so that
// the page can show both. The same again changes nothing. Paths of what is wrong: kind, title.LANG,
// texts.LANG, editions, figures.N.question.FIELD, figures.N.show, figures.N.title.LANG.
func (s *Store) Write(ctx context.Context, who access.Actor, code operation.Code, d SectionDraft, edit int64) (now Written, err error) {
	return Written{}, named(access.ReportWrite, errNotYet)
}

// Arrange puts the sections into an order; edit is the report's. What the order
// leaves out stands behind it as it stood.
func (s *Store) Arrange(ctx context.Context, who access.Actor, code operation.Code, order []string, edit int64) (Report, error) {
	return Report{}, named(access.ReportWrite, errNotYet)
}

// Remove takes a section out of the report; edit is the section's. Write with its ID
// brings it back.
func (s *Store) Remove(ctx context.Context, who access.Actor, code operation.Code, id string, edit int64) error {
	return named(access.ReportWrite, errNotYet)
}

// Ask asks every administration for its contribution by a local day; again with
// another day moves it.
func (s *Store) Ask(ctx context.Context, who access.Actor, code operation.Code, due string) (Report, error) {
	return Report{}, named(access.ReportAsk, errNotYet)
}

// Contribute writes the contribution of the actor's administration; edit is of what
// its writer saw, 0 for the first: otherwise it is a Conflict, and now is what stands.
// Paths: language, challenges, lessons, interest, cases.
func (s *Store) Contribute(ctx context.Context, who access.Actor, code operation.Code, d ContributionDraft, edit int64) (now Contribution, err error) {
	return Contribution{}, named(access.ReportContribute, errNotYet)
}

// Read gives the report as the actor may find it.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code) (Desk, error) {
	return Desk{}, named(access.ReportRead, errNotYet)
}

// Freeze makes a version. Its figures are the official ones: of the cases that the
// directing body reads. Placeholders that name no figure are refused (paths
// sections.ID.texts.LANG), and a second version without a note.
func (s *Store) Freeze(ctx context.Context, who access.Actor, code operation.Code, f Freezing) (Version, error) {
	return Version{}, named(access.ReportFreeze, errNotYet)
}

// Version gives a version; number 0 is the newest.
func (s *Store) Version(ctx context.Context, who access.Actor, code operation.Code, number int64) (Reading, error) {
	return Reading{}, named(access.ReportRead, errNotYet)
}

// Clear says what the actor's administration thinks of a version. The newest word of
// each stands. Paths: state, until, words, language.
func (s *Store) Clear(ctx context.Context, who access.Actor, code operation.Code, number int64, d ClearanceDraft) (Clearance, error) {
	return Clearance{}, named(access.ReportClear, errNotYet)
}

// Compare tells what version b says otherwise than version a: to whoever does not
// coordinate, of cases only those that it may read now.
func (s *Store) Compare(ctx context.Context, who access.Actor, code operation.Code, a, b int64) ([]Change, error) {
	return nil, named(access.ReportRead, errNotYet)
}

// Behind gives the cases behind one cell of a figure as they stood in a version, of
// those that the actor may read now. Of the place the unit does not matter.
func (s *Store) Behind(ctx context.Context, who access.Actor, code operation.Code, number int64, p Place) (Behind, error) {
	return Behind{}, named(access.ReportRead, errNotYet)
}

// VersionOf gives a version whole, whoever may read it; number 0 is the newest,
// db.ErrNone: there is none.
func VersionOf(tx *db.Tx, op, number int64) (Version, error) { return Version{}, db.ErrNone }

// VersionsOf gives the heads of an operation's versions, newest first.
func VersionsOf(tx *db.Tx, op int64) ([]Head, error) { return nil, errNotYet }

// ClearancesOf gives the words that stand on a version (see Standing).
func ClearancesOf(tx *db.Tx, op, number int64) ([]Clearance, error) { return nil, errNotYet }

// CasesOf gives the cases behind a version as they stood, in the order of its basis,
// each with the class it had. Where content was erased since it is the coded form, in
// which nothing is lost that figures need but brands; was the case corrected between
// the freeze and its erasure, it is the corrected one: whoever proves figures counts
// again and compares.
func CasesOf(tx *db.Tx, op int64, v Version) ([]seizure.Case, error) { return nil, errNotYet }
