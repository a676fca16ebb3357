package nominal

import (
	"regexp"
	"strings"
)

// goodsForms are numbers that are nobody's: containers, parcels, waybills, ships,
// cases, dates.
var goodsForms = compile(
	`\b[A-Za-z]{3}[UJZujz][ -]?[0-9]{3} ?[0-9]{3}[ /-]?[0-9]\b`,
	`\b[A-Z]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3} ?[A-Z]{2}\b`,
	`\b[A-Z]{2} ?[0-9]{4} ?[0-9]{4} ?[0-9] ?[A-Z]{2}\b`,
	`\b[0-9]{3}-[0-9]{4}[ -]?[0-9]{4}\b`,
	`\bIMO[ :.-]{0,2}[0-9]{7}\b`,
	`\b[A-Z]{1,4}-[0-9A-Z]+(-[0-9A-Z]+)+\b`,
	`\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b`,
	`\b[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}\b`,
)

func compile(patterns ...string) []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, p := range patterns {
		out = append(out, regexp.MustCompile(p))
	}
	return out
}

var emailForm = regexp.MustCompile(`[\pL\pN][\pL\pN._%+-]{0,63}@[\pL\pN][\pL\pN-]{0,62}(?:\.[\pL\pN-]{1,63}){1,6}`)

// offices are the addresses of a body, not of a person.
var offices = set("info contact office ops operations duty ncp ocu rilo noreply no-reply admin support press media sales customs helpdesk hotline mail " +
	"post enquiries inquiries service services team secretariat ipr enforcement coordination control cargo import export orders accounts douane aduana zoll")

// addresses finds e-mail addresses of persons.
func (s *scan) addresses() {
	for _, at := range emailForm.FindAllStringIndex(s.text, -1) {
		local, _, _ := strings.Cut(strings.ToLower(s.text[at[0]:at[1]]), "@")
		first, _, _ := strings.Cut(local, ".")
		first = strings.TrimRight(first, "0123456789_-")
		if !offices[first] {
			s.hit(Email, at[0], at[1], ByForm)
		}
	}
}

// A number after a cue: at most a few signs, a word for "number", and blanks
// stand between.
const between = `[ \t]{0,3}(?:(?:no|nr|nº|n°|num|number|numero|número|numéro|nummer|№|is|was|holder|#|رقم|رقمه|号码|号|番号|번호|หมายเลข|เลขที่|номер|серия|н)[.:º°]{0,2}[ \t]{0,2}){0,3}[ \t]{0,3}[-.:(#№/]{0,2}[ \t]{0,3}`

