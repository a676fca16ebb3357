package story

import "strings"

// What officers write. Sentences stand alone, so that no language has to bend
// a word of another sentence.

// howFound, by conveyance.
var howFound = map[string][2]words{
	ConveyanceMail: {
		{"Postal item selected at the sorting line and opened.", "Envoi postal sélectionné sur la chaîne de tri et ouvert.", "اختيرت الإرسالية البريدية على خط الفرز وفُتحت.", "Envío postal seleccionado en la línea de clasificación y abierto.", "在分拣线上选中该邮件并开拆查验。", "仕分けラインで選定し、開披検査を実施。", "คัดเลือกพัสดุไปรษณีย์จากสายพานคัดแยกและเปิดตรวจ", "Objeto postal selecionado na linha de triagem e aberto.", "분류 라인에서 선별하여 개봉 검사함.", "Почтовое отправление отобрано на линии сортировки и вскрыто."},
		{"Parcel held after X-ray image did not match the declaration.", "Colis retenu : l’image aux rayons X ne correspondait pas à la déclaration.", "حُجز الطرد لعدم مطابقة صورة الأشعة للإقرار.", "Paquete retenido: la imagen de rayos X no coincidía con la declaración.", "X光图像与申报不符，包裹予以扣留。", "X線画像が申告内容と一致せず、小包を留置。", "ภาพเอกซเรย์ไม่ตรงกับสำแดง จึงกักพัสดุไว้", "Encomenda retida: a imagem de raios X não correspondia à declaração.", "X-ray 영상이 신고 내용과 달라 소포를 유치함.", "Посылка задержана: рентгеновское изображение не соответствовало декларации."},
	},
	ConveyanceExpress: {
		{"Express consignment examined before delivery.", "Envoi express contrôlé avant livraison.", "فُحصت إرسالية الشحن السريع قبل التسليم.", "Envío urgente inspeccionado antes de la entrega.", "快件在派送前接受查验。", "配達前に国際宅配貨物を検査。", "ตรวจสินค้าเร่งด่วนก่อนนำส่ง", "Remessa expresso verificada antes da entrega.", "배송 전 특송화물을 검사함.", "Экспресс-отправление проверено до доставки."},
		{"Several consignments from one sender compared; one was opened.", "Plusieurs envois d’un même expéditeur comparés ; l’un a été ouvert.", "قورنت عدة إرساليات من مرسل واحد وفُتحت إحداها.", "Se compararon varios envíos del mismo remitente y se abrió uno.", "比对同一发件人的多票快件，开拆其中一票。", "同一差出人の複数貨物を比較し、うち1件を開披。", "เปรียบเทียบสินค้าหลายรายการจากผู้ส่งเดียวกันและเปิดตรวจหนึ่งรายการ", "Comparadas várias remessas do mesmo remetente; uma foi aberta.", "동일 발송인의 화물 여러 건을 비교하고 그중 1건을 개봉함.", "Сопоставлено несколько отправлений одного отправителя; одно вскрыто."},
	},
	ConveyanceAir: {
		{"Air cargo examined in the warehouse.", "Fret aérien visité en magasin.", "فُحصت بضائع الشحن الجوي في المستودع.", "Carga aérea reconocida en el almacén.", "在仓库查验航空货物。", "保税蔵置場で航空貨物を検査。", "ตรวจสินค้าทางอากาศในคลังสินค้า", "Carga aérea verificada no armazém.", "창고에서 항공화물을 검사함.", "Авиагруз досмотрен на складе."},
		{"Weight on the air waybill differed from the weight found.", "Le poids de la lettre de transport aérien différait du poids constaté.", "اختلف الوزن في بوليصة الشحن الجوي عن الوزن الفعلي.", "El peso de la guía aérea difería del peso comprobado.", "空运单所列重量与实际重量不符。", "航空運送状の重量と実重量が相違。", "น้ำหนักในใบตราส่งทางอากาศไม่ตรงกับน้ำหนักจริง", "O peso na carta de porte aéreo diferia do peso verificado.", "항공화물운송장의 중량과 실제 중량이 다름.", "Вес в авианакладной отличался от фактического."},
	},
	ConveyanceSea: {
		{"Container scanned, then unloaded for a full examination.", "Conteneur passé au scanner, puis dépoté pour visite intégrale.", "مُسحت الحاوية بالأشعة ثم أُفرغت لمعاينة كاملة.", "Contenedor escaneado y después vaciado para reconocimiento completo.", "集装箱经扫描后掏箱彻底查验。", "コンテナをX線検査後、全量取り出して検査。", "สแกนตู้สินค้าแล้วเปิดตู้ตรวจทั้งหมด", "Contentor digitalizado e depois esvaziado para verificação integral.", "컨테이너를 검색기로 검사한 뒤 전량 개장 검사함.", "Контейнер просканирован, затем выгружен для полного досмотра."},
		{"Container chosen from the manifest; seal intact.", "Conteneur choisi d’après le manifeste ; scellé intact.", "اختيرت الحاوية من بيان الحمولة وكان الختم سليمًا.", "Contenedor elegido a partir del manifiesto; precinto intacto.", "根据舱单选定集装箱，封志完好。", "積荷目録から選定。シールに異常なし。", "คัดเลือกตู้จากบัญชีสินค้า ซีลอยู่ในสภาพสมบูรณ์", "Contentor escolhido a partir do manifesto; selo intacto.", "적하목록에서 선별함. 봉인 이상 없음.", "Контейнер выбран по манифесту; пломба цела."},
	},
	ConveyanceRoad: {
		{"Lorry stopped at the post and unloaded in part.", "Camion arrêté au poste et partiellement déchargé.", "أُوقفت الشاحنة عند المنفذ وأُفرغ جزء منها.", "Camión detenido en el puesto y descargado en parte.", "货车在口岸被拦停并部分卸货。", "貨物自動車を停止させ、一部を取り卸して検査。", "หยุดรถบรรทุกที่ด่านและขนสินค้าลงบางส่วน", "Camião parado no posto e parcialmente descarregado.", "화물차를 세워 일부를 하차 검사함.", "Грузовик остановлен на пункте и частично разгружен."},
		{"Van examined after the crew’s papers did not agree.", "Fourgon contrôlé après des documents discordants.", "فُحصت المركبة بعد تعارض أوراقها.", "Furgón inspeccionado por discrepancias en los documentos.", "因单证不一致，对厢式货车进行检查。", "書類の不一致により車両を検査。", "ตรวจรถตู้ทึบเนื่องจากเอกสารไม่ตรงกัน", "Furgão verificado após divergências nos documentos.", "서류가 서로 달라 승합화물차를 검사함.", "Фургон проверен из-за расхождений в документах."},
	},
	ConveyancePassenger: {
		{"Arriving passenger’s luggage examined in the red channel.", "Bagages d’un passager à l’arrivée contrôlés au circuit rouge.", "فُحصت أمتعة مسافر قادم في المسار الأحمر.", "Equipaje de un pasajero revisado en el canal rojo.", "在申报通道查验进境旅客行李。", "到着旅客の携帯品を検査。", "ตรวจสัมภาระผู้โดยสารขาเข้าในช่องแดง", "Bagagem de passageiro verificada no canal vermelho.", "입국 여행자 휴대품을 검사함.", "Багаж прибывшего пассажира досмотрен в красном коридоре."},
		{"Luggage without a traveller examined after two days.", "Bagage non réclamé contrôlé au bout de deux jours.", "فُحصت أمتعة لم يطالب بها أحد بعد يومين.", "Equipaje sin reclamar revisado a los dos días.", "对无人认领行李在两日后进行查验。", "2日間引取りのない手荷物を検査。", "ตรวจสัมภาระที่ไม่มีผู้มารับหลังครบสองวัน", "Bagagem não reclamada verificada ao fim de dois dias.", "이틀간 찾아가지 않은 수하물을 검사함.", "Невостребованный багаж досмотрен через два дня."},
	},
}

