package access_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
)

var (
	roles = []access.Role{access.Director, access.Coordinator, access.Analyst, access.ContactPoint, access.Officer,
		access.Observer, access.RightHolder, access.Trainer, access.Auditor}

	within = []access.Permission{access.OperationRead, access.OperationInvite, access.OperationEnd, access.OperationAssign,
		access.OperationPeople, access.JournalRead, access.MessageRead, access.MessageSend, access.MessageAnswer, access.SeizureRead,
		access.SeizureSave, access.SeizureReport, access.SeizureRelease, access.SeizureRecall, access.SeizureAmend,
		access.SeizureWithdraw, access.SeizureRelate, access.ResultsRead, access.ConsignmentLink, access.ConsignmentUnlink,
		access.NilReportSend, access.NilReportWithdraw, access.CoverageRead, access.TaskRead, access.TaskGive, access.TaskDirect, access.TaskAssign,
		access.TaskFinish, access.TaskDrop, access.RosterRead, access.RosterPlan, access.RosterWithdraw, access.RosterHandOver, access.RosterConfirm,
		access.TemplateAmend, access.MappingSave, access.MappingDrop}

	instance = []access.Permission{access.OperationOpen, access.OperationAccept, access.OrganisationRegister, access.OrganisationAmend,
		access.OrganisationRead, access.PersonRegister, access.PersonHat, access.PersonInvite, access.PersonSuspend, access.PersonRead,
		access.PersonSettle, access.SessionEnd, access.SessionSwitch, access.HomeRead, access.NoticeRead, access.NoticeSettle}

	// What outsiders may ever do, written down a second time on purpose.
	fence = map[access.Side][]access.Permission{
		access.ObserverSide:    {access.OperationRead, access.MessageRead, access.MessageSend, access.MessageAnswer, access.ResultsRead},
		access.RightHolderSide: {access.OperationRead, access.MessageRead, access.MessageSend, access.MessageAnswer},
	}
)

// manyRoles draws any roles, those that do not exist too.
func manyRoles() *rapid.Generator[[]access.Role] {
	return rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(roles), rapid.Map(rapid.String(), func(s string) access.Role { return access.Role(s) })))
}

func anyPermission() *rapid.Generator[access.Permission] {
	return rapid.OneOf(rapid.SampledFrom(slices.Concat(within, instance)),
		rapid.Map(rapid.String(), func(s string) access.Permission { return access.Permission(s) }))
}

// No set of roles widens a side's fence.
func TestFence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.SampledFrom([]access.Side{access.ObserverSide, access.RightHolderSide}).Draw(t, "side")
		held, p := manyRoles().Draw(t, "roles"), anyPermission().Draw(t, "permission")
		if access.Within(side, held, p) && !slices.Contains(fence[side], p) {
			t.Fatalf("%v on %s may %s", held, side, p)
		}
		if access.Within(side, roles, p) && !slices.Contains(fence[side], p) {
			t.Fatalf("all roles together on %s may %s", side, p)
		}
	})
}

// What roles allow together is what each allows; a role that its side does not
// know allows nothing, nor does having none; nobody may do what has no name.
func TestRoles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.SampledFrom(access.Sides()).Draw(t, "side")
		held, p := manyRoles().Draw(t, "roles"), anyPermission().Draw(t, "permission")
		each := false
		for _, r := range held {
			may := access.Within(side, []access.Role{r}, p)
			if may && !slices.Contains(access.RolesOf(side), r) {
				t.Fatalf("%s is no role of %s and may %s", r, side, p)
			}
			each = each || may
		}
		if got := access.Within(side, held, p); got != each {
			t.Fatalf("together %v, each %v", got, each)
		}
		if access.Within(side, nil, p) || access.Within(side, []access.Role{}, p) {
			t.Fatalf("no roles may %s", p)
		}
		if slices.Contains(instance, p) && access.Within(side, roles, p) {
			t.Fatalf("%s of the instance is granted inside an operation", p)
		}
		if !slices.Contains(within, p) && access.Within(side, held, p) {
			t.Fatalf("%v may do %q, which is none of the permissions", held, p)
		}
	})
}

// A side that does not exist allows nothing.
func TestUnknownSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := access.Side(rapid.String().Draw(t, "side"))
		if slices.Contains(access.Sides(), side) {
			return
		}
		if p := anyPermission().Draw(t, "permission"); access.Within(side, roles, p) || access.RolesOf(side) != nil || access.ValidSide(side) {
			t.Fatalf("on side %q all roles may %s", side, p)
		}
	})
}

// The plain facts of the instance, each cell written down.
func TestMay(t *testing.T) {
	everyone := []access.Permission{access.NoticeRead, access.NoticeSettle, access.HomeRead, access.PersonSettle, access.SessionEnd, access.SessionSwitch}
	contact := []access.Permission{access.OrganisationAmend, access.OrganisationRead, access.PersonRegister, access.PersonInvite,
		access.PersonSuspend, access.PersonRead, access.OperationOpen, access.OperationAccept}
	admin := []access.Permission{access.OrganisationRegister, access.PersonHat, access.OrganisationAmend, access.OrganisationRead,
		access.PersonRegister, access.PersonInvite, access.PersonSuspend, access.PersonRead, access.OperationOpen}
	for what, c := range map[string]struct {
		who access.Actor
		may []access.Permission
	}{
		"nobody":                      {access.Actor{}, nil},
		"no person":                   {access.Actor{Organisation: 1, Administrator: true, ContactPoint: true}, nil},
		"no organisation":             {access.Actor{Person: "p", Administrator: true, ContactPoint: true}, nil},
		"the system":                  {access.Actor{System: "release-clock", Organisation: 1, Administrator: true}, nil},
		"a person":                    {access.Actor{Person: "p", Organisation: 1}, everyone},
		"a contact point":             {access.Actor{Person: "p", Organisation: 1, ContactPoint: true}, slices.Concat(everyone, contact)},
		"the administrator":           {access.Actor{Person: "p", Organisation: 1, Administrator: true}, slices.Concat(everyone, admin)},
		"an administrator in contact": {access.Actor{Person: "p", Organisation: 1, Administrator: true, ContactPoint: true}, slices.Concat(everyone, contact, admin)},
	} {
		for _, p := range slices.Concat(instance, within, []access.Permission{"", "public", "operation.everything"}) {
			if got, want := access.May(c.who, p), slices.Contains(c.may, p); got != want {
				t.Errorf("%s may %q: %v, want %v", what, p, got, want)
			}
		}
	}
}

// A journal names people by their id and housekeeping by what it does.
func TestNames(t *testing.T) {
	if n := (access.Actor{Person: "p", System: "release-clock"}).Name(); n != "system:release-clock" {
		t.Errorf("housekeeping signs as %q", n)
	}
	if n := (access.Actor{Person: "p"}).Name(); n != "p" {
		t.Errorf("a person signs as %q", n)
	}
}
