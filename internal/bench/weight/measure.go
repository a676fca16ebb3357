package weight

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
)

var (
	named   = regexp.MustCompile(`<(script|link|img|source)\b[^>]*?\b(?:src|href)="([^"]+)"[^>]*>`)
	inStyle = regexp.MustCompile(`url\(["']?([^)"']+)["']?\)`)
)

// Measure opens a page at a server, such as http://127.0.0.1:8017, as whoever the
// bearer token belongs to.
func Measure(ctx context.Context, base, token string, p Page) (Weight, error) {
	var w Weight
	page, err := get(ctx, base, p.Path, token)
	if err != nil {
		return w, err
	}
	if page.status != http.StatusOK {
		return w, fmt.Errorf("weight: %s answered %d", p.Path, page.status)
	}
	w.HTML, w.Requests, w.Repeat, w.RepeatRequests = page.travelled, 1, page.travelled, 1
	ask := map[string]bool{}
	var queue []string
	want := func(path string) {
		if path != "" && !ask[path] && !strings.HasPrefix(path, "data:") {
			ask[path] = true
			queue = append(queue, path)
		}
	}
	for _, m := range named.FindAllStringSubmatch(page.text, -1) {
		if m[1] != "link" || loaded(m[0]) {
			want(m[2])
		}
	}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
			w.Foreign++
			continue
		}
		got, err := get(ctx, base, path, token)
		if err != nil {
			return w, err
		}
		w.Requests++
		switch {
		case strings.HasPrefix(got.kind, "text/css"):
			w.Styles += got.travelled
			for _, m := range inStyle.FindAllStringSubmatch(got.text, -1) {
				want(m[1])
			}
		case strings.Contains(got.kind, "javascript"):
			w.Scripts += got.travelled
		default:
			w.Other += got.travelled
		}
		if !strings.Contains(got.cache, "immutable") {
			w.Repeat += got.travelled
			w.RepeatRequests++
		}
	}
	return w, nil
}

// loaded tells whether a browser fetches what a link element names at once.
func loaded(link string) bool {
	for _, rel := range []string{`rel="stylesheet"`, `rel="icon"`, `rel="preload"`, `rel="modulepreload"`, `rel="manifest"`} {
		if strings.Contains(link, rel) {
			return true
		}
	}
	return false
}

type answer struct {
	status      int
	kind, cache string
	travelled   int64
	text        string
}

// transport leaves the coding alone, so that what travels can be counted.
var transport = &http.Transport{DisableCompression: true}

func get(ctx context.Context, base, path, token string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+path, nil)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Accept-Encoding", "gzip")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: resp.StatusCode, kind: resp.Header.Get("Content-Type"), cache: resp.Header.Get("Cache-Control"),
		travelled: int64(len(body))}
	a.text, err = unpacked(body, resp.Header.Get("Content-Encoding"))
	return a, err
}
