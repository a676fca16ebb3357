package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

const head = form + "\n# kind: hs\n# name: hs-2022-fr\n# edition: 2022\n# language: fr\n# source: Journal officiel\n# licence: Licence ouverte 2.0\n"

const someHS = "code,parent,label\n64,,Chaussures\n6403,64,Chaussures à dessus en cuir\n640399,6403,Autres\n"

// rough are rows of the public list, with what it really holds: national codes, a
// total, blank lines, broken lines, commas.
const rough = "section,hscode,description,parent,level\nI,TOTAL,All,,0\nI,01,Animals; live,TOTAL,2\nI,0101,\"Horses, asses; live\",01,4\n" +
	"I,010121,\"Horses; live,\npure-bred\n\",0101,6\nI,01012110,Arab,0101,6\n\nXXI,9999,Commodities not specified,99,4\n"

const places = "Change,Country,Location,Name,NameWoDiacritics,Subdivision,Status,Function,Date,IATA,Coordinates,Remarks\n" +
	",AF,,.AFGHANISTAN,,,,,,,,\n+,NL,RTM,Rotterdam,Rotterdam,ZH,AF,12345---,0307,,5155N 00430E,\n" +
	"=,BE,,Antwerp = Antwerpen,Antwerp = Antwerpen,,,,,,,\n,CZ,OMO,Olomouc,Olomouc,71,AF,--3-----,0307,,strange,\n" +
	",ES,AGP,Málaga,Malaga,MA,AI,1--4----,0307,,3643N 00425W,\n,US,XYZ,One,One,NY,RL,zzz,,,,\n,US,XYZ,Two,Two,NY,RL,--3-----,,,,\n"

