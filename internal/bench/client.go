package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// request is one request as bytes: the load generator shares the machine with
// what it measures, so it does as little as it can.
type request []byte

func newRequest(method, path, token string, body []byte) request {
	head := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n", method, path)
	if token != "" {
		head += "Authorization: Bearer " + token + "\r\n"
	}
	if body != nil {
		head += fmt.Sprintf("Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	return append([]byte(head+"\r\n"), body...)
}

// client is one connection that is kept.
type client struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(ctx context.Context, address string) (*client, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

func (c *client) close() { c.conn.Close() }

// patience is how long one answer may take.
const patience = 30 * time.Second

// do sends a request and reads the whole answer; want lists the statuses that are
// right.
func (c *client) do(r request, want ...int) ([]byte, error) {
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	if _, err := c.conn.Write(r); err != nil {
		return nil, err
	}
	resp, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	for _, status := range want {
		if resp.StatusCode == status {
			return body, nil
		}
	}
	return nil, fmt.Errorf("%q answered %s: %.300s", firstLine(r), resp.Status, body)
}

func firstLine(r request) string {
	for i, b := range r {
		if b == '\r' {
			return string(r[:i])
		}
	}
	return ""
}

// stretch is what a loaded stretch of time gave.
type stretch struct {
	rate float64         // answers a second
	took []time.Duration // of each answer
}

// load lets n clients ask for so long, each waiting for its answer before it asks
// again. next makes the k-th request of client i.
func load(ctx context.Context, address string, n int, warm, d time.Duration, want int, next func(i, k int) request) (stretch, error) {
	all := make([]*client, n)
	for i := range all {
		c, err := dial(ctx, address)
		if err != nil {
			return stretch{}, err
		}
		defer c.close()
		all[i] = c
	}
	took, errs := make([][]time.Duration, n), make([]error, n)
	starts := time.Now().Add(warm)
	ends := starts.Add(d)
	var wait sync.WaitGroup
	for i, c := range all {
		wait.Go(func() {
			for k := 0; ctx.Err() == nil; k++ {
				r := next(i, k)
				began := time.Now()
				if !began.Before(ends) && len(took[i]) > 0 { // a slow answer is measured, too
					return
				}
				if _, err := c.do(r, want); err != nil {
					errs[i] = err
					return
				}
				if began.After(starts) {
					took[i] = append(took[i], time.Since(began))
				}
			}
		})
	}
	wait.Wait()
	var out stretch
	for i := range all {
		if errs[i] != nil {
			return out, errs[i]
		}
		out.took = append(out.took, took[i]...)
	}
	out.rate = float64(len(out.took)) / time.Since(starts).Seconds()
	return out, ctx.Err()
}
