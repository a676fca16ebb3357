package workshop

// Calendar is a workshop with some sessions as a file for calendars (RFC 5545); host is
// the name of the organisation that holds it.
func Calendar(w Workshop, sessions []Session, host string) []byte { return nil }
