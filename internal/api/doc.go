// Package api is the door for other systems: JSON over HTTP, under /api/v1.
//
// routes.go is the one table: method, pattern, command, limits, the types that go
// in and out; openapi.go describes the same table, so that the description cannot
// say something else than the door does. serve.go runs a row: session, limits,
// handler, problem document. A handler turns the request into a draft (the only
// conversion in), calls one command or query, and answers with structs of its own
// (the only conversion out): what the application keeps may change, what other
// systems read may not.
//
// Bodies are read strictly: a field that is unknown, or given twice, is refused
// with its place. Whoever writes makes the id; the same again is the same record
// and the same answer, other content under the same id is 409 and is kept for the
// sender's contact point. Every write is answered with a signed receipt. Numbers
// that are measured travel as decimal strings, never as floats.
package api