// hiding is a code of the list of concealments and how officers tell it.
type hiding struct {
	code string
	said words
}

// howHidden, by what was done.
var howHidden = map[string]hiding{
	"none":            {"none", words{}},
	"false-statement": {"mislabelled", words{"The declaration did not name the goods.", "La déclaration ne mentionnait pas ces marchandises.", "لم يذكر الإقرار هذه البضائع.", "La declaración no mencionaba la mercancía.", "申报单未列明该货物。", "申告書に当該貨物の記載なし。", "ใบขนไม่ได้ระบุสินค้านี้", "A declaração não mencionava a mercadoria.", "신고서에 해당 물품이 기재되지 않음.", "В декларации товар не указан."}},
	"cover-load":      {"cover-load", words{"Behind two rows of cover load.", "Derrière deux rangées de marchandises de couverture.", "خلف صفين من بضائع التمويه.", "Tras dos filas de carga de cobertura.", "藏于两排掩护货物之后。", "2列のカムフラージュ貨物の奥に隠匿。", "ซุกซ่อนหลังสินค้าอำพรางสองแถว", "Atrás de duas filas de carga de cobertura.", "위장 화물 두 줄 뒤에 은닉함.", "За двумя рядами груза прикрытия."}},
	"inside-goods":    {"other", words{"Hidden inside other goods.", "Dissimulées dans d’autres marchandises.", "مخفية داخل بضائع أخرى.", "Ocultas dentro de otras mercancías.", "夹藏于其他货物之中。", "他の貨物の中に隠匿。", "ซุกซ่อนในสินค้าอื่น", "Dissimulada dentro de outras mercadorias.", "다른 물품 속에 은닉함.", "Спрятано внутри других товаров."}},
	"marks-apart":     {"other", words{"The marks travelled apart from the goods.", "Les marques voyageaient séparément des marchandises.", "كانت العلامات منفصلة عن البضائع.", "Las marcas viajaban separadas de la mercancía.", "商标与货物分开运输。", "商標ラベルは貨物と別に輸送。", "เครื่องหมายถูกส่งแยกจากสินค้า", "As marcas viajavam separadas da mercadoria.", "상표가 물품과 따로 운송됨.", "Товарные знаки перевозились отдельно."}},
	"luggage":         {"in-baggage", words{"Under clothing in a suitcase.", "Sous des vêtements dans une valise.", "تحت ملابس داخل حقيبة.", "Bajo ropa en una maleta.", "藏于行李箱衣物之下。", "スーツケース内の衣類の下に隠匿。", "ซ่อนใต้เสื้อผ้าในกระเป๋าเดินทาง", "Debaixo de roupa numa mala.", "여행가방 속 의류 밑에 은닉함.", "Под одеждой в чемодане."}},
}

