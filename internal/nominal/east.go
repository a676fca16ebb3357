package nominal

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Chinese, Japanese, Korean and Thai: words are not parted by blanks, so cues are
// looked for in the text itself.
var (
	chineseTitled = regexp.MustCompile(`(` + chineseFamily + `)(\p{Han}{0,2})(?:先生|女士|小姐|太太)`)
	chineseLabel  = regexp.MustCompile(`(?:姓名|收件人|发件人|寄件人|收货人|发货人|司机|驾驶员|旅客|乘客|联系人|持有人|嫌疑人|当事人|货主|申报人)(?:姓名)?[ \t]{0,2}[:=为是][ \t]{0,2}(` + chineseFamily + `)(\p{Han}{1,2})(\p{Han}*)`)

	japaneseTitled = regexp.MustCompile(`(?:` + japaneseFamily + `)[ 　]?[\p{Han}\p{Hiragana}\p{Katakana}]{0,3}?(?:さん|様|氏)`)
	japaneseLabel  = regexp.MustCompile(`(?:氏名|名前|荷受人|受取人|差出人|荷送人|運転手|乗客|旅客|担当者|所持人|容疑者)[ \t]{0,2}[:=は][ \t]{0,2}([\p{Han}\p{Katakana}ー・]{2,8}(?: [\p{Han}\p{Katakana}ー]{1,6})?)`)

	koreanTitled = regexp.MustCompile(`(?:^|[^가-힣])((?:` + koreanFamily + `)[가-힣]{1,2}) ?(?:씨|님)(?:[가는를의와도에이께]|[^가-힣]|$)`)
	koreanLabel  = regexp.MustCompile(`(?:성명|이름|수취인|수하인|발송인|송하인|운전자|운전기사|승객|여행자|담당자|소지인|용의자)[ \t]{0,2}[:=][ \t]{0,2}((?:` + koreanFamily + `)[가-힣]{1,3})(?:[^가-힣]|$)`)

	thaiTitled = regexp.MustCompile(`(?:^|[^\p{Thai}])(?:นาย|นางสาว|นาง|น\.ส\.|ด\.ช\.|ด\.ญ\.)[ ]?(\p{Thai}{3,20}(?: \p{Thai}{3,25})?)`)
	thaiLabel  = regexp.MustCompile(`(?:ชื่อ-?(?:นามสกุล|สกุล)?|ผู้รับ|ผู้ส่ง|คนขับ|พนักงานขับรถ|ผู้โดยสาร|ผู้ต้องสงสัย|ผู้ถือหนังสือเดินทาง)[ ]{0,2}[:=][ ]{0,2}(\p{Thai}{3,20} \p{Thai}{3,25})`)

	easternBody = regexp.MustCompile(`公司|工厂|厂|商行|银行|海关|机场|株式会社|有限会社|会社|商事|商店|税関|銀行|회사|은행|세관|บริษัท|ห้าง|ร้าน|จำกัด|ศุลกากร|ธนาคาร|สินค้า|เรือ|ยี่ห้อ`)

	// thaiWords begin with what looks like a title.
	thaiWords = strings.Fields("หน้า กรัฐ ทะเบียน ด่าน ตรวจ ท่า อำเภอ แพทย์ จ้าง ทหาร ตำรวจ สถานี เรือ ทุน พล ร้อย สิบ ก พราน แบบ พยาบาล ฟ้า เอก งาม สงกรานต์ อากร")
)

const (
	chineseFamily = `欧阳|司马|诸葛|上官|王|李|张|刘|陈|杨|赵|黄|周|吴|徐|孙|胡|朱|高|林|何|郭|马|罗|梁|宋|郑|谢|韩|唐|冯|于|董|萧|程|曹|袁|邓|许|傅|沈|曾|彭|吕|苏|卢|蒋|蔡|贾|丁|魏|薛|叶|阎|余|潘|杜|戴|夏|钟|汪|田|任|姜|范|方|石|姚|谭|廖|邹|熊|金|陆|郝|孔|白|崔|康|毛|邱|秦|江|史|顾|侯|邵|孟|龙|万|段|雷|钱|汤|尹|黎|易|常|武|乔|贺|赖|龚|文|張|劉|陳|楊|趙|黃|吳|孫|馬|羅|鄭|謝|韓|馮|鄧|許|蘇|盧|葉`

	japaneseFamily = `佐藤|鈴木|高橋|田中|伊藤|渡辺|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|林|斎藤|清水|山崎|森|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|斉藤|福田|太田|西村|藤井|金子|岡本|藤原|中野|三浦|原田|中川|松田|竹内|小野|田村|中山|和田|石田|森田|上田|原|内田|柴田|酒井|宮崎|横山|高木|安藤|宮本|大野|小島|谷口|今井|工藤|高田|増田|丸山|杉山|村田|大塚|新井|小山|平野|藤本|河野|上野|野口|武田|松井|千葉|岩崎|菅原|木下|久保|佐野|野村|松尾|菊地|杉本|市川`

	koreanFamily = `김|이|박|최|정|강|조|윤|장|임|한|오|서|신|권|황|안|송|류|홍|전|고|문|손|양|배|백|허|유|남|심|노|하|곽|성|차|주|우|구|민|진|지|엄|채|원|천|방|공|남궁|황보`
)

// eastern finds names in these scripts.
func (s *scan) eastern() {
	for _, m := range chineseTitled.FindAllStringSubmatchIndex(s.text, -1) {
		s.hit(Name, m[2], m[5], ByTitle)
	}
	for _, m := range chineseLabel.FindAllStringSubmatchIndex(s.text, -1) {
		if rest := s.text[m[2]:m[7]]; utf8.RuneCountInString(rest) <= 4 && !easternBody.MatchString(rest) {
			s.hit(Name, m[2], m[5], ByLabel)
		}
	}
	for _, at := range japaneseTitled.FindAllStringIndex(s.text, -1) {
		s.hit(Name, at[0], at[1], ByTitle)
	}
	for _, f := range []struct {
		form *regexp.Regexp
		why  string
	}{{japaneseLabel, ByLabel}, {koreanTitled, ByTitle}, {koreanLabel, ByLabel}, {thaiTitled, ByTitle}, {thaiLabel, ByLabel}} {
		for _, m := range f.form.FindAllStringSubmatchIndex(s.text, -1) {
			name := s.text[m[2]:m[3]]
			if easternBody.MatchString(s.text[m[2]:min(len(s.text), m[3]+24)]) || f.form == thaiTitled && isThaiWord(name) {
				continue
			}
			s.hit(Name, m[2], m[3], f.why)
		}
	}
}

func isThaiWord(name string) bool {
	for _, w := range thaiWords {
		if strings.HasPrefix(name, w) {
			return true
		}
	}
	return false
}
