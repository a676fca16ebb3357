// Package access says who may do what. It is pure: no rows, no clock.
//
// An Actor is the person who acts and the organisation whose hat is worn; the
// zero Actor is nobody and may do nothing. What an actor may do inside an
// operation depends on the roles it holds there and on the side on which its
// organisation stands: the roles grant, the side fences. What it may do in the
// instance depends on two plain facts: administrator, and standing contact point
// of its organisation. The administrator has no content role: administering
// opens no operation.
//
// A permission has the name of the command it allows: seizure.report is the
// permission, the journal's verb, the route's name and the prefix of its texts.
package access

import "slices"

// Actor is who acts. It is an argument of every command, never in a context.
type Actor struct {
	Person        string // UUID; empty: nobody
	Organisation  int64  // number of the organisation whose hat is worn
	Administrator bool   // of the instance
	ContactPoint  bool   // standing contact point (or deputy, or duty officer) of Organisation
	System        string // housekeeping acts under a name, such as "release-clock"
}

// Known tells whether somebody acts at all.
func (a Actor) Known() bool { return a.Person != "" && a.Organisation != 0 }

// Name is how journals call the actor: the person's id, or system:NAME.
func (a Actor) Name() string {
	if a.System != "" {
		return "system:" + a.System
	}
	return a.Person
}

// Role is held by a person in one operation, through one organisation.
type Role string

// The roles of an operation (design.md, 6).
const (
	Director     Role = "director"
	Coordinator  Role = "coordinator"
	Analyst      Role = "analyst"
	ContactPoint Role = "contact-point"
	Officer      Role = "officer"
	Observer     Role = "observer"
	RightHolder  Role = "right-holder"
	Trainer      Role = "trainer"
	Auditor      Role = "auditor"
)

// Side is where an organisation stands in an operation.
type Side string

// The sides of an operation.
const (
	Coordination    Side = "coordination"
	Enforcement     Side = "enforcement"
	ObserverSide    Side = "observer"
	RightHolderSide Side = "right-holder"
)

// Sides lists the sides in their usual order.
func Sides() []Side { return []Side{Coordination, Enforcement, ObserverSide, RightHolderSide} }

// RolesOf lists the roles that people of an organisation on that side may hold.
func RolesOf(side Side) []Role {
	switch side {
	case Coordination:
		return []Role{Director, Coordinator, Analyst, ContactPoint, Officer, Trainer, Auditor}
	case Enforcement:
		return []Role{ContactPoint, Officer, Analyst, Trainer, Auditor}
	case ObserverSide:
		return []Role{Observer}
	case RightHolderSide:
		return []Role{RightHolder}
	}
	return nil
}

// ValidSide tells whether the side exists.
func ValidSide(s Side) bool { return slices.Contains(Sides(), s) }

// Permission is the name of a command or query.
type Permission string

