package frame

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"net/http"
	"strings"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/web/static"
)

const (
	// worthPacking is about what fits into one packet of the network anyway.
	worthPacking = 1400
	// padding hides the exact length of a packed page: otherwise somebody who
	// watches the line and makes a reader's browser search for words could tell by
	// the length which of them stand on the page (BREACH). SameSite cookies keep
	// other sites from asking in the reader's name; this is the second wall.
	padding = 64
)

var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// packed compresses a page for a browser that takes it. Its name in gzip's header
// is of random length and means nothing.
func packed(w http.ResponseWriter, r *http.Request, page *bytes.Buffer) *bytes.Buffer {
	w.Header().Add("Vary", "Accept-Encoding")
	if page.Len() < worthPacking || !static.AcceptsGzip(r.Header.Get("Accept-Encoding")) {
		return page
	}
	var length [1]byte
	_, _ = rand.Read(length[:]) // never fails
	out := new(bytes.Buffer)
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(out)
	z.Name = strings.Repeat("-", int(length[0])%padding)
	if _, err := page.WriteTo(z); err != nil || z.Close() != nil {
		return page // a buffer takes everything: this does not happen
	}
	w.Header().Set("Content-Encoding", "gzip")
	return out
}
