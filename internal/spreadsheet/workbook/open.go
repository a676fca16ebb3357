package workbook

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Limits of a workbook, looked at before anything is unpacked and held while it
// is: what an archive says of itself may be a lie.
const (
	MaxFile     = 64 << 20  // as it comes
	maxUnpacked = 256 << 20 // all its parts
	maxParts    = 1000
	maxRatio    = 100      // of a part above 1 MiB
	maxText     = 64 << 20 // of the texts that cells share
	maxTexts    = 2_000_000
	maxMerged   = 100_000 // ranges of cells made one
	maxStyles   = 65_536
)

// Book is an XLSX file.
type Book struct {
	file   *zip.Reader
	parts  map[string]*zip.File
	sheets []tab
	texts  []string // that cells share
	styles []format
	y1904  bool
}

// tab is one sheet.
type tab struct {
	name, part string
	hidden     bool
}

func hostile(key string) error { return fault.Of(fault.Invalid, key) }

// unreadable is what is no workbook, or is damaged.
func unreadable(err error) error {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		return f
	}
	return fault.Of(fault.Invalid, "spreadsheet.file.no-workbook").Because(err)
}

// Is tells whether a file begins as an archive does, which a workbook is.
func Is(head []byte) bool { return strings.HasPrefix(string(head), "PK\x03\x04") }

// Open looks at a workbook and reads what its sheets share.
func Open(in io.ReaderAt, size int64) (*Book, error) {
	if size > MaxFile {
		return nil, fault.Of(fault.TooLarge, "spreadsheet.file.too-large", fault.Args{"limit": int64(MaxFile >> 20)})
	}
	z, err := zip.NewReader(in, size)
	if err != nil {
		return nil, unreadable(err)
	}
	b := &Book{file: z, parts: map[string]*zip.File{}}
	if err := b.inspect(size); err != nil {
		return nil, err
	}
	for _, step := range []func() error{b.readSheets, b.readStyles, b.readTexts} {
		if err := step(); err != nil {
			return nil, unreadable(err)
		}
	}
	return b, nil
}

// inspect reads the archive's table of contents.
func (b *Book) inspect(size int64) error {
	if len(b.file.File) > maxParts {
		return hostile("spreadsheet.file.bomb")
	}
	var packed, unpacked uint64
	for _, f := range b.file.File {
		name := strings.ToLower(path.Clean("/" + strings.ReplaceAll(f.Name, "\\", "/")))
		switch {
		case b.parts[name] != nil:
			return hostile("spreadsheet.file.strange")
		case strings.Contains(f.Name, "..") || !f.Mode().IsRegular() && !f.Mode().IsDir():
			return hostile("spreadsheet.file.strange")
		case strings.HasSuffix(name, "vbaproject.bin") || strings.HasPrefix(name, "/xl/macrosheets/"):
			return hostile("spreadsheet.file.macros")
		case strings.HasPrefix(name, "/xl/externallinks/") || strings.HasPrefix(name, "/xl/embeddings/") || name == "/xl/connections.xml":
			return hostile("spreadsheet.file.links")
		case f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/maxRatio > f.CompressedSize64:
			return hostile("spreadsheet.file.bomb")
		case f.Flags&1 != 0:
			return hostile("spreadsheet.file.encrypted")
		}
		packed, unpacked = packed+f.CompressedSize64, unpacked+f.UncompressedSize64
		if unpacked > maxUnpacked || packed > uint64(size) { // parts that lie over one another
			return hostile("spreadsheet.file.bomb")
		}
		b.parts[name] = f
	}
	return nil
}

// part opens a part. It fails where the part is longer than it says.
func (b *Book) part(name string) (io.ReadCloser, error) {
	f := b.parts[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("workbook: no part %s: %w", name, io.ErrUnexpectedEOF)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, int64(min(f.UncompressedSize64, maxUnpacked))), r}, nil
}

// each calls take for every element that begins in a part.
func (b *Book) each(name string, take func(s *scanner) error) error {
	in, err := b.part(name)
	if err != nil {
		return err
	}
	defer in.Close()
	s := newScanner(in)
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t == tokenStart {
			if err := take(s); err != nil {
				return err
			}
		}
	}
}

