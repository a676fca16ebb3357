// Package web is the door for browsers: pages that work without scripts.
//
// routes.go is the one table: method, pattern, command, limit, handler. A file
// per thing holds its handlers, with its page beside it (seizure.go,
// seizure.templ). A handler reads the form into a draft (the only conversion
// in), calls one command or query, and shows a page or redirects (303) to one.
// It knows no SQL and decides no rights. What goes wrong is returned as an error
// and shown in one place, error.go; a form that was refused comes back with what
// was typed and 422 or 409. Everything visible comes from the catalogues through
// the visit's printer; the parts of a page are in package kit.
package web
