// Package warningpage is the room of the web door for the ledger of warnings:
// which are open, what became of the others, and how often warnings of each
// source and profile led to a find. Warnings are written, read and answered in
// the room of messages.
package warningpage
