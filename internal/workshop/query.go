package workshop

import (
	"context"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Item is a workshop in a list, as its reader may know it.
type Item struct {
	Workshop
	Operation operation.Operation
	Host      organisation.Organisation
	Sessions  int64  // that take place, of those that the reader may read
	Own       Tally  // of the reader's own organisation
	Mine      string // what the reader is there: codelist.ParticipantState; empty: nothing
	Hosts     bool   // the reader may amend it
}

// Tally counts people of one organisation.
type Tally struct {
	Counted   bool  // places were set for the workshop; false: anybody of its readers may come
	Places    int64 // 0 where Counted: the organisation is not invited
	Nominated int64
	Confirmed int64
	Waiting   int64
	Left      int64 // places for which nobody is nominated or confirmed
	Free      int64 // places for which nobody is confirmed
}

// Page is a list of workshops.
type Page struct {
	Standing operation.Standing
	Items    []Item // the latest first
	MayPlan  bool
	Kinds    []string // that the actor may plan
}

// Guest is a participant with its organisation.
type Guest struct {
	Participant
	Of organisation.Organisation
}

// Seat is what one organisation may and did do, for the host; others see their own.
type Seat struct {
	Of organisation.Organisation
	Tally
}

// Talk is a session with the organisations of its speakers.
type Talk struct {
	Session
	From     []organisation.Organisation // of Speakers, in their order; zero: of none that takes part
	Narrowed bool                        // it is for fewer than the workshop
}

// Opened is a workshop as one reader may know it.
type Opened struct {
	Standing operation.Standing
	Item
	Talks       []Talk
	Guests      []Guest // all for host and coordination, else those of one's own organisation
	Seats       []Seat
	Materials   []Material
	Readers     []organisation.Organisation // for the host: who may be given places
	MayAmend    bool
	MayCall     bool
	MayCancel   bool
	MayNominate bool // now: it is called, the day has not passed, a place is left
	MayWithdraw bool // one's own nominees
	MayConfirm  bool
	MaySupply   bool
	ReadsAll    bool   // Guests and Seats are all that there are
	Today       string // local day in the workshop's zone
}

// Host tells whether the actor stands as the host of a workshop: it may amend
// workshops, and its organisation is the host or stands on the side of coordination.
func Host(st operation.Standing, w Workshop) bool {
	return st.May(access.WorkshopAmend) && (st.Who.Organisation == w.Organisation || st.Side() == access.Coordination)
}

// Materials gives what a workshop names, of what the actor may read now.
func Materials(tx *db.Tx, st operation.Standing, w Workshop) ([]Material, error) {
	return nil, errors.ErrUnsupported
}

// List gives the workshops of an operation that the actor may read.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code) (Page, error) {
	return Page{}, errors.ErrUnsupported
}

// Everywhere gives the workshops of all operations that the actor may enter, but for
// practices; the latest first.
func (s *Store) Everywhere(ctx context.Context, who access.Actor) ([]Item, error) {
	return nil, errors.ErrUnsupported
}

// Locate tells in which operation a workshop is that the actor may read; Missing:
// there is none.
func (s *Store) Locate(ctx context.Context, who access.Actor, id ID) (operation.Code, error) {
	return "", errors.ErrUnsupported
}

// Read opens one workshop.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, id ID) (Opened, error) {
	return Opened{}, errors.ErrUnsupported
}
