package bare

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/bench/world"
)

// wordTables are the tables of what is searched: plain FTS5 with the tokenizer
// that it brings along, or a tsvector with a GIN index.
func (s *store) wordTables() []string {
	if s.sqlite {
		return []string{
			"create table if not exists bare_letter (seq integer primary key, fields text not null)",
			"create virtual table if not exists bare_text using fts5 (words, content = '')",
		}
	}
	return []string{
		"create table if not exists bare_letter (seq bigint primary key, fields text not null, v tsvector not null)",
		"create index if not exists bare_text on bare_letter using gin (v)",
	}
}

// How many letters one statement writes, and how many statements a transaction.
const (
	lettersAtOnce    = 500
	statementsAtOnce = 20
)

// fillLetters puts in the messages of a world that are searched, once.
func (s *store) fillLetters(ctx context.Context, size world.Size) error {
	var n int
	if err := s.write.QueryRowContext(ctx, "select count(*) from bare_letter").Scan(&n); err != nil || n == size.Searched {
		return err
	}
	if n > 0 {
		return fmt.Errorf("bare: %d messages to search, want %d: choose an empty directory", n, size.Searched)
	}
	step, after := lettersAtOnce*statementsAtOnce, "analyze bare_letter"
	if s.sqlite {
		after = "pragma wal_checkpoint(passive)"
	}
	for from := 0; from < size.Searched; from += step {
		tx, err := s.write.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		for at := from; at < min(from+step, size.Searched) && err == nil; at += lettersAtOnce {
			err = s.insertLetters(ctx, tx, size, at, min(at+lettersAtOnce, size.Searched))
		}
		if err != nil {
			_ = tx.Rollback()
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
		if _, err := s.write.ExecContext(ctx, after); err != nil {
			return err
		}
	}
	return nil
}

// insertLetters writes the letters from..to-1; a letter's number is one more.
func (s *store) insertLetters(ctx context.Context, tx *sql.Tx, size world.Size, from, to int) error {
	var rows, words strings.Builder
	var fields, texts []any
	for i := from; i < to; i++ {
		l := size.Letter(i)
		text, err := json.Marshal(map[string]any{"from": l.From, "subject": l.Subject, "body": l.Body, "language": l.Language})
		if err != nil {
			return err
		}
		n := 2 * (i - from)
		fmt.Fprintf(&rows, ", (%d, $%d)", i+1, i-from+1)
		fmt.Fprintf(&words, ", (%d, $%d, to_tsvector('simple', $%d))", i+1, n+1, n+2)
		fields, texts = append(fields, string(text)), append(texts, l.Subject+" "+l.Body)
	}
	if s.sqlite {
		if _, err := tx.ExecContext(ctx, "insert into bare_letter (seq, fields) values "+rows.String()[2:], fields...); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "insert into bare_text (rowid, words) values "+rows.String()[2:], texts...)
		return err
	}
	var both []any
	for i := range fields {
		both = append(both, fields[i], texts[i])
	}
	_, err := tx.ExecContext(ctx, "insert into bare_letter (seq, fields, v) values "+words.String()[2:], both...)
	return err
}

const (
	findFTS5 = `select l.seq, l.fields from bare_text t join bare_letter l on l.seq = t.rowid
		where t.bare_text match $1 order by t.rowid desc limit $2`
	findGIN = `select seq, fields from bare_letter where v @@ cast($1 as tsquery) order by seq desc limit $2`
)

// find gives the newest letters that hold all words; the last one may go on.
func (s *store) find(ctx context.Context, typed string, limit int) ([]json.RawMessage, error) {
	text, and, quote, begins := findFTS5, " AND ", `"`, "*"
	if !s.sqlite {
		text, and, quote, begins = findGIN, " & ", "'", ":*"
	}
	var words []string
	for w := range strings.FieldsSeq(typed) {
		words = append(words, quote+strings.NewReplacer(`"`, "", "'", "").Replace(w)+quote)
	}
	return s.rows(ctx, text, strings.Join(words, and)+begins, limit)
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil {
		limit = 20
	}
	items, err := s.rows.find(r.Context(), r.FormValue("q"), limit)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusOK, map[string]any{"items": items, "next": ""})
}
