package attachment

import (
	"bytes"
	"context"
	"io"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/picture"
)

// heldPreviews bounds the previews that are held, in bytes; about 200 of them.
const heldPreviews = 8 << 20

// previews are the pictures for comparing that were made last. Few of all pictures
// are ever compared, so none is kept on the disk: it is made when it is asked for,
// and held for the next who asks. Whoever asks has shown before that it may read
// the picture. The name is the digest of the whole picture: one that was blacked
// out since is another one.
type previews struct {
	mu     sync.Mutex
	by     map[string]picture.Rendered
	oldest []string
	bytes  int
}

func (h *previews) get(digest string) (picture.Rendered, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r, ok := h.by[digest]
	return r, ok
}

func (h *previews) put(digest string, r picture.Rendered) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.by[digest]; ok {
		return
	}
	if h.by == nil {
		h.by = map[string]picture.Rendered{}
	}
	h.by[digest], h.oldest, h.bytes = r, append(h.oldest, digest), h.bytes+len(r.Content)
	for h.bytes > heldPreviews {
		first := h.oldest[0]
		h.bytes -= len(h.by[first].Content)
		h.oldest = h.oldest[1:]
		delete(h.by, first)
	}
}

// openPreview gives the picture for comparing of an attachment that may be read.
func (s *Store) openPreview(ctx context.Context, st operation.Standing, a Attachment, as read) (o Opened, err error) {
	if !a.IsPicture() || a.Main.Blob == "" {
		return o, fault.Missing()
	}
	r, ok := s.mids.get(a.Main.SHA256)
	if !ok {
		if r, err = s.develops(ctx, st, a); err != nil {
			return o, err
		}
		s.mids.put(a.Main.SHA256, r)
	}
	if err := s.note(st, as, Mid); err != nil {
		return o, err
	}
	return Opened{ReadCloser: io.NopCloser(bytes.NewReader(r.Content)), Standing: st, Attachment: a, Size: int64(len(r.Content)),
		MediaType: picture.JPEG, FileName: a.FileName(), SHA256: hexSum(r.Content)}, nil
}

// develops makes the preview, at one of the few places where pictures are worked on.
func (s *Store) develops(ctx context.Context, st operation.Standing, a Attachment) (r picture.Rendered, err error) {
	done, err := s.place(ctx)
	if err != nil {
		return r, err
	}
	defer done()
	b, err := s.bytesOf(string(st.Operation.ID), a.Main)
	if err != nil {
		return r, err
	}
	return picture.Preview(b)
}
