package bench

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/bench/world"
)

// Options say what is measured, and where.
type Options struct {
	Database string // postgres:// address; empty: SQLite in Data
	Data     string // where the world is kept
	Size     world.Size
	Rounds   int
	Only     []string // workloads, such as W1; empty: all
	Profile  string   // directory for CPU profiles of the server, or empty
	Self     string   // path of this program, which is started again for each server
	Version  string
	Progress func(what string, done, total int) // may be nil
}

// Engine is "sqlite" or "postgres".
func (o Options) Engine() string {
	if o.Database != "" {
		return "postgres"
	}
	return "sqlite"
}

func (o Options) tell(what string, done, total int) {
	if o.Progress != nil {
		o.Progress(what, done, total)
	}
}

// plan is how long and how hard each size of a world is worked.
type plan struct {
	writers  []int         // W1
	readers  []int         // W2
	clients  []int         // W3
	each     time.Duration // of a loaded stretch
	lim      time.Duration // of a limit
	posts    int           // W2: posts to the readers of one stretch
	looks    int           // W4
	searches int           // W5
	senders  []int         // W9
	files    int           // W9: documents of one sender in one stretch
	document int           // W9: bytes of each
	commits  []int         // rows a commit
	columns  int           // items that the limit of W4 adds up
	lines    int           // of goods that all cases have
	starts   int           // W7
	sockets  int           // W2: lines to all sockets
	quiet    time.Duration // W7: how long a server idles before its memory is read
	warm     time.Duration // before each stretch
	together int           // files written at once by the limit of flushes
}

func planOf(s world.Size) plan {
	p := plan{writers: []int{1, 16, 64}, readers: []int{100, 1_000}, clients: []int{1, 16}, each: 1500 * time.Millisecond,
		lim: 400 * time.Millisecond, posts: 25, looks: 60, commits: []int{1, 16, 64}, columns: 1_000_000, starts: 1, sockets: 15,
		searches: 150, senders: []int{1, 4}, files: 12, document: 4 << 20, quiet: time.Second, warm: 200 * time.Millisecond, together: 16, lines: s.Lines()}
	switch s.Name {
	case "tiny":
		p.writers, p.readers, p.each, p.lim, p.posts, p.looks = []int{1, 4}, []int{5}, 100*time.Millisecond, 20*time.Millisecond, 3, 5
		p.clients, p.columns, p.sockets, p.quiet, p.warm = []int{1, 4}, 10_000, 3, 10*time.Millisecond, 10*time.Millisecond
		p.searches, p.senders, p.files, p.document = 5, []int{1, 2}, 2, 100_000
		if s.Searched >= world.Default.Searched { // somebody asked for more than the size holds
			p.searches = 150
		}
	case "full":
		p.readers, p.each, p.lim = []int{100, 1_000, 5_000}, 3*time.Second, 700*time.Millisecond
	}
	return p
}