// Permissions inside an operation.
const (
	OperationRead      Permission = "operation.read"
	OperationInvite    Permission = "operation.invite"
	OperationEnd       Permission = "operation.end"
	OperationAssign    Permission = "operation.assign"
	OperationPeople    Permission = "operation.people"
	JournalRead        Permission = "journal.read"
	MessageRead        Permission = "message.read"
	MessageSend        Permission = "message.send"
	MessageAnswer      Permission = "message.answer"
	SeizureRead        Permission = "seizure.read"
	CaseListKeep       Permission = "caselist.keep"     // one's own filters and columns of the list
	DuplicateRead      Permission = "duplicate.read"    // cases that look alike, of all reporters
	DuplicateDismiss   Permission = "duplicate.dismiss" // they are not the same
	SeizureSave        Permission = "seizure.save"
	SeizureReport      Permission = "seizure.report"
	SeizureRelease     Permission = "seizure.release"
	NumberReserve      Permission = "number.reserve" // draws numbers of cases that are written where there is no line
	SeizureRecall      Permission = "seizure.recall"
	SeizureAmend       Permission = "seizure.amend"
	SeizureWithdraw    Permission = "seizure.withdraw"
	SeizureRelate      Permission = "seizure.relate" // says that a case is the double of another
	ReviewCheck        Permission = "review.check"   // of a reported case: the contact point of one's own, coordination of all
	ReviewReturn       Permission = "review.return"
	SeizureAttach      Permission = "seizure.attach" // photos and documents, to a case of one's own organisation
	SeizureDetach      Permission = "seizure.detach" // marks one as withdrawn; it stays
	EvidenceBundle     Permission = "evidence.bundle"
	CustodyRead        Permission = "custody.read" // who did what with a case: its own organisation, and coordination
	ResultsRead        Permission = "results.read"
	WarningAcknowledge Permission = "warning.acknowledge" // of an urgent message too
	WarningAssign      Permission = "warning.assign"
	WarningRemind      Permission = "warning.remind"
	WarningForward     Permission = "warning.forward"  // sends a warning on to one more country
	WarningEscalate    Permission = "warning.escalate" // time only
	QuarantineKeep     Permission = "quarantine.keep"  // what was refused under an id that was taken
	QuarantineRead     Permission = "quarantine.read"
	QuarantineClose    Permission = "quarantine.close"
	TemplateAmend      Permission = "template.amend" // what messages ask for

	ConsignmentLink   Permission = "consignment.link" // says that two records belong to one consignment
	ConsignmentUnlink Permission = "consignment.unlink"
	AttachmentUpload  Permission = "attachment.upload"
	AttachmentBlacken Permission = "attachment.blacken" // takes a part of a picture away that no record has yet
	AttachmentDiscard Permission = "attachment.discard" // throws away what no record has yet
	AttachmentRead    Permission = "attachment.read"
	AttachmentRetain  Permission = "attachment.retain" // whether pictures are kept as they came, too
	NilReportSend     Permission = "nilreport.send"    // "nothing to report", for the own organisation
	NilReportWithdraw Permission = "nilreport.withdraw"
	CoverageRead      Permission = "coverage.read" // who reported on which day: coordination of all, others of themselves
	TaskRead          Permission = "task.read"
	TaskGive          Permission = "task.give"   // to one's own organisation
	TaskDirect        Permission = "task.direct" // ... and to any other
	TaskAssign        Permission = "task.assign" // names the person who does it
	TaskFinish        Permission = "task.finish"
	TaskDrop          Permission = "task.drop"
	RosterRead        Permission = "roster.read" // who is on duty, and how to reach them
	RosterPlan        Permission = "roster.plan"
	RosterWithdraw    Permission = "roster.withdraw"
	RosterHandOver    Permission = "roster.hand-over"
	RosterConfirm     Permission = "roster.confirm"

	DocumentRead     Permission = "document.read" // of the library
	DocumentPublish  Permission = "document.publish"
	DocumentRevise   Permission = "document.revise" // a new version, by the organisation that published it
	DocumentWithdraw Permission = "document.withdraw"

	DetentionRead     Permission = "detention.read"     // the legal clock of held goods
	DetentionAdopt    Permission = "detention.adopt"    // the law and the calendar that an organisation counts by
	DetentionCheck    Permission = "detention.check"    // that a version of them is right: somebody else than its author
	DetentionStart    Permission = "detention.start"    // the clock of a case
	DetentionNote     Permission = "detention.note"     // what happened
	DetentionWarn     Permission = "detention.warn"     // time only
	DetentionDisclose Permission = "detention.disclose" // tells a right holder something of a case
	DetentionReceive  Permission = "detention.receive"  // its receipt

	MappingSave Permission = "mapping.save" // how a sheet is read, kept for the own organisation
	MappingDrop Permission = "mapping.drop"

	MessageRecall     Permission = "message.recall"
	MessageRedact     Permission = "message.redact" // accepts that a message's content is erased for good
	SeizureRedact     Permission = "seizure.redact"
	RedactionAsk      Permission = "redaction.ask"
	RedactionRefuse   Permission = "redaction.refuse"
	RedactionRead     Permission = "redaction.read"     // requests and holds
	WithdrawalRead    Permission = "withdrawal.read"    // what one's organisation had, and was taken back
	WithdrawalConfirm Permission = "withdrawal.confirm" // that it was deleted
	HoldSet           Permission = "hold.set"           // nothing may be erased while it stands
	HoldLift          Permission = "hold.lift"

	AnalysisRead    Permission = "analysis.read"    // asks questions of cases: groups, sums, charts
	QuestionKeep    Permission = "question.keep"    // a question under a name, for oneself or for all who analyse
	QuestionDrop    Permission = "question.drop"    //
	ReferenceLoad   Permission = "reference.load"   // published figures of earlier operations, to compare with
	ReferenceDrop   Permission = "reference.drop"   //
	ConnectionRead  Permission = "connection.read"  // what connects cases
	ConnectionJudge Permission = "connection.judge" // confirms or hides a connection, or takes that back
	WatchRead       Permission = "watchlist.read"   // values that raise an alert when they are seen again
	WatchSet        Permission = "watchlist.set"    // puts a value on a list, or on the list of what is known to be good
	WatchDrop       Permission = "watchlist.drop"   //
	SightingSay     Permission = "sighting.say"     // seen here too; not confirmed
	SituationRead   Permission = "situation.read"   // situation reports that were issued
	SituationIssue  Permission = "situation.issue"  // of a day, with one click or by time
	SituationPlan   Permission = "situation.plan"   // when it is issued by time

	ReportRead       Permission = "report.read"       // the final report while it is written
	ReportOpen       Permission = "report.open"       // begins it from the outline
	ReportWrite      Permission = "report.write"      // its texts and figures
	ReportAsk        Permission = "report.ask"        // administrations for their contribution
	ReportContribute Permission = "report.contribute" // challenges, lessons, cases of interest of one's own administration
	ReportFreeze     Permission = "report.freeze"     // makes a version whose figures never change
	ReportClear      Permission = "report.clear"      // an administration's word on a version: cleared, dissent, embargo
	EditionRead      Permission = "edition.read"      // what of a version is for the reader
	EditionIssue     Permission = "edition.issue"     // gives an edition of a version to those whom it is for
	PressWrite       Permission = "press.write"       // the press release
	OperationExport  Permission = "operation.export"  // the whole operation as a file

	WorkshopRead      Permission = "workshop.read"      // workshops that are for the reader, their agenda and materials
	WorkshopPlan      Permission = "workshop.plan"      // a new one; on the side of enforcement, a national one
	WorkshopAmend     Permission = "workshop.amend"     // its agenda, places, days
	WorkshopCancel    Permission = "workshop.cancel"    //
	WorkshopInvite    Permission = "workshop.invite"    // administrations to name participants
	WorkshopNominate  Permission = "workshop.nominate"  // one's own people; withdraws them, too
	WorkshopConfirm   Permission = "workshop.confirm"   // or declines who was nominated
	WorkshopSupply    Permission = "workshop.supply"    // a document, a lesson or a practice as material
	AttendanceOpen    Permission = "attendance.open"    // the code of a session, for as long as it runs
	AttendanceJoin    Permission = "attendance.join"    // a participant says with the code: I am here
	AttendanceRecord  Permission = "attendance.record"  // by list
	AttendanceCertify Permission = "attendance.certify" // gives certificates
	AttendanceRevoke  Permission = "attendance.revoke"  // a certificate
	PracticeOpen      Permission = "practice.open"      // a practice operation for a workshop
	PracticeJoin      Permission = "practice.join"      // a participant begins to practise
	PracticeRead      Permission = "practice.read"      // one's own tasks and what was said of them
	PracticeWatch     Permission = "practice.watch"     // how far all participants are
	PracticeReset     Permission = "practice.reset"     // begins again: one's own, or all
	PracticePrepare   Permission = "practice.prepare"   // the replay of a past operation
	PracticeAdvance   Permission = "practice.advance"   // the next day of a replay
	CourseRead        Permission = "course.read"        // national courses: coordination of all, others of their own
	CourseRecord      Permission = "course.record"      // whom a trained trainer taught at home
	CourseAmend       Permission = "course.amend"       //
	CourseWithdraw    Permission = "course.withdraw"    //
	EvaluationAsk     Permission = "evaluation.ask"     // a form for a workshop
	EvaluationAnswer  Permission = "evaluation.answer"  //
	EvaluationClose   Permission = "evaluation.close"   // ends it and makes its results: by hand, or time
	EvaluationRead    Permission = "evaluation.read"    // results, by session, without names
	LearntRead        Permission = "learnt.read"        // lessons learnt
	LearntRecord      Permission = "learnt.record"      //
	LearntAmend       Permission = "learnt.amend"       // text, owner, due date
	LearntSettle      Permission = "learnt.settle"      // its state: its owner, or coordination
	LearntCarry       Permission = "learnt.carry"       // into the plan of the next operation
	OperationFollow   Permission = "operation.follow"   // takes it as the pattern of a new operation
	EffectRead        Permission = "effect.read"        // what training changed

	LessonRead     Permission = "lesson.read"     // lessons made from product sheets; in the library, as those below
	LessonSave     Permission = "lesson.save"     // a draft, seen by its own side only
	LessonPublish  Permission = "lesson.publish"  //
	LessonWithdraw Permission = "lesson.withdraw" //
	LessonTake     Permission = "lesson.take"     // answers its questions
	LessonResults  Permission = "lesson.results"  // of others: a contact point of its own people, a trainer of participants

	InquiryRead     Permission = "inquiry.read"     // "genuine or fake?": who asks, who is asked, coordination
	InquiryAsk      Permission = "inquiry.ask"      // a right holder about goods of one's own organisation's case
	InquiryWithdraw Permission = "inquiry.withdraw" // what was asked
	InquiryAnswer   Permission = "inquiry.answer"   // the right holder's expert: what the goods are
	InquiryReply    Permission = "inquiry.reply"    // and, apart, what the right holder does about them in law
	InquiryRemind   Permission = "inquiry.remind"   // time only

	// In the library, the operation of right holders' information. Those of operations
	// above do not hold there but for what shared lists.
	HolderRead      Permission = "holder.read"   // right holders, mandates, brands and rights: coordination of all, others of their own
	HolderApply     Permission = "holder.apply"  // a right holder shows who it is
	HolderVet       Permission = "holder.vet"    // and somebody of coordination has checked it
	HolderRevoke    Permission = "holder.revoke" // it may publish no more
	MandateGrant    Permission = "mandate.grant" // a power of attorney for a representative
	MandateCheck    Permission = "mandate.check"
	MandateRevoke   Permission = "mandate.revoke"
	BrandRegister   Permission = "brand.register"
	BrandAmend      Permission = "brand.amend" // its name, and the rights that protect it
	ProductRead     Permission = "product.read"
	ProductSave     Permission = "product.save"     // a draft of a sheet, seen by its own side only
	ProductPart     Permission = "product.part"     // what stands apart: makers and traders, covert features
	ProductPublish  Permission = "product.publish"  // a version of a sheet
	ProductConfirm  Permission = "product.confirm"  // that it is still right: its verifier
	ProductWithdraw Permission = "product.withdraw" // takes a sheet out of use
	ProductMark     Permission = "product.mark"     // an officer: it helped, it misled
	ProductInspect  Permission = "product.inspect"  // an officer with the goods at hand: opens what is kept apart
	ProductConsent  Permission = "product.consent"  // what an administration lets right holders know
	ProductUsage    Permission = "product.usage"    // a right holder: what it may know of the use of its sheets
	ProductRemind   Permission = "product.remind"   // time only

	ProtectionRead   Permission = "protection.read"   // whether a brand is protected in a country, and what customs may do
	MeasureSet       Permission = "measure.set"       // what an administration may do at its border
	ApplicationFile  Permission = "application.file"  // an application for action
	ApplicationAmend Permission = "application.amend" // its state, scope, validity
	ContactRead      Permission = "contact.read"      // the directory
	ContactSet       Permission = "contact.set"       //
	ContactDrop      Permission = "contact.drop"      //
	ContactTest      Permission = "contact.test"      // that somebody answers there
	AlertRead        Permission = "alert.read"        //
	AlertIssue       Permission = "alert.issue"       //
	AlertAcknowledge Permission = "alert.acknowledge" //
	AlertRemind      Permission = "alert.remind"      //
	AlertWithdraw    Permission = "alert.withdraw"    //
)

