package rendition

import (
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// HTML writes a document as one file that needs nothing else: no scripts, no pictures, no
// fonts. Printed, it has the classification line on every page, page numbers where the
// browser knows them, and the heads of tables repeated.
func (d Document) HTML(out io.Writer) error {
	p := &page{d: d}
	p.f(`<!doctype html><html lang="%s" dir="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`, d.Lang, dir(d.Lang))
	p.f(`<meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'unsafe-inline'"><title>%s</title><style>%s</style></head><body>`, d.Title, raw(style(d)))
	if d.Handling != "" {
		p.f(`<p class="handling">%s</p>`, d.Handling)
	}
	p.f(`<header><h1>%s</h1>`, d.Title)
	if len(d.About) > 1 {
		p.f(`<dl class="about">`)
		for i := 0; i+1 < len(d.About); i += 2 {
			p.f(`<div><dt>%s</dt><dd>%s</dd></div>`, d.About[i].Text, bdi(d.About[i+1].Text))
		}
		p.f(`</dl>`)
	}
	p.f(`</header>`)
	p.contents()
	p.f(`<main>`)
	p.blocks(d.Blocks)
	p.f(`</main></body></html>`)
	_, err := io.WriteString(out, p.b.String())
	return err
}

// raw is text that is HTML already.
type raw string

func bdi(s string) raw { return raw("<bdi>" + html.EscapeString(clean(s)) + "</bdi>") }

type page struct {
	d       Document
	b       strings.Builder
	heading int
}

// f writes; whatever is not raw is escaped.
func (p *page) f(format string, args ...any) {
	for i, a := range args {
		switch v := a.(type) {
		case string:
			args[i] = html.EscapeString(clean(v))
		case raw:
			args[i] = string(v)
		}
	}
	fmt.Fprintf(&p.b, format, args...)
}

func dir(lang string) string { return i18n.Lang(lang).Dir() }

// attributes are language and direction where they differ from the document's.
func (p *page) attributes(lang string) raw {
	if lang == "" || lang == p.d.Lang {
		return ""
	}
	return raw(fmt.Sprintf(` lang="%s" dir="%s"`, html.EscapeString(lang), dir(lang)))
}

// contents lists the headings of the first two levels.
func (p *page) contents() {
	if p.d.Words["contents"] == "" {
		return
	}
	p.f(`<nav><h2>%s</h2><ol>`, p.d.Words["contents"])
	n := 0
	for _, b := range p.d.Blocks {
		if b.Kind != Heading {
			continue
		}
		if n++; b.Level <= 2 {
			p.f(`<li class="l%d"><a href="#h%d"%s>%s</a></li>`, b.Level, n, p.attributes(b.Lang), words(b.Spans))
		}
	}
	p.f(`</ol></nav>`)
}

func words(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Words)
	}
	return b.String()
}

func (p *page) blocks(blocks []Block) {
	for _, b := range blocks {
		p.block(b)
	}
}

func (p *page) block(b Block) {
	at := p.attributes(b.Lang)
	switch b.Kind {
	case Heading:
		p.heading++
		p.f(`<h%d id="h%d"%s>%s</h%d>`, b.Level+1, p.heading, at, p.spans(b.Spans), b.Level+1)
	case Paragraph:
		p.f(`<p%s>%s</p>`, at, p.spans(b.Spans))
	case List:
		name := map[bool]string{true: "ol", false: "ul"}[b.Ordered]
		p.f(`<%s%s>`, raw(name), at)
		for _, item := range b.Items {
			p.f(`<li>%s</li>`, p.spans(item))
		}
		p.f(`</%s>`, raw(name))
	case Quote:
		p.f(`<blockquote%s>`, at)
		p.blocks(b.Blocks)
		p.f(`</blockquote>`)
	case Note:
		p.f(`<div class="note" role="note"%s>`, at)
		if len(b.Spans) > 0 {
			p.f(`<p>%s</p>`, p.spans(b.Spans))
		}
		p.blocks(b.Blocks)
		p.f(`</div>`)
	case TableKind, Chart:
		if b.Table != nil {
			p.figure(b)
		}
	case Break:
		p.f(`<div class="break"></div>`)
	}
}

func (p *page) spans(spans []Span) raw {
	var b strings.Builder
	for _, s := range spans {
		text := strings.ReplaceAll(html.EscapeString(clean(s.Words)), "\n", "<br>")
		if s.Code {
			text = "<code>" + text + "</code>"
		}
		if s.Em {
			text = "<em>" + text + "</em>"
		}
		if s.Strong {
			text = "<strong>" + text + "</strong>"
		}
		b.WriteString(text)
	}
	return raw(b.String())
}