var (
	passportCue = regexp.MustCompile(`(?i)(?:\bpassports?|\bpasseport|\bpasaporte|\bpassaporte|\breisepass|\bpassnummer|паспорта?|загранпаспорта?|جواز(?: (?:ال)?سفره?)?|护照|旅券|パスポート|여권|หนังสือเดินทาง|พาสปอร์ต)` + between)
	idCue       = regexp.MustCompile(`(?i)(?:\b(?:national )?id(?:entity)? ?(?:card)?\b|\bnational id(?:entity)?|\bidentity (?:card|document)|\bssn\b|\bsocial security|\bdriv(?:ing|er'?s?) licen[cs]e|\bcni\b|\bcarte (?:nationale )?d'identit[eé]|\bpermis de conduire|\bdni\b|\bnie\b|\bc[eé]dula(?: de (?:identidad|ciudadan[ií]a))?|\bcurp\b|\bcpf\b|\bcarteira de identidade|\bbilhete de identidade|\bcart[aã]o de cidad[aã]o|\bnik\b|\bktp\b|\baadhaar|\binn\b|инн|снилс|водительское удостоверение|удостоверение личности|الهوية(?: الوطنية)?|بطاقة هوية|بطاقة الهوية|رخصة(?: ال)?قيادة|身份证(?:号码|号)?|居民身份证|驾驶证|マイナンバー|運転免許証?|주민등록번호|운전면허(?:증)?|บัตรประชาชน|บัตรประจำตัวประชาชน|ใบขับขี่)` + between)
	phoneCue    = regexp.MustCompile(`(?i)(?:\b(?:tel|tél|t[eé]l[eé]phone|telefono|teléfono|telefone|telefon|phone|mobile|mob|cell|cell ?phone|portable|m[oó]vil|celular|telem[oó]vel|whatsapp|wechat|viber|telegram|signal|fax)\b\.?|тел\.?|телефон|моб\.?|هاتف(?: محمول)?|جوال|موبايل|واتساب|رقم الهاتف|电话|電話|手机|微信|携帯|전화(?:번호)?|휴대폰|โทร(?:ศัพท์)?|มือถือ)` + between)
	birthCue    = regexp.MustCompile(`(?i)(?:\bborn(?: on)?\b|\bd\.?o\.?b\.?\b|\bdate of birth\b|\bbirth ?date\b|\bn[ée]e? le\b|\bdate de naissance\b|\bnacid[oa](?: el)?\b|\bfecha de nacimiento\b|\bnascid[oa](?: em)?\b|\bdata de nascimento\b|\bgeboren(?: am)?\b|дата рождения|родил(?:ся|ась)|г\.р\.|д\.р\.|تاريخ الميلاد|تاريخ ميلاده|من مواليد|مواليد|ولد في|出生(?:日期|年月日|于)?|生年月日|생년월일|วันเกิด|เกิดเมื่อ(?:วันที่)?)` + `[ \t]{0,3}[-:(]{0,2}[ \t]{0,3}`)
	mrzForm     = regexp.MustCompile(`\bP[A-Z<][A-Z]{3}[A-Z<]{3,39}<<[A-Z<]{1,39}`)

	// What follows a cue.
	paperNumber = regexp.MustCompile(`^(?:[A-Za-z\p{Cyrillic}]{0,3}[ -]?[0-9][0-9 -]{3,13}[0-9][A-Za-z]?|[0-9]{2}[A-Za-z]{2}[0-9]{5})\b`)
	anyNumber   = regexp.MustCompile(`^[A-Za-z]{0,4}[ -]?[0-9][0-9A-Za-z./ -]{3,20}[0-9A-Za-z]\b`)
	birthDate   = regexp.MustCompile(`^(?:[0-9]{1,2} ?[./-] ?[0-9]{1,2} ?[./-] ?[0-9]{2,4}|[0-9]{4} ?[./-] ?[0-9]{1,2} ?[./-] ?[0-9]{1,2}|[0-9]{4}[年년] ?[0-9]{1,2}[月월] ?[0-9]{1,2}[日일]?|[0-9]{1,2}(?:st|nd|rd|th|er|º|ª|\.)? (?:de |of )?\pL[\pL\pM.]{2,14},? (?:de |del |do |พ\.ศ\. ?)?[0-9]{4}|\pL{3,9}\.? [0-9]{1,2},? [0-9]{4}|(?:عام |سنة )?(?:19|20|13|14|25)[0-9]{2})(?:年|년|г\.?|м)?`)
	phoneTail   = regexp.MustCompile(`^\+?\(?[0-9][0-9 ().\-/]{5,20}[0-9]`)

	// Without a cue.
	phoneForm = regexp.MustCompile(`\+ ?\(?[1-9][0-9 ().\-/]{6,20}[0-9]`)
	phoneZero = regexp.MustCompile(`\b00[ -]?[1-9][0-9]{0,2}[ -][0-9 ().\-/]{5,18}[0-9]\b`)
	chineseID = regexp.MustCompile(`\b[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]\b`)
	koreanID  = regexp.MustCompile(`\b[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-[1-4][0-9]{6}\b`)
	thaiID    = regexp.MustCompile(`\b[1-8]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9]\b`)
	brazilID  = regexp.MustCompile(`\b[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}\b`)

	// counted follows a number that counts things.
	counted = regexp.MustCompile(`(?i)^ ?(?:pcs|pieces?|units?|pairs?|kg|kgs|g|t|tonnes?|tons?|l|litres?|liters?|cartons?|boxes|packs?|packets|sticks|cigarettes|usd|eur|€|\$|%|pi[eè]ces?|unit[eé]s|paires|unidades|piezas|cajas|шт|кг|قطعة|قطع|كرتون|كجم|件|个|個|箱|点|개|박스|ชิ้น|กล่อง)`)
)

