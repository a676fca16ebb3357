package story

import (
	"slices"
	"testing"
	"time"
)

// teller walks a timeline as a stranger would and refuses what cannot be.
type teller struct {
	t         *testing.T
	organised map[string]bool
	enrolled  map[string]bool
	opened    map[string]bool
	invited   map[string]bool
	member    map[string]string // operation/organisation -> side
	role      map[string]string // operation/organisation/login -> role
	sent      map[string]*Message
	reported  map[string]*Case
	released  map[string]bool
	shelf     map[string][]string // document -> who made its versions
	vetted    map[string]bool     // right holders
	brands    map[*Brand]bool
	sheets    map[*Sheet]bool
	asked     map[*Inquiry]bool
	begun     bool              // the report
	versions  int64             // of it
	trained   map[*Workshop]int // 1 planned, 2 called, 3 confirmed
	taught    map[string]bool   // right holders with lessons
	learnt    map[*Learnt]bool
	certified int // workshops
}

func (k *teller) must(ok bool, m Moment, why string) {
	k.t.Helper()
	if !ok {
		k.t.Errorf("%s %s %T: %s", m.At.Format(time.DateTime), m.Actor, m.Step, why)
	}
}

func (k *teller) acts(m Moment, operation string, roles ...string) {
	k.t.Helper()
	k.must(slices.Contains(roles, k.role[operation+"/"+m.Hat+"/"+m.Actor]), m, "has no such role as "+m.Hat)
}

func (k *teller) hear(m Moment) {
	if m.Actor != "" {
		k.must(k.enrolled[m.Actor], m, "acts before being enrolled")
	}
	switch s := m.Step.(type) {
	case OrganisationFounded:
		k.organised[s.Organisation.Code] = true
	case PersonEnrolled:
		for _, h := range s.Person.Hats {
			k.must(k.organised[h.Organisation], m, "organisation unknown")
		}
		k.enrolled[s.Person.Login] = true
	case OperationOpened:
		k.opened[s.Operation.Code] = true
	case OrganisationInvited:
		k.must(k.opened[s.Membership.Operation] && k.organised[s.Membership.Organisation], m, "too early")
		if s.Membership.Operation != CodeLibrary { // where who opened it directs, without being given a role
			k.acts(m, s.Membership.Operation, RoleDirector)
		}
		k.invited[s.Membership.Operation+"/"+s.Membership.Organisation] = true
	case InvitationAccepted:
		key := s.Membership.Operation + "/" + s.Membership.Organisation
		k.must(k.opened[s.Membership.Operation] && (s.Membership.Directing || k.invited[key]) && s.Membership.Handling > 0, m, "not invited")
		k.member[key] = s.Membership.Side
	case RoleGiven:
		k.must(k.member[s.Operation+"/"+s.Organisation] != "" && k.enrolled[s.Person.Login], m, "not a member")
		k.role[s.Operation+"/"+s.Organisation+"/"+s.Person.Login] = s.Role
	case MessageSent:
		k.message(m, s.Message)
	case NilReported, TaskGiven, TaskAssigned, TaskDone, ShiftPlanned, HandedOver, HandOverRead:
		k.daily(m)
	case WarningActed:
		w := k.sent[s.Act.Warning.ID]
		k.must(w != nil && slices.Contains(w.Audience.Organisations, m.Hat), m, "is about no warning addressed to it")
		k.acts(m, w.Operation, RoleContactPoint)
	case DocumentPublished, DocumentWithdrawn:
		k.library(m)
	case WarningsDue:
		k.must(m.Actor == "", m, "time has no name")
	default:
		k.aboutCase(m)
	}
}

func (k *teller) message(m Moment, s *Message) {
	k.must(k.role[s.Operation+"/"+s.Organisation+"/"+m.Actor] != "" && m.Hat == s.Organisation, m, "has no role")
	if s.ReplyTo != "" {
		k.must(k.sent[s.ReplyTo] != nil, m, "answers what was not yet sent")
	}
	for _, o := range s.Audience.Organisations {
		k.must(k.member[s.Operation+"/"+o] != "", m, o+" is addressed and is no member")
	}
	k.must(len(s.Audience.Sides)+len(s.Audience.Organisations) > 0 && s.Subject != "" && s.Body != "", m, "is empty")
	switch s.Kind {
	case KindWarning:
		k.must(s.ReplyDue.After(m.At) && s.Category != "", m, "owes no answer")
	case KindFeedback:
		w := k.sent[s.Warning]
		k.must(w != nil && w.Kind == KindWarning && slices.Contains(w.Audience.Organisations, s.Organisation), m, "answers no warning addressed to it")
		if s.Outcome == OutcomeHit {
			c := k.reported[s.Case]
			k.must(c != nil && c.Organisation == s.Organisation && c.Warning == s.Warning && k.released[c.ID], m, "cites a case that is not there")
			k.must(c != nil && slices.Contains(c.Categories(), w.Category) && c.Conveyance == w.Conveyance && c.Provenance == w.Provenance, m, "cites a case of other goods")
		} else {
			k.must(s.Case == "", m, "cites a case")
		}
	}
	k.sent[s.ID] = s
}

