package nominal

import "strings"

// titles stand before a name. Those that stand for other things as well are in
// loneTitles.
var titles = set("mr mrs miss mister mme mlle madame monsieur mademoiselle messrs señor señora señorita sr sra srta dr dra prof herr frau signor signora " +
	"г-н г-на г-ну г-ном г-жа г-же г-жу господин госпожа гражданин гражданка гражданина гражданки гр пан пані ms")

// arabicTitles stand before a name, joined with "and" or "for" or not.
var arabicTitles = set("السيد السيدة الآنسة الانسة المدعو المدعوة الدكتور الدكتورة الأستاذ الأستاذة للسيد والسيد بالسيد المواطن المواطنة الراكب الراكبة السائق المسافر المسافرة")

// posts follow an Arabic title where it is no name that follows.
var posts = set("المدير الرئيس الوزير المنسق المفتش المدعي المحترم الفاضل مدير رئيس وزير منسق ضابط أمين مندوب ممثل نائب قائد العقيد العميد اللواء النقيب عن في من على إلى لم لا كان الذي التي قد هو هي مع أن تم يحمل غادر وصل رفض")

// notNames follow a title in the names of goods.
var notNames = set("martens pepper oetker dre scholl scholl's scholls brown's browns muscle clean potato proper butterworth butterworth's fields hauschka bronner bronner's reddy " +
	"reddy's miles beckmann best jart bean men freeze kipling beast porky tea coffee and of the for no director officer minister president chair chairman le la les")

// labels stand before a name, with a colon.
var labels = phrases(`consignee; shipper; sender; receiver; recipient; addressee; driver; passenger; traveller; traveler; courier; suspect; importer; exporter; declarant; owner; holder; contact; contact person; contact name; attn; attention; signed by; signature; captain; master; crew member; detained person; arrested person; account holder; card holder; passport holder; person; full name; name; first name; last name; given name; given names; family name; surname; forename; driver name; driver's name; consignee name; name of driver; name of consignee; name of passenger; name of the driver; name of the consignee; name of the passenger;
	destinataire; expéditeur; expediteur; conducteur; chauffeur; passager; voyageur; importateur; exportateur; nom; prénom; prenom; nom et prénom; nom et prénoms; nom de famille; nom du conducteur; nom du destinataire; titulaire; suspect; personne à contacter;
	destinatario; consignatario; remitente; conductor; pasajero; viajero; importador; exportador; nombre; nombres; apellido; apellidos; nombre y apellidos; nombre completo; titular; nombre del conductor; sospechoso;
	destinatário; consignatário; remetente; motorista; condutor; passageiro; viajante; nome; nome completo; sobrenome; apelido; nome do motorista;
	получатель; грузополучатель; отправитель; грузоотправитель; водитель; пассажир; имя; фамилия; отчество; фио; ф.и.о; владелец; декларант; контактное лицо; подозреваемый;
	المرسل; المرسل إليه; المرسل اليه; المستلم; المستورد; المصدر; الاسم; الإسم; الاسم الكامل; اسم السائق; السائق; اسم المسافر; المسافر; الراكب; اسم المستلم; صاحب البضاعة; صاحب الشحنة; المالك; جهة الاتصال; المشتبه به; اللقب`)

// oneName are labels behind which one word is a name.
var oneName = phrases(`first name; last name; given name; given names; family name; surname; forename; prénom; prenom; nom de famille; apellido; apellidos; sobrenome; apelido; имя; фамилия; отчество; фио; ф.и.о; اللقب; الاسم; الإسم; driver; passenger; водитель; пассажир; السائق; المسافر`)

// roles are what somebody is in whose name no colon is needed before the name.
var roles = set("driver passenger traveller traveler suspect declarant courier captain chauffeur conducteur passager voyageur conductor pasajero viajero motorista passageiro водитель водителя пассажир пассажира")

