package sheet

// on gives features of another sheet with their spots on another pair.
func on(pair int, all []Feature) []Feature {
	var out []Feature
	for _, f := range all {
		spots := f.Spots
		f.Spots = nil
		for _, s := range spots {
			s.Pair = pair
			f.Spots = append(f.Spots, s)
		}
		out = append(out, f)
	}
	return out
}

func box(draw func(bool) []byte) Pair {
	return Pair{Caption: in("Carton, front and side", "Étui, face et côté", "العلبة من الأمام والجانب", "กล่องด้านหน้าและด้านข้าง"), Draw: draw}
}

var (
	giltSeal   = perfume.Features[:4] // what every carton of a luxury brand shows
	drySeal    = tablets.Features[4:] // and every one of a medicine
	foilMarks  = []Feature{tablets.Features[0], tablets.Features[1], tablets.Features[3]}
	keepDry    = in("Keep dry and away from the sun; leave the packing closed.", "Garder au sec, à l’abri du soleil ; ne pas ouvrir l’emballage.", "يُحفظ جافاً بعيداً عن الشمس ولا يُفتح الغلاف.", "เก็บในที่แห้ง พ้นแดด และอย่าเปิดบรรจุภัณฑ์")
	sealedCase = in("Twelve to an inner box; the shipping case bears the batch of its cartons.", "Douze par boîte ; la caisse porte le lot de ses étuis.", "اثنتا عشرة قطعة في كل صندوق داخلي، وتحمل كرتونة الشحن رقم تشغيلة علبها.", "กล่องด้านในละสิบสองชิ้น ลังขนส่งมีเลขรุ่นผลิตเดียวกับกล่อง")
)

var lipstick = Sheet{Holder: "ORVANELLE", Brand: "ORVANELLE", Category: "COS", HS: []string{"330410"}, GTINs: []string{"9521470022367"}, Model: "ORV-RL-07",
	Name:        in("Orvanelle Rouge, lipstick, shade 07", "Orvanelle Rouge, rouge à lèvres, teinte 07", "أورفانيل روج، أحمر شفاه، درجة 07", "ลิปสติกออร์วาแนลล์ รูจ สี 07"),
	Description: in("Lipstick in a red carton with gilt edging.", "Rouge à lèvres en étui rouge à filet doré.", "أحمر شفاه في علبة حمراء ذات إطار مذهّب.", "ลิปสติกในกล่องสีแดงขอบทอง"), Packaging: sealedCase, Handling: keepDry,
	Danger:   in("Fakes contained lead.", "Les faux contenaient du plomb.", "احتوت النسخ المقلدة على الرصاص.", "ของปลอมพบสารตะกั่ว"),
	Features: giltSeal, Pairs: []Pair{box(carton{ground: 0x8c1730, deep: 0x6d1025, ink: 0xf8e8d8, brand: "ORVANELLE", name: "Rouge  07", more: "3.5 g", gtin: "9521470022367", batch: "6K 0907 C  EXP 2020-03"}.drawn)},
	Routes: [][4]string{{"XF", "", "XB", "air"}, {"XF", "", "XM", "air"}}, Traders: [][4]string{{"maker", "Orvanelle Laboratories", "XF", "yes"}, {"distributor", "Maison Tervael Diffusion", "XB", "yes"}},
	Valid: "2017-02-12", Published: "2016-10-26T01:10"}

