package door

import (
	"cmp"
	"container/list"
	"math"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Rate is a class of routes that share one allowance. The zero value is Reads
// for GET and HEAD, and Writes for every other method.
type Rate string

// The classes of routes.
const (
	Reads    Rate = "reads"
	Writes   Rate = "writes"
	Searches Rate = "searches" // lists with filters, which cost more than a page
	Streams  Rate = "streams"  // opening one; how many stay open is bounded elsewhere
	SignIns  Rate = "sign-ins" // a password or a one-time link is tried; always counted by network
	Checks   Rate = "checks"   // the number of a certificate is tried; always counted by network, and apart from sign-ins
)

// Allowance is how often one person, or one network of people who are not signed
// in, may ask.
type Allowance struct {
	PerMinute int // in the long run
	Burst     int // at once, after a rest
}

// Rates are the allowances of all classes: generous enough for an office of two
// hundred people behind one address who sign in at the same hour.
var Rates = map[Rate]Allowance{
	Reads:    {PerMinute: 1200, Burst: 300},
	Writes:   {PerMinute: 300, Burst: 200},
	Searches: {PerMinute: 300, Burst: 100},
	Streams:  {PerMinute: 60, Burst: 30},
	SignIns:  {PerMinute: 20, Burst: 200},
	Checks:   {PerMinute: 20, Burst: 60},
}

// RateOf is the class of a row: its own, or that of its method.
func (r Route) RateOf() Rate {
	if r.Rate != "" {
		return r.Rate
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return Reads
	}
	return Writes
}

// maxCounted bounds the memory of a Limiter: so many buckets, about 200 bytes each.
const maxCounted = 1 << 16

// Limiter counts who asks how often. A nil Limiter allows everything. Safe for
// concurrent use. Counts are this process's own and end with it.
type Limiter struct {
	proxied bool
	factor  float64
	source  *source.Source

	mu    sync.Mutex
	max   int
	kept  map[bucketKey]*list.Element
	order *list.List // of *bucket, the most recently used in front
}

type bucketKey struct {
	who   string
	class Rate
}

type bucket struct {
	key    bucketKey
	tokens *rate.Limiter
}

// NewLimiter makes a limiter. s is source.Real() outside tests, also in a
// demonstration: a story's clock runs at its own pace. factor multiplies every
// allowance; 0 is 1. proxied: a proxy in front names the client.
func NewLimiter(s *source.Source, factor float64, proxied bool) *Limiter {
	return &Limiter{proxied: proxied, factor: cmp.Or(factor, 1), source: s, max: maxCounted,
		kept: map[bucketKey]*list.Element{}, order: list.New()}
}

// Admit counts one request for a row of the table. person is who is signed in,
// empty for nobody; a token that opens nothing is nobody's. It answers a fault of
// kind TooMany that Shed turns into Retry-After.
func (l *Limiter) Admit(r *http.Request, person string, row Route) error {
	if l == nil {
		return nil
	}
	class := row.RateOf()
	key := "person " + person
	if person == "" || class == SignIns || class == Checks {
		key = "network " + Network(Client(r, l.proxied))
	}
	if ok, wait := l.Allow(key, class); !ok {
		if class == Checks {
			return fault.Of(fault.TooMany, "fault.too-many-checks", fault.Args{retryArg: seconds(wait), "count": seconds(wait)})
		}
		return TooOften(wait)
	}
	return nil
}

// Allow counts one event of key in a class; if it is one too many, it is not
// counted, and wait is when the next would be taken.
func (l *Limiter) Allow(key string, class Rate) (ok bool, wait time.Duration) {
	if l == nil {
		return true, 0
	}
	now := l.source.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	turn := l.bucket(bucketKey{key, class}).ReserveN(now, 1)
	if wait = turn.DelayFrom(now); wait <= 0 {
		return true, 0
	}
	turn.CancelAt(now)
	return false, wait
}

// bucket finds the count of a key, or begins it and forgets the one that was not
// used for longest.
func (l *Limiter) bucket(key bucketKey) *rate.Limiter {
	if e := l.kept[key]; e != nil {
		l.order.MoveToFront(e)
		return e.Value.(*bucket).tokens
	}
	a := Rates[key.class]
	b := &bucket{key, rate.NewLimiter(rate.Limit(float64(a.PerMinute)*l.factor/60), max(1, int(float64(a.Burst)*l.factor)))}
	l.kept[key] = l.order.PushFront(b)
	if len(l.kept) > l.max {
		last := l.order.Back()
		delete(l.kept, l.order.Remove(last).(*bucket).key)
	}
	return b.tokens
}

// TooOften is the fault of whoever asks too often.
func TooOften(wait time.Duration) error {
	return fault.Of(fault.TooMany, "fault.too-often", fault.Args{retryArg: seconds(wait)})
}

// retryArg is the argument of a fault that says when to try again, in seconds.
const retryArg = "seconds"

func seconds(wait time.Duration) int64 { return max(1, int64(math.Ceil(wait.Seconds()))) }
