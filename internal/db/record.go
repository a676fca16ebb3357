package db

import (
	"database/sql"
	"encoding/json"
	"fmt"
)

// Encoded is plain data as a column of text keeps it: JSON, in the field order of its
// type. It panics on what JSON cannot say, such as a function: no record holds any.
func Encoded(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// Decode scans a column that Encoded wrote into what v points to.
func Decode(v any) sql.Scanner { return decoder{v} }

type decoder struct{ into any }

func (d decoder) Scan(column any) error {
	switch text := column.(type) {
	case string:
		return json.Unmarshal([]byte(text), d.into)
	case []byte:
		return json.Unmarshal(text, d.into)
	}
	return fmt.Errorf("db: %T where a record is kept as text", column)
}

// Decoded scans a row whose only column is what Encoded wrote.
func Decoded[T any](row Scanner) (T, error) {
	var v T
	err := row.Scan(Decode(&v))
	return v, err
}