func (k *teller) library(m Moment) {
	switch s := m.Step.(type) {
	case DocumentPublished:
		k.acts(m, s.Document.Operation, RoleDirector, RoleCoordinator, RoleContactPoint)
		k.must(s.Version.Number == len(k.shelf[s.Document.ID])+1 && s.Version.Note != "", m, "is not the next version")
		for _, o := range s.Document.Organisations {
			k.must(k.member[s.Document.Operation+"/"+o] != "", m, o+" is addressed and is no member")
		}
		k.shelf[s.Document.ID] = append(k.shelf[s.Document.ID], m.Hat)
		k.must(k.shelf[s.Document.ID][0] == m.Hat, m, "is revised by another organisation")
	case DocumentWithdrawn:
		k.must(len(k.shelf[s.Document.ID]) > 0 && s.Document.Reason != "", m, "withdraws what is not there")
	}
}

// shelves checks the library of product sheets; false: the step is of something else.
func (k *teller) shelves(m Moment) bool {
	switch s := m.Step.(type) {
	case HolderApplied:
		k.must(k.member[CodeLibrary+"/"+m.Hat] == SideRightHolder, m, "shows itself and is no right holder of the library")
	case HolderVetted:
		k.must(s.Holder.AppliedAt.Before(m.At) && m.Hat == OrgWCO, m, "is vetted before it asks, or by others")
		k.vetted[s.Holder.Organisation] = true
	case BrandRegistered:
		k.must(m.Hat == s.Brand.Holder, m, "is another's brand")
		k.brands[s.Brand] = true
	case SheetPublished:
		k.must(k.vetted[m.Hat] && k.brands[s.Sheet.Of] && s.Sheet.Of.Holder == m.Hat, m, "is published by who may not")
		k.must(s.Again == k.sheets[s.Sheet], m, "is published out of turn")
		k.sheets[s.Sheet] = true
	case SheetMarked:
		k.must(k.sheets[s.Sheet] && k.member[CodeLibrary+"/"+m.Hat] == SideEnforcement, m, "marks what it has not")
	case AlertIssued:
		k.must(k.member[CodeLibrary+"/"+m.Hat] != "" && (s.Alert.Of == nil || k.brands[s.Alert.Of]), m, "has no brand")
	case AlertRead:
		k.must(s.Alert.At.Before(m.At), m, "is read before it is issued")
	case ContactSet:
		k.must(s.Contact.Holder == m.Hat, m, "is another's contact")
	case InquiryAsked:
		c := s.Inquiry.Case
		k.must(k.released[c.ID] && m.Hat == c.Organisation && k.sheets[s.Inquiry.Sheet], m, "asks about what is not there")
		k.asked[s.Inquiry] = true
	case InquiryAnswered:
		k.must(k.asked[s.Inquiry] && m.Hat == s.Inquiry.Holder, m, "answers what it was not asked")
	case InquiryReplied:
		k.must(k.asked[s.Inquiry] && s.Inquiry.AnswerAt.Before(m.At) && m.Hat == s.Inquiry.Holder, m, "replies before it answers")
	default:
		return false
	}
	return true
}

// concludes checks the end of the operation; false: the step is of something else.
func (k *teller) concludes(m Moment) bool {
	const code = CodeActionIPR2
	switch s := m.Step.(type) {
	case SituationIssued, QuestionKept, ReferencesLoaded:
		k.acts(m, code, RoleCoordinator)
	case ReportOpened:
		k.acts(m, code, RoleDirector)
		k.begun = true
	case ContributionsAsked:
		k.must(k.begun && s.Due > m.At.Format(time.DateOnly), m, "asks for nothing, or too late")
	case ChapterWritten:
		k.acts(m, code, RoleCoordinator)
		k.must(k.begun && s.Chapter.Texts["en"] != "", m, "writes in no report")
	case ContributionMade:
		k.acts(m, code, RoleContactPoint)
		k.must(k.begun && k.versions == 0 && m.Hat == s.Contribution.Organisation, m, "contributes too late, or for others")
		for _, c := range s.Contribution.Named {
			k.must(k.released[c.ID] && c.Organisation == m.Hat, m, "names what it has not")
		}
	case ReportFrozen:
		k.acts(m, code, RoleDirector)
		k.versions++
		k.must(k.begun && (k.versions == 1) == (s.Note == ""), m, "freezes without a note")
	case VersionCleared:
		k.acts(m, code, RoleContactPoint)
		k.must(s.Clearance.Version == k.versions && m.Hat == s.Clearance.Organisation, m, "is about another version")
	case EditionIssued:
		k.acts(m, code, RoleDirector)
		k.must(s.Version == k.versions, m, "gives out another version")
	case PressWritten:
		k.acts(m, code, RoleDirector)
		k.must(s.Version == k.versions, m, "is about another version")
	default:
		return false
	}
	return true
}

