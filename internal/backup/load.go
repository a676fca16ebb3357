package backup

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/migrate"
)

// load makes the schema as the backup has it in a database that is being
// restored, puts all rows in as one change, and brings the schema up to date. It
// gives the files of the data directory.
func (k Keeper) load(ctx context.Context, r *reader, d *db.DB, into *shelved) ([]file, error) {
	newest := migrate.Newest()
	switch v := r.header.Schema; {
	case v > newest:
		return nil, fmt.Errorf("%w: it was made by a newer program (%.40q, schema %d; this one knows %d)", ErrForeign, r.header.Program, v, newest)
	case v < 1:
		return nil, damaged("schema %d", v)
	}
	if err := migrate.To(ctx, d, r.header.Schema); err != nil {
		return nil, err
	}
	var extra []file
	err := d.Load(ctx, func(_ *db.Tx, rows *db.Loader) error {
		l := &loading{Keeper: k, ctx: ctx, r: r, into: rows, files: into}
		err := l.all()
		extra = l.extra
		return err
	})
	if err != nil {
		return nil, err
	}
	return extra, migrate.To(ctx, d, 0)
}

// loading is one pass over the lines of a backup.
type loading struct {
	Keeper
	ctx   context.Context
	r     *reader
	into  *db.Loader
	now   *table
	rows  [][]any // of the table now, not put in yet
	done  []string
	extra []file
	files *shelved
}

// all reads to the last line. What it has put in stands only if it returns nil.
func (l *loading) all() error {
	for {
		part, err := l.r.next()
		if err != nil {
			return err
		}
		switch part := part.(type) {
		case []any:
			l.rows = append(l.rows, part)
			if len(l.rows) == 500 {
				err = l.flush()
			}
		case *table:
			err = l.begin(part)
		case *file:
			l.extra = append(l.extra, *part)
		case *piece:
			err = l.files.take(part)
		case *trailer:
			return l.end()
		}
		if err != nil {
			return err
		}
	}
}

func (l *loading) begin(t *table) error {
	if err := l.flush(); err != nil {
		return err
	}
	if omitted[t.Table] != "" {
		return damaged("table %s does not belong into a backup", t.Table)
	}
	if err := l.into.Check(t.Table, t.Columns); err != nil {
		return damaged("%v", err)
	}
	l.now, l.done = t, append(l.done, t.Table)
	return nil
}

func (l *loading) flush() error {
	if len(l.rows) == 0 {
		return l.ctx.Err()
	}
	if err := l.into.Insert(l.now.Table, l.now.Columns, l.rows); err != nil {
		return fmt.Errorf("backup: rows of table %s: %w", l.now.Table, err)
	}
	l.rows = l.rows[:0]
	l.progress(int(l.r.seen.Rows), int(l.r.header.Rows))
	return l.ctx.Err()
}

// end wants every table of the schema, but for those left out on purpose.
func (l *loading) end() error {
	if err := l.flush(); err != nil {
		return err
	}
	for _, name := range l.into.Tables() {
		if !slices.Contains(l.done, name) && omitted[name] == "" {
			return damaged("table %s is missing", name)
		}
	}
	return nil
}
