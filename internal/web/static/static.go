// Package static carries the built styles, scripts and pictures.
//
// The files beside this one are made by tools/assets from internal/web/assets
// and third_party/js, and committed: building the product needs neither Node
// nor a generator. Each has the start of its SHA-256 in its name, so a browser
// may keep it for a year; manifest.json maps plain names to hashed ones. [URL]
// gives the address of a name, [Handler] serves what stands behind the
// addresses, compressed beforehand where that is shorter. Nothing here knows
// who is asking: these files are the same for everybody, signed in or not.
package static

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Prefix is where the files are served.
const Prefix = "/s/"

//go:embed manifest.json *.css *.js *.svg *.gz
var files embed.FS

// manifest maps plain names to hashed ones; it is read once.
var manifest = sync.OnceValue(func() map[string]string {
	raw, err := files.ReadFile("manifest.json")
	if err != nil {
		panic("static: " + err.Error())
	}
	m := map[string]string{}
	if err := json.Unmarshal(raw, &m); err != nil {
		panic("static: manifest.json: " + err.Error())
	}
	return m
})

// URL is the address of a file by its plain name: "app.css" becomes
// "/s/app.3f2a91c0.css". It panics for a name that was not built, which the
// first test of the page finds.
func URL(name string) string {
	hashed, ok := manifest()[name]
	if !ok {
		panic(fmt.Sprintf("static: no file %q; run make generate", name))
	}
	return Prefix + hashed
}

// Names lists the plain names, for tests.
func Names() []string {
	var out []string
	for name := range manifest() {
		out = append(out, name)
	}
	return out
}

type asset struct {
	kind   string
	raw    []byte
	packed []byte // nil: not shorter
}

// assets are the served files by hashed name: nothing else beside them, such
// as the manifest, can be fetched.
var assets = sync.OnceValue(func() map[string]asset {
	out := map[string]asset{}
	for _, hashed := range manifest() {
		raw, err := files.ReadFile(hashed)
		if err != nil {
			panic("static: " + err.Error())
		}
		a := asset{kind: contentType(hashed), raw: raw}
		if packed, err := files.ReadFile(hashed + ".gz"); err == nil {
			a.packed = packed
		}
		out[hashed] = a
	}
	return out
})

func contentType(name string) string {
	switch path.Ext(name) { // not the machine's table, which differs from place to place
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return mime.TypeByExtension(path.Ext(name))
}

// Handler serves the files under [Prefix]; mount it for GET and HEAD.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		a, ok := assets()[strings.TrimPrefix(r.URL.Path, Prefix)]
		if !ok {
			w.Header().Set("Cache-Control", "no-store")
			w.WriteHeader(http.StatusNotFound)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
		body := a.raw
		if a.packed != nil {
			h.Add("Vary", "Accept-Encoding")
			if AcceptsGzip(r.Header.Get("Accept-Encoding")) {
				h.Set("Content-Encoding", "gzip")
				body = a.packed
			}
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(http.StatusOK)
		if r.Method == http.MethodGet {
			_, _ = bytes.NewReader(body).WriteTo(w) // the reader may have gone
		}
	})
}

// AcceptsGzip reads Accept-Encoding as far as it matters here (RFC 9110
// 12.5.3): gzip named or *, not with q=0.
func AcceptsGzip(accept string) bool {
	any, named := false, 0 // named: 1 taken, -1 refused
	for part := range strings.SplitSeq(accept, ",") {
		name, param, _ := strings.Cut(part, ";")
		q := strings.ReplaceAll(strings.TrimSpace(param), " ", "")
		refused := q == "q=0" || strings.HasPrefix(q, "q=0.") && strings.Trim(q[4:], "0") == ""
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "gzip", "x-gzip":
			if named = 1; refused {
				named = -1
			}
		case "*":
			any = !refused
		}
	}
	return named == 1 || named == 0 && any
}
