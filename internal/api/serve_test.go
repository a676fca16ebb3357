package api_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// A real server on loopback, with its limits of time.
func (w *small) listen() (addr string) {
	w.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.app.Serve(ctx, l, nil) }()
	w.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			w.t.Error(err)
		}
	})
	return l.Addr().String()
}

// raw sends bytes and reads one answer.
func raw(t testing.TB, addr string, send func(c net.Conn)) *http.Response {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	_ = c.SetDeadline(time.Now().Add(patience))
	sent := make(chan struct{})
	go func() { defer close(sent); send(c) }()
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	return resp
}

func head(method, path, token string, more ...string) string {
	lines := append([]string{method + " " + path + " HTTP/1.1", "Host: tide", "Authorization: Bearer " + token}, more...)
	return strings.Join(lines, "\r\n") + "\r\n\r\n"
}

// Bodies that are too large are refused before they are read; those that come a
// byte at a time, or in pieces, are bodies; those that break off are refused, and
// nothing of them is stored.
func TestBadTransport(t *testing.T) {
	w := newSmall(t, "")
	addr, officer := w.listen(), w.as("xa.officer")
	const kind = "Content-Type: application/json"
	var sent int
	resp := raw(t, addr, func(c net.Conn) {
		fmt.Fprint(c, head("PUT", tide+"/cases/"+nextID(), officer.token, kind, "Content-Length: 104857600"))
		chunk := []byte(strings.Repeat(" ", 1<<16))
		for sent < 100<<20 {
			n, err := c.Write(chunk)
			sent += n
			if err != nil {
				return
			}
		}
	})
	if resp.StatusCode != http.StatusRequestEntityTooLarge || resp.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("100 MiB: %d", resp.StatusCode)
	}
	resp = raw(t, addr, func(c net.Conn) {
		fmt.Fprint(c, head("PUT", tide+"/messages/"+nextID(), officer.token, kind, "Transfer-Encoding: chunked"))
		for range 2000 {
			if _, err := fmt.Fprintf(c, "%x\r\n%s\r\n", 1<<16, strings.Repeat(" ", 1<<16)); err != nil {
				return
			}
		}
	})
	if resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("125 MiB in pieces: %d", resp.StatusCode)
	}
	resp = raw(t, addr, func(c net.Conn) {
		fmt.Fprint(c, head("PUT", tide+"/messages/"+nextID(), officer.token, kind, fmt.Sprintf("Content-Length: %d", len(plainLetter))))
		for i := range len(plainLetter) {
			if _, err := c.Write([]byte{plainLetter[i]}); err != nil {
				return
			}
		}
	})
	if resp.StatusCode != http.StatusCreated {
		t.Errorf("a byte at a time: %d", resp.StatusCode)
	}
	before := w.size()
	resp = raw(t, addr, func(c net.Conn) {
		fmt.Fprint(c, head("PUT", tide+"/messages/"+nextID(), officer.token, kind, fmt.Sprintf("Content-Length: %d", len(plainLetter)+5)))
		fmt.Fprint(c, plainLetter)
		_ = c.(*net.TCPConn).CloseWrite()
	})
	if resp.StatusCode != http.StatusBadRequest || w.size() != before {
		t.Errorf("broken off: %d, %d entries more", resp.StatusCode, w.size()-before)
	}
	resp = raw(t, addr, func(c net.Conn) {
		fmt.Fprint(c, head("GET", tide+"/messages", officer.token, "X-Huge: "+strings.Repeat("x", 200<<10)))
	})
	if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("huge headers: %d", resp.StatusCode)
	}
	c, err := net.Dial("tcp", addr)
	w.must(err)
	defer c.Close()
	fmt.Fprint(c, strings.Repeat(head("GET", "/api/v1/me", officer.token), 20))
	r := bufio.NewReader(c)
	for i := range 20 { // pipelined
		resp, err := http.ReadResponse(r, nil)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%d of 20 in one breath: %v", i, err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
	}
}

