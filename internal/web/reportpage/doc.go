// Package reportpage holds the pages on which a case is written: the form in six
// groups, its check before sending, an amendment, and the choice between two
// people's versions when somebody was faster.
//
// The form and seizure.Draft are turned into each other in one place (form.go,
// goodsform.go); what repeats in it is counted and numbered in lines.go. What a
// case looks like when it is read stands in casepart.
package reportpage
