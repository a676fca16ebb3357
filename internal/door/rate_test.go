package door

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var noon = time.Date(2017, 2, 6, 12, 0, 0, 0, time.UTC)

func from(addr, forwarded string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = addr
	if forwarded != "" {
		r.Header.Set("X-Forwarded-For", forwarded)
	}
	return r
}

// A burst is taken, the next waits, and the wait that is named is long enough
// and no longer than needed.
func TestAllow(t *testing.T) {
	for class, a := range Rates {
		clock := source.Story(noon, 1)
		l := NewLimiter(clock, 1, false)
		for i := range a.Burst {
			if ok, _ := l.Allow("one", class); !ok {
				t.Fatalf("%s: number %d of %d was refused", class, i+1, a.Burst)
			}
		}
		ok, wait := l.Allow("one", class)
		if want := time.Minute / time.Duration(a.PerMinute); ok || wait <= 0 || wait > want {
			t.Errorf("%s: one beyond the burst: %v, wait %v, want at most %v", class, ok, wait, want)
		}
		if ok, _ := l.Allow("other", class); !ok {
			t.Errorf("%s: somebody else waits too", class)
		}
		clock.Set(noon.Add(wait + time.Millisecond))
		if ok, _ := l.Allow("one", class); !ok {
			t.Errorf("%s: refused after the wait", class)
		}
		if ok, _ := l.Allow("one", class); ok {
			t.Errorf("%s: one wait let two through", class)
		}
		clock.Set(noon.Add(-time.Hour)) // a clock that was set back gives nothing and breaks nothing
		if ok, wait := l.Allow("one", class); ok || wait > 2*time.Hour {
			t.Errorf("%s: with the clock set back: %v, wait %v", class, ok, wait)
		}
	}
}

// The factor multiplies what is taken at once and in the long run.
func TestFactor(t *testing.T) {
	clock := source.Story(noon, 1)
	l := NewLimiter(clock, 2, false)
	count := func() (n int) {
		for {
			if ok, _ := l.Allow("one", SignIns); !ok {
				return n
			}
			n++
		}
	}
	if n := count(); n != 2*Rates[SignIns].Burst {
		t.Errorf("%d at once", n)
	}
	clock.Set(noon.Add(time.Minute + time.Millisecond))
	if n := count(); n != 2*Rates[SignIns].PerMinute {
		t.Errorf("%d in a minute", n)
	}
}

// However many ask, memory is bounded; who was forgotten begins anew.
func TestForgets(t *testing.T) {
	l := NewLimiter(source.Story(noon, 1), 1, false)
	l.max = 100
	for range Rates[SignIns].Burst {
		l.Allow("first", SignIns)
	}
	for i := range 10_000 {
		l.Allow(strconv.Itoa(i), SignIns)
		if i%50 == 0 {
			if ok, _ := l.Allow("first", SignIns); ok {
				t.Fatalf("used all the time and forgotten after %d others", i)
			}
		}
	}
	if len(l.kept) != 100 || l.order.Len() != 100 {
		t.Errorf("%d and %d are kept", len(l.kept), l.order.Len())
	}
}

// A person counts alone, wherever from; nobody counts with the neighbours; a
// password counts by network, whoever is signed in.
func TestAdmit(t *testing.T) {
	exhaust := func(l *Limiter, r *http.Request, person string, row Route) int {
		for n := 0; ; n++ {
			err := l.Admit(r, person, row)
			if err == nil {
				continue
			}
			if !fault.Is(err, fault.TooMany) {
				t.Fatal(err)
			}
			return n
		}
	}
	l := NewLimiter(source.Story(noon, 1), 1, false)
	page, password := Route{Method: http.MethodGet}, Route{Method: http.MethodPost, Rate: SignIns}
	if n := exhaust(l, from("192.0.2.1:5", ""), "", page); n != Rates[Reads].Burst {
		t.Errorf("nobody: %d", n)
	}
	for what, c := range map[string]struct {
		addr, person string
		row          Route
		ok           bool
	}{
		"a neighbour":                  {"192.0.2.200:9", "", page, false},
		"who claims another address":   {"192.0.2.1:5", "", page, false},
		"another network":              {"192.0.3.1:5", "", page, true},
		"a person of that network":     {"192.0.2.1:5", "ann", page, true},
		"another class of the network": {"192.0.2.1:5", "", password, true},
	} {
		if err := l.Admit(from(c.addr, "198.51.100.7"), c.person, c.row); (err == nil) != c.ok {
			t.Errorf("%s: %v", what, err)
		}
	}
	exhaust(l, from("192.0.2.1:5", ""), "ann", password)
	if l.Admit(from("192.0.2.1:5", ""), "bob", password) == nil {
		t.Error("another person of the network tries a password")
	}
	check := Route{Method: http.MethodPost, Rate: Checks} // sign-ins of this network are used up
	if n := exhaust(l, from("192.0.2.1:5", ""), "ann", check); n != Rates[Checks].Burst || l.Admit(from("192.0.2.9:5", ""), "bob", check) == nil {
		t.Errorf("certificates are checked %d times, or as often again by another of the network", n)
	}
	exhaust(l, from("192.0.2.1:5", ""), "ann", page)
	if l.Admit(from("203.0.113.1:5", ""), "ann", page) == nil {
		t.Error("the same person from elsewhere begins anew")
	}
	var none *Limiter
	if err := none.Admit(from("192.0.2.1:5", ""), "", page); err != nil {
		t.Error(err)
	}
}

