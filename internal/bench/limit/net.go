package limit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Line is how long a line is that Sockets writes to every reader, in bytes.
const Line = 400

// Echo lets so many clients send 300 bytes to a net/http server of this process
// and read them back, and gives requests a second.
func Echo(ctx context.Context, clients int, d time.Duration) (float64, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	srv := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(w, http.MaxBytesReader(w, r.Body, 1<<20))
	})}
	go func() { _ = srv.Serve(l) }()
	defer srv.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	defer client.CloseIdleConnections()
	body, to := strings.Repeat("x", 300), "http://"+l.Addr().String()
	var done atomic.Int64
	errs := make(chan error, clients)
	var all sync.WaitGroup
	began := time.Now()
	for range clients {
		all.Go(func() {
			for time.Since(began) < d {
				if err := echo(ctx, client, to, body); err != nil {
					errs <- err
					return
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	close(errs)
	return float64(done.Load()) / took.Seconds(), <-errs
}

func echo(ctx context.Context, client *http.Client, to, body string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, strings.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, resp.Body)
	if err == nil && n != int64(len(body)) {
		err = fmt.Errorf("limit: echo of %d bytes has %d", len(body), n)
	}
	return err
}

// Sockets opens so many connections to itself and writes one line to each, times
// over. It gives the median time until the last reader has it.
func Sockets(readers, times int) (time.Duration, error) {
	ends, err := connect(readers)
	if err != nil {
		return 0, fmt.Errorf("limit: sockets: %w", err)
	}
	defer ends.close()
	line := make([]byte, Line)
	var left atomic.Int64
	arrived := make(chan struct{}, 1)
	for _, c := range ends.read {
		go func() {
			b := make([]byte, Line)
			for {
				if _, err := io.ReadFull(c, b); err != nil {
					return
				}
				if left.Add(-1) == 0 {
					arrived <- struct{}{}
				}
			}
		}()
	}
	var took []time.Duration
	for range times {
		left.Store(int64(readers))
		began := time.Now()
		for _, c := range ends.write {
			if _, err := c.Write(line); err != nil {
				return 0, err
			}
		}
		select {
		case <-arrived:
		case <-time.After(time.Minute):
			return 0, errors.New("limit: a line did not arrive")
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}

type ends struct{ write, read []net.Conn }

func (e ends) close() {
	for _, c := range slices.Concat(e.write, e.read) {
		c.Close()
	}
}

func connect(n int) (ends, error) {
	var e ends
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return e, err
	}
	defer l.Close()
	for range n {
		out, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			e.close()
			return e, err
		}
		e.read = append(e.read, out)
		in, err := l.Accept()
		if err != nil {
			e.close()
			return e, err
		}
		e.write = append(e.write, in)
	}
	return e, nil
}
