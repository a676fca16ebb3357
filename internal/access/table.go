package access

import "slices"

// What several roles have alike.
var (
	linking   = []Permission{ConsignmentLink, ConsignmentUnlink}
	following = []Permission{TaskFinish, RosterHandOver, RosterConfirm} // of tasks and shifts: what one was given
	tasking   = []Permission{TaskGive, TaskAssign, TaskDrop, RosterPlan, RosterWithdraw}
	looking   = []Permission{CoverageRead, TaskRead, RosterRead}

	// publishing puts documents into the library; whoever reads messages reads it.
	publishing = []Permission{DocumentPublish, DocumentRevise, DocumentWithdraw}

	// messaging: who writes may upload and take back what is theirs (package
	// withdrawal decides what is), who reads may open what hangs on a message,
	// acknowledge a warning and confirm a recall.
	messaging = []Permission{MessageRead, MessageSend, MessageAnswer, MessageRecall, WarningAcknowledge, WithdrawalRead, WithdrawalConfirm,
		QuarantineKeep, AttachmentRead, AttachmentUpload, AttachmentBlacken, AttachmentDiscard, DocumentRead}
	// clocking: who reports keeps the legal clock of their organisation's cases.
	clocking = []Permission{DetentionRead, DetentionCheck, DetentionStart, DetentionNote, DetentionDisclose, DetentionReceive}

	warning   = []Permission{WarningAssign, WarningRemind, WarningForward}
	reviewing = []Permission{ReviewCheck, ReviewReturn}
	reporting = []Permission{NumberReserve, SeizureSave, SeizureReport, SeizureAmend, SeizureWithdraw, SeizureAttach, SeizureDetach, EvidenceBundle, CustodyRead, NilReportSend, NilReportWithdraw, MappingSave, MappingDrop}
)

// What several roles have alike of results: who reads cases asks questions of them;
// who coordinates or analyses judges and writes.
var (
	analysing = []Permission{AnalysisRead, QuestionKeep, QuestionDrop, ConnectionRead, WatchRead, SightingSay, SituationRead, EditionRead}
	judging   = []Permission{ConnectionJudge, WatchSet, WatchDrop, ReportRead}
	drafting  = []Permission{ReferenceLoad, ReferenceDrop, ReportOpen, ReportWrite}
	finishing = []Permission{SituationIssue, SituationPlan, ReportAsk, ReportFreeze, EditionIssue, PressWrite}
)

// What several roles have alike of training: who takes part, who teaches, who answers
// for an organisation's people.
var (
	attending = []Permission{WorkshopRead, AttendanceJoin, EvaluationAnswer}
	learning  = []Permission{PracticeJoin, PracticeRead, PracticeReset, CourseRead, LearntRead}
	teaching  = []Permission{WorkshopPlan, WorkshopAmend, WorkshopCancel, WorkshopInvite, WorkshopConfirm, WorkshopSupply,
		AttendanceOpen, AttendanceRecord, AttendanceCertify, AttendanceRevoke, PracticeOpen, PracticeWatch, PracticeAdvance,
		CourseRecord, CourseAmend, CourseWithdraw, EvaluationAsk, EvaluationClose, EvaluationRead, LearntRecord, LearntSettle, EffectRead, LessonResults}
	sending = []Permission{WorkshopNominate, CourseRecord, CourseAmend, CourseWithdraw, LearntRecord, LearntSettle, EffectRead, LessonResults}
	drawing = []Permission{LearntAmend, LearntCarry, OperationFollow, PracticePrepare} // conclusions
)

// What several roles have alike in the library, and of inquiries everywhere.
var (
	// looking up is what every officer may do who stands before goods.
	lookingUp = []Permission{LessonRead, LessonTake, ProductRead, ProductMark, ProductInspect, ProtectionRead, ContactRead, AlertRead, AlertAcknowledge}
	asking    = []Permission{InquiryRead, InquiryAsk, InquiryWithdraw}
	// holding is what right holders and their representatives do.
	holding = []Permission{HolderRead, HolderApply, MandateGrant, MandateRevoke, BrandRegister, BrandAmend, ProductRead, ProductSave, ProductPart,
		ProductPublish, ProductConfirm, ProductWithdraw, ProductUsage, ProtectionRead, ApplicationFile, ApplicationAmend,
		ContactRead, ContactSet, ContactDrop, AlertRead, AlertIssue, AlertWithdraw, InquiryRead, InquiryAnswer, InquiryReply,
		LessonRead, LessonSave, LessonPublish, LessonWithdraw}
	vetting  = []Permission{LessonSave, LessonPublish, LessonWithdraw, HolderRead, HolderVet, HolderRevoke, MandateCheck, MandateRevoke, ContactSet, ContactDrop, ContactTest, ProductWithdraw}
	alerting = []Permission{AlertIssue, AlertRemind, AlertWithdraw}
)

