// Package describe makes the description of a door for other systems: OpenAPI 3.1
// from the door's own table and from the types that go in and out, with texts in
// the reader's language, and the same as a page shows it. It knows nothing of what
// the door does: what is not in the table is not in the description, and the
// door's tests hold its answers against it.
package describe
