package bench

import (
	"context"
	"log/slog"
	"path/filepath"

	"github.com/tidewaiter/tidewaiter/internal/bench/weight"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

// weights is W8: what pages of the demonstration weigh, over plain HTTP. The
// demonstration keeps its own SQLite, whatever engine the rest is measured on.
func (r *run) weights(ctx context.Context) error {
	told := filepath.Join(r.Data, "told")
	if err := r.tellStory(ctx, told); err != nil {
		return err
	}
	tokens, err := personas(ctx, told)
	if err != nil {
		return err
	}
	c, err := start(ctx, r.Self, "", "demo", "--data", told, "--addr", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer func() { _ = c.stop() }()
	for _, p := range weight.Pages() {
		w, err := weight.Measure(ctx, "http://"+c.address, tokens[p.Persona], p)
		if err != nil {
			return err
		}
		for _, l := range w.Lines(p) {
			unit, value := l.Unit, float64(l.Has)
			if unit == "B" {
				unit, value = "KB", value/1000
			}
			what := l.What
			if unit == "requests" {
				what += ", requests"
			}
			r.report.weigh(Key{"W8", what, ours, p.Name}, unit, value, l)
		}
	}
	r.report.skip("W8", "pages in Chromium, with headers", "go test ./internal/bench/weight does it where Chromium is installed")
	return nil
}

// weigh notes a weight with the target of its budget.
func (r *Report) weigh(k Key, unit string, value float64, l weight.Line) {
	r.add(k, unit, value)
	bound := float64(l.Target)
	if unit == "KB" {
		bound /= 1000
	}
	r.index[k].Goal = atMost(bound)
}

// personas gives a token for everybody who opens a page.
func personas(ctx context.Context, data string) (map[string]string, error) {
	app, err := server.Open(ctx, server.Config{Data: data, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	defer app.Close()
	tokens := map[string]string{"": ""}
	for _, p := range weight.Pages() {
		if tokens[p.Persona] == "" && p.Persona != "" {
			if tokens[p.Persona], err = app.Sessions.Token(ctx, p.Persona); err != nil {
				return nil, err
			}
		}
	}
	return tokens, nil
}
