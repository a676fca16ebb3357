package journal

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Rows are the rows that should stand in one table by what entries did, for
// tables that are small enough to be remembered. Keys are texts; a part before
// the first slash names a group of rows.
type Rows struct {
	Table   string
	Columns string // in the order of the rows, such as "seq, id, name"

	made    map[string]made
	unknown map[string]bool
}

type made struct {
	seq int64
	row db.Row
}

// Put says that an entry made or changed the row with that key.
func (r *Rows) Put(seq int64, key string, args ...any) {
	if r.made == nil {
		r.made = map[string]made{}
	}
	r.made[key] = made{seq, db.RowOf(args...)}
	delete(r.unknown, key)
}

// Remove says that the row with that key, or every row of that group, is gone.
func (r *Rows) Remove(key string) {
	maps.DeleteFunc(r.made, func(k string, _ made) bool { return k == key || strings.HasPrefix(k, key+"/") })
}

// Unknown says that nothing is known of the row with that key, or of that group;
// an empty key: of the whole table. The content of an entry is gone.
func (r *Rows) Unknown(key string) {
	if r.unknown == nil {
		r.unknown = map[string]bool{}
	}
	r.unknown[key] = true
}

func (r *Rows) isUnknown(key string) bool {
	group, _, _ := strings.Cut(key, "/")
	return r.unknown[""] || r.unknown[key] || r.unknown[group]
}

// Check holds rows against what should stand: all of them must be given.
func (r *Rows) Check(a *Audit, rows []db.Row, key func(db.Row) string) {
	for _, row := range rows {
		a.Compared(r.Table)
		k := key(row)
		want, ok := r.made[k]
		delete(r.made, k)
		switch {
		case r.isUnknown(k):
		case !ok:
			a.Found(NoEntry, r.Table, k, "invented: no entry made it")
		default:
			a.Differs(want.seq, r.Table, k, row.Differs(want.row, r.Columns))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(r.made)) {
		if !r.isUnknown(k) {
			a.Found(r.made[k].seq, r.Table, k, "the row is missing")
		}
	}
}

// Key joins the parts of a key.
func Key(parts ...any) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = fmt.Sprint(p)
	}
	return strings.Join(texts, "/")
}

// Bad is the finding for an entry whose content cannot be read as what its verb says.
func (a *Audit) Bad(act Act, err error) {
	a.Found(act.Seq, "journal_content", "", "the content is not that of %s: %v", act.Verb, err)
}
