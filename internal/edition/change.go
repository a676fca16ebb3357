package edition

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// changes says what the version says otherwise than the one before.
func (c *composer) changes() []rendition.Block {
	v := c.m.Version
	if v.Number < 2 {
		return nil
	}
	out := []rendition.Block{c.heading(1, c.p.T("edition.changes", fault.Args{"number": v.Number - 1}), "")}
	if v.Note != "" {
		out = append(out, c.foreign([]rendition.Block{{Kind: rendition.Paragraph, Lang: v.Language, Spans: []rendition.Span{{Words: v.Note}}}})...)
	}
	t := rendition.Table{ID: "changes", Numeric: []bool{false, false, false, true, true}}
	for _, k := range []string{"kind", "subject", "value", "before", "after"} {
		t.Heads = append(t.Heads, c.p.T("edition.change."+k))
	}
	for _, x := range c.told() {
		t.Rows = append(t.Rows, append([]rendition.Cell{{Text: c.p.T("edition.changed." + x.Kind), Code: x.Kind}}, c.change(x)...))
	}
	if len(t.Rows) == 0 {
		return out
	}
	t.Caption = c.text("edition.changes-count", fault.Args{"count": int64(len(t.Rows))})
	return append(out, rendition.Block{Kind: rendition.TableKind, ID: t.ID, Table: &t})
}

// told are the changes without those of cases that administrations may not read: such as
// are drafts now, or were when the version before was frozen.
func (c *composer) told() []publication.Change {
	draft := map[string]bool{}
	for _, x := range c.m.Version.Changes {
		if x.Kind == publication.ChangedCase && (x.Value == "" || x.Value == analysis.ByClass) && (x.Before == seizure.IsDraft || x.After == seizure.IsDraft) {
			draft[x.Subject] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(c.m.Version.Changes), func(x publication.Change) bool {
		return x.Kind == publication.ChangedCase && (draft[x.Subject] || !c.read[x.Subject])
	})
}

// change says where something changed, what, and how it was and is.
func (c *composer) change(x publication.Change) []rendition.Cell {
	switch x.Kind {
	case publication.ChangedFigure:
		f := c.placed(x.Subject)
		words := c.p.T("edition.by.all")
		if f.ID != "" {
			words = c.title(f)
		}
		return []rendition.Cell{{Text: words, Code: f.ID}, {Text: c.counted(f, x.Value)}, c.decimal(x.Before), c.decimal(x.After)}
	case publication.ChangedCase:
		return append([]rendition.Cell{{Text: x.Subject}}, c.ofCase(x)...)
	case publication.ChangedText:
		return c.ofText(x)
	}
	n, _ := strconv.ParseInt(x.Subject, 10, 64)
	return []rendition.Cell{{Text: c.organisation(n)}, {}, {}, {}}
}

// placed finds a figure of the version.
func (c *composer) placed(id string) publication.Figure {
	for _, s := range c.m.Version.Sections {
		for _, f := range s.Figures {
			if f.ID == id {
				return f
			}
		}
	}
	return publication.Figure{}
}

// counted says of which line of a figure a number is, and of what.
func (c *composer) counted(f publication.Figure, at string) string {
	if at == publication.ChangedQuestion {
		return c.p.T("edition.change.question")
	}
	parts := append(strings.SplitN(at, "|", 3), "", "")
	var words []string
	switch {
	case parts[0] == "" && parts[1] == "":
		words = append(words, c.p.T("edition.all"))
	case f.Question.Group != "" && f.Question.Group != analysis.ByAll:
		words = append(words, c.label(f.Question.Group, parts[0]).Text)
	}
	if f.Question.Split != "" && parts[1] != "" {
		words = append(words, c.label(f.Question.Split, parts[1]).Text)
	}
	return strings.Join(append(words, c.unit(parts[2])), " · ")
}

func (c *composer) unit(code string) string {
	if code == "" {
		return c.p.T("edition.head.cases")
	}
	return c.p.Unit(code)
}

// ofCase says what of a case changed: that it came or went, a quantity, values.
func (c *composer) ofCase(x publication.Change) []rendition.Cell {
	parts := strings.Split(x.Value, "|")
	switch {
	case x.Value == "":
		return []rendition.Cell{{Text: c.p.T("edition.by." + analysis.ByClass)}, c.values(analysis.ByClass, x.Before), c.values(analysis.ByClass, x.After)}
	case len(parts) == 3:
		return []rendition.Cell{{Text: c.label(parts[0], parts[1]).Text + " · " + c.unit(parts[2])}, c.decimal(x.Before), c.decimal(x.After)}
	case slices.Contains(analysis.Dimensions(), x.Value):
		return []rendition.Cell{{Text: c.p.T("edition.by." + x.Value)}, c.values(x.Value, x.Before), c.values(x.Value, x.After)}
	}
	return []rendition.Cell{{Text: c.unit(x.Value)}, c.decimal(x.Before), c.decimal(x.After)}
}

// values are those of a dimension, joined by commas.
func (c *composer) values(dimension, joined string) rendition.Cell {
	if joined == "" {
		return rendition.Cell{}
	}
	var words []string
	for _, v := range strings.Split(joined, ",") {
		words = append(words, c.label(dimension, v).Text)
	}
	return rendition.Cell{Text: c.p.List(words)}
}

// ofText says which chapter's text changed, and in which language.
func (c *composer) ofText(x publication.Change) []rendition.Cell {
	called := c.p.T("edition.change.gone")
	for _, s := range c.m.Version.Sections {
		if s.ID == x.Subject {
			called, _ = c.chapter(s)
		}
	}
	key, lang := "edition.change.text", x.Value
	if of, ok := strings.CutPrefix(x.Value, "title."); ok {
		key, lang = "edition.change.title", of
	}
	what := c.p.T("edition.change.editions")
	if lang != "editions" {
		what = c.p.T(key, fault.Args{"language": c.p.Language(lang)})
	}
	return []rendition.Cell{{Text: called}, {Text: what}, {}, {}}
}

func (c *composer) decimal(s string) rendition.Cell {
	micro, err := i18n.ParseCanonical(s)
	if err != nil {
		return rendition.Cell{Text: s}
	}
	return rendition.Cell{Text: c.p.Micro(micro), Number: s}
}

// basis lists the cases behind the version that administrations may read, and says how
// many more there are: it counts no less than the figures.
func (c *composer) basis() []rendition.Block {
	t := rendition.Table{ID: "basis", Numeric: []bool{false, false, false},
		Heads: []string{c.p.T("edition.basis.reference"), c.p.T("edition.by.reporter"), c.p.T("edition.by.class")}}
	for _, b := range c.m.Version.Basis {
		if c.read[b.Reference] {
			t.Rows = append(t.Rows, []rendition.Cell{{Text: b.Reference}, {Text: c.organisation(b.Organisation)}, c.label(analysis.ByClass, b.Class)})
		}
	}
	all := len(c.m.Version.Basis)
	if all == 0 {
		return nil
	}
	t.Caption = c.text("edition.basis-count", fault.Args{"count": int64(all)})
	if rest := all - len(t.Rows); rest > 0 {
		t.Notes = append(t.Notes, c.text("edition.basis-rest", fault.Args{"count": int64(rest)}))
	}
	return []rendition.Block{{Kind: rendition.Break}, c.heading(1, c.p.T("edition.basis"), ""), {Kind: rendition.TableKind, ID: t.ID, Table: &t}}
}
