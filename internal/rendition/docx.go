package rendition

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// DOCX writes a document for word processors: styles, a list of contents that the program
// fills, tables whose heads repeat, the classification at the head of every page and its
// number at the foot. The same document gives the same bytes.
func (d Document) DOCX(out io.Writer) error {
	w := &word{d: d, rtl: dir(d.Lang) == "rtl"}
	w.body()
	z := zip.NewWriter(out)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes}, {"_rels/.rels", packageParts}, {"docProps/core.xml", w.core()},
		{"word/document.xml", w.document()}, {"word/styles.xml", w.styles()}, {"word/numbering.xml", numbering}, {"word/settings.xml", settings},
		{"word/header1.xml", w.header()}, {"word/footer1.xml", w.footer()}, {"word/_rels/document.xml.rels", documentParts},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = io.WriteString(f, part.text)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

type word struct {
	d   Document
	b   strings.Builder
	rtl bool
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(clean(s)))
	return b.String()
}

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// lang is the language of a block, and whether it is written from right to left.
func (w *word) lang(of string) (string, bool) {
	if of == "" {
		of = w.d.Lang
	}
	return of, dir(of) == "rtl"
}

// paragraph writes a paragraph in a style. more stands among its properties: their order
// is fixed, so it comes in parts.
func (w *word) paragraph(style, lang, number string, spans []Span) {
	of, rtl := w.lang(lang)
	w.b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + number)
	if rtl {
		w.b.WriteString(`<w:bidi/>`)
	}
	w.b.WriteString(`</w:pPr>`)
	for _, s := range spans {
		w.run(s, of, rtl)
	}
	w.b.WriteString(`</w:p>`)
}

func (w *word) run(s Span, lang string, rtl bool) {
	w.b.WriteString(run(s, lang, rtl))
}

func run(s Span, lang string, rtl bool) string {
	var b strings.Builder
	b.WriteString(`<w:r><w:rPr>`)
	if s.Code {
		b.WriteString(`<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Courier New"/>`)
	}
	if s.Strong {
		b.WriteString(`<w:b/><w:bCs/>`)
	}
	if s.Em {
		b.WriteString(`<w:i/><w:iCs/>`)
	}
	if rtl {
		fmt.Fprintf(&b, `<w:rtl/><w:lang w:bidi="%s"/>`, escaped(lang))
	} else {
		fmt.Fprintf(&b, `<w:lang w:val="%s"/>`, escaped(lang))
	}
	b.WriteString(`</w:rPr>`)
	for i, line := range strings.Split(s.Words, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		b.WriteString(`<w:t xml:space="preserve">` + escaped(line) + `</w:t>`)
	}
	b.WriteString(`</w:r>`)
	return b.String()
}

func said(s string) []Span { return []Span{{Words: s}} }

func (w *word) body() {
	w.paragraph("Title", "", "", said(w.d.Title))
	if len(w.d.About) > 1 {
		t := Table{Numeric: []bool{false, false}}
		for i := 0; i+1 < len(w.d.About); i += 2 {
			t.Rows = append(t.Rows, w.d.About[i:i+2])
		}
		w.table(t)
		w.paragraph("Normal", "", "", nil)
	}
	if head := w.d.Words["contents"]; head != "" {
		w.paragraph("ContentsHead", "", "", said(head))
		w.contents()
	}
	w.blocks(w.d.Blocks)
}