var silk = Sheet{Holder: "ORVANELLE", Brand: "ORVANELLE SOIE", Category: "ACC", HS: []string{"621410"}, GTINs: []string{"9521470033547"}, Model: "OS-90-CERCLES",
	Name:        in("Orvanelle Soie, silk scarf, 90 cm", "Orvanelle Soie, carré de soie, 90 cm", "أورفانيل سوا، وشاح حرير، 90 سم", "ผ้าพันคอไหม ออร์วาแนลล์ ซัว 90 ซม."),
	Description: in("Square of silk twill, printed on both sides, with a woven label near one corner.", "Carré de twill de soie imprimé sur les deux faces, étiquette tissée près d’un coin.", "مربع من حرير التويل مطبوع على الوجهين، عليه بطاقة منسوجة قرب أحد الأركان.", "ผ้าไหมทวิลสี่เหลี่ยม พิมพ์สองด้าน มีป้ายทอใกล้มุม"), Packaging: sealedCase, Handling: keepDry,
	Features: []Feature{
		{Title: in("Hem", "Ourlet", "الحاشية", "ชายผ้า"), Genuine: in("Rolled by hand towards the front; plump, with slanting stitches in the colour of the silk.", "Roulotté à la main vers l’endroit ; bombé, points obliques de la couleur de la soie.", "ملفوفة يدوياً نحو الوجه، ممتلئة، بغرز مائلة من لون الحرير.", "ม้วนด้วยมือเข้าหาด้านหน้า นูน ฝีเข็มเฉียงสีเดียวกับผ้า"),
			Fake: in("Flat, sewn by machine with pale thread.", "Plat, piqué à la machine au fil clair.", "مسطحة ومخيطة آلياً بخيط فاتح.", "แบน เย็บจักรด้วยด้ายสีอ่อน"), Spots: []Spot{spot(1, 500, 175, 120), spot(1, 176, 600, 100)}},
		{Title: in("Stitches of the label", "Points de l’étiquette", "غرز البطاقة", "ฝีเข็มของป้าย"), Genuine: in("Nine dark red stitches at each end.", "Neuf points rouge foncé à chaque extrémité.", "تسع غرز حمراء داكنة عند كل طرف.", "ปลายละเก้าฝีเข็ม ด้ายสีแดงเข้ม"),
			Fake: in("Five white ones.", "Cinq points blancs.", "خمس غرز بيضاء.", "ห้าฝีเข็ม ด้ายขาว"), Spots: []Spot{spot(1, 357, 489, 70), spot(1, 593, 489, 70)}}},
	Pairs:  []Pair{{Caption: in("Corner with label", "Coin et étiquette", "الركن والبطاقة", "มุมผ้าและป้าย"), Draw: scarf}},
	Routes: [][4]string{{"XF", "", "XJ", "air"}, {"XF", "", "XM", "air"}}, Traders: [][4]string{{"maker", "Orvanelle Laboratories", "XF", "yes"}, {"importer", "Narumiko Parfumerie", "XJ", "yes"}},
	Valid: "2018-09-30", Published: "2016-11-15T23:05"}

var masks = Sheet{Holder: "ORVANELLE", Brand: "ORVANELLE SOIE", Category: "COS", HS: []string{"330499"}, GTINs: []string{"9521470044727"}, Model: "OS-MSK-5",
	Name:        in("Orvanelle Soie face packs, box of five", "Masques Orvanelle Soie, boîte de cinq", "أقنعة أورفانيل سوا للوجه، علبة من خمسة", "แผ่นมาส์กหน้า ออร์วาแนลล์ ซัว กล่องละห้าแผ่น"),
	Description: in("Five moist cloth masks in a pale green carton.", "Cinq masques en tissu imprégné dans un étui vert pâle.", "خمسة أقنعة قماشية رطبة في علبة خضراء فاتحة.", "แผ่นมาส์กผ้าชุ่มเซรั่มห้าแผ่นในกล่องสีเขียวอ่อน"), Packaging: sealedCase, Handling: keepDry,
	Danger:   in("Fakes were contaminated with bacteria.", "Les faux étaient contaminés par des bactéries.", "كانت النسخ المقلدة ملوثة بالبكتيريا.", "ของปลอมปนเปื้อนแบคทีเรีย"),
	Features: giltSeal, Pairs: []Pair{box(carton{ground: 0x4f6f5c, deep: 0x3e5a4a, ink: 0xf4f1e2, brand: "ORVANELLE", name: "Soie  face packs", more: "5 x 22 ml", gtin: "9521470044727", batch: "6L 1120 B  EXP 2018-11"}.drawn)},
	Routes: [][4]string{{"XM", "", "XJ", "sea"}, {"XM", "", "XT", "sea"}}, Traders: [][4]string{{"licensee", "Haedal Skin Works", "XM", "yes"}},
	Valid: "2018-04-30", Published: "2016-10-31T04:00", Misled: []string{"Cartons of the winter edition have a silver seal; they are genuine.", "Silver seal again: released after the holder’s answer.", "Le sceau argenté n’est pas décrit ; deux jours perdus."}}

