// Package suppress hides small cells of published tables so that they cannot be
// computed back.
//
// A cell is a number that somebody may publish, and how many cases and
// administrations stand behind it. What is too small is hidden (primary), and with
// it what would give it away (secondary): a total minus its parts, another table
// that holds the same cell, an edition or a version that was published before. All
// that is, and was, published is taken together as one system of equations; a hidden
// cell stands only if no combination of them determines it, or narrows it beyond a
// guess. The package is pure: no rows, no clock, no words.
package suppress
