// Package weight tells what a page costs who opens it: bytes and requests, the
// first time and again, against the budget of docs/reference/bench.md.
//
// Measure asks like a browser does, over plain HTTP with compression: the page,
// then the style sheets, scripts and pictures that it names; what a year's cache
// keeps is not asked for again. It counts bodies as they travel, without headers.
// The test of this package opens the same pages in Chromium and counts what the
// browser itself says it transferred, headers included: that is the proof, and
// this is what an administrator can repeat on a machine without a browser.
package weight
