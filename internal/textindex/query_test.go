package textindex_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// found are queries that find a text, missed ones that do not.
var found = []struct{ name, text, found, missed string }{
	{"English", "Two containers left the port of Abidjan.", "containers|PORT abidjan|cont|left the|“left the port”|abid", "container abidjan|\"port the\"|ports|bidjan"},
	{"French", "Contrefaçons de chaussures, œuvre d'un réseau à l'île Maurice", "contrefacons|CHAUSSURES|oeuvre|ile|l'île maurice|RÉSEAU|reseau", "reso|îles maurice"},
	{"Arabic", "ضُبِطَت إرساليّة سجائر مُهرَّبة في ميناء الإسكندريّة، الحاوية ٤٢٦٥٧٩٧", "ضبطت|ارسالية|إرسالية|مهربه|ميناء الاسكندرية|الإسكندريه|4265797|سجـــائر", "سجائن|الاسكندرون"},
	{"Chinese", "在釜山港查获假冒运动鞋五百双，来自广州", "运动鞋|假冒|查获假冒|鞋|港|\"假冒运动鞋\"|广州", "运鞋|动运|釜港"},
	{"Traditional and full width", "貨櫃 ＴＣＬＵ４２６５７９７ 內有香菸", "TCLU4265797|香菸|貨櫃|tclu", "櫃貨"},
	{"Japanese", "偽ブランドバッグ１２０個をプサンから発見", "ブランド|バッグ|120|発見|ﾌﾞﾗﾝﾄﾞ|プサン", "フランド|ハック"},
	{"Korean", "부산항에서 위조 담배를 적발했다", "부산항|담배|위조 담배|적발", "부항|배담"},
	{"Thai", "จับกุมบุหรี่เถื่อนที่ท่าเรือแหลมฉบัง", "บุหรี่|เถื่อน|ท่าเรือ|แหลมฉบัง", "บุหรเถื่อน|เรือท่า"},
	{"Lao, Khmer, Myanmar", "ຢາສູບເຖື່ອນ បារីក្លែងក្លាយ ဆေးလိပ်အတု", "ຢາສູບ|បារី|ក្លែងក្លាយ|ဆေးလိပ်", "ບູສາຢ|រីបា"},
	{"Russian", "Задержаны поддельные сигареты, Новороссийск, всё изъято", "СИГАРЕТЫ|новороссийск|все изъято|поддельн", "сигарета"},
	{"Greek", "Κατασχέθηκαν ΤΣΙΓΆΡΑ στον Πειραιά ΛΑΘΡΑΊΟΣ", "τσιγαρα|πειραια|λαθραίος|λαθραιοσ", "πειραιαν"},
	{"Turkish", "İstanbul Ambarlı limanında sahte IŞIK", "istanbul|ISTANBUL|ambarli|ışık|isik", "ambarla"},
	{"Vietnamese", "Thuốc lá lậu ở Đà Nẵng", "thuoc la|da nang|Đà Nẵng|lậu", "danang"},
	{"Hindi", "नकली सिगरेट मुंबई बंदरगाह १२०", "सिगरेट|मुंबई|120", "सगरट"},
	{"Polish, Danish", "Łódź, przemyt; København smørrebrød", "lodz|LODZ|kobenhavn|smorre", "lodzi"},
	{"Hebrew", "סִיגָרִיוֹת מְזוּיָפוֹת", "סיגריות|מזויפות", "סיגר יות"},
	{"container", "seal 9, container TCLU4265797 empty", "TCLU4265797|tclu|4265797|tclu 4265797|TCLU 426579 7|TCLU-426579-7|tclu42|\"container TCLU4265797 empty\"", "TCLU4265798|265797|426579 x"},
	{"container with spaces", "container TCLU 426579-7 empty", "TCLU4265797|tclu 426579|426579", "TCLU4265798"},
	{"post", "parcel CP123456785DE arrived", "cp123456785de|123456785|CP 123 456 785 DE|CP 123456785 DE", "CP123456785FR"},
	{"post with spaces", "parcel CP 123 456 785 DE arrived", "CP123456785DE|456", "CP123456785FR"},
	{"waybill", "AWB 020-12345675.", "020-12345675|02012345675|12345675|020 12345675|020 1234 5675|020-123", "021-12345675|2345675"},
	{"waybill in one", "AWB 02012345675.", "020-12345675|020-1234 5675", "021-12345675"},
	{"case number", "see S-26-0412-K and X", "S-26-0412-K|s260412k|0412|S 26 0412 K|s-26-0412|“S-26-0412-K and”", "S-26-0412-J|S-25-0412-K"},
	{"hyphen in words", "a counter-feit and counter terrorism", "counter-feit|counter-terrorism|\"counter feit\"", "feit-counter"},
	{"signs only", "-- ... !!", "", "-|!!|\"\"|\""},
}