var capsules = Sheet{Holder: "ORVANELLE", Brand: "ZYLOTHRENE", Category: "PHA", HS: []string{"300420"}, GTINs: []string{"9521470055907"}, Model: "ZYL-500-10",
	Name:        in("ZYLOTHRENE 500 mg, 10 capsules", "ZYLOTHRENE 500 mg, 10 gélules", "زيلوثرين 500 ملغ، 10 كبسولات", "ไซโลทรีน 500 มก. 10 แคปซูล"),
	Description: in("Antibiotic capsules, dark red and cream, ten to a blister.", "Gélules d’antibiotique, bordeaux et crème, dix par plaquette.", "كبسولات مضاد حيوي بلون أحمر داكن وقشدي، عشر في كل شريط.", "แคปซูลยาปฏิชีวนะสีแดงเข้มและครีม แผงละสิบแคปซูล"), Packaging: sealedCase, Handling: tablets.Handling,
	Danger: in("Fakes held chalk and no active substance: infections stay untreated.", "Les faux contenaient de la craie, sans principe actif : l’infection n’est pas traitée.", "احتوت النسخ المقلدة على الطباشير دون مادة فعالة فتبقى العدوى بلا علاج.", "ยาปลอมมีแต่ผงแป้งไม่มีตัวยา การติดเชื้อจึงไม่ได้รับการรักษา"),
	Features: append([]Feature{{Title: in("Ring on the capsule", "Bague de la gélule", "حلقة الكبسولة", "แถบบนแคปซูล"), Genuine: in("A red ring runs round the cream half; ZYL in upright letters.", "Une bague rouge entoure la moitié crème ; ZYL en lettres maigres.", "حلقة حمراء حول النصف القشدي، وكتابة ZYL بحروف رفيعة.", "มีแถบแดงรอบซีกสีครีม และอักษร ZYL ตัวบาง"),
		Fake: in("No ring; ZYL smaller and bold.", "Pas de bague ; ZYL plus petit et gras.", "لا حلقة، وكتابة ZYL أصغر وأعرض.", "ไม่มีแถบ อักษร ZYL เล็กและหนากว่า"), Spots: []Spot{spot(1, 358, 378, 70)}}}, append(on(1, foilMarks), on(2, drySeal)...)...),
	Pairs: []Pair{{Caption: in("Blister", "Plaquette", "شريط الكبسولات", "แผงยา"), Draw: blister{cap: 0x8d2741, body: 0xf3e3c8, print: 0x8d2741, brand: "ZYLOTHRENE", dose: "500 mg", batch: "LOT 5H093 EXP 11 2019"}.drawn},
		box(carton{ground: 0xfbfaf7, deep: 0x7a1f37, ink: 0x4a1526, brand: "ZYLOTHRENE", name: "500 mg", more: "10 capsules", medicine: true, band: 0xb5445f, gtin: "9521470055907", batch: "L 5H093  EXP 11 2019"}.drawn)},
	Routes: [][4]string{{"XF", "", "XB", "air"}, {"XF", "XW", "XT", "air"}}, Traders: [][4]string{{"maker", "Orvanelle Laboratories", "XF", "yes"}, {"importer", "Thara Osoth Supply", "XT", "yes"}, {"not-authorised", "Lantern Gate Wellness", "XY", "no"}},
	CovertPair: &Pair{Caption: in("Label of the shipping case", "Étiquette de la caisse", "ملصق كرتونة الشحن", "ฉลากลังขนส่ง"), Draw: hologram},
	Covert:     []Feature{{Title: in("Wave in the hologram", "Onde de l’hologramme", "موجة الصورة المجسمة", "คลื่นในโฮโลแกรม"), Genuine: in("Seven fine lines cross it at its upper third.", "Sept lignes fines la traversent au tiers supérieur.", "سبعة خطوط دقيقة تعبر ثلثها العلوي.", "เส้นละเอียดเจ็ดเส้นพาดผ่านส่วนบน"), Fake: in("None.", "Aucune.", "لا توجد.", "ไม่มี"), Spots: []Spot{spot(1, 333, 370, 230)}}},
	Valid:      "2018-12-31", Published: "2016-12-05T00:40", Revised: "2017-02-13T21:30", RevisedNote: "Recalled batch 5H093 is shown."}

