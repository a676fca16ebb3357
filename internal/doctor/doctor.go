package doctor

import (
	"context"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Level is how serious a finding is.
type Level string

// The levels.
const (
	OK      Level = "ok"
	Warning Level = "warn"
	Failure Level = "fail"
)

// Finding is one matter that was looked at.
type Finding struct {
	Matter string `json:"matter"`
	Level  Level  `json:"level"`
	Said   string `json:"said"`
	Cure   string `json:"cure,omitempty"`
}

// Patient is what to look at.
type Patient struct {
	Data        string // directory of the instance
	Database    string // "sqlite:PATH" or "postgres://..."
	Key         string // file of the signing key; empty: the one in Data
	ContentKey  string // file of the key that wraps the keys of attachments; empty: the one in Data
	Certificate string // file; empty: the self-made one, if there is one
	Backups     string // directory; empty: not looked at
	Deep        bool   // read all of a SQLite file
	Known       int64  // number of the newest migration of this program
	Source      *source.Source
	Relay       string                          // that takes e-mail, without its password; empty: none is named
	Hand        func(ctx context.Context) error // connects to it, signs in and sends nothing
}

// Look looks at everything, in the order in which a person would.
func Look(ctx context.Context, p Patient) []Finding {
	var all []Finding
	all = append(all, p.directory()...)
	all = append(all, p.keys()...)
	all = append(all, p.attachments())
	all = append(all, p.space())
	all = append(all, p.database(ctx)...)
	all = append(all, p.certificate(), p.demonstration(), p.zones())
	if p.Hand != nil {
		all = append(all, p.relay(ctx))
	}
	if p.Backups != "" {
		all = append(all, p.backups())
	}
	kept := all[:0]
	for _, f := range all {
		if f.Matter != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// Worst is the most serious level of all.
func Worst(all []Finding) Level {
	worst := OK
	for _, f := range all {
		if f.Level == Failure || f.Level == Warning && worst == OK {
			worst = f.Level
		}
	}
	return worst
}

func fine(matter, format string, args ...any) Finding {
	return Finding{Matter: matter, Level: OK, Said: fmt.Sprintf(format, args...)}
}

func warn(matter, cure, format string, args ...any) Finding {
	return Finding{Matter: matter, Level: Warning, Said: fmt.Sprintf(format, args...), Cure: cure}
}

func fail(matter, cure, format string, args ...any) Finding {
	return Finding{Matter: matter, Level: Failure, Said: fmt.Sprintf(format, args...), Cure: cure}
}

// relay: people are told by e-mail only where somebody takes it.
func (p Patient) relay(ctx context.Context) Finding {
	if err := p.Hand(ctx); err != nil {
		return fail("e-mail", "look at --smtp, at the password file, and whether the relay lets this machine in", "%s: %v", p.Relay, err)
	}
	return fine("e-mail", "%s takes our name; nothing was sent", p.Relay)
}

// zones: local dates of events need the zones of the whole world.
func (p Patient) zones() Finding {
	for _, name := range []string{"Asia/Singapore", "America/Bogota", "Africa/Nairobi", "Pacific/Auckland"} {
		if _, err := time.LoadLocation(name); err != nil {
			return fail("time zones", "use a program that was built as the documentation says: it carries them", "%s is not known: %v", name, err)
		}
	}
	return fine("time zones", "known")
}
