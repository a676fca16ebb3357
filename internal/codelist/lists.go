package codelist

import (
	"maps"
	"slices"
)

// The lists of goods.
var (
	// Category is what kind of goods: the WCO's IPR categories with the house's
	// additions (sporting goods, medical devices, wildlife, packaging, household).
	Category = newList("category",
		"ACC", "CLO", "PHA", "PHO", "ELE", "MOB", "COS", "WAT", "COM", "TOY", "FTW", "FOO", "DRK", "ALC", "TOB",
		"TEX", "SPA", "SPO", "MED", "WIL", "PKG", "HOU", "OTH")

	// Unit is what a quantity counts: UN/CEFACT Recommendation 20, and packages
	// from Recommendation 21 with the prefix X, as Recommendation 20 rules.
	// H87 pieces, KGM kilograms, GRM grams, TNE tonnes, LTR litres, MTQ cubic
	// metres, PR pairs, STK cigarettes, E27 doses, HEA head (live animals), NMP packs,
	// MLT millilitres, MTR metres, MTK square metres, CTM carats, XBX boxes, XPC parcels.
	Unit = newList("unit", "H87", "KGM", "GRM", "TNE", "LTR", "MLT", "MTQ", "MTR", "MTK", "CTM", "PR", "STK", "E27", "HEA", "NMP", "XBX", "XPC")

	// QuantityBasis is how a quantity is known. A guess is never shown as a count.
	QuantityBasis = newList("quantity-basis", "counted", "weighed", "estimated", "declared")

	// ValueBasis is what an amount of money means: the price of the genuine article,
	// what the goods would fetch where they are sold, the customs value, what the
	// papers say, or an estimate.
	ValueBasis = newList("value-basis", "genuine-retail", "market", "customs", "declared", "estimate")

	// Violation is what a line of goods offends against; several at once are common
	// (medicines: WHO's words, 2017).
	Violation = newList("violation",
		"ipr", "medicine-falsified", "medicine-substandard", "medicine-unregistered", "food-safety", "product-safety", "licence", "fiscal",
		"wildlife", "waste", "other")

	// ProductCode is what a number on goods is: the trade's, or the holder's own.
	ProductCode = newList("product-code", "gtin", "sku", "model", "other")

	// ProductState is where a product sheet stands, ProductPart what stands apart from
	// it, ProductMark what officers say of it.
	ProductState = newList("product-state", "draft", "published", "withdrawn")
	ProductPart  = newList("product-part", "traders", "covert")
	ProductMark  = newList("product-mark", "helped", "misleading", "used")

	// TraderRole is what a firm does with genuine goods.
	TraderRole = newList("trader-role", "maker", "licensee", "distributor", "importer", "carrier", "not-authorised")

	// VerdictBy is whose word a verdict on goods is.
	VerdictBy = newList("verdict-by", "officer", "expert", "right-holder", "laboratory", "court")

	// IPRType is the right that goods violate (gi: geographical indication).
	IPRType = newList("ipr-type", "trade-mark", "copyright", "design", "patent", "gi", "other")

	// Verdict is what is known of goods' genuineness; diverted goods are genuine
	// but sold outside the right holder's channels.
	Verdict = newList("verdict", "suspected", "fake", "genuine", "diverted", "unknown")
)

// The lists of an event.
var (
	// Conveyance is the mode of transport; see Rec19.
	Conveyance = newList("conveyance",
		"sea", "air", "road", "rail", "inland-water", "mail", "express", "passenger", "other", "unknown")

	// Apart is why two cases that look like one are not.
	Apart = newList("apart", "other-consignment", "part-consignment", "number-reused", "number-wrong", "same-picture", "other")

	// Direction is the customs direction of the goods.
	Direction = newList("direction", "import", "export", "transit", "transhipment")

	// Detection is what led to the control.
	Detection = newList("detection",
		"routine", "random", "risk-profile", "intelligence", "warning", "right-holder", "scanner", "dog", "other", "unknown")

	// Concealment is how goods were hidden.
	Concealment = newList("concealment",
		"none", "in-baggage", "on-body", "false-compartment", "cover-load", "in-vehicle", "in-parcel", "mislabelled", "other")

	// Outcome is what became of the goods of a case.
	Outcome = newList("outcome",
		"stopped", "suspended", "detained", "seized", "released", "destroyed", "returned", "abandoned", "forfeited",
		"re-exported", "handed-over", "proceedings")

	// Yield is what a case brought beside goods. They are counted, never named.
	Yield = newList("yield", "arrests", "investigations", "means-of-transport", "cash", "weapons", "premises")

	// Custody is what was done with the goods or a sample of them.
	Custody = newList("custody", "sample", "laboratory", "storage", "moved", "destruction", "other")

	// Leg is what happened at a place of a journey.
	Leg = newList("leg", "loading", "transhipment", "transit", "unloading", "delivery")

	// Counted says whether a case counts towards the results, and if not, why.
	Counted = newList("counted",
		"counted", "genuine", "duplicate", "outside-phase", "withdrawn", "draft", "status")
)