// The one table of who may do what inside an operation.
var granted = map[Role][]Permission{
	Director: slices.Concat([]Permission{OperationRead, OperationInvite, OperationEnd, OperationAssign, OperationPeople, JournalRead,
		SeizureRead, CaseListKeep, SeizureRelate, DuplicateRead, DuplicateDismiss, SeizureRedact, CustodyRead, AttachmentRetain, ResultsRead, TaskDirect, TemplateAmend, MessageRedact, DetentionRead,
		RedactionRead, RedactionAsk, RedactionRefuse, HoldSet, HoldLift, OperationExport}, attending, learning, teaching, drawing, []Permission{WorkshopNominate}, analysing, judging, drafting, finishing, messaging, publishing, warning, reviewing, linking, looking, tasking, following, lookingUp, asking, vetting, alerting),
	Coordinator: slices.Concat([]Permission{OperationRead, OperationInvite, OperationPeople, JournalRead,
		SeizureRead, CaseListKeep, SeizureRelate, DuplicateRead, DuplicateDismiss, CustodyRead, ResultsRead, TaskDirect, RedactionRead, DetentionRead}, attending, learning, teaching, drawing, []Permission{WorkshopNominate}, analysing, judging, drafting, finishing, messaging, publishing, warning, reviewing, linking, looking, tasking, following, lookingUp, asking, vetting, alerting),
	Analyst: slices.Concat([]Permission{OperationRead, OperationPeople, JournalRead, SeizureRead, CaseListKeep, DuplicateRead, CustodyRead, ResultsRead, WarningRemind, DetentionRead},
		attending, learning, []Permission{LearntRecord, EffectRead}, analysing, judging, drafting, messaging, reviewing, linking, looking, following, lookingUp, []Permission{InquiryRead}),
	ContactPoint: slices.Concat([]Permission{OperationRead, OperationAssign, OperationPeople, JournalRead,
		SeizureRead, CaseListKeep, SeizureRelease, SeizureRecall, ResultsRead, RedactionRead, RedactionAsk, RedactionRefuse, DetentionAdopt, MeasureSet, ApplicationFile, ApplicationAmend, ContactSet, ContactDrop, ContactTest, ProductConsent, ReportContribute, ReportClear},
		attending, learning, sending, analysing, judging, messaging, publishing, warning, reporting, reviewing, clocking, linking, looking, tasking, following, lookingUp, asking),
	Officer: slices.Concat([]Permission{OperationRead, OperationPeople, SeizureRead, CaseListKeep, ResultsRead, CourseRecord, CourseAmend, CourseWithdraw},
		attending, learning, analysing, messaging, warning, reporting, clocking, linking, looking, following, lookingUp, asking, []Permission{ContactTest}),
	Observer:    slices.Concat([]Permission{OperationRead, ResultsRead, SituationRead, EditionRead}, attending, []Permission{WorkshopNominate}, messaging),
	RightHolder: slices.Concat([]Permission{OperationRead, EditionRead}, attending, []Permission{WorkshopNominate}, messaging, holding),
	Trainer:     slices.Concat([]Permission{OperationRead, OperationPeople}, attending, learning, teaching, publishing, messaging, lookingUp),
	Auditor:     {OperationRead, JournalRead, RedactionRead},
}

// What a side fences off, whatever the roles grant.
var fenced = map[Side][]Permission{
	ObserverSide:    slices.Concat([]Permission{OperationRead, OperationAssign, ResultsRead, SituationRead, EditionRead, WorkshopNominate}, attending, messaging),
	RightHolderSide: slices.Concat([]Permission{OperationRead, OperationAssign, EditionRead, WorkshopNominate}, attending, messaging, holding),
}

// Of the library only, and what holds there beside it.
var (
	ofLibrary = slices.Concat(lookingUp, holding, vetting, alerting, []Permission{ProductConsent, MeasureSet, ProductRemind})
	shared    = slices.Concat(asking, []Permission{LessonResults, InquiryAnswer, InquiryReply, InquiryRemind, OperationRead, OperationInvite, OperationEnd, OperationAssign,
		OperationPeople, JournalRead, AttachmentRead, AttachmentUpload, AttachmentBlacken, AttachmentDiscard, QuarantineKeep, QuarantineRead, QuarantineClose})
)

// Holds tells whether a permission means anything in the library, or in any other
// kind of operation: sheets stand in the library alone, cases never do.
func Holds(library bool, p Permission) bool {
	return slices.Contains(shared, p) || slices.Contains(ofLibrary, p) == library
}

// InLibrary lists the roles that the people of a member of the library have there
// without being given any: whoever works for an administration looks things up. Of a
// coordinating body only its contact point has one; others, auditors among them, are
// given theirs.
func InLibrary(side Side, contactPoint bool) []Role {
	switch {
	case side == Coordination && contactPoint:
		return []Role{Coordinator}
	case side == Enforcement && contactPoint:
		return []Role{ContactPoint, Officer}
	case side == Enforcement:
		return []Role{Officer}
	case side == RightHolderSide:
		return []Role{RightHolder}
	}
	return nil
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
		return slices.Contains(RolesOf(side), r) && slices.Contains(granted[r], p)
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
	case HomeRead, SearchFind, PackRead, NoticeRead, NoticeSettle, PersonSettle, SessionEnd, SessionSwitch, SessionToken:
		return true
	case OrganisationRegister, PersonHat, PackAdd, PackRemove, OperationImport:
		return who.Administrator
	case OrganisationAmend, OrganisationRead, PersonRegister, PersonInvite, PersonSuspend, PersonRead, OperationOpen:
		return who.Administrator || who.ContactPoint
	case OperationAccept:
		return who.ContactPoint
	}
	return false
}
