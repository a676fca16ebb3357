// Package frame is what every page of the web door shares, whatever its room.
//
// Site holds the stores and serves the table of routes: limits of bodies, the
// session, the policy of scripts, the form read once. A Visit is one request: who
// asks, and how to speak to them; it is given to a Handler beside w and r. Page
// and Inside begin a page, outside and inside an operation; Show sends it whole,
// SeeOther ends a form that was taken, and what goes wrong is returned as an error
// and shown in one place, error.go. Beside it stand the words that several rooms
// use alike: forms that come back, options to choose from, how an organisation, a
// phase or a message is called. It imports no room.
package frame
