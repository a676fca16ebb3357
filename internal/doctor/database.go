package doctor

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// patience is how long a database may take to answer; a deep look takes as long as
// the file is large.
const patience = 15 * time.Second

// database: does it answer, does it keep what it acknowledges, does this program
// know its schema.
func (p Patient) database(ctx context.Context) []Finding {
	if !p.Deep {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	path, isFile := strings.CutPrefix(p.Database, "sqlite:")
	if isFile && !exists(path) {
		return []Finding{fail("database", "name the directory of an instance, or make one: tidewaiter init", "%s does not exist", path)}
	}
	e, err := db.Examine(ctx, p.Database, p.Deep)
	if err != nil {
		return []Finding{fail("database", "see that it runs, that this machine reaches it, and that the address is right", "it does not answer: %v", err)}
	}
	all := []Finding{fine("database", "%s %s", e.Engine, e.Version)}
	if e.Old != "" {
		all = []Finding{fail("database", "use a newer one", "%s %s is older than %s", e.Engine, e.Version, e.Old)}
	}
	for _, w := range e.Wrong {
		all = append(all, fail("durability", "correct it in postgresql.conf, or make the database anew in UTF-8", "%s", w))
	}
	all = append(all, p.schema(e.Schema), p.clock(e.Newest))
	return append(all, p.integrity(e)...)
}

func (p Patient) schema(is int64) Finding {
	const matter = "schema"
	switch {
	case is == 0:
		return fail(matter, "make the instance: tidewaiter init", "the database has no tables")
	case is > p.Known:
		return fail(matter, "use the newer program, or restore the backup made before it", "version %d is newer than this program, which knows %d", is, p.Known)
	case is < p.Known:
		return warn(matter, "back up, then start this program: it brings the schema up to date, and there is no way back",
			"version %d, this program brings %d", is, p.Known)
	}
	return fine(matter, "version %d", is)
}

func (p Patient) integrity(e db.Examined) []Finding {
	const matter = "integrity"
	var all []Finding
	for _, d := range e.Damage {
		all = append(all, fail(matter, "stop the server, keep the file, restore the newest backup", "%s", d))
	}
	switch {
	case e.Engine == "PostgreSQL" && !e.Checksum:
		return []Finding{warn(matter, "stop the server of the database and run pg_checksums --enable", "PostgreSQL would not notice a damaged page: data_checksums is off")}
	case e.Engine == "PostgreSQL":
		return []Finding{fine(matter, "PostgreSQL checks each page that it reads")}
	case p.Deep && len(all) == 0:
		return []Finding{fine(matter, "the whole file was read and is well formed")}
	case !p.Deep:
		return []Finding{fine(matter, "not looked at; --deep reads the whole file")}
	}
	return all
}

// clock: entries carry the time of this machine, so a wrong one is there for ever.
func (p Patient) clock(newest time.Time) Finding {
	const matter, cure = "clock", "set it, and let it be kept right (systemd-timesyncd, chrony)"
	now := p.Source.Now()
	switch {
	case now.Year() < 2026 || now.Year() > 2100:
		return fail(matter, cure, "it shows %s", now.Format(time.RFC3339))
	case newest.After(now.Add(time.Minute)):
		return fail(matter, cure, "the newest entry of a journal is of %s, and it shows %s", newest.Format(time.RFC3339), now.Format(time.RFC3339))
	}
	return fine(matter, "%s", now.Format(time.RFC3339))
}

// How much room there should be.
const (
	leastBytes = 1 << 30
	leastShare = 10 // in a hundred
)

// space: a full disk refuses writes.
func (p Patient) space() Finding {
	free, total, err := room(p.Data)
	if err != nil || total == 0 {
		return warn("disk", "look at it in another way", "the free space cannot be told: %v", err)
	}
	share := 100 * (free / 1024) / max(1, total/1024)
	said := fmt.Sprintf("%d MiB free, %d %% of the disk", free>>20, share)
	const cure = "make room: writes are refused when it is full"
	switch {
	case free < leastBytes:
		return fail("disk", cure, "%s", said)
	case share < leastShare:
		return warn("disk", cure, "%s", said)
	}
	return fine("disk", "%s", said)
}

// DatabaseOf is the address of an instance's database: the named one, or the file
// in its directory.
func DatabaseOf(data, named string) string {
	if named != "" {
		return named
	}
	return "sqlite:" + filepath.Join(data, databaseFile)
}
