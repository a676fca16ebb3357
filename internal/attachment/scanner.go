package attachment

import (
	"bytes"
	"context"
	"io"
)

// Scanner looks at a file and says Clean or Unscanned, or that it is refused.
type Scanner func(ctx context.Context, file io.Reader) (said string, refused bool)

// scan has the scanner look at a file.
func (s *Store) scan(ctx context.Context, content []byte) (string, error) {
	if s.Scanner == nil {
		return Unscanned, nil
	}
	said, no := s.Scanner(ctx, bytes.NewReader(content))
	if no {
		return said, refused("attachment.scanned-bad")
	}
	return said, nil
}
