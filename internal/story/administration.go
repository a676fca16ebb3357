package story

// administrationRow is what is known of a country of the story and of its
// customs administration. Codes that other lists give a meaning (XK, XI, XC,
// XL, XS, XU, QU, QO, QZ) are left alone.
type administrationRow struct {
	code     string
	name     [3]string // en, fr, ar
	ownName  string
	language string
	zone     string
	customs  [2]string // en, own language
	cases    int       // how many of the 245 it reported
	release  string
	after    int          // hours, for a release by time
	towns    [3][2]string // Latin and own script: capital, port, border
}

var administrationRows = []administrationRow{
	{"XA", [3]string{"Qasmara", "Qasmara", "قسمارة"}, "قسمارة", "ar", "Asia/Dubai",
		[2]string{"Qasmara Customs Authority", "هيئة جمارك قسمارة"}, 10, ReleaseContactPoint, 0,
		[3][2]string{{"Durrat Sahl", "درة السهل"}, {"Mina Zafra", "ميناء زفرة"}, {"Wadi Nakhla", "وادي نخلا"}}},
	{"XB", [3]string{"Belumbra", "Bélumbra", "بيلومبرا"}, "Belumbra", "en", "Australia/Brisbane",
		[2]string{"Belumbra Customs and Border Service", ""}, 15, ReleaseOfficer, 0,
		[3][2]string{{"Carrowmere", ""}, {"Port Aldwyn", ""}, {"Teal Crossing", ""}}},
	{"XD", [3]string{"Dorvenia", "Dorvénie", "دورفينيا"}, "Дорвения", "ru", "Asia/Almaty",
		[2]string{"State Customs Committee of Dorvenia", "Государственный таможенный комитет Дорвении"}, 6, ReleaseOfficer, 0,
		[3][2]string{{"Belgorsk", "Белгорск"}, {"Ozernaya Gavan", "Озёрная Гавань"}, {"Stepnoy Kord", "Степной Корд"}}},
	{"XE", [3]string{"Esterao", "Estérao", "إستيراو"}, "Esterão", "pt", "Asia/Dili",
		[2]string{"Customs Directorate of Esterao", "Direção das Alfândegas de Esterão"}, 5, ReleaseOfficer, 0,
		[3][2]string{{"Vila Serrana do Mar", "Vila Serrana do Mar"}, {"Porto Alvim", "Porto Alvim"}, {"Fonte Baixa", "Fonte Baixa"}}},
	{"XF", [3]string{"Velunia", "Vélunie", "فيلونيا"}, "Vélunie", "fr", "Pacific/Noumea",
		[2]string{"Velunia Customs", "Direction des douanes de Vélunie"}, 3, ReleaseOfficer, 0,
		[3][2]string{{"Port-Clairval", "Port-Clairval"}, {"Anse Morlaix-du-Vent", "Anse Morlaix-du-Vent"}, {"Col des Filaos", "Col des Filaos"}}},
	{"XG", [3]string{"Giloran Islands", "Îles Giloran", "جزر جيلوران"}, "Giloran Islands", "en", "Pacific/Guadalcanal",
		[2]string{"Giloran Islands Customs Division", ""}, 2, ReleaseOfficer, 0,
		[3][2]string{{"Hestara", ""}, {"Coral Mole", ""}, {"Lowe Jetty", ""}}},
	{"XH", [3]string{"Huanling", "Huanling", "هوانلينغ"}, "环岭", "zh", "Asia/Singapore",
		[2]string{"Huanling Customs", "环岭海关"}, 17, ReleaseOfficer, 0,
		[3][2]string{{"Yueping", "月坪"}, {"Lanjiao", "岚角"}, {"Qiaotou Pass", "樵渡"}}},
	{"XJ", [3]string{"Harumine", "Harumine", "هاروميني"}, "晴峰", "ja", "Asia/Tokyo",
		[2]string{"Harumine Customs and Tariff Bureau", "晴峰関税局"}, 19, ReleaseContactPoint, 0,
		[3][2]string{{"Asagawara", "朝河原"}, {"Shiomihama", "潮見浜"}, {"Kirigatake", "霧ヶ岳"}}},
	{"XM", [3]string{"Haedoran", "Haedoran", "هيدوران"}, "해도란", "ko", "Asia/Seoul",
		[2]string{"Haedoran Customs Service", "해도란 관세청"}, 24, ReleaseOfficer, 0,
		[3][2]string{{"Seorim", "서림벌"}, {"Byeolpo", "별포진"}, {"Hanmaru", "한마루재"}}},
	{"XQ", [3]string{"Quirena Islands", "Îles Quirena", "جزر كيرينا"}, "Islas Quirena", "es", "Asia/Manila",
		[2]string{"Quirena Islands National Customs", "Aduana Nacional de las Islas Quirena"}, 12, ReleaseContactPoint, 0,
		[3][2]string{{"Villamarea", "Villamarea"}, {"Puerto Salcedón", "Puerto Salcedón"}, {"Paso del Mangle", "Paso del Mangle"}}},
	{"XT", [3]string{"Lumthara", "Lumthara", "لومثارا"}, "ลุมธารา", "th", "Asia/Bangkok",
		[2]string{"Lumthara Customs Department", "กรมศุลกากรลุมธารา"}, 22, ReleaseTimed, 12,
		[3][2]string{{"Wiang Thara", "เวียงธารา"}, {"Tha Chalong", "ท่าฉลอง"}, {"Dan Phu Mok", "ด่านภูหมอก"}}},
	{"XW", [3]string{"Whitmere Islands", "Îles Whitmere", "جزر ويتمير"}, "Whitmere Islands", "en", "Pacific/Auckland",
		[2]string{"Whitmere Customs Service", ""}, 7, ReleaseOfficer, 0,
		[3][2]string{{"Farrowby", ""}, {"Gannet Haven", ""}, {"Long Spit", ""}}},
	{"XY", [3]string{"Yuelan", "Yuelan", "يويلان"}, "月岚", "zh", "Asia/Shanghai",
		[2]string{"General Administration of Yuelan Customs", "月岚海关总署"}, 34, ReleaseOfficer, 0,
		[3][2]string{{"Lanjing", "岚京"}, {"Baitan", "白滩"}, {"Shanmen Pass", "杉门"}}},
	{"QM", [3]string{"Mirapati", "Mirapati", "ميراباتي"}, "Mirapati", "en", "Asia/Kuala_Lumpur",
		[2]string{"Royal Mirapati Customs Department", ""}, 27, ReleaseTimed, 24,
		[3][2]string{{"Kota Senandi", ""}, {"Tanjung Rawela", ""}, {"Bukit Pelanta", ""}}},
	{"QN", [3]string{"Nuralaya", "Nuralaya", "نورالايا"}, "Nuralaya", "en", "Asia/Kolkata",
		[2]string{"Central Board of Customs of Nuralaya", ""}, 14, ReleaseOfficer, 0,
		[3][2]string{{"Vardhapur", ""}, {"Sagarmukh", ""}, {"Hilsa Gate", ""}}},
	{"QP", [3]string{"Peranga", "Peranga", "بيرانغا"}, "Peranga", "en", "Asia/Jakarta",
		[2]string{"Directorate General of Peranga Customs", ""}, 11, ReleaseOfficer, 0,
		[3][2]string{{"Adiwarna", ""}, {"Pelabuhan Samira", ""}, {"Batas Kemuning", ""}}},
	{"QR", [3]string{"Rukhazar", "Roukhazar", "روخازار"}, "Рухазар", "ru", "Asia/Tashkent",
		[2]string{"State Customs Service of Rukhazar", "Государственная таможенная служба Рухазара"}, 8, ReleaseContactPoint, 0,
		[3][2]string{{"Zarrinkent", "Зарринкент"}, {"Kuldarya", "Кульдарья"}, {"Ak Dovon", "Ак-Довон"}}},
	{"QS", [3]string{"Selindra", "Selindra", "سيليندرا"}, "Selindra", "en", "Asia/Colombo",
		[2]string{"Selindra Customs", ""}, 5, ReleaseOfficer, 0,
		[3][2]string{{"Ratnagama", ""}, {"Pearl Roads", ""}, {"Kandula Ferry", ""}}},
	{"QT", [3]string{"Tavoralu", "Tavoralu", "تافورالو"}, "Tavoralu", "en", "Pacific/Fiji",
		[2]string{"Tavoralu Revenue and Customs", ""}, 2, ReleaseOfficer, 0,
		[3][2]string{{"Navilaqa", ""}, {"Reef Landing", ""}, {"Matasolo", ""}}},
	{"QW", [3]string{"Wendalu", "Wendalu", "وندالو"}, "Wendalu", "en", "Pacific/Port_Moresby",
		[2]string{"Wendalu Customs Service", ""}, 2, ReleaseOfficer, 0,
		[3][2]string{{"Koramba", ""}, {"Bird Bay", ""}, {"Upper Tolai Bridge", ""}}},
}

