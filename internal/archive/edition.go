package archive

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/db/line"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
)

// Remade is an issued edition that was made again.
type Remade struct {
	Number    int64    `json:"number"` // of the version
	Kind      string   `json:"kind"`
	Holder    int64    `json:"holder,omitempty"`
	Entry     int64    `json:"entry"`
	Languages []string `json:"languages"`
	Shown     int      `json:"shown"`  // lines of figures
	Hidden    int      `json:"hidden"` // of them suppressed
	Words     bool     `json:"words"`  // to the letter; otherwise every number is the same, and some words are not
}

// kept is a version with the cases behind it.
type kept struct {
	publication.Version
	cases []seizure.Case
	gone  bool // something that it counted was erased since
}

// cleared takes an administration's word on a version.
func (p *proving) cleared(act journal.Act) {
	var c publication.Clearance
	if act.Erased || json.Unmarshal(act.After, &c) != nil {
		p.found(act.Seq, "clearance", "", "what an administration said cannot be read")
		return
	}
	c.Seq = act.Seq
	p.clearances = append(p.clearances, c)
}

// issued makes an edition again that was given out, and compares.
func (p *proving) issuing(act journal.Act) {
	var i edition.Issued
	if act.Erased || json.Unmarshal(act.After, &i) != nil {
		p.found(act.Seq, "edition", "", "what was given out cannot be read")
		return
	}
	i.Seq = act.Seq
	key := fmt.Sprintf("version %d, %s", i.Number, i.Kind)
	if i.Holder != 0 {
		key += fmt.Sprint(" ", i.Holder)
	}
	v, known := p.frozen[i.Number]
	if !known {
		p.found(act.Seq, "edition", key, "no such version was frozen before")
		return
	}
	standing := publication.Standing(p.clearances, i.Number)
	if held := publication.Embargo(standing, act.At.In(p.operation.Location()).Format(time.DateOnly)); held.Until != "" || i.Author != act.Actor || i.At.UnixMicro() != act.At.UnixMicro() {
		p.found(act.Seq, "edition", key, "author or time are not those of its entry, or it was given out under an embargo")
	}
	m := edition.Material{Operation: p.operation, Version: v.Version, Cases: v.cases, Clearances: standing, Organisations: p.names,
		Before: slices.Clone(p.given), Own: i.Own, Readable: i.Readable}
	p.given = append(p.given, i)
	p.remake(m, i, v, key)
}

func (p *proving) remake(m edition.Material, i edition.Issued, v kept, key string) {
	out := Remade{Number: i.Number, Kind: i.Kind, Holder: i.Holder, Entry: i.Seq, Languages: slices.Sorted(maps.Keys(i.Documents)), Words: true}
	shown, weak := edition.Figures(m, i.Kind)
	for _, c := range shown.Cells {
		if out.Shown++; c.Hidden {
			out.Hidden++
		}
	}
	if unsure := v.gone && (i.Own != nil || asksBrands(v.Version)); unsure {
		p.Unproved = append(p.Unproved, key+": what it hides rests on brands that were erased since; only its lines that name no brand were made again, and whether small ones are hidden")
		p.cells(i, shown, key)
	} else if text(shown) != text(i.Figures) || text(weak) != text(i.Weak) {
		p.found(i.Seq, "edition", key, "what it shows and hides is not what comes of the version: %s", firstCell(i.Figures, shown))
	}
	for _, lang := range out.Languages {
		made := edition.Compose(m, i.Kind, i.Figures, printer(p.operation, lang))
		made.Words = nil
		said, anew := plainOf(i.Documents[lang]), plainOf(made)
		if text(said) == text(anew) {
			continue
		}
		if where, same := sameNumbers("", said, anew); same {
			out.Words = false
		} else {
			p.found(i.Seq, "edition", key, "the document in %q is not what comes of the version, at %s", lang, where)
		}
	}
	p.Editions = append(p.Editions, out)
}

func asksBrands(v publication.Version) bool {
	for _, a := range v.Answers {
		if q := a.Question; q.Group == analysis.ByBrand || q.Split == analysis.ByBrand || q.Where[analysis.ByBrand] != "" {
			return true
		}
	}
	return false
}

// firstCell names the first line of figures that is not the same.
func firstCell(said, made suppress.Published) string {
	for _, c := range said.Cells {
		if other, there := made.Find(c.Key); !there || text(other) != text(c) {
			return c.Key
		}
	}
	return "lines are missing, or sums"
}

