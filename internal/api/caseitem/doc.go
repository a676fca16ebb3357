// Package caseitem is what a reporter writes of a case as other systems read and
// write it: JSON with decimals for amounts, in both directions, and in which
// fields two versions differ.
package caseitem
