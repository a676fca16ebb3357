package door

import (
	"context"
	"net/http"
	"time"
)

type numberKey struct{}

// Numbered gives a request the number under which the log knows it.
func Numbered(r *http.Request, number string) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), numberKey{}, number))
}

// Number is the request's number in the log; empty where it has none.
func Number(r *http.Request) string {
	n, _ := r.Context().Value(numberKey{}).(string)
	return n
}

// AnswerWithin is how long the reading of one answer may take.
const AnswerWithin = 2 * time.Minute

// Deadlines cuts readers that are too slow for one answer. What streams calls
// LongLived, and sets a deadline for each of its writes.
func Deadlines(w http.ResponseWriter, now time.Time) {
	_ = http.NewResponseController(w).SetWriteDeadline(now.Add(AnswerWithin)) // a test's recorder has none
}

type endKey struct{}

// Ending notes in a server's context what closes when the server is asked to end.
func Ending(ctx, end context.Context) context.Context { return context.WithValue(ctx, endKey{}, end) }

// LongLived lets one answer last as long as its writer wants: neither the
// server's time for a whole request nor that for one answer cuts it. Whoever
// calls it sets a deadline before each write (http.ResponseController), and ends
// with the context of the request that it gives: that one closes when the server
// is asked to end, too.
func LongLived(w http.ResponseWriter, r *http.Request) *http.Request {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Time{})
	_ = c.SetWriteDeadline(time.Time{})
	end, ok := r.Context().Value(endKey{}).(context.Context)
	if !ok {
		return r
	}
	ctx, cancel := context.WithCancel(r.Context())
	forget := context.AfterFunc(end, cancel)
	context.AfterFunc(r.Context(), func() { forget() })
	return r.WithContext(ctx)
}