var painkiller = Sheet{Holder: "ORVANELLE", Brand: "ZYLOTHRENE", Category: "PHA", HS: []string{"300490"}, GTINs: []string{"9521470067085"}, Model: "ZYL-P-200",
	Name:        in("ZYLOTHRENE P 200 mg, 10 tablets", "ZYLOTHRENE P 200 mg, 10 comprimés", "زيلوثرين P 200 ملغ، 10 أقراص", "ไซโลทรีน P 200 มก. 10 เม็ด"),
	Description: in("White pain-relief tablets in a blister of ten.", "Comprimés antidouleur blancs sous plaquette de dix.", "أقراص بيضاء مسكنة في شريط من عشرة.", "ยาเม็ดแก้ปวดสีขาว แผงละสิบเม็ด"), Packaging: sealedCase, Handling: tablets.Handling, Features: on(1, foilMarks),
	Pairs:  []Pair{{Caption: in("Blister", "Plaquette", "شريط الأقراص", "แผงยา"), Draw: blister{body: 0xf4f2ec, tablet: true, print: 0x8d2741, brand: "ZYLOTHRENE P", dose: "200 mg", batch: "LOT 6M014 EXP 02 2020"}.drawn}},
	Routes: [][4]string{{"XF", "", "XA", "air"}}, Traders: [][4]string{{"maker", "Orvanelle Laboratories", "XF", "yes"}}, Valid: "2018-12-31", Published: "2017-01-09T22:20", Countries: []string{"XA", "XF", "XB"}}

var labels = Sheet{Holder: "ORVANELLE", Brand: "ORVANELLE", Category: "PKG", HS: []string{"482110"}, Model: "ORV-SEC-3",
	Name:        in("Orvanelle security label", "Étiquette de sécurité Orvanelle", "ملصق أمان أورفانيل", "ฉลากนิรภัยออร์วาแนลล์"),
	Description: in("Label with a hologram, on every shipping case. It is never shipped loose: loose labels are always fake or stolen.", "Étiquette à hologramme posée sur chaque caisse. Jamais expédiée seule : en vrac, elle est fausse ou volée.", "ملصق بصورة مجسمة على كل كرتونة شحن. لا يُشحن منفرداً أبداً، فالملصقات السائبة مقلدة أو مسروقة.", "ฉลากโฮโลแกรมติดทุกลัง ไม่เคยส่งแยก ฉลากที่ส่งแยกเป็นของปลอมหรือถูกขโมยเสมอ"),
	Handling:    keepDry, Features: []Feature{
		{Title: in("Colours of the hologram", "Couleurs de l’hologramme", "ألوان الصورة المجسمة", "สีของโฮโลแกรม"), Genuine: in("All colours run across when the label is tilted to the left.", "Toutes les couleurs défilent quand on incline à gauche.", "تتحرك كل الألوان عند الإمالة إلى اليسار.", "สีไล่ครบทุกสีเมื่อเอียงซ้าย"), Fake: in("Grey mirror.", "Miroir gris.", "سطح رمادي عاكس.", "เงาสีเทา"), Spots: []Spot{spot(1, 333, 600, 170)}},
		{Title: in("Number", "Numéro", "الرقم", "หมายเลข"), Genuine: in("Level, in letters of equal width.", "De niveau, chasse fixe.", "مستوٍ بحروف متساوية العرض.", "แนวตรง ตัวอักษรกว้างเท่ากัน"), Fake: in("Slanting and bold; the same on all labels.", "Penché et gras ; le même partout.", "مائل وعريض ومتكرر على كل الملصقات.", "เอียง ตัวหนา เลขซ้ำกันทุกแผ่น"), Spots: []Spot{spot(1, 633, 608, 270)}}},
	Pairs: []Pair{{Caption: in("Label", "Étiquette", "الملصق", "ฉลาก"), Draw: hologram}}, Traders: [][4]string{{"maker", "Orvanelle Laboratories", "XF", "yes"}, {"not-authorised", "Baitan Print Works", "XY", "no"}}, Valid: "2018-06-30", Published: "2017-02-03T01:15"}

