package webtest

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
)

// Look is one way of looking: a language, a width, a colour scheme.
type Look struct {
	Lang  string
	Width int
	Dark  bool
	Plain bool // without scripts
}

// By is a Look in one line.
func By(lang string, width int, dark, plain bool) Look { return Look{lang, width, dark, plain} }

func (l Look) String() string {
	scheme := map[bool]string{true: "dark", false: "light"}[l.Dark]
	if l.Plain {
		scheme += "-plain"
	}
	return fmt.Sprintf("%s-%d-%s", l.Lang, l.Width, scheme)
}

// Hands are the looks with which everything done by hand is tried.
func Hands() []Look {
	return []Look{{"en", 1280, false, false}, {"ar", 360, true, false}, {"en", 360, false, true}, {"ar", 1280, true, true}}
}

// Page opens a tab as a persona.
func (w *World) Page(persona string, l Look) *browsertest.Page {
	w.T.Helper()
	return browsertest.Open(w.T).Page(w.T, w.options(persona, l))
}

// Turn is Page in a tab that is open already, where there is one: opening another costs
// more than most pages do, and what it would leave open goes on listening to the site.
func (w *World) Turn(p *browsertest.Page, persona string, l Look) *browsertest.Page {
	w.T.Helper()
	if p == nil {
		return w.Page(persona, l)
	}
	return p.As(w.options(persona, l))
}

func (w *World) options(persona string, l Look) browsertest.Options {
	w.T.Helper()
	return browsertest.Options{Width: l.Width, Dark: l.Dark, Lang: l.Lang, NoScripts: l.Plain,
		Bearer: w.Token(persona), Cookies: []*http.Cookie{{Name: "language", Value: l.Lang}}}
}

// Picture keeps a picture of the page where TIDEWAITER_PICTURES says.
func (w *World) Picture(p *browsertest.Page, name string) {
	w.T.Helper()
	if dir := os.Getenv("TIDEWAITER_PICTURES"); dir != "" {
		p.Screenshot(filepath.Join(dir, name+".png"), true)
	}
}

// Check fails the test for what axe and our own checks find, and keeps a picture.
func (w *World) Check(p *browsertest.Page, name string) {
	w.T.Helper()
	w.Picture(p, name)
	for _, problem := range browsertest.Check(w.T, p) {
		w.T.Errorf("%s: %s", name, problem)
	}
}
