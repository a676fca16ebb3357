package story

// positions are what the people of an administration do.
var positions = map[string]words{
	"contact-point": {"National Contact Point", "Point de contact national", "نقطة الاتصال الوطنية", "Punto de contacto nacional", "国家联络点", "国内連絡窓口", "ผู้ประสานงานระดับชาติ", "Ponto de contacto nacional", "국가 연락담당관", "Национальный контактный пункт"},
	"deputy":        {"Deputy National Contact Point", "Suppléant du point de contact national", "نائب نقطة الاتصال الوطنية", "Suplente del punto de contacto nacional", "国家联络点副代表", "国内連絡窓口（副）", "รองผู้ประสานงานระดับชาติ", "Suplente do ponto de contacto nacional", "국가 연락담당관 대리", "Заместитель национального контактного пункта"},
	"duty-officer":  {"Duty Officer, Operations Room", "Officier de permanence, salle opérationnelle", "الضابط المناوب، غرفة العمليات", "Oficial de guardia, sala de operaciones", "指挥中心值班员", "指令室 当直官", "เจ้าหน้าที่เวร ห้องปฏิบัติการ", "Oficial de serviço, sala de operações", "상황실 당직관", "Дежурный оперативного зала"},
	"mail":          {"Head, Mail Centre Control", "Chef du contrôle postal", "رئيس قسم مراقبة البريد", "Jefe de control de envíos postales", "邮递物品监管科科长", "国際郵便検査部門 統括官", "หัวหน้าฝ่ายตรวจไปรษณียภัณฑ์", "Chefe do controlo postal", "우편검사과장", "Начальник отдела почтового контроля"},
	"freight":       {"Senior Officer, Freight Examination", "Inspecteur principal, visite du fret", "كبير المفتشين، معاينة البضائع", "Inspector principal, reconocimiento de carga", "货物查验主管", "貨物検査 上席調査官", "เจ้าหน้าที่อาวุโส ฝ่ายตรวจสินค้า", "Inspetor principal, verificação de carga", "화물검사 선임관", "Старший инспектор досмотра грузов"},
}