// ofThings stand before or behind a label that names a thing: product name, brand name.
var ofThings = set("product brand vessel ship trade company file model commercial carrier user domain business firm bank line airline operation item goods medicine drug variety species port place country street project code vessel's ship's host plant generic du de del do da des produit navire marque société societe producto buque marca empresa produto navio файла судна товара компании السفينة المنتج الشركة العلامة الباخرة المادة")

// bodies show that a name is that of a company or an office.
var bodies = set("ltd limited llc inc incorporated corp corporation co company gmbh ag sa s.a sarl sas sasu spa srl bv nv oy ab as plc pte sdn bhd pty kk lda ltda eirl cv trading import imports export exports logistics " +
	"logistic shipping freight forwarding forwarders cargo group holding holdings industries industry international enterprise enterprises services service solutions store stores shop market bank hotel university " +
	"customs police port authority ministry department administration directorate agency office embassy hospital pharmacy laboratories labs pharma foundation association federation organisation organization unit team " +
	"air airlines airways express line lines post postal courier couriers warehouse terminal factory textile textiles electronics garments fashion technology tech motors auto " +
	"société societe sociedad sociedade compagnie établissements etablissements ets entreprise empresa comercial comercio comércio importadora exportadora distribuidora douane douanes aduana aduanas alfândega ministère ministerio ministério " +
	"ооо оао зао ао пао тоо компания фирма завод таможня управление министерство общество груп групп " +
	"شركة مؤسسة مكتب مصنع مجموعة وزارة إدارة هيئة جمارك الجمارك للتجارة التجارية للاستيراد للشحن مطار ميناء بنك مستشفى صيدلية " +
	"unknown none see same various tbc tbd n/a inconnu desconocido desconhecido неизвестен неизвестно مجهول غير to as per")

// particles stand within a name.
var particles = set("de da do dos das di del della du des van von der den la le el al bin bint ibn ben abu abd ould st af av y e i بن ابن بنت ال أبو ابو أم عبد آل")

// things stand before words that are no person's name, or behind them: places,
// vessels, makes of goods.
var things = set("mv m/v m/t ms ss mt fv vessel vessels ship ships tanker ferry barge boat navire bateau cargo buque barco navio embarcação судно судна теплоход т/х танкер السفينة سفينة الباخرة " +
	"port airport harbour harbor terminal street road avenue square island islands bay cape fort san santa santo são saint st sainte mount lake river king queen prince princess sheikh sultan imam president city town bridge quay pier " +
	"aéroport aeropuerto aeroporto rue calle rua puerto porto аэропорт порт улица ميناء مطار شارع مدينة جسر " +
	"brand brands branded marque marca marcas perfume perfumes parfum perfumery whisky whiskey vodka jeans bags watches shoes handbags cosmetics fashion paris design designs designer london milano new york records studio eau cologne fragrance " +
	"марки марка духи عطر عطور ماركة علامة operation action project opération operación operação операция عملية")

// makes are trade marks that are made of a person's name.
var makes = phrases(`jean paul gaultier; louis vuitton; michael kors; calvin klein; tommy hilfiger; ralph lauren; polo ralph; paul smith; christian dior; christian louboutin; yves saint laurent; giorgio armani; emporio armani; hugo boss; jack daniel; jack daniels; jack daniel's; johnnie walker; jim beam; philip morris; elizabeth arden; victoria's secret; victoria secret; marc jacobs; jimmy choo; kate spade; stella mccartney; alexander mcqueen; alexander wang; karl lagerfeld; carolina herrera; paco rabanne; levi strauss; harry potter; vivienne westwood; pierre cardin; ted baker; roger vivier; bobbi brown; charlotte tilbury; harley davidson; jo malone; tom ford; oscar de; james bond; david beckham; michael jordan; air jordan; jordan retro; peter rabbit; thomas sabo; daniel wellington; patek philippe; audemars piguet; franck muller; issey miyake; john deere; john lobb; captain morgan; charlie brown; robert mondavi; paul mitchell; victor hugo; santa maria; jose cuervo; juan valdez; marie claire; sara lee; helena rubinstein; thierry mugler; anna sui; maria galland; david yurman; daniel hechter; guy laroche; nina ricci; robert graham; peter thomas; simon miller; ali baba; ali express; mohammed v; charles de; john f; ho chi; tata motors; samuel adams; arthur guinness; max factor; max mara; ray ban; martin audio; robert bosch; rosa parks; rosa canina; ahmad tea; ahmed tea; mary kay; st john; george town; king george; port elizabeth; thomas friends; bob marley; lewis carroll; james hardie; donald duck; peter pan; victor inox; olga berg; sofia bulgaria; victoria australia; martin luther; martinique; sam adams`)

