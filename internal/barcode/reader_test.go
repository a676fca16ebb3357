package barcode

import (
	"context"
	"errors"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// So many are read, some more wait, and the next is asked to try again.
func TestReader(t *testing.T) {
	r := NewReader(1)
	r.places <- struct{}{} // one is being read
	r.line <- struct{}{}
	ctx, leave := context.WithCancel(t.Context())
	done := make(chan error)
	for range waiting {
		go func() {
			_, err := r.Read(ctx, []byte("text"))
			done <- err
		}()
	}
	for len(r.line) < cap(r.line) { // until both wait
		select {
		case err := <-done:
			t.Fatalf("not waited: %v", err)
		default:
		}
	}
	if _, err := r.Read(t.Context(), []byte("text")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("one too many: %v", err)
	}
	leave()
	for range waiting {
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("waited, and gone: %v", err)
		}
	}
	<-r.places
	<-r.line
	for range 3 { // places are given back, also when a picture is refused
		if _, err := r.Read(t.Context(), []byte("text")); fault.KindOf(err) != fault.Invalid {
			t.Errorf("read: %v", err)
		}
	}
	if len(r.places)+len(r.line) != 0 {
		t.Errorf("%d places and %d in line are not given back", len(r.places), len(r.line))
	}
}