var contactLenses = Sheet{Holder: "QUENBROOK", Brand: "LENSORVE", Category: "MED", HS: []string{"900130"}, GTINs: []string{"9527600022368"}, Model: "LSV-M6",
	Name:        in("LENSORVE monthly contact lenses", "Lentilles mensuelles LENSORVE", "عدسات لينسورف اللاصقة الشهرية", "คอนแทคเลนส์รายเดือนเลนซอร์ฟ"),
	Description: in("Soft lenses in single sterile packs, six to a carton.", "Lentilles souples en emballages stériles individuels, six par étui.", "عدسات لينة في عبوات معقمة مفردة، ست في كل علبة.", "เลนส์นิ่มบรรจุปลอดเชื้อแยกชิ้น กล่องละหกชิ้น"), Packaging: sealedCase, Handling: keepDry, Danger: in("Fakes are not sterile: they can blind.", "Les faux ne sont pas stériles : risque de cécité.", "النسخ المقلدة غير معقمة وقد تسبب العمى.", "ของปลอมไม่ปลอดเชื้อ อาจทำให้ตาบอด"),
	Features: append([]Feature{
		{Title: in("Grip for the thumb", "Prise pour le pouce", "موضع الإبهام", "ที่จับสำหรับนิ้วโป้ง"), Genuine: in("Ridges across the lower right corner.", "Stries en travers du coin inférieur droit.", "نتوءات مائلة في الركن السفلي الأيمن.", "สันนูนพาดมุมล่างขวา"), Fake: in("A smooth corner.", "Coin lisse.", "ركن أملس.", "มุมเรียบ"), Spots: []Spot{spot(1, 450, 744, 95)}},
		{Title: in("Power", "Puissance", "القوة", "ค่าสายตา"), Genuine: in("At the lower left, in letters of equal width.", "En bas à gauche, chasse fixe.", "في أسفل اليسار بحروف متساوية العرض.", "มุมล่างซ้าย ตัวอักษรกว้างเท่ากัน"), Fake: in("In bold on the foil.", "En gras sur l’opercule.", "بخط عريض على الرقاقة.", "ตัวหนาบนฟอยล์"), Spots: []Spot{apart(1, 155, 756, 296, 328, 130)}}}, on(2, drySeal)...),
	Pairs: []Pair{{Caption: in("Single packs", "Emballages individuels", "عبوات مفردة", "บรรจุภัณฑ์รายชิ้น"), Draw: lenses},
		box(carton{ground: 0xf7fbfd, deep: 0x1d6a84, ink: 0x16485c, brand: "LENSORVE", name: "monthly  -2.25", more: "6 lenses", medicine: true, band: 0x56b4d0, gtin: "9527600022368", batch: "L 6N551  EXP 08 2020"}.drawn)},
	Routes: [][4]string{{"XW", "", "XJ", "air"}, {"XW", "QM", "XT", "sea"}}, Traders: [][4]string{{"maker", "Quenbrook Thale", "XW", "yes"}, {"distributor", "Senandi Optic Supply", "QM", "yes"}}, Valid: "2018-10-31", Published: "2016-11-21T03:35"}

var thermometer = Sheet{Holder: "QUENBROOK", Brand: "LENSORVE", Category: "MED", HS: []string{"902519"}, GTINs: []string{"9527600033548"}, Model: "LSV-T2",
	Name:        in("LENSORVE T2 clinical thermometer", "Thermomètre médical LENSORVE T2", "ميزان حرارة طبي لينسورف T2", "เครื่องวัดอุณหภูมิเลนซอร์ฟ T2"),
	Description: in("Digital thermometer in a white and green carton.", "Thermomètre numérique en étui blanc et vert.", "ميزان حرارة رقمي في علبة بيضاء وخضراء.", "เครื่องวัดอุณหภูมิดิจิทัลในกล่องขาวเขียว"), Packaging: sealedCase, Handling: keepDry, Features: on(1, drySeal),
	Pairs:  []Pair{box(carton{ground: 0xfbfbf8, deep: 0x1f7f78, ink: 0x153c44, brand: "LENSORVE", name: "T2 thermometer", more: "0.1 °C", medicine: true, band: 0x2aa79b, gtin: "9527600033548", batch: "L 7A020"}.drawn)},
	Routes: [][4]string{{"XW", "", "XB", "sea"}}, Traders: [][4]string{{"maker", "Quenbrook Thale", "XW", "yes"}}, Valid: "2018-03-31", Published: "2016-12-12T02:50"}

