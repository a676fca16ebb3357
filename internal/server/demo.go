package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/story/tell"
)

// demoFile marks a data directory as a demonstration and keeps its clock.
const demoFile = "demo.json"

// livePace is how fast a live demonstration runs: two minutes of the story a second.
const livePace = 120

// Demo is a demonstration: the story served.
type Demo struct {
	Seed  uint64    `json:"seed"`
	Scale int       `json:"scale"`
	From  time.Time `json:"from"`  // the story's time ...
	Since time.Time `json:"since"` // ... when the machine's clock showed this
	Pace  float64   `json:"pace"`
	Whole bool      `json:"whole"` // the story has been told to its end
}

func (d *Demo) clock() *source.Source {
	s := source.Story(d.From, d.Seed+uint64(time.Now().UnixNano()))
	s.Run(d.From, d.Since, d.Pace)
	return s
}

func readDemo(data string) (*Demo, error) {
	b, err := os.ReadFile(filepath.Join(data, demoFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("server: demonstration: %w", err)
	}
	var d Demo
	if err := json.Unmarshal(b, &d); err != nil {
		return nil, fmt.Errorf("server: %s: %w", demoFile, err)
	}
	return &d, nil
}

func (d *Demo) write(data string) error {
	b, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(data, demoFile), b, 0o600)
}

// Options say how a demonstration is made.
type Options struct {
	Seed  uint64
	Scale int
	Live  bool
}

// NewDemo opens a demonstration: the one in the data directory, or a new one
// told into it. The returned teller is not nil while a live story goes on.
func NewDemo(ctx context.Context, c Config, o Options, progress func(done, total int)) (*App, *tell.Teller, error) {
	old, err := readDemo(c.Data)
	if err != nil {
		return nil, nil, err
	}
	if old != nil && old.Whole {
		a, err := Open(ctx, c)
		return a, nil, err
	}
	if _, err := os.Stat(filepath.Join(c.Data, "tidewaiter.db")); err == nil {
		return nil, nil, fmt.Errorf("server: %s holds something else than a whole demonstration: choose an empty directory with --data", c.Data)
	}
	return tellDemo(ctx, c, o, progress)
}

func tellDemo(ctx context.Context, c Config, o Options, progress func(done, total int)) (*App, *tell.Teller, error) {
	world := story.Scaled(o.Seed, o.Scale)
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, nil, err
	}
	if err := os.WriteFile(filepath.Join(c.Data, namesFile), namesOf(world), 0o600); err != nil {
		return nil, nil, err
	}
	d := &Demo{Seed: o.Seed, Scale: o.Scale, From: story.Ends, Pace: 1, Whole: !o.Live}
	if o.Live {
		d.From, d.Pace = story.LiveFrom, livePace
	}
	teller, err := tellScratch(ctx, c, d, world, progress)
	if err != nil {
		return nil, nil, err
	}
	d.Since = time.Now()
	if err := d.write(c.Data); err != nil {
		return nil, nil, err
	}
	a, err := Open(ctx, c)
	if err != nil || !o.Live {
		return a, nil, err
	}
	teller.Resume(a.tellTo())
	return a, teller, nil
}

// tellScratch tells the story as far as the demonstration starts. Until that is
// done nobody relies on the database, so it need not wait for the disk.
func tellScratch(ctx context.Context, c Config, d *Demo, world *story.World, progress func(done, total int)) (*tell.Teller, error) {
	if err := c.private(); err != nil {
		return nil, err
	}
	scratch, err := db.OpenScratch(ctx, c.database())
	if err != nil {
		return nil, err
	}
	a, err := build(ctx, c, d, source.Story(story.Ends, d.Seed), scratch)
	if err != nil {
		return nil, err
	}
	teller := tell.New(a.tellTo(), world)
	return teller, errors.Join(teller.Until(ctx, d.From, progress), a.Close())
}

func (a *App) tellTo() tell.Stores {
	return tell.Stores{Situations: a.Situations, Analyses: a.Analyses, Publications: a.Publications, Editions: a.Editions, Holders: a.Holders, Products: a.Products, Alerts: a.Alerts, Contacts: a.Contacts, Inquiries: a.Inquiries,
		Clock: a.Clock, Organisations: a.Organisations, People: a.People, Operations: a.Operations,
		Messages: a.Messages, Seizures: a.Seizures, NilReports: a.NilReports, Tasks: a.Tasks, Rosters: a.Rosters, Warnings: a.Warnings,
		Documents: a.Documents, Attachments: a.Attachments,
		Workshops: a.Workshops, Nominations: a.Nominations, Attendances: a.Attendances, Courses: a.Courses, Lessons: a.Lessons, Evaluations: a.Evaluations, Learnt: a.Learnt, Practices: a.Practices}
}

// namesOf writes the names of the story's countries as an instance's own file.
func namesOf(w *story.World) []byte {
	var b strings.Builder
	for _, c := range w.Countries {
		fmt.Fprintf(&b, "[%s]\n", c.Code)
		langs := make([]string, 0, len(c.Name))
		for l := range c.Name {
			langs = append(langs, l)
		}
		sort.Strings(langs)
		for _, l := range langs {
			fmt.Fprintf(&b, "%s = %q\n", l, c.Name[l])
		}
	}
	return []byte(b.String())
}
