// Package operationtest is the world that tests of what happens daily inside an
// operation share: an operation, those who take part in it on every side, one
// that has left it, and a stranger. A test embeds World, adds its own store, and
// asks as each of them.
package operationtest
