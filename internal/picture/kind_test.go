package picture

import (
	"archive/zip"
	"bytes"
	"image"
	"strings"
	"testing"
)

func zipOf(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		name, content, _ := strings.Cut(n, "=")
		w, err := z.CreateHeader(&zip.FileHeader{Name: name})
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
	return b.Bytes()
}

func TestDocumentsByContent(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 100)
	wide := func(s string) string {
		var out []byte
		for _, c := range []byte(s) {
			out = append(out, c, 0)
		}
		return string(out) + "\x00\x00"
	}
	for want, content := range map[string][]byte{
		"application/pdf":                                []byte("%PDF-1.7\n<script>"),
		ooxml + "wordprocessingml.document":              zipOf(t, "[Content_Types].xml", "word/document.xml"),
		ooxml + "spreadsheetml.sheet":                    zipOf(t, "[Content_Types].xml", "xl/workbook.xml"),
		ooxml + "presentationml.presentation":            zipOf(t, "[Content_Types].xml", "ppt/presentation.xml"),
		"application/vnd.ms-excel.sheet.macroEnabled.12": zipOf(t, "[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
		odf + "text":                    zipOf(t, "mimetype="+odf+"text"),
		"application/msword":            []byte(ole + wide("WordDocument")),
		"application/vnd.ms-excel":      []byte(ole + wide("Workbook")),
		"application/vnd.ms-powerpoint": []byte(ole + wide("PowerPoint Document")),
	} {
		if got, err := KindOf(content); got != want || endings[got] == "" {
			t.Errorf("%s: %q, %v", want, got, err)
		}
	}
	for name, content := range map[string][]byte{"a zip": zipOf(t, "a.txt"), "a jar": zipOf(t, "META-INF/MANIFEST.MF"), "an epub": zipOf(t, "mimetype=application/epub+zip"),
		"old office of another kind": []byte(ole + wide("Root Entry")), "a pdf after a page": []byte("<html>%PDF-1.7")} {
		if got, err := KindOf(content); err == nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func FuzzKind(f *testing.F) {
	for _, b := range [][]byte{hugeGIF, pngHeader(10, 10, 8, 6), jpegOf(f, 8, 8), zipOf(f, "mimetype="+odf+"text"), []byte("RIFF\x20\x00\x00\x00WEBPVP8L")} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		kind, err := KindOf(b)
		if err != nil || !IsPicture(kind) {
			return
		}
		if o := orientation(kind, b); o < 1 || o > 8 {
			t.Fatal(o)
		}
		h, err := Gate(kind, b)
		if err != nil || h > 1_000_000 {
			return
		}
		if main, small, err := Render(kind, b, false, BlackOut{{0, 0, 5000, 5000}}); err == nil && (len(main.Content) == 0 || len(small.Content) > smallBytes) {
			t.Fatal("a picture of nothing")
		}
	})
}

func FuzzBlackOut(f *testing.F) {
	f.Add("0,0,100,100")
	f.Add("10.5,0,5,5.05;1,1,2,2")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ParseBlackOut(text)
		if err != nil {
			return
		}
		again, err := ParseBlackOut(b.String())
		if err != nil || again.String() != b.String() {
			t.Fatalf("%q, %q, %v", b, again, err)
		}
		for _, r := range b.over(image.Rect(0, 0, 640, 480)) {
			if !r.In(image.Rect(0, 0, 640, 480)) || r.Empty() {
				t.Fatal(r)
			}
		}
	})
}