// figure is a table, with its drawing above it when there is one.
func (p *page) figure(b Block) {
	t := b.Table
	p.f(`<figure id="%s"><figcaption%s>%s</figcaption>`, t.ID, p.attributes(t.Caption.Lang), t.Caption.Words)
	if b.Kind == Chart {
		p.f(`%s`, drawing(*t, b.Draw, dir(p.d.Lang) == "rtl"))
	}
	p.f(`<div class="wide" tabindex="0" role="region" aria-label="%s"><table><thead><tr>`, t.Caption.Words)
	for i, h := range t.Heads {
		p.f(`<th scope="col"%s>%s</th>`, number(t, i), h)
	}
	p.f(`</tr></thead><tbody>`)
	for _, r := range t.Rows {
		p.row(t, r)
	}
	p.f(`</tbody>`)
	if len(t.Foot) > 0 {
		p.f(`<tfoot>`)
		p.row(t, t.Foot)
		p.f(`</tfoot>`)
	}
	p.f(`</table></div>`)
	for _, n := range t.Notes {
		p.f(`<p class="hint"%s>%s</p>`, p.attributes(n.Lang), n.Words)
	}
	p.f(`</figure>`)
}

func number(t *Table, column int) raw {
	if column < len(t.Numeric) && t.Numeric[column] {
		return ` class="n"`
	}
	return ""
}

func (p *page) row(t *Table, cells []Cell) {
	p.f(`<tr>`)
	for i, c := range cells {
		switch {
		case i == 0:
			p.f(`<th scope="row">%s</th>`, bdi(c.Text))
		case c.Hidden:
			p.f(`<td class="hidden">%s</td>`, c.Text)
		default:
			p.f(`<td%s>%s</td>`, number(t, i), bdi(c.Text))
		}
	}
	p.f(`</tr>`)
}

// style is the whole style sheet. The classification line is fixed, which browsers repeat
// on every page; those that know boxes in the margin of a page number them.
func style(d Document) string {
	quoted := strings.NewReplacer(`\`, `\5c `, `"`, `\22 `, "<", `\3c `, "\n", " ").Replace(clean(d.Handling))
	return `:root{color-scheme:light}*{box-sizing:border-box}
body{font:16px/1.5 system-ui,"Noto Sans","Noto Sans Arabic","DejaVu Sans",sans-serif;color:#16222e;background:#fff;max-width:52rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.8rem;line-height:1.2;margin:.5rem 0 1rem}h2{font-size:1.35rem;margin:2rem 0 .5rem;border-block-end:2px solid #1d5a86;padding-block-end:.2rem}h3{font-size:1.1rem;margin:1.4rem 0 .4rem}h4,h5{font-size:1rem;margin:1rem 0 .3rem}
.handling{position:sticky;top:0;background:#fff;border:1px solid #8a1c1c;color:#8a1c1c;font-weight:700;text-align:center;padding:.2rem .5rem;margin:0 0 1rem}
.about{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:.3rem 1.5rem;margin:0}.about dt{color:#4d5b69;font-size:.85rem}.about dd{margin:0;font-weight:600}
nav{background:#f2f6f9;padding:.5rem 1.2rem 1rem;margin-block:1.5rem}nav h2{border:0;margin:.5rem 0;font-size:1.1rem}nav ol{list-style:none;padding:0;margin:0;columns:2 16rem}nav .l2{padding-inline-start:1.2rem}a{color:#144a70}
figure{margin:1.2rem 0}figcaption{font-weight:600;margin-block-end:.5rem}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{padding:.3rem .5rem;text-align:start;vertical-align:top;border-block-end:1px solid #cfd8df}thead th{border-block-end:2px solid #4d5b69;vertical-align:bottom}tbody th{font-weight:400}tfoot th,tfoot td{font-weight:700;border-block-start:2px solid #4d5b69}.n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}.hidden{color:#5a6470;font-style:italic;text-align:end}
.wide{overflow-x:auto}.hint{color:#4d5b69;font-size:.85rem;margin:.3rem 0}.note{border-inline-start:4px solid #b06a00;background:#fdf6ea;padding:.5rem 1rem;margin:1rem 0}.note p{margin:.3rem 0}blockquote{border-inline-start:4px solid #9fb2c1;margin:1rem 0;padding-inline-start:1rem}svg{display:block;width:100%;height:auto;margin-block-end:.5rem}code{font-family:ui-monospace,monospace}
@page{size:auto;margin:22mm 16mm 20mm;@top-center{content:"` + quoted + `";font:700 9pt sans-serif;color:#8a1c1c}@bottom-center{direction:ltr;content:counter(page) " / " counter(pages);font:9pt sans-serif}}
@media print{body{font-size:10.5pt;max-width:none;padding:0;margin:0}.handling{position:static}thead{display:table-header-group}tfoot{display:table-row-group}tr,svg,.note{break-inside:avoid}h1,h2,h3,h4,h5,figcaption{break-after:avoid}.break{break-after:page}nav{break-after:page;background:none}.wide{overflow:visible}a{color:inherit;text-decoration:none}}`
}
