package world

import (
	"fmt"
	"math"
	"strings"
)

// What a search looks for. Asker is the organisation that asks, by its place in
// the world: it reads about 70 of 100 letters.
const (
	Asker = 1
	// Rare stands in a dozen letters that the asker reads.
	Rare = "samovar"
	// Common stands in every fifth letter, Second in every tenth.
	Common = "carton"
	Second = "pallet"
	// Hidden stands in the letters of Rare, and in every third of those that the
	// asker does not read.
	Hidden = "obsidian"
	// Dense is a word of a script without spaces.
	Dense = "运动鞋"
)

// searchers is how many organisations write and read letters, the coordination
// among them.
const searchers = 10

// Letter is a message of the operation that is searched.
type Letter struct {
	From, To      int // organisations, by their place in the world; To 0: all who enforce
	Apart         bool
	Subject, Body string
	Language      string
}

// reads tells whether an organisation that enforces reads the letter.
func (l Letter) reads(organisation int) bool {
	return l.To == 0 || l.From == organisation || l.To == organisation
}

// writers is how many organisations enforce in the operation that is searched.
func (s Size) writers() int { return min(searchers, s.Organisations) - 1 }

// Letter is the i-th letter: six of ten go to all who enforce, the others to one
// administration, a third of these past coordination.
func (s Size) Letter(i int) Letter {
	n := s.writers()
	l := Letter{From: 1 + i%n}
	if d := drawn(i, 200) % 10; d >= 6 {
		l.To = 1 + (l.From+int(drawn(i, 201)%uint64(n-1)))%n
		l.Apart = drawn(i, 202)%3 == 0
	}
	tongue := tongues[drawn(i, 203)%uint64(len(tongues))]
	l.Language = tongue.language
	words := make([]string, 22)
	for k := range words {
		words[k] = often(tongue.words, drawn(i, 210+k))
	}
	l.Subject = strings.Join(words[:4], tongue.between) + " " + container(drawn(i, 204))
	l.Body = strings.Join(words[4:], tongue.between) + " " + tradeName(drawn(i, 205)) + s.marked(i, l)
	return l
}

// marked gives the words of a letter that searches look for.
func (s Size) marked(i int, l Letter) string {
	var b strings.Builder
	if drawn(i, 206)%5 == 0 {
		b.WriteString(" " + Common)
	}
	if drawn(i, 207)%10 == 0 {
		b.WriteString(" " + Second)
	}
	every := max(s.Searched/12, 1)
	switch {
	case !l.reads(Asker):
		if drawn(i, 208)%3 == 0 {
			b.WriteString(" " + Hidden)
		}
	case i%every < s.writers() && l.From == Asker:
		b.WriteString(" " + Rare + " " + Hidden)
	}
	return b.String()
}

// often picks a word as often as a language does: the k-th about 1/k of the first.
func often(words []string, draw uint64) string {
	u := float64(draw>>11) / (1 << 53)
	return words[int(math.Exp(u*math.Log(float64(len(words)+1))))-1]
}

// container gives a number as ISO 6346 writes them; its check digit is drawn, too.
func container(draw uint64) string {
	owners := []string{"TCLU", "MSKU", "CSQU", "HLXU", "OOLU", "CMAU", "TGHU", "BMOU"}
	return fmt.Sprintf("%s %06d-%d", owners[draw%8], draw>>8%1_000_000, draw>>40%10)
}

var syllables = strings.Fields("ba ko ri ten sha mu lo vi gar ne sol ta fe dun xi pra or zel hi qua")

// tradeName gives one of eight thousand names that no list holds.
func tradeName(draw uint64) string {
	return syllables[draw%20] + syllables[draw>>8%20] + syllables[draw>>16%20]
}

// tongue is words of a language, the most common first.
type tongue struct {
	language, between string
	words             []string
}

// tongues: half of the letters are English.
var tongues = []tongue{english, english, english, english, english, french, french, arabic, chinese, thai}

var (
	english = tongue{"en", " ", strings.Fields(`the of and in to with was for on by from found goods seized container declared shipment customs parcel
		labels counterfeit sender officers value seal suspected x-ray image consignee brand invoice sneakers cigarettes medicine watches handbags
		perfume batteries toys vessel truck airway bill postal express border checked opened hidden behind cover load spare parts loose market risk
		profile source warning reply due arrival port terminal warehouse broker exporter importer weight pieces kilograms litres sample holder genuine
		fake stitching hologram barcode serial number photograph attached please inform answer urgent released detained inspection transit destination
		origin route transshipment free zone declaration mismatch undervalued repeated known address telephone courier driver passport vehicle plate`)}
	french = tongue{"fr", " ", strings.Fields(`de la le et à les des en un du une dans pour saisie colis conteneur déclaré marchandises douane contrefaçon expéditeur
		étiquettes scellés intérêt réponse délai arrivée entrepôt côté même où déjà contrôlé vérifié caché derrière pièces détachées échantillon
		titulaire authentique couture hologramme numéro série prière réexpédié dédouané frontière véhicule plaque chauffeur adresse téléphone`)}
	arabic = tongue{"ar", " ", strings.Fields(`في من على إلى مع عن هذا التي الجمارك البضائع الحاوية المرسل المستورد سجائر أحذية أدوية ساعات حقائب عطور
		مضبوطات تفتيش شحنة ميناء مستودع ملصقات مقلّدة إرساليّة طرد بريدي قيمة مصرّح بها ختم سليم صورة الأشعّة تحذير ردّ عاجل مركبة سائق عنوان رقم وصول منشأ`)}
	chinese = tongue{"zh", "", strings.Fields(`的 在 和 了 海关 集装箱 货物 查获 申报 假冒 商标 运动鞋 香烟 药品 手表 手袋 香水 电池 玩具 快件 邮包 发件人 收件人
		封条 完好 图像 可疑 风险 预警 回复 到达 港口 仓库 样品 权利人 鉴定 序列号 照片 已附 请 紧急 放行 扣留 检查 转运 目的地 原产地 路线 自由区 低报 价格`)}
	thai = tongue{"th", "", strings.Fields(`ที่ ใน และ ของ ศุลกากร ตู้สินค้า สินค้า ยึด สำแดง ปลอม เครื่องหมาย รองเท้า บุหรี่ ยา นาฬิกา กระเป๋า น้ำหอม พัสดุ ผู้ส่ง ผู้รับ
		ตราผนึก ภาพ ต้องสงสัย ความเสี่ยง แจ้งเตือน ตอบกลับ ท่าเรือ คลังสินค้า ตัวอย่าง หมายเลข ด่วน ปล่อย กัก ตรวจสอบ ปลายทาง เส้นทาง ราคา`)}
)
