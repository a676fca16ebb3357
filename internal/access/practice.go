package access

import "slices"

// What holds in a practice: the work on messages and cases, and what that needs. What
// is not listed does not exist there. Nothing of it asks a right holder, opens covert
// features, is published, carried out of the house, or trains in its turn.
var inPractice = slices.Concat(messaging, warning, reviewing, linking, following, tasking, looking, publishing, []Permission{
	OperationRead, PracticeRead, OperationInvite, OperationEnd, OperationAssign, OperationPeople, JournalRead,
	NumberReserve, SeizureSave, SeizureReport, SeizureAmend, SeizureWithdraw, SeizureAttach, SeizureDetach, CustodyRead,
	SeizureRead, SeizureRelease, SeizureRecall, SeizureRelate, SeizureRedact, CaseListKeep, DuplicateRead, DuplicateDismiss,
	NilReportSend, NilReportWithdraw, MappingSave, MappingDrop, TaskDirect, TemplateAmend, ResultsRead,
	MessageRedact, RedactionRead, RedactionAsk, RedactionRefuse, QuarantineRead, QuarantineClose,
	DetentionRead, DetentionCheck, DetentionStart, DetentionNote, AnalysisRead, QuestionKeep, QuestionDrop,
	ConnectionRead, ConnectionJudge, WatchRead, WatchSet, WatchDrop, SightingSay})

// shown is what whoever leads a practice shows to others on the screens of an officer;
// in a real operation coordination reports nothing.
var shown = []Permission{NumberReserve, SeizureSave, SeizureReport, SeizureAmend, SeizureWithdraw}

// InPractice tells whether a permission means anything in a practice.
func InPractice(p Permission) bool { return slices.Contains(inPractice, p) }

// Shows tells whether the leader of a practice may do there what an officer does.
func Shows(side Side, roles []Role, p Permission) bool {
	return side == Coordination && slices.Contains(shown, p) && (Leads(roles) || slices.Contains(roles, Trainer))
}

// Leads tells whether roles are those of who leads a practice.
func Leads(roles []Role) bool {
	return slices.Contains(roles, Director) || slices.Contains(roles, Coordinator)
}