// The lists of messages and operations.
var (
	// TLP is the Traffic Light Protocol 2.0; its labels are never translated.
	TLP = newList("tlp", "RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR")

	// RedactionReason is why a record's content is erased for good.
	RedactionReason = newList("redaction-reason", "personal-data", "wrong-record", "court-order", "source-protection", "other")
	// Feedback is the answer to a warning.
	Feedback = newList("feedback",
		"hit", "clean", "not-checked", "released", "moved-on", "surveillance", "not-arrived")

	// NotChecked is why a warned shipment was not checked. With other, the text says it.
	NotChecked = newList("not-checked",
		"too-late", "not-identified", "no-staff", "no-ground", "handed-over", "other")

	// WarningSource is what led to a warning.
	WarningSource = newList("warning-source",
		"risk-profile", "targeting", "intelligence", "right-holder", "partner", "earlier-case", "open-source", "other")

	// DocumentKind is what a document of an operation's library is for.
	DocumentKind = newList("document-kind",
		"operational-plan", "rules-of-procedure", "contact-list", "risk-profile", "product-information", "training", "lessons-learnt", "other")

	// Consignment is what a number stands for by which goods travel.
	Consignment = newList("consignment",
		"container", "air-waybill", "bill-of-lading", "postal-item", "vehicle", "seal", "vessel", "consignor", "other")

	// Connection is what two cases may share beside a number of Consignment.
	Connection = newList("connection", "lot", "gtin", "brand", "route", "carrier", "concealment", "file", "picture", "warning")

	// Handling are Europol's handling codes: what the receiver may do with it.
	Handling = newList("handling", "H0", "H1", "H2", "H3")

	// SourceGrading and InformationGrading are the 4x4 system: how far a source is
	// relied on, how far what it says is known to be true.
	SourceGrading      = newList("source-grading", "A", "B", "C", "X")
	InformationGrading = newList("information-grading", "1", "2", "3", "4")

	// HSEdition is the year of the Harmonized System's edition.
	HSEdition = newList("hs-edition", "2022", "2017", "2012")

	// LoadingStatus is what is known of a container's or vehicle's load.
	LoadingStatus = newList("loading-status", "full", "part", "empty", "unknown")

	// Side is where an organisation stands in an operation.
	Side = newList("side", "coordination", "enforcement", "observer", "right-holder")

	// Role is what a person may do in an operation.
	Role = newList("role",
		"director", "coordinator", "analyst", "contact-point", "officer", "observer", "right-holder", "trainer", "auditor")

	// HolderState is where a right holder's papers, or a mandate, stand on a day.
	HolderState = newList("holder-state", "none", "asked", "checked", "later", "expired", "revoked")

	// OperationKind is what an operation is for.
	OperationKind = newList("operation-kind", "operation", "library", "practice")

	// PhaseKind is a stage of an operation.
	PhaseKind = newList("phase-kind", "plan", "training", "operational", "follow-up", "evaluation", "closed")

	// What a workshop is and where it stands, where a participant stands, what a speaker
	// is, what a workshop hands out.
	WorkshopKind     = newList("workshop-kind", "train-the-trainer", "follow-up", "debriefing", "national")
	WorkshopState    = newList("workshop-state", "planned", "called", "cancelled")
	ParticipantState = newList("participant-state", "nominated", "confirmed", "waiting", "declined", "withdrawn")
	SpeakerFunction  = newList("speaker-function", "right-holder", "expert", "coordinator", "official")
	WorkshopMaterial = newList("workshop-material", "document", "lesson", "practice")

	// CourseFunction is what the people do whom a national course reached, CourseTopic
	// what it was about.
	CourseFunction = newList("course-function", "mail", "express", "sea-freight", "air-freight", "passengers", "risk-analysis", "investigation", "other")
	CourseTopic    = newList("course-topic", "product-identification", "targeting", "examination", "reporting", "rights-and-law", "health-and-safety", "evidence", "other")

	// What a lesson learnt is about, and where it stands; what a question of an
	// evaluation asks for.
	LearntTopic    = newList("learnt-topic", "reporting", "tools", "right-holders", "cooperation", "legal", "training", "communications", "other")
	LearntState    = newList("learnt-state", "recorded", "accepted", "in-progress", "done", "dropped", "carried")
	EvaluationKind = newList("evaluation-kind", "scale", "choice", "text")
	// QuestionKind is how a lesson asks.
	QuestionKind = newList("question-kind", "pair", "picture", "feature", "hint")

	// What an exercise of a practice asks for, and what is said of one field of it.
	PracticeTask  = newList("practice-task", "report", "release", "answer", "acknowledge", "nil-report", "double")
	PracticeGrade = newList("practice-grade", "right", "near", "wrong", "missing")
	// AttendanceHow is how it became known that somebody was at a session.
	AttendanceHow = newList("attendance-how", "list", "code", "link")

	// OrganisationKind is what an organisation is.
	OrganisationKind = newList("organisation-kind",
		"customs", "secretariat", "rilo", "right-holder", "partner", "observer")

	// Language are the languages that a text may be written in (BCP 47): the
	// interface's ten first, then others, alphabetically. Labels come from CLDR.
	Language = newList("language",
		"ar", "zh", "en", "fr", "ja", "ko", "pt", "ru", "es", "th",
		"am", "az", "be", "bg", "bn", "bs", "cs", "da", "de", "dz", "el", "et", "fa", "fi", "fil", "he", "hi", "hr", "hu",
		"hy", "id", "is", "it", "ka", "kk", "km", "ky", "lo", "lt", "lv", "mg", "mk", "mn", "ms", "my", "nb", "ne", "nl",
		"pl", "ps", "ro", "rw", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "tg", "ti", "tk", "tr", "uk", "ur",
		"uz", "vi", "zu")
)

