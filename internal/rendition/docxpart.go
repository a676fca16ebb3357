package rendition

import (
	"fmt"
	"strings"
)

// The parts of a DOCX beside its text.

const contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

const packageParts = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const relation = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`

const documentParts = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relation + `styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + relation + `numbering" Target="numbering.xml"/>` +
	`<Relationship Id="rId3" Type="` + relation + `settings" Target="settings.xml"/><Relationship Id="rId4" Type="` + relation + `header" Target="header1.xml"/><Relationship Id="rId5" Type="` + relation + `footer" Target="footer1.xml"/></Relationships>`

const settings = xmlHead + `<w:settings ` + wordSpace + `><w:updateFields w:val="false"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

const numbering = xmlHead + `<w:numbering ` + wordSpace + `><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="start"/><w:pPr><w:ind w:start="454" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

// core says what the file is. Who made it and when stands in its text.
func (w *word) core() string {
	return xmlHead + fmt.Sprintf(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title><dc:language>%s</dc:language></cp:coreProperties>`,
		escaped(w.d.Title), escaped(w.d.Lang))
}

func (w *word) document() string {
	section := `<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1360" w:right="1134" w:bottom="1247" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>`
	if w.rtl {
		section += `<w:bidi/>`
	}
	return xmlHead + `<w:document ` + wordSpace + `><w:body>` + w.b.String() + section + `</w:sectPr></w:body></w:document>`
}

func (w *word) header() string {
	p := &word{d: w.d, rtl: w.rtl}
	p.paragraph("Handling", "", "", said(w.d.Handling))
	return xmlHead + `<w:hdr ` + wordSpace + `>` + p.b.String() + `</w:hdr>`
}

func (w *word) footer() string {
	field := func(name string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	return xmlHead + `<w:ftr ` + wordSpace + `><w:p><w:pPr><w:pStyle w:val="Foot"/></w:pPr>` + field("PAGE") + `<w:r><w:t xml:space="preserve"> / </w:t></w:r>` + field("NUMPAGES") + `</w:p></w:ftr>`
}

// styles are few: headings, notes, cells. w:start and w:end follow the direction.
func (w *word) styles() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Arial"/><w:sz w:val="21"/><w:szCs w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	style := func(id, name, based, paragraph, run string) {
		if based != "" {
			based = `<w:basedOn w:val="` + based + `"/>`
		}
		first := ""
		if id == "Normal" {
			first = ` w:default="1"`
		}
		fmt.Fprintf(&b, `<w:style w:type="paragraph"%s w:styleId="%s"><w:name w:val="%s"/>%s<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, first, id, name, based, paragraph, run)
	}
	sized := func(bold bool, half int) string {
		s := fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, half, half)
		if bold {
			s = `<w:b/><w:bCs/>` + s
		}
		return s
	}
	style("Normal", "Normal", "", "", "")
	style("Title", "Title", "Normal", `<w:spacing w:before="0" w:after="240"/>`, sized(true, 40))
	for i, half := range []int{32, 26, 23, 22} {
		style(fmt.Sprint("Heading", i+1), fmt.Sprint("heading ", i+1), "Normal", fmt.Sprintf(`<w:keepNext/><w:spacing w:before="%d" w:after="100"/><w:outlineLvl w:val="%d"/>`, 360-60*i, i), sized(true, half))
	}
	style("ContentsHead", "Contents Heading", "Normal", `<w:keepNext/><w:spacing w:before="300"/>`, sized(true, 26))
	style("TOC1", "toc 1", "Normal", `<w:spacing w:after="40"/>`, "")
	style("TOC2", "toc 2", "Normal", `<w:spacing w:after="40"/><w:ind w:start="340"/>`, "")
	style("ListBullet", "List Bullet", "Normal", `<w:spacing w:after="60"/>`, "")
	style("ListNumber", "List Number", "Normal", `<w:spacing w:after="60"/><w:ind w:start="454" w:hanging="284"/>`, "")
	style("Quote", "Quote", "Normal", `<w:ind w:start="454" w:end="454"/>`, `<w:i/><w:iCs/>`)
	style("Note", "Note", "Normal", `<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="B06A00"/><w:bottom w:val="single" w:sz="4" w:space="3" w:color="B06A00"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FDF6EA"/>`, "")
	style("Caption", "caption", "Normal", `<w:keepNext/><w:spacing w:before="180" w:after="80"/>`, sized(true, 21))
	style("Hint", "Hint", "Normal", `<w:spacing w:before="40" w:after="60"/>`, sized(false, 18))
	style("Cell", "Cell", "Normal", `<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/><w:jc w:val="start"/>`, sized(false, 19))
	style("Figure", "Figure", "Cell", `<w:jc w:val="end"/>`, "")
	style("Handling", "Handling", "Normal", `<w:jc w:val="center"/>`, `<w:b/><w:bCs/><w:color w:val="8A1C1C"/><w:sz w:val="18"/><w:szCs w:val="18"/>`)
	style("Foot", "footer", "Normal", `<w:jc w:val="center"/>`, sized(false, 18))
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="Grid"><w:name w:val="Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="6" w:color="4D5B69"/><w:bottom w:val="single" w:sz="6" w:color="4D5B69"/><w:insideH w:val="single" w:sz="4" w:color="CFD8DF"/></w:tblBorders><w:tblCellMar><w:start w:w="70" w:type="dxa"/><w:end w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`)
	return b.String()
}
