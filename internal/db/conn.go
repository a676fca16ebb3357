package db

import (
	"context"
	"database/sql"
	"errors"

	modernc "modernc.org/sqlite"
)

// conn is one connection with its prepared statements.
type conn struct {
	c      *sql.Conn
	stmts  map[string]*sql.Stmt
	broken bool
}

func (c *conn) exec(ctx context.Context, text string) error {
	_, err := c.c.ExecContext(ctx, text)
	if err != nil {
		c.broken = true
	}
	return err
}

func (c *conn) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if s := c.stmts[text]; s != nil {
		return s, nil
	}
	s, err := c.c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	c.stmts[text] = s
	return s, nil
}

// begin gives a connection in a transaction. Those that died while they lay idle
// are put away first: a database that was started again costs nobody an answer.
func begin(ctx context.Context, p *connPool, text string) (*conn, error) {
	for {
		c, err := p.get(ctx)
		if err != nil {
			return nil, err
		}
		if err = c.exec(ctx, text); err == nil {
			return c, nil
		}
		used := len(c.stmts) > 0
		p.drop(c)
		if _, ours := errors.AsType[*modernc.Error](err); ours || !used || ctx.Err() != nil {
			return nil, err
		}
	}
}

// connPool lends out a bounded number of connections, each with its statements.
type connPool struct {
	db    *sql.DB
	slots chan struct{}
	idle  chan *conn
}

func newConnPool(db *sql.DB, n int) *connPool {
	return &connPool{db: db, slots: make(chan struct{}, n), idle: make(chan *conn, n)}
}

func (p *connPool) get(ctx context.Context) (*conn, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case c := <-p.idle:
		return c, nil
	default:
	}
	c, err := p.db.Conn(ctx)
	if err != nil {
		<-p.slots
		return nil, err
	}
	return &conn{c: c, stmts: map[string]*sql.Stmt{}}, nil
}

func (p *connPool) put(c *conn) {
	p.idle <- c
	<-p.slots
}

// drop gives back a connection whose state is unknown: it is closed for good.
func (p *connPool) drop(c *conn) {
	for _, s := range c.stmts {
		s.Close()
	}
	// ErrBadConn makes database/sql close the real connection.
	_ = c.c.Raw(func(any) error { return errBadConn })
	c.c.Close()
	<-p.slots
}

func (p *connPool) close() {
	for {
		select {
		case c := <-p.idle:
			for _, s := range c.stmts {
				s.Close()
			}
			c.c.Close()
		default:
			return
		}
	}
}
