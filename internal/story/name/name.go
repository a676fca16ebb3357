// Package name invents names of people for the story, in the scripts of ten
// languages.
//
// Given names are common; family names are coined, so that nobody who lives is
// meant. The same number gives the same name, always: the story's people do not
// change with its seed. Names come in Latin letters, as the trade writes them in
// messages, and in their own script where that differs.
package name

// pool holds given and family names as {Latin, own script}; families are
// coined, so that nobody who lives is meant.
type pool struct {
	given, family [][2]string
	familyFirst   bool // in its own script
	joint         string
}

var pools = map[string]pool{
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

// Of gives the n-th person of a language: the name in Latin letters, and in its
// own script, empty where that is Latin. No two n below the product of the
// pool's sizes give the same name.
func Of(language string, n int) (latin, own string) {
	p := pools[language]
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