// The lists of the legal clock (package legal).
var (
	// ClockKind is the procedure under which goods are held.
	ClockKind = newList("clock-kind", "ex-officio", "application", "small")

	// ClockEvent is what happens to held goods, as far as a deadline looks at it.
	ClockEvent = newList("clock-event",
		"detained", "notified-declarant", "notified-holder", "application-received", "application-granted", "reply", "objection", "agreed",
		"extended", "proceedings", "decision", "ended")

	// ClockStep is what has to be done by a deadline.
	ClockStep = newList("clock-step",
		"notify-declarant", "notify-holder", "apply", "decide-application", "reply", "object", "evidence", "proceedings",
		"investigate", "court-notice", "other")

	// ClockParty is whom a deadline binds.
	ClockParty = newList("clock-party", "customs", "right-holder", "declarant", "court")

	// ClockState is how a deadline stands.
	ClockState = newList("clock-state", "overdue", "soon", "running", "waiting", "met", "late", "stopped")

	// ClockReply is what a right holder answered; cannot-say and needs-sample are no verdict.
	ClockReply = newList("clock-reply", "infringes", "genuine", "diverted", "not-ours", "cannot-say", "needs-sample")

	// ClockUnit is what the days of a deadline are.
	ClockUnit = newList("clock-unit", "working", "calendar")

	// ClockArrival is when something counts as having arrived.
	ClockArrival = newList("clock-arrival", "same-day", "next-working-day")

	// ClockPayer is who pays storage and destruction.
	ClockPayer = newList("clock-payer", "right-holder", "declarant", "customs", "other")

	// ClockLetter is what a letter is about, and to whom it goes.
	ClockLetter = newList("clock-letter", "declarant", "holder", "small")

	// ClockStage is how far a detention is, for what may be told.
	ClockStage = newList("clock-stage", "before-application", "application", "merits")

	// DisclosureField is what may be told to a right holder. Names of people and firms
	// are not kept here: of them the act records that they were told, elsewhere.
	DisclosureField = newList("disclosure-field",
		"nature", "quantity", "origin", "destination", "procedure", "photo", "sample", "consignee", "consignor", "declarant")

	// DisclosurePurpose is what for a right holder may use what it was told.
	DisclosurePurpose = newList("disclosure-purpose",
		"determine", "proceedings", "criminal", "compensation", "destruction", "security", "other")

	// InquiryVerdict is what a right holder's expert says goods are; diverted are its
	// own, but sold elsewhere than agreed, or made beyond what was ordered.
	InquiryVerdict = newList("inquiry-verdict", "fake", "genuine", "diverted", "not-ours", "cannot-say", "needs-sample")

	// InquiryState is how far a question to a right holder is.
	InquiryState = newList("inquiry-state", "open", "answered", "withdrawn")

	// InquirySays is what is said to a question of law.
	InquirySays = newList("inquiry-says", "yes", "no")
)

