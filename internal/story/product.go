package story

// product is a kind of goods: what it is called, where the Harmonized System
// puts it (edition 2017) and in what unit it is reported.
type product struct {
	category, hs, unit string
	brands             []string // coined
	right              string   // right infringed, "" if none
	violations         []string // beside the right
	name               words
}

// Rights infringed.
const (
	RightTradeMark = "trade-mark"
	RightCopyright = "copyright"
	RightDesign    = "design"
	RightPatent    = "patent"
)

var (
	unsafe     = []string{"safety"}
	unlicensed = []string{"medicine-unregistered"}
	falsified  = []string{"medicine-falsified"}
	badFood    = []string{"food"}
	untaxed    = []string{"fiscal"}
)

// words: en fr ar es zh ja th pt ko ru
var products = []product{
	{"FOO", "190230", "H87", []string{"SUNHARVANE"}, RightTradeMark, badFood, words{"instant noodles in packets", "nouilles instantanées en sachets", "معكرونة سريعة التحضير في أكياس", "fideos instantáneos en bolsas", "袋装方便面", "袋入り即席めん", "บะหมี่กึ่งสำเร็จรูปแบบซอง", "massa instantânea em pacotes", "봉지 라면", "лапша быстрого приготовления в пакетах"}},
	{"FOO", "190110", "H87", []string{"MAMIVELLE"}, RightTradeMark, badFood, words{"infant milk powder in tins", "lait infantile en poudre en boîtes", "حليب أطفال مجفف في علب", "leche infantil en polvo en latas", "罐装婴儿配方奶粉", "缶入り乳児用粉ミルク", "นมผงสำหรับทารกแบบกระป๋อง", "leite infantil em pó em latas", "캔 포장 분유", "детская молочная смесь в банках"}},
	{"FOO", "190531", "H87", []string{"CRISPOLETTE"}, RightTradeMark, nil, words{"sweet biscuits", "biscuits sucrés", "بسكويت محلى", "galletas dulces", "甜饼干", "ビスケット", "ขนมปังกรอบหวาน", "bolachas doces", "비스킷", "сладкое печенье"}},
	{"FOO", "170410", "H87", []string{"GUMBARINO"}, RightTradeMark, nil, words{"chewing gum", "chewing-gum", "علكة", "goma de mascar", "口香糖", "チューインガム", "หมากฝรั่ง", "pastilhas elásticas", "껌", "жевательная резинка"}},
	{"FOO", "210390", "H87", []string{"UMARIKO"}, RightTradeMark, badFood, words{"seasoning powder in sachets", "assaisonnement en poudre en sachets", "مسحوق توابل في أكياس صغيرة", "condimento en polvo en sobres", "小袋装调味粉", "小袋入り調味料", "ผงปรุงรสแบบซอง", "tempero em pó em saquetas", "봉지 조미료", "приправа в пакетиках"}},
	{"FOO", "100630", "KGM", []string{"JADE TERRACE NO. 9"}, RightTradeMark, badFood, words{"rice in printed sacks", "riz en sacs imprimés", "أرز في أكياس مطبوعة", "arroz en sacos impresos", "印刷袋装大米", "印刷袋入りの米", "ข้าวสารบรรจุกระสอบพิมพ์ลาย", "arroz em sacos impressos", "인쇄 포대에 담긴 쌀", "рис в мешках с печатью"}},
	{"FOO", "090121", "KGM", []string{"CAFÉ MONTAVELO"}, RightTradeMark, nil, words{"roasted coffee", "café torréfié", "بن محمص", "café tostado", "烘焙咖啡", "焙煎コーヒー", "กาแฟคั่ว", "café torrado", "볶은 커피", "жареный кофе"}},
	{"FOO", "040900", "KGM", []string{"APIRELLE"}, RightTradeMark, badFood, words{"honey", "miel", "عسل", "miel", "蜂蜜", "はちみつ", "น้ำผึ้ง", "mel", "꿀", "мёд"}},
	{"FOO", "071239", "KGM", []string{"HILLFERN"}, RightTradeMark, badFood, words{"dried mushrooms", "champignons séchés", "فطر مجفف", "setas secas", "干蘑菇", "乾燥きのこ", "เห็ดอบแห้ง", "cogumelos secos", "말린 버섯", "сушёные грибы"}},
	{"FOO", "210390", "LTR", []string{"UMARIKO"}, RightTradeMark, badFood, words{"fish sauce in bottles", "sauce de poisson en bouteilles", "صلصة سمك في زجاجات", "salsa de pescado en botellas", "瓶装鱼露", "瓶入り魚醤", "น้ำปลาบรรจุขวด", "molho de peixe em garrafas", "병에 든 액젓", "рыбный соус в бутылках"}},

	{"PHA", "300490", "H87", []string{"BROVENTYL", "VIGORANDE"}, RightTradeMark, falsified, words{"tablets for erectile dysfunction", "comprimés contre les troubles de l’érection", "أقراص لعلاج ضعف الانتصاب", "comprimidos para la disfunción eréctil", "治疗勃起功能障碍的药片", "勃起不全治療薬の錠剤", "ยาเม็ดรักษาภาวะหย่อนสมรรถภาพทางเพศ", "comprimidos para disfunção erétil", "발기부전 치료제 정제", "таблетки от эректильной дисфункции"}},
	{"PHA", "300420", "H87", []string{"ZYLOTHRENE"}, RightTradeMark, falsified, words{"antibiotic capsules", "gélules d’antibiotique", "كبسولات مضاد حيوي", "cápsulas de antibiótico", "抗生素胶囊", "抗生物質カプセル", "แคปซูลยาปฏิชีวนะ", "cápsulas de antibiótico", "항생제 캡슐", "капсулы антибиотика"}},
	{"PHA", "300490", "H87", []string{"SLIMVERIS"}, RightTradeMark, unlicensed, words{"slimming capsules", "gélules amincissantes", "كبسولات تنحيف", "cápsulas para adelgazar", "减肥胶囊", "やせ薬カプセル", "แคปซูลลดน้ำหนัก", "cápsulas para emagrecer", "다이어트 캡슐", "капсулы для похудения"}},
	{"PHA", "300460", "H87", []string{"ARTEMOVAL"}, RightTradeMark, falsified, words{"antimalarial tablets", "comprimés antipaludiques", "أقراص مضادة للملاريا", "comprimidos antipalúdicos", "抗疟药片", "抗マラリア薬の錠剤", "ยาเม็ดต้านมาลาเรีย", "comprimidos antimaláricos", "항말라리아제 정제", "противомалярийные таблетки"}},
	{"PHA", "300490", "H87", []string{"BROVENTYL", "ZYLOTHRENE"}, RightTradeMark, unlicensed, words{"pain-relief tablets in blisters", "comprimés antidouleur sous plaquette", "أقراص مسكنة في أشرطة", "comprimidos analgésicos en blíster", "泡罩装止痛片", "鎮痛剤のシート錠", "ยาเม็ดแก้ปวดแบบแผง", "comprimidos analgésicos em blister", "블리스터 포장 진통제", "обезболивающие таблетки в блистерах"}},
	{"PHA", "300390", "KGM", []string{"ZYLOTHRENE"}, "", unlicensed, words{"medicinal powder in bulk", "poudre médicamenteuse en vrac", "مسحوق دوائي سائب", "polvo medicinal a granel", "散装药粉", "バルクの医薬品粉末", "ผงยาแบบไม่บรรจุขายปลีก", "pó medicinal a granel", "벌크 의약품 분말", "лекарственный порошок без расфасовки"}},

	{"SPA", "870830", "H87", []string{"KASTELBRAKE"}, RightTradeMark, unsafe, words{"brake pads", "plaquettes de frein", "بطانات فرامل", "pastillas de freno", "刹车片", "ブレーキパッド", "ผ้าเบรก", "pastilhas de travão", "브레이크 패드", "тормозные колодки"}},
	{"SPA", "842123", "H87", []string{"DRIVOREX"}, RightTradeMark, unsafe, words{"oil filters", "filtres à huile", "مرشحات زيت", "filtros de aceite", "机油滤清器", "オイルフィルター", "ไส้กรองน้ำมันเครื่อง", "filtros de óleo", "오일 필터", "масляные фильтры"}},
	{"SPA", "851110", "H87", []string{"DRIVOREX", "IGNIVAL"}, RightTradeMark, nil, words{"spark plugs", "bougies d’allumage", "شمعات إشعال", "bujías", "火花塞", "点火プラグ", "หัวเทียน", "velas de ignição", "점화 플러그", "свечи зажигания"}},
	{"SPA", "870899", "KGM", []string{"DRIVOREX", "KASTELBRAKE"}, RightTradeMark, unsafe, words{"vehicle spare parts, mixed", "pièces détachées automobiles, lot mélangé", "قطع غيار سيارات متنوعة", "repuestos de automóvil variados", "混装汽车配件", "自動車部品（混載）", "อะไหล่รถยนต์คละชนิด", "peças de automóvel, lote misto", "자동차 부품 혼재", "автозапчасти, смешанная партия"}},
	{"SPA", "848210", "KGM", []string{"ROLLANDEX"}, RightTradeMark, unsafe, words{"ball bearings", "roulements à billes", "محامل كريات", "rodamientos de bolas", "滚珠轴承", "玉軸受", "ตลับลูกปืน", "rolamentos de esferas", "볼 베어링", "шариковые подшипники"}},

	{"MOB", "851712", "H87", []string{"TELVARO"}, RightTradeMark, nil, words{"mobile phones", "téléphones mobiles", "هواتف محمولة", "teléfonos móviles", "手机", "携帯電話機", "โทรศัพท์มือถือ", "telemóveis", "휴대전화", "мобильные телефоны"}},
	{"MOB", "392690", "H87", []string{"TELVARO", "KIMBRYX"}, RightTradeMark, nil, words{"mobile phone cases", "coques de téléphone", "أغطية هواتف محمولة", "fundas para teléfono móvil", "手机壳", "携帯電話用ケース", "เคสโทรศัพท์มือถือ", "capas para telemóvel", "휴대전화 케이스", "чехлы для мобильных телефонов"}},
	{"MOB", "850440", "H87", []string{"TELVARO", "KIMBRYX"}, RightTradeMark, unsafe, words{"phone chargers", "chargeurs de téléphone", "شواحن هواتف", "cargadores de teléfono", "手机充电器", "携帯電話用充電器", "เครื่องชาร์จโทรศัพท์", "carregadores de telefone", "휴대전화 충전기", "зарядные устройства для телефонов"}},
	{"MOB", "851830", "H87", []string{"KIMBRYX"}, RightTradeMark, nil, words{"earphones", "écouteurs", "سماعات أذن", "auriculares", "耳机", "イヤホン", "หูฟัง", "auriculares", "이어폰", "наушники"}},

	{"COS", "330499", "H87", []string{"ORVANELLE SOIE"}, RightTradeMark, unsafe, words{"face packs", "masques de beauté pour le visage", "أقنعة للوجه", "mascarillas faciales", "面膜", "フェイスパック", "แผ่นมาส์กหน้า", "máscaras faciais", "마스크팩", "маски для лица"}},
	{"COS", "340111", "H87", []string{"QUENTHALE"}, RightTradeMark, nil, words{"toilet soaps", "savons de toilette", "صابون تواليت", "jabones de tocador", "香皂", "化粧石けん", "สบู่", "sabonetes", "화장비누", "туалетное мыло"}},
	{"COS", "330300", "H87", []string{"ORVANELLE", "QUENTHALE"}, RightTradeMark, nil, words{"perfume in boxed bottles", "parfums en flacons sous étui", "عطور في زجاجات معلبة", "perfumes en frascos con estuche", "盒装香水", "箱入り香水", "น้ำหอมบรรจุขวดในกล่อง", "perfumes em frascos com estojo", "상자 포장 향수", "духи во флаконах в коробках"}},
	{"COS", "330410", "H87", []string{"ORVANELLE"}, RightTradeMark, unsafe, words{"lipsticks", "rouges à lèvres", "أحمر شفاه", "barras de labios", "口红", "口紅", "ลิปสติก", "batons", "립스틱", "губная помада"}},
	{"COS", "340111", "KGM", []string{"QUENTHALE"}, RightTradeMark, nil, words{"soap in bulk, with wrappers apart", "savon en vrac, emballages à part", "صابون سائب مع أغلفة منفصلة", "jabón a granel con envoltorios aparte", "散装香皂，包装纸另附", "バルク石けん（包装紙は別送）", "สบู่ไม่ห่อ พร้อมกระดาษห่อแยก", "sabão a granel, com invólucros à parte", "벌크 비누(포장지 별도)", "мыло россыпью, обёртки отдельно"}},
	{"COS", "330300", "LTR", []string{"ORVANELLE"}, RightTradeMark, unsafe, words{"perfume without retail packing", "parfum non conditionné", "عطر غير معبأ للبيع بالتجزئة", "perfume sin envase comercial", "未经零售包装的香水", "小売包装されていない香水", "น้ำหอมที่ไม่บรรจุขายปลีก", "perfume sem embalagem de venda", "소매 포장하지 않은 향수", "духи без розничной упаковки"}},

	{"MED", "900130", "H87", []string{"LENSORVE"}, RightTradeMark, unsafe, words{"contact lenses", "lentilles de contact", "عدسات لاصقة", "lentes de contacto", "隐形眼镜", "コンタクトレンズ", "คอนแทคเลนส์", "lentes de contacto", "콘택트렌즈", "контактные линзы"}},
	{"MED", "902519", "H87", []string{"LENSORVE"}, RightTradeMark, unsafe, words{"clinical thermometers", "thermomètres médicaux", "موازين حرارة طبية", "termómetros clínicos", "体温计", "体温計", "เครื่องวัดอุณหภูมิร่างกาย", "termómetros clínicos", "체온계", "медицинские термометры"}},
	{"HOU", "961700", "H87", []string{"KALDEVO"}, RightTradeMark, unsafe, words{"thermos bottles", "bouteilles isothermes", "قوارير حافظة للحرارة", "termos", "保温瓶", "魔法瓶", "กระติกเก็บความร้อน", "garrafas térmicas", "보온병", "термосы"}},
	{"HOU", "821220", "H87", []string{"RAZENNE"}, RightTradeMark, nil, words{"razor blades", "lames de rasoir", "شفرات حلاقة", "hojas de afeitar", "剃须刀片", "かみそりの刃", "ใบมีดโกน", "lâminas de barbear", "면도날", "бритвенные лезвия"}},
	{"HOU", "340220", "KGM", []string{"BLANVARA"}, RightTradeMark, unsafe, words{"washing powder", "lessive en poudre", "مسحوق غسيل", "detergente en polvo", "洗衣粉", "粉末洗剤", "ผงซักฟอก", "detergente em pó", "세탁 세제", "стиральный порошок"}},

	{"CLO", "610910", "H87", []string{"NORTHQUILL"}, RightTradeMark, nil, words{"T-shirts", "tee-shirts", "قمصان قطنية", "camisetas", "T恤衫", "Tシャツ", "เสื้อยืด", "camisolas de algodão", "티셔츠", "футболки"}},
	{"CLO", "620193", "H87", []string{"NORTHQUILL", "STRYDELLO"}, RightTradeMark, nil, words{"sports jackets", "blousons de sport", "سترات رياضية", "chaquetas deportivas", "运动夹克", "スポーツジャケット", "แจ็กเก็ตกีฬา", "casacos desportivos", "스포츠 재킷", "спортивные куртки"}},
	{"CLO", "650500", "H87", []string{"NORTHQUILL"}, RightTradeMark, nil, words{"caps", "casquettes", "قبعات", "gorras", "帽子", "帽子", "หมวกแก๊ป", "bonés", "모자", "кепки"}},
	{"CLO", "620342", "KGM", []string{"DENIVARRO"}, RightTradeMark, nil, words{"jeans in bales", "jeans en balles", "سراويل جينز في بالات", "vaqueros en fardos", "成捆牛仔裤", "梱包ジーンズ", "กางเกงยีนส์อัดเป็นมัด", "calças de ganga em fardos", "묶음 포장 청바지", "джинсы в тюках"}},
	{"ACC", "420221", "H87", []string{"LUNARDELLE"}, RightTradeMark, nil, words{"handbags", "sacs à main", "حقائب يد", "bolsos de mano", "手提包", "ハンドバッグ", "กระเป๋าถือ", "malas de mão", "핸드백", "дамские сумки"}},
	{"ACC", "900410", "H87", []string{"SOLVENTRA"}, RightTradeMark, unsafe, words{"sunglasses", "lunettes de soleil", "نظارات شمسية", "gafas de sol", "太阳镜", "サングラス", "แว่นกันแดด", "óculos de sol", "선글라스", "солнцезащитные очки"}},
	{"ACC", "420330", "H87", []string{"LUNARDELLE"}, RightTradeMark, nil, words{"leather belts", "ceintures en cuir", "أحزمة جلدية", "cinturones de cuero", "皮带", "革ベルト", "เข็มขัดหนัง", "cintos de couro", "가죽 벨트", "кожаные ремни"}},
	{"FTW", "640411", "H87", []string{"STRYDELLO"}, RightTradeMark, nil, words{"sports shoes", "chaussures de sport", "أحذية رياضية", "zapatillas deportivas", "运动鞋", "スポーツシューズ", "รองเท้ากีฬา", "calçado desportivo", "운동화", "спортивная обувь"}},
	{"FTW", "640299", "KGM", []string{"STRYDELLO"}, RightDesign, nil, words{"sandals, unpaired", "sandales dépareillées", "صنادل غير مزدوجة", "sandalias sueltas", "未配对凉鞋", "片方ずつのサンダル", "รองเท้าแตะแยกข้าง", "sandálias desemparelhadas", "짝을 나눈 샌들", "сандалии без пары"}},
	{"ELE", "851822", "H87", []string{"VOLTESSARA"}, RightTradeMark, nil, words{"loudspeakers", "enceintes acoustiques", "مكبرات صوت", "altavoces", "音箱", "スピーカー", "ลำโพง", "altifalantes", "스피커", "акустические колонки"}},
	{"ELE", "853950", "H87", []string{"VOLTESSARA"}, RightTradeMark, unsafe, words{"LED lamps", "lampes à LED", "مصابيح LED", "lámparas LED", "LED灯", "LEDランプ", "หลอดไฟ LED", "lâmpadas LED", "LED 전구", "светодиодные лампы"}},
	{"ELE", "854449", "KGM", []string{"VOLTESSARA"}, RightTradeMark, unsafe, words{"electric cable", "câble électrique", "كابلات كهربائية", "cable eléctrico", "电线电缆", "電線", "สายไฟฟ้า", "cabo elétrico", "전선", "электрический кабель"}},
	{"TOY", "950300", "H87", []string{"BLOKKARINO"}, RightTradeMark, unsafe, words{"building-brick sets", "jeux de briques à assembler", "مجموعات مكعبات تركيب", "juegos de bloques", "积木套装", "組立ブロック玩具", "ชุดตัวต่อ", "conjuntos de blocos de construção", "조립 블록 세트", "наборы конструктора"}},
	{"TOY", "950300", "H87", []string{"PUPPELINE"}, RightDesign, unsafe, words{"dolls", "poupées", "دمى", "muñecas", "玩偶", "人形", "ตุ๊กตา", "bonecas", "인형", "куклы"}},
	{"WAT", "910211", "H87", []string{"CHRONAVESTE"}, RightTradeMark, nil, words{"wrist-watches", "montres-bracelets", "ساعات يد", "relojes de pulsera", "手表", "腕時計", "นาฬิกาข้อมือ", "relógios de pulso", "손목시계", "наручные часы"}},
	{"COM", "852351", "H87", []string{"BYTELORNE"}, RightTradeMark, nil, words{"memory sticks", "clés USB", "وحدات ذاكرة USB", "memorias USB", "U盘", "USBメモリ", "แฟลชไดรฟ์", "pens USB", "USB 메모리", "USB-накопители"}},
	{"COM", "844399", "H87", []string{"BYTELORNE"}, RightPatent, nil, words{"printer cartridges", "cartouches d’imprimante", "خراطيش طابعات", "cartuchos de impresora", "打印机墨盒", "プリンターカートリッジ", "ตลับหมึกพิมพ์", "cartuchos de impressora", "프린터 카트리지", "картриджи для принтеров"}},
	{"TEX", "630221", "H87", []string{"SILVENDRA"}, RightDesign, nil, words{"printed bed linen", "linge de lit imprimé", "بياضات أسرة مطبوعة", "ropa de cama estampada", "印花床上用品", "プリント寝具", "ชุดเครื่องนอนพิมพ์ลาย", "roupa de cama estampada", "날염 침구", "набивное постельное бельё"}},
	{"TEX", "540752", "KGM", []string{"SILVENDRA"}, RightTradeMark, nil, words{"woven fabric with marked selvedge", "tissu à lisière marquée", "نسيج موسوم الحاشية", "tejido con orillo marcado", "布边带商标的面料", "商標入り耳付き織物", "ผ้าทอมีเครื่องหมายที่ริมผ้า", "tecido com ourela marcada", "상표가 든 직물", "ткань с маркированной кромкой"}},
	{"SPO", "950662", "H87", []string{"RALLYQUISTE"}, RightTradeMark, nil, words{"footballs", "ballons de football", "كرات قدم", "balones de fútbol", "足球", "サッカーボール", "ลูกฟุตบอล", "bolas de futebol", "축구공", "футбольные мячи"}},
	{"TOB", "240220", "H87", []string{"SILVERMOOTE"}, RightTradeMark, untaxed, words{"cigarettes, packets of twenty", "cigarettes, paquets de vingt", "سجائر، علب من عشرين", "cigarrillos, cajetillas de veinte", "卷烟（二十支装）", "紙巻たばこ（20本入り）", "บุหรี่ซองละยี่สิบมวน", "cigarros, maços de vinte", "궐련(20개비 갑)", "сигареты, пачки по двадцать"}},
	{"TOB", "240319", "KGM", []string{"SILVERMOOTE"}, RightTradeMark, untaxed, words{"cut tobacco", "tabac haché", "تبغ مفروم", "tabaco picado", "烟丝", "刻みたばこ", "ยาเส้น", "tabaco picado", "살담배", "резаный табак"}},
	{"PKG", "482110", "H87", []string{"ORVANELLE", "QUENTHALE"}, RightTradeMark, nil, words{"printed labels", "étiquettes imprimées", "ملصقات مطبوعة", "etiquetas impresas", "印刷标签", "印刷ラベル", "ฉลากพิมพ์", "etiquetas impressas", "인쇄 라벨", "печатные этикетки"}},
	{"PKG", "481920", "KGM", []string{"BROVENTYL", "ORVANELLE"}, RightTradeMark, nil, words{"empty printed cartons", "étuis imprimés vides", "علب مطبوعة فارغة", "estuches impresos vacíos", "印刷空盒", "印刷済みの空箱", "กล่องพิมพ์เปล่า", "caixas impressas vazias", "인쇄된 빈 상자", "пустые печатные коробки"}},
	{"DRK", "220299", "H87", []string{"FIZZANDARO"}, RightTradeMark, badFood, words{"energy drinks in cans", "boissons énergisantes en canettes", "مشروبات طاقة في علب", "bebidas energéticas en lata", "罐装能量饮料", "缶入りエナジードリンク", "เครื่องดื่มชูกำลังแบบกระป๋อง", "bebidas energéticas em lata", "캔 에너지 음료", "энергетические напитки в банках"}},
	{"ALC", "220830", "LTR", []string{"GLENVAROCH"}, RightTradeMark, badFood, words{"whisky", "whisky", "ويسكي", "whisky", "威士忌", "ウイスキー", "วิสกี้", "uísque", "위스키", "виски"}},
	{"PHO", "852349", "H87", []string{"MELOVAINE"}, RightCopyright, nil, words{"music and film discs", "disques de musique et de films", "أقراص موسيقى وأفلام", "discos de música y películas", "音像光盘", "音楽・映像ディスク", "แผ่นเพลงและภาพยนตร์", "discos de música e filmes", "음반·영상 디스크", "диски с музыкой и фильмами"}},
	{"OTH", "960810", "H87", []string{"PENVAROSE"}, RightTradeMark, nil, words{"ball-point pens", "stylos à bille", "أقلام حبر جاف", "bolígrafos", "圆珠笔", "ボールペン", "ปากกาลูกลื่น", "canetas esferográficas", "볼펜", "шариковые ручки"}},
	{"OTH", "961900", "KGM", []string{"TENDELINE"}, RightTradeMark, unsafe, words{"babies’ nappies", "couches pour bébés", "حفاضات أطفال", "pañales para bebé", "婴儿纸尿裤", "乳児用紙おむつ", "ผ้าอ้อมเด็ก", "fraldas para bebé", "아기 기저귀", "детские подгузники"}},
}

// productsOf gives the kinds of goods of a category reported in a unit.
func productsOf(category, unit string) []*product {
	var out []*product
	for i := range products {
		if products[i].category == category && products[i].unit == unit {
			out = append(out, &products[i])
		}
	}
	return out
}
