// Package withdrawalpage shows what was taken back, and takes it back.
//
// recall.go asks before a message is recalled, and shows who has had a record;
// withdrawn.go lists what was taken back from the reader's organisation, to be
// confirmed; erasure.go is the desk of requests to erase and of legal holds. The
// commands are those of package withdrawal. Texts stand in the catalogue area
// withdrawal.
package withdrawalpage
