package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// form is the first line of a file in the house's own form.
const form = "# tidewaiter code list 1"

// maxManifest is how many lines a file may say of itself.
const maxManifest = 20

// Read reads a list: a file in the house's own form, or one of the public shapes,
// of which said says what they do not say themselves. Every error is a fault that
// names the line.
func Read(in io.Reader, said Pack) (File, error) {
	text, err := io.ReadAll(io.LimitReader(in, MaxBytes+1))
	if err != nil {
		return File{}, err
	}
	if len(text) > MaxBytes {
		return File{}, fault.Of(fault.TooLarge, "pack.too-large", fault.Args{"max": int64(MaxBytes >> 20)})
	}
	f := File{Pack: Pack{Kind: said.Kind, Name: said.Name, Edition: said.Edition, Language: said.Language, Source: said.Source, Licence: said.Licence}}
	sum := sha256.Sum256(text)
	f.File = hex.EncodeToString(sum[:])
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		return File{}, fault.Of(fault.Invalid, "fault.not-utf8")
	}
	rest, lines, own, err := f.manifest(text)
	if err != nil {
		return File{}, err
	}
	if err := f.rows(rest, lines, own); err != nil {
		return File{}, err
	}
	f.seal()
	return f, nil
}

// manifest reads what a file in our own form says of itself. The command line
// may say the same, and nothing else.
func (f *File) manifest(text []byte) (rest []byte, lines int, own bool, err error) {
	first, after, _ := bytes.Cut(text, []byte("\n"))
	if strings.TrimRight(string(first), "\r ") != form {
		return text, 0, false, nil
	}
	rest, lines = after, 1
	fields := map[string]*string{"kind": &f.Kind, "name": &f.Name, "edition": &f.Edition, "language": &f.Language, "source": &f.Source, "licence": &f.Licence}
	digest := ""
	fields["sha256"] = &digest
	given := map[string]bool{}
	for bytes.HasPrefix(rest, []byte("#")) {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		lines++
		key, value, ok := strings.Cut(strings.TrimSpace(strings.TrimPrefix(string(line), "#")), ":")
		into, value := fields[strings.TrimSpace(key)], strings.TrimSpace(value)
		if !ok || into == nil || given[key] || lines > maxManifest || *into != "" && *into != value {
			return nil, 0, true, fault.Of(fault.Invalid, "pack.manifest-line", fault.Args{"line": int64(lines)})
		}
		given[key] = true
		*into = value
	}
	if sum := sha256.Sum256(rest); digest != "" && digest != hex.EncodeToString(sum[:]) {
		return nil, 0, true, fault.Of(fault.Invalid, "pack.sha256")
	}
	return rest, lines, true, nil
}

// rows reads the table: our own columns, or those of a public shape.
func (f *File) rows(text []byte, before int, own bool) error {
	r := csv.NewReader(bytes.NewReader(text))
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return readError(err, before)
	}
	shape, err := f.shapeOf(slices.Clone(head), own)
	if err != nil {
		return err
	}
	if err := f.checkManifest(); err != nil {
		return err
	}
	at := map[string]int{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return readError(err, before)
		}
		line, _ := r.FieldPos(0)
		if err := f.row(shape, row, at, int64(line+before)); err != nil {
			return err
		}
		if len(f.Entries) > MaxRows {
			return fault.Of(fault.TooLarge, "pack.too-many", fault.Args{"max": int64(MaxRows)})
		}
	}
	if len(f.Entries) == 0 {
		return fault.Of(fault.Invalid, "pack.empty")
	}
	return nil
}

func readError(err error, before int) error {
	line := int64(before + 1)
	if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
		line = int64(before + wrong.Line)
	}
	if errors.Is(err, io.EOF) {
		return fault.Of(fault.Invalid, "pack.empty")
	}
	return fault.Of(fault.Invalid, "pack.csv", fault.Args{"line": line}).Because(err)
}

// row reads one row. at knows where each code stands. A public shape names some
// places twice: the first name stays, the second is found, too.
func (f *File) row(s shape, row []string, at map[string]int, line int64) error {
	e, skip := s.entry(row)
	if skip {
		f.Skipped++
		return nil
	}
	code, ok := codeOf(f.Kind, e.Code)
	if !ok {
		return fault.Of(fault.Invalid, "pack.code", fault.Args{"line": line, "code": cut(e.Code)})
	}
	e.Code = code
	if err := e.clean(f.Kind, s.own, line); err != nil {
		return err
	}
	if i, double := at[code]; double {
		if s.own {
			return fault.Of(fault.Invalid, "pack.double", fault.Args{"line": line, "code": code})
		}
		f.Skipped++
		if other := &f.Entries[i].Other; utf8.RuneCountInString(*other)+utf8.RuneCountInString(e.Label) < MaxLabel {
			*other = strings.TrimSpace(*other + " " + e.Label)
		}
		return nil
	}
	at[code] = len(f.Entries)
	f.Entries = append(f.Entries, e)
	return nil
}

// cut shortens a text for a sentence about it.
func cut(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

// clean makes an entry fit to be stored. What a public shape says beside code and
// name is left out where it is unfit; in our own form it is refused.
func (e *Entry) clean(kind string, own bool, line int64) error {
	wrong := func(column string) error {
		return fault.Of(fault.Invalid, "pack.value", fault.Args{"line": line, "column": column})
	}
	if up := above(kind, e.Code); e.Parent != "" && e.Parent != up {
		return wrong("parent")
	} else {
		e.Parent = up
	}
	var err error
	if e.Label, err = i18n.CleanLine(e.Label, MaxLabel); err != nil {
		return wrong("label")
	}
	if strings.TrimSpace(e.Other) != "" {
		if e.Other, err = i18n.CleanLine(e.Other, MaxLabel); err != nil {
			return wrong("other")
		}
	} else {
		e.Other = ""
	}
	for _, optional := range []struct {
		column string
		value  *string
		fits   interface{ MatchString(string) bool }
	}{{"subdivision", &e.Subdivision, subdivision}, {"functions", &e.Functions, functions}, {"coordinates", &e.Coordinates, coordinates}} {
		switch {
		case *optional.value == "" || kind == Locode && optional.fits.MatchString(*optional.value):
		case own:
			return wrong(optional.column)
		default:
			*optional.value = ""
		}
	}
	return nil
}
