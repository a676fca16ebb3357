// Package casepart is what the pages of cases have in common: a case's fields as
// a reader sees them, how two versions differ, who reads it, its address, what
// may be done with it, and the choices of its lists. The pages on which a case is
// read (seizurepage) and written (reportpage) stand over it.
package casepart
