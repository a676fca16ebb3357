// Package web is the door for browsers: pages that work without scripts.
//
// Its rooms are called after their thing with "page" behind it (messagepage
// beside message, as in the catalogues), so that the thing keeps its own name:
// accountpage, adminpage, dailypage, messagepage, operationpage, seizurepage. Rooms do not
// import each other; what they share is in frame, and the parts of a page are in
// kit. routes.go joins the rows of the rooms into the one table: method, pattern,
// command, limit, handler. In a room a file per thing holds its handlers, with
// its page beside it (people.go, people.templ). A handler reads the form into a
// draft (the only conversion in), calls one command or query, and shows a page or
// redirects (303) to one. It knows no SQL and decides no rights. What goes wrong
// is returned as an error and shown in one place, frame/error.go; a form that was
// refused comes back with what was typed and 422 or 409. Everything visible comes
// from the catalogues through the visit's printer.
package web
