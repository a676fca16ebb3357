package tour_test

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// options make a tab somebody's, with a look.
func options(look webtest.Look, token string) browsertest.Options {
	return browsertest.Options{Width: look.Width, Dark: look.Dark, Lang: look.Lang, NoScripts: look.Plain,
		Bearer: token, Cookies: []*http.Cookie{{Name: "language", Value: look.Lang}}}
}
