package door

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
)

// uploadWithin is how long one request with a file may take: a photo over a
// telephone line of 50 kbit/s takes minutes.
const uploadWithin = 15 * time.Minute

// Slowly lets one request with a file take longer than others, both ways.
func Slowly(w http.ResponseWriter, now time.Time) {
	c := http.NewResponseController(w) // a test's recorder has no deadlines
	_ = c.SetReadDeadline(now.Add(uploadWithin))
	_ = c.SetWriteDeadline(now.Add(uploadWithin + AnswerWithin))
}

// filePolicy: whatever a browser makes of a file, it runs nothing and loads nothing.
const filePolicy = "sandbox; default-src 'none'; frame-ancestors 'none'"

// File answers with an attachment, which it closes. Pictures, which we have
// written ourselves, may be shown where they are; anything else is only saved.
func File(w http.ResponseWriter, o attachment.Opened) error {
	h := w.Header()
	h.Set("Content-Security-Policy", filePolicy)
	h.Set("Content-Type", o.MediaType)
	h.Set("Content-Length", strconv.FormatInt(o.Size, 10))
	h.Set("X-Content-SHA256", o.SHA256)
	how := "attachment"
	if o.Attachment.IsPicture() {
		how = "inline"
	}
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": o.FileName}))
	_, err := io.Copy(w, o)
	if errors.Join(err, o.Close()) != nil {
		panic(http.ErrAbortHandler) // the head is sent: the reader must see that it is cut
	}
	return nil
}
