package main

import (
	"errors"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// usage marks an error of how the program was called.
type usage struct{ error }

func exitCode(err error) int {
	var u usage
	if errors.As(err, &u) {
		return 2
	}
	return 1
}

// explain says an error to a person: faults in the language of the terminal.
func explain(err error, env func(string) string) string {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return "tidewaiter: " + err.Error()
	}
	p := terminalPrinter(env)
	said := p.T(f.Key, f.Args)
	switch { // the texts of these two speak of a page and of its form
	case f.Key == "fault.not-found":
		said = p.T("cli.not-found")
	case f.Key == "fault.invalid" && len(f.Fields) > 0:
		said = p.T("cli.invalid")
	}
	lines := []string{"tidewaiter: " + said}
	if cause := f.Unwrap(); f.Kind == fault.Unavailable && cause != nil {
		lines = append(lines, "  "+cause.Error()) // who reads a terminal can do something about it
	}
	for _, q := range f.Fields {
		lines = append(lines, "  "+q.Path+": "+p.T(q.Key, q.Args))
	}
	return strings.Join(lines, "\n")
}

func terminalPrinter(env func(string) string) *i18n.Printer {
	lang := env("LC_ALL")
	if lang == "" {
		lang = env("LANG")
	}
	tag, _, _ := strings.Cut(lang, ".")
	return i18n.NewPrinter(i18n.Match(strings.ReplaceAll(tag, "_", "-"), ""))
}
