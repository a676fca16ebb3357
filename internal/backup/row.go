package backup

import "github.com/tidewaiter/tidewaiter/internal/db/line"

// appendRow writes a row as a line.
func appendRow(text []byte, row []any) ([]byte, error) {
	out, err := line.Append(text, row)
	if err != nil {
		return nil, damaged("%w", err)
	}
	return out, nil
}

// parseRow reads what appendRow writes, and nothing else.
func parseRow(text []byte, columns int) ([]any, error) {
	row, err := line.Parse(text, columns)
	if err != nil {
		return nil, damaged("%w", err)
	}
	return row, nil
}
