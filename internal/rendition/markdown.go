package rendition

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// MaxMarkdown is how long a text may be that is read as Markdown; of a longer one every
// line is a paragraph, as it was typed.
const MaxMarkdown = 100_000

// maxDeep is how deep quotes stand in one another at most.
const maxDeep = 3

// reader knows the subset: headings, paragraphs, lists, quotes, *em*, **strong**, `code`.
// It knows no HTML, links, pictures, references and code blocks: what is typed so stays
// text, sign for sign.
var reader = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewListParser(), 300), util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600), util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewParagraphParser(), 1000)),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100), util.Prioritized(parser.NewEmphasisParser(), 500)))

// Markdown reads what people type. level is how deep the text stands: its first headings
// come below that. Text in a language is marked with it.
func Markdown(words, lang string, level int) []Block {
	words = strings.ToValidUTF8(strings.ReplaceAll(words, "\x00", ""), "\uFFFD")
	if len(words) > MaxMarkdown {
		return plain(words, lang)
	}
	src := []byte(words)
	m := marked{src: src, lang: lang, level: level}
	return m.blocks(reader.Parse(text.NewReader(src)), 0)
}

func plain(words, lang string) (out []Block) {
	for line := range strings.Lines(words) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, Block{Kind: Paragraph, Lang: lang, Spans: []Span{{Words: line}}})
		}
	}
	return out
}

type marked struct {
	src   []byte
	lang  string
	level int
}

func (m marked) blocks(parent ast.Node, deep int) (out []Block) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			out = append(out, Block{Kind: Heading, Lang: m.lang, Level: min(n.Level+m.level, 4), Spans: m.spans(n, Span{})})
		case *ast.List:
			out = append(out, Block{Kind: List, Lang: m.lang, Ordered: n.IsOrdered(), Items: m.items(n, deep)})
		case *ast.Blockquote:
			inner := m.blocks(n, deep+1)
			if deep >= maxDeep {
				out = append(out, inner...)
			} else if len(inner) > 0 {
				out = append(out, Block{Kind: Quote, Lang: m.lang, Blocks: inner})
			}
		case *ast.CodeBlock: // lines that begin with blanks: no code, only words
			out = append(out, plain(string(n.Lines().Value(m.src)), m.lang)...)
		default:
			if s := m.spans(n, Span{}); len(s) > 0 {
				out = append(out, Block{Kind: Paragraph, Lang: m.lang, Spans: s})
			}
		}
	}
	return out
}

// items are the items of a list; what stands in one (another list, a second paragraph)
// becomes items of its own, for files without lists in lists.
func (m marked) items(list ast.Node, deep int) (out [][]Span) {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		out = append(out, flat(m.blocks(item, deep+1))...)
	}
	return out
}

func flat(blocks []Block) (out [][]Span) {
	for _, b := range blocks {
		out = append(append(out, b.Items...), flat(b.Blocks)...)
		if len(b.Spans) > 0 {
			out = append(out, b.Spans)
		}
	}
	return out
}

func (m marked) spans(parent ast.Node, style Span) (out []Span) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		s := style
		switch n := n.(type) {
		case *ast.Text:
			s.Words = unescaped(string(n.Segment.Value(m.src)), style.Code)
			if n.SoftLineBreak() || n.HardLineBreak() {
				s.Words += " "
			}
			out = append(out, s)
			continue
		case *ast.Emphasis:
			s.Em, s.Strong = s.Em || n.Level == 1, s.Strong || n.Level > 1
		case *ast.CodeSpan:
			s.Code = true
		}
		out = append(out, m.spans(n, s)...)
	}
	return joined(out)
}

// unescaped takes away the stroke before a sign that would mean something.
func unescaped(s string, code bool) string {
	if code || !strings.Contains(s, `\`) {
		return s
	}
	return string(util.UnescapePunctuations([]byte(s)))
}

// joined puts spans of one style together.
func joined(in []Span) (out []Span) {
	for _, s := range in {
		if s.Words == "" {
			continue
		}
		if n := len(out); n > 0 && (Span{"", out[n-1].Strong, out[n-1].Em, out[n-1].Code}) == (Span{"", s.Strong, s.Em, s.Code}) {
			out[n-1].Words += s.Words
			continue
		}
		out = append(out, s)
	}
	return out
}

// clean takes out what no file format can hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}
