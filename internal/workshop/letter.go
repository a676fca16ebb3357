package workshop

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
)

// Letter is what an invitation says; its sentences stand in catalogues.
type Letter struct {
	Language  string                    // BCP 47, of its reader
	Name      string                    // of the invited; empty: it is to the organisation
	Position  string                    //
	To        organisation.Organisation // whose people are invited
	State     string                    // of the invited: codelist.ParticipantState; empty: to the organisation
	From      organisation.Organisation // the host
	Operation operation.Operation
	Workshop  Workshop          // as the invited may know it
	Own       participant.Tally // of To
	Agenda    []Talk            // that take place, of those that To may read
}

// Invited says for whom a letter is: a participant, or else an organisation.
type Invited struct {
	Participant  participant.ID
	Organisation organisation.ID
}

// Invitation gives what an invitation to a workshop says. The host makes those of all
// that read it, others those of their own organisation. A letter holds what its reader
// may know, whoever prints it: of the agenda nothing that is kept from the invited.
func (s *Store) Invitation(ctx context.Context, who access.Actor, code operation.Code, id ID, to Invited) (out Letter, err error) {
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing) error {
		w, err := Find(tx, st, id)
		if err != nil {
			return err
		}
		out = Letter{Operation: st.Operation, Language: w.Language, Workshop: w}
		out.Workshop.To = audience.Address{}
		places, people, err := participant.Counted(tx, st.Operation.Number, w.Seq)
		if err != nil {
			return err
		}
		if err := out.to(tx, people, to); err != nil {
			return err
		}
		if out.To.Number != who.Organisation && !Host(st, w) {
			return fault.Missing()
		}
		out.Own = participant.TallyOf(places, people, out.To.Number)
		if out.From, err = organisation.One(tx, w.Organisation); err != nil {
			return err
		}
		return out.agenda(tx, st.Operation.Number, w)
	})
	if err != nil {
		return Letter{}, err
	}
	return out, nil
}

// to puts in whom a letter is for.
func (l *Letter) to(tx *db.Tx, people []participant.Participant, to Invited) (err error) {
	if to.Participant == "" {
		if l.To, err = organisation.ByID(tx, to.Organisation); err != nil {
			return orMissing(err)
		}
		if l.To.Language != "" {
			l.Language = l.To.Language
		}
		return nil
	}
	p, err := participant.Among(people, to.Participant, 0)
	if err != nil {
		return err
	}
	l.Name, l.Position, l.Language, l.State = p.Name, p.Position, p.Language, p.State
	l.To, err = organisation.One(tx, p.Organisation)
	return err
}

// agenda puts in the sessions that the invited organisation may read; Missing: it may
// not read the workshop.
func (l *Letter) agenda(tx *db.Tx, op int64, w Workshop) error {
	all, err := AgendaOf(tx, op, w, l.To.Number)
	if err != nil {
		return err
	}
	l.Agenda, err = talks(tx, w, all)
	return err
}
