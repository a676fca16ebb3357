// Package usagepage is the room of what right holders may know: the use of their
// sheets and figures about their brands, what an administration consents to, and the
// workbooks from which many sheets are made at once.
package usagepage
