package door

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// How many requests one process answers at the same time. Reads are refused
// first: an eighth is kept for writes, which people cannot simply ask again.
const (
	MaxInFlight = 512
	MaxStreams  = 8192
)

// Gate bounds how many requests are answered at the same time. A nil Gate lets
// everybody in. Safe for concurrent use.
type Gate struct {
	max, maxStreams   int64
	inFlight, streams atomic.Int64
}

// NewGate makes a gate for n requests and m streams; 0 is MaxInFlight and
// MaxStreams.
func NewGate(n, m int) *Gate {
	g := &Gate{max: MaxInFlight, maxStreams: MaxStreams}
	if n > 0 {
		g.max = int64(n)
	}
	if m > 0 {
		g.maxStreams = int64(m)
	}
	return g
}

// Enter lets one request in, or answers a fault of kind Unavailable. leave is
// called once when the request was answered.
func (g *Gate) Enter(row Route) (leave func(), err error) {
	if g == nil {
		return func() {}, nil
	}
	count, limit := &g.inFlight, g.max
	switch row.RateOf() {
	case Streams:
		count, limit = &g.streams, g.maxStreams
	case Reads, Searches:
		limit -= limit / 8
	}
	if count.Add(1) > limit {
		count.Add(-1)
		return nil, fault.Of(fault.Unavailable, "fault.busy", fault.Args{retryArg: int64(5)})
	}
	return func() { count.Add(-1) }, nil
}

// InFlight tells how many requests are being answered, streams apart, and how
// many streams are open.
func (g *Gate) InFlight() (requests, streams int64) {
	if g == nil {
		return 0, 0
	}
	return g.inFlight.Load(), g.streams.Load()
}

// Shed sets Retry-After where an error asks to come again later (RFC 9110
// 10.2.3): the seconds that it names, a quarter of an hour for tries of a
// password, a minute where something is out of order.
func Shed(w http.ResponseWriter, err error) {
	var wait int64
	switch fault.KindOf(err) {
	case fault.TooMany:
		wait = int64(15 * time.Minute / time.Second)
	case fault.Unavailable:
		wait = 60
	default:
		return
	}
	if s, ok := retryOf(err); ok {
		wait = s
	}
	w.Header().Set("Retry-After", strconv.FormatInt(wait, 10))
}