// after calls fn with the place of the number behind each cue.
func (s *scan) after(cue, number *regexp.Regexp, fn func(start, end int)) {
	for _, at := range cue.FindAllStringIndex(s.text, -1) {
		rest := s.text[at[1]:min(len(s.text), at[1]+80)] // a number is short: looking further would cost the square of the text
		if n := number.FindStringIndex(rest); n != nil && !counted.MatchString(rest[n[1]:]) {
			fn(at[1], at[1]+n[1])
		}
	}
}

func count(text string, from, to byte) (n int) {
	for i := range len(text) {
		if text[i] >= from && text[i] <= to {
			n++
		}
	}
	return n
}

// papers finds numbers of passports and identity cards.
func (s *scan) papers() {
	s.after(passportCue, paperNumber, func(start, end int) {
		if n := count(s.text[start:end], '0', '9'); n >= 5 && n <= 12 && !s.ofGoods(start, end) {
			s.hit(Passport, start, end, ByLabel)
		}
	})
	s.after(idCue, anyNumber, func(start, end int) {
		end = start + len(strings.TrimRight(firstWord(s.text[start:end]), " .-/"))
		if n := count(s.text[start:end], '0', '9'); n >= 6 && n <= 18 && !s.ofGoods(start, end) {
			s.hit(IDCard, start, end, ByLabel)
		}
	})
	for _, at := range mrzForm.FindAllStringIndex(s.text, -1) {
		s.hit(Passport, at[0], at[1], ByForm)
	}
	for _, form := range []struct {
		form *regexp.Regexp
		fits func(digits string) bool
	}{{chineseID, fitsChinese}, {koreanID, nil}, {thaiID, nil}, {brazilID, fitsBrazil}} {
		for _, at := range form.form.FindAllStringIndex(s.text, -1) {
			if form.fits == nil || form.fits(strings.NewReplacer("-", "", ".", "").Replace(s.text[at[0]:at[1]])) {
				s.hit(IDCard, at[0], at[1], ByForm)
			}
		}
	}
}

// firstWord is what belongs to a number: up to the first blank that a letter follows.
func firstWord(text string) string {
	for i := 1; i < len(text); i++ {
		if text[i-1] == ' ' && (text[i] < '0' || text[i] > '9') {
			return text[:i-1]
		}
	}
	return text
}

// fitsChinese is the check of GB 11643.
func fitsChinese(id string) bool {
	weights, sum := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}, 0
	for i, w := range weights {
		sum += int(id[i]-'0') * w
	}
	return "10X98765432"[sum%11] == strings.ToUpper(id)[17]
}

// fitsBrazil is the check of a CPF.
func fitsBrazil(id string) bool {
	for n := 9; n < 11; n++ {
		sum := 0
		for i := range n {
			sum += int(id[i]-'0') * (n + 1 - i)
		}
		if sum*10%11%10 != int(id[n]-'0') {
			return false
		}
	}
	return true
}

// phones finds numbers in international form, and any behind a word for a phone.
func (s *scan) phones() {
	s.after(phoneCue, phoneTail, func(start, end int) { s.phone(start, end, ByLabel, 7) })
	for _, at := range phoneForm.FindAllStringIndex(s.text, -1) {
		if at[0] == 0 || !strings.ContainsRune("0123456789", rune(s.text[at[0]-1])) {
			s.phone(at[0], at[1], ByForm, 9)
		}
	}
	for _, at := range phoneZero.FindAllStringIndex(s.text, -1) {
		s.phone(at[0], at[1], ByForm, 11)
	}
}

func (s *scan) phone(start, end int, why string, least int) {
	text := s.text[start:end]
	n := count(text, '0', '9')
	if n < least || n > 15 || why == ByForm && s.ofGoods(start, end) || counted.MatchString(s.text[end:min(len(s.text), end+20)]) {
		return
	}
	if grouped(text) { // 1 200 000: thousands, not a number to call
		return
	}
	s.hit(Phone, start, end, why)
}

var thousands = regexp.MustCompile(`^\+?[0-9]{1,3}(?:[ .][0-9]{3}){2,}$`)

// grouped tells whether a number without a sign is written as amounts are.
func grouped(text string) bool {
	return !strings.HasPrefix(text, "+") && thousands.MatchString(text) && text[0] != '0'
}

// birthDates finds dates behind a word for birth.
func (s *scan) birthDates() {
	s.after(birthCue, birthDate, func(start, end int) { s.hit(Birth, start, end, ByLabel) })
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}
