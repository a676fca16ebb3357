package house_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

func TestCataloguesAreComplete(t *testing.T) {
	if err := i18n.Check(); err != nil {
		t.Error(err)
	}
	english := i18n.Keys(i18n.English)
	if len(english) < 50 {
		t.Fatalf("only %d texts found", len(english))
	}
	for _, lang := range i18n.Languages() {
		keys := i18n.Keys(lang)
		for _, key := range english {
			if !slices.Contains(keys, key) {
				t.Errorf("%s has no %q (cure: add it to internal/i18n/catalogue/%s/)", lang, key, lang)
			}
		}
		for _, key := range keys {
			if !slices.Contains(english, key) {
				t.Errorf("%s has %q, which English has not (cure: a typing error, or take it out)", lang, key)
			}
		}
	}
}

// keyed is one use of a text: a whole key, or the beginning of several.
type keyed struct {
	key    string
	prefix bool
	node   ast.Node
}

// TestEveryTextHasItsKey looks at every place where code names a text.
func TestEveryTextHasItsKey(t *testing.T) {
	w := newWall(t, "add the key to internal/i18n/catalogue/*/*.toml in every language", keyExceptions)
	english := i18n.NewPrinter(i18n.English)
	keys := i18n.Keys(i18n.English)
	seen := 0
	for _, s := range parsed(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			for _, k := range keysOf(n) {
				seen++
				line := files.Position(k.node.Pos()).Line
				switch {
				case k.prefix && !slices.ContainsFunc(keys, func(key string) bool { return strings.HasPrefix(key, k.key) }):
					w.broken(s.path+":"+k.key, "line %d: no text begins with %q", line, k.key)
				case !k.prefix && !english.Has(k.key):
					w.broken(s.path+":"+k.key, "line %d: no text %q", line, k.key)
				}
			}
			return true
		})
	}
	if seen < 50 {
		t.Errorf("only %d uses of texts found: the test looks in the wrong place", seen)
	}
}

// keysOf gives the texts that a node names: fault.Of(kind, key),
// problems.Add(path, key), printer.T(key), fault.Field{Key: key}, frame.SeeOther(w, r, to, done).
func keysOf(n ast.Node) []keyed {
	switch n := n.(type) {
	case *ast.CallExpr:
		sel, ok := n.Fun.(*ast.SelectorExpr)
		if !ok {
			return nil
		}
		switch {
		case isCall(n, "fault", "Of") && len(n.Args) >= 2:
			return keyOf(n.Args[1])
		case sel.Sel.Name == "Add" && len(n.Args) >= 2 && dotted(n.Args[1]):
			return keyOf(n.Args[1])
		case isCall(n, "frame", "SeeOther") && len(n.Args) == 4:
			return said(n.Args[3])
		case (sel.Sel.Name == "T" || sel.Sel.Name == "TextLang") && len(n.Args) >= 1:
			return keyOf(n.Args[0])
		}
	case *ast.CompositeLit:
		if n.Type == nil {
			return nil
		}
		name := types.ExprString(n.Type)
		if name != "fault.Field" && name != "fault.Fault" {
			return nil
		}
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok && types.ExprString(kv.Key) == "Key" {
				return keyOf(kv.Value)
			}
		}
	}
	return nil
}

// said is the text that the page after a form shows; a page may say nothing.
func said(done ast.Expr) []keyed {
	keys := keyOf(done)
	for i := range keys {
		if keys[i].key == "" {
			return nil
		}
		keys[i].key = "web.done." + keys[i].key
	}
	return keys
}

// dotted tells whether an expression begins with a literal that looks like a key.
func dotted(e ast.Expr) bool {
	for _, k := range keyOf(e) {
		return regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9.-]*$`).MatchString(k.key)
	}
	return false
}

// keyOf reads a literal, or the literal that a joined text begins with. What is
// computed altogether cannot be judged here; its literals are elsewhere.
func keyOf(e ast.Expr) []keyed {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, ok := constant(e); ok && e.Kind == token.STRING {
			return []keyed{{key: text, node: e}}
		}
	case *ast.BinaryExpr:
		for _, k := range keyOf(e.X) {
			return []keyed{{key: k.key, prefix: true, node: e}}
		}
	}
	return nil
}

var (
	tag       = regexp.MustCompile(`(?s)<[^>]*>`)
	words     = regexp.MustCompile(`\p{L}{2,}`)
	spoken    = regexp.MustCompile(`\b(aria-label|title|alt|placeholder|aria-description)="[^"]*\p{L}{2,}[^"]*"`)
	sentence  = regexp.MustCompile(`^\p{Lu}\p{L}*(['’]\p{L}+)? \p{L}+ \p{L}+`)
	reference = regexp.MustCompile(`&\w+;|&#\d+;`)
)

// TestPagesHoldNoSentence: what a page says comes from the catalogues.
func TestPagesHoldNoSentence(t *testing.T) {
	w := newWall(t, "say it with p.T and a key", sentenceExceptions)
	for _, s := range parsed(t) {
		if s.test || !strings.HasPrefix(s.dir, "internal/web") && !strings.HasPrefix(s.dir, "internal/api") && s.dir != "internal/door" {
			continue
		}
		place := s.path
		for prefix := range sentenceExceptions {
			if strings.HasPrefix(s.path, prefix) {
				place = prefix
			}
		}
		if s.generated {
			for _, said := range writtenByTemplate(s) {
				w.broken(place, "a template says %q", said)
			}
			continue
		}
		for _, said := range writtenInCode(s) {
			w.broken(place, "the code says %q", said)
		}
	}
}

// writtenByTemplate gives the words that a generated template writes itself. In
// each function its literals, joined, are the page without what is computed.
func writtenByTemplate(s source) []string {
	var found []string
	for _, d := range s.ast.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		var page strings.Builder
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && isCall(call, "templruntime", "WriteString") && len(call.Args) == 3 {
				text, _ := constant(call.Args[2])
				page.WriteString(text)
			}
			return true
		})
		found = append(found, spoken.FindAllString(page.String(), -1)...)
		bare := reference.ReplaceAllString(tag.ReplaceAllString(page.String(), " "), " ")
		if words.MatchString(bare) {
			found = append(found, strings.Join(strings.Fields(bare), " "))
		}
	}
	return found
}

// writtenInCode gives literals that read like a sentence, those for logs and
// programmers apart.
func writtenInCode(s source) []string {
	var found []string
	inner := map[ast.Node]bool{}
	ast.Inspect(s.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			name := types.ExprString(n.Fun)
			if name == "panic" || strings.HasPrefix(name, "fmt.Errorf") || strings.HasPrefix(name, "errors.") || strings.Contains(name, "log.") || strings.HasPrefix(name, "slog.") {
				ast.Inspect(n, func(m ast.Node) bool { inner[m] = true; return true })
			}
		case *ast.BasicLit:
			if text, ok := constant(n); ok && n.Kind == token.STRING && !inner[n] && sentence.MatchString(text) {
				found = append(found, text)
			}
		}
		return true
	})
	return found
}