// declaredAs is what the papers said.
var declaredAs = []words{
	{"gift", "cadeau", "هدية", "regalo", "礼品", "贈物", "ของขวัญ", "presente", "선물", "подарок"},
	{"documents", "documents", "مستندات", "documentos", "文件", "書類", "เอกสาร", "documentos", "서류", "документы"},
	{"household goods", "articles ménagers", "أدوات منزلية", "artículos del hogar", "家居用品", "家庭用品", "ของใช้ในบ้าน", "artigos domésticos", "가정용품", "хозяйственные товары"},
	{"samples without value", "échantillons sans valeur", "عينات بلا قيمة تجارية", "muestras sin valor", "无商业价值样品", "無償サンプル", "ตัวอย่างสินค้าไม่มีมูลค่า", "amostras sem valor", "무상 견본", "образцы без стоимости"},
	{"plastic ware", "articles en plastique", "مصنوعات بلاستيكية", "artículos de plástico", "塑料制品", "プラスチック製品", "ผลิตภัณฑ์พลาสติก", "artigos de plástico", "플라스틱 제품", "изделия из пластмассы"},
	{"spare parts", "pièces détachées", "قطع غيار", "repuestos", "零配件", "部品", "อะไหล่", "peças sobresselentes", "부품", "запасные части"},
	{"personal effects", "effets personnels", "أمتعة شخصية", "efectos personales", "个人物品", "身の回り品", "ของใช้ส่วนตัว", "objetos pessoais", "개인 물품", "личные вещи"},
}

