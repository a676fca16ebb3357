// Package alertpage is the room of pages about alerts: the list, one alert with what
// is done about it, and the forms that issue and withdraw one.
package alertpage
