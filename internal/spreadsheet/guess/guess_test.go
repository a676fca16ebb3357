package guess

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

var today = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// sample is an invented file and what a careful reader counts in it by hand.
type sample struct {
	name, encoding string
	text           string
	want           []string // mapping lines that must be there
	lines          []string // per accepted row: line day country category mode origin quantities
	refused        []string // line column key
	totals         map[string]string
}

var samples = []sample{
	{
		name: "French, semicolons, Windows-1252, decimal commas, title above", encoding: "windows-1252",
		text: `Saisies du mois;;;;;;;
Date de saisie;Lieu de saisie;Pays de saisie;Pays de provenance;Moyen de transport;Nature;Quantité (pièces);Poids (kg)
06/02/2017;Port de Dunkerque;France;Chine;Maritime;Chaussures;1 250;12,5
23/02/2017;Roissy;France;Turquie;Fret aérien;Vêtements;300;
07/02/2017;Anvers;Belgique;Hong Kong;Maritme;Médicaments;;0,75
31/04/2017;Anvers;Belgique;Chine;Maritime;Jouets;10;
08/02/2017;Genève;Suisse;Atlantide;Colis postal;Montres;5;
`,
		want: []string{`encoding = "windows-1252"`, `delimiter = ";"`, `heading = 2`, `decimal = ","`, `group = " " # separator of thousands`, `dates = ["d/m/yyyy"]`, `language = "fr" # of the free text`},
		lines: []string{
			"3 2017-02-06 FR FTW sea CN 1250H87 12.5KGM",
			"4 2017-02-23 FR CLO air TR 300H87",
			"5 2017-02-07 BE PHA sea HK 0.75KGM",
			"7 2017-02-08 CH WAT mail (Atlantide) 5H87",
		},
		refused: []string{"6 Date de saisie spreadsheet.cell.date"},
		totals:  map[string]string{"H87": "1555", "KGM": "13.25"},
	},
	{
		name: "Arabic, tabs, UTF-8 with a mark, Arabic digits", encoding: "utf-8",
		text: "\ufeffرقم المحضر\tتاريخ الضبط\tبلد الضبط\tالمنفذ\tبلد المنشأ\tوسيلة النقل\tنوع البضاعة\tالعدد\tالوزن (كغ)\tملاحظات\n" +
			"أ-١\t٢٠١٧/٠٢/٠٦\tالمغرب\tميناء طنجة\tالصين\tبحري\tأدوية\t٥٠٠\t\t\n" +
			"أ-٢\t٢٠١٧/٠٢/١٤\tتونس\tمطار قرطاج\tتركيا\tجوي\tملابس\t٢٠\t٣٫٥\tصناديق\n" +
			"أ-٣\t٢٠١٧/٠٢/٢٠\tمصر\tميناء دمياط\tالإمارات\tبحري\tأحذية\t-٤\t\t\n",
		want: []string{`encoding = "utf-8"`, `delimiter = "tab"`, `decimal = "٫"`, `dates = ["yyyy/m/d"]`, `language = "ar" # of the free text`, `columns = ["رقم المحضر"] # filled in every row, never twice`},
		lines: []string{
			"2 2017-02-06 MA PHA sea CN 500H87",
			"3 2017-02-14 TN CLO air TR 20H87 3.5KGM",
		},
		refused: []string{"4 العدد spreadsheet.number.negative"},
		totals:  map[string]string{"H87": "520", "KGM": "3.5"},
	},
	{
		name: "Spanish, UTF-16, months in words, units in the cells", encoding: "utf-16",
		text: `"Fecha";"País";"Aduana";"Procedencia";"Destino";"Medio de transporte";"Mercancía";"Cantidad";"Marca"
"6 de febrero de 2017";"Perú";"Callao";"China";"Bolivia";"Marítimo";"Calzado";"1.500 pares";"Nortena"
"14 de marzo de 2017";"México";"Veracruz";"Estados Unidos";"";"Terrestre";"Cigarrillos";"2.000.000 unidades";""
"1 de enero de 2017";"Chile";"Iquique";"Panamá";"Bolivia";"Aéreo";"Perfumes
de lujo";"12,5 litros";""
"2 de enero de 2017";"Chile";"Iquique";"Panamá";"Bolivia";"Aéreo";"Relojes";"3 docenas";""
`,
		want: []string{`encoding = "utf-16"`, `delimiter = ";"`, `decimal = ","`, `group = "." # separator of thousands`, `dates = ["d 'de' mmm 'de' yyyy"]`},
		lines: []string{
			"2 2017-02-06 PE FTW sea CN 1500PR",
			"3 2017-03-14 MX TOB road US 2000000H87",
			"4 2017-01-01 CL COS air PA 12.5LTR",
		},
		refused: []string{"5 Cantidad spreadsheet.cell.no-unit"},
		totals:  map[string]string{"PR": "1500", "H87": "2000000", "LTR": "12.5"},
	},
	{
		name: "English, bars, month first, unit column, HS codes", encoding: "utf-8",
		text: `Case No|Seizure Date|Country|Port|Country of Origin|Mode of Transprt|Product Category|HS Code|Qty|UOM|Status|Officer
A1|2/13/2017|Kenya|Mombasa|China|Sea|Foodstuffs|1006.30|1,250|kg|Seized|unit 4
A2|2/3/2017|Kenya|Nairobi|UAE|Courier|Moblie phones|85171300|40|pcs|Detained|unit 4
A3|3/1/2017|Uganda|Entebbe|N/A|Air|Soap|340111|0.5|kgs|Seized|unit 9
A4|2/4/2017|Uganda|Entebbe|India|Air|Soap|340111|0|kgs|Seized|unit 9
A4|2/5/2017|Uganda|Entebbe
`,
		want: []string{`delimiter = "|"`, `dates = ["m/d/yyyy"]`, `decimal = "."`, `group = "," # separator of thousands`, `unit_column = "UOM"`, `columns = ["Case No"] # filled in every row, never twice`},
		lines: []string{
			"2 2017-02-13 KE FOO sea CN 1250KGM",
			"3 2017-02-03 KE MOB express AE 40H87",
			"4 2017-03-01 UG COS air - 0.5KGM",
		},
		refused: []string{"5 Qty spreadsheet.number.zero", "6  spreadsheet.row.fewer-cells"},
		totals:  map[string]string{"KGM": "1250.5", "H87": "40"},
	},
	{
		name: "nothing proves the order of day and month, nor the comma", encoding: "utf-8",
		text: `Date,Country,Goods,Pieces
03/04/2017,Malta,Shoes,"1,234"
05/05/2017,Malta,Shoes,12
06/07/2017,Malta,Shoes,7
`,
		want:    []string{`dates = ["d/m/yyyy", "m/d/yyyy"]`, `# AMBIGUOUS: "1,234" may have a decimal sign or a separator of thousands. Such rows are refused`},
		lines:   []string{"3 2017-05-05 MT FTW - - 12H87"},
		refused: []string{"2 Date spreadsheet.cell.date-ambiguous", "4 Date spreadsheet.cell.date-ambiguous"},
		totals:  map[string]string{"H87": "12"},
	},
	{
		name: "Arabic in its Windows encoding, commas", encoding: "windows-1256",
		text: `التاريخ,الدولة,نوع البضاعة,الكمية,الوحدة
13.02.2017,الأردن,سجائر,2000,علبة
14.02.2017,لبنان,عطور,15,لتر
15.02.2017,الكونغو,ساعات,3,قطعة
`,
		want: []string{`encoding = "windows-1256"`, `dates = ["d.m.yyyy"]`, `unit_column = "الوحدة"`},
		lines: []string{
			"2 2017-02-13 JO TOB - - 2000NMP",
			"3 2017-02-14 LB COS - - 15LTR",
		},
		refused: []string{"4 الدولة spreadsheet.cell.no-code"}, // two countries have that name
		totals:  map[string]string{"NMP": "2000", "LTR": "15"},
	},
}

