package sheet

import (
	"bufio"
	"bytes"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

var (
	bomUTF8    = []byte{0xEF, 0xBB, 0xBF}
	bomUTF16LE = []byte{0xFF, 0xFE}
	bomUTF16BE = []byte{0xFE, 0xFF}
)

// Encoding finds an encoding by its name in a mapping: utf-8, utf-16 (its
// byte order mark decides), utf-16le, utf-16be, windows-1252 and all others of
// the WHATWG list.
func Encoding(name string) (encoding.Encoding, bool) {
	switch strings.ToLower(name) {
	case "utf-8", "utf8":
		return unicode.UTF8BOM, true
	case "utf-16":
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), true
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), true
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), true
	}
	enc, err := htmlindex.Get(name)
	if err != nil || enc == encoding.Replacement {
		return nil, false
	}
	return enc, true
}

// Decode gives the file as UTF-8; bytes that the encoding does not know become
// U+FFFD, which refuses their row later on. A file whose first bytes contradict
// the mapping, or that is no text at all, is a fault.
func Decode(in io.Reader, name string) (io.Reader, error) {
	b := bufio.NewReader(in)
	head, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}) {
		return nil, fault.Of(fault.Invalid, "spreadsheet.file.not-text")
	}
	if seen := Mark(head); seen != "" && !strings.HasPrefix(strings.ToLower(name), seen) && !(seen == "utf-8" && strings.EqualFold(name, "utf8")) {
		return nil, fault.Of(fault.Invalid, "spreadsheet.file.other-encoding", fault.Args{"said": name, "seen": seen})
	}
	enc, ok := Encoding(name)
	if !ok {
		return nil, fault.Of(fault.Invalid, "spreadsheet.mapping.encoding", fault.Args{"value": name})
	}
	return enc.NewDecoder().Reader(b), nil
}

// Mark names the family of encodings whose byte order mark opens the file.
func Mark(head []byte) string {
	switch {
	case bytes.HasPrefix(head, bomUTF8):
		return "utf-8"
	case bytes.HasPrefix(head, bomUTF16LE), bytes.HasPrefix(head, bomUTF16BE):
		return "utf-16"
	}
	return ""
}

// Encode gives a writer whose text comes out in an encoding; head is the file's
// beginning, whose byte order mark, or want of one, is kept. Characters that the
// encoding lacks become question marks; Holds tells before.
func Encode(out io.Writer, name string, head []byte) (io.WriteCloser, error) {
	enc, ok := Encoding(name)
	if !ok {
		return nil, fault.Of(fault.Invalid, "spreadsheet.mapping.encoding", fault.Args{"value": name})
	}
	if enc == unicode.UTF8BOM && Mark(head) == "" {
		enc = unicode.UTF8
	}
	return transform.NewWriter(out, encoding.ReplaceUnsupported(enc.NewEncoder())), nil
}

// Holds tells whether an encoding has all characters of a text.
func Holds(name, text string) bool {
	enc, ok := Encoding(name)
	if !ok {
		return false
	}
	_, err := enc.NewEncoder().String(text)
	return err == nil
}
