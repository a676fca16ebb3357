package tour_test

import "github.com/tidewaiter/tidewaiter/internal/web/webtest"

// built are pages whose records are made when the tour first comes by, by what their
// addresses begin with here.
var built = map[string]func(w *webtest.World, path string) string{
	"links ": (*webtest.World).Links, "report ": (*webtest.World).Report,
	"question ": func(w *webtest.World, path string) string { return w.Question(op + path) },
}

func init() {
	tour = append(tour, []stop{
		{"/o/{op}/analysis/links", "contact-point", "links " + op + "analysis/links"},
		{"/o/{op}/analysis/links", "contact-point", "links " + op + "analysis/links?from={case}"},
		{"/o/{op}/analysis/links", "officer", "links " + op + "analysis/links?from={case}&depth=3"},
		{"/o/{op}/watch/{$}", "contact-point", "links " + op + "watch/"},
		{"/o/{op}/watch/{$}", "officer", "links " + op + "watch/"},
		{"/o/{op}/watch/{id}", "contact-point", "links " + op + "watch/{entry}"},
		{"/o/{op}/watch/{id}", "officer", "links " + op + "watch/{entry}"},
	}...)
}
