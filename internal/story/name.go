package story

// namePool holds given and family names as {Latin, own script}; families are
// coined, so that nobody who lives is meant.
type namePool struct {
	given, family [][2]string
	familyFirst   bool // in its own script
	joint         string
}

var namePools = map[string]namePool{
	"en": {
		given:  [][2]string{{"Alma"}, {"Bram"}, {"Celia"}, {"Dov"}, {"Edda"}, {"Fergal"}, {"Gita"}, {"Hollis"}, {"Imara"}, {"Joss"}, {"Keziah"}, {"Lorcan"}, {"Mirren"}, {"Niall"}, {"Opal"}, {"Piers"}, {"Ravi"}, {"Sunita"}, {"Tevita"}, {"Una"}},
		family: [][2]string{{"Ashgrovell"}, {"Brindlemoor"}, {"Castorley"}, {"Dunmirrow"}, {"Everlynd"}, {"Fallowick"}, {"Gorsefeld"}, {"Hathermere"}, {"Inglethorn"}, {"Kestrowe"}, {"Larkendale"}, {"Mosswyn"}, {"Navarundi"}, {"Ottershaye"}, {"Perandika"}, {"Quillmoor"}, {"Rathasuri"}, {"Senavali"}, {"Tarolevu"}, {"Windlesey"}},
		joint:  " ",
	},
	"fr": {
		given:  [][2]string{{"Aurélie"}, {"Bastien"}, {"Coralie"}, {"Didier"}, {"Élise"}, {"Fabrice"}},
		family: [][2]string{{"Bréval-Moris"}, {"Clairanges"}, {"Dorvalin"}, {"Esparelle"}, {"Ferrandoux"}, {"Gravellis"}},
		joint:  " ",
	},
	"ar": {
		given:  [][2]string{{"Nawal", "نوال"}, {"Faris", "فارس"}, {"Samira", "سميرة"}, {"Yunus", "يونس"}, {"Layan", "ليان"}, {"Idris", "إدريس"}},
		family: [][2]string{{"Al-Durrani-Sahl", "الدراني السهلي"}, {"Al-Zafrani", "الزفراني"}, {"Al-Nakhlawi-Wadi", "النخلاوي الوادي"}, {"Al-Mirfawi", "المرفاوي"}, {"Al-Qasmari", "القسماري"}, {"Al-Sidrani", "السدراني"}},
		joint:  " ",
	},
	"es": {
		given:  [][2]string{{"Amparo"}, {"Benicio"}, {"Consuelo"}, {"Darío"}, {"Elvira"}, {"Fermín"}},
		family: [][2]string{{"Arrecifal"}, {"Bahiamonde Salce"}, {"Coralense"}, {"Manglarejo"}, {"Salcedura"}, {"Villamareño"}},
		joint:  " ",
	},
	"zh": {
		given:       [][2]string{{"Yulan", "玉岚"}, {"Haoran", "浩然"}, {"Jingwen", "静文"}, {"Kexin", "可欣"}, {"Mingde", "明德"}, {"Ruolin", "若霖"}, {"Siyuan", "思源"}},
		family:      [][2]string{{"Lanshan", "岚山"}, {"Baitan", "白滩"}, {"Yuexi", "月汐"}, {"Qingdu", "青渡"}, {"Zhuling", "竹凌"}, {"Songyao", "松瑶"}},
		familyFirst: true,
	},
	"ja": {
		given:       [][2]string{{"Ayaka", "彩香"}, {"Daichi", "大地"}, {"Emi", "恵美"}, {"Haruto", "陽斗"}, {"Kaori", "香織"}, {"Naoki", "直樹"}},
		family:      [][2]string{{"Asagawara", "朝河原"}, {"Kiritsuya", "霧津谷"}, {"Minatsubara", "港津原"}, {"Shiomine", "潮嶺"}, {"Tsukibayashi", "月林原"}, {"Yunokura", "湯之蔵"}},
		familyFirst: true, joint: " ",
	},
	"th": {
		given:  [][2]string{{"Anong", "อนงค์"}, {"Boonsri", "บุญศรี"}, {"Chaiyo", "ไชโย"}, {"Darunee", "ดรุณี"}, {"Kittipat", "กิตติภัทร"}, {"Malee", "มาลี"}},
		family: [][2]string{{"Tharalumnam", "ธาราลุ่มน้ำ"}, {"Phumokchai", "ภูหมอกชัย"}, {"Thachalongdee", "ท่าฉลองดี"}, {"Wiangfahmai", "เวียงฟ้าใหม่"}, {"Sairungthara", "สายรุ้งธารา"}, {"Dankhaosri", "ด่านเขาศรี"}},
		joint:  " ",
	},
	"pt": {
		given:  [][2]string{{"Adelaide"}, {"Belmiro"}, {"Cristina"}, {"Duarte"}, {"Filomena"}, {"Gaspar"}},
		family: [][2]string{{"Alvim da Fonte"}, {"Baixamar"}, {"Corvelo Serrano"}, {"Esteral"}, {"Lagoinha Brava"}, {"Portalvim"}},
		joint:  " ",
	},
	"ko": {
		given:       [][2]string{{"Seoyun", "서윤"}, {"Jihoon", "지훈"}, {"Minseo", "민서"}, {"Hayoung", "하영"}, {"Dongha", "동하"}, {"Yerin", "예린"}},
		family:      [][2]string{{"Byeolsan", "별산"}, {"Haedo", "해도"}, {"Seorim", "서림"}, {"Hanmaru", "한마루"}, {"Solpo", "솔포"}, {"Narae", "나래"}},
		familyFirst: true, joint: " ",
	},
	"ru": {
		given:  [][2]string{{"Aliya", "Алия"}, {"Boris", "Борис"}, {"Dilnoza", "Дилноза"}, {"Gleb", "Глеб"}, {"Kamila", "Камила"}, {"Timur", "Тимур"}},
		family: [][2]string{{"Belgorskaya-Ozer", "Белгорская-Озер"}, {"Gavanskoy", "Гаванской"}, {"Kordovich", "Кордович"}, {"Zarrinov", "Зарринов"}, {"Stepnokord", "Степнокорд"}, {"Dovonov", "Довонов"}},
		joint:  " ",
	},
}