func encode(t *testing.T, s sample) string {
	t.Helper()
	if s.encoding == "utf-8" {
		return s.text
	}
	enc, ok := sheet.Encoding(s.encoding)
	if !ok {
		t.Fatal(s.encoding)
	}
	out, err := enc.NewEncoder().String(s.text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// imported runs a mapping over a sheet, into a store that takes every row.
func imported(m *spreadsheet.Mapping, text string) (*outcome.Result, []spreadsheet.Row, error) {
	var all []spreadsheet.Row
	job := spreadsheet.Job{Operation: "0190a5e0-0000-7000-8000-000000000001", Mapping: m,
		Report: func(_ context.Context, rows []spreadsheet.Row) ([]spreadsheet.Outcome, error) {
			all = append(all, rows...)
			return make([]spreadsheet.Outcome, len(rows)), nil
		}}
	result, err := job.Import(context.Background(), strings.NewReader(text))
	return result, all, err
}

func TestGuess(t *testing.T) {
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			raw := encode(t, s)
			guessed, err := Guess(strings.NewReader(raw), today)
			if err != nil {
				t.Fatal(err)
			}
			m, err := spreadsheet.ParseMapping(guessed)
			if err != nil {
				t.Fatalf("%v\n%s", err, guessed)
			}
			for _, line := range s.want {
				if !slices.Contains(strings.Split(string(guessed), "\n"), line) {
					t.Errorf("the mapping lacks %s", line)
				}
			}
			result, rows, err := imported(m, raw)
			if err != nil {
				t.Fatalf("%v\n%s", err, guessed)
			}
			var lines, refused []string
			for _, row := range rows {
				lines = append(lines, told(row))
			}
			for _, r := range result.Refusals {
				refused = append(refused, fmt.Sprint(r.Row, " ", r.Problems[0].Column, " ", r.Problems[0].Key))
			}
			totals := result.Print(func(key string, _ ...fault.Args) string { return key }).Totals
			if d := cmp.Diff(s.lines, lines) + cmp.Diff(s.refused, refused) + cmp.Diff(s.totals, totals); d != "" {
				t.Errorf("(-counted by hand +imported)\n%s\n%s", d, guessed)
			}
		})
	}
}

