// Package producttest is a library for tests of what rests on product sheets: the
// world of operationtest with a library in it, whose members are wco, xa, xb, the
// observer and two right holders, "holder" and "rival", both vetted, each with a brand.
package producttest