// name gives the n-th person of a language; no two n below the product of the
// pool's sizes give the same name.
func (p namePool) name(n int) (latin, own string) {
	g := p.given[n%len(p.given)]
	f := p.family[(n+n/len(p.given)*7)%len(p.family)]
	latin = g[0] + " " + f[0]
	switch {
	case g[1] == "":
		return latin, ""
	case p.familyFirst:
		return latin, f[1] + p.joint + g[1]
	default:
		return latin, g[1] + p.joint + f[1]
	}
}

// positions are what the people of an administration do.
var positions = map[string]words{
	"contact-point": {"National Contact Point", "Point de contact national", "نقطة الاتصال الوطنية", "Punto de contacto nacional", "国家联络点", "国内連絡窓口", "ผู้ประสานงานระดับชาติ", "Ponto de contacto nacional", "국가 연락담당관", "Национальный контактный пункт"},
	"deputy":        {"Deputy National Contact Point", "Suppléant du point de contact national", "نائب نقطة الاتصال الوطنية", "Suplente del punto de contacto nacional", "国家联络点副代表", "国内連絡窓口（副）", "รองผู้ประสานงานระดับชาติ", "Suplente do ponto de contacto nacional", "국가 연락담당관 대리", "Заместитель национального контактного пункта"},
	"duty-officer":  {"Duty Officer, Operations Room", "Officier de permanence, salle opérationnelle", "الضابط المناوب، غرفة العمليات", "Oficial de guardia, sala de operaciones", "指挥中心值班员", "指令室 当直官", "เจ้าหน้าที่เวร ห้องปฏิบัติการ", "Oficial de serviço, sala de operações", "상황실 당직관", "Дежурный оперативного зала"},
	"mail":          {"Head, Mail Centre Control", "Chef du contrôle postal", "رئيس قسم مراقبة البريد", "Jefe de control de envíos postales", "邮递物品监管科科长", "国際郵便検査部門 統括官", "หัวหน้าฝ่ายตรวจไปรษณียภัณฑ์", "Chefe do controlo postal", "우편검사과장", "Начальник отдела почтового контроля"},
	"freight":       {"Senior Officer, Freight Examination", "Inspecteur principal, visite du fret", "كبير المفتشين، معاينة البضائع", "Inspector principal, reconocimiento de carga", "货物查验主管", "貨物検査 上席調査官", "เจ้าหน้าที่อาวุโส ฝ่ายตรวจสินค้า", "Inspetor principal, verificação de carga", "화물검사 선임관", "Старший инспектор досмотра грузов"},
}