// Requests of every odd form are answered with a problem document, in the
// caller's language.
func TestOddRequests(t *testing.T) {
	w := newSmall(t, "")
	officer := w.as("xa.officer")
	at := tide + "/messages/" + nextID()
	for _, c := range []struct {
		what, method, path, body string
		headers                  []string
		want                     int
	}{
		{"no type", "PUT", at, plainLetter, []string{"Content-Type", ""}, 415},
		{"a form", "PUT", at, plainLetter, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415},
		{"another charset", "PUT", at, plainLetter, []string{"Content-Type", "application/json; charset=utf-16"}, 415},
		{"a broken type", "PUT", at, plainLetter, []string{"Content-Type", "application/json; =="}, 415},
		{"a problem", "PUT", at, plainLetter, []string{"Content-Type", "application/problem+json"}, 415},
		{"nothing", "PUT", at, "", []string{"Content-Type", "application/json"}, 400},
		{"POST", "POST", tide + "/messages", plainLetter, nil, 405},
		{"PATCH", "PATCH", at, plainLetter, nil, 405},
		{"DELETE", "DELETE", at, "", nil, 405},
		{"OPTIONS", "OPTIONS", at, "", nil, 405},
		{"TRACE", "TRACE", at, "", nil, 405},
		{"a method of its own", "BREW", at, "", nil, 405},
		{"PUT of a list", "PUT", tide + "/messages", plainLetter, nil, 405},
		{"nowhere", "GET", "/api/v1/nowhere", "", nil, 404},
		{"the door itself", "GET", "/api/v1/", "", nil, 404},
		{"another site's page", "PUT", at, plainLetter, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"no token", "PUT", at, plainLetter, []string{"Authorization", ""}, 401},
		{"half a token", "GET", tide, "", []string{"Authorization", "Bearer x"}, 401},
		{"a password", "GET", tide, "", []string{"Authorization", "Basic eDp5"}, 401},
		{"a long token", "GET", tide, "", []string{"Authorization", "Bearer " + strings.Repeat("x", 10_000)}, 401},
	} {
		if c.body == "" && c.what != "nothing" {
			c.headers = append(c.headers, "Accept", "*/*")
		}
		a := officer.do(c.method, c.path, c.body, c.headers...)
		if a.status != c.want {
			t.Errorf("%s: %d, want %d: %s", c.what, a.status, c.want, a.body)
		}
		w.whole(c.what, a)
		if a.status == 405 && !regexp.MustCompile(`^[A-Z, ]+$`).MatchString(a.header.Get("Allow")) {
			t.Errorf("%s: Allow %q", c.what, a.header.Get("Allow"))
		}
	}
	kase := tide + "/cases/" + nextID()
	officer.put(kase, plainCase)
	for _, v := range []string{`1`, `W/"1"`, `"1`, `1"`, `""`, `"`, `*`, `"-1"`, `"1","2"`, `"99999999999999999999"`, `"1.0"`, `" 1"`, `"+1"`, `"0x1"`, `"١"`} {
		if a := officer.put(kase, plainCase, "If-Match", v); a.status != 400 {
			t.Errorf("If-Match %s: %d %s", v, a.status, a.body)
		}
	}
	for lang, letters := range map[string]string{"ar": `\p{Arabic}`, "fr": `[éàèç’]`, "en": `^[[:ascii:]’]+$`, "ar-EG,en;q=0.5": `\p{Arabic}`, "xx": `^[[:ascii:]’]+$`} {
		a := officer.put(at, strings.Replace(plainLetter, "general", "letter", 1), "Accept-Language", lang)
		p := a.refusal(t)
		if !regexp.MustCompile(letters).MatchString(p.Title+p.Errors[0].Detail) || !strings.HasPrefix(lang+"en", a.header.Get("Content-Language")) && lang != "xx" {
			t.Errorf("%.10s: %v in %q", lang, p, a.header.Get("Content-Language"))
		}
	}
}

// HEAD is answered as GET without its body, and holds no stream.
func TestHead(t *testing.T) {
	w := newSmall(t, "")
	officer := w.as("xa.officer")
	for _, path := range []string{"/messages", "/cases", "/results", "/events", ""} {
		for range 6 { // more than one person's streams
			if a := officer.do(http.MethodHead, tide+path, ""); a.status != 200 || a.body != "" {
				t.Fatalf("%s: %d %q", path, a.status, a.body)
			}
		}
	}
	if a := w.as("xz").do(http.MethodHead, tide+"/events", ""); a.status != 404 {
		t.Errorf("a stranger: %d", a.status)
	}
	if _, streams := w.app.Gate.InFlight(); streams != 0 {
		t.Errorf("%d streams are open", streams)
	}
}

// A thousand streams that wait for something to happen cost little, all hear what
// happens, and end with the session or the membership through which they hear.
func TestThousandStreams(t *testing.T) {
	const streams = 1000
	w := newSmall(t, "")
	w.app.Watches.Every = 3 * time.Second
	officer := w.as("xa.officer")
	memory := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc + m.StackInuse)
	}
	before := memory()
	lines := make(chan string, 4*streams)
	var open sync.WaitGroup
	var conns []net.Conn
	for range streams {
		c, err := net.Dial("tcp", strings.TrimPrefix(w.server.URL, "http://"))
		w.must(err)
		conns = append(conns, c)
		fmt.Fprint(c, head("GET", tide+"/events", officer.token, "Connection: close"))
		_ = c.SetDeadline(time.Now().Add(2 * patience))
		open.Go(func() {
			for s := bufio.NewScanner(c); s.Scan(); {
				if strings.HasPrefix(s.Text(), "event: ") {
					lines <- s.Text()
				}
			}
		})
	}
	wait := func(want string) {
		t.Helper()
		deadline := time.After(2 * patience)
		for n := range streams {
			select {
			case got := <-lines:
				if got != want {
					t.Fatalf("%q instead of %q", got, want)
				}
			case <-deadline:
				t.Fatalf("%d of %d heard %q", n, streams, want)
			}
		}
	}
	wait("event: ready")
	grown := (memory() - before) / streams
	t.Logf("%d bytes a stream, both of its ends", grown)
	if grown > 64<<10 {
		t.Errorf("%d bytes a stream", grown)
	}
	if a := w.as("wco").put(tide+"/messages/"+nextID(), strings.Replace(plainLetter, "coordination", "enforcement", 1)); a.status != 201 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	wait("event: message")
	w.must(w.app.Sessions.SignOut(t.Context(), officer.token))
	open.Wait() // every one ends by itself, at the next beat
	for _, c := range conns {
		c.Close()
	}
}