// Permissions of the instance. They are decided by May below.
const (
	OperationOpen        Permission = "operation.open"
	OperationAccept      Permission = "operation.accept"
	OperationImport      Permission = "operation.import" // takes in a whole operation of another instance
	OrganisationRegister Permission = "organisation.register"
	OrganisationAmend    Permission = "organisation.amend"
	OrganisationRead     Permission = "organisation.read"
	PersonRegister       Permission = "person.register"
	PersonHat            Permission = "person.hat"
	PersonInvite         Permission = "person.invite"
	PersonSuspend        Permission = "person.suspend"
	PersonRead           Permission = "person.read"
	PersonSettle         Permission = "person.settle" // one's own language, theme, password
	SessionEnd           Permission = "session.end"   // one's own sessions
	SessionSwitch        Permission = "session.switch"
	SessionToken         Permission = "session.token" // for another system that acts for oneself
	HomeRead             Permission = "home.read"
	SearchFind           Permission = "search.find"   // in what one may read
	NoticeRead           Permission = "notice.read"   // one's own notices
	NoticeSettle         Permission = "notice.settle" // how one is told by e-mail, and of what
	PackAdd              Permission = "pack.add"      // loads a list of codes
	PackRemove           Permission = "pack.remove"
	PackRead             Permission = "pack.read" // looks codes up
)
