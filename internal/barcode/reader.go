package barcode

import (
	"context"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// AtOnce is how many photos one process should read at the same time, each in up to
// 100 MB.
const AtOnce = 2

// waiting is how many photos wait for each that is read.
const waiting = 2

// Reader bounds how many photos are read at the same time. Safe for concurrent use.
type Reader struct {
	places chan struct{} // who reads
	line   chan struct{} // who reads or waits
}

// NewReader makes a reader of n photos at the same time.
func NewReader(n int) *Reader {
	return &Reader{places: make(chan struct{}, n), line: make(chan struct{}, n+n*waiting)}
}

// Read is Read, once there is a place. Where too many wait already, a fault of kind
// Unavailable asks to try again.
func (r *Reader) Read(ctx context.Context, content []byte) ([]Code, error) {
	select {
	case r.line <- struct{}{}:
		defer func() { <-r.line }()
	default:
		return nil, fault.Of(fault.Unavailable, "fault.busy", fault.Args{"seconds": int64(5)})
	}
	select {
	case r.places <- struct{}{}:
		defer func() { <-r.places }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return Read(ctx, content)
}
