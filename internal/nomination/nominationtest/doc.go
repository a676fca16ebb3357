// Package nominationtest is the world that tests of workshops share: operationtest's
// with more administrations and right holders, and what plans a workshop, names people
// for it and confirms them. A test embeds World and asks as each of them. For tests only.
package nominationtest
