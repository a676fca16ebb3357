package story

// Codes of the operations.
const (
	CodeActionIPR2   = "action-ipr-ap-2"
	CodeImportTrial  = "import-trial"
	CodeHarbourLight = "harbour-light"
)

// Sides on which organisations are members.
const (
	SideCoordination = "coordination"
	SideEnforcement  = "enforcement"
	SideObserver     = "observer"
	SideRightHolder  = "right-holder"
)

// Operation is a closed user group with a calendar.
type Operation struct {
	ID         string
	Code       string
	Kind       string // operation
	Name       Text
	Purpose    Text
	Region     Text
	Sponsor    string   // code of an organisation
	Directing  []string // codes of organisations
	Scope      []string // categories
	Phases     []Phase
	Counting   CountingRule
	Handling   Handling
	Languages  []string // of its announcements
	ReportDue  int      // hours within which a case is to be reported
	Membership []*Membership
}

// CountingRule says which cases make a figure: in words, and as data.
type CountingRule struct {
	Text        Text
	Statuses    []string // counted if in one of these
	Phase       string   // the event's local date lies in the phase of this kind
	MustChecked bool     // only after the coordination's check
	Released    bool     // only once the administration has let the case out to the members
	Duplicates  string   // DuplicatesOnce
	NotCounted  []string // the reasons, the first that holds is given
}

// DuplicatesOnce counts the first report of a consignment, not the second.
const DuplicatesOnce = "once"

// Reasons for not counting.
const (
	NotGenuine   = "genuine"
	NotDuplicate = "duplicate"
	NotInPhase   = "outside-phase"
	NotWithdrawn = "withdrawn"
	NotReleased  = "draft"
)

var reasons = []string{NotReleased, NotWithdrawn, NotDuplicate, NotGenuine, NotInPhase}

// Handling is a version of the conditions every member accepts.
type Handling struct {
	Version int
	Text    Text
}

// Statuses of a case.
const (
	StatusSuspended = "suspended"
	StatusDetained  = "detained"
	StatusSeized    = "seized"
	StatusReleased  = "released"
	StatusDestroyed = "destroyed"
)

var handling = Handling{1, Text{
	"en": "Information in this operation is for customs enforcement by its members only. It belongs to whoever wrote it: pass it on, or use it in court, only with the writer’s consent. Keep the names of persons in your national systems. Respect the TLP label of each message. Right holders receive only what is addressed to them.",
	"fr": "Les informations de cette opération servent uniquement à l’action douanière de ses membres. Elles appartiennent à leur auteur : ne les transmettez pas et ne les produisez pas en justice sans son accord. Conservez les noms de personnes dans vos systèmes nationaux. Respectez le marquage TLP de chaque message. Les titulaires de droits ne reçoivent que ce qui leur est adressé.",
	"ar": "المعلومات المتداولة في هذه العملية مخصصة لأعمال الإنفاذ الجمركي لدى أعضائها فقط. وهي ملك لمن كتبها: لا تُنقل إلى الغير ولا تُقدَّم أمام القضاء إلا بموافقته. احتفظوا بأسماء الأشخاص في أنظمتكم الوطنية. والتزموا بعلامة TLP الواردة في كل رسالة. ولا يتلقى أصحاب الحقوق إلا ما هو موجَّه إليهم.",
}}

func operations() []*Operation {
	return []*Operation{actionIPR2(), importTrial(), harbourLight()}
}