// Reads are refused before writes, streams count apart, and who leaves makes room.
func TestGate(t *testing.T) {
	g := NewGate(16, 2)
	read, write, stream := Route{Method: "GET"}, Route{Method: "PUT"}, Route{Method: "GET", Rate: Streams}
	enter := func(row Route) (n int, leave func()) {
		for {
			out, err := g.Enter(row)
			if err != nil {
				if !fault.Is(err, fault.Unavailable) {
					t.Fatal(err)
				}
				return n, leave
			}
			n, leave = n+1, out
		}
	}
	reads, leave := enter(read)
	writes, _ := enter(write)
	streams, _ := enter(stream)
	if reads != 14 || writes != 2 || streams != 2 {
		t.Errorf("%d reads, %d writes, %d streams", reads, writes, streams)
	}
	leave()
	if a, b := g.InFlight(); a != 15 || b != 2 {
		t.Errorf("in flight: %d, %d", a, b)
	}
	if _, err := g.Enter(read); err == nil {
		t.Error("a read takes the place of a write")
	}
	if _, err := g.Enter(write); err != nil {
		t.Error(err)
	}
}

// Whoever is sent away is told when to come again.
func TestShed(t *testing.T) {
	for want, err := range map[string]error{
		"3":   TooOften(2100 * time.Millisecond),
		"1":   TooOften(0),
		"900": fault.Of(fault.TooMany, "fault.too-many"),
		"60":  fault.Of(fault.Unavailable, "fault.unavailable"),
		"":    errors.New("disk"),
	} {
		w := httptest.NewRecorder()
		Shed(w, err)
		if got := w.Header().Get("Retry-After"); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}

// Only the last hop, and only behind a proxy, says where a request came from.
func TestClient(t *testing.T) {
	for _, c := range []struct {
		remote, forwarded string
		proxied           bool
		want, network     string
	}{
		{"192.0.2.9:1234", "", false, "192.0.2.9", "192.0.2.0/24"},
		{"192.0.2.9:1234", "198.51.100.7", false, "192.0.2.9", "192.0.2.0/24"},
		{"127.0.0.1:1234", "198.51.100.7", true, "198.51.100.7", "198.51.100.0/24"},
		{"127.0.0.1:1234", "10.0.0.1, 198.51.100.7:99", true, "198.51.100.7", "198.51.100.0/24"},
		{"127.0.0.1:1234", "198.51.100.7, nonsense", true, "invalid IP", "unknown"},
		{"127.0.0.1:1234", "", true, "127.0.0.1", "127.0.0.0/24"},
		{"[2001:db8:1:2:3::4]:5", "", false, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"},
		{"[fe80::1%eth0]:5", "", false, "fe80::1", "fe80::/64"},
		{"[::ffff:192.0.2.9]:5", "", false, "192.0.2.9", "192.0.2.0/24"},
		{"@", "", true, "invalid IP", "unknown"}, // a unix socket
		{"@", "[2001:db8::1]", true, "2001:db8::1", "2001:db8::/64"},
	} {
		a := Client(from(c.remote, c.forwarded), c.proxied)
		if a.String() != c.want || Network(a) != c.network {
			t.Errorf("%q for %q, proxied %v: %v in %s, want %s in %s", c.remote, c.forwarded, c.proxied, a, Network(a), c.want, c.network)
		}
	}
}

// Whatever a header holds, the network is short and one of few forms.
func FuzzClient(f *testing.F) {
	for _, s := range []string{"", "1.2.3.4", "::1", "[::1]:80", "1.2.3.4, 5.6.7.8", ",", "a:b:c", "fe80::1%25x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n := Network(address(s)); len(n) > 43 {
			t.Errorf("%q: %q", s, n)
		}
	})
}
