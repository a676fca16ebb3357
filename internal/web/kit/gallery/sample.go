package gallery

import (
	"net/url"
	"time"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// words are the sample content: English, French, Arabic.
var words = map[string][3]string{
	"operation":  {"Action IPR A/P 2", "Action IPR A/P 2", "Action IPR A/P 2"},
	"phase":      {"Operational phase, day 12 of 19", "Phase opérationnelle, jour 12 sur 19", "المرحلة الميدانية، اليوم 12 من 19"},
	"overview":   {"Overview", "Vue d’ensemble", "نظرة عامة"},
	"messages":   {"Messages", "Messages", "الرسائل"},
	"cases":      {"Cases", "Affaires", "القضايا"},
	"results":    {"Results", "Résultats", "النتائج"},
	"people":     {"People", "Personnes", "الأشخاص"},
	"journal":    {"Journal", "Journal", "السجل"},
	"home":       {"Home", "Accueil", "الرئيسية"},
	"operations": {"Operations", "Opérations", "العمليات"},
	"report":     {"Report", "Signaler", "إبلاغ"},
	"reportcase": {"Report a seizure", "Signaler une saisie", "الإبلاغ عن ضبطية"},
	"write":      {"Write a message", "Écrire un message", "كتابة رسالة"},
	"lede":       {"What officers found so far, counted by the rule of the operation.", "Ce que les agents ont trouvé, compté selon la règle de l’opération.", "ما عثر عليه الموظفون حتى الآن، محسوبًا وفق قاعدة العملية."},
	"handling":   {"For members of the operation only", "Réservé aux membres de l’opération", "لأعضاء العملية فقط"},
	"ncp":        {"National contact point", "Point de contact national", "نقطة الاتصال الوطنية"},
	"pieces":     {"Pieces seized", "Pièces saisies", "القطع المضبوطة"},
	"reporting":  {"Administrations reporting", "Administrations actives", "الإدارات المبلِّغة"},
	"warnings":   {"Warnings without answer", "Alertes sans réponse", "تحذيرات بلا رد"},
	"yesterday":  {"18 more than yesterday", "18 de plus qu’hier", "أكثر من أمس بـ 18"},
	"fail":       {"Could not be counted at 14:02 UTC. Try again.", "Comptage impossible à 14:02 UTC. Réessayer.", "تعذّر العدّ في الساعة 14:02 UTC. أعد المحاولة."},
	"notcounted": {"12 not counted, and why", "12 non comptées, et pourquoi", "12 غير محسوبة، والسبب"},
	"conveyance": {"Conveyance", "Moyen de transport", "وسيلة النقل"},
	"mail":       {"Postal parcels and express courier", "Colis postaux et fret express", "الطرود البريدية والبريد السريع"},
	"sea":        {"Vessel", "Navire", "سفينة"},
	"air":        {"Air freight", "Fret aérien", "الشحن الجوي"},
	"road":       {"Road vehicle", "Véhicule routier", "مركبة برية"},
	"finding":    {"Postal parcels carry most cases", "Les colis postaux portent la plupart des affaires", "الطرود البريدية تحمل معظم القضايا"},
	"daily":      {"Cases a day: most came in the second week", "Affaires par jour : surtout la deuxième semaine", "القضايا يوميًا: معظمها في الأسبوع الثاني"},
	"category":   {"Category", "Catégorie", "الفئة"},
	"food":       {"Foodstuff", "Denrées alimentaires", "المواد الغذائية"},
	"pharma":     {"Pharmaceutical products", "Produits pharmaceutiques", "المنتجات الصيدلانية"},
	"quantity":   {"Quantity", "Quantité", "الكمية"},
	"state":      {"State", "État", "الحالة"},
	"found":      {"Confirmed fake", "Contrefaçon confirmée", "مقلَّد مؤكد"},
	"open":       {"Awaiting answer", "Réponse attendue", "بانتظار الرد"},
	"withdrawn":  {"Withdrawn", "Retirée", "مسحوبة"},
	"reference":  {"Reference", "Référence", "المرجع"},
	"country":    {"Country or area", "Pays ou zone", "البلد أو المنطقة"},
	"date":       {"Day", "Jour", "اليوم"},
	"change":     {"Change", "Modifier", "تغيير"},
	"container":  {"Container", "Conteneur", "الحاوية"},
	"remarks":    {"Remarks", "Remarques", "ملاحظات"},
	"text":       {"Tins with a printed date over an older one. Same carton marks as last week.", "Boîtes portant une date imprimée sur une plus ancienne. Mêmes marques de carton que la semaine dernière.", "علب تحمل تاريخًا مطبوعًا فوق تاريخ أقدم. علامات الكرتون نفسها كما في الأسبوع الماضي."},
	"what":       {"What was found", "Ce qui a été trouvé", "ما الذي عُثر عليه"},
	"whathint":   {"One kind of goods a line. You can add more afterwards.", "Un type de marchandise par ligne. Vous pourrez en ajouter.", "نوع واحد من البضائع في كل سطر. يمكنك الإضافة لاحقًا."},
	"unit":       {"Unit", "Unité", "الوحدة"},
	"choose":     {"Choose", "Choisir", "اختر"},
	"send":       {"Check and send", "Vérifier et envoyer", "مراجعة وإرسال"},
	"draft":      {"Save draft", "Enregistrer le brouillon", "حفظ المسودة"},
	"withdraw":   {"Withdraw", "Retirer", "سحب"},
	"checked":    {"Result of the check", "Résultat du contrôle", "نتيجة الفحص"},
	"handlingq":  {"Handling", "Traitement", "المناولة"},
	"only":       {"Only to my own organisation", "À ma seule organisation", "لمنظمتي فقط"},
	"todo":       {"To do", "À faire", "للتنفيذ"},
	"done":       {"Done", "Fait", "تم"},
	"where":      {"Where and when", "Où et quand", "أين ومتى"},
	"photos":     {"Photos", "Photos", "الصور"},
	"empty":      {"No messages match", "Aucun message ne correspond", "لا توجد رسائل مطابقة"},
	"emptynext":  {"Remove a filter, or look at all messages.", "Retirez un filtre ou affichez tous les messages.", "أزل عامل تصفية أو اعرض كل الرسائل."},
	"all":        {"All messages", "Tous les messages", "كل الرسائل"},
	"sent":       {"The case was sent.", "L’affaire a été envoyée.", "أُرسلت القضية."},
	"see":        {"See it", "La voir", "عرضها"},
	"important":  {"Published totals, invented details", "Totaux publiés, détails inventés", "المجاميع منشورة والتفاصيل مختلقة"},
	"demotext":   {"No real brand, person or administration appears here.", "Aucune marque, personne ou administration réelle n’apparaît ici.", "لا تظهر هنا أي علامة أو شخص أو إدارة حقيقية."},
	"answer":     {"Answered: found", "Réponse : trouvé", "الرد: عُثر عليه"},
	"warned":     {"Warning sent", "Alerte envoyée", "أُرسل تحذير"},
	"eastport":   {"Eastport Customs", "Douanes d’Eastport", "جمارك إيستبورت"},
	"enforce":    {"Enforcement", "Contrôle", "الإنفاذ"},
	"member":     {"Member of the enforcement side", "Membre du côté contrôle", "عضو في جانب الإنفاذ"},
	"translated": {"Machine translation. Check before you act.", "Traduction automatique. Vérifiez avant d’agir.", "ترجمة آلية. تحقق قبل التصرف."},
	"signin":     {"A closed group, one tide table.", "Un groupe fermé, une même marée.", "مجموعة مغلقة، ومدّ واحد."},
	"tagline":    {"Joint enforcement operations, from the first workshop to the final report.", "Opérations conjointes, du premier atelier au rapport final.", "عمليات إنفاذ مشتركة، من أول ورشة إلى التقرير النهائي."},
	"enter":      {"Sign in", "Se connecter", "تسجيل الدخول"},
	"email":      {"E-mail address", "Adresse électronique", "البريد الإلكتروني"},
	"password":   {"Password", "Mot de passe", "كلمة المرور"},
	"new":        {"Show 3 new messages", "Afficher 3 nouveaux messages", "عرض 3 رسائل جديدة"},
	"help":       {"Help", "Aide", "مساعدة"},
	"actions":    {"Actions", "Actions", "إجراءات"},
	"total":      {"Total", "Total", "المجموع"},
}

// say is a sample word in the reader's language; English where there is none.
func say(p *kit.Page, id string) string {
	w, ok := words[id]
	if !ok {
		panic("gallery: no word " + id)
	}
	switch p.Printer.Lang() {
	case i18n.French:
		return w[1]
	case i18n.Arabic:
		return w[2]
	}
	return w[0]
}

// at is the moment the gallery shows.
var at = time.Date(2017, 2, 17, 10, 2, 0, 0, time.UTC)

// Sample is a page with everything in its frame.
func Sample(lang i18n.Lang, nonce string) *kit.Page {
	p := &kit.Page{
		Printer: i18n.NewPrinter(lang), Path: "/gallery?x=1&y=2", Nonce: nonce, Demo: true, Now: at,
		TLP: "amber", Version: "0.1.0", SearchURL: "/find",
		Viewer: &kit.Viewer{Name: "Mirela Kovanen", Organisation: "Eastport Customs", Hats: []kit.Hat{
			{ID: "1", Name: "Eastport Customs", Current: true}, {ID: "2", Name: "RILO A/P"},
		}},
		Contact: "Mirela Kovanen, +999 5550 0142",
	}
	p.Title = []string{say(p, "overview"), say(p, "operation")}
	p.Handling = say(p, "handling")
	p.Viewer.Role = say(p, "ncp")
	p.Viewer.Organisation = say(p, "eastport")
	p.Viewer.Hats[0].Role, p.Viewer.Hats[1].Role = say(p, "ncp"), say(p, "people")
	p.Footer = []kit.Link{{Label: say(p, "help"), Href: "/help/"}}
	p.Nav = []kit.NavItem{
		{Label: say(p, "home"), Href: "/"},
		{Label: say(p, "operations"), Href: "/o/", Current: true},
	}
	p.Bar = []kit.NavItem{
		{Label: say(p, "report"), Href: "#r", Icon: "report"},
		{Label: say(p, "messages"), Href: "#m", Icon: "message", Count: 3},
		{Label: say(p, "cases"), Href: "#c", Icon: "case"},
		{Label: say(p, "home"), Href: "#h", Icon: "home", Current: true},
	}
	p.Operation = &kit.Operation{Code: "action-ipr-ap-2", Name: say(p, "operation"), Href: "/o/action-ipr-ap-2/", Phase: say(p, "phase")}
	for i, id := range []string{"overview", "messages", "cases", "results", "people", "journal"} {
		item := kit.NavItem{Label: say(p, id), Href: "#" + id, Current: i == 0}
		if id == "messages" {
			item.Count = 3
		}
		p.Operation.Nav = append(p.Operation.Nav, item)
	}
	p.Flash = &kit.Flash{Tone: kit.Good, Text: say(p, "sent"), Href: "#c", Link: say(p, "see")}
	return p
}

// door is the frame before signing in.
func door(p *kit.Page) *kit.Page {
	q := *p
	q.Viewer, q.Operation, q.Nav, q.Bar, q.Flash, q.SearchURL, q.TLP, q.Handling = nil, nil, nil, nil, nil, "", "", ""
	q.Title = []string{say(p, "enter")}
	return &q
}

// draft is a form with two mistakes.
func draft(p *kit.Page) kit.Form {
	var wrong fault.Problems
	wrong.Add("goods.0.quantity", "fault.required")
	wrong.Add("container", "fault.not-an-id")
	f := kit.FormOf(url.Values{
		"goods.0.quantity": {"12,5"}, "goods.0.unit": {"KGM"}, "container": {"MSKU6011673"},
		"date": {"2017-02-17"}, "result": {"fake"}, "remarks": {"صناديق بلا علامات"}, "country": {"XB"}, "handling": {"a"},
	}, wrong.Fault())
	f.Labels = map[string]string{"goods.0.quantity": say(p, "quantity"), "container": say(p, "container")}
	return f
}

func bars(p *kit.Page) kit.BarChart {
	c := kit.BarChart{ID: "by-conveyance", Caption: say(p, "finding"), Label: say(p, "conveyance"), Measure: say(p, "cases"), CSV: "?format=csv"}
	for i, id := range []string{"mail", "sea", "air", "road"} {
		c.Bars = append(c.Bars, kit.Bar{Label: say(p, id), Value: []int64{121, 78, 31, 15}[i], Href: "#" + id})
	}
	return c
}

func line(p *kit.Page) kit.DayLine {
	c := kit.DayLine{ID: "by-day", Caption: say(p, "daily"), Measure: say(p, "cases"), CSV: "?format=csv"}
	for i, v := range []int64{2, 5, 9, 12, 8, 3, 1, 14, 22, 31, 26, 18, 4, 2, 16, 24, 21, 15, 12} {
		c.Days = append(c.Days, kit.DayValue{Day: at.AddDate(0, 0, i-11).Format("2006-01-02"), Value: v})
	}
	return c
}

func caseTable(p *kit.Page) kit.Table {
	row := func(tone kit.Tone, ref, country, what, state string, micro int64, unit string) kit.TableRow {
		return kit.TableRow{Tone: tone, Cells: []templ.Component{
			kit.Code(ref), kit.Country(p, country), kit.Text(say(p, what)), kit.Quantity(p, micro, unit), kit.Day(p, "2017-02-16"), kit.Tag(tone, say(p, state)),
		}}
	}
	return kit.Table{
		Caption: say(p, "cases"),
		Columns: []kit.Column{
			{Head: say(p, "reference"), Lead: true}, {Head: say(p, "country")}, {Head: say(p, "category")},
			{Head: say(p, "quantity"), Numeric: true}, {Head: say(p, "date")}, {Head: say(p, "state")},
		},
		Rows: []kit.TableRow{
			row(kit.Bad, "S-17-0412-K", "XA", "food", "found", 15_204_000_000, "H87"),
			row(kit.Warn, "S-17-0398-C", "XB", "pharma", "open", 1_250_500_000, "KGM"),
			row(kit.Neutral, "S-17-0391-T", "XC", "food", "withdrawn", 68_000_000, "LTR"),
		},
		Foot: []templ.Component{
			kit.Text(say(p, "total")), kit.Text(""), kit.Text(""), kit.Quantity(p, 15_204_000_000, "H87"), kit.Text(""), kit.Text(""),
		},
	}
}
