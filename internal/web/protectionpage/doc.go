// Package protectionpage is the room of pages about protection: applications for
// action, and what administrations may do at their borders.
package protectionpage