func TestFound(t *testing.T) {
	for _, c := range found {
		for _, q := range strings.Split(c.found, "|") {
			if q != "" && !parse(t, q).In("nothing here", c.text) {
				t.Errorf("%s: %q does not find %q", c.name, q, c.text)
			}
		}
		for _, q := range strings.Split(c.missed, "|") {
			if parse(t, q).In(c.text) {
				t.Errorf("%s: %q finds %q", c.name, q, c.text)
			}
		}
	}
}

func parse(t testing.TB, text string) textindex.Query {
	t.Helper()
	q, err := textindex.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// Every term may stand in another text of the record, and none is looked for over
// the border of two.
func TestAcrossTexts(t *testing.T) {
	if !parse(t, "port shoes").In("the port", "of shoes") {
		t.Error("words in two texts")
	}
	if parse(t, `"port of"`).In("the port", "of shoes") {
		t.Error("a phrase over two texts")
	}
}

// Marks are what was looked for, as it stands in the text.
func TestMarks(t *testing.T) {
	for _, c := range []struct{ query, text, marked string }{
		{"cafe noir", "Le Café, du CAFÉ noirâtre.", "Le [Café], du [CAFÉ] [noirâtre]."},
		{"运动鞋", "五百双运动鞋和鞋", "五百双[运动鞋]和鞋"},
		{"tclu4265797", "TCLU 426579-7!", "[TCLU 426579-7]!"},
		{`"left the"`, "left. It left the port", "left. It [left the] port"},
		{"سجائر", "إرساليّة سَجائِر.", "إرساليّة [سَجائِر]."},
		{"x", "nothing", "nothing"},
	} {
		out, at := "", 0
		for _, s := range parse(t, c.query).Marks(c.text) {
			out += c.text[at:s.Start] + "[" + c.text[s.Start:s.End] + "]"
			at = s.End
		}
		if out += c.text[at:]; out != c.marked {
			t.Errorf("%q: %s, want %s", c.query, out, c.marked)
		}
	}
}

func TestTooLong(t *testing.T) {
	if _, err := textindex.Parse(strings.Repeat("鞋", textindex.MaxQuery)); err != nil {
		t.Error(err)
	}
	if _, err := textindex.Parse(strings.Repeat("鞋", textindex.MaxQuery+1)); err == nil {
		t.Error("one too many is taken")
	}
}

// Whatever is typed and written: no panic, a text is found by each of its own
// words, and marks are whole characters of the text, in order.
func FuzzQuery(f *testing.F) {
	for _, c := range found {
		f.Add(c.found, c.text)
	}
	f.Add(`" OR NEAR(a b) * ^ {words}: -'`, "a\u0300\u0301\xff\x00b")
	f.Fuzz(func(t *testing.T, query, text string) {
		q, err := textindex.Parse(query)
		if err != nil {
			return
		}
		text = strings.ToValidUTF8(text, "")
		in := q.In(text)
		marks := q.Marks(text)
		if in && len(marks) == 0 {
			t.Errorf("%q is in %q and nothing is marked", query, text)
		}
		at := 0
		for _, m := range marks {
			if m.Start < at || m.End <= m.Start || m.End > len(text) || !utf8.ValidString(text[m.Start:m.End]) {
				t.Fatalf("%q in %q: %v", query, text, marks)
			}
			at = m.End
		}
		for word := range strings.FieldsSeq(text) {
			if w, err := textindex.Parse(word); err == nil && !w.Empty() && !strings.ContainsAny(word, `"“”„‟«»＂「」『』`) && !w.In(text) {
				t.Errorf("%q does not find its own text %q", word, text)
			}
		}
	})
}
