package story

import (
	"sort"
	"time"
)

// Moment is one thing that happened: when, who did it (a login; "" is time
// itself or the installation) and under which organisation's hat.
type Moment struct {
	At    time.Time
	Actor string
	Hat   string // code of an organisation
	Step  Step
}

// Step is what happened; one of the types below.
type Step interface{ rank() int }

// The steps. Pointers lead into the World. A case step tells how the case
// was, or becomes, at that moment: CaseReported uses First and FirstStatus.
type (
	OrganisationFounded struct{ Organisation *Organisation }
	PersonEnrolled      struct{ Person *Person } // without roles
	OperationOpened     struct{ Operation *Operation }
	OrganisationInvited struct{ Membership *Membership }
	InvitationAccepted  struct{ Membership *Membership }
	RoleGiven           struct {
		Person                  *Person
		Organisation, Operation string
		Role, Contact           string
	}
	MessageSent  struct{ Message *Message }
	CaseReported struct{ Case *Case }
	CaseReleased struct {
		Case   *Case
		ByTime bool
	}
	CaseAmended struct {
		Case      *Case
		Amendment Amendment
	}
	CaseMoved struct {
		Case   *Case
		Change StatusChange
	}
	CaseMarkedDuplicate struct{ Case, Of *Case }
	CaseWithdrawn       struct {
		Case   *Case
		Reason string
	}
)

// rank orders what happens at one and the same instant.
func (OrganisationFounded) rank() int { return 0 }
func (PersonEnrolled) rank() int      { return 1 }
func (OperationOpened) rank() int     { return 2 }
func (OrganisationInvited) rank() int { return 3 }
func (InvitationAccepted) rank() int  { return 4 }
func (RoleGiven) rank() int           { return 5 }
func (CaseReported) rank() int        { return 6 }
func (CaseReleased) rank() int        { return 7 }
func (CaseAmended) rank() int         { return 8 }
func (CaseMoved) rank() int           { return 9 }
func (CaseMarkedDuplicate) rank() int { return 10 }
func (CaseWithdrawn) rank() int       { return 11 }
func (MessageSent) rank() int         { return 12 }

// founding is when the installation's administrator sets up bodies and people.
var founding = time.Date(2016, 9, 26, 7, 0, 0, 0, time.UTC)

// Timeline tells the world in order.
func (w *World) Timeline() []Moment {
	var out []Moment
	tell := func(at time.Time, actor, hat string, s Step) { out = append(out, Moment{at, actor, hat, s}) }
	for i, o := range w.Organisations {
		tell(founding.Add(time.Duration(i)*time.Minute), "administrator", "", OrganisationFounded{o})
	}
	for i, p := range w.Persons {
		at := founding.AddDate(0, 0, 1).Add(time.Duration(i) * time.Minute)
		if p.Administrator {
			at = founding // the first person of an installation
		}
		tell(at, actorFor(p), "", PersonEnrolled{p})
	}
	for _, o := range w.Operations {
		w.tellOperation(o, tell)
	}
	for _, m := range w.Messages {
		tell(m.SentAt, m.Author, m.Organisation, MessageSent{m})
	}
	w.tellWarnings(tell)
	byID := make(map[string]*Case, len(w.Cases))
	for _, c := range w.Cases {
		byID[c.ID] = c
	}
	for _, c := range w.Cases {
		tellCase(c, byID, tell)
	}
	w.tellDaily(w.firstContact, tell)
	w.tellLibrary(tell)
	w.tellShelf(tell)
	w.tellQuestions(tell)
	w.tellReport(tell)
	w.tellTraining(tell)
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if !a.At.Equal(b.At) {
			return a.At.Before(b.At)
		}
		if a.Step.rank() != b.Step.rank() {
			// the administrator comes before all else
			if p, ok := b.Step.(PersonEnrolled); ok && p.Person.Administrator {
				return false
			}
			if p, ok := a.Step.(PersonEnrolled); ok && p.Person.Administrator {
				return true
			}
			return a.Step.rank() < b.Step.rank()
		}
		return false
	})
	return out
}

func actorFor(p *Person) string {
	if p.Administrator {
		return ""
	}
	return "administrator"
}

func (w *World) tellOperation(o *Operation, tell func(time.Time, string, string, Step)) {
	opened := openings[o.Code]
	hat := w.Person(opened.by).Hats[0].Organisation
	tell(opened.at, opened.by, hat, OperationOpened{o})
	for _, m := range o.Membership {
		if !m.Directing {
			tell(m.InvitedAt, m.InvitedBy, hat, OrganisationInvited{m})
		}
		if !m.AcceptedAt.IsZero() {
			tell(m.AcceptedAt, m.AcceptedBy, m.Organisation, InvitationAccepted{m})
		}
		if m.AcceptedAt.IsZero() {
			continue
		}
		n := 0
		for _, p := range w.Persons {
			for _, h := range p.Hats {
				for _, r := range h.Roles {
					if h.Organisation == m.Organisation && r.Operation == o.Code {
						n++
						tell(m.AcceptedAt.Add(time.Duration(n)*3*time.Second), m.AcceptedBy, m.Organisation,
							RoleGiven{p, h.Organisation, o.Code, r.Role, h.Contact})
					}
				}
			}
		}
	}
}

func tellCase(c *Case, byID map[string]*Case, tell func(time.Time, string, string, Step)) {
	tell(c.ReportedAt, c.Reporter, c.Organisation, CaseReported{c})
	if c.ReleasedAt.After(c.ReportedAt) {
		tell(c.ReleasedAt, c.ReleasedBy, c.Organisation, CaseReleased{c, c.ReleasedBy == ""})
	}
	for _, a := range c.Amendments {
		tell(a.At, a.By, c.Organisation, CaseAmended{c, a})
	}
	for _, s := range c.Changes {
		tell(s.At, s.By, c.Organisation, CaseMoved{c, s})
	}
	if c.DuplicateOf != "" {
		tell(c.MarkedAt, "coordinator", OrgRILO, CaseMarkedDuplicate{c, byID[c.DuplicateOf]})
	}
	if !c.WithdrawnAt.IsZero() {
		tell(c.WithdrawnAt, c.Reporter, c.Organisation, CaseWithdrawn{c, c.Reason})
	}
}
