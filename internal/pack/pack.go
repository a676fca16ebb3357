package pack

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// The kinds of list.
const (
	HS     = codelist.KindHS
	Locode = codelist.KindLocode
	Unit   = "unit"
)

// Kinds lists the kinds of list.
func Kinds() []string { return []string{HS, Locode, Unit} }

// Limits of a file.
const (
	MaxBytes    = 24 << 20
	MaxRows     = 200_000
	MaxLabel    = 1000 // characters
	maxSource   = 300
	maxLanguage = 35
)

// Pack is one list in one edition and one language.
type Pack struct {
	Number   int64
	Kind     string
	Name     string // with Edition, what it is called: "hs-2022-fr"
	Edition  string // "2022", "2024-2"
	Language string // BCP 47, of the labels; empty: names that are not translated
	Source   string // whence it came
	Licence  string
	File     string // SHA-256 of the file that was loaded
	Digest   string // SHA-256 over the rows, in the order of their codes
	Rows     int64
	Added    time.Time
}

// Entry is one code of a list.
type Entry struct {
	Code        string
	Parent      string // of hs: the heading or chapter above; empty: none
	Label       string
	Other       string // another spelling, by which it is found too
	Subdivision string // of places: the second part of ISO 3166-2
	Functions   string // of places: as UN/LOCODE writes them; 1 port, 4 airport, 5 postal
	Coordinates string // of places: 5155N 00430E
}

// File is a list that was read and not loaded yet.
type File struct {
	Pack
	Entries []Entry // by code
	Skipped int64   // rows of a public shape that are no codes of this kind
}

var (
	nameForm    = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,59}$`)
	editionForm = regexp.MustCompile(`^[0-9a-z][0-9a-z.-]{0,19}$`)
	unitForm    = regexp.MustCompile(`^[A-Z0-9]{1,6}$`)
	functions   = regexp.MustCompile(`^[0-9B-]{1,8}$`)
	subdivision = regexp.MustCompile(`^[A-Z0-9]{1,3}$`)
	coordinates = regexp.MustCompile(`^[0-9]{4}[NS] [0-9]{5}[EW]$`)
)

// checkManifest says what is wrong with what a file says of itself.
func (p *Pack) checkManifest() error {
	wrong := func(field string) error {
		return fault.Of(fault.Invalid, "pack.manifest", fault.Args{"field": field})
	}
	switch {
	case !slices.Contains(Kinds(), p.Kind):
		return fault.Of(fault.Invalid, "pack.kind", fault.Args{"kinds": strings.Join(Kinds(), ", ")})
	case !nameForm.MatchString(p.Name):
		return wrong("name")
	case !editionForm.MatchString(p.Edition):
		return wrong("edition")
	case p.Kind == HS && !codelist.HSEdition.Has(p.Edition):
		return fault.Of(fault.Invalid, "pack.hs-edition", fault.Args{"editions": strings.Join(codelist.HSEdition.Codes(), ", ")})
	}
	if p.Language != "" || p.Kind != Locode {
		tag, err := language.Parse(p.Language)
		if err != nil || len(p.Language) > maxLanguage || tag == language.Und {
			return wrong("language")
		}
		p.Language = tag.String()
	}
	var err error
	if p.Source, err = i18n.CleanLine(p.Source, maxSource); err != nil {
		return wrong("source")
	}
	if p.Licence, err = i18n.CleanLine(p.Licence, maxSource); err != nil {
		return wrong("licence")
	}
	return nil
}

// codeOf is a code in its canonical form; false: it is none of that kind.
func codeOf(kind, typed string) (string, bool) {
	switch kind {
	case HS, Locode:
		c, _ := codelist.Check(kind, typed)
		return c.Canonical, c.OK && len(typed) <= 2*len(c.Canonical)
	}
	return typed, unitForm.MatchString(typed)
}

// above is the code that an HS code stands below.
func above(kind, code string) string {
	if kind == HS && len(code) > 2 {
		return code[:len(code)-2]
	}
	return ""
}

// plain is a text as it is looked for: folded, without accents, letters and
// digits only.
func plain(text string) string {
	text = norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r >= 0x300 && r <= 0x36f || r >= 0x64b && r <= 0x652:
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			return r
		}
		return ' '
	}, norm.NFD.String(i18n.Fold(i18n.WesternDigits(text)))))
	return strings.Join(strings.Fields(text), " ")
}

// words are what an entry is found by. The leading blank lets the beginning of a
// word be told from its middle.
func (e Entry) words() string { return " " + plain(e.Code+" "+e.Label+" "+e.Other) }

// digest is what stands in the journal for all rows. Fields are as their lengths
// say, so that none runs into the next.
type digest struct {
	sum  []byte
	rows int64
}

func (d *digest) add(fields []string) {
	buf := make([]byte, 0, 512)
	buf = append(buf, d.sum...)
	for _, f := range fields {
		buf = binary.BigEndian.AppendUint32(buf, uint32(len(f)))
		buf = append(buf, f...)
	}
	sum := sha256.Sum256(buf)
	d.sum = sum[:]
	d.rows++
}

func (d *digest) text() string { return hex.EncodeToString(d.sum) }

// columns are the values of a row of code_item behind the pack's number.
func (e Entry) columns() []string {
	return []string{e.Code, e.Parent, e.Label, e.Other, e.Subdivision, e.Functions, e.Coordinates, e.words()}
}

// check says what is wrong with a list as a whole, and seals it.
func (f *File) check() error {
	if err := f.checkManifest(); err != nil {
		return err
	}
	if f.Name == coreName {
		return fault.Of(fault.Invalid, "pack.manifest", fault.Args{"field": "name"})
	}
	if len(f.Entries) == 0 || len(f.Entries) > MaxRows {
		return fault.Of(fault.Invalid, "pack.empty")
	}
	f.Entries = slices.Clone(f.Entries)
	f.seal()
	for i, e := range f.Entries {
		if code, ok := codeOf(f.Kind, e.Code); !ok || code != e.Code || i > 0 && f.Entries[i-1].Code == code {
			return fault.Of(fault.Invalid, "pack.code", fault.Args{"line": int64(i + 1), "code": cut(e.Code)})
		}
	}
	return nil
}

// seal sorts the entries and notes what they are together.
func (f *File) seal() {
	slices.SortFunc(f.Entries, func(a, b Entry) int { return strings.Compare(a.Code, b.Code) })
	var d digest
	for _, e := range f.Entries {
		d.add(e.columns())
	}
	f.Rows, f.Digest = d.rows, d.text()
}
