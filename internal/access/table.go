package access

import "slices"

// The one table of who may do what inside an operation.
var granted = with(withdrawing, map[Role][]Permission{
	Director: {ConsignmentLink, ConsignmentUnlink,
		OperationRead, OperationInvite, OperationEnd, OperationAssign, OperationPeople, JournalRead,
		MessageRead, MessageSend, MessageAnswer, WarningAcknowledge, WarningAssign, WarningRemind, WarningForward,
		QuarantineKeep, SeizureRead, SeizureRelate, ResultsRead,
		TemplateAmend},
	Coordinator: {ConsignmentLink, ConsignmentUnlink,
		OperationRead, OperationInvite, OperationPeople, JournalRead,
		MessageRead, MessageSend, MessageAnswer, WarningAcknowledge, WarningAssign, WarningRemind, WarningForward,
		QuarantineKeep, SeizureRead, SeizureRelate, ResultsRead},
	Analyst: {ConsignmentLink, ConsignmentUnlink,
		OperationRead, OperationPeople, JournalRead, MessageRead, MessageSend, MessageAnswer, WarningAcknowledge, WarningRemind,
		QuarantineKeep, SeizureRead, ResultsRead},
	ContactPoint: {ConsignmentLink, ConsignmentUnlink,
		OperationRead, OperationAssign, OperationPeople, JournalRead, MessageRead, MessageSend, MessageAnswer, QuarantineKeep,
		WarningAcknowledge, WarningAssign, WarningRemind, WarningForward,
		SeizureRead, SeizureSave, SeizureReport, SeizureRelease, SeizureRecall, SeizureAmend, SeizureWithdraw, ResultsRead},
	Officer: {ConsignmentLink, ConsignmentUnlink,
		OperationRead, OperationPeople, MessageRead, MessageSend, MessageAnswer, QuarantineKeep,
		WarningAcknowledge, WarningAssign, WarningRemind, WarningForward,
		SeizureRead, SeizureSave, SeizureReport, SeizureAmend, SeizureWithdraw, ResultsRead},
	Observer:    {OperationRead, MessageRead, MessageSend, MessageAnswer, WarningAcknowledge, QuarantineKeep, ResultsRead},
	RightHolder: {OperationRead, MessageRead, MessageSend, MessageAnswer, WarningAcknowledge, QuarantineKeep},
	Trainer:     {OperationRead, OperationPeople, MessageRead, MessageSend, MessageAnswer, WarningAcknowledge, QuarantineKeep},
	Auditor:     {OperationRead, JournalRead},
})

// Who may do what with records that are taken back. Message.recall is for one's
// own message, as a contact point for those of one's organisation, and for
// coordination for what it may read: package withdrawal decides.
var withdrawing = map[Role][]Permission{
	Director: {MessageRecall, WithdrawalRead, WithdrawalConfirm, RedactionRead, RedactionAsk, RedactionRefuse, MessageRedact, SeizureRedact,
		HoldSet, HoldLift},
	Coordinator:  {MessageRecall, WithdrawalRead, WithdrawalConfirm, RedactionRead},
	Analyst:      {MessageRecall, WithdrawalRead, WithdrawalConfirm},
	ContactPoint: {MessageRecall, WithdrawalRead, WithdrawalConfirm, RedactionRead, RedactionAsk, RedactionRefuse},
	Officer:      {MessageRecall, WithdrawalRead, WithdrawalConfirm},
	Observer:     {MessageRecall, WithdrawalRead, WithdrawalConfirm},
	RightHolder:  {MessageRecall, WithdrawalRead, WithdrawalConfirm},
	Trainer:      {MessageRecall, WithdrawalRead, WithdrawalConfirm},
	Auditor:      {RedactionRead},
}

// with adds what one table grants to another.
func with(more, to map[Role][]Permission) map[Role][]Permission {
	for role, permissions := range more {
		to[role] = append(to[role], permissions...)
	}
	return to
}

// ofWriters is what everybody has who sends or answers messages.
var ofWriters = []Permission{AttachmentUpload, AttachmentBlacken, AttachmentDiscard}

// attached adds what concerns attachments: who writes may upload, who reads
// messages may open what hangs on them.
func attached(list []Permission) []Permission {
	if slices.Contains(list, MessageSend) || slices.Contains(list, MessageAnswer) {
		list = append(list, ofWriters...)
	}
	if slices.Contains(list, MessageRead) {
		list = append(list, AttachmentRead)
	}
	return list
}

func init() {
	for role, list := range granted {
		granted[role] = attached(list)
	}
	for side, list := range fenced {
		fenced[side] = attached(list)
	}
}

// daily is who may do what of the daily rhythm. The sides of observers and right
// holders fence all of it off.
var daily = map[Role][]Permission{
	Director: {CoverageRead, TaskRead, TaskGive, TaskDirect, TaskAssign, TaskFinish, TaskDrop,
		RosterRead, RosterPlan, RosterWithdraw, RosterHandOver, RosterConfirm},
	Coordinator: {CoverageRead, TaskRead, TaskGive, TaskDirect, TaskAssign, TaskFinish, TaskDrop,
		RosterRead, RosterPlan, RosterWithdraw, RosterHandOver, RosterConfirm},
	Analyst: {CoverageRead, TaskRead, TaskFinish, RosterRead, RosterHandOver, RosterConfirm},
	ContactPoint: {NilReportSend, NilReportWithdraw, CoverageRead, TaskRead, TaskGive, TaskAssign, TaskFinish, TaskDrop,
		RosterRead, RosterPlan, RosterWithdraw, RosterHandOver, RosterConfirm},
	Officer: {NilReportSend, NilReportWithdraw, CoverageRead, TaskRead, TaskFinish, RosterRead, RosterHandOver, RosterConfirm},
}

// What a side fences off, whatever the roles grant.
var fenced = map[Side][]Permission{
	ObserverSide: {OperationRead, OperationAssign, MessageRead, MessageSend, MessageAnswer, WarningAcknowledge, QuarantineKeep, ResultsRead,
		MessageRecall, WithdrawalRead, WithdrawalConfirm},
	RightHolderSide: {OperationRead, OperationAssign, MessageRead, MessageSend, MessageAnswer, WarningAcknowledge, QuarantineKeep,
		MessageRecall, WithdrawalRead, WithdrawalConfirm},
}

// Within tells whether the roles, held through an organisation on that side, may
// do it inside the operation.
func Within(side Side, roles []Role, p Permission) bool {
	if !ValidSide(side) {
		return false
	}
	if fence, ok := fenced[side]; ok && !slices.Contains(fence, p) {
		return false
	}
	return slices.ContainsFunc(roles, func(r Role) bool {
		return slices.Contains(RolesOf(side), r) && (slices.Contains(granted[r], p) || slices.Contains(daily[r], p))
	})
}

// May tells whether the actor may do it in the instance. Commands on one
// organisation's people check beside it that the organisation is the actor's
// own, unless the actor administers.
func May(who Actor, p Permission) bool {
	if !who.Known() {
		return false
	}
	switch p {
	case NoticeRead, NoticeSettle:
		return true
	case HomeRead, SearchFind, PersonSettle, SessionEnd, SessionSwitch, SessionToken:
		return true
	case OrganisationRegister, PersonHat:
		return who.Administrator
	case OrganisationAmend, OrganisationRead, PersonRegister, PersonInvite, PersonSuspend, PersonRead, OperationOpen:
		return who.Administrator || who.ContactPoint
	case OperationAccept:
		return who.ContactPoint
	}
	return false
}
