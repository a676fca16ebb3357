package chapter

// Voice is what an administration contributes to the report, in its own language.
type Voice struct {
	Organisation                            string // code
	Language                                string
	Challenges, Lessons, Interest, HandedIn string // the last: 2006-01-02T15:04 UTC
	Cases                                   int    // how many of its own cases it names
}

// Voices are the contributions that were handed in before the first version.
var Voices = []Voice{
	{"XA", "en", "Mail centres work at night, when no right holder answers.", "One officer who was at the training taught nine others in two mornings.",
		"A parcel with blister packs of medicine lay between clothes; the seal gave it away, as the product sheet had shown.", "2017-03-09T04:10", 2},
	{"XB", "en", "Containers that were warned of had mostly been discharged when the warning came.", "Send the number of the container with the first message, even if nothing else is known.",
		"", "2017-03-10T05:35", 1},
	{"XT", "th", "เจ้าหน้าที่ไปรษณีย์มีเวลาตรวจพัสดุแต่ละชิ้นน้อยมาก", "ภาพเปรียบเทียบของแท้กับของปลอมช่วยให้ตัดสินใจได้เร็วขึ้น", "", "2017-03-13T07:20", 1},
	{"XM", "en", "Two warnings named the wrong country of destination.", "Coordination should check routes before a warning goes to all.", "", "2017-03-14T02:55", 1},
	{"XJ", "ja", "郵便物の件数が多く、全量の検査はできなかった。", "真正品と模倣品の比較画像が最も役に立った。", "", "2017-03-15T01:40", 1},
	{"QM", "en", "Our law gives three working days for perishable goods; some answers took four.", "Ask right holders for a duty telephone before the operation.", "", "2017-03-16T06:15", 0},
	{"QP", "en", "Freight forwarders split consignments over several airway bills.", "Link airway bills of one sender on the first day.", "", "2017-03-17T03:05", 1},
}

// Word is what an administration says of a version.
type Word struct {
	Version                              int64
	Organisation, State, Until, Language string
	Words, At                            string
}

// Words are those that were said.
var Words = []Word{
	{1, "XA", "cleared", "", "", "", "2017-03-20T23:40"},
	{1, "XB", "cleared", "", "", "", "2017-03-21T02:15"},
	{1, "XM", "dissents", "", "en", "The case that we corrected on 21 March stands here with our first estimate.", "2017-03-21T07:30"},
	{1, "QM", "embargoes", "2017-03-23", "en", "A prosecution is opened on 22 March.", "2017-03-21T08:05"},
	{2, "XA", "cleared", "", "", "", "2017-03-23T10:20"},
	{2, "XB", "cleared", "", "", "", "2017-03-23T10:35"},
	{2, "XM", "cleared", "", "", "", "2017-03-23T10:50"},
	{2, "QM", "cleared", "", "", "", "2017-03-23T11:05"},
	{2, "XT", "cleared", "", "", "", "2017-03-23T11:20"},
	{2, "XJ", "cleared", "", "", "", "2017-03-23T11:40"},
}
