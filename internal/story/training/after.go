package training

// Course is a national course; Reach is how many people of which post it taught.
// Place names the post as the administration's people do: AMC its mail centre, BSP
// its freight shed, or the name of another post.
type Course struct {
	Organisation, By string // who recorded it: login
	At               string // when it was recorded
	Starts, Ends     string
	Title, Language  string
	Reach            []Reach
}

// Reach is one line of it.
type Reach struct {
	Post, Function string
	People         int64
}

// Courses are those of which messages of the story tell, and some more.
var Courses = []Course{
	{"XE", "xe.ncp", "2016-12-16T01:40", "2016-12-15", "2016-12-15", "Formação nacional: identificação de contrafações", "pt", []Reach{{"XEAMC", "mail", 8}, {"XEBSP", "sea-freight", 6}}},
	{"XA", "contact-point", "2017-01-10T07:10", "2017-01-08", "2017-01-09", "تدريب موظفي مركز البريد على تمييز السلع المقلدة", "ar", []Reach{{"XAAMC", "mail", 9}}},
	{"XM", "xm.ncp", "2017-01-12T02:10", "2017-01-09", "2017-01-11", "우편·특송·화물 부서 자체 교육", "ko", []Reach{{"XMAMC", "mail", 21}, {"XMBSP", "sea-freight", 17}, {"XMBSP", "express", 6}}},
	{"QR", "qr.ncp", "2017-01-17T06:50", "2017-01-16", "2017-01-16", "Обучение на трёх пунктах пропуска", "ru", []Reach{{"QRAMC", "mail", 5}, {"QRBSP", "sea-freight", 7}}},
	{"XT", "xt.ncp", "2017-01-19T03:00", "2017-01-18", "2017-01-18", "อบรมการจำแนกของปลอมสำหรับเจ้าหน้าที่ไปรษณีย์", "th", []Reach{{"XTAMC", "mail", 14}, {"XTBSP", "sea-freight", 11}}},
	{"XY", "xy.ncp", "2017-01-23T05:00", "2017-01-19", "2017-01-20", "真伪识别内部培训", "zh", []Reach{{"XYAMC", "mail", 33}, {"XYBSP", "sea-freight", 18}}},
	{"QM", "qm.ncp", "2017-01-25T02:30", "2017-01-24", "2017-01-24", "National course: genuine or fake", "en", []Reach{{"QMAMC", "mail", 16}, {"QMBSP", "sea-freight", 12}}},
}

// Learnt is a lesson learnt, recorded at the Follow-up workshop.
type Learnt struct {
	Title, Found, Proposal, Topic string
	Owner                         string // code of an organisation
	Due                           string
	By, At                        string // login; when
}

// Lessons are what the chapter of the report says, as things that somebody does.
var Lessons = []Learnt{
	{"A warning names the day by which it needs an answer", "Five warnings were answered when the goods had left.", "The template asks for the day; the operation's rules say who is reminded, and when.", "communications", "RILO-AP", "2017-06-30", "coordinator", "2017-03-23T02:40"},
	{"Every post that takes part sends one officer to the training", "Mail centres without a trained officer found features of products late.", "Places of the next Train-the-Trainer workshop go to posts, not to headquarters.", "training", "WCO", "2017-09-30", "trainer", "2017-03-23T02:50"},
	{"Product sheets are published before the operation begins", "Three sheets came in the week before the first day, when training was over.", "Right holders who take part publish four weeks before.", "right-holders", "WCO", "2017-08-31", "director", "2017-03-23T03:00"},
	{"Terms of the law are known before goods are held", "Two administrations released goods because the right holder's answer came a day late.", "Each member adopts its legal profile, checked by a second person, before the first day.", "legal", "XJ", "2017-07-31", "xj.ncp", "2017-03-23T03:10"},
}

// Opinion is an answer to the form of a workshop: marks from 1 to 5 for usefulness,
// pace and readiness, and words.
type Opinion struct {
	Marks    [3]int
	Words    string
	Language string
	Change   bool // the words say what to change, not what to keep
}

// Opinions are given in turn by those who were there.
var Opinions = []Opinion{
	{[3]int{5, 4, 4}, "The lessons on our own phones; we shall use them at the mail centre.", "en", false},
	{[3]int{4, 3, 4}, "", "en", false},
	{[3]int{5, 3, 5}, "Les pièces authentiques et fausses en main : rien ne les remplace.", "fr", false},
	{[3]int{4, 2, 3}, "Too much on the second day; one more practice case instead.", "en", true},
	{[3]int{5, 4, 4}, "كانت الحالات التطبيقية على الشاشات الحقيقية أنفع ما في الورشة.", "ar", false},
	{[3]int{3, 3, 3}, "", "en", false},
	{[3]int{4, 4, 5}, "ตัวอย่างของจริงและของปลอมช่วยได้มาก", "th", false},
}

// Lesson is a right holder's lesson, made from its sheets that stand in every country
// by then.
type Lesson struct {
	Organisation, Author string
	Language             string
	Title, Aim           map[string]string
	At                   string
}

// Product are the lessons in product identification.
var Product = []Lesson{
	{"ORVANELLE", "right-holder", "fr", map[string]string{"fr": "Reconnaître les produits ORVANELLE", "en": "Telling ORVANELLE goods from fakes", "ar": "تمييز منتجات ORVANELLE الأصلية من المقلدة"},
		map[string]string{"fr": "Sceau, soudure, numéro de lot : ce que l’on voit en une minute au centre postal.", "en": "Seal, weld, batch number: what one sees within a minute at a mail centre.", "ar": "الختم واللحام ورقم التشغيلة: ما يُرى في دقيقة واحدة بمركز البريد."}, "2016-12-08T03:10"},
	{"QUENBROOK", "rival-right-holder", "en", map[string]string{"en": "QUENBROOK medicines and lenses: genuine or fake?", "fr": "Médicaments et lentilles QUENBROOK : vrai ou faux ?", "ar": "أدوية وعدسات QUENBROOK: أصلية أم مقلدة؟"},
		map[string]string{"en": "Blister, batch, leaflet, packing: checks that need no tool.", "fr": "Plaquette, lot, notice, emballage : des contrôles sans outil.", "ar": "الشريط ورقم التشغيلة والنشرة والتغليف: فحوص لا تحتاج إلى أدوات."}, "2016-12-08T05:40"},
}