func read(t *testing.T, text string, said Pack) File {
	t.Helper()
	f, err := Read(strings.NewReader(text), said)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestReadOwnForm(t *testing.T) {
	sum := sha256.Sum256([]byte(someHS))
	for _, text := range []string{head + someHS, "\ufeff" + head + someHS, head + "# sha256: " + hex.EncodeToString(sum[:]) + "\n" + someHS,
		strings.ReplaceAll(head+someHS, "\n", "\r\n")} {
		f := read(t, text, Pack{})
		if f.Kind != HS || f.Name != "hs-2022-fr" || f.Edition != "2022" || f.Language != "fr" || f.Source != "Journal officiel" || f.Licence != "Licence ouverte 2.0" ||
			f.Rows != 3 || f.Entries[2] != (Entry{Code: "6403", Parent: "64", Label: "Chaussures à dessus en cuir"}) && f.Entries[1].Code != "6403" {
			t.Errorf("%+v", f)
		}
	}
	a, b := read(t, head+someHS, Pack{}), read(t, head+"label,code\nAutres,6403.99\nChaussures à dessus en cuir,6403\nChaussures,64\n", Pack{})
	if a.Digest != b.Digest || a.File == b.File {
		t.Error("the same rows in another order are another list")
	}
	if c := read(t, strings.Replace(head+someHS, "Autres", "Autre", 1), Pack{}); c.Digest == a.Digest {
		t.Error("another label is the same list")
	}
}

func TestReadPublicShapes(t *testing.T) {
	f := read(t, rough, Pack{Edition: "2017", Source: "datasets/harmonized-system", Licence: "ODC-PDDL-1.0"})
	if f.Kind != HS || f.Name != "harmonized-system" || f.Language != "en" || f.Rows != 3 || f.Skipped != 3 ||
		f.Entries[2] != (Entry{Code: "010121", Parent: "0101", Label: "Horses; live, pure-bred"}) {
		t.Errorf("%+v", f)
	}
	f = read(t, places, Pack{Name: "places", Edition: "2024-2", Source: "UNECE", Licence: "ODC-PDDL-1.0"})
	if f.Kind != Locode || f.Rows != 4 || f.Skipped != 3 ||
		f.Entries[2] != (Entry{Code: "NLRTM", Label: "Rotterdam", Subdivision: "ZH", Functions: "12345---", Coordinates: "5155N 00430E"}) ||
		f.Entries[0].Coordinates != "" || f.Entries[1].Other != "Malaga" || f.Entries[3].Label != "One" || f.Entries[3].Other != "Two" || f.Entries[3].Functions != "" {
		t.Errorf("%+v", f)
	}
}

// What is no list is refused, with the reason and the line.
func TestReadRefuses(t *testing.T) {
	raw := Pack{Edition: "2017", Source: "s", Licence: "l"}
	for name, c := range map[string]struct {
		text string
		said Pack
		key  string
		line int64
	}{
		"nothing":               {"", raw, "pack.empty", 0},
		"head only":             {head, Pack{}, "pack.empty", 0},
		"no rows":               {head + "code,label\n", Pack{}, "pack.empty", 0},
		"not UTF-8":             {head + "code,label\n64,\xff\n", Pack{}, "fault.not-utf8", 0},
		"another table":         {"a,b\n1,2\n", raw, "pack.shape", 0},
		"unknown column":        {head + "code,label,price\n64,x,1\n", Pack{}, "pack.columns", 0},
		"column twice":          {head + "code,label,label\n64,x,1\n", Pack{}, "pack.columns", 0},
		"no label":              {head + "code\n64\n", Pack{}, "pack.columns", 0},
		"unknown key":           {form + "\n# colour: red\n" + someHS, Pack{}, "pack.manifest-line", 2},
		"key twice":             {head + "# kind: hs\n" + someHS, Pack{}, "pack.manifest-line", 8},
		"not as said":           {head + someHS, Pack{Edition: "2017"}, "pack.manifest-line", 4},
		"another edition":       {strings.Replace(head, "edition: 2022", "edition: 2021", 1) + someHS, Pack{}, "pack.hs-edition", 0},
		"no licence":            {strings.Replace(head, "# licence: Licence ouverte 2.0\n", "", 1) + someHS, Pack{}, "pack.manifest", 0},
		"no edition said":       {rough, Pack{Source: "s", Licence: "l"}, "pack.manifest", 0},
		"a bad name":            {strings.Replace(head, "hs-2022-fr", "../etc", 1) + someHS, Pack{}, "pack.manifest", 0},
		"a bad language":        {strings.Replace(head, "language: fr", "language: klingon!", 1) + someHS, Pack{}, "pack.manifest", 0},
		"another sum":           {head + "# sha256: 00\n" + someHS, Pack{}, "pack.sha256", 0},
		"no code":               {head + "code,label\n64,x\n99,y\n", Pack{}, "pack.code", 10},
		"a long code":           {head + "code,label\n" + strings.Repeat("6", 70) + ",x\n", Pack{}, "pack.code", 9},
		"code twice":            {head + "code,label\n64,x\n64,y\n", Pack{}, "pack.double", 10},
		"another parent":        {head + "code,label,parent\n6403,x,63\n", Pack{}, "pack.value", 9},
		"an empty label":        {head + "code,label\n64, \n", Pack{}, "pack.value", 9},
		"a turned label":        {head + "code,label\n64,a\u202eb\n", Pack{}, "pack.value", 9},
		"a label of towers":     {head + "code,label\n64,a" + strings.Repeat("\u0300", 50) + "\n", Pack{}, "pack.value", 9},
		"a label too long":      {head + "code,label\n64," + strings.Repeat("a", MaxLabel+1) + "\n", Pack{}, "pack.value", 9},
		"coordinates of a code": {head + "code,label,coordinates\n64,x,5155N 00430E\n", Pack{}, "pack.value", 9},
		"too few columns":       {head + "code,label\n64\n", Pack{}, "pack.csv", 9},
		"an open quote":         {head + "code,label\n64,\"x\n", Pack{}, "pack.csv", 9},
		"another kind":          {rough, Pack{Kind: Locode, Edition: "2017"}, "pack.other-kind", 0},
		"unknown kind":          {strings.Replace(head, "kind: hs", "kind: zoo", 1) + someHS, Pack{}, "pack.kind", 0},
		"too large":             {head + "code,label\n64," + strings.Repeat("a", MaxBytes), Pack{}, "pack.too-large", 0},
	} {
		_, err := Read(strings.NewReader(c.text), c.said)
		f, ok := errors.AsType[*fault.Fault](err)
		if !ok || f.Key != c.key || c.line != 0 && f.Args["line"] != c.line {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file of more rows than any list has is refused before they are all kept.
func TestTooManyRows(t *testing.T) {
	var b strings.Builder
	b.WriteString(strings.Replace(strings.Replace(head, "kind: hs", "kind: unit", 1), "hs-2022-fr", "units", 1) + "code,label\n")
	for i := range MaxRows + 2 {
		b.WriteString(string([]byte{byte('A' + i/26/26/26/26%26), byte('A' + i/26/26/26%26), byte('A' + i/26/26%26), byte('A' + i/26%26), byte('A' + i%26)}) + ",x\n")
	}
	_, err := Read(strings.NewReader(b.String()), Pack{})
	if f, ok := errors.AsType[*fault.Fault](err); !ok || f.Key != "pack.too-many" {
		t.Error(err)
	}
}

// What is built in holds every chapter in three languages, and the same headings.
func TestCore(t *testing.T) {
	var first *File
	for _, f := range core() {
		if f.Kind == Locode {
			if f.Rows < 60 {
				t.Errorf("only %d places", f.Rows)
			}
			continue
		}
		if first == nil {
			first = &f
		}
		chapters := 0
		for i, e := range f.Entries {
			if e.Code != first.Entries[i].Code {
				t.Errorf("%s: %s in one language, %s in another", f.Language, e.Code, first.Entries[i].Code)
			}
			if len(e.Code) == 2 {
				chapters++
			} else if len(e.Code) != 4 {
				t.Errorf("%s is no heading", e.Code)
			}
		}
		if chapters != 96 {
			t.Errorf("%s: %d chapters", f.Language, chapters)
		}
	}
	for n := range 100 {
		code := string([]byte{byte('0' + n/10), byte('0' + n%10)})
		if _, err := (list{Pack: first.Pack, file: first}).one(nil, code); (err == nil) != codelist.Chapter(code) {
			t.Errorf("chapter %s: %v", code, err)
		}
	}
}

// Whatever comes, what is read is sound, and reads the same again.
func FuzzRead(f *testing.F) {
	for _, s := range []string{head + someHS, rough, places, "", form, head, "a,b\n", head + "code,label\n\"64\",\"a\"\"b\"\n", form + "\n#\n", form + "\n# kind: unit\n# name: u\n# edition: 1\n# language: en\n# source: s\n# licence: l\ncode,label\nKGM,kilogram\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Read(strings.NewReader(s), Pack{Edition: "2022", Source: "s", Licence: "l"})
		if err != nil {
			if _, ok := errors.AsType[*fault.Fault](err); !ok {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		if again := got; again.check() != nil && got.Name != coreName {
			t.Fatalf("%q was read and cannot be loaded: %v", s, again.check())
		}
		if again, err := Read(strings.NewReader(s), Pack{Edition: "2022", Source: "s", Licence: "l"}); err != nil || again.Digest != got.Digest {
			t.Fatal("not the same again")
		}
		for i, e := range got.Entries {
			if i > 0 && got.Entries[i-1].Code >= e.Code || e.Label == "" || strings.ContainsAny(e.words(), "%_\\") {
				t.Fatalf("%+v", e)
			}
		}
	})
}
