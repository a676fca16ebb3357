package bench

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/bench/world"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// uploads is W9: documents that are sent in one piece, each answer after the file
// is durable.
func (r *run) uploads(ctx context.Context) error {
	document := documentOf(r.plan.document)
	for _, n := range r.plan.senders {
		for _, s := range r.subjects() {
			var rate, p50 float64
			do := func() (err error) {
				rate, p50, err = r.send(ctx, s, document, n)
				return err
			}
			var err error
			if s.name == ours {
				err = r.profiled("W9-"+senders(n), do)
			} else {
				err = do()
			}
			if err != nil {
				return fmt.Errorf("%s, %s: %w", s.name, senders(n), err)
			}
			r.report.add(Key{"W9", uploadRate, s.name, senders(n)}, "MB/s", rate)
			r.report.add(Key{"W9", uploadP50, s.name, senders(n)}, "ms", p50)
		}
	}
	return nil
}

// documentOf is a file of so many bytes that is taken for a PDF.
func documentOf(size int) []byte {
	draw := source.Story(time.Unix(0, 0), 9)
	return append([]byte("%PDF-1.7\n"), draw.Bytes(size-9)...)
}

// send lets n clients send the document so many times each. What ours has kept is
// thrown away afterwards.
func (r *run) send(ctx context.Context, s subject, document []byte, n int) (rate, p50 float64, err error) {
	var all sync.WaitGroup
	took, errs := make([][]time.Duration, n), make([]error, n)
	ids := make([][]string, n)
	began := time.Now()
	for i := range n {
		for range r.plan.files {
			ids[i] = append(ids[i], r.source.ID())
		}
		all.Go(func() { took[i], errs[i] = s.sendAll(ctx, i, ids[i], document) })
	}
	all.Wait()
	seconds := time.Since(began).Seconds()
	var each []time.Duration
	for i := range n {
		if errs[i] != nil {
			return 0, 0, errs[i]
		}
		each = append(each, took[i]...)
	}
	rate, p50 = float64(len(each)*len(document))/1e6/seconds, percentile(each, 50)
	for i := range n {
		if err := s.discard(ctx, i, ids[i]); err != nil {
			return 0, 0, err
		}
	}
	return rate, p50, nil
}

func (s subject) sendAll(ctx context.Context, person int, ids []string, document []byte) ([]time.Duration, error) {
	c, err := dial(ctx, s.child.address)
	if err != nil {
		return nil, err
	}
	defer c.close()
	var took []time.Duration
	for _, id := range ids {
		all := s.upload(person, id, document)
		began := time.Now()
		for _, q := range all {
			if _, err := c.do(q, http.StatusCreated, http.StatusNoContent); err != nil {
				return nil, err
			}
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}

// discard throws away what ours keeps, so that no allowance is used up. A bare
// file is written over, or goes with the world.
func (s subject) discard(ctx context.Context, person int, ids []string) error {
	if s.world == nil {
		return nil
	}
	c, err := dial(ctx, s.child.address)
	if err != nil {
		return err
	}
	defer c.close()
	for _, id := range ids {
		if _, err := c.do(s.tus("DELETE", "/"+id, person, nil), http.StatusNoContent); err != nil {
			return err
		}
	}
	return nil
}

// upload is the requests that send a file: of tus, its beginning and one piece.
func (s subject) upload(person int, id string, document []byte) []request {
	if s.world == nil {
		return []request{newRequest("PUT", "/files/"+id, "", document)}
	}
	about := "id " + base64.StdEncoding.EncodeToString([]byte(id)) + ",filename " + base64.StdEncoding.EncodeToString([]byte("document.pdf"))
	return []request{
		s.tus("POST", "", person, nil, fmt.Sprintf("Upload-Length: %d", len(document)), "Upload-Metadata: "+about),
		s.tus("PATCH", "/"+id, person, document, "Upload-Offset: 0", "Content-Type: application/offset+octet-stream"),
	}
}

// tus is a request of the protocol of uploads.
func (s subject) tus(method, rest string, person int, body []byte, heads ...string) request {
	out := fmt.Sprintf("%s %s/uploads%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\nContent-Length: %d\r\n",
		method, s.base(string(world.Posts)), rest, s.token(person), len(body))
	for _, h := range heads {
		out += h + "\r\n"
	}
	return append([]byte(out+"\r\n"), body...)
}
