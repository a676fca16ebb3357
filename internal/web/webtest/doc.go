// Package webtest serves the story to tests of pages, and gives them browsers.
//
// A World is the story told once for a test program and copied for each test, so
// that a test may change it. It is served on loopback by the real server, with
// the door in which a test may stand: what it does with a request (count it, cut
// its line) is all that is not as people have it. A Look is one way of reading:
// a language, a width, a colour scheme, with or without scripts.
//
// It is for tests only; the wall in house says so. Tests of a room's pages stand
// beside the room, and only what walks through all rooms stands in package web.
package webtest