// %d declared, %f found.
var declaredFound = words{"Declared as: %d. Found: %f.", "Déclaré : %d. Découvert : %f.", "المصرح به: %d. الموجود: %f.", "Declarado: %d. Hallado: %f.", "申报品名：%d；查获：%f。", "申告品名：%d。発見物：%f。", "สำแดงเป็น: %d ตรวจพบ: %f", "Declarado: %d. Encontrado: %f.", "신고 품명: %d. 발견 물품: %f.", "Заявлено: %d. Обнаружено: %f."}

var comma = words{", ", ", ", "، ", ", ", "、", "、", ", ", ", ", ", ", ", "}

// amendReasons say why a quantity was corrected.
var amendReasons = []words{
	{"Counted in the warehouse; the first figure was an estimate.", "Comptage en magasin ; le premier chiffre était une estimation.", "جرى العد في المستودع، وكان الرقم الأول تقديريًا.", "Recuento en almacén; la primera cifra era una estimación.", "已在仓库清点，原数字为估计数。", "蔵置場で計数。当初の数量は概数。", "นับจำนวนในคลังแล้ว ตัวเลขแรกเป็นค่าประมาณ", "Contagem em armazém; o primeiro valor era uma estimativa.", "창고에서 계수함. 최초 수량은 추정치였음.", "Пересчитано на складе; первая цифра была оценкой."},
	{"Measured again after unpacking.", "Mesuré de nouveau après déballage.", "أُعيد القياس بعد فك التغليف.", "Medido de nuevo tras desembalar.", "拆包后重新计量。", "開梱後に再計量。", "ชั่งนับใหม่หลังแกะบรรจุภัณฑ์", "Medido de novo após desembalagem.", "포장을 풀고 다시 계량함.", "Измерено повторно после распаковки."},
}

// withdrawReasons say why a case was taken back.
var withdrawReasons = []words{
	{"Entered by mistake: it belongs to a control of last month.", "Saisie par erreur : relève d’un contrôle du mois dernier.", "أُدخلت خطأً: تعود إلى مراقبة الشهر الماضي.", "Registrado por error: corresponde a un control del mes pasado.", "误录：属上月查验。", "誤登録。先月の検査分。", "บันทึกผิด เป็นการตรวจของเดือนก่อน", "Registado por engano: pertence a um controlo do mês passado.", "오입력. 지난달 검사 건임.", "Внесено по ошибке: относится к контролю прошлого месяца."},
	{"Test of the form, no goods.", "Essai du formulaire, sans marchandises.", "تجربة للنموذج، بلا بضائع.", "Prueba del formulario, sin mercancía.", "表单测试，无货物。", "様式の試行。貨物なし。", "ทดลองแบบฟอร์ม ไม่มีสินค้า", "Teste do formulário, sem mercadoria.", "서식 시험 입력, 물품 없음.", "Проба формы, товара нет."},
}

func describe(language, conveyance, how string, variant, declared int, lines []GoodsLine) (description, declaredGoods string) {
	var found []string
	for _, l := range lines {
		if !contains(found, l.Description) {
			found = append(found, l.Description)
		}
	}
	declaredGoods = declaredAs[declared].in(language)
	last := strings.Replace(declaredFound.in(language), "%d", declaredGoods, 1)
	last = strings.Replace(last, "%f", strings.Join(found, comma.in(language)), 1)
	sentences := []string{howFound[conveyance][variant].in(language)}
	if h := howHidden[how].said.in(language); h != "" {
		sentences = append(sentences, h)
	}
	joint := " "
	if language == "zh" || language == "ja" {
		joint = ""
	}
	return strings.Join(append(sentences, last), joint), declaredGoods
}