func told(row spreadsheet.Row) string {
	d := row.Draft
	or := func(code, typed string) string {
		switch {
		case code != "":
			return code
		case typed != "":
			return "(" + typed + ")"
		}
		return "-"
	}
	s := fmt.Sprint(row.Line, " ", d.Day, " ", d.Country, " ", d.Goods[0].Category, " ",
		or(d.Conveyance.Code, d.Conveyance.Typed), " ", or(d.Origin.Code, d.Origin.Typed))
	for _, q := range d.Goods[0].Quantities {
		s += fmt.Sprint(" ", i18n.Decimal(q.Micro), q.Unit)
	}
	return s
}

func TestGuessAirport(t *testing.T) {
	file, err := os.ReadFile("../../../testdata/import/airport-seizures.csv")
	if err != nil {
		t.Fatal(err)
	}
	raw := string(file)
	guessed, err := Guess(strings.NewReader(raw), today)
	if err != nil {
		t.Fatal(err)
	}
	m, err := spreadsheet.ParseMapping(guessed)
	if err != nil {
		t.Fatal(err)
	}
	result, rows, err := imported(m, raw)
	if err != nil {
		t.Fatal(err)
	}
	// "Bukavu, Congo" and "Brazzaville, ROC" are two countries' names each.
	if result.Accepted != 426 || result.Refused != 2 {
		t.Errorf("%d accepted, %d refused", result.Accepted, result.Refused)
	}
	modes := map[string]int{}
	for _, row := range rows {
		modes[row.Draft.Conveyance.Code]++
	}
	if want := map[string]int{"": 79, "air": 62, "passenger": 164, "unknown": 121}; !cmp.Equal(want, modes) {
		t.Errorf("modes %v, want %v", modes, want)
	}
}

// Whatever the bytes, Guess gives a fault or a mapping; a mapping that it could
// complete parses and runs.
func FuzzGuess(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s.text))
	}
	f.Add([]byte("\xff\xfeD\x00a\x00;\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4096 {
			return
		}
		guessed, err := Guess(strings.NewReader(string(data)), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatal(err)
			}
			return
		}
		m, err := spreadsheet.ParseMapping(guessed)
		if err != nil {
			for _, field := range err.(*fault.Fault).Fields {
				if field.Key != "spreadsheet.mapping.one-source" { // day or country not found
					t.Fatalf("%v\n%s", err, guessed)
				}
			}
			if len(err.(*fault.Fault).Fields) == 0 {
				t.Fatalf("%v\n%s", err, guessed)
			}
			return
		}
		result, _, err := imported(m, string(data))
		if err != nil {
			t.Fatalf("%v\n%s", err, guessed)
		}
		if result.Rows != result.Accepted+result.Refused+result.Unchanged {
			t.Fatalf("%+v", result)
		}
	})
}

