package workbook

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// token is what the scanner has found.
type token int

const (
	tokenEnd   token = iota // the end of an element
	tokenStart              // the beginning of an element: name and attributes
	tokenText
)

// maxToken bounds a tag or a text: a cell holds 32,767 characters.
const maxToken = 1 << 20

var errXML = errors.New("workbook: not the XML of a workbook")

type attribute struct{ name, value []byte }

// scanner reads the part of XML that workbooks are written in. Names are given
// without their prefixes. Document types and entities of one's own are errors.
type scanner struct {
	in    *bufio.Reader
	name  []byte
	attrs []attribute
	text  []byte

	tag    []byte // what name and attributes point into
	closed bool   // the element is empty: its end comes next
	depth  int
}

func newScanner(in io.Reader) *scanner { return &scanner{in: bufio.NewReaderSize(in, 64<<10)} }

// next gives the next token; io.EOF at the end of the part.
func (s *scanner) next() (token, error) {
	if s.closed {
		s.closed = false
		s.depth--
		return tokenEnd, nil
	}
	for {
		b, err := s.in.ReadByte()
		if err != nil {
			if errors.Is(err, io.EOF) && s.depth != 0 {
				err = io.ErrUnexpectedEOF
			}
			return 0, err
		}
		if b != '<' {
			if err := s.in.UnreadByte(); err != nil {
				return 0, err
			}
			return tokenText, s.chars()
		}
		if b, err = s.in.ReadByte(); err != nil {
			return 0, unexpected(err)
		}
		switch b {
		case '?':
			err = s.until("?>", false)
		case '!':
			var text bool
			if text, err = s.bang(); text && err == nil {
				return tokenText, nil
			}
		default:
			return s.element(b)
		}
		if err != nil {
			return 0, err
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// bang reads what begins with <!: a comment, or text as it stands.
func (s *scanner) bang() (text bool, err error) {
	head, err := s.in.Peek(2)
	if err == nil && string(head) == "--" {
		return false, s.until("-->", false)
	}
	if head, err = s.in.Peek(7); err != nil || string(head) != "[CDATA[" {
		return false, errXML // a document type among them
	}
	if _, err = s.in.Discard(7); err != nil {
		return false, unexpected(err)
	}
	s.text = s.text[:0]
	return true, s.until("]]>", true)
}

// until reads up to a sign; keep takes what stands before it as the text.
func (s *scanner) until(sign string, keep bool) error {
	last := sign[len(sign)-1]
	var read []byte
	for {
		b, err := s.in.ReadByte()
		if err != nil {
			return unexpected(err)
		}
		read = append(read, b)
		if b == last && bytes.HasSuffix(read, []byte(sign)) {
			if keep {
				s.text = append(s.text, read[:len(read)-len(sign)]...)
			}
			return nil
		}
		if len(read) > maxToken {
			return errXML
		}
	}
}

// chars reads text up to the next tag.
func (s *scanner) chars() error {
	s.text = s.text[:0]
	for {
		part, err := s.in.ReadSlice('<')
		s.text = append(s.text, part...)
		switch {
		case len(s.text) > maxToken:
			return errXML
		case err == nil:
			s.text = s.text[:len(s.text)-1]
			if err := s.in.UnreadByte(); err != nil {
				return err
			}
			return s.plain()
		case errors.Is(err, io.EOF):
			return s.plain()
		case !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}

func (s *scanner) plain() (err error) {
	s.text, err = entities(s.text)
	return err
}

// element reads a tag whose first byte behind < is first.
func (s *scanner) element(first byte) (token, error) {
	s.tag = append(s.tag[:0], first)
	for {
		part, err := s.in.ReadSlice('>')
		s.tag = append(s.tag, part...)
		if len(s.tag) > maxToken {
			return 0, errXML
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return 0, unexpected(err)
		}
		if err == nil && bytes.Count(s.tag, []byte{'"'})%2 == 0 {
			break // a > may stand in a value
		}
	}
	tag := s.tag[:len(s.tag)-1]
	if first == '/' {
		if s.name = local(bytes.TrimSpace(tag[1:])); s.depth == 0 {
			return 0, errXML
		}
		s.depth--
		return tokenEnd, nil
	}
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		s.closed = true
		tag = tag[:n-1]
	}
	if s.depth++; s.depth > 64 {
		return 0, errXML
	}
	return tokenStart, s.cut(tag)
}

// cut takes a tag apart.
func (s *scanner) cut(tag []byte) error {
	end := bytes.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	s.name, s.attrs = local(tag[:end]), s.attrs[:0]
	if len(s.name) == 0 {
		return errXML
	}
	for rest := bytes.TrimSpace(tag[end:]); len(rest) > 0; rest = bytes.TrimLeft(rest, " \t\r\n") {
		name, after, ok := bytes.Cut(rest, []byte{'='})
		after = bytes.TrimLeft(after, " \t\r\n")
		if !ok || len(after) < 2 || after[0] != '"' && after[0] != '\'' {
			return errXML
		}
		close := bytes.IndexByte(after[1:], after[0])
		if close < 0 {
			return errXML
		}
		value, err := entities(after[1 : 1+close])
		if err != nil {
			return err
		}
		s.attrs = append(s.attrs, attribute{local(bytes.TrimSpace(name)), value})
		rest = after[close+2:]
	}
	return nil
}

// attr gives an attribute of the element at hand, nil where there is none.
func (s *scanner) attr(name string) []byte {
	for _, a := range s.attrs {
		if string(a.name) == name {
			return a.value
		}
	}
	return nil
}

func (s *scanner) is(name string) bool { return string(s.name) == name }

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

var known = map[string]byte{"lt": '<', "gt": '>', "amp": '&', "quot": '"', "apos": '\''}

// entities writes out the five entities and the numbered ones, in place; there
// are no others.
func entities(text []byte) ([]byte, error) {
	at := bytes.IndexByte(text, '&')
	if at < 0 {
		return text, nil
	}
	out := text[:at]
	for rest := text[at:]; len(rest) > 0; {
		if rest[0] != '&' {
			next := bytes.IndexByte(rest, '&')
			if next < 0 {
				next = len(rest)
			}
			out, rest = append(out, rest[:next]...), rest[next:]
			continue
		}
		end := bytes.IndexByte(rest[:min(len(rest), 12)], ';')
		if end < 2 {
			return nil, errXML
		}
		name := string(rest[1:end])
		if b, ok := known[name]; ok {
			out = append(out, b)
		} else if r, ok := numbered(name); ok {
			out = utf8.AppendRune(out, r) // never longer than its name
		} else {
			return nil, errXML
		}
		rest = rest[end+1:]
	}
	return out, nil
}

func numbered(name string) (rune, bool) {
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}