// given are given names that many people bear, in the scripts in which the text
// is split into words.
var given = set("john james robert michael william david richard joseph thomas charles christopher daniel matthew anthony steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob nicholas eric jonathan stephen " +
	"mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa margaret sandra ashley emily donna michelle carol amanda melissa deborah stephanie rebecca laura helen sharon cynthia kathleen amy angela anna emma " +
	"jean pierre michel philippe alain nicolas christophe françois francois laurent frédéric frederic stéphane stephane marie nathalie isabelle sylvie catherine françoise francoise martine jacques claude andré rené amadou mamadou ousmane moussa ibrahima fatoumata aminata abdoulaye cheikh souleymane seydou boubacar kofi kwame kwesi chinedu emeka oluwaseun " +
	"josé jose juan luis carlos jorge pedro manuel francisco antonio miguel ángel angel maría maria carmen ana rosa pilar lucía sofía alejandro diego fernando javier rafael eduardo roberto ricardo sergio pablo gabriela " +
	"joão joao paulo tiago rui luís fernanda mariana beatriz marcos lucas mateus thiago rodrigo raimundo " +
	"mohamed mohammed muhammad mohammad mohamad ahmed ahmad mahmoud ali hassan hussein husain omar umar khalid khaled yusuf youssef yousef ibrahim abdullah abdallah abdul abdel abdelrahman abdulrahman abdulaziz fatima fatma aisha mariam maryam khadija zainab zeinab hamid hamza karim rashid rachid said saeed salem salim sami tariq mustafa moustafa osman bilal " +
	"wei li-wei xiaoming jian hiroshi takashi kenji yuki akira min-jun ji-hoon somchai somsak somporn nguyen tran budi siti dewi agus rajesh suresh ramesh priya sanjay vijay anil sunil deepak amit rahul ravi vikram imran asif tariq bilal farhan naveed " +
	"ivan dmitri dmitry sergei sergey alexei aleksei alexey mikhail nikolai andrei andrey vladimir aleksandr alexander oleg igor yuri natalia olga tatiana svetlana ekaterina irina elena peter hans klaus jürgen juergen heinz wolfgang giuseppe giovanni marco francesco luca matteo " +
	"иван дмитрий сергей алексей михаил николай андрей владимир александр олег игорь юрий наталья ольга татьяна светлана екатерина ирина елена анна мария павел виктор максим артём артем евгений константин " +
	"محمد أحمد احمد محمود علي حسن حسين عمر خالد يوسف إبراهيم ابراهيم عبدالله عبدالرحمن عبدالعزيز فاطمة عائشة مريم خديجة زينب سعيد سالم صالح سليمان مصطفى طارق ناصر فهد سعود كريم رشيد حمزة بلال عثمان ياسين جمال كمال سامي وليد ماجد فيصل تركي منصور عادل هشام أيمن رامي")

// phrases is a set of phrases, each as its words in small letters.
func phrases(list string) map[string]bool {
	out := map[string]bool{}
	for p := range strings.SplitSeq(list, ";") {
		out[strings.Join(strings.Fields(p), " ")] = true
	}
	return out
}
