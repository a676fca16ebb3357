package workbook

import (
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// maxPictures bounds the pictures of one sheet.
const maxPictures = 20_000

// Picture is a picture of a sheet: one that lies over its cells, by the cell in which
// its upper left corner is, or one that was placed in a cell.
type Picture struct {
	Line   int // as Record.Line
	Column int // from 0
	Size   int64
	part   string
}

// Pictures finds the pictures of a sheet by its name ("": the first one), by row and
// column. What is linked and not in the file is none. Nothing of them is unpacked.
func (b *Book) Pictures(name string) ([]Picture, error) {
	t, err := b.find(name)
	if err != nil {
		return nil, err
	}
	out, err := b.drawn(t)
	if err == nil {
		var placed []Picture
		placed, err = b.placed(t)
		out = append(out, placed...)
	}
	if err != nil {
		return nil, unreadable(err)
	}
	slices.SortStableFunc(out, func(a, b Picture) int { return (a.Line-b.Line)*1_000_000 + a.Column - b.Column })
	return out, nil
}

// Bytes unpacks a picture of at most so many bytes.
func (b *Book) Bytes(p Picture, most int64) ([]byte, error) {
	if p.Size > most {
		return nil, fault.Of(fault.TooLarge, "attachment.too-large", fault.Args{"max": most >> 20})
	}
	in, err := b.part(p.part)
	if err != nil {
		return nil, unreadable(err)
	}
	defer in.Close()
	out, err := io.ReadAll(io.LimitReader(in, most+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if int64(len(out)) > most {
		return nil, hostile("spreadsheet.file.bomb")
	}
	return out, nil
}

// targets are the parts that a part names, by the ids it calls them; of a type that
// ends so.
func (b *Book) targets(of, kind string) (map[string]string, error) {
	name := path.Join(path.Dir(of), "_rels", path.Base(of)+".rels")
	if b.parts[strings.ToLower(name)] == nil {
		return nil, nil
	}
	out := map[string]string{}
	err := b.each(name, func(s *scanner) error {
		if !strings.HasSuffix(string(s.attr("Type")), kind) || string(s.attr("TargetMode")) == "External" {
			return nil
		}
		target := string(s.attr("Target"))
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(of), target)
		}
		out[string(s.attr("Id"))] = target
		return nil
	})
	return out, err
}

// add notes a picture whose part is there.
func (b *Book) add(out []Picture, part string, line, column int) ([]Picture, error) {
	f := b.parts[strings.ToLower(part)]
	if f == nil || line < 1 || column < 0 {
		return out, nil
	}
	if len(out) >= maxPictures {
		return out, hostile("spreadsheet.file.bomb")
	}
	return append(out, Picture{Line: line, Column: column, Size: int64(min(f.UncompressedSize64, maxUnpacked)), part: part}), nil
}

// drawn finds pictures that lie over the cells of a sheet.
func (b *Book) drawn(t tab) (out []Picture, err error) {
	drawings, err := b.targets(t.part, "/drawing")
	for _, drawing := range drawings {
		if err == nil && b.parts[strings.ToLower(drawing)] != nil {
			out, err = b.anchors(out, drawing)
		}
	}
	return out, err
}

// anchors reads one drawing: each anchor begins in a cell and may hold a picture.
func (b *Book) anchors(out []Picture, drawing string) ([]Picture, error) {
	media, err := b.targets(drawing, "/image")
	if err != nil {
		return out, err
	}
	in, err := b.part(drawing)
	if err != nil {
		return out, err
	}
	defer in.Close()
	s := newScanner(in)
	from, number := false, ""
	line, column := 0, -1
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		switch {
		case t == tokenText:
			number = strings.TrimSpace(string(s.text))
		case t == tokenStart && (s.is("twoCellAnchor") || s.is("oneCellAnchor") || s.is("absoluteAnchor")):
			line, column = 0, -1
		case s.is("from"):
			from = t == tokenStart
		case t == tokenEnd && from && s.is("col"):
			column = counted(number)
		case t == tokenEnd && from && s.is("row"):
			line = counted(number) + 1
		case t == tokenStart && s.is("blip"):
			if out, err = b.add(out, media[string(s.attr("embed"))], line, column); err != nil {
				return out, err
			}
		}
	}
}

func counted(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > maxLines {
		return -1
	}
	return n
}

const (
	metadataPart = "/xl/metadata.xml"
	valuePart    = "/xl/richdata/rdrichvalue.xml"
	relationPart = "/xl/richData/richValueRel.xml"
)

// placed finds pictures that were placed in cells: a cell says which metadata it has,
// these which rich value, and that which picture.
func (b *Book) placed(t tab) (out []Picture, err error) {
	if b.parts[metadataPart] == nil || b.parts[valuePart] == nil || b.parts[strings.ToLower(relationPart)] == nil {
		return nil, nil
	}
	pictures, err := b.rich()
	if err != nil {
		return nil, err
	}
	err = b.each(t.part, func(s *scanner) error {
		vm := s.attr("vm")
		if !s.is("c") || vm == nil {
			return nil
		}
		n := counted(string(vm)) - 1
		name := s.attr("r")
		letters := bytes.TrimRight(name, "0123456789")
		if n < 0 || n >= len(pictures) || len(letters) == 0 || len(letters) > 3 {
			return nil
		}
		out, err = b.add(out, pictures[n], counted(string(name[len(letters):])), columnOf(letters))
		return err
	})
	return out, err
}

// rich gives for each metadata of cells the part of its picture; "": it is none.
func (b *Book) rich() ([]string, error) {
	media, err := b.targets(relationPart, "/image")
	if err != nil {
		return nil, err
	}
	var relations []string
	if err := b.each(relationPart, func(s *scanner) error {
		if s.is("rel") {
			relations = append(relations, media[string(s.attr("id"))])
		}
		return nil
	}); err != nil {
		return nil, err
	}
	values, err := b.values(relations)
	if err != nil {
		return nil, err
	}
	var future, out []string
	cells := false
	err = b.each(metadataPart, func(s *scanner) error {
		switch {
		case s.is("valueMetadata"):
			cells = true
		case s.is("cellMetadata"), s.is("futureMetadata"):
			cells = false
		case s.is("rvb"):
			future = append(future, at(values, s.attr("i")))
		case s.is("rc") && cells:
			out = append(out, at(future, s.attr("v")))
		}
		return nil
	})
	return out, err
}

// values gives for each rich value the part of its picture: its first value is the
// number of it.
func (b *Book) values(relations []string) ([]string, error) {
	in, err := b.part(valuePart)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	s := newScanner(in)
	var out []string
	text, first := "", false
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch {
		case len(out) > maxPictures:
			return nil, hostile("spreadsheet.file.bomb")
		case t == tokenText:
			text = string(s.text)
		case t == tokenStart && s.is("rv"):
			out, first = append(out, ""), true
		case t == tokenEnd && s.is("v") && first && len(out) > 0:
			out[len(out)-1], first = at(relations, []byte(strings.TrimSpace(text))), false
		}
	}
}

// at is an element of a list by its number; "": there is none.
func at(list []string, number []byte) string {
	n := counted(string(number))
	if n < 0 || n >= len(list) {
		return ""
	}
	return list[n]
}
