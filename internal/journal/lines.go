package journal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// lines reads a text line by line and counts; a line that is too long is an error.
type lines struct {
	in *bufio.Reader
	n  int
}

func newLines(in io.Reader) *lines { return &lines{in: bufio.NewReaderSize(in, maxLine)} }

// next gives the next line without its line feed; it stays valid until the next
// call. io.EOF: there is none. A last line without a line feed was cut.
func (l *lines) next() ([]byte, error) {
	text, err := l.in.ReadSlice('\n')
	l.n++
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, fmt.Errorf("%w: line %d is too long", ErrMalformed, l.n)
	case errors.Is(err, io.EOF) && len(text) > 0:
		return nil, fmt.Errorf("%w: line %d is cut off", ErrMalformed, l.n)
	case err != nil:
		return nil, err
	}
	return text[:len(text)-1], nil
}