func actionIPR2() *Operation {
	o := &Operation{Code: CodeActionIPR2, Kind: "operation", Sponsor: OrgWCO, Directing: []string{OrgWCO, OrgRILO},
		Name:    Text{"en": "Action IPR A/P 2", "fr": "Action DPI A/P 2", "ar": "أكشن IPR آسيا والمحيط الهادئ 2"},
		Purpose: Text{"en": "Joint action against counterfeit and pirated goods that endanger health and safety, in mail, express and freight.", "fr": "Action conjointe contre les marchandises contrefaisantes et piratées dangereuses pour la santé et la sécurité, dans le courrier, l’express et le fret.", "ar": "عمل مشترك ضد السلع المقلدة والمقرصنة التي تهدد الصحة والسلامة في البريد والشحن السريع والبضائع."},
		Region:  Text{"en": "Asia/Pacific", "fr": "Asie/Pacifique", "ar": "آسيا والمحيط الهادئ"},
		Phases: []Phase{{PhasePlan, "2016-10-03", "2016-12-11"}, {PhaseTraining, "2016-12-12", "2016-12-14"}, {PhaseOperational, FirstDay, LastDay},
			{PhaseFollowUp, "2017-03-21", "2017-03-23"}, {PhaseEvaluation, "2017-03-24", "2017-08-31"}},
		Counting: CountingRule{
			Text: Text{
				"en": "A case counts when its goods are suspended, detained, seized or destroyed and the event happened, by the local date of the place, from 6 to 24 February 2017. It counts from its release to the members, whether or not the coordination has checked it. A consignment reported twice counts once. Goods found genuine and cases withdrawn do not count. A case counts once in the total and once in each category it holds; pieces, kilograms and litres are never added together.",
				"fr": "Une affaire est comptée lorsque ses marchandises sont suspendues, retenues, saisies ou détruites et que le fait a eu lieu, selon la date locale, du 6 au 24 février 2017. Elle est comptée dès sa diffusion aux membres, vérifiée ou non par la coordination. Un envoi signalé deux fois est compté une fois. Les marchandises reconnues authentiques et les affaires retirées ne sont pas comptées. Une affaire est comptée une fois au total et une fois dans chacune de ses catégories ; pièces, kilogrammes et litres ne sont jamais additionnés entre eux.",
				"ar": "تُحتسب القضية إذا كانت بضائعها موقوفة أو محتجزة أو مضبوطة أو متلَفة ووقعت الواقعة، بحسب التاريخ المحلي للمكان، من 6 إلى 24 فبراير 2017. وتُحتسب منذ إتاحتها للأعضاء سواء دققتها جهة التنسيق أم لا. وتُحتسب الإرسالية المبلَّغ عنها مرتين مرة واحدة. ولا تُحتسب البضائع التي ثبتت أصالتها ولا القضايا المسحوبة. وتُحتسب القضية مرة في المجموع ومرة في كل فئة تضمها، ولا تُجمع القطع والكيلوغرامات واللترات معًا.",
			},
			Statuses: []string{StatusSuspended, StatusDetained, StatusSeized, StatusDestroyed}, Phase: PhaseOperational, Released: true,
			Duplicates: DuplicatesOnce, NotCounted: reasons},
		Handling: handling, Languages: []string{"en", "fr"}, ReportDue: 24}
	for _, c := range Categories {
		o.Scope = append(o.Scope, c.Category)
	}
	return o
}

// importTrial is empty: a spreadsheet of any years and any goods goes into it.
func importTrial() *Operation {
	o := &Operation{Code: CodeImportTrial, Kind: "operation", Sponsor: OrgRILO, Directing: []string{OrgWCO, OrgRILO},
		Name:    Text{"en": "Import trial", "fr": "Essai d’importation", "ar": "تجربة الاستيراد"},
		Purpose: Text{"en": "A place to bring in a spreadsheet of past seizures and see what becomes of each row.", "fr": "Un espace pour importer un tableau de saisies passées et voir ce que devient chaque ligne.", "ar": "مساحة لاستيراد جدول ضبطيات سابقة ومعرفة ما يؤول إليه كل سطر."},
		Region:  Text{"en": "Any", "fr": "Toutes", "ar": "جميع المناطق"},
		Phases:  []Phase{{PhaseOperational, "2009-01-01", "2017-12-31"}},
		Counting: CountingRule{
			Text: Text{
				"en": "Every case whose goods were seized counts, whenever it was reported, if the event happened from 2009 to 2017. Cases withdrawn and second reports do not count.",
				"fr": "Toute affaire dont les marchandises ont été saisies est comptée, quelle que soit la date du signalement, si le fait a eu lieu de 2009 à 2017. Les affaires retirées et les doubles signalements ne sont pas comptés.",
				"ar": "تُحتسب كل قضية ضُبطت بضائعها أيًّا كان تاريخ الإبلاغ عنها إذا وقعت بين عامي 2009 و2017. ولا تُحتسب القضايا المسحوبة ولا البلاغات المكررة.",
			},
			Statuses: []string{StatusSeized, StatusDestroyed}, Phase: PhaseOperational, Duplicates: DuplicatesOnce, NotCounted: reasons},
		Handling: handling, Languages: []string{"en"}, ReportDue: 0}
	for _, c := range Categories {
		o.Scope = append(o.Scope, c.Category)
	}
	o.Scope = append(o.Scope, "WIL")
	return o
}

// harbourLight has other members: nothing of it may show in the others.
func harbourLight() *Operation {
	return &Operation{Code: CodeHarbourLight, Kind: "operation", Sponsor: OrgElsewhere, Directing: []string{OrgElsewhere},
		Name:    Text{"en": "Harbour Light", "fr": "Feu du port", "ar": "ضوء المرفأ"},
		Purpose: Text{"en": "Tobacco and spirits carried by small craft.", "fr": "Tabac et spiritueux transportés par petites embarcations.", "ar": "التبغ والمشروبات الروحية المنقولة على متن القوارب الصغيرة."},
		Region:  Text{"en": "Southern Reach", "fr": "Grand Sud bleu", "ar": "المدى الجنوبي"},
		Scope:   []string{"TOB", "ALC"},
		Phases:  []Phase{{PhaseOperational, "2017-02-01", "2017-03-15"}},
		Counting: CountingRule{
			Text:     Text{"en": "Every seizure of the phase counts once.", "fr": "Chaque saisie de la phase est comptée une fois.", "ar": "تُحتسب كل ضبطية في هذه المرحلة مرة واحدة."},
			Statuses: []string{StatusSeized, StatusDestroyed}, Phase: PhaseOperational, Released: true, Duplicates: DuplicatesOnce, NotCounted: reasons},
		Handling: handling, Languages: []string{"en"}, ReportDue: 48}
}
