package bare

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/bench/world"
	_ "github.com/tidewaiter/tidewaiter/internal/db" // registers the drivers
)

// store is the rows of the bare server.
type store struct {
	sqlite bool
	write  *sql.DB // one connection
	read   *sql.DB
	queue  chan *post
	stop   chan struct{}
	ended  chan struct{}
}

var tables = []string{
	"create table if not exists bare_post (seq bigint primary key, id text not null, body text not null, written bigint not null)",
	"create table if not exists bare_case (seq bigint primary key, country text not null, fields text not null)",
	"create index if not exists bare_country on bare_case (country, seq)",
	"create table if not exists bare_line (category text not null, seq bigint not null, primary key (category, seq))",
}

func open(ctx context.Context, dir, address string) (*store, error) {
	s := &store{sqlite: address == "", queue: make(chan *post, 1024), stop: make(chan struct{}), ended: make(chan struct{})}
	driver, writer, reader := "pgx", address, address
	if s.sqlite {
		file := "file:" + filepath.Join(dir, "bare.db") + "?_pragma=busy_timeout(10000)"
		driver = "sqlite"
		writer = file + "&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=wal_autocheckpoint(0)&_pragma=cache_size(-65536)"
		reader = file + "&_pragma=query_only(1)&_pragma=mmap_size(1073741824)"
	}
	var err error
	if s.write, err = sql.Open(driver, writer); err != nil {
		return nil, err
	}
	if s.read, err = sql.Open(driver, reader); err != nil {
		return nil, err
	}
	n := max(4, 2*runtime.NumCPU())
	s.read.SetMaxOpenConns(n)
	s.read.SetMaxIdleConns(n)
	for _, text := range append(tables, s.wordTables()...) {
		if _, err := s.write.ExecContext(ctx, text); err != nil {
			return nil, fmt.Errorf("bare: %w", err)
		}
	}
	return s, nil
}

func (s *store) close() {
	close(s.stop)
	<-s.ended
	s.read.Close()
	s.write.Close()
}

// fill puts in the cases of a world, once.
func (s *store) fill(ctx context.Context, size world.Size) error {
	var n int
	if err := s.write.QueryRowContext(ctx, "select count(*) from bare_case").Scan(&n); err != nil || n == size.Cases {
		return err
	}
	if n > 0 {
		return fmt.Errorf("bare: %d cases, want %d: choose an empty directory", n, size.Cases)
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for i := range size.Cases {
		if err := insertCase(ctx, tx, size, i); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func insertCase(ctx context.Context, tx *sql.Tx, size world.Size, i int) error {
	d := size.Draft(i)
	fields, err := json.Marshal(d)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "insert into bare_case (seq, country, fields) values ($1, $2, $3)", i+1, d.Country, string(fields)); err != nil {
		return err
	}
	for _, l := range d.Goods {
		_, err := tx.ExecContext(ctx, "insert into bare_line (category, seq) values ($1, $2) on conflict do nothing", l.Category, i+1)
		if err != nil {
			return err
		}
	}
	return nil
}

// post is a message on its way to the disk.
type post struct {
	id, body string
	seq      int64
	done     chan error
}

// batchLimit is that of package db.
const batchLimit = 96

// commit is the one writer: it takes what is there and makes one durable commit of it.
func (s *store) commit(told func(*post)) {
	defer close(s.ended)
	var seq int64
	_ = s.write.QueryRow("select coalesce(max(seq), 0) from bare_post").Scan(&seq)
	for {
		var batch []*post
		select {
		case p := <-s.queue:
			batch = append(batch, p)
		case <-s.stop:
			return
		}
	more:
		for len(batch) < batchLimit {
			select {
			case p := <-s.queue:
				batch = append(batch, p)
			default:
				break more
			}
		}
		for _, p := range batch {
			seq++
			p.seq = seq
		}
		err := s.insert(batch)
		for _, p := range batch {
			p.done <- err
		}
		for _, p := range batch {
			if err == nil {
				told(p) // after the answer: the writer waits for no reader
			}
		}
	}
}

func (s *store) insert(batch []*post) error {
	tx, err := s.write.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	now := time.Now().UnixMicro()
	if s.sqlite {
		stmt, err := tx.Prepare("insert into bare_post (seq, id, body, written) values ($1, $2, $3, $4)")
		if err != nil {
			return err
		}
		defer stmt.Close()
		for _, p := range batch {
			if _, err := stmt.Exec(p.seq, p.id, p.body, now); err != nil {
				return err
			}
		}
		return tx.Commit()
	}
	// A round trip for all of them.
	var text strings.Builder
	var args []any
	text.WriteString("insert into bare_post (seq, id, body, written) values ")
	for i, p := range batch {
		if i > 0 {
			text.WriteString(", ")
		}
		fmt.Fprintf(&text, "($%d, $%d, $%d, $%d)", 4*i+1, 4*i+2, 4*i+3, 4*i+4)
		args = append(args, p.seq, p.id, p.body, now)
	}
	if _, err := tx.Exec(text.String(), args...); err != nil {
		return err
	}
	return tx.Commit()
}

// checkpoint moves SQLite's log now and then, as package db does.
func (s *store) checkpoint() {
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-s.stop:
			return
		case <-tick.C:
			_, _ = s.write.Exec("pragma wal_checkpoint(passive)")
		}
	}
}

const (
	pageByCountry  = "select seq, fields from bare_case where country = $1 and seq < $2 order by seq desc limit $3"
	pageByCategory = "select c.seq, c.fields from bare_line l join bare_case c on c.seq = l.seq where l.category = $1 and l.seq < $2 order by l.seq desc limit $3"
)

// page gives a page of cases by country or by category, newest first.
func (s *store) page(ctx context.Context, country, category string, limit int) ([]json.RawMessage, error) {
	text, value := pageByCountry, country
	if country == "" {
		text, value = pageByCategory, category
	}
	return s.rows(ctx, text, value, int64(1)<<62, limit)
}

// rows gives the second column of each row.
func (s *store) rows(ctx context.Context, text string, args ...any) ([]json.RawMessage, error) {
	rows, err := s.read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []json.RawMessage
	for rows.Next() {
		var seq int64
		var fields string
		if err := rows.Scan(&seq, &fields); err != nil {
			return nil, err
		}
		out = append(out, json.RawMessage(fields))
	}
	return out, rows.Err()
}
