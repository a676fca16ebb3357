package world

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/server"
)

// markFile says what world a data directory holds; written when it is whole.
const markFile = "bench.json"

// World is a made world.
type World struct {
	Size     Size
	Data     string   // data directory
	Database string   // postgres:// address; empty: SQLite in Data
	Made     bool     // in this run, not before
	Tokens   []string // bearer tokens, one a person
	Took     time.Duration
}

type mark struct {
	Size     Size `json:"size"`
	Postgres bool `json:"postgres"`
}

// Open gives the world of a data directory, made if the directory is empty.
// progress counts what is made; it may be nil.
func Open(ctx context.Context, data, database string, size Size, progress func(done, total int)) (*World, error) {
	w := &World{Size: size, Data: data, Database: database}
	began := time.Now()
	old, err := readMark(data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		w.Made = true
		err = w.make(ctx, progress)
	case err == nil && *old != (mark{size, database != ""}):
		err = fmt.Errorf("bench: %s holds another world (%s): choose an empty directory", data, old.Size.Name)
	}
	if err != nil {
		return nil, err
	}
	if w.Made {
		w.Took = time.Since(began)
	}
	return w, w.signIn(ctx)
}

func readMark(data string) (*mark, error) {
	text, err := os.ReadFile(filepath.Join(data, markFile))
	if err != nil {
		return nil, err
	}
	var m mark
	return &m, json.Unmarshal(text, &m)
}

func (w *World) make(ctx context.Context, progress func(done, total int)) error {
	if err := os.MkdirAll(w.Data, 0o700); err != nil {
		return err
	}
	file := filepath.Join(w.Data, "tidewaiter.db")
	address := w.Database
	if address == "" {
		if _, err := os.Stat(file); err == nil {
			return fmt.Errorf("bench: %s holds an instance, or half a world: choose an empty directory", w.Data)
		}
		address = "sqlite:" + file
	}
	if err := build(ctx, address, w.Size, progress); err != nil {
		return fmt.Errorf("bench: making the world: %w", err)
	}
	// A demonstration on the machine's own time: see server.Demo.
	now := time.Now()
	if err := write(filepath.Join(w.Data, "demo.json"), server.Demo{Seed: 1, Scale: 1, From: now, Since: now, Pace: 1, Whole: true}); err != nil {
		return err
	}
	return write(filepath.Join(w.Data, markFile), mark{w.Size, w.Database != ""})
}

func write(name string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o600)
}

// signIn makes a token for every person; what bench measures is not this.
func (w *World) signIn(ctx context.Context) error {
	app, err := server.Open(ctx, server.Config{Data: w.Data, Database: w.Database, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer app.Close()
	if app.Demo == nil {
		return errors.New("bench: the world is no demonstration")
	}
	w.Tokens = make([]string, w.Size.Organisations*w.Size.PersonsOf)
	// Neighbours in the list are of different organisations.
	return each(len(w.Tokens), func(i int) error {
		token, err := app.Sessions.Token(ctx, Persona(i%w.Size.Organisations, i/w.Size.Organisations))
		w.Tokens[i] = token
		return err
	})
}