// contents is a field that a word processor brings up to date, filled with what it would
// say, but for the pages.
func (w *word) contents() {
	var heads []Block
	for _, b := range w.d.Blocks {
		if b.Kind == Heading && b.Level <= 2 {
			heads = append(heads, b)
		}
	}
	for i, b := range heads {
		of, rtl := w.lang(b.Lang)
		fmt.Fprintf(&w.b, `<w:p><w:pPr><w:pStyle w:val="TOC%d"/>`, b.Level)
		if rtl {
			w.b.WriteString(`<w:bidi/>`)
		}
		w.b.WriteString(`</w:pPr>`)
		if i == 0 {
			w.b.WriteString(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`)
		}
		w.run(Span{Words: words(b.Spans)}, of, rtl)
		if i == len(heads)-1 {
			w.b.WriteString(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
		}
		w.b.WriteString(`</w:p>`)
	}
}

func (w *word) blocks(blocks []Block) {
	for _, b := range blocks {
		switch b.Kind {
		case Heading:
			w.paragraph(fmt.Sprint("Heading", b.Level), b.Lang, "", b.Spans)
		case Paragraph:
			w.paragraph("Normal", b.Lang, "", b.Spans)
		case List:
			for i, item := range b.Items {
				if b.Ordered { // numbers as text: no list goes on where another ended
					item = append(said(fmt.Sprint(i+1, ". ")), item...)
					w.paragraph("ListNumber", b.Lang, "", item)
					continue
				}
				w.paragraph("ListBullet", b.Lang, `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, item)
			}
		case Quote:
			w.inside("Quote", b)
		case Note:
			w.inside("Note", b)
		case TableKind, Chart:
			if b.Table != nil {
				w.paragraph("Caption", b.Table.Caption.Lang, "", said(b.Table.Caption.Words))
				w.table(*b.Table)
				for _, n := range b.Table.Notes {
					w.paragraph("Hint", n.Lang, "", said(n.Words))
				}
				w.paragraph("Normal", "", "", nil)
			}
		case Break:
			w.b.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
		}
	}
}

// inside writes what is quoted or set apart: paragraphs in its style.
func (w *word) inside(style string, b Block) {
	if len(b.Spans) > 0 {
		w.paragraph(style, b.Lang, "", b.Spans)
	}
	for _, in := range b.Blocks {
		switch in.Kind {
		case Paragraph, Heading:
			w.paragraph(style, in.Lang, "", in.Spans)
		case List:
			for _, item := range in.Items {
				w.paragraph(style, in.Lang, "", append(said("• "), item...))
			}
		default:
			w.inside(style, in)
		}
	}
}

// total is the width of a table, in fiftieths of a per cent.
const total = 5000

func (w *word) table(t Table) {
	columns := max(len(t.Heads), len(t.Numeric))
	w.b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/>`)
	if w.rtl {
		w.b.WriteString(`<w:bidiVisual/>`)
	}
	fmt.Fprintf(&w.b, `<w:tblW w:w="%d" w:type="pct"/></w:tblPr><w:tblGrid>`, total)
	for range columns {
		fmt.Fprintf(&w.b, `<w:gridCol w:w="%d"/>`, 9600/max(columns, 1))
	}
	w.b.WriteString(`</w:tblGrid>`)
	if len(t.Heads) > 0 {
		cells := make([]Cell, len(t.Heads))
		for i, h := range t.Heads {
			cells[i] = Cell{Text: h}
		}
		w.row(t, cells, true, true)
	}
	for _, r := range t.Rows {
		w.row(t, r, false, false)
	}
	if len(t.Foot) > 0 {
		w.row(t, t.Foot, false, true)
	}
	w.b.WriteString(`</w:tbl>`)
}

func (w *word) row(t Table, cells []Cell, head, strong bool) {
	w.b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if head {
		w.b.WriteString(`<w:tblHeader/>`)
	}
	w.b.WriteString(`</w:trPr>`)
	for i, c := range cells {
		style := "Cell"
		if number(&t, i) != "" {
			style = "Figure"
		}
		w.b.WriteString(`<w:tc><w:tcPr>`)
		if head {
			w.b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="E8EFF4"/>`)
		}
		w.b.WriteString(`</w:tcPr>`)
		w.paragraph(style, "", "", []Span{{Words: c.Text, Strong: strong, Em: c.Hidden}})
		w.b.WriteString(`</w:tc>`)
	}
	w.b.WriteString(`</w:tr>`)
}
