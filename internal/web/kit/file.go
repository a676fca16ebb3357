package kit

import "strings"

// File is a photo or a document that somebody has, or may open.
type File struct {
	ID            string
	Name          string
	Href          string
	Thumb         string // address of the small picture; empty: it is a document
	Width, Height int64  // of the small picture, pixels
	Size          int64  // bytes
	Note          string
	Black         string // where parts of it can be blacked out; empty: nowhere
}

// Uploads is the field of a form that takes files.
type Uploads struct {
	Hint    string
	Accept  string // of the field for any file
	Address string // where a script uploads at once (tus); empty: nowhere
	Held    []File // that the form holds already
	Line    File   // pattern of a line, in which a script puts {id} and {name}
	One     string // label of a field for one document that must be given; empty: any number of photos and documents
}

// field is the legend of the field.
func (u Uploads) field(p *Page) Field {
	if u.One != "" {
		return Field{Name: "files", Label: u.One, Hint: u.Hint}
	}
	return Field{Name: "files", Label: p.T("attachment.field"), Hint: u.Hint, Optional: true}
}

// kilobytes rounds up: a file is never nothing.
func kilobytes(size int64) int64 { return (size + 1023) / 1024 }

// pattern marks what a script fills in.
const pattern = "{name}"

func isPattern(f File) bool { return strings.Contains(f.Name, pattern) }

// Squares lie over a picture, each a box to tick.
type Squares struct {
	Src           string
	Width, Height int64
	Columns, Rows int64
	Cell          func(row, column int64) string // value of a square, from 0
}