// waitingRow was invited and had not accepted when the story ends.
var waitingRow = administrationRow{"QV", [3]string{"Verdane", "Verdane", "فيردان"}, "Verdane", "fr", "Pacific/Tahiti",
	[2]string{"Verdane Customs", "Administration des douanes de Verdane"}, 0, ReleaseOfficer, 0,
	[3][2]string{{"Saint-Orvel", "Saint-Orvel"}, {"Baie Longuette", "Baie Longuette"}, {"Pont-Brézin", "Pont-Brézin"}}}

// strangerRow is a member of Harbour Light only.
var strangerRow = administrationRow{"XR", [3]string{"Rimavao", "Rimavao", "ريمافاو"}, "Rimavao", "en", "Pacific/Apia",
	[2]string{"Rimavao Customs", ""}, 0, ReleaseOfficer, 0,
	[3][2]string{{"Lotofala", ""}, {"Palm Quay", ""}, {"East Causeway", ""}}}

// elsewhereRows are countries of the story without a customs administration in it.
var elsewhereRows = []Country{
	{Code: "QX", Name: Text{"en": "Xanderay", "fr": "Xanderay", "ar": "زاندراي"}},
	{Code: "QY", Name: Text{"en": "Ysmere", "fr": "Ysmère", "ar": "إيسمير"}},
	{Code: "XP", Name: Text{"en": "Polvane", "fr": "Polvane", "ar": "بولفان"}},
}