// The lists of the library: right holders' information.
var (
	// Answer is an answer that may be missing.
	Answer = newList("answer", "yes", "no", "unknown")

	// ApplicationState is how far an application for action is; expired follows from its last day.
	ApplicationState = newList("application-state", "filed", "accepted", "refused", "suspended", "revoked", "expired")

	// ApplicationStanding is what applications give an officer in a country today.
	ApplicationStanding = newList("application-standing", "none", "valid", "soon", "suspended")

	// AlertKind is what an alert is about, AlertLevel how much it matters.
	AlertKind  = newList("alert-kind", "shipment", "trend", "recall", "information")
	AlertLevel = newList("alert-level", "urgent", "important", "information")

	// InspectionKind is what goods covert features are opened for, UploadRow what
	// becomes of a row of a workbook of sheets.
	InspectionKind = newList("inspection-kind", "case", "goods")
	UploadRow      = newList("upload-row", "new", "same", "published", "differs", "wrong")
)

// All lists every list with labels in the catalogues, in a stable order.
// Countries, currencies and languages are named by CLDR instead.
func All() []List {
	return []List{
		Category, Unit, QuantityBasis, ValueBasis, Violation, IPRType, Verdict, VerdictBy,
		ProductCode, ProductState, ProductPart, ProductMark, TraderRole,
		Conveyance, Direction, Detection, Concealment, Outcome, Yield, Custody, Leg, Counted,
		ClockKind, ClockEvent, ClockStep, ClockParty, ClockState, ClockReply, ClockUnit, ClockArrival, ClockPayer, ClockLetter, ClockStage,
		DisclosureField, DisclosurePurpose, InquiryVerdict, InquiryState, InquirySays, Answer, ApplicationState, ApplicationStanding, AlertKind, AlertLevel, InspectionKind, UploadRow, QuestionKind,
		WorkshopKind, WorkshopState, ParticipantState, SpeakerFunction, WorkshopMaterial, AttendanceHow, CourseFunction, CourseTopic, LearntTopic, LearntState, EvaluationKind,
		TLP, Feedback, NotChecked, RedactionReason, WarningSource, Consignment, Connection, Apart, DocumentKind, Handling, SourceGrading, InformationGrading, HSEdition, LoadingStatus, HolderState, Region, Side, Role, OperationKind, PhaseKind, OrganisationKind,
		PracticeTask, PracticeGrade,
	}
}

// byName finds a list by its name.
var byName = func() map[string]List {
	m := map[string]List{Country.Name(): Country, Currency.Name(): Currency, Language.Name(): Language}
	for _, l := range All() {
		m[l.Name()] = l
	}
	return m
}()

// Named gives the list of a name, such as "category".
func Named(name string) (List, bool) {
	l, ok := byName[name]
	return l, ok
}

// Names lists the names of all lists, sorted.
func Names() []string { return slices.Sorted(maps.Keys(byName)) }

var rec19 = map[string]string{
	"unknown": "0", "sea": "1", "rail": "2", "road": "3", "air": "4", "mail": "5", "inland-water": "8",
}

// ConveyanceOf is the conveyance that a code of Recommendation 19 stands for. 6
// (several modes), 7 (pipes and wires) and 9 (not applicable) are "other"; it has
// no code for couriers and passengers. False: no code of it.
func ConveyanceOf(rec19Code string) (conveyance string, ok bool) {
	for conveyance, code := range rec19 {
		if code == rec19Code {
			return conveyance, true
		}
	}
	if rec19Code == "6" || rec19Code == "7" || rec19Code == "9" {
		return "other", true
	}
	return "", false
}

// Rec19 is a conveyance's code in UN/CEFACT Recommendation 19. Express couriers,
// passengers and "other" have none: they say nothing of the means of transport.
func Rec19(conveyance string) (code string, ok bool) {
	code, ok = rec19[conveyance]
	return code, ok
}