var cake = Sheet{Holder: "QUENBROOK", Brand: "QUENTHALE", Category: "COS", HS: []string{"340111"}, GTINs: []string{"9527600044728"}, Model: "QT-S-125",
	Name:        in("QUENTHALE toilet soap, 125 g", "Savon de toilette QUENTHALE, 125 g", "صابون كوينثيل، 125 غ", "สบู่เควนเทล 125 กรัม"),
	Description: in("Pale green milled soap in a paper wrapper.", "Savon vert pâle sous papier.", "صابون أخضر فاتح في غلاف ورقي.", "สบู่สีเขียวอ่อนห่อกระดาษ"), Packaging: sealedCase, Handling: keepDry,
	Features: []Feature{
		{Title: in("Brand in the soap", "Marque dans le savon", "العلامة على الصابونة", "ชื่อตราบนก้อนสบู่"), Genuine: in("Deep, thin, widely spaced letters.", "Lettres profondes, fines, espacées.", "حروف عميقة رفيعة متباعدة.", "ตัวอักษรลึก บาง เว้นห่าง"), Fake: in("Shallow and bold.", "Peu profondes et grasses.", "ضحلة وعريضة.", "ตื้นและหนา"), Spots: []Spot{spot(1, 500, 475, 400)}},
		{Title: in("Star below the brand", "Étoile sous la marque", "النجمة تحت العلامة", "ดาวใต้ชื่อตรา"), Genuine: in("Eight points, raised.", "Huit branches, en relief.", "بارزة بثمانية رؤوس.", "แปดแฉก นูน"), Fake: in("Missing.", "Absente.", "غير موجودة.", "ไม่มี"), Spots: []Spot{{1, [2]int{500, 594}, [2]int{-1, -1}, 90}}},
		{Title: in("Line of the mould", "Trait de moule", "أثر القالب", "รอยแม่พิมพ์"), Genuine: in("None: the cake is milled.", "Aucun : le savon est extrudé.", "لا يوجد.", "ไม่มี"), Fake: in("Raised along the lower side.", "Saillant le long du bas.", "بارز على الجانب السفلي.", "นูนตามด้านล่าง"), Spots: []Spot{spot(1, 500, 689, 90)}}},
	Pairs:  []Pair{{Caption: in("Cake of soap", "Savon", "الصابونة", "ก้อนสบู่"), Draw: soap}},
	Routes: [][4]string{{"QM", "", "XT", "road"}, {"QM", "", "XB", "sea"}}, Traders: [][4]string{{"licensee", "Rawela Soap Works", "QM", "yes"}}, Valid: "2018-05-31", Published: "2017-01-16T05:05"}

var marine = Sheet{Holder: "QUENBROOK", Brand: "QUENTHALE", Category: "COS", HS: []string{"330300"}, GTINs: []string{"9527600055908"}, Model: "QT-MA-100",
	Name:        in("QUENTHALE Marine, eau de toilette, 100 ml", "QUENTHALE Marine, eau de toilette, 100 ml", "كوينثيل مارين، ماء تواليت، 100 مل", "เควนเทล มารีน โอ เดอ ทอยเล็ตต์ 100 มล."),
	Description: in("Eau de toilette in a bottle with round shoulders, in a teal carton.", "Eau de toilette en flacon arrondi, étui bleu canard.", "ماء تواليت في زجاجة مستديرة الأكتاف داخل علبة بلون أزرق مخضر.", "โอ เดอ ทอยเล็ตต์ในขวดไหล่มน กล่องสีเขียวน้ำทะเล"), Packaging: sealedCase, Handling: perfume.Handling,
	Features: append(on(1, giltSeal), on(2, perfume.Features[4:5])...),
	Pairs: []Pair{box(carton{ground: 0x0f5257, deep: 0x0b3f43, ink: 0xe9f5f2, brand: "QUENTHALE", name: "Marine", more: "100 ml", gtin: "9527600055908", batch: "7A 0031 D  EXP 2021-01"}.drawn),
		{Caption: in("Bottle", "Flacon", "الزجاجة", "ขวด"), Draw: bottle{juice: 0xbfe6e4, dark: 0x69b5b8, cap: 0x0f3f45, ink: 0x0d3c42, brand: "QUENTHALE", name: "Marine", round: true}.drawn}},
	Routes: [][4]string{{"XW", "", "XB", "sea"}, {"XW", "XH", "XY", "sea"}}, Traders: [][4]string{{"maker", "Quenbrook Thale", "XW", "yes"}}, Valid: "2018-08-31", Published: "2017-02-01T04:25"}