// cells looks at what can be told of an edition's lines once brands were erased: those
// that name none are as they were, and what is small is hidden.
func (p *proving) cells(i edition.Issued, made suppress.Published, key string) {
	rule := suppress.Everybody()
	for _, c := range i.Figures.Cells {
		if strings.Contains(c.Key, analysis.ByBrand) || strings.HasPrefix(c.Key, "own") {
			continue
		}
		other, there := made.Find(c.Key)
		if there && (other.Cases != c.Cases || other.Administrations != c.Administrations || !maps.Equal(other.Values, c.Values)) {
			p.found(i.Seq, "edition", key, "what it shows and hides is not what comes of the version: %s", c.Key)
		}
		if small := c.Cases > 0 && (c.Cases < rule.Cases || c.Administrations < rule.Administrations); small && !c.Hidden && !c.Fixed && !c.Silent {
			p.found(i.Seq, "edition", key, "what it shows and hides is not what comes of the version: %s is small, and shown", c.Key)
		}
	}
}

// printer is that of a language, with what the operation calls countries.
func printer(o operation.Operation, lang string) *i18n.Printer {
	own := map[string]map[i18n.Lang]string{}
	for code, by := range o.Names {
		own[code] = map[i18n.Lang]string{}
		for l, name := range by {
			own[code][i18n.Lang(l)] = name
		}
	}
	return i18n.NewPrinter(i18n.Lang(lang), i18n.WithNames(own))
}

func text(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// plainOf is a value as JSON has it.
func plainOf(v any) (out any) {
	_ = json.Unmarshal([]byte(text(v)), &out)
	return out
}

// sameNumbers tells whether two documents are built alike, with the same codes and
// numbers, and the same digits in every text: what a country or an organisation is
// called may be another word, here and in another version of the program.
func sameNumbers(at string, a, b any) (where string, same bool) {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || !slices.Equal(slices.Sorted(maps.Keys(x)), slices.Sorted(maps.Keys(y))) {
			return at, false
		}
		for _, name := range slices.Sorted(maps.Keys(x)) {
			if s, is := x[name].(string); is && (name == "words" || name == "text" || name == "title" || name == "handling") {
				if t, is := y[name].(string); !is || digits(s) != digits(t) {
					return at + "/" + name, false
				}
			} else if where, same := sameNumbers(at+"/"+name, x[name], y[name]); !same {
				return where, false
			}
		}
		return "", true
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return at, false
		}
		for i := range x {
			if s, is := x[i].(string); is && strings.HasSuffix(at, "/heads") {
				if t, is := y[i].(string); !is || digits(s) != digits(t) {
					return at, false
				}
			} else if where, same := sameNumbers(fmt.Sprint(at, "/", i), x[i], y[i]); !same {
				return where, false
			}
		}
		return "", true
	}
	return at, a == b
}

// digits are those of a text, whatever script they are in, in their order.
func digits(s string) string {
	var out strings.Builder
	for _, r := range s {
		if unicode.IsDigit(r) {
			out.WriteRune('0' + (r-zero(r))%10)
		}
	}
	return out.String()
}

// zero is the digit nought of the script that a digit is in: in every script the ten
// stand in a row.
func zero(r rune) rune {
	for r > 0 && unicode.IsDigit(r-1) {
		r--
	}
	return r
}

// bodiesOf reads what the organisations in a file are called.
func bodiesOf(z *reader, m Manifest) (map[int64]organisation.Organisation, error) {
	out := map[int64]organisation.Organisation{}
	for _, t := range m.Tables {
		number, name, names := slices.Index(t.Columns, "number"), slices.Index(t.Columns, "name"), slices.Index(t.Columns, "names")
		if t.Name != "organisation" || number < 0 || name < 0 || names < 0 {
			continue
		}
		err := z.lines(t.file(), func(text []byte) error {
			row, err := line.Parse(text, len(t.Columns))
			if err != nil {
				return err
			}
			var o organisation.Organisation
			o.Number, _ = row[number].(int64)
			o.Name, _ = row[name].(string)
			by, _ := row[names].(string)
			out[o.Number] = o
			if err := json.Unmarshal([]byte(by), &o.Names); err == nil {
				out[o.Number] = o
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