func (k *teller) aboutCase(m Moment) {
	switch s := m.Step.(type) {
	case CaseReported:
		c := s.Case
		k.acts(m, c.Operation, RoleOfficer)
		k.must(m.Hat == c.Organisation && c.EventAt.Before(m.At) && k.reported[c.ID] == nil, m, "cannot be reported")
		k.must(c.Warning == "" || k.sent[c.Warning] != nil && k.sent[c.Warning].SentAt.Before(c.EventAt), m, "follows a later warning")
		k.reported[c.ID] = c
		k.released[c.ID] = c.ReleasedAt.Equal(c.ReportedAt)
	case CaseReleased:
		k.must(k.reported[s.Case.ID] != nil && !k.released[s.Case.ID], m, "nothing to release")
		if s.ByTime {
			k.must(m.Actor == "", m, "time has no name")
		} else {
			k.acts(m, s.Case.Operation, RoleContactPoint)
		}
		k.released[s.Case.ID] = true
	case CaseAmended:
		k.acts(m, s.Case.Operation, RoleOfficer, RoleContactPoint)
		k.must(k.released[s.Case.ID], m, "amends what is not there")
	case CaseMoved:
		k.acts(m, s.Case.Operation, RoleContactPoint)
		k.must(k.released[s.Case.ID] && s.Change.Status != "", m, "moves what is not there")
	case CaseMarkedDuplicate:
		k.acts(m, s.Case.Operation, RoleCoordinator)
		k.must(s.Of != nil && k.released[s.Case.ID] && k.released[s.Of.ID], m, "doubles what is not there")
	case CaseWithdrawn:
		k.acts(m, s.Case.Operation, RoleOfficer)
		k.must(k.released[s.Case.ID], m, "withdraws what is not there")
	default:
		k.must(k.shelves(m) || k.concludes(m) || k.trains(m), m, "is not a step of this test")
	}
}

func TestTimelineCanBeTold(t *testing.T) {
	for seed := range uint64(20) {
		w := Scaled(seed, 1+int(seed%2))
		k := &teller{t: t, organised: map[string]bool{}, enrolled: map[string]bool{}, opened: map[string]bool{}, invited: map[string]bool{},
			member: map[string]string{}, role: map[string]string{}, sent: map[string]*Message{}, reported: map[string]*Case{}, released: map[string]bool{},
			shelf: map[string][]string{}, vetted: map[string]bool{}, brands: map[*Brand]bool{}, sheets: map[*Sheet]bool{}, asked: map[*Inquiry]bool{},
			trained: map[*Workshop]int{}, taught: map[string]bool{}, learnt: map[*Learnt]bool{}}
		moments := w.Timeline()
		if p, ok := moments[0].Step.(PersonEnrolled); !ok || !p.Person.Administrator {
			t.Fatalf("the story begins with %T", moments[0].Step)
		}
		for i, m := range moments {
			if i > 0 && m.At.Before(moments[i-1].At) {
				t.Fatalf("moment %d goes back in time", i)
			}
			if m.At.After(Ends) || m.At.Location() != time.UTC {
				t.Errorf("%s %T", m.At, m.Step)
			}
			k.hear(m)
		}
		if len(k.reported) != len(w.Cases) || len(k.sent) != len(w.Messages) || len(k.shelf) != len(w.Documents) || len(k.enrolled) != len(w.Persons) || len(k.organised) != len(w.Organisations) {
			t.Errorf("seed %d: something was not told", seed)
		}
	}
}

func TestLiveStartsInTheMiddle(t *testing.T) {
	if got := LiveFrom.Format(time.DateOnly); got != "2017-02-17" {
		t.Errorf("day 12 is %s", got)
	}
	before := 0
	moments := ActionIPR2(1).Timeline()
	for _, m := range moments {
		if m.At.Before(LiveFrom) {
			before++
		}
	}
	if before == 0 || len(moments)-before < 100 {
		t.Errorf("%d of %d moments lie before", before, len(moments))
	}
}

func TestWarningsAnsweredAndNot(t *testing.T) {
	w := ActionIPR2(1)
	outcomes, answered, warnings, threads := map[string]int{}, map[string]bool{}, 0, 0
	for _, m := range w.Messages {
		switch m.Kind {
		case KindWarning:
			warnings++
		case KindFeedback:
			outcomes[m.Outcome]++
			answered[m.Warning] = true
		default:
			if m.ReplyTo != "" {
				threads++
			}
		}
	}
	for _, o := range []string{OutcomeHit, OutcomeClean, OutcomeNotChecked, OutcomeReleased, OutcomeMovedOn, OutcomeSurveillance, OutcomeNotArrived} {
		if outcomes[o] == 0 {
			t.Errorf("no warning ends as %s", o)
		}
	}
	if open := warnings - len(answered); open < 3 {
		t.Errorf("%d warnings unanswered", open)
	}
	if len(w.Messages) < 60 || len(w.Messages) > 90 || threads < 15 {
		t.Errorf("%d messages, %d answers", len(w.Messages), threads)
	}
	hits := 0
	for _, c := range w.Cases {
		if c.Warning != "" {
			hits++
		}
	}
	if hits != outcomes[OutcomeHit] {
		t.Errorf("%d cases follow a warning, %d answers say so", hits, outcomes[OutcomeHit])
	}
}
