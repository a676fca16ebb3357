// Package house holds the walls: tests about the code itself.
//
// Each test keeps one rule of ARCHITECTURE.md that a compiler cannot: who may
// import whom, how large things may grow, that SQL runs on both engines and
// prepares on both, that every text shown has its key in every language, that
// style sheets mirror, that every dependency is accounted for. A wall that is
// hit prints its cure. Where a rule is rightly broken, the file exception_test.go
// names the place and the reason; an exception that is no longer needed fails
// as well, so the lists only hold what is true.
//
// The package holds no code of the product.
package house
