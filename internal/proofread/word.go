package proofread

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// The words behind numbers, by what they count. Han words need no space behind them,
// so a number's word may only begin with one.
var (
	unitWords = map[string]string{
		Cases: "case cases seizure seizures interception interceptions detention detentions cas affaire affaires saisie saisies interception retenue retenues " +
			"caso casos incautación incautaciones случай случая случаев дело дела дел قضية قضايا حالة حالات ضبطية ضبطيات ضبط حجز",
		"H87": "piece pieces pc pcs item items unit units article articles product products tablet tablets cigarette cigarettes pièce pièces unité unités " +
			"produit produits pieza piezas unidad unidades artículo artículos штука штуки штук единица единиц قطعة قطع وحدة وحدات قرص أقراص سيجارة",
		"KGM": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes kilogramo kilogramos кг килограмм килограммов كيلوغرام كيلوغرامات كيلوجرام كغ كجم كلغ",
		"LTR": "l litre litres liter liters litro litros литр литров لتر لترات",
		"TNE": "t tonne tonnes ton tons tonelada toneladas тонна тонн طن أطنان",
	}
	hanWords    = map[string]string{"起": Cases, "宗": Cases, "件": "H87", "个": "H87", "支": "H87", "公斤": "KGM", "千克": "KGM", "升": "LTR", "吨": "TNE"}
	wordUnit    = foldedUnits()
	multiples   = foldedMultiples()
	percentages = "percent pourcent بالمائة بالمئة"
	nowWords    = []string{"to date", "so far", "until now", "currently", "at present", "nowadays", "recently", "lately", "today", "yesterday", "this week", "this month", "this year",
		"à ce jour", "jusqu'à présent", "actuellement", "récemment", "aujourd'hui", "hier", "cette semaine", "ce mois", "cette année",
		"hasta la fecha", "actualmente", "recientemente", "hoy", "до настоящего времени", "в настоящее время", "недавно", "сегодня",
		"حتى الآن", "حتى تاريخه", "حاليا", "مؤخرا", "اليوم", "أمس", "هذا الأسبوع", "هذا الشهر", "هذا العام", "目前", "迄今", "最近", "今天"}
)

func foldedUnits() map[string]string {
	out := map[string]string{Percent: Percent}
	for unit, words := range unitWords {
		for word := range strings.FieldsSeq(words) {
			out[i18n.Fold(word)] = unit
		}
	}
	for word := range strings.FieldsSeq(percentages) {
		out[i18n.Fold(word)] = Percent
	}
	return out
}

func foldedMultiples() map[string]int64 {
	out := map[string]int64{}
	for times, words := range map[int64]string{1_000: "thousand mille mil тысяч ألف آلاف", 1_000_000: "million millions m millón millones миллион миллиона миллионов مليون ملايين",
		1_000_000_000: "billion billions milliard milliards миллиард مليار"} {
		for word := range strings.FieldsSeq(words) {
			out[i18n.Fold(word)] = times
		}
	}
	return out
}

func unitOf(word string) string {
	if unit, is := wordUnit[word]; is {
		return unit
	}
	for han, unit := range hanWords {
		if strings.HasPrefix(word, han) {
			return unit
		}
	}
	return ""
}
