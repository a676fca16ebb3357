package sheet

// in is a text in English, French, Arabic and Thai; what is empty is not said.
func in(en, fr, ar, th string) Text {
	out := Text{"en": en}
	for l, s := range map[string]string{"fr": fr, "ar": ar, "th": th} {
		if s != "" {
			out[l] = s
		}
	}
	return out
}

// orvanelle are the sheets of Orvanelle Laboratories.
var orvanelle = []Sheet{perfume, lipstick, silk, masks, capsules, painkiller, labels}

var (
	perfumeBox = carton{ground: 0x1d2b4f, deep: 0x17223f, ink: 0xf2ead2, brand: "ORVANELLE", name: "Eau de parfum No. 4", more: "50 ml  1.7 FL OZ",
		gtin: "9521470011187", batch: "7B 0412 A  EXP 2021-06"}
	perfumeGlass = bottle{juice: 0xf3d8a0, dark: 0xd9a95a, cap: 0x1d2b4f, ink: 0x23305a, brand: "ORVANELLE", name: "No. 4"}
)

var perfume = Sheet{Holder: "ORVANELLE", Brand: "ORVANELLE", Category: "COS", HS: []string{"330300"}, GTINs: []string{"9521470011187"}, Model: "ORV-P4-50",
	Name: in("Orvanelle No. 4, eau de parfum, 50 ml", "Orvanelle N° 4, eau de parfum, 50 ml", "أورفانيل رقم 4، ماء عطر، 50 مل", "ออร์วาแนลล์ หมายเลข 4 โอ เดอ พาร์ฟูม 50 มล."),
	Description: in("Eau de parfum in a square bottle of thick glass with a dark blue cap, in a dark blue carton with gilt edging. Filled at one place only; sold in perfumeries, never by mail order.",
		"Eau de parfum en flacon carré de verre épais à bouchon bleu nuit, dans un étui bleu nuit à filet doré. Conditionnée en un seul lieu ; vendue en parfumerie, jamais par correspondance.",
		"ماء عطر في زجاجة مربعة من الزجاج السميك بغطاء أزرق داكن، داخل علبة زرقاء داكنة ذات إطار مذهّب. يُعبّأ في مكان واحد فقط، ويُباع في متاجر العطور ولا يُباع بالبريد أبداً.",
		"น้ำหอมในขวดแก้วหนาทรงสี่เหลี่ยมฝาสีน้ำเงินเข้ม บรรจุในกล่องสีน้ำเงินเข้มขอบทอง บรรจุจากโรงงานแห่งเดียว ขายในร้านน้ำหอมเท่านั้น ไม่ขายทางไปรษณีย์"),
	Packaging: in("Six cartons to a grey inner box, eight inner boxes to a shipping case. The case bears the batch in the same dots as the carton. The film round the carton is folded at the ends, never shrunk.",
		"Six étuis par boîte grise, huit boîtes par caisse. La caisse porte le lot dans les mêmes points que l’étui. Le film de l’étui est plié aux extrémités, jamais rétracté.",
		"ست علب في كل صندوق داخلي رمادي، وثمانية صناديق داخلية في كل كرتونة شحن. تحمل الكرتونة رقم التشغيلة بنقاط مماثلة لما على العلبة. غلاف العلبة الشفاف مطوي عند الطرفين وليس منكمشاً بالحرارة.",
		"หกกล่องต่อหนึ่งกล่องสีเทาด้านใน แปดกล่องด้านในต่อหนึ่งลังขนส่ง ลังพิมพ์เลขรุ่นผลิตเป็นจุดแบบเดียวกับบนกล่อง ฟิล์มหุ้มกล่องพับปลายทั้งสองด้าน ไม่ใช้ฟิล์มหด"),
	Handling: in("Flammable liquid: away from heat. Keep samples upright; do not spray to test.", "Liquide inflammable : tenir loin de la chaleur. Conserver les échantillons debout ; ne pas vaporiser pour essayer.",
		"سائل قابل للاشتعال: يُبعد عن الحرارة. تُحفظ العينات قائمة، ولا يُرش العطر لاختباره.", "ของเหลวไวไฟ เก็บห่างจากความร้อน วางตัวอย่างในแนวตั้ง ห้ามฉีดเพื่อทดสอบ"),
	Danger: in("Fakes analysed in 2016 contained methanol and a phthalate above the permitted level.", "Les contrefaçons analysées en 2016 contenaient du méthanol et un phtalate au-delà du seuil admis.",
		"احتوت النسخ المقلدة التي حُللت في عام 2016 على الميثانول وعلى أحد الفثالات بما يتجاوز الحد المسموح به.", "ของปลอมที่ตรวจวิเคราะห์ในปี 2559 พบเมทานอลและพทาเลตเกินระดับที่อนุญาต"),
	Features: []Feature{
		{Title: in("Seal on the front of the carton", "Sceau sur la face de l’étui", "الختم على واجهة العلبة", "ตราประทับด้านหน้ากล่อง"),
			Genuine: in("Gilt, embossed so that a fingernail catches on it; 36 teeth; exactly below the middle of the name.", "Doré et gaufré : l’ongle l’accroche ; 36 dents ; exactement sous le milieu du nom.", "مذهّب وبارز يُحس بطرف الظفر، له 36 سناً، ويقع تماماً تحت منتصف الاسم.", "สีทองปั๊มนูน ใช้เล็บขูดแล้วสะดุด มี 36 ฟัน อยู่ใต้กึ่งกลางชื่อพอดี"),
			Fake:    in("Printed flat in dull brown, 3 to 4 mm right of the middle.", "Imprimé à plat, brun terne, décalé de 3 à 4 mm à droite.", "مطبوع مسطحاً بلون بني باهت ومزاح 3 إلى 4 مم إلى يمين الناظر.", "พิมพ์เรียบสีน้ำตาลหม่น เยื้องไปทางขวา 3–4 มม."),
			Spots:   []Spot{apart(1, 342, 669, 370, 669, 150)}},
		{Title: in("Letters of the brand", "Lettres de la marque", "حروف العلامة", "ตัวอักษรชื่อตรา"),
			Genuine: in("Thin, widely spaced, hot-foiled: they change from light to dark gold when the carton is tilted.", "Fines, très espacées, dorées à chaud : elles passent de l’or clair à l’or foncé quand on incline l’étui.", "رفيعة ومتباعدة ومطبوعة برقاقة ذهبية ساخنة، يتدرج لونها من الذهبي الفاتح إلى الداكن عند إمالة العلبة.", "บาง เว้นช่องไฟกว้าง ปั๊มฟอยล์ร้อน เมื่อเอียงกล่องสีทองเปลี่ยนจากอ่อนเป็นเข้ม"),
			Fake:    in("Bold and close together, in yellow ink that does not change.", "Grasses et serrées, à l’encre jaune qui ne change pas.", "عريضة ومتقاربة بحبر أصفر لا يتغير.", "ตัวหนาชิดกัน ใช้หมึกสีเหลืองซึ่งไม่เปลี่ยนสี"),
			Spots:   []Spot{spot(1, 342, 292, 270)}},
		{Title: in("Gilt edging", "Filet doré", "الإطار المذهّب", "เส้นขอบทอง"),
			Genuine: in("Two lines, the same distance from all four edges.", "Deux filets, à égale distance des quatre bords.", "خطان على مسافة واحدة من الحواف الأربع.", "สองเส้น ห่างจากขอบทั้งสี่ด้านเท่ากัน"),
			Fake:    in("Shifted to the right by about 1 mm.", "Décalé d’environ 1 mm vers la droite.", "مزاح نحو 1 مم إلى يمين الناظر.", "เลื่อนไปทางขวาประมาณ 1 มม."),
			Spots:   []Spot{apart(1, 157, 400, 164, 400, 50)}},
		{Title: in("Batch line on the side", "Ligne de lot sur le côté", "سطر التشغيلة على الجانب", "บรรทัดเลขรุ่นผลิตด้านข้าง"),
			Genuine: in("Sprayed in round dots after packing: year, letter, four digits, letter.", "Projetée en points ronds après l’emballage : année, lettre, quatre chiffres, lettre.", "مرشوش بنقاط دائرية بعد التعبئة: رقم السنة ثم حرف ثم أربعة أرقام ثم حرف.", "พ่นเป็นจุดกลมหลังบรรจุ เรียงเป็นเลขปี ตัวอักษร ตัวเลขสี่หลัก และตัวอักษร"),
			Fake:    in("Printed in bold with the rest of the carton; the same number on every carton.", "Imprimée en gras avec le reste de l’étui ; le même numéro partout.", "مطبوع بخط عريض مع بقية العلبة، والرقم نفسه على كل علبة.", "พิมพ์ตัวหนาพร้อมกล่อง และเป็นเลขเดียวกันทุกกล่อง"),
			Spots:   []Spot{spot(1, 721, 501, 240)}},
		{Title: in("Name on the bottle", "Nom sur le flacon", "الاسم على الزجاجة", "ชื่อบนขวด"),
			Genuine: in("Fired onto the glass: cannot be scratched off.", "Émaillé sur le verre : ne se gratte pas.", "مثبت على الزجاج بالحرق ولا يمكن كشطه.", "พิมพ์เผาติดเนื้อแก้ว ขูดไม่ออก"),
			Fake:    in("A paper label, often slanting.", "Une étiquette en papier, souvent de travers.", "ملصق ورقي مائل في الغالب.", "ฉลากกระดาษ มักติดเอียง"),
			Spots:   []Spot{spot(2, 500, 590, 270)}},
		{Title: in("Base of the bottle and tube", "Fond du flacon et tube plongeur", "قاعدة الزجاجة وأنبوبها", "ก้นขวดและหลอด"),
			Genuine: in("Level glass base of 9 mm; the tube is straight, hardly seen, and just clears the base.", "Fond de verre plan de 9 mm ; tube droit, à peine visible, qui effleure le fond.", "قاعدة زجاجية مستوية سُمكها 9 مم، والأنبوب مستقيم يكاد لا يُرى ويلامس القاعدة تقريباً.", "ก้นแก้วเรียบหนา 9 มม. หลอดตรงแทบมองไม่เห็นและเกือบแตะก้นขวด"),
			Fake:    in("Thin and slanting base; the tube is too long and bends.", "Fond mince et penché ; tube trop long qui se courbe.", "قاعدة رقيقة ومائلة، والأنبوب أطول من اللازم ومنحنٍ.", "ก้นบางและเอียง หลอดยาวเกินไปจนโค้งงอ"),
			Spots:   []Spot{spot(2, 500, 815, 110), apart(2, 500, 740, 590, 745, 80)}},
		{Title: in("Collar below the cap", "Bague sous le bouchon", "الطوق تحت الغطاء", "ปลอกคอขวดใต้ฝา"),
			Genuine: in("The cap sits on the gilt collar without a gap; an O is sunk into the cap.", "Le bouchon repose sur la bague dorée sans jour ; un O y est gravé en creux.", "يستقر الغطاء على الطوق المذهّب دون فراغ، وعليه حرف O غائر.", "ฝาแนบกับปลอกคอสีทองไม่มีช่อง และมีตัว O บนฝา"),
			Fake:    in("A gap of 2 mm in which the pump shows; no O.", "Un jour de 2 mm laisse voir la pompe ; pas de O.", "فراغ مقداره 2 مم تظهر منه المضخة، ولا يوجد حرف O.", "มีช่อง 2 มม. มองเห็นหัวปั๊ม ไม่มีตัว O"),
			Spots:   []Spot{apart(2, 500, 225, 500, 208, 90), apart(2, 500, 290, 500, 276, 110)}},
		{Title: in("Underside", "Dessous du flacon", "أسفل الزجاجة", "ใต้ก้นขวด"),
			Genuine: in("Brand, content and mould number are sunk into the glass.", "La marque, la contenance et le numéro de moule sont en creux dans le verre.", "اسم العلامة والسعة ورقم القالب محفورة في الزجاج.", "ชื่อตรา ปริมาตร และเลขแม่พิมพ์จมลงในเนื้อแก้ว"),
			Fake:    in("Smooth glass with a paper label; no mould number.", "Verre lisse et étiquette en papier ; pas de numéro de moule.", "زجاج أملس عليه ملصق ورقي ولا يوجد رقم قالب.", "แก้วเรียบติดฉลากกระดาษ ไม่มีเลขแม่พิมพ์"),
			Spots:   []Spot{spot(3, 500, 456, 280), {3, [2]int{500, 628}, [2]int{-1, -1}, 150}}},
	},
	Pairs: []Pair{
		{Caption: in("Carton, front and side", "Étui, face et côté", "العلبة من الأمام والجانب", "กล่องด้านหน้าและด้านข้าง"), Draw: perfumeBox.drawn},
		{Caption: in("Bottle", "Flacon", "الزجاجة", "ขวด"), Draw: perfumeGlass.drawn},
		{Caption: in("Bottle from below", "Flacon vu de dessous", "الزجاجة من الأسفل", "ขวดมองจากด้านล่าง"), Draw: perfumeGlass.underside},
	},
	Routes:  [][4]string{{"XF", "", "XB", "sea"}, {"XF", "XW", "XJ", "air"}, {"XF", "XH", "XT", "sea"}, {"XF", "", "XA", "air"}},
	Traders: [][4]string{{"maker", "Orvanelle Laboratories", "XF", "yes"}, {"distributor", "Maison Tervael Diffusion", "XB", "yes"}, {"importer", "Narumiko Parfumerie", "XJ", "yes"}, {"distributor", "Zafra Beauty Trading", "XA", "yes"}, {"not-authorised", "Bellorine Export House", "XY", "no"}},
	Covert: []Feature{{Title: in("Second image in the gold of the seal", "Seconde image dans l’or du sceau", "صورة ثانية في ذهب الختم", "ภาพซ้อนในสีทองของตรา"),
		Genuine: in("Under a lamp held at 30 degrees a wave appears across the hologram at its left.", "Sous une lampe inclinée à 30 degrés, une onde traverse l’hologramme à gauche.", "تحت مصباح مائل بزاوية 30 درجة تظهر موجة تعبر الصورة المجسمة في يسارها.", "เมื่อส่องไฟเอียง 30 องศา จะเห็นเส้นคลื่นพาดผ่านโฮโลแกรมด้านซ้าย")}},
	Valid: "2018-06-30", Published: "2016-10-24T02:30", Revised: "2017-01-19T23:40", RevisedNote: "Picture of the underside added; fakes with a flat seal were seen in the mail."}
