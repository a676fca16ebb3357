package db

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"sync"
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
	text, is := plain(column).(string)
	if !is {
		return fmt.Errorf("db: %T where a record is kept as text", column)
	}
	return json.Unmarshal([]byte(text), d.into)
}

// Known is Decode for texts that are read again and again and hardly ever change: the
// same text is taken apart once. What it says is shared by all who read it, so nobody
// may change anything in it. It goes by the text alone, whatever row that stands in.
type Known[T any] struct {
	mu sync.Mutex
	by map[string]T
}

// mostKnown bounds the texts that a Known remembers; when there are more, it begins anew.
const mostKnown = 256

// Decode is Decode of package db.
func (k *Known[T]) Decode(v *T) sql.Scanner { return knower[T]{k, v} }

type knower[T any] struct {
	known *Known[T]
	into  *T
}

func (r knower[T]) Scan(column any) error {
	text, is := plain(column).(string)
	if !is {
		return decoder{r.into}.Scan(column)
	}
	r.known.mu.Lock()
	defer r.known.mu.Unlock()
	if v, ok := r.known.by[text]; ok {
		*r.into = v
		return nil
	}
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return err
	}
	if len(r.known.by) >= mostKnown || r.known.by == nil {
		r.known.by = map[string]T{}
	}
	r.known.by[text], *r.into = v, v
	return nil
}

// Decoded scans a row whose only column is what Encoded wrote.
func Decoded[T any](row Scanner) (T, error) {
	var v T
	err := row.Scan(Decode(&v))
	return v, err
}
