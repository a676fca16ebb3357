package sheet

// quenbrook are the sheets of Quenbrook Thale.
var quenbrook = []Sheet{tablets, contactLenses, thermometer, cake, marine}

var (
	tabletBox = carton{ground: 0xfbfbf8, deep: 0x1b5f96, ink: 0x15324f, brand: "BROVENTYL", name: "50 mg", more: "10 film-coated tablets", medicine: true, band: 0x4fa6dc,
		gtin: "9527600011188", batch: "L 6K217  EXP 11 2019"}
	tabletFoil = blister{body: 0x8fc7e8, tablet: true, print: 0x1f5f8f, brand: "BROVENTYL", dose: "50 mg", batch: "LOT 6K217 EXP 11 2019"}
)

var tablets = Sheet{Holder: "QUENBROOK", Brand: "BROVENTYL", Category: "PHA", HS: []string{"300490"}, GTINs: []string{"9527600011188"}, Model: "BRV-50-10",
	Name: in("BROVENTYL 50 mg, 10 tablets", "BROVENTYL 50 mg, 10 comprimés", "بروفنتيل 50 ملغ، 10 أقراص", "โบรเวนทิล 50 มก. 10 เม็ด"),
	Description: in("Round blue film-coated tablets in a blister of ten, one blister to a carton with a leaflet. On prescription only; never sold loose.",
		"Comprimés pelliculés ronds et bleus sous plaquette de dix, une plaquette par étui avec notice. Sur ordonnance seulement ; jamais vendus en vrac.",
		"أقراص زرقاء مستديرة مغلفة في شريط من عشرة، شريط واحد في كل علبة مع نشرة. تُصرف بوصفة طبية فقط ولا تُباع سائبة.",
		"ยาเม็ดกลมสีฟ้าเคลือบฟิล์ม แผงละสิบเม็ด กล่องละหนึ่งแผงพร้อมเอกสารกำกับยา ต้องมีใบสั่งแพทย์ ไม่ขายแบบไม่มีแผง"),
	Packaging: in("Ten cartons in clear film, twenty such bundles to a case. Carton and blister bear the same batch.", "Dix étuis sous film transparent, vingt fardeaux par caisse. L’étui et la plaquette portent le même lot.",
		"عشر علب في غلاف شفاف وعشرون رزمة في كل كرتونة. تحمل العلبة والشريط رقم التشغيلة نفسه.", "สิบกล่องต่อห่อฟิล์มใส ยี่สิบห่อต่อลัง กล่องและแผงมีเลขรุ่นผลิตเดียวกัน"),
	Handling: in("Wear gloves with broken tablets. Keep dry and below 30 °C; do not break blisters before a sample is drawn.", "Porter des gants si des comprimés sont cassés. Garder au sec, sous 30 °C ; ne pas ouvrir les plaquettes avant prélèvement.",
		"تُلبس القفازات عند التعامل مع أقراص مكسورة. تُحفظ في مكان جاف دون 30 درجة مئوية، ولا تُفتح الأشرطة قبل أخذ العينة.", "สวมถุงมือหากเม็ดยาแตก เก็บในที่แห้งต่ำกว่า 30 °C อย่าแกะแผงก่อนเก็บตัวอย่าง"),
	Danger: in("Fakes held between nothing and three times the stated dose: danger to life for people with a weak heart.", "Les faux contenaient de zéro à trois fois la dose indiquée : danger de mort pour les cardiaques.",
		"احتوت النسخ المقلدة على ما بين صفر وثلاثة أمثال الجرعة المذكورة، وهي خطر على حياة مرضى القلب.", "ยาปลอมมีตัวยาตั้งแต่ไม่มีเลยจนถึงสามเท่าของที่ระบุ อันตรายถึงชีวิตต่อผู้ป่วยโรคหัวใจ"),
	Features: []Feature{
		{Title: in("Knurled edge of the foil", "Bord molété de la feuille", "حافة الرقاقة المحززة", "ขอบฟอยล์มีรอยหยัก"),
			Genuine: in("44 raised strokes at the lower left edge; they can be felt.", "44 traits en relief en bas à gauche, sensibles au doigt.", "44 خطاً بارزاً عند الحافة السفلية اليسرى تُحس باللمس.", "ขีดนูน 44 ขีดที่ขอบล่างซ้าย สัมผัสได้ด้วยนิ้ว"),
			Fake:    in("None: the edge is smooth.", "Aucun : le bord est lisse.", "لا توجد: الحافة ملساء.", "ไม่มี ขอบเรียบ"), Spots: []Spot{spot(1, 300, 795, 170)}},
		{Title: in("Batch number", "Numéro de lot", "رقم التشغيلة", "เลขรุ่นผลิต"),
			Genuine: in("Stamped into the foil without ink: LOT, digit, letter, three digits; then EXP month year.", "Frappé dans la feuille sans encre : LOT, chiffre, lettre, trois chiffres, puis EXP mois année.", "مكبوس في الرقاقة بلا حبر: LOT ثم رقم وحرف وثلاثة أرقام، ثم EXP مع الشهر والسنة.", "ปั๊มลงบนฟอยล์โดยไม่ใช้หมึก: LOT ตัวเลข ตัวอักษร ตัวเลขสามหลัก แล้วตามด้วย EXP เดือน ปี"),
			Fake:    in("Printed in black typewriter letters.", "Imprimé en noir, en lettres de machine à écrire.", "مطبوع بحبر أسود بحروف تشبه الآلة الكاتبة.", "พิมพ์ด้วยหมึกดำแบบตัวพิมพ์ดีด"), Spots: []Spot{apart(1, 705, 797, 765, 797, 230)}},
		{Title: in("Score and bevel of the tablet", "Sécabilité et biseau du comprimé", "شطبة القرص وحافته المائلة", "ร่องแบ่งและขอบลาดของเม็ดยา"),
			Genuine: in("Bevelled rim, a score across, BR above it and 50 below.", "Bord biseauté, une rainure, BR au-dessus et 50 au-dessous.", "حافة مائلة وشطبة في الوسط، فوقها BR وتحتها 50.", "ขอบลาด มีร่องกลาง ด้านบนเป็น BR ด้านล่างเป็น 50"),
			Fake:    in("Rounded and blank.", "Bombé et sans marque.", "محدب وخالٍ من أي علامة.", "โค้งมนและไม่มีตัวอักษร"), Spots: []Spot{spot(1, 358, 322, 125)}},
		{Title: in("Print on the foil", "Impression de la feuille", "الطباعة على الرقاقة", "ตัวพิมพ์บนฟอยล์"),
			Genuine: in("Straight; two lines. The foil has a fine waffle pattern.", "Droite ; deux lignes. La feuille porte un fin quadrillage.", "مستقيمة في سطرين، وعلى الرقاقة نقش شبكي دقيق.", "ตรง มีสองบรรทัด ฟอยล์มีลายตารางละเอียด"),
			Fake:    in("Slanting; three lines, also along the lower edge. The foil is smooth.", "Penchée ; trois lignes, dont une au bord inférieur. La feuille est lisse.", "مائلة في ثلاثة أسطر أحدها عند الحافة السفلية، والرقاقة ملساء.", "เอียง มีสามบรรทัดรวมถึงริมขอบล่าง ฟอยล์เรียบ"), Spots: []Spot{spot(1, 500, 187, 220), spot(1, 880, 470, 40)}},
		{Title: in("Seal on the carton", "Sceau sur l’étui", "الختم على العلبة", "ตราบนกล่อง"),
			Genuine: in("Embossed without colour, in the middle of the board.", "Gaufré à sec, au milieu de la face.", "بارز بلا لون في وسط الواجهة.", "ปั๊มนูนไม่มีสี อยู่กึ่งกลางหน้ากล่อง"),
			Fake:    in("Printed flat in green-grey and off the centre.", "Imprimé à plat en gris-vert et décentré.", "مطبوع مسطحاً بلون رمادي مخضر ومزاح عن الوسط.", "พิมพ์เรียบสีเทาอมเขียวและเยื้องจากกึ่งกลาง"), Spots: []Spot{apart(2, 342, 669, 370, 669, 150)}},
		{Title: in("Braille", "Braille", "كتابة برايل", "อักษรเบรลล์"),
			Genuine: in("The first letters of the brand in raised dots below the seal at the left.", "Les premières lettres de la marque en points saillants, en bas à gauche.", "الحروف الأولى للعلامة بنقاط بارزة في أسفل اليسار.", "อักษรแรกของชื่อตราเป็นจุดนูนที่มุมล่างซ้าย"),
			Fake:    in("Missing.", "Absent.", "غير موجودة.", "ไม่มี"), Spots: []Spot{{2, [2]int{240, 785}, [2]int{-1, -1}, 150}}},
		{Title: in("Band and letters of the carton", "Bande et lettres de l’étui", "شريط العلبة وحروفها", "แถบสีและตัวอักษรบนกล่อง"),
			Genuine: in("Brand in heavy letters; the blue band is as wide at the left as at the right.", "Marque en lettres grasses ; la bande bleue est presque aussi large à gauche qu’à droite.", "اسم العلامة بحروف عريضة، والشريط الأزرق بعرض شبه متساوٍ في الجهتين.", "ชื่อตราเป็นตัวหนา แถบสีน้ำเงินกว้างเกือบเท่ากันทั้งสองข้าง"),
			Fake:    in("Thin letters; the band is narrower.", "Lettres maigres ; bande plus étroite.", "حروف رفيعة وشريط أضيق.", "ตัวบาง แถบแคบกว่า"), Spots: []Spot{spot(2, 275, 225, 260), spot(2, 200, 405, 90)}},
	},
	Pairs: []Pair{
		{Caption: in("Blister, foil side and pockets", "Plaquette", "شريط الأقراص", "แผงยา"), Draw: tabletFoil.drawn},
		{Caption: in("Carton, front and side", "Étui, face et côté", "العلبة من الأمام والجانب", "กล่องด้านหน้าและด้านข้าง"), Draw: tabletBox.drawn},
	},
	Routes:  [][4]string{{"XW", "", "XB", "air"}, {"XW", "XM", "XJ", "air"}, {"XW", "", "XQ", "sea"}, {"XW", "XH", "XA", "air"}},
	Traders: [][4]string{{"maker", "Quenbrook Thale", "XW", "yes"}, {"licensee", "Haedal Pharm Works", "XM", "yes"}, {"distributor", "Carrow Medical Supply", "XB", "yes"}, {"not-authorised", "Lantern Gate Wellness", "XY", "no"}, {"not-authorised", "Pelanta Health Mart", "QM", "no"}},
	Covert: []Feature{{Title: in("Marker in the coating", "Marqueur dans l’enrobage", "علامة في طبقة التغليف", "สารบ่งชี้ในสารเคลือบ"),
		Genuine: in("The blue coating glows yellow-green under light of 365 nm; the bare core stays dark.", "L’enrobage bleu luit en jaune-vert sous 365 nm ; le noyau reste sombre.", "تتوهج الطبقة الزرقاء بلون أصفر مخضر تحت ضوء 365 نانومتراً ويبقى اللب داكناً.", "สารเคลือบสีฟ้าเรืองแสงสีเหลืองเขียวภายใต้แสง 365 นาโนเมตร แกนในไม่เรืองแสง")}},
	Valid: "2018-01-31", Published: "2016-11-08T05:15", Countries: []string{"XA", "XB", "XQ", "XJ", "XM", "QM", "XT", "XY"}}