// Headings in ten languages are told for what they are.
func TestHeadingsInTenLanguages(t *testing.T) {
	values := map[string]string{"day": "2017-02-07", "country": "KE", "category": "shoes", "quantity": "5", "brand": "Acme", "remarks": "seen"}
	for lang, headings := range map[string]map[string]string{
		"en": {"day": "Date of seizure", "country": "Country", "category": "Product category", "quantity": "Quantity", "brand": "Brand", "remarks": "Remarks"},
		"fr": {"day": "Date de saisie", "country": "Pays", "category": "Marchandise", "quantity": "Quantité", "brand": "Marque", "remarks": "Observations"},
		"es": {"day": "Fecha de incautación", "country": "País", "category": "Mercancía", "quantity": "Cantidad", "brand": "Marca", "remarks": "Observaciones"},
		"pt": {"day": "Data da apreensão", "country": "País da apreensão", "category": "Mercadoria", "quantity": "Quantidade", "brand": "Marca", "remarks": "Observações"},
		"ar": {"day": "تاريخ الضبط", "country": "البلد", "category": "نوع البضاعة", "quantity": "الكمية", "brand": "العلامة التجارية", "remarks": "ملاحظات"},
		"ru": {"day": "Дата изъятия", "country": "Страна", "category": "Категория", "quantity": "Количество", "brand": "Бренд", "remarks": "Примечание"},
		"zh": {"day": "查获日期", "country": "国家", "category": "商品类别", "quantity": "数量", "brand": "品牌", "remarks": "备注"},
		"ja": {"day": "摘発日", "country": "国名", "category": "品目", "quantity": "数量", "brand": "ブランド", "remarks": "備考"},
		"ko": {"day": "적발일자", "country": "국가", "category": "품목", "quantity": "수량", "brand": "브랜드", "remarks": "비고"},
		"th": {"day": "วันที่ยึด", "country": "ประเทศ", "category": "ประเภทสินค้า", "quantity": "จำนวน", "brand": "ยี่ห้อ", "remarks": "หมายเหตุ"},
	} {
		var names, heads, cells []string
		for _, name := range []string{"day", "country", "category", "quantity", "brand", "remarks"} {
			names, heads, cells = append(names, name), append(heads, headings[name]), append(cells, values[name])
		}
		g, err := Make(strings.NewReader(strings.Join(heads, ";")+"\n"+strings.Join(cells, ";")+"\n"), today, Choices{})
		if err != nil {
			t.Errorf("%s: %v", lang, err)
			continue
		}
		for i, name := range names {
			if g.Columns[i].Role != name {
				t.Errorf("%s: %s is taken for %q, want %s", lang, heads[i], g.Columns[i].Role, name)
			}
		}
	}
}

// The fields that cases have got since, in a sheet that has them all.
func TestNewFields(t *testing.T) {
	head := []string{"Case number", "Date", "Country", "Category", "Sub-category", "Right holder", "Brand", "Violations", "Danger", "Bar code", "Batch number",
		"Value", "Currency", "Container number", "Declared as", "Registration number", "Where hidden", "Loading status", "Status date", "Qty", "Unit"}
	want := []string{"case", "day", "country", "category", "sub", "holder", "brand", "violations", "hazard", "gtin", "batch",
		"value", "currency", "mark:container", "declared_description", "right", "hidden", "loading", "status_day", "quantity", "unit"}
	row := func(id, goods string) string {
		return id + "\t2017-02-07\tKenya\t" + goods + "\tsport\tAcme SA\tAcme\tipr; food safety\tyes\t4006381333931\tL7\t12.5\tEUR\tCSQU3054383\trice\tTM 1\tunder rice\tfull\t2017-02-08\t5\tpieces\n"
	}
	text := strings.Join(head, "\t") + "\n" + row("A1", "shoes") + row("A1", "watches") + row("B1", "shoes")
	g, err := Make(strings.NewReader(text), today, Choices{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if g.Columns[i].Role != want[i] {
			t.Errorf("%s is taken for %q, want %s", head[i], g.Columns[i].Role, want[i])
		}
	}
	m, err := spreadsheet.ParseMapping(g.Mapping)
	if err != nil {
		t.Fatalf("%v\n%s", err, g.Mapping)
	}
	result, rows, err := imported(m, text)
	if err != nil || result.Accepted != 3 || result.Cases != 2 {
		t.Fatalf("%+v, %v", result, err)
	}
	if l := rows[0].Draft.Goods[0]; l.Sub != "sport" || !l.Hazard || len(l.Violations) != 2 || l.Value.Currency != "EUR" || l.GTIN == "" || rows[0].Draft.Marks[0].Kind != "container" {
		t.Errorf("%+v", l)
	}
	// Chosen by hand, each column is what was chosen.
	again, err := Make(strings.NewReader(text), today, Choices{Roles: append([]string{"key", "day", "country", "category", "ignored"}, make([]string, 16)...), Dates: "yyyy-mm-dd"})
	if err != nil || again.Columns[4].Role != "ignored" || again.Columns[19].Role != "" || strings.Contains(string(again.Mapping), "quantities") {
		t.Errorf("%+v, %v", again.Columns, err)
	}
}
