// Package inquirypage is the room of questions to right holders: asking from a case or
// without one, with a look at exactly what the right holder will see, and reading and
// answering what was asked, whatever operation it stands in.
package inquirypage
