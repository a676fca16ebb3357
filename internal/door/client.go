package door

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Client is the address that a request came from. proxied: the proxy in front
// appends it to X-Forwarded-For, so the last entry is the one that nobody else
// can have written; without a proxy the header is anybody's claim and is not
// read. The zero Addr when it cannot be told.
func Client(r *http.Request, proxied bool) netip.Addr {
	if proxied {
		if all := r.Header.Values("X-Forwarded-For"); len(all) > 0 {
			hops := strings.Split(all[len(all)-1], ",")
			return address(hops[len(hops)-1])
		}
	}
	return address(r.RemoteAddr)
}

// address reads an address with or without a port.
func address(s string) netip.Addr {
	s = strings.TrimSpace(s)
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap().WithZone("")
}

// Network is the part of an address that one customer of a provider holds at
// least: 24 bits of IPv4, 64 of IPv6.
func Network(a netip.Addr) string {
	if !a.IsValid() {
		return "unknown"
	}
	bits := 64
	if a.Is4() {
		bits = 24
	}
	p, _ := a.Prefix(bits) // fails for too many bits only
	return p.String()
}

// retryOf is when an error says to try again, in seconds.
func retryOf(err error) (int64, bool) {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return 0, false
	}
	s, ok := f.Args[retryArg].(int64)
	return s, ok
}