// readSheets finds the sheets in their order, each with its part.
func (b *Book) readSheets() error {
	main, err := b.main()
	if err != nil {
		return err
	}
	dir := path.Dir(main)
	parts := map[string]string{}
	err = b.each(path.Join(dir, "_rels", path.Base(main)+".rels"), func(s *scanner) error {
		if s.is("Relationship") && string(s.attr("TargetMode")) == "External" && !strings.HasSuffix(string(s.attr("Type")), "/hyperlink") {
			return hostile("spreadsheet.file.links")
		}
		target := string(s.attr("Target"))
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		parts[string(s.attr("Id"))] = target
		return nil
	})
	if err != nil {
		return err
	}
	err = b.each(main, func(s *scanner) error {
		switch {
		case s.is("workbookPr"):
			b.y1904 = truth(s.attr("date1904"))
		case s.is("sheet"):
			state := string(s.attr("state"))
			b.sheets = append(b.sheets, tab{name: string(s.attr("name")), part: parts[string(s.attr("id"))], hidden: state != "" && state != "visible"})
		}
		return nil
	})
	if err == nil && len(b.sheets) == 0 {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// main is the part that names the sheets.
func (b *Book) main() (string, error) {
	main := ""
	err := b.each("/_rels/.rels", func(s *scanner) error {
		if strings.HasSuffix(string(s.attr("Type")), "/officeDocument") {
			main = path.Join("/", string(s.attr("Target")))
		}
		return nil
	})
	if err == nil && main == "" {
		err = io.ErrUnexpectedEOF
	}
	return main, err
}

func (b *Book) readStyles() error {
	const name = "/xl/styles.xml"
	if b.parts[name] == nil {
		return nil
	}
	own := map[int]format{}
	cells := false
	return b.each(name, func(s *scanner) error {
		id, _ := strconv.Atoi(string(s.attr("numFmtId")))
		switch {
		case s.is("numFmt"):
			own[id] = formatOf(string(s.attr("formatCode")))
		case s.is("cellXfs"):
			cells = true
		case s.is("cellStyles"), s.is("dxfs"):
			cells = false
		case s.is("xf") && cells:
			f, ok := own[id]
			if !ok {
				f = builtin(id)
			}
			b.styles = append(b.styles, f)
		}
		if len(own)+len(b.styles) > maxStyles {
			return hostile("spreadsheet.file.strange")
		}
		return nil
	})
}

// readTexts reads the texts that cells share. How they are said in another
// script (phonetic runs) is no part of them.
func (b *Book) readTexts() error {
	const name = "/xl/sharedstrings.xml"
	if b.parts[name] == nil {
		return nil
	}
	in, err := b.part(name)
	if err != nil {
		return err
	}
	defer in.Close()
	s, total := newScanner(in), 0
	var one texts
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t == tokenEnd && s.is("si") {
			b.texts = append(b.texts, string(one.text))
			if total += len(one.text); total > maxText || len(b.texts) > maxTexts {
				return hostile("spreadsheet.file.bomb")
			}
			one = texts{text: one.text[:0]}
			continue
		}
		one.take(s, t)
	}
}

// texts collects the text of <t> elements, but not those inside <rPh>.
type texts struct {
	text       []byte
	in, beside bool
}

func (x *texts) take(s *scanner, t token) {
	switch {
	case t == tokenText && x.in && !x.beside:
		x.text = append(x.text, s.text...)
	case t != tokenText && s.is("t"):
		x.in = t == tokenStart
	case t != tokenText && s.is("rPh"):
		x.beside = t == tokenStart
	}
}

func truth(v []byte) bool { return string(v) == "1" || string(v) == "true" }

// Sheets names the sheets that are not hidden, in their order.
func (b *Book) Sheets() []string {
	var out []string
	for _, t := range b.sheets {
		if !t.hidden {
			out = append(out, t.name)
		}
	}
	return out
}

// find gives a sheet by its name; "": the first that is not hidden.
func (b *Book) find(name string) (tab, error) {
	for _, t := range b.sheets {
		if name == "" && !t.hidden || name != "" && i18n.Fold(t.name) == i18n.Fold(name) {
			return t, nil
		}
	}
	return tab{}, fault.Of(fault.Invalid, "spreadsheet.file.no-such-sheet", fault.Args{"name": name})
}
