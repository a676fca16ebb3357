// Package messagepage shows the messages of an operation.
//
// list.go is the list with its filter, write.go a message that begins a thread,
// shown with its readers before it is sent, show.go a thread and its answers.
// form.go is the one conversion between a form and message.Draft. The commands
// are those of message. Texts stand in the catalogue area messagepage.
package messagepage
