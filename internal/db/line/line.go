// Package line writes rows of a table as lines of JSON, in one form: the same on
// both engines, and refused when it is written otherwise. A backup and the file of
// a whole operation hold rows so (docs/reference/backup.md).
package line

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// ErrForm: a line is not as this package writes it.
var ErrForm = errors.New("not a row in its one form")

func wrong(text string, args ...any) error {
	return fmt.Errorf("%w: "+text, append([]any{ErrForm}, args...)...)
}

// Append writes values of the kinds nil, int64 and string as a JSON array.
func Append(line []byte, row []any) ([]byte, error) {
	line = append(line, '[')
	for i, v := range row {
		if i > 0 {
			line = append(line, ',')
		}
		switch v := v.(type) {
		case nil:
			line = append(line, "null"...)
		case int64:
			line = strconv.AppendInt(line, v, 10)
		case string:
			line = appendText(line, v)
		default:
			return nil, wrong("a value of type %T", v)
		}
	}
	return append(line, ']'), nil
}

const hexDigits = "0123456789abcdef"

// appendText writes a JSON string; UTF-8 stands as it is.
func appendText(line []byte, s string) []byte {
	line = append(line, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			line = append(line, '\\', c)
		case c < ' ':
			line = append(line, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			line = append(line, c)
		}
	}
	return append(line, '"')
}

// Parse reads what Append writes, and nothing else: no spaces, no fractions, no
// other escapes, so one row has one form.
func Parse(line []byte, columns int) ([]any, error) {
	row := make([]any, 0, columns)
	if len(line) < 2 || line[0] != '[' || line[len(line)-1] != ']' {
		return nil, wrong("a row is not a list")
	}
	rest := line[1:]
	for len(row) < columns {
		var v any
		var err error
		if v, rest, err = parseValue(rest); err != nil {
			return nil, err
		}
		row = append(row, v)
		end := byte(',')
		if len(row) == columns {
			end = ']'
		}
		if len(rest) == 0 || rest[0] != end {
			return nil, wrong("a row has not %d values", columns)
		}
		rest = rest[1:]
	}
	if len(rest) > 0 || columns == 0 {
		return nil, wrong("something follows a row")
	}
	return row, nil
}

func parseValue(rest []byte) (any, []byte, error) {
	switch {
	case len(rest) >= 4 && string(rest[:4]) == "null":
		return nil, rest[4:], nil
	case len(rest) > 0 && rest[0] == '"':
		return parseText(rest[1:])
	}
	n := 0
	for n < len(rest) && (rest[n] == '-' || rest[n] >= '0' && rest[n] <= '9') {
		n++
	}
	number, err := strconv.ParseInt(string(rest[:n]), 10, 64)
	if err != nil || strconv.FormatInt(number, 10) != string(rest[:n]) {
		return nil, nil, wrong("a value is neither null nor a whole number nor a text")
	}
	return number, rest[n:], nil
}

// parseText reads a text whose opening quote is gone.
func parseText(rest []byte) (any, []byte, error) {
	plain := true
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '\\':
			plain = false
			i++
		case c < ' ':
			return nil, nil, wrong("a control character in a text")
		case c == '"':
			text := string(rest[:i])
			if !plain {
				quoted := append(append([]byte{'"'}, rest[:i]...), '"')
				if err := json.Unmarshal(quoted, &text); err != nil || string(appendText(nil, text)) != string(quoted) {
					return nil, nil, wrong("a text is not in its one form")
				}
			}
			if !utf8.ValidString(text) {
				return nil, nil, wrong("a text is not UTF-8")
			}
			return text, rest[i+1:], nil
		}
	}
	return nil, nil, wrong("a text has no end")
}
