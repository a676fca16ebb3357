package workbook_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

func shot(t testing.TB, edge int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, edge, edge))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// illustrated is a workbook with pictures over D2, B3 and B3 again, of which the first
// two are one.
func illustrated(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	for _, p := range []struct {
		cell string
		edge int
	}{{"D2", 20}, {"B3", 20}, {"B3", 30}} {
		if err := f.AddPictureFromBytes("Sheet1", p.cell, &excelize.Picture{Extension: ".png", File: shot(t, p.edge), Format: &excelize.GraphicOptions{}}); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pictures(t testing.TB, file []byte) (*workbook.Book, []workbook.Picture) {
	t.Helper()
	b, err := workbook.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	all, err := b.Pictures("")
	if err != nil {
		t.Fatal(err)
	}
	return b, all
}

func TestPicturesByCell(t *testing.T) {
	b, all := pictures(t, illustrated(t))
	if len(all) != 3 || all[0].Line != 2 || all[0].Column != 3 || all[1].Line != 3 || all[1].Column != 1 || all[2].Line != 3 {
		t.Fatalf("%+v", all)
	}
	for i, edge := range []int{20, 20, 30} {
		got, err := b.Bytes(all[i], 1<<20)
		if err != nil || !bytes.Equal(got, shot(t, edge)) {
			t.Errorf("picture %d: %d bytes, %v", i, len(got), err)
		}
	}
	if _, err := b.Bytes(all[0], 10); !fault.Is(err, fault.TooLarge) {
		t.Errorf("larger than it may be: %v", err)
	}
}

// placed is a workbook in which a picture was placed in a cell, as spreadsheet
// programs write it since 2023.
func placed(t testing.TB, change func(parts map[string]string)) []byte {
	t.Helper()
	rels := func(of ...string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + strings.Join(of, "") + `</Relationships>`
	}
	parts := map[string]string{
		"[Content_Types].xml":        `<Types/>`,
		"_rels/.rels":                rels(`<Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/>`),
		"xl/workbook.xml":            `<workbook><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": rels(`<Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>`),
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData><row r="5"><c r="C5" t="e" vm="2"><v>#VALUE!</v></c></row></sheetData></worksheet>`,
		"xl/metadata.xml": `<metadata><futureMetadata name="XLRICHVALUE" count="2"><bk><extLst><ext><xlrd:rvb i="1"/></ext></extLst></bk><bk><extLst><ext><xlrd:rvb i="0"/></ext></extLst></bk></futureMetadata>` +
			`<valueMetadata count="2"><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></valueMetadata></metadata>`,
		"xl/richData/rdrichvalue.xml":             `<rvData count="2"><rv s="0"><v>1</v><v>5</v></rv><rv s="0"><v>0</v><v>5</v></rv></rvData>`,
		"xl/richData/richValueRel.xml":            `<richValueRels><rel r:id="rId1"/><rel r:id="rId2"/></richValueRels>`,
		"xl/richData/_rels/richValueRel.xml.rels": rels(`<Relationship Id="rId1" Type="http://x/image" Target="../media/image1.png"/>`, `<Relationship Id="rId2" Type="http://x/image" Target="../media/image2.png"/>`),
		"xl/media/image1.png":                     string(shot(t, 10)),
		"xl/media/image2.png":                     string(shot(t, 20)),
	}
	if change != nil {
		change(parts)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPicturesPlacedInCells(t *testing.T) {
	b, all := pictures(t, placed(t, nil))
	if len(all) != 1 || all[0].Line != 5 || all[0].Column != 2 {
		t.Fatalf("%+v", all)
	}
	if got, err := b.Bytes(all[0], 1<<20); err != nil || !bytes.Equal(got, shot(t, 20)) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	for name, change := range map[string]func(map[string]string){
		"no metadata": func(p map[string]string) { delete(p, "xl/metadata.xml") },
		"no picture":  func(p map[string]string) { delete(p, "xl/media/image2.png") },
		"other numbers": func(p map[string]string) {
			p["xl/richData/rdrichvalue.xml"] = `<rvData><rv><v>99</v></rv><rv><v>-1</v></rv></rvData>`
		},
		"linked": func(p map[string]string) {
			p["xl/richData/_rels/richValueRel.xml.rels"] = `<Relationships><Relationship Id="rId2" Type="http://x/image" TargetMode="External" Target="http://example.org/a.png"/></Relationships>`
		},
		"beyond": func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = `<worksheet><sheetData><row r="5"><c r="5" vm="2"/><c r="AAAA5" vm="1"/><c vm="1"/><c r="B5" vm="7"/><c r="B5" vm="x"/></row></sheetData></worksheet>`
		},
	} {
		if _, all := pictures(t, placed(t, change)); len(all) != 0 {
			t.Errorf("%s: %+v", name, all)
		}
	}
}

func FuzzPictures(f *testing.F) {
	f.Add(illustrated(f))
	f.Add(placed(f, nil))
	f.Fuzz(func(t *testing.T, file []byte) {
		b, err := workbook.Open(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			return
		}
		all, err := b.Pictures("")
		if err != nil {
			return
		}
		for _, p := range all {
			if p.Line < 1 || p.Column < 0 {
				t.Fatal(p)
			}
			_, _ = b.Bytes(p, 1<<16)
		}
	})
}
